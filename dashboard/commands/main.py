"""The command `fairhearing` as a process: stopped at any moment, it says so in one line.

Loaded first, so it imports next to nothing: what takes time is imported where Ctrl-C is caught. All that the command
does is `dispatch.py`'s.
"""

from __future__ import annotations

import sys

INTERRUPTED = 130


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code, or raises `SystemExit` after help or unknown options."""
    try:
        from dashboard.commands.dispatch import dispatch

        return dispatch(arguments)
    except KeyboardInterrupt:
        print("\nStopped. Nothing that was there before has changed.", file=sys.stderr)
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
