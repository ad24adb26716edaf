"""What commands say about evaluations as a whole: JSON documents, CSV rows, aligned tables.

Owns the words and keys of `list`, `ingest` and `sample`; the facts come from `data.store`.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Sequence
from typing import Any

from analysis.attributes import Attribute
from dashboard.answers.documents import plan_stamp
from dashboard.wording import of_count, people
from data.home import builds, current_build
from data.sidecar import Sidecar
from data.store import EvaluationInfo

_LONG_NUMBER = re.compile(r"-?\d+\.\d{4,}")


def evaluation_document(info: EvaluationInfo) -> dict[str, Any]:
    """One evaluation as JSON; keys are a contract. What only an analysis has is null."""
    folder = info.path.parent
    return {
        "evaluation": info.name,
        "build": info.build,
        "settings": None,
        "plan": plan_stamp(info),
        "audience": None,
        "selection": None,
        "notice": info.notice,
        "path": str(info.path),
        "builds": [path.stem for path in builds(folder)],
        "created": info.created or None,
        "note": info.note or None,
        "systems": list(info.systems),
        "attributes": [attribute.to_json() for attribute in info.attributes],
        "not_attributes": dict(info.not_attributes),
        "counts": dict(info.counts),
        "cluster_unit": info.cluster_unit,
        "normalizer": {key: info.normalizer[key] for key in ("id", "version", "sha256")},
        "show_text": info.show_text,
        "show_audio": info.show_audio,
    }


def print_evaluations_csv(infos: Sequence[EvaluationInfo]) -> None:
    """One row per evaluation."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([*_HEAD, "notice"])
    for info in infos:
        writer.writerow([*_cells(info), info.notice or ""])


def print_evaluation(info: EvaluationInfo) -> None:
    """Everything about one evaluation, for people."""
    print(f"{info.name}@{info.build}{f' · {info.notice}' if info.notice else ''}")
    counts = info.counts
    print(f"{_rows_text(info)} · {_sampled_text(info)} · {of_count(counts['words'], f'{info.unit}s')}")
    print(f"normaliser {info.normalizer['id']} {info.normalizer['version']}")
    print("\nsystems")
    for system in info.systems:
        unscored = counts["utterances"] - counts["scored"][system]
        print(f"  {system}{f' ({unscored:,} utterances unscored)' if unscored else ''}")
    print("\nattributes")
    lines = [
        [
            a.name,
            a.role,
            f"label: {a.label_source}",
            f"{len(a.levels)}: {_shortened(', '.join(_read_levels(a)))}",
        ]
        for a in info.attributes
    ]
    _print_aligned(lines)
    left_out = [
        [name, reason] for name, reason in info.not_attributes.items() if not reason.startswith("not among")
    ]
    if left_out:
        print("\nleft out")
        _print_aligned(left_out)


def _rows_text(info: EvaluationInfo) -> str:
    """How many rows there are: counts without ids may hold several utterances in each."""
    n_rows = info.counts["utterances"]
    if info.has_text or "sentence-error-rate" not in info.undefined_metrics:
        return of_count(n_rows, "utterances")
    return f"{of_count(n_rows, 'rows')} of counts"


def _sampled_text(info: EvaluationInfo) -> str:
    """How many speakers there are, or values of whatever else was sampled."""
    n_sampled = info.counts["speakers"]
    if info.cluster_unit == "speaker":
        return of_count(n_sampled, people(info.synthetic))
    return f"{of_count(n_sampled, 'values')} of {info.cluster_unit}"


def print_builds(info: EvaluationInfo) -> None:
    """The builds that are kept, newest first; each can be asked for as name@build."""
    shown = current_build(info.path.parent)
    lines = []
    for path in builds(info.path.parent):
        beside = Sidecar.read(path)
        made = beside.created.replace("T", " ").rstrip("Z")
        lines.append(
            [
                path.stem,
                f"made {made} UTC" if made else "",
                "shown" if path.stem == shown else "",
                beside.note,
            ]
        )
    print("\nbuilds")
    _print_aligned(lines)


def print_evaluations(infos: Sequence[EvaluationInfo]) -> None:
    """One line per evaluation, for people."""
    _print_aligned([list(_HEAD), *map(_cells, infos)], indent="")


_HEAD = (
    "evaluation",
    "build",
    "builds",
    "systems",
    "utterances",
    "speakers",
    "attributes",
    "created",
    "note",
)


def _cells(info: EvaluationInfo) -> list[str]:
    return [
        info.name,
        info.build,
        str(len(builds(info.path.parent))),
        ", ".join(info.systems),
        str(info.counts["utterances"]),
        str(info.counts["speakers"]),
        ", ".join(f"{a.name} ({a.role})" for a in info.attributes),
        info.created,
        info.note,
    ]


def _read_levels(attribute: Attribute) -> list[str]:
    """Groups for reading: a number that is a group of its own with four digits. Documents keep it whole."""
    if attribute.kind != "number":
        return list(attribute.levels)
    return [f"{float(level):.4g}" if _LONG_NUMBER.fullmatch(level) else level for level in attribute.levels]


def _shortened(text: str, limit: int = 80) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def _print_aligned(lines: Sequence[Sequence[str]], indent: str = "  ") -> None:
    if not lines:
        return
    shortened = [[_shortened(cell) for cell in line] for line in lines]
    widths = [max(len(line[place]) for line in shortened) for place in range(len(shortened[0]))]
    for line in shortened:
        print(
            indent + "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        )
