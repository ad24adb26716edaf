"""Reads delimited text: CSV, TSV and files with semicolons, bars or rarer separators, told apart by their first lines.

Every value stays the string it is, so "NA" is text and "007" keeps its zeros. Quotes
mean what RFC 4180 says, except in tab-separated files whose quotes are plainly part
of the text: there they are kept and swallow nothing. Stray separators at the ends of
rows are left off, and said.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.errors import Fault
from data.formats.plain_delimited import plain_table
from data.formats.source_table import ColumnsInChunks, SourceTable, empty_table
from data.formats.text import lines_of, valid_utf8

_DELIMITERS = ("\t", ",", ";", "|")
_RARE_DELIMITERS = ("\x1f", "\x01", "^", "~", "#", ":")
_SHARE_AS_HEADER = 0.8
_DECLARED = re.compile(r"sep=([^\w\s\"]|\t)\r?\n")
_SPELLED = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar"}
_LINES_LOOKED_AT = 20
_BYTES_LOOKED_AT = 400_000
_LONGEST_VALUE = 10_000_000
# A field that opens with a quote: closed as RFC 4180 wants within its line, or else just a quote.
_QUOTED_IN_TSV = re.compile(r'(?:^|\t)("(?:[^"\r\n]|"")*"(?=\t|\r|$)|")', re.MULTILINE)


def read_delimited(file: str, content: bytes) -> SourceTable:
    """The columns named by the first line, every value a string."""
    content, faults = valid_utf8(file, content)
    start = content[:_BYTES_LOOKED_AT].decode("utf-8", errors="ignore")
    if not start.strip() and not content.decode("utf-8").strip():
        if not faults:
            advice = "It needs a row of column names and a row for each recording."
            faults.append(Fault(file, None, None, "The file is empty.", advice))
        return empty_table(file, faults)
    declared = _DECLARED.match(start)
    delimiter = declared[1] if declared else sniffed_delimiter(start)
    plain = None if faults or declared else _plain(file, content, delimiter)
    if plain is not None:
        return plain
    records = _records(file, content, delimiter, faults)
    if declared:
        # Spreadsheets write such a line above the header.
        next(records)
    header_row, header = next(records, (1, []))
    names = _column_names(file, header_row, header, faults)
    n_named = max((place for place, name in enumerate(header, start=1) if name.strip()), default=len(header))
    columns, rows, strays = ColumnsInChunks(names), [], _StrayEnds(_spelled(delimiter))
    for row, values in records:
        fitting = _fitted(values, n_named, len(names))
        if fitting is None:
            faults.append(_ragged(file, row, len(values), n_named, delimiter))
            continue
        if len(values) > n_named and not values[-1].strip():
            strays.count(row)
        columns.add(fitting)
        rows.append(row)
    if len(set(names)) < len(names):
        return empty_table(file, faults)
    table = _without_blank_ends(columns.table(), n_named)
    return SourceTable(
        file,
        table,
        np.array(rows, np.int64),
        tuple(faults),
        notices=strays.notices() if table.num_columns == n_named else (),
        header=tuple(header[: table.num_columns]),
    )


def _plain(file: str, content: bytes, delimiter: str) -> SourceTable | None:
    """The table of a file without anything unusual, read at once; None where it has to be read row by row."""
    if b"\n" not in content:
        return None
    first = content[: content.find(b"\n")].decode("utf-8")
    try:
        names = next(csv.reader([first], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return None
    if not names or not all(name.strip() for name in names) or len({*map(str.strip, names)}) < len(names):
        return None
    table = plain_table(content, delimiter, [name.strip() for name in names])
    if table is None:
        return None
    return SourceTable(file, table, np.arange(2, table.num_rows + 2), header=tuple(names))


def sniffed_delimiter(text: str) -> str:
    """The separator that divides the first lines most evenly, then into most columns; a comma when none does."""
    start = text.lstrip("\r\n")[:100_000]
    if '"' in start:
        start = re.sub(r'"[^"\n]*"', "", start)
    lines = [line for line in start.splitlines()[:_LINES_LOOKED_AT] if line.strip()] or [""]

    def evenness(delimiter: str) -> tuple[bool, float, int]:
        counts = [line.count(delimiter) for line in lines]
        return counts[0] > 0, sum(count == counts[0] for count in counts) / len(counts), counts[0]

    best = max(_DELIMITERS, key=evenness)
    return best if best in lines[0] else rare_delimiter(lines) or ","


def rare_delimiter(lines: list[str]) -> str | None:
    """The separator that stands twice or more in a header without spaces, and as often in the rows; None when none does."""
    header = lines[0] if lines else ""
    if any(mark in header for mark in (*_DELIMITERS, " ")):
        return None

    def divides(delimiter: str) -> bool:
        as_in_header = sum(line.count(delimiter) == header.count(delimiter) for line in lines)
        return header.count(delimiter) > 1 and as_in_header >= _SHARE_AS_HEADER * len(lines)

    return next(filter(divides, _RARE_DELIMITERS), None)


def _spelled(delimiter: str) -> str:
    return _SPELLED.get(delimiter, f'"{delimiter}"' if delimiter.isprintable() else "separator")


class _StrayEnds:
    """Counts the rows that end in separators without a value after them."""

    def __init__(self, separator: str) -> None:
        self._separator = separator
        self._n_rows = 0
        self._first = 0

    def count(self, row: int) -> None:
        self._first = self._first or row
        self._n_rows += 1

    def notices(self) -> tuple[str, ...]:
        if not self._n_rows:
            return ()
        rows = "1 row ends" if self._n_rows == 1 else f"{self._n_rows:,} rows end"
        where = f"row {self._first}" if self._n_rows == 1 else f"the first is row {self._first}"
        return (
            f"{rows} in a stray {self._separator} ({where}); nothing stands after it, so it was left off.",
        )


def _fitted(values: list[str], n_named: int, n_columns: int) -> list[str] | None:
    """The values of one row, one for each column; None when there are too few or too many."""
    if len(values) == n_columns:
        return values
    if n_named <= len(values) < n_columns:
        return [*values, *[""] * (n_columns - len(values))]
    if len(values) > n_columns and not any(value.strip() for value in values[n_columns:]):
        return values[:n_columns]
    return None


def _without_blank_ends(table: pa.Table, n_named: int) -> pa.Table:
    """The table without last columns that have neither a name nor a value."""
    while table.num_columns > n_named:
        trimmed = pc.utf8_trim_whitespace(table.column(table.num_columns - 1))
        if pc.any(pc.not_equal(trimmed, "")).as_py():
            break
        table = table.remove_column(table.num_columns - 1)
    return table


def _records(
    file: str, content: bytes, delimiter: str, faults: list[Fault]
) -> Iterator[tuple[int, list[str]]]:
    """The line each record begins at, and its values. Blank lines are skipped, broken quotes become faults."""
    csv.field_size_limit(_LONGEST_VALUE)
    quotes_are_text = delimiter == "\t" and any(
        match[1] == '"'
        for line in lines_of(content)
        if '"' in line
        for match in _QUOTED_IN_TSV.finditer(line)
    )
    style: dict[str, Any] = (
        {"quoting": csv.QUOTE_NONE, "quotechar": None} if quotes_are_text else {"strict": True}
    )
    reader = csv.reader(lines_of(content), delimiter=delimiter, **style)
    while True:
        row = reader.line_num + 1
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            faults.append(_broken_quotes(file, row, str(error)))
            continue
        if values:
            yield row, values


def _column_names(file: str, row: int, header: list[str], faults: list[Fault]) -> list[str]:
    names = [name.strip() or f"column {place}" for place, name in enumerate(header, start=1)]
    for name, times in Counter(names).items():
        if times > 1:
            what = f'The column "{name}" is there {times} times; a name must be unique.'
            faults.append(Fault(file, row, None, what, "Rename or remove all but one."))
    return names


def _ragged(file: str, row: int, n_values: int, n_columns: int, delimiter: str) -> Fault:
    values = "1 value" if n_values == 1 else f"{n_values} values"
    columns = "1 column" if n_columns == 1 else f"{n_columns} columns"
    what = f"The row has {values} where the header names {columns}."
    advice = f"Look for a stray or missing {_spelled(delimiter)}"
    advice += ", or quote the value that holds one." if delimiter != "\t" else "."
    return Fault(file, row, None, what, advice)


def _broken_quotes(file: str, row: int, problem: str) -> Fault:
    if "expected after" in problem:
        what = "A quoted value goes on after its closing quote."
        advice = 'Double a quote that is part of the text ("" for "), or remove it.'
    elif "unexpected end" in problem or "field larger" in problem:
        what = "A quoted value begins here and never ends."
        advice = "Close the quote, or double it if it is part of the text."
    else:
        what, advice = f"The row cannot be taken apart ({problem}).", "Compare it with the rows around it."
    return Fault(file, row, None, what, advice)
