"""The three gaps as plain rows: the same keys in JSON, in CSV and on the page; keys are a contract."""

from __future__ import annotations

import math
from typing import Any

from analysis.rate_model import ModelledGap
from analysis.selection import EVERYTHING, to_json
from analysis.selection_words import to_sentence
from analysis.standardise import StandardisedGap
from dashboard.answers.adjust import AdjustAnswer, AdjustedRow, ConditionGaps
from dashboard.answers.adjust_counts import THE_SUBGROUP, attributes_spoken_of
from dashboard.answers.documents import document_head
from data.store import EvaluationInfo

SCALE_NOTE = (
    "All three are ratios. Whether an accent and a device interact depends on the scale: effects that multiply "
    "without interaction differ in percentage points."
)
KINDS = ("raw", "standardised", "modelled")


def adjust_document(info: EvaluationInfo, answer: AdjustAnswer) -> dict[str, Any]:
    """Raw, standardised and modelled gap of every group side by side."""
    asked = answer.question
    return {
        **document_head(info, asked.settings, asked.where),
        "system": answer.system,
        "metric": asked.metric,
        "attribute": asked.attribute or THE_SUBGROUP,
        "for": list(asked.held_equal),
        "label_sources": {name: info.label_sources[name] for name in attributes_spoken_of(asked)},
        "comparator": "complement" if asked.attribute or answer.asked.pool == EVERYTHING else "peers",
        "comparator_selection": {
            "sentence": to_sentence(answer.asked.pool),
            "conditions": to_json(answer.asked.pool),
        },
        "rows": gap_rows(answer),
        "association": [vars(association) for association in answer.associations],
        "spread": spread_rows(answer),
        "closer": answer.closer,
        "by_condition": condition_rows(answer),
        "interaction": [_interaction(one) for one in answer.by_condition],
        "speaker_spread": answer.speaker_spread,
        "model_reason": answer.model_reason,
        "left_out": left_out_document(answer),
        "scale": SCALE_NOTE,
    }


def left_out_document(answer: AdjustAnswer) -> dict[str, Any]:
    """What none of the gaps rests on, and what the model leaves out beside it."""
    found = answer.left_out
    return {
        "n_speakers": found.n_speakers,
        "n_utterances": found.n_utterances,
        "n_words": found.n_words,
        "not_stated": dict(found.by_attribute),
        "model_words": answer.left_out_of_model,
    }


def gap_rows(answer: AdjustAnswer) -> list[dict[str, Any]]:
    """One row per group, with its three gaps."""
    return [_row(answer.question.attribute or THE_SUBGROUP, row) for row in answer.rows]


def _row(attribute: str, row: AdjustedRow) -> dict[str, Any]:
    return {
        "group": {attribute: row.group},
        "raw": row.raw,
        "standardised": _ratio(row.standardised),
        "modelled": _ratio(row.modelled),
        "strata_present": row.standardised.strata_present,
        "strata_left_out": row.standardised.strata_left_out,
        "words_left_out": int(row.standardised.words_left_out),
        **row.counts,
    }


def _ratio(gap: StandardisedGap | ModelledGap | None) -> dict[str, float | None]:
    return {key: None if gap is None else getattr(gap, key) for key in ("ratio", "low", "high", "p")}


def spread_rows(answer: AdjustAnswer) -> list[dict[str, Any]]:
    """One row per condition, group and value; a value of None is not stated. What nobody has is left out."""
    rows = []
    for one in answer.spreads:
        counts, shares = one.spread.counts, one.spread.shares
        values: tuple[str | None, ...] = (*one.values, None)
        rows += [
            {
                "condition": one.attribute,
                "group": group,
                "value": value,
                "n_utterances": int(counts[g, v]),
                "share": _number(shares[g, v]),
            }
            for g, group in enumerate(answer.groups)
            for v, value in enumerate(values)
            if counts[:, v].any()
        ]
    return rows


def condition_rows(answer: AdjustAnswer) -> list[dict[str, Any]]:
    """The gap of one group within each value of each condition; empty where no group was asked for."""
    return [
        {
            "condition": one.attribute,
            "group": answer.closer,
            "value": value,
            **{name: _number(getattr(one.gaps, name)[v]) for name in _RATES},
            **{name: int(getattr(one.gaps, name)[v]) for name in ("n_speakers", "other_speakers")},
        }
        for one in answer.by_condition
        for v, value in enumerate(one.values)
        if one.gaps.n_speakers[v] or one.gaps.other_speakers[v]
    ]


_RATES = (
    "rate",
    "other_rate",
    "ratio",
    "ratio_low",
    "ratio_high",
    "difference",
    "difference_low",
    "difference_high",
)


def _interaction(one: ConditionGaps) -> dict[str, Any]:
    """Whether a gap changes from value to value: p on both scales; None where too few values can be compared."""
    ratio, difference = one.gaps.ratio_change, one.gaps.difference_change
    return {
        "condition": one.attribute,
        "p_ratio": ratio.p if ratio else None,
        "p_difference": difference.p if difference else None,
        "n_values": ratio.n_values if ratio else None,
    }


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
