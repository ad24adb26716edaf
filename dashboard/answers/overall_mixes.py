"""What is the overall rate if other groups had been recorded as often: every group equally, or as planned?

Puts the rate as tested beside the two. Draws nothing; `analysis/mixes.py` works the rates out.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np

from analysis.attributes import Attribute
from analysis.mixes import MixedRate, equal_weights, mixed_rate, planned_weights
from analysis.rates import STATUSES
from analysis.roles import NOT_STATED_CODE
from analysis.speaker_counts import FloatArray, SpeakerCounts
from dashboard.answers.choices import chosen_metric, chosen_recordings, chosen_system
from dashboard.answers.gaps import NOT_PUBLISHED, counts_by_group, enough_speakers
from dashboard.answers.rates import RatesAnswer
from dashboard.answers.rows import rate_row
from data.queries import pair_counts
from data.store import Build

MixName = Literal["as tested", "every group equal", "as planned"]
NO_PLAN = "no plan"
NO_SHARES = "the plan declares no shares"
NO_GROUPING = "nothing is grouped"
TOO_FEW_GROUPS = "fewer than two groups have enough speakers"
NOT_RECORDED = "no group of the mix was recorded"
FEW_SPEAKERS = "too few speakers for an interval"


@dataclass(frozen=True)
class OverallMix:
    """The overall rate under one mix of groups."""

    mix: MixName
    by: tuple[str, ...]
    """Attributes whose groups are weighed; empty: as tested, or there are none."""
    rate: float | None
    """None: `reason` says why, as where `low` and `high` are None."""
    low: float | None
    high: float | None
    n_speakers: int
    effective_speakers: float | None
    n_words: int
    n_groups: int
    """Groups that have a weight and were recorded; 0 as tested."""
    share_present: float | None
    """Part of the mix that was recorded; None where there is no such mix."""
    status: str
    """shown, few speakers or empty, as of a group."""
    reason: str | None


def overall_mixes(build: Build, answer: RatesAnswer) -> tuple[OverallMix, ...]:
    """The overall rate as tested, with every group equal, and as planned, in this order."""
    return _as_tested(answer), _every_group_equal(build, answer), _as_planned(build, answer)


def mixes_document(mixes: tuple[OverallMix, ...]) -> list[dict[str, Any]]:
    """As plain data, keys a contract."""
    return [{**asdict(mix), "by": list(mix.by)} for mix in mixes]


def _as_tested(answer: RatesAnswer) -> OverallMix:
    row = rate_row(answer.whole, 0)
    return OverallMix(
        mix="as tested",
        by=(),
        **{
            name: row[name] for name in ("rate", "low", "high", "n_speakers", "effective_speakers", "n_words")
        },
        n_groups=0,
        share_present=1.0 if row["rate"] is not None else None,
        status=row["status"],
        reason=row["reason"],
    )


def _every_group_equal(build: Build, answer: RatesAnswer) -> OverallMix:
    by = tuple(attribute.name for attribute in answer.table.attributes)
    enough = enough_speakers(answer)
    if not by:
        return _unknown("every group equal", by, NO_GROUPING)
    if answer.question.audience != "internal":
        return _unknown("every group equal", by, NOT_PUBLISHED)
    if enough.sum() < 2:
        return _unknown("every group equal", by, TOO_FEW_GROUPS)
    weights = np.where(enough, equal_weights(int(enough.sum()))[0], 0.0)
    return _mixed("every group equal", by, counts_by_group(build, answer), weights, 1.0, answer)


def _as_planned(build: Build, answer: RatesAnswer) -> OverallMix:
    plan = build.info.plan.plan if build.info.plan else None
    if plan is None:
        return _unknown("as planned", (), NO_PLAN)
    shares = plan.shares_of
    known = [a for a in build.info.attributes if a.name in shares and not a.multi]
    by = tuple(attribute.name for attribute in known)
    if not by:
        return _unknown("as planned", (), NO_SHARES)
    if answer.question.audience != "internal":
        return _unknown("as planned", by, NOT_PUBLISHED)
    chosen = chosen_metric(build, answer.question.metric)
    where = chosen_recordings(build, answer.question.where)
    pairs = pair_counts(build.cursor(), known, chosen_system(build, answer.system), where, metric=chosen)
    counts = chosen.by_speaker(pairs.group, pairs.speaker, pairs.columns, len(pairs.codes))
    weights = np.ones(len(pairs.codes))
    for place, attribute in enumerate(known):
        own, _ = planned_weights(attribute.levels, shares[attribute.name])
        weights *= _of_codes(pairs.codes[:, place], own, attribute)
    # Combinations that nobody was recorded in have no row, so that their part of the plan is missing.
    planned = float(np.prod([sum(shares[a.name].values()) for a in known]))
    present = float(weights.sum()) / planned if planned > 0 else 0.0
    return _mixed("as planned", by, counts, weights, present, answer)


def _of_codes(codes: Any, own: FloatArray, attribute: Attribute) -> FloatArray:
    """The weight of each code of an attribute; those not stated weigh nothing."""
    return np.append(own, 0.0)[np.where(codes == NOT_STATED_CODE, len(attribute.levels), codes)]


def _mixed(
    name: MixName,
    by: tuple[str, ...],
    counts: SpeakerCounts,
    weights: FloatArray,
    present: float,
    answer: RatesAnswer,
) -> OverallMix:
    settings = answer.table.settings
    found = mixed_rate(counts, weights, answer.table.level, settings, answer.table.metric.bounded)
    used = weights[counts.group] > 0
    n_speakers = len(np.unique(counts.speaker[used]))
    n_words = int(counts.denominator[used].sum())
    words = np.bincount(counts.group, counts.denominator, counts.n_groups)
    few = n_speakers < settings.min_speakers or found.effective_speakers < settings.min_effective_speakers
    return OverallMix(
        mix=name,
        by=by,
        rate=found.rate,
        low=found.low,
        high=found.high,
        n_speakers=n_speakers,
        effective_speakers=found.effective_speakers,
        n_words=n_words,
        n_groups=int(((words > 0) & (weights > 0)).sum()),
        share_present=present * found.share_present,
        status=STATUSES[3] if found.rate is None else STATUSES[int(few)],
        reason=_reason(found),
    )


def _reason(found: MixedRate) -> str | None:
    if found.rate is None:
        return NOT_RECORDED
    return FEW_SPEAKERS if found.low is None else None


def _unknown(name: MixName, by: tuple[str, ...], reason: str) -> OverallMix:
    return OverallMix(name, by, None, None, None, 0, None, 0, 0, None, STATUSES[3], reason)
