"""Reads delimited text: CSV, TSV and files with semicolons or bars, told apart by their first line.

Every value stays the string it is, so "NA" is text and "007" keeps its zeros. Quotes
mean what RFC 4180 says, except in tab-separated files whose quotes are plainly part
of the text: there they are kept and swallow nothing.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np

from data.errors import Fault
from data.formats.source_table import ColumnsInChunks, SourceTable, empty_table
from data.formats.text import decoded_text

_DELIMITERS = ("\t", ",", ";", "|")
_LONGEST_VALUE = 10_000_000
# A field that opens with a quote: closed as RFC 4180 wants within its line, or else just a quote.
_QUOTED_IN_TSV = re.compile(r'(?:^|\t)("(?:[^"\r\n]|"")*"(?=\t|\r|$)|")', re.MULTILINE)


def read_delimited(file: str, content: bytes) -> SourceTable:
    """The columns named by the first line, every value a string."""
    text, faults = decoded_text(file, content)
    if not text.strip():
        if not faults:
            faults.append(
                Fault(
                    file, None, None, "The file is empty.", "It needs a row of column names and a row each."
                )
            )
        return empty_table(file, faults)
    delimiter = sniffed_delimiter(text)
    records = _records(file, text, delimiter, faults)
    header_row, header = next(records, (1, []))
    names = _column_names(file, header_row, header, faults)
    columns, rows = ColumnsInChunks(names), []
    for row, values in records:
        if len(values) == len(names):
            columns.add(values)
            rows.append(row)
        else:
            faults.append(_ragged(file, row, len(values), len(names), delimiter))
    table = columns.table() if len(set(names)) == len(names) else None
    if table is None:
        return empty_table(file, faults)
    return SourceTable(file, table, np.array(rows, np.int64), tuple(faults))


def sniffed_delimiter(text: str) -> str:
    """The separator that divides the first line into most columns; a comma when none does."""
    first_line = text.lstrip("\r\n").split("\n", 1)[0]
    outside_quotes = re.sub(r'"[^"]*"', "", first_line)
    best = max(_DELIMITERS, key=outside_quotes.count)
    return best if best in outside_quotes else ","


def _records(file: str, text: str, delimiter: str, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """The line each record begins at, and its values. Blank lines are skipped, broken quotes become faults."""
    csv.field_size_limit(_LONGEST_VALUE)
    quotes_are_text = delimiter == "\t" and any(match[1] == '"' for match in _QUOTED_IN_TSV.finditer(text))
    style: dict[str, Any] = (
        {"quoting": csv.QUOTE_NONE, "quotechar": None} if quotes_are_text else {"strict": True}
    )
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, **style)
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
    spelled = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar"}[delimiter]
    values = "1 value" if n_values == 1 else f"{n_values} values"
    columns = "1 column" if n_columns == 1 else f"{n_columns} columns"
    what = f"The row has {values} where the header names {columns}."
    advice = f"Look for a stray or missing {spelled}"
    return Fault(
        file, row, None, what, advice + (", or quote the value that holds one." if delimiter != "\t" else ".")
    )


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
