"""Standard output and error as they are found: closed, or of a terminal that cannot write every character.

Called once, before anything is printed. Owns what stands in for a character that cannot be written; it
decides nothing about what is said.
"""

from __future__ import annotations

import codecs
import os
import sys
from pathlib import Path

_PLAIN = {
    "–": "-",
    "—": "-",
    "−": "-",
    "×": "x",
    "·": "-",
    "…": "...",
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "≥": ">=",
    "±": "+/-",
    "↔": "<->",
    "→": "->",
}
_HANDLER = "fairhearing-plain"


def write_anywhere() -> None:
    """Let every sentence be printed: plain characters stand for those that the terminal's encoding has not.

    A stream that was closed by whoever started the command swallows what is written.
    """
    codecs.register_error(_HANDLER, _plain)
    # A stream of the whole process is never closed.
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if getattr(stream, "errors", None) == "strict" and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=_HANDLER)


def _plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end]
    return "".join(_PLAIN.get(one, "?") for one in missing), error.end
