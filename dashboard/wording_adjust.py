"""What the Conditions tab and `fairhearing adjust` say: is it the accent, or the device?

Owns the sentences on a gap with conditions held equal, on who was recorded where, on how a
gap changes with a condition, and on the spread between speakers. Takes answers of
`answers/adjust.py` and computes nothing but counts of what it was given.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from analysis.gap_by_condition import MIN_SPEAKERS
from analysis.selection import EVERYTHING, Selection
from analysis.selection_words import attributes_named
from analysis.speaker_counts import FloatArray
from dashboard.answers.adjust import AdjustAnswer, AdjustedRow, Association, ConditionGaps, ConditionSpread
from dashboard.wording import (
    attribute_label,
    attribute_name,
    group_name,
    group_phrase,
    listed,
    number,
    people,
    percent,
    plural,
    ratio_text,
    selection_sentence,
)
from dashboard.wording_methods import selection_label

WHOSE = "Whose gap"
HELD_EQUAL, HOLD_EQUAL = "Held equal", "Choose attributes"
CLOSER = "Group"
SPREAD_TITLE = "Who was recorded where"
SPREAD_NOTE = "Cramér’s V is 0 where both have the same mix, and 1 where one determines the other."
WITHIN_TITLE = "The gap within each condition"
THIS_SUBGROUP, THE_REST = "This subgroup", "The others"
ESTIMATES = {"raw": "As recorded", "standardised": "Standardised", "modelled": "Modelled"}
NOT_PUBLISHED = (
    "Gaps with conditions held equal are not part of what is published: they rest on counts of few people. Choose the "
    "internal audience in the sidebar to see them."
)
NO_ATTRIBUTES = "This evaluation names no attributes, so there are no groups whose gap could be looked at."
NO_CONDITIONS = (
    "Nothing can be held equal: no attribute of this evaluation is a condition of recording, such as noise or device, "
    "beside those the groups are made by. Load it with such columns, and say there that they are about the conditions."
)
NONE_BY_ITSELF = (
    "No attribute here is a condition of recording, such as noise or device, so none is held equal by itself. Choose another "
    "one above; or load the evaluation with such columns, and say there that they are about the conditions."
)
OF_ALL = (
    "Of all recordings: the subgroup above plays no part in this. Choose “This subgroup” to return to it."
)
NOTHING_HELD = "Choose at least one attribute to hold equal."
UNADJUSTED = "No verdicts here: intervals of 95 %, not corrected for how many were looked at. Exploratory."
SCALE_NOTE = (
    "Whether a gap depends on a condition hangs on the scale: where effects multiply, a gap with the same ratio "
    "everywhere has more points where everybody errs more. Rates are as recorded within each value: nothing else is held "
    "equal here."
)
MOST_PRESENT, LEAST_P = 0.5, 0.05
_CLOSE, _SOMEWHAT, _CLEARLY = 0.1, 0.3, 0.5


def whose_label(attribute: str | None) -> str:
    """A choice of whose gap is shown; None is the subgroup on the page."""
    return "This subgroup" if attribute is None else f"Every group by {attribute_name(attribute)}"


def held_phrase(held: Sequence[str]) -> str:
    """What is held equal, in a sentence: "noise and device"."""
    return listed([attribute_name(name) for name in held])


def best_estimate(row: AdjustedRow) -> tuple[str, float, float | None, float | None] | None:
    """The estimate a sentence leads with: standardised where it covers enough, else modelled; None where neither is there."""
    found, model = row.standardised, row.modelled
    if found.ratio is not None and (found.strata_present >= MOST_PRESENT or model is None):
        return "standardised", found.ratio, found.low, found.high
    return None if model is None else ("modelled", model.ratio, model.low, model.high)


def adjust_headline(answer: AdjustAnswer) -> str:
    """What is left of the gap with conditions held equal: of the subgroup, or of how many groups."""
    if answer.question.attribute is not None:
        return _headline_of_groups(answer)
    [row] = answer.rows
    held, best = held_phrase(answer.question.held_equal), best_estimate(row)
    raw = ratio_text(row.raw["ratio"])
    if row.raw["ratio"] is None:
        return f"There is no raw gap, so nothing can be said of it with {held} held equal."
    if best is None:
        return f"The raw gap is {raw}; with {held} held equal it cannot be worked out."
    kind, ratio, low, high = best
    left = ratio_text(ratio, low, high)
    how = f"{kind}, over {percent(row.standardised.strata_present, 0)} of the words"
    how = kind if kind == "modelled" else how
    if ratio_text(ratio) == raw:
        return f"The raw gap of {raw} stays {left} with {held} held equal ({how})."
    if row.raw["ratio"] > 1 and ratio <= row.raw["ratio"]:
        return f"Of the {raw} raw gap, {left} remains with {held} held equal ({how})."
    return f"The raw gap of {raw} becomes {left} with {held} held equal ({how})."


def _headline_of_groups(answer: AdjustAnswer) -> str:
    held = held_phrase(answer.question.held_equal)
    best = [best_estimate(row) for row in answer.rows]
    # An interval from a handful of speakers says too little for a sentence that counts groups.
    enough = [row.counts["status"] == "shown" for row in answer.rows]
    above_raw = sum(
        _above(row.raw["low"]) for row, is_told in zip(answer.rows, enough, strict=True) if is_told
    )
    above = sum(_above(one[2]) for one, is_told in zip(best, enough, strict=True) if is_told and one)
    name, label = plural(str(answer.question.attribute)), answer.asked.metric.label
    n = sum(enough)
    if n == 0:
        return (
            f"{answer.system}: none of {len(answer.rows)} {name} is large enough for its gap to be told, as recorded or "
            f"with {held} held equal."
        )
    name = name if n > 1 else attribute_name(str(answer.question.attribute))
    uncounted = "" if all(enough) else f" {_too_small(len(enough) - n)}"
    unknown = sum(one is None for one, is_told in zip(best, enough, strict=True) if is_told)
    none = f" For {unknown} it cannot be worked out." if unknown else ""
    return (
        f"{answer.system}: the {label[0].lower()}{label[1:]} is higher than for the others in {above_raw or 'none'} of "
        f"{n} {name} as recorded, and in {above or 'none'} with {held} held equal, going by intervals that lie above "
        f"1×.{none}{uncounted}"
    )


def _too_small(n: int) -> str:
    """That the rest of the groups is not counted: those that the table marks."""
    if n == 1:
        return "1 more is too small to be counted and marked in the table."
    return f"{n} more are too small to be counted and marked in the table."


def _above(low: float | None) -> bool:
    return low is not None and low > 1


def meaning(answer: AdjustAnswer) -> str | None:
    """What the estimate of a subgroup does and does not say; None where there is none, or for many groups."""
    best = best_estimate(answer.rows[0]) if answer.question.attribute is None else None
    if best is None:
        return None
    _, _, low, high = best
    held = held_phrase(answer.question.held_equal)
    if low is None or high is None:
        return "There are too few speakers for an interval, so whether anything remains can’t be told."
    if low > 1:
        return f"The mix of {held} does not account for all of it. Conditions that nobody wrote down are not held equal."
    if high < 1:
        return f"With {held} held equal the rate of this subgroup is lower than that of the others."
    return (
        f"The interval includes 1×: with {held} held equal, whether a gap remains can’t be told. That is undecided, not "
        "absent."
    )


def on_both_sides(where: Selection, alone: Selection) -> str:
    """That conditions which a subgroup names are on both sides, so that this says nothing of them."""
    names = [attribute_name(name) for name in attributes_named(where) if name not in attributes_named(alone)]
    return (
        f"Both sides are alike in {listed(names)}, because the subgroup names it: this compares who spoke. How the gap differs by "
        f"{listed(names)} is told for the same speakers in every condition:"
    )


def every_condition(alone: Selection) -> str:
    """The button that takes conditions out of a subgroup of speakers and conditions."""
    return f"Show {selection_sentence(alone)}, in every condition"


def who_sentence(answer: AdjustAnswer) -> str:
    """Who is compared with whom, among which recordings."""
    pool = answer.asked.pool
    among = "" if pool == EVERYTHING else f", among {selection_sentence(pool)}"
    if answer.question.attribute is not None:
        return f"Each group by {attribute_name(answer.question.attribute)} against everybody else{among}."
    return f"{selection_label(answer.question.where)} against all others{among}."


def association_sentence(one: Association, of: str) -> str:
    """How closely groups and a condition go together, in words; `of` is what the groups are groups of."""
    name = attribute_name(one.attribute)
    if one.cramers_v < _CLOSE:
        words = f"nearly the same mix of {name} for everybody"
    elif one.cramers_v < _SOMEWHAT:
        words = f"somewhat different mixes of {name}"
    elif one.cramers_v < _CLEARLY:
        words = f"clearly different mixes of {name}"
    else:
        words = f"very different mixes of {name}: the two can hardly be told apart"
    return f"{of} and {name}: {words} (Cramér’s V {one.cramers_v:.2f})."


def associations_of(answer: AdjustAnswer) -> str:
    """What the groups are groups of, at the beginning of a sentence."""
    return THIS_SUBGROUP if answer.question.attribute is None else attribute_label(answer.question.attribute)


def spread_sentence(answer: AdjustAnswer, synthetic: bool) -> str | None:
    """How far single speakers differ beyond their group and conditions; None without a model."""
    sigma = answer.speaker_spread
    if sigma is None:
        return None
    who = people(synthetic)
    if sigma < 0.005:
        return f"Beyond groups and conditions, {who} differ no more than chance would make them."
    return (
        f"{who.capitalize()} differ among themselves too: beyond group, conditions and chance, about two in three have "
        f"between {math.exp(-sigma):.2f} and {math.exp(sigma):.2f} times the typical rate (σ {sigma:.2f} of log rates)."
    )


def model_note(answer: AdjustAnswer) -> str | None:
    """Why there is no modelled gap; None where there is one."""
    return f"No model: {answer.model_reason}" if answer.model_reason else None


def change_sentence(one: ConditionGaps) -> str:
    """Whether a gap changes with a condition, on both scales, with numbers."""
    name = attribute_name(one.attribute)
    ratio, difference = one.gaps.ratio_change, one.gaps.difference_change
    if ratio is None or difference is None:
        return (
            f"Whether the gap changes with {name} can’t be told: fewer than two of its values have errors and "
            f"{MIN_SPEAKERS} speakers on both sides."
        )
    changes = [ratio.p <= LEAST_P, difference.p <= LEAST_P]
    ratios = _ends(one.gaps.ratio, one.values, one.attribute, ratio_text)
    points = _ends(one.gaps.difference, one.values, one.attribute, points_text)
    p_values = f"p {p_text(ratio.p)} for ratios, {p_text(difference.p)} for points"
    if changes == [False, False]:
        return f"It is not shown that the gap changes with {name}: {ratios}; {points} ({p_values})."
    where = {(True, True): "on both scales", (True, False): "as a ratio", (False, True): "in points"}
    return f"The gap changes with {name} {where[(changes[0], changes[1])]}: {ratios}; {points} ({p_values})."


def _ends(values: FloatArray, names: Sequence[str], attribute: str, worded: Callable[[float], str]) -> str:
    """The smallest and largest of some gaps, each with where it is found."""
    known = [(float(value), name) for value, name in zip(values, names, strict=True) if math.isfinite(value)]
    (low, low_name), (high, high_name) = min(known), max(known)
    return f"from {worded(low)} {_at(attribute, low_name)} to {worded(high)} {_at(attribute, high_name)}"


def _at(attribute: str, name: str) -> str:
    """Where a gap is found: "in babble", "at signal-to-noise ratio 7 dB"."""
    phrase = group_phrase(attribute, name)
    return f"in {name}" if phrase == name else f"at {phrase}"


def p_text(p: float) -> str:
    """A p-value: 0.031, below 0.001."""
    return "below 0.001" if p < 0.001 else f"{p:.3f}"


def points_text(difference: float | None, low: float | None = None, high: float | None = None) -> str:
    """A difference of rates in percentage points with its interval; a dash where it is undefined."""
    if difference is None or not math.isfinite(difference):
        return number(None)
    span = ""
    if low is not None and high is not None and math.isfinite(low) and math.isfinite(high):
        span = f" ({100 * low:+.1f} to {100 * high:+.1f})"
    return f"{100 * difference:+.1f} points{span}".replace("-", "−")


def row_name(answer: AdjustAnswer, group: str) -> str:
    """A group as a row of a table or picture."""
    if answer.question.attribute is None:
        return THIS_SUBGROUP if group == answer.groups[-1] else THE_REST
    return group_name(group)


def spread_label(one: ConditionSpread) -> str:
    """What a table of spread is read out as."""
    return f"How recordings are spread over {attribute_name(one.attribute)}"


def within_label(one: ConditionGaps) -> str:
    """What a table of gaps within a condition is read out as."""
    return f"The gap within each value of {attribute_name(one.attribute)}"


def not_all_drawn(n_groups: int, drawn: int) -> str | None:
    """That a picture leaves groups out; None where it draws all."""
    if n_groups <= drawn:
        return None
    return f"The picture has the first {drawn} of {n_groups} groups; the table and the data have all."
