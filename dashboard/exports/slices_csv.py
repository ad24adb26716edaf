"""Slices as a CSV file: the same bytes from the page and from the command line."""

from __future__ import annotations

from typing import Any

from dashboard.answers.slices import SlicesAnswer
from dashboard.answers.slices_document import csv_row, slices_document
from dashboard.exports.table_csv import csv_bytes
from dashboard.wording_labels import label_sources
from data.store import EvaluationInfo

_HEAD = (
    "evaluation",
    "build",
    "system",
    "metric",
    "question",
    "baseline",
    "depth",
    "min_speakers",
    "searched",
    "tested",
    "too_few",
    "n_explained",
    "numbers_of",
)


def export_slices_csv(info: EvaluationInfo, answer: SlicesAnswer) -> bytes:
    """Slices found, then the first that were put aside, as JSON has them; rates are fractions, an empty cell is undefined."""
    document = slices_document(info, answer)
    rows = [_flat(csv_row(one)) for one in document["slices"]]
    names = list(rows[0]) if rows else []
    return csv_bytes(_head(document), names, [[row[name] for name in names] for row in rows])


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """What the others say in columns of its own: confirm.ratio."""
    plain = {key: value for key, value in row.items() if key != "confirm"}
    return plain | {f"confirm.{key}": value for key, value in row["confirm"].items()}


def _head(document: dict[str, Any]) -> list[tuple[str, str]]:
    head = [(key, str(document[key])) for key in _HEAD if document[key] is not None]
    if split := document["split"]:
        head.append(("halves", f"seed {split['seed']}, {split['sha256']}"))
    head += [
        ("attributes", ", ".join(document["attributes"])),
        ("selection", document["selection"]["sentence"]),
        ("family", document["family"]),
        ("labels", label_sources(document["label_sources"])),
    ]
    return [*head, ("notice", document["notice"])] if document["notice"] else head
