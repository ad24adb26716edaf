"""Coverage in words: what was tested, what is missing, whom to record next.

Owns sentences only; the numbers come from `answers/coverage.py`. A width is given as the
share of the rate that an interval reaches to either side.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from analysis.coverage import CoverageOrder, Session
from dashboard.answers.coverage import Coverage
from dashboard.wording import (
    UNDEFINED,
    attribute_label,
    attribute_name,
    group_name,
    group_names,
    interval_text,
    level_text,
    listed,
    number,
    people,
    percent,
    plural,
    ratio_text,
    status_text,
)
from dashboard.wording_methods import selection_label
from dashboard.wording_sentences import comparator_phrase

MEANING = (
    "A combination counts as tested when at least {n} {people} {were} recorded in it: fewer are shown and never "
    "judged. {several}Counted over all recordings of the build, whatever is selected."
)
_SEVERAL = "Combinations are many, and a gap can hide in one of them while each attribute alone looks even. "
SESSIONS_MEANING = (
    "How the list is made: each step takes the {people} whose recordings narrow the most intervals, with every combination "
    "counting alike, until widths of ±15% are reached, and never fewer of them than a combination needs to be judged at all "
    "({n}). Groups that the declared plan names and nobody recorded count as combinations too. It assumes that further {people} "
    "differ as much as those recorded."
)
_ORDER_LABELS = {1: "Single groups", 2: "Combinations of two", 3: "Combinations of three"}

COMBINATIONS_OF, NOTHING_MORE = ("Combinations of", "and", "and also"), "nothing more"

MOST_SEEN = 100
"""Ratios of error rates beyond this say only that nothing could be seen."""
_NAMED = 3
"""So many missing groups are named in the sentence; more stand below it only."""
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
    one, of = ("group", "by") if len(answer.attributes) == 1 else ("combination", "of")
    if not answer.cells.statistics.n_speakers.any():
        return f"Nobody was recorded among what is selected, so no {one} {of} {names} was tested."
    if not answer.missing:
        return f"Every {one} {of} {names} was tested with enough {people(synthetic)}."
    comes_down = _comes_down_to(answer, last.combinations - last.covered)
    return f"Of the {one}s {of} {names}, {order_value(last)} were tested with enough {people(synthetic)}{comes_down}."


def _comes_down_to(answer: Coverage, n_missing: int) -> str:
    """The few smaller groups that all missing combinations lie in; "" where they are missing for themselves."""
    missing = answer.missing
    if all(len(group) == len(answer.attributes) for group in missing):
        return ""
    them = "the one that is missing is" if n_missing == 1 else f"the {n_missing:,} that are missing are all"
    if len(missing) > _NAMED:
        what = "groups" if all(len(group) == 1 for group in missing) else "groups and combinations"
        return f"; {them} part of {len(missing):,} {what} with too few of them"
    *others, last = (group_names(group) for group in missing)
    return f"; {them} of {' or '.join([*filter(None, [', '.join(others)]), last])}"


def combination_line(
    row: Mapping[str, Any], counted: str, level: float, synthetic: bool
) -> dict[str, object]:
    """One combination in a table; `counted` is what counts of words are of, `level` that of the interval."""
    who = people(synthetic).capitalize()
    return {
        **{attribute_label(name): group_name(value) for name, value in row["group"].items()},
        who: row["n_speakers"],
        "Utterances": row["n_utterances"],
        f"{counted.capitalize()}s": row["n_words"],
        "Rate": percent(row["rate"]),
        f"{level_text(level)} interval": interval_text(row["low"], row["high"]),
        "Status": status_text(row["status"], synthetic),
        "Ratio that could be seen": _could_be_seen(row["versus"]["detectable_ratio"]),
        f"{who} needed": number(row["versus"]["speakers_needed"]),
    }


def _could_be_seen(ratio: float | None) -> str:
    """The smallest ratio that would be noticed; far beyond what occurs, only that it is."""
    return f"over {MOST_SEEN}×" if ratio is not None and MOST_SEEN < ratio < math.inf else ratio_text(ratio)


def missing_together(missing: Sequence[Mapping[str, str]]) -> dict[str, list[str]]:
    """Missing combinations by what they are combinations of: Accent → Scottish, Welsh; Accent and noise → Scottish · babble."""
    together: dict[str, list[str]] = {}
    for one in missing:
        names = listed([attribute_name(name) for name in one])
        together.setdefault(f"{names[:1].upper()}{names[1:]}", []).append(group_names(one))
    return together


def session_sentences(sessions: Sequence[Session], synthetic: bool) -> list[str]:
    """What to record, one sentence for all profiles of which the same is asked; in the order of the list."""
    alike: dict[tuple[str, str], list[Session]] = {}
    for session in sessions:
        said = _where(session), _effect(session, synthetic)
        alike.setdefault((f"{session.speakers} {said[0]}", said[1]), []).append(session)
    return [_sentence(group, synthetic) for group in alike.values()]


def _sentence(alike: Sequence[Session], synthetic: bool) -> str:
    first = alike[0]
    more = "" if first.untested >= len(first.conditions) else "more "
    who = f"{first.speakers:,} {more}{people(synthetic, first.speakers)}"
    profile = _profile(alike)
    return f"Record {who}{profile}{_where(first)}. {_effect(first, synthetic, len(alike))}"


def _profile(alike: Sequence[Session]) -> str:
    """Of whom: one profile in words, several as a list."""
    if not alike[0].profile:
        return ""
    if len(alike) == 1:
        parts = [f"{attribute_name(name)} {value}" for name, value in alike[0].profile.items()]
        return f" with {', '.join(parts)}"
    names = " and ".join(attribute_name(name) for name in alike[0].profile)
    return f" of each {names}: {listed([group_names(one.profile) for one in alike])}"


def _where(session: Session) -> str:
    where = _places(session.conditions)
    return f"{', each' if session.speakers > 1 else ''} in {listed(where)}" if where else ""


def _places(conditions: Sequence[Mapping[str, str]]) -> list[str]:
    """Conditions with the first attribute said once: babble (car and phone), quiet (car)."""
    together: dict[str, list[str]] = {}
    for condition in filter(None, conditions):
        first, *others = condition.items()
        inner = together.setdefault(group_names(dict([first])), [])
        if others:
            inner.append(group_names(dict(others)))
    return [f"{name} ({listed(inner)})" if inner else name for name, inner in together.items()]


def _effect(session: Session, synthetic: bool, n_profiles: int = 1) -> str:
    n_cells = len(session.conditions)
    have = f"{session.speakers_after:,} {people(synthetic, session.speakers_after)}"
    each = f"each of these has {have} or more" if n_cells * n_profiles > 1 else f"there are {have}"
    before, after = width_text(session.half_width_before), width_text(session.half_width_after)
    if session.untested:
        part = "there" if session.untested >= n_cells else f"in {session.untested} of these {n_cells}"
        known = f", and their rates would be known to about {after}" if after != UNDEFINED else ""
        return f"Nobody was recorded {part} so far; with the whole list {each}{known}."
    if after == UNDEFINED:
        return f"With the whole list {each}."
    narrow = "the intervals narrow" if n_cells * n_profiles > 1 else "the interval narrows"
    return f"With the whole list {each}, and {narrow} from about {before} to {after}."


def left_over(answer: Coverage, synthetic: bool) -> str | None:
    """How much the list leaves without enough speakers; None where it leaves nothing."""
    n, left = answer.question.settings.min_speakers, answer.still_too_few
    if not left or not answer.sessions:
        return None
    verb = "combination would" if left == 1 else "combinations would"
    return (
        f"These are the first steps: {left:,} {verb} still have fewer than {n} {people(synthetic, n)} after them. "
        "Ask again when they are recorded, or ask for fewer attributes."
    )


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


def no_sessions_reason() -> str:
    """Why nothing is proposed."""
    return "Every interval is about as narrow as planning aims for (±15%)."


def no_widths_note(answer: Coverage, synthetic: bool) -> str | None:
    """Why no widths stand beside what to record; None where they do."""
    if answer.speaker_variance is not None or not answer.sessions:
        return None
    n = answer.question.settings.min_speakers
    return (
        f"How narrow the intervals would get cannot be said: no combination has {n} {people(synthetic, n)} with errors, so it "
        "is not known how much they differ."
    )


def meaning(answer: Coverage, synthetic: bool) -> str:
    """What counts as tested."""
    n = answer.question.settings.min_speakers
    several = _SEVERAL if len(answer.orders) > 1 else ""
    return MEANING.format(n=n, people=people(synthetic, n), were="was" if n == 1 else "were", several=several)


def sessions_meaning(answer: Coverage, synthetic: bool) -> str:
    """How the list of what to record was made."""
    return SESSIONS_MEANING.format(n=answer.question.settings.min_speakers, people=people(synthetic))


def nothing_to_cover(names: Sequence[str]) -> str:
    """For an evaluation without attributes."""
    return (
        f"There are no combinations of {listed([plural(name) for name in names])}."
        if names
        else ("The recordings are not described by anything, so there are no combinations to test.")
    )


def coverage_facts(answer: Coverage, counts: str, synthetic: bool) -> str:
    """What stands under the numbers: whose recordings, how many (`counts`), compared with whom, level."""
    cells = answer.cells
    against = f"ratios compared with {comparator_phrase(cells, synthetic)}"
    selected = selection_label(answer.question.where)
    return f"{selected} · {counts} · {against} · {level_text(cells.level)} intervals by speaker"


def coverage_method(answer: Coverage, normalizer: Mapping[str, Any], synthetic: bool) -> str:
    """What tested and missing mean, how the list of recordings is made, and what rates it rests on, as Markdown."""
    metric, n = answer.cells.metric, answer.question.settings.min_speakers
    return "\n\n".join(
        (
            (
                f"**Tested.** A combination of groups with at least {n} {people(synthetic, n)} who have words or errors in it. All "
                "combinations of groups that occur are counted, also those nobody was recorded in; recordings without a value "
                "belong to none. The measure is that of combinatorial coverage (Kuhn, Kacker and Lei)."
            ),
            "**Missing.** The smallest combinations that are not tested: one that holds a smaller missing one is left out.",
            f"**What to record next.** {sessions_meaning(answer, synthetic)}",
            (
                "**Width expected.** 1.96 · √(v / speakers) on the log scale, where v is how far one speaker’s log rate lies from "
                "the group’s, squared: the median over groups with enough speakers."
            ),
            f"**{metric.label}.** {metric.sentence} Errors are added up before they are divided.",
            f"**Text.** Compared after the normaliser “{normalizer['id']}”, version {normalizer['version']}.",
        )
    )
