"""What is said about slices: what was looked at, each slice in a line, and what a search cannot see.

Owns the words of the Slices page and of `fairhearing slices`. Takes results of `answers` and
computes nothing. A slice is named by its conditions; the system is the subject of every sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.selection import AllOf, OneOf, Selection
from analysis.slices_audit import Audit
from analysis.slices_estimates import SliceEstimate
from dashboard.answers.slices import BY_CONDITIONS, FoundSlice, SlicesAnswer
from dashboard.wording import (
    UNDEFINED,
    attribute_name,
    group_phrase,
    listed,
    number,
    people,
    percent,
    ratio_text,
)

CONFIRMED, NOT_CONFIRMED, NOT_TESTED = "confirmed", "found, not confirmed", "not put to the test"
IN_BOTH_HALVES = "found independently in both halves"
ROBUSTNESS = "about robustness"
PATTERN = "a pattern, not a named group"
NOTHING_FOUND = "Nothing stands out that is large enough to matter."
ROBUSTNESS_NOTE = (
    "About robustness: conditions or content alone, which are not laid on the people recorded there."
)
CANNOT_SEE = (
    "A search sees only the attributes that were combined, and only slices with enough speakers on both sides. Nothing found is not "
    "the same as nothing there."
)
_KINDS = {
    "errors": "above the overall rate",
    "residuals": "above what the attributes explain one by one",
}


def searched_sentence(answer: SlicesAnswer) -> str:
    """How many slices were searched, tested and too small to judge."""
    asked = answer.question
    at_most = "one condition" if asked.depth == 1 else f"{asked.depth} conditions"
    return (
        f"{answer.searched:,} slices of at most {at_most} by {listed([attribute_name(a) for a in answer.attributes])}: "
        f"{answer.tested:,} tested, {answer.too_few:,} too small to judge."
    )


def least_label(synthetic: bool) -> str:
    """The box for how many speakers a slice needs."""
    return f"Fewest {people(synthetic)}"


def absent_sentence(answer: SlicesAnswer, synthetic: bool) -> str:
    """Which attributes took no part because each of their groups is too small, and what to do; "" where all did."""
    return f"{absent_lead(answer, synthetic)} {absent_note(answer, synthetic)}".strip()


def absent_lead(answer: SlicesAnswer, synthetic: bool) -> str:
    """Which attributes took no part; "" where all did."""
    names = [attribute_name(name) for name, _ in answer.without_groups]
    who = people(synthetic)
    few = f"In half of the {who} there are too few" if answer.split else f"Too few {who}"
    return f"{few} to judge any group by {listed(names)}." if names else ""


def absent_note(answer: SlicesAnswer, synthetic: bool) -> str:
    """How large their largest group is and should be, and which minimum would let some group take part; "" where all did."""
    if not answer.without_groups:
        return ""
    asked = answer.question.min_speakers
    most = max(n for _, n in answer.without_groups)
    who = people(synthetic, most)
    needed = (
        f"has at least {most} {who} in each half, where {answer.fewest_asked} are needed, half of the {asked} asked for"
        if answer.split
        else f"has {most} {who}, and {asked} are asked for"
    )
    what = (
        "no lower minimum can be asked for that lets one take part"
        if answer.lower_minimum is None
        else f"asking for {answer.lower_minimum} lets a group by {attribute_name(answer.lower_for)} take part"
    )
    return f"The largest such group {needed}; {what}."


def question_sentence(answer: SlicesAnswer) -> str:
    """What slices were held against."""
    if answer.question.question == "worst":
        return (
            "Each slice is held against everything outside it; where it names speakers and something else, against "
            "other speakers in the same conditions."
        )
    how = "multiply" if answer.question.baseline == "multiplicative" else "add up"
    return (
        f"Each combination is held against what its conditions explain one by one, if their effects {how}. What they explain "
        "is itself estimated from these recordings; the intervals leave that out and are a little too narrow."
    )


def split_sentence(answer: SlicesAnswer, synthetic: bool) -> str:
    """Who was searched and who was asked to confirm."""
    split = answer.split
    if split is None:
        return f"All {answer.n_speakers:,} {people(synthetic)} were searched: every slice is a hypothesis until others confirm it."
    alike = f", alike in {attribute_name(split.stratified_by)}" if split.stratified_by else ""
    return (
        f"Found among {split.n_discovery:,} {people(synthetic)}, tested on {split.n_confirmation:,} others"
        f"{alike} (seed {split.seed})."
    )


def outcome_sentence(answer: SlicesAnswer) -> str:
    """How many slices were found and confirmed."""
    if not answer.found:
        return NOTHING_FOUND
    if answer.split is None:
        return f"{_slices(len(answer.found))} found; none was put to the test."
    confirmed = sum(one.test is not None and one.test.confirmed for one in answer.found)
    return f"{_slices(len(answer.found))} put to the test, {confirmed:,} confirmed."


def _slices(count: int) -> str:
    return f"{count:,} slice" if count == 1 else f"{count:,} slices"


def cannot_judge_sentence(answer: SlicesAnswer, most: int = 8) -> str:
    """Which groups and pairs have too little data; "" where every one has enough."""
    names = [conditions_text(one) for one in answer.cannot_judge]
    if not names:
        return ""
    more = f", and {len(names) - most:,} more" if len(names) > most else ""
    return f"Too small to judge, with everything narrower: {'; '.join(names[:most])}{more}."


def slice_name(one: FoundSlice) -> str:
    """The conditions of a slice: accent Scottish · noise babble · signal-to-noise ratio 7 dB."""
    return conditions_text(one.where)


def conditions_text(where: Sequence[tuple[str, str]]) -> str:
    """Conditions in a row."""
    return " · ".join(_condition(attribute, value) for attribute, value in where)


def _condition(attribute: str, value: str) -> str:
    phrase = group_phrase(attribute, value)
    return phrase if phrase != value else f"{attribute_name(attribute)} {value}"


def result_text(one: FoundSlice) -> str:
    """Confirmed or not, with the badges."""
    test = one.test
    result = NOT_TESTED if test is None else CONFIRMED if test.confirmed else NOT_CONFIRMED
    badges = [IN_BOTH_HALVES] if test and test.confirmed and test.in_both_halves else []
    return "; ".join([result, *badges, *([] if one.names_speakers else [ROBUSTNESS])])


def reported(one: FoundSlice) -> SliceEstimate:
    """The numbers that are reported: those of the speakers the slice was not found on, where there are any."""
    return one.estimate if one.test is None else one.test.estimate


def slice_head(answer: SlicesAnswer, synthetic: bool) -> tuple[str, ...]:
    """The columns of a table of slices."""
    beside = "elsewhere" if answer.question.question == "worst" else "expected"
    return ("slice", "result", "rate", beside, "ratio", people(synthetic), "excess errors")


def slice_cells(one: FoundSlice) -> list[str]:
    """A slice as a row under `slice_head`."""
    estimate = reported(one)
    return [
        slice_name(one),
        result_text(one),
        percent(estimate.rate),
        percent(estimate.rest_rate),
        ratio_text(estimate.ratio, estimate.low, estimate.high),
        f"{estimate.n_speakers:,}",
        number(estimate.excess_errors),
    ]


def explained_text(one: FoundSlice) -> str:
    """What explains a slice that was put aside."""
    by = one.explained_by
    if by is None:
        return UNDEFINED
    what = f"the {BY_CONDITIONS} of its speakers" if isinstance(by, str) else _as_a_slice(by)
    return f"{slice_name(one)}: explained by {what}"


def _as_a_slice(where: Selection) -> str:
    """A conjunction of groups, named as slices are."""
    parts = where.parts if isinstance(where, AllOf) else (where,)
    return conditions_text([(part.attribute, part.values[0]) for part in parts if isinstance(part, OneOf)])


def audit_sentence(one: Audit) -> str:
    """The second opinion in a sentence."""
    what = _KINDS[one.kind]
    if one.ratio is None:
        return f"Errors {what}: no pattern could be tested."
    strongest = listed([" with ".join(_condition(*item) for item in part) for part in one.strongest])
    named = f" Strongest: {strongest}." if strongest else ""
    return (
        f"Errors {what}: {PATTERN}, fitted on the first half, covers {percent(one.share, 0)} of the words of the other "
        f"and has {ratio_text(one.ratio, one.low, one.high)} the errors there.{named}"
    )
