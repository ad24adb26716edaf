"""The JSON document of `fairhearing adjust`; keys are a contract."""

from __future__ import annotations

from typing import Any

from analysis.rate_model import ModelledGap
from analysis.standardise import StandardisedGap
from dashboard.answers.adjust import AdjustAnswer, AdjustedRow
from dashboard.answers.documents import document_head
from data.store import EvaluationInfo

SCALE_NOTE = (
    "All three are ratios. Whether an accent and a device interact depends on the scale: effects that multiply "
    "without interaction differ in percentage points."
)


def adjust_document(info: EvaluationInfo, answer: AdjustAnswer) -> dict[str, Any]:
    """Raw, standardised and modelled gap of every group side by side."""
    asked = answer.question
    return {
        **document_head(info, asked.settings, asked.where),
        "system": answer.system,
        "metric": asked.metric,
        "attribute": asked.attribute,
        "for": list(asked.held_equal),
        "comparator": "complement",
        "rows": [_row(asked.attribute, row) for row in answer.rows],
        "association": [vars(association) for association in answer.associations],
        "speaker_spread": answer.speaker_spread,
        "model_reason": answer.model_reason,
        "scale": SCALE_NOTE,
    }


def _row(attribute: str, row: AdjustedRow) -> dict[str, Any]:
    return {
        "group": {attribute: row.group},
        "raw": row.raw,
        "standardised": _ratio(row.standardised),
        "modelled": _ratio(row.modelled),
        "strata_present": row.standardised.strata_present,
        **row.counts,
    }


def _ratio(gap: StandardisedGap | ModelledGap | None) -> dict[str, float | None]:
    return {key: None if gap is None else getattr(gap, key) for key in ("ratio", "low", "high", "p")}
