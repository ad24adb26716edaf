"""One function per question a person can ask: the single route to every number."""
