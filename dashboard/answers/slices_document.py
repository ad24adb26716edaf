"""The JSON document of `fairhearing slices`; keys are a contract."""

from __future__ import annotations

import math
from typing import Any

from analysis.expression import to_expression
from analysis.selection_words import to_sentence
from analysis.slices_audit import Audit
from analysis.slices_estimates import SliceEstimate
from dashboard.answers.documents import document_head
from dashboard.answers.slices import Confirmed, FoundSlice, Halves, SlicesAnswer
from data.store import EvaluationInfo

CONFIRM_KEYS = ("ratio", "low", "high", "p_holm", "n_speakers", "rate", "rest_rate")
MOST_NOT_JUDGED = 1_000
ALL_SPEAKERS, DISCOVERY_SPEAKERS = "all speakers", "discovery speakers"


def slices_document(info: EvaluationInfo, answer: SlicesAnswer) -> dict[str, Any]:
    """What was searched, tested and too small to judge, then every slice: found ones first, then those put aside."""
    asked = answer.question
    labels = {a.name: a.label_source for a in info.attributes if a.name in answer.attributes}
    return {
        **document_head(info, asked.settings, asked.where),
        "label_sources": labels,
        "system": answer.system,
        "metric": asked.metric,
        "question": asked.question,
        "baseline": asked.baseline if asked.question == "combination" else None,
        "searched": answer.searched,
        "tested": answer.tested,
        "too_few": answer.too_few,
        "attributes": list(answer.attributes),
        "depth": asked.depth,
        "min_speakers": asked.min_speakers,
        "overall_rate": known(answer.overall_rate),
        "n_speakers": answer.n_speakers,
        "numbers_of": DISCOVERY_SPEAKERS if answer.split else ALL_SPEAKERS,
        "split": None if answer.split is None else _split(answer.split),
        "seconds": round(answer.seconds, 3),
        "slices": [_slice(one) for one in (*answer.found, *answer.explained)],
        "n_explained": answer.n_explained,
        "cannot_judge": [
            [[name, "=", value] for name, value in one] for one in answer.cannot_judge[:MOST_NOT_JUDGED]
        ],
        "n_cannot_judge": len(answer.cannot_judge),
        "second_opinion": [_audit(one) for one in answer.audits],
    }


def known(value: float) -> float | None:
    """A number, or None where it is undefined."""
    return value if math.isfinite(value) else None


def _slice(one: FoundSlice) -> dict[str, Any]:
    estimate, test = one.estimate, one.test
    return {
        "where": [[attribute, "=", value] for attribute, value in one.where],
        "sentence": to_sentence(one.selection),
        "expression": to_expression(one.selection),
        "names_speakers": one.names_speakers,
        "comparator": one.comparator,
        "rate": known(estimate.rate),
        "rest_rate": known(estimate.rest_rate),
        **ratio_keys(estimate),
        "p": one.p,
        "q": one.q,
        "n_speakers": estimate.n_speakers,
        "n_utterances": estimate.n_utterances,
        "n_words": round(estimate.n_words),
        "errors": round(estimate.errors),
        "excess_errors": known(estimate.excess_errors),
        "contributions": {f"{name}={value}": moved for name, value, moved in one.contributions},
        "explained_by": explained_by(one),
        "confirmed": None if test is None else test.confirmed,
        "in_both_halves": None if test is None else test.in_both_halves,
        "confirm": confirm_keys(test),
    }


def csv_row(one: dict[str, Any]) -> dict[str, Any]:
    """A slice of the document with the same keys whether it was put to the test or not, and without lists."""
    tested = one["confirm"] or dict.fromkeys(CONFIRM_KEYS)
    plain = {key: value for key, value in one.items() if key not in ("where", "contributions")}
    return {**plain, "confirm": tested}


def explained_by(one: FoundSlice) -> str | None:
    """What explains a slice, as the condition that a reader can type; None where nothing does."""
    by = one.explained_by
    return by if by is None or isinstance(by, str) else to_expression(by)


def confirm_keys(test: Confirmed | None) -> dict[str, Any] | None:
    """What the confirmation speakers say of a slice; None where it was not put to the test."""
    if test is None:
        return None
    estimate = test.estimate
    return {
        **ratio_keys(estimate),
        "p_holm": test.p_holm,
        "n_speakers": estimate.n_speakers,
        "rate": known(estimate.rate),
        "rest_rate": known(estimate.rest_rate),
    }


def ratio_keys(estimate: SliceEstimate) -> dict[str, float | None]:
    """Ratio and interval as every document has them."""
    return {"ratio": known(estimate.ratio), "low": estimate.low, "high": estimate.high}


def _split(split: Halves) -> dict[str, Any]:
    return {
        "seed": split.seed,
        "stratified_by": split.stratified_by,
        "discovery_speakers": split.n_discovery,
        "confirmation_speakers": split.n_confirmation,
        "sha256": split.sha256,
    }


def _audit(one: Audit) -> dict[str, Any]:
    return {
        "on": one.kind,
        "share": one.share,
        "ratio": one.ratio,
        "low": one.low,
        "high": one.high,
        "p": one.p,
        "strongest": [[[name, "=", value] for name, value in part] for part in one.strongest],
        "is": "a pattern, not a named group",
    }
