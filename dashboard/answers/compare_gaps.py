"""What the document of a comparison says of each group's gap: how it changed, whether that is shown, and what it would take.

Owns the keys of `gap_changes` and their reasons; the numbers come from `compare.py`.
"""

from __future__ import annotations

import math
from typing import Any

from analysis.gap_changes import GapChanges
from analysis.rates import STATUSES
from analysis.roles import is_about_speakers_alone
from analysis.verdict_reasons import IS_REFERENCE, REASONS
from dashboard.answers.compare import CompareAnswer

GAP_NOT_SEEN = "could only have seen a change by {0:.2f}× or more, or by {1:.2f}× or less"
GAP_NEVER_SEEN = "no change could have been seen"
GAP_ALONE = "stands out alone, but not after looking at all groups; {0}"
GAP_UNDEFINED = "too few speakers made errors with both systems, so what it would take cannot be worked out"


def gap_comparator(answer: CompareAnswer) -> str | None:
    """Whom a group's gap is to: peers, complement or ATTRIBUTE=VALUE; None where nothing is grouped."""
    if answer.gaps is None:
        return None
    alone = is_about_speakers_alone(answer.attributes) and answer.comparator.kind == "peers"
    # Peers share the conditions of a grouping, and this one has none.
    return "complement" if alone else answer.comparator.label


def gap_rows(answer: CompareAnswer) -> list[dict[str, Any]]:
    """The change of each group's gap to its comparator, in the order of the full product."""
    if answer.gaps is None:
        return []
    return [_gap_row(answer, answer.gaps, i) for i in range(len(answer.codes))]


def _gap_row(answer: CompareAnswer, gaps: GapChanges, i: int) -> dict[str, Any]:
    names = ("before", "after", "factor", "low", "high", "p", "p_adjusted")
    numbers = {name: _number(getattr(gaps, name)[i]) for name in names}
    change = _gap_change(gaps, i, answer.settings.alpha)
    shown = change != "undecided"
    return {
        "group": answer.group(i),
        **numbers,
        "change": change,
        "status": STATUSES[int(answer.status[i])],
        "reason": None if shown else _gap_reason(answer, gaps, i),
        "detectable_factor": _number(gaps.detectable[i]),
        "speakers_needed": None if shown else _gap_needs(answer, gaps, i),
        "n_speakers": int(answer.compared.statistics_a.n_speakers[i]),
        "n_utterances": int(answer.n_utterances[i]),
        "n_words": int(answer.n_words[i]),
    }


def _gap_change(gaps: GapChanges, i: int, alpha: float) -> str:
    """Served worse or better than before, where neither all groups looked at nor the interval leave it open."""
    if not gaps.p_adjusted[i] <= alpha:
        return "undecided"
    if gaps.low[i] > 1:
        return "served worse"
    return "served better" if gaps.high[i] < 1 else "undecided"


def _gap_needs(answer: CompareAnswer, gaps: GapChanges, i: int) -> int | None:
    """Speakers at which a change by the margin could be shown; None where more of them would not help."""
    few = math.isfinite(gaps.p[i]) or math.isfinite(answer.compared.judgement.speakers_needed[i])
    if not few:
        return None
    needed, least = float(gaps.needed[i]), answer.settings.min_speakers
    if math.isfinite(needed):
        return int(needed)
    # Where the spread is not known, what is known is that fewer are not even tested.
    tested = math.isfinite(gaps.p[i]) or answer.compared.statistics_a.n_speakers[i] >= least
    return None if tested or math.isinf(needed) else least


def _gap_reason(answer: CompareAnswer, gaps: GapChanges, i: int) -> str:
    """Why it cannot be told whether a gap changed: no support, undefined, or too few speakers to see it."""
    if not math.isfinite(gaps.p[i]):
        judged = answer.compared.judgement
        untested = not math.isfinite(judged.p[i])
        own = judged.reason_text(i, answer.settings) if untested else None
        return own or _reference_reason(answer, i) or GAP_UNDEFINED
    detectable = float(gaps.detectable[i])
    seen = GAP_NOT_SEEN.format(detectable, 1 / detectable) if math.isfinite(detectable) else GAP_NEVER_SEEN
    alone = gaps.p[i] <= answer.settings.alpha
    return GAP_ALONE.format(seen) if alone else seen


def _reference_reason(answer: CompareAnswer, i: int) -> str | None:
    """Why a gap to a declared group is not judged: it is the group itself; None for any other reason."""
    to = answer.comparator
    is_itself = to.kind == "reference" and answer.group(i)[str(to.attribute)] == to.value
    return REASONS[IS_REFERENCE] if is_itself else None


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
