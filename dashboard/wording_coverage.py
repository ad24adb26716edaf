"""Coverage in words: what was tested, what is missing, whom to record next.

Owns sentences only; the numbers come from `answers/coverage.py`. A width is given as the
share of the rate that an interval reaches to either side.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from analysis.coverage import CoverageOrder, Session
from dashboard.answers.coverage import Coverage
from dashboard.wording import UNDEFINED, attribute_name, group_names, listed, people, percent, plural

MEANING = (
    "A combination counts as tested when at least {n} {people} were recorded in it: fewer are shown and never "
    "judged. Combinations of three attributes are many, and a gap can hide in one of them while each attribute alone "
    "looks even. Counted over all recordings of the build, whatever is selected."
)
SESSIONS_MEANING = (
    "Greedy plan: each step takes the {person} whose recordings narrow the most intervals, with every combination "
    "counting alike, until widths of ±15% are reached. It assumes that further {people} differ as much as those recorded."
)
_ORDER_LABELS = {1: "Single groups", 2: "Combinations of two", 3: "Combinations of three"}

WIDE = 0.4
"""Half width of a log interval from which it is told as a factor."""


def order_label(order: CoverageOrder) -> str:
    """What is counted."""
    return _ORDER_LABELS[order.t]


def order_value(order: CoverageOrder) -> str:
    """How many were tested: 312 of 336."""
    return f"{order.covered:,} of {order.combinations:,}"


def order_detail(order: CoverageOrder) -> str:
    """The same as a share."""
    return f"{percent(order.share, 0)} tested" if order.combinations else "there are none"


def coverage_sentence(answer: Coverage, synthetic: bool) -> str:
    """The state of coverage in one line."""
    names = listed([attribute_name(one.name) for one in answer.attributes])
    last = answer.orders[-1]
    if not answer.missing:
        return f"Every combination of {names} was tested with enough {people(synthetic)}."
    return (
        f"Of the combinations of {names}, {order_value(last)} were tested with enough {people(synthetic)}; what is "
        f"missing comes down to {len(answer.missing):,} {'combination' if len(answer.missing) == 1 else 'combinations'}."
    )


def missing_names(combination: Mapping[str, str]) -> str:
    """One missing combination: Scottish · babble."""
    return group_names(combination)


def session_sentence(session: Session, synthetic: bool) -> str:
    """One proposal: whom to record, in what, and what it would do."""
    who = f"{session.speakers:,} more {people(synthetic, session.speakers)}"
    profile = ", ".join(f"{attribute_name(name)} {value}" for name, value in session.profile.items())
    where = _places(session.conditions)
    each = f"{', each' if session.speakers > 1 else ''} in {listed(where)}" if where else ""
    return f"Record {who}{f' with {profile}' if profile else ''}{each}. {_effect(session, len(session.conditions))}"


def _places(conditions: Sequence[Mapping[str, str]]) -> list[str]:
    """Conditions with the first attribute said once: babble (car and phone), quiet (car)."""
    together: dict[str, list[str]] = {}
    for condition in filter(None, conditions):
        first, *others = condition.items()
        inner = together.setdefault(group_names(dict([first])), [])
        if others:
            inner.append(group_names(dict(others)))
    return [f"{name} ({listed(inner)})" if inner else name for name, inner in together.items()]


def _effect(session: Session, n_cells: int) -> str:
    after = width_text(session.half_width_after)
    if session.untested:
        part = "there" if session.untested >= n_cells else f"in {session.untested} of these {n_cells}"
        return f"Nobody was recorded {part} so far; with the whole plan their rates would be known to about {after}."
    what = "these intervals narrow" if n_cells > 1 else "this interval narrows"
    return f"With the whole plan {what} from about {width_text(session.half_width_before)} to {after}."


def width_text(half_width: float | None) -> str:
    """How far an interval reaches above its rate: ±33%. The log interval is symmetric as a factor."""
    if half_width is None or not math.isfinite(half_width):
        return UNDEFINED
    # A rate cannot fall by more than all of it: wide intervals are told as factors.
    return (
        f"±{percent(math.expm1(half_width), 0)}"
        if half_width < WIDE
        else f"a factor of {math.exp(half_width):.1f}"
    )


def no_sessions_reason(answer: Coverage, synthetic: bool) -> str:
    """Why nothing is proposed."""
    if answer.speaker_variance is None:
        n = answer.question.settings.min_speakers
        return (
            f"What to record next cannot be worked out: no combination has {n} {people(synthetic)} with errors, "
            "so it is not known how much they differ."
        )
    return "Every interval is about as narrow as planning aims for (±15%)."


def meaning(answer: Coverage, synthetic: bool) -> str:
    """What counts as tested."""
    return MEANING.format(n=answer.question.settings.min_speakers, people=people(synthetic))


def sessions_meaning(synthetic: bool) -> str:
    """How the plan was made."""
    return SESSIONS_MEANING.format(person=people(synthetic, 1), people=people(synthetic))


def nothing_to_cover(names: Sequence[str]) -> str:
    """For an evaluation without attributes."""
    return (
        f"There are no combinations of {listed([plural(name) for name in names])}."
        if names
        else ("The recordings are not described by anything, so there are no combinations to test.")
    )
