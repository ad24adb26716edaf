"""Times as a person reads them.

Owns one form for pages and for the command line, which loads nothing else for it.
"""

from __future__ import annotations


def clock_time(seconds: float) -> str:
    """Minutes and seconds, as 2:05."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"


def moment(written: str) -> str:
    """A moment in UTC, as 2026-01-31 09:30:00 UTC, from its ISO 8601 form."""
    return written.replace("T", " ").replace("Z", " UTC")
