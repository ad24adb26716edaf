"""Gaps with conditions held equal as a CSV file: the same bytes from the page and from the command line."""

from __future__ import annotations

from typing import Any

from analysis.selection_words import to_sentence
from dashboard.answers.adjust import AdjustAnswer
from dashboard.answers.adjust_counts import THE_SUBGROUP, attributes_spoken_of
from dashboard.answers.adjust_document import KINDS, condition_rows, gap_rows, spread_rows
from dashboard.answers.documents import NOT_DECLARED
from dashboard.exports.table_csv import csv_bytes
from dashboard.wording_labels import label_sources
from data.store import EvaluationInfo

_KEYS = (
    "part",
    "group",
    "condition",
    "value",
    "estimate",
    "ratio",
    "low",
    "high",
    "p",
    "strata_present",
    "rate",
    "other_rate",
    "difference",
    "difference_low",
    "difference_high",
    "share",
    "n_speakers",
    "other_speakers",
    "n_utterances",
    "n_words",
    "status",
)


def export_adjust_csv(info: EvaluationInfo, answer: AdjustAnswer) -> bytes:
    """Three rows per group ("gap"), then "spread" and "by condition"; rates are fractions, an empty cell is undefined."""
    rows = [
        *_gaps(answer),
        *({"part": "spread", **row, "value": _value(row)} for row in spread_rows(answer)),
        *({"part": "by condition", **_renamed(row)} for row in condition_rows(answer)),
    ]
    return csv_bytes(_head(info, answer), _KEYS, [[row.get(key) for key in _KEYS] for row in rows])


def _gaps(answer: AdjustAnswer) -> list[dict[str, Any]]:
    rows = []
    for row in gap_rows(answer):
        (group,) = row["group"].values()
        counts = {key: row[key] for key in ("n_speakers", "n_utterances", "n_words", "status")}
        for kind in KINDS:
            present = row["strata_present"] if kind == "standardised" else None
            estimate = {"part": "gap", "group": group, "estimate": kind, "strata_present": present}
            rows.append({**estimate, **row[kind], **counts})
    return rows


def _value(row: dict[str, Any]) -> str:
    return "not stated" if row["value"] is None else row["value"]


def _renamed(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "low": row["ratio_low"], "high": row["ratio_high"]}


def _head(info: EvaluationInfo, answer: AdjustAnswer) -> list[tuple[str, str]]:
    asked = answer.question
    lines = [
        ("evaluation", info.name),
        ("build", info.build),
        ("system", answer.system),
        ("metric", asked.metric),
        ("normalizer", f"{info.normalizer['id']} {info.normalizer['version']}"),
        ("attribute", asked.attribute or THE_SUBGROUP),
        ("held equal", ", ".join(asked.held_equal)),
        ("selection", to_sentence(asked.where)),
        ("comparator", f"the others of {to_sentence(answer.asked.pool)}"),
        ("level", "0.95"),
        *([("no model", answer.model_reason)] if answer.model_reason else []),
        *([("speaker spread", f"{answer.speaker_spread:g}")] if answer.speaker_spread is not None else []),
        ("family", NOT_DECLARED),
        ("labels", label_sources({name: info.label_sources[name] for name in attributes_spoken_of(asked)})),
    ]
    return [*lines, ("notice", info.notice)] if info.notice else lines
