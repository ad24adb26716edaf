"""Mixes of groups and conditions, and how far groups lie apart, in words.

Owns the sentences on three things: groups compared in their own mix of conditions, the overall rate
under other mixes of groups, and the range between groups beside what chance makes. Groups are not
named here: which one is lowest is a reader's ranking. Takes documents of `answers` and computes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from analysis.published_digits import rounded_down
from analysis.rates import RateTable
from dashboard.answers.gaps import NOT_PUBLISHED
from dashboard.answers.overall_mixes import NO_GROUPING, NO_PLAN
from dashboard.wording import attribute_name, interval_text, listed, number, people, percent

_MIX_LABELS = {
    "as tested": "as tested",
    "every group equal": "every {by} equal",
    "as planned": "as planned, by {by}",
}

NOBODY_PLANNED = "not known, because no plan says how often each group will use the system"
RANGE, OTHER_MIXES = "Range between groups:", "Overall under other mixes:"
Said = tuple[str, str]
"""What a sentence is about, and the rest of it: a page prints the first in bold, and a terminal both."""


def mix_phrase(strata: Sequence[str]) -> str:
    """What is made alike: "in the same mix of noise and device"."""
    return f"in the same mix of {listed([attribute_name(name) for name in strata])}"


def mix_sentence(table: RateTable, synthetic: bool) -> str | None:
    """That groups were recorded in different conditions and what follows; None where there is nothing to say."""
    mix = table.mix
    if mix is None or not np.isfinite(table.judgement.ratio).any():
        return None
    others = people(synthetic)
    if mix.why_not:
        return f"Each group is compared with all other {others} as they were recorded, whatever the conditions: {mix.why_not}."
    if not mix.used:
        return None
    known = mix.share_present[np.isfinite(mix.share_present)]
    share = f", over {_part(float(known.min()), 'at least ')} of its words" if len(known) else ""
    left_out = ""
    if mix.left_out:
        names = listed([attribute_name(name) for name in mix.left_out])
        left_out = f" Not made alike: {names}, with which too little could be compared."
    apart = f" (up to {percent(mix.difference, 0)} apart)" if np.isfinite(mix.difference) else ""
    names = listed([attribute_name(name) for name in mix.strata])
    return (
        f"Groups were recorded in different mixes of {names}{apart}, so each is compared with other {others} "
        f"{mix_phrase(mix.strata)} as its own{share}.{left_out}"
    )


def _part(share: float, about: str = "") -> str:
    """How much of a group; of less than all it says at most 99%, and a lower limit is rounded down."""
    if share > 0.9995:
        return "all"
    return f"{about}{percent(rounded_down(share, 0) if about else min(share, 0.99), 0)}"


def share_sentence(share: float | None, strata: Sequence[str], synthetic: bool) -> str | None:
    """Of one group: how much of it is compared; None where it is not compared in its own mix."""
    if share is None or not np.isfinite(share):
        return None
    return f"Compared with other {people(synthetic)} {mix_phrase(strata)}; {_part(share)} of its words."


def range_sentence(gaps: Mapping[str, Any] | None, mix: Mapping[str, Any] | None = None) -> str | None:
    """What `range_parts` says, in one sentence; None without a grouping."""
    return _joined(range_parts(gaps, mix))


def range_parts(gaps: Mapping[str, Any] | None, mix: Mapping[str, Any] | None = None) -> Said | None:
    """The range between groups beside what it would be by chance; None without a grouping.

    `mix`: how their conditions differ; where they are made alike for verdicts, the range still holds their effect.
    """
    if gaps is None or gaps["reason"] == NOT_PUBLISHED:
        return None
    if gaps["range"] is None:
        return RANGE, f"not given, {gaps['reason']}."
    recorded = ", effects of their conditions included" if mix is not None and mix["used"] else ""
    return (
        RANGE,
        (
            f"{_points(gaps['range'])}{recorded}; {100 * gaps['range_expected']:.1f} would be expected if all "
            f"{gaps['groups']} were equal."
        ),
    )


def _joined(said: Said | None) -> str | None:
    return None if said is None else " ".join(said)


def omnibus_sentence(gaps: Mapping[str, Any] | None, alpha: float) -> str | None:
    """Whether the groups differ at all, by how much, and how many errors that is; None where nothing was measured."""
    if gaps is None or gaps["range"] is None:
        return None
    excess = f"{number(gaps['excess_errors'])} errors are above the overall rate"
    test = gaps["omnibus"]
    if test is None:
        return f"Too few speakers to test whether the groups differ at all; {excess}."
    p = "p < 0.001" if test["p"] < 0.001 else f"p = {test['p']:.3f}"
    if test["p"] > alpha:
        return f"It is not shown that the groups differ at all ({p})."
    return (
        f"The groups differ by more than chance ({p}): a typical one by a factor of {gaps['spread']:.2f} from the others; "
        f"{excess}."
    )


def _points(value: float) -> str:
    return f"{100 * value:.1f} points"


def other_mixes_sentence(mixes: Sequence[Mapping[str, Any]], synthetic: bool) -> str | None:
    """What `other_mixes_parts` says, in one sentence."""
    return _joined(other_mixes_parts(mixes, synthetic))


def other_mixes_parts(mixes: Sequence[Mapping[str, Any]], synthetic: bool) -> Said | None:
    """The overall rate with every group equal and as planned; None where nothing is grouped or known."""
    others = [mix for mix in mixes if mix["mix"] != "as tested"]
    if all(mix["rate"] is None and mix["reason"] in (NO_PLAN, NO_GROUPING, NOT_PUBLISHED) for mix in others):
        return None
    parts = [_mix_part(mix, synthetic) for mix in others]
    said = "; ".join(part for part in parts if part)
    return (OTHER_MIXES, f"{said}.") if said else None


def _mix_part(mix: Mapping[str, Any], synthetic: bool) -> str:
    by = " × ".join(attribute_name(name) for name in mix["by"])
    label = _MIX_LABELS[mix["mix"]].format(by=by)
    if mix["rate"] is None:
        if mix["reason"] in (NO_GROUPING, NOT_PUBLISHED):
            return ""
        if not by:
            return f"as planned: {NOBODY_PLANNED if mix['reason'] == NO_PLAN else mix['reason']}"
        return f"{label}: {mix['reason']}"
    span = mix["reason"] if mix["low"] is None else interval_text(mix["low"], mix["high"])
    n_speakers = mix["n_speakers"]
    parts = [f"{n_speakers:,} {people(synthetic, n_speakers)}"]
    if mix["status"] == "few speakers":
        parts.append(f"few {people(synthetic)}")
    if mix["share_present"] < 0.9995:
        parts.append(f"{percent(mix['share_present'], 0)} of this mix was recorded")
    return f"{label} {percent(mix['rate'])} ({span}; {', '.join(parts)})"
