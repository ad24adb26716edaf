"""The faults of an input as a table to take away: one line each, for whoever mends the file.

A cell that a spreadsheet would run as a formula is written as text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export_faults_csv(rows: Sequence[Mapping[str, str]]) -> bytes:
    """Rows with the same keys, as CSV that spreadsheets read as UTF-8."""
    written = io.StringIO()
    writer = csv.DictWriter(written, [*rows[0]], lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _inert(text) for name, text in row.items()} for row in rows)
    return written.getvalue().encode("utf-8-sig")


def _inert(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
