"""Shows it and hands it out: the pages, the command line and the exports."""
