"""Prints rows of text in aligned columns, and plain data as one JSON document or as CSV."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any


def print_aligned(head: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    """A head, a rule, and the lines; every column as wide as its widest cell."""
    widths = [max(len(line[i]) for line in [head, *lines]) for i in range(len(head))]
    for line in [head, ["-" * width for width in widths], *lines]:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def print_facts(facts: Sequence[str]) -> None:
    """Facts about a table as sentences under it, one a line; nothing without any."""
    for fact in facts:
        print(f"\n{fact[0].upper()}{fact[1:]}.")


def print_document(document: dict[str, Any]) -> None:
    """One JSON document on standard output and nothing else."""
    # Names must survive an encoding that has not all of their letters.
    plain = not (sys.stdout.encoding or "utf-8").lower().startswith("utf")
    json.dump(document, sys.stdout, ensure_ascii=plain, indent=1, allow_nan=False)
    sys.stdout.write("\n")


def print_document_csv(document: dict[str, Any], rows: Sequence[dict[str, Any]]) -> None:
    """Rows as CSV under a head that says what they were worked out from; nested keys are joined by a dot."""
    from dashboard.exports.table_csv import csv_bytes
    from dashboard.wording_labels import label_sources

    named = ("evaluation", "build", "system", "a", "b", "metric", "notice")
    head = [(key, str(document[key])) for key in named if document.get(key) is not None]
    head += [("selection", document["selection"]["sentence"]), ("family", document["family"])]
    head.append(("labels", label_sources(document["label_sources"])))
    flat = [flattened(row) for row in rows]
    names = list(flat[0]) if flat else []
    sys.stdout.buffer.write(csv_bytes(head, names, [[row[name] for name in names] for row in flat]))


def flattened(row: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """Nested objects as one: {"raw": {"low": 1}} becomes {"raw.low": 1}; `group` keeps its own keys."""
    flat: dict[str, Any] = {}
    for key, value in row.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            flat |= flattened(value, "" if name == "group" else f"{name}.")
        else:
            flat[name] = value
    return flat


def group_cells(row: dict[str, Any], by: Sequence[str]) -> list[str]:
    """The groups of a row in the order asked for; None is not stated."""
    return [row["group"][name] if row["group"][name] is not None else "not stated" for name in by]
