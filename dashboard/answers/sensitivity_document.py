"""The JSON document of `fairhearing sensitivity`, and its rows one group and normaliser at a time for CSV.

Owns the keys. Rows of rates are those of every other document (`rows.py`), but for the means of speakers and of
utterances: `rates` gives them with their intervals, and under other normalisers there are none.
"""

from __future__ import annotations

import math
from typing import Any

from analysis.card.rows import MEANS
from analysis.rates import RateTable
from analysis.sensitivity import NOT_MOVED
from dashboard.answers.documents import document_head, family_sentence
from dashboard.answers.rows import rate_row
from dashboard.answers.sensitivity import Sensitivity, UnderNormalizer
from data.store import EvaluationInfo


def sensitivity_document(info: EvaluationInfo, answer: Sensitivity) -> dict[str, Any]:
    """Everything that is known; keys are a contract."""
    own = answer.own
    return {
        **document_head(info, own.table.settings, answer.question.where),
        "family": family_sentence(info, own.answer),
        "system": answer.system,
        "metric": own.table.metric.id,
        "normalizer": {"id": own.id, "version": own.version, "sha256": own.sha256},
        "by": [one.name for one in answer.attributes],
        "label_sources": {one.name: one.label_source for one in answer.attributes},
        "level": answer.question.level,
        "comparator": own.table.comparator.label,
        "limit": own.table.settings.sensitivity_limit,
        "normalizers": [_normalizer(one) for one in answer.under],
        "refusals": answer.refusals,
        "overall": {one.id: _rate(one.whole, 0) for one in answer.under},
        "rows": sensitivity_rows(answer),
    }


def sensitivity_rows(answer: Sensitivity) -> list[dict[str, Any]]:
    """One row per group; under `normalizers` its rates by normaliser. None without a grouping."""
    if not answer.attributes:
        return []
    return [_row(answer, position) for position in range(len(answer.own.table))]


def long_rows(answer: Sensitivity) -> list[dict[str, Any]]:
    """One row per group and normaliser; without a grouping, one per normaliser."""
    if not answer.attributes:
        return [{"group": {}, **_rate(one.whole, 0), "normalizer": one.id} for one in answer.under]
    return [
        {
            "group": row["group"],
            "normalizer": name,
            **under,
            "moves": row["moves"],
            "verdict_changes": row["verdict_changes"],
        }
        for row in sensitivity_rows(answer)
        for name, under in row["normalizers"].items()
    ]


def _normalizer(one: UnderNormalizer) -> dict[str, Any]:
    plain = {"id": one.id, "version": one.version, "sha256": one.sha256}
    return {**plain, "own": one.is_own, "warning": one.damage}


def _row(answer: Sensitivity, position: int) -> dict[str, Any]:
    moved = answer.movements
    under = int(moved.under[position])
    return {
        "group": answer.own.table.group(position),
        "moves": bool(moved.moves[position]),
        "largest_change": _number(moved.largest[position]),
        "largest_change_under": None if under == NOT_MOVED else answer.under[under].id,
        "verdict_changes": answer.verdict_changes(position),
        "enough_speakers": bool(answer.enough[position]),
        "normalizers": {
            one.id: {
                **_rate(one.table, position),
                "change": _number(moved.change[place][position]),
            }
            for place, one in enumerate(answer.under)
        },
    }


def _rate(table: RateTable, position: int) -> dict[str, Any]:
    left_out = ("group", *MEANS)
    return {key: value for key, value in rate_row(table, position).items() if key not in left_out}


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
