"""One group and what the release gate says of it, with the reason: judged, guessed labels, or planned and never recorded.

Owns these reasons and the row that every form of the gate's answer has. Which groups count is `gate.py`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analysis.attributes import Attribute
from analysis.gate import FAIL, OUTCOMES, PASS, UNDECIDED
from analysis.plan_check import check_plan
from data.store import EvaluationInfo

GUESSED = "the labels were guessed by software, so nothing is claimed"
BEYOND = "shown to be worse, by more than {bound:g}×"
NOT_BELOW = "shown to be worse, and not shown to stay below {bound:g}×"
WORSE_BELOW = "shown to be worse, by less than {bound:g}×"
NOBODY_PLANNED = "planned, and nobody was recorded"


@dataclass(frozen=True)
class GateRow:
    """One group and what the gate says of it; None is undefined."""

    group: dict[str, str | None]
    outcome: str
    """pass, fail or undecided."""
    reason: str
    rate: float | None
    rate_low: float | None
    """Interval of the rate; `low` and `high` are of the ratio."""
    rate_high: float | None
    ratio: float | None
    """Group's rate over the comparator's, or the system's over the baseline's."""
    low: float | None
    high: float | None
    p_adjusted: float | None
    verdict: str
    status: str
    detectable_ratio: float | None
    speakers_needed: int | None
    n_speakers: int
    n_utterances: int
    n_words: int


def of_second(row: Mapping[str, object]) -> dict[str, object]:
    """A row of two systems as one of the system that is to be released."""
    return {**row, "rate": row["rate_b"], "rate_low": row["low_b"], "rate_high": row["high_b"]}


def gate_row(
    row: Mapping[str, object], outcome: int, attributes: tuple[Attribute, ...], bound: float
) -> GateRow:
    """A group with its outcome; of labels that software guessed nothing is claimed."""
    reason = str(row["reason"] or "")
    if outcome == FAIL:
        low: Any = row["low"]
        reason = (BEYOND if low is not None and low >= bound else NOT_BELOW).format(bound=bound)
    elif outcome == PASS and row["verdict"] == "slightly worse":
        reason = WORSE_BELOW.format(bound=bound)
    if any(a.guessed for a in attributes):
        outcome, reason = UNDECIDED, GUESSED
    names = [name for name in GateRow.__dataclass_fields__ if name not in ("outcome", "reason")]
    return GateRow(outcome=OUTCOMES[outcome], reason=reason, **{name: row[name] for name in names})  # type: ignore[arg-type]


def nobody_recorded(info: EvaluationInfo, by: tuple[str, ...]) -> list[GateRow]:
    """Groups the plan says the system is meant for, of whom the evaluation has no recording at all."""
    if info.plan is None:
        return []
    plan, normalizer = info.plan.plan, str(info.normalizer["id"])
    missing = check_plan(plan, info.attributes, normalizer, info.undefined_metrics).without_data
    return [
        GateRow(
            group={name: group},
            outcome=OUTCOMES[UNDECIDED],
            reason=NOBODY_PLANNED,
            **dict.fromkeys(
                ("rate", "rate_low", "rate_high", "ratio", "low", "high", "p_adjusted", "detectable_ratio")
            ),
            verdict="undecided",
            status="empty",
            speakers_needed=None,
            n_speakers=0,
            n_utterances=0,
            n_words=0,
        )
        for name, groups in missing
        if name in by
        for group in groups
    ]
