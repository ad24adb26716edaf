"""How large a file may be before it is refused: two sizes, each a setting of the environment.

Owns the names of the variables, the usual sizes and the refusal of a value that is no
size. What is measured and what is said of a file that is too large is its reader's work.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from data.errors import InputError

MEGABYTE = 1_000_000
_LARGEST_MB = 1_000_000


@dataclass(frozen=True)
class SizeLimit:
    """A limit that whoever runs the product may change."""

    variable: str
    """Name of the environment variable that holds another size, in MB."""
    usual_mb: int

    def mb(self) -> int:
        """The limit in MB (of 1,000,000 bytes); raises `InputError` when the variable holds no such number."""
        text = os.environ.get(self.variable, "").strip()
        if not text:
            return self.usual_mb
        if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= _LARGEST_MB:
            raise InputError(
                f'{self.variable} is "{text}"; expected a whole number of MB from 1 to {_LARGEST_MB:,}, or nothing for '
                f"{self.usual_mb:,}."
            )
        return int(text)


UPLOADED = SizeLimit("FAIRHEARING_MOST_UPLOADED_MB", 200)
"""Largest file that is taken through the browser."""
UNPACKED = SizeLimit("FAIRHEARING_MOST_UNPACKED_MB", 1_000)
"""Most that an archive may hold."""
