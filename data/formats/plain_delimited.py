"""The short way through a delimited file that has nothing unusual about it.

Owns telling whether a file is plain (every line a row, every quote around a whole value) and
reading it at once. Whatever is not plain is left to `delimited.py`, which knows every fault by
its row; on plain files both give the same table.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv

QUOTE, NEWLINE = ord('"'), ord("\n")
FEWEST_BYTES = 1_000_000
"""Below this the long way takes no time either."""
_BLOCK_BYTES = 16 * 2**20


def plain_table(content: bytes, delimiter: str, names: list[str]) -> pa.Table | None:
    """Every value a string, the columns named so, without the header; None where the file is not plain.

    `content` is valid UTF-8 without a byte order mark; `names` are the header's own.
    """
    if len(content) < FEWEST_BYTES or b"\r" in content or b"\0" in content or b"\n\n" in content:
        return None
    if content.startswith(b"\n") or not _quotes_are_plain(content, ord(delimiter)):
        return None
    types = pa.schema([(name, pa.string()) for name in names])
    try:
        table = pyarrow.csv.read_csv(
            pa.BufferReader(content),
            pyarrow.csv.ReadOptions(block_size=_BLOCK_BYTES, column_names=names, skip_rows=1),
            pyarrow.csv.ParseOptions(delimiter=delimiter, ignore_empty_lines=False),
            pyarrow.csv.ConvertOptions(column_types=types, strings_can_be_null=False, check_utf8=False),
        )
    except pa.ArrowInvalid:
        return None
    n_lines = content.count(b"\n") + (not content.endswith(b"\n"))
    return table if table.num_rows == n_lines - 1 else None


def _quotes_are_plain(content: bytes, delimiter: int) -> bool:
    """Whether quotes come in pairs, each around one whole value of one line, with no quote in it."""
    characters: npt.NDArray[np.uint8] = np.frombuffer(content, np.uint8)
    quotes = np.flatnonzero(characters == QUOTE)
    if not len(quotes):
        return True
    if len(quotes) % 2:
        return False
    opening, closing = quotes[::2], quotes[1::2]
    before = characters[opening - 1]
    after = characters[np.minimum(closing + 1, len(characters) - 1)]
    begins = (before == delimiter) | (before == NEWLINE) | (opening == 0)
    ends = (after == delimiter) | (after == NEWLINE) | (closing == len(characters) - 1)
    newlines = np.flatnonzero(characters == NEWLINE)
    in_one_line = np.searchsorted(newlines, opening) == np.searchsorted(newlines, closing)
    return bool((begins & ends & in_one_line).all())
