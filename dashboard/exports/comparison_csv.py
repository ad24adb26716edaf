"""A comparison of two systems as a CSV file: the same bytes from the page and from the command line."""

from __future__ import annotations

from typing import Any

from dashboard.exports.table_csv import csv_bytes
from dashboard.wording_labels import label_sources

_HEAD = ("evaluation", "build", "a", "a_build", "b", "metric")
_NOT_STATED = "not stated"


def export_comparison_csv(document: dict[str, Any]) -> bytes:
    """Every group of a comparison with all that JSON says of it, the change of its gap included; UTF-8.

    Without a grouping it has one line, of everything. Rates are fractions; an empty cell is undefined.
    """
    by = document["by"]
    rows = document["rows"] or [document["overall"]]
    gaps = document["gap_changes"] or [None] * len(rows)
    own = [name for name in rows[0] if name != "group"]
    of_gap = [name for name in (gaps[0] or {}) if name != "group"]
    lines = []
    for row, gap in zip(rows, gaps, strict=True):
        groups = [_NOT_STATED if row["group"][name] is None else row["group"][name] for name in by]
        lines.append([*groups, *(row[name] for name in own), *((gap or {})[name] for name in of_gap)])
    return csv_bytes(_head(document), [*by, *own, *(f"gap_{name}" for name in of_gap)], lines)


def _head(document: dict[str, Any]) -> list[tuple[str, str]]:
    normalizer, labels = document["normalizer"], document["label_sources"]
    head = [(key, str(document[key])) for key in _HEAD]
    head += [
        ("normalizer", f"{normalizer['id']} {normalizer['version']}"),
        ("selection", document["selection"]["sentence"]),
        ("margin", f"{document['settings']['margin_ratio']:g}"),
        ("family", document["family"]),
        ("labels", label_sources(labels)),
    ]
    head += [("beside", sentence) for sentence in document["beside"]]
    return [*head, ("notice", document["notice"])] if document["notice"] else head
