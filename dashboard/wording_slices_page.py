"""What the Slices page says beside the words of a search (`wording_slices.py`): its controls, its lead, each slice.

Owns labels and the cells of its tables. Takes results of `answers` and
computes nothing. A slice is named by its conditions; the system is the subject of every sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.metrics import METRICS
from dashboard.answers.slices import FoundSlice, SlicesAnswer
from dashboard.answers.slices_lattice import LatticeSlice
from dashboard.answers.slices_rows import DEFAULT_MIN_SPEAKERS
from dashboard.wording import (
    attribute_label,
    attribute_name,
    listed,
    number,
    of_count,
    people,
    percent,
    ratio_text,
    selection_sentence,
)
from dashboard.wording_slices import (
    IN_BOTH_HALVES,
    absent_lead,
    conditions_text,
    reported,
    result_text,
    slice_name,
)

QUESTION, DEPTH = "Question", "Most conditions"
COMBINED, EFFECTS = "Attributes to combine", "Effects are expected to"
QUESTION_LABELS = {
    "worst": "Who is served worst",
    "combination": "Which combinations are worse than their parts explain",
}
EFFECT_LABELS = {"multiplicative": "multiply", "additive": "add up"}
SEARCH, STOP = "Search", "Stop"
SEARCH_HELP = "Every search is put on record in the folder of evaluations."
CHOOSE_SOME = "Choose at least one attribute to combine."
CHOOSE_TWO = "A combination has two conditions: choose at least two attributes."
NO_ATTRIBUTES = "This evaluation names no attributes, so there are no slices to search."
ASK_FIRST = "Nothing is searched until you ask."
ASKED = "This was searched, and what was found stands below. Change a box to search for something else."
ORDER = "Order"
ORDERS = {"surest": "Surest first", "ratio": "Largest ratio first", "errors": "Most excess errors first"}
CHOOSE_SLICE, NO_SLICE = "Look at one slice", "Choose a slice"
OPEN_SUBGROUP, OPEN_WORDS = "Open as subgroup", "Words and recordings"
SHOW_ONLY, NONE_NAMES_ALL = "Only slices that name", "No slice that was found names all of these."
WIDER, NARROWER = "Wider: with some of its conditions", "Narrower: with one condition more"
LATTICE_NOTE = (
    "Rates of everybody selected, both halves together, and ratios to others: peers in the same conditions where a slice "
    "names speakers and something else, all else otherwise. They describe, and are no test."
)
FEW = "too few to judge"
SLICE = "Slice"
AS_FOUND, CONTRIBUTIONS, RESULT = "Ratio as found", "Conditions add, in points", "Result"
WORDS_OF_TABLE = {SLICE, RESULT, CONTRIBUTIONS}
NOT_CHOSEN = "not chosen"
UNSEEN_TITLE, SECOND_OPINION = "What this search could not see", "Second opinion"


def ask_headline(system: str) -> str:
    """What leads before anything was searched."""
    return f"Whom does {system} serve worst?"


def ask_caption(synthetic: bool) -> str:
    """What a slice is, and how it is found."""
    return (
        "A slice is a combination of groups, such as an accent in babble. What half of the "
        f"{people(synthetic)} show is put to the test on the others."
    )


def slices_headline(answer: SlicesAnswer, synthetic: bool) -> str:
    """How many slices are worse and confirmed; how many were searched and too small to judge."""
    small = f" {absent}" if (absent := absent_lead(answer, synthetic)) else ""
    count = f"{answer.searched:,} searched, {answer.too_few:,} too small to judge.{small}"
    confirmed = sum(one.test is not None and one.test.confirmed for one in answer.found)
    if not answer.found:
        return f"Nothing stands out that is large enough to matter; {count}"
    others = f"confirmed on other {people(synthetic)}"
    if not confirmed:
        was = "slice was found and is not" if len(answer.found) == 1 else "slices were found and none is"
        return f"{len(answer.found):,} {was} {others}; {count}"
    kind, than = (
        ("slice", "") if answer.question.question == "worst" else ("combination", " than their parts explain")
    )
    kind = kind if confirmed == 1 else f"{kind}s"
    return f"{answer.system} makes more errors in {confirmed:,} {kind}{than}, {others}; {count}"


def search_with(minimum: int, synthetic: bool) -> str:
    """The button that searches again for smaller slices."""
    return f"Search again with at least {minimum} {people(synthetic)}"


def fewer_caution(answer: SlicesAnswer, synthetic: bool) -> str:
    """What a search again with the lower minimum costs."""
    who = people(synthetic)
    few = f"With fewer than {DEFAULT_MIN_SPEAKERS} {who} in a slice a few of them decide what is found, and intervals are wide. "
    tested = f"It is put to the test on the same other {who}, asked a second time. " if answer.split else ""
    is_few = answer.lower_minimum is not None and answer.lower_minimum < DEFAULT_MIN_SPEAKERS
    return f"{few * is_few}{tested}The search is put on record as one more."


def surest_sentence(answer: SlicesAnswer, synthetic: bool) -> str:
    """The surest confirmed slice that names speakers, and the surest that names none; "" where none is confirmed."""
    confirmed = [one for one in answer.found if one.test is not None and one.test.confirmed]
    if not confirmed:
        return ""
    who = people(synthetic)
    named = next((one for one in confirmed if one.names_speakers), None)
    others = next((one for one in confirmed if not one.names_speakers), None)
    said = [
        f"Surest of those that name {who}: {_in_numbers(answer, named)}."
        if named
        else f"None of those that name {who} is confirmed."
    ]
    if others:
        said.append(f"Surest about conditions or content alone: {_in_numbers(answer, others)}.")
    return " ".join(said)


def _in_numbers(answer: SlicesAnswer, one: FoundSlice) -> str:
    estimate = reported(one)
    beside = "elsewhere" if one.comparator == "complement" else "for others in the same conditions"
    if answer.question.question == "combination":
        beside = "expected"
    ratio = ratio_text(estimate.ratio, estimate.low, estimate.high)
    return (
        f"{slice_name(one)}, {percent(estimate.rate)} against {percent(estimate.rest_rate)} {beside}, {ratio}"
    )


def left_out_sentence(left_out: Sequence[tuple[str, str]]) -> str:
    """Attributes that were not combined, as (name, reason), each reason once; "" where all were."""
    if not left_out:
        return ""
    reasons = dict.fromkeys(why for _, why in left_out)
    parts = [
        f"{listed([attribute_name(name) for name, its in left_out if its == why])} ({why})" for why in reasons
    ]
    return f"Not combined: {'; '.join(parts)}."


def slice_line(answer: SlicesAnswer, one: FoundSlice, synthetic: bool) -> dict[str, object]:
    """A slice as a row of the table: the numbers of the others, and beside them the ratio it was found by."""
    estimate, found = reported(one), one.estimate
    beside = "Elsewhere" if answer.question.question == "worst" else "Expected"
    return {
        SLICE: slice_name(one),
        RESULT: result_text(one).replace(IN_BOTH_HALVES, "found in both halves"),
        "Rate": percent(estimate.rate),
        beside: percent(estimate.rest_rate),
        "Ratio": ratio_text(estimate.ratio, estimate.low, estimate.high),
        AS_FOUND: ratio_text(found.ratio, found.low, found.high),
        people(synthetic).capitalize(): estimate.n_speakers,
        "Words": number(estimate.n_words),
        "Excess errors": number(estimate.excess_errors),
        CONTRIBUTIONS: contributions_text(one),
    }


def contributions_text(one: FoundSlice) -> str:
    """How far each condition moves the rate from the overall one, in percentage points."""
    return "; ".join(
        f"{conditions_text([(name, value)])} {_points(moved)}" for name, value, moved in one.contributions
    )


def contributions_sentence(one: FoundSlice) -> str:
    """The same as a sentence."""
    return f"What each condition adds to the overall rate, in percentage points: {contributions_text(one)}."


def _points(moved: float) -> str:
    return f"{'−' if moved < 0 else '+'}{abs(100 * moved):.1f}"


def table_caption(answer: SlicesAnswer, synthetic: bool, order: str = "surest") -> str:
    """In which order slices stand, and whose numbers are in the table."""
    who = people(synthetic)
    by = {
        "surest": f"the surest first, by its p-value among the {who} it was found on",
        "ratio": "the largest ratio first",
        "errors": "the most errors in excess first",
    }[order]
    said = f"Confirmed first; then {by}." if answer.split else f"{by[0].upper()}{by[1:]}."
    return f"{said} {_whose_numbers(answer, who)}"


def listed_note(answer: SlicesAnswer, n_listed: int, order: str) -> str:
    """Which of the slices that were found are listed, and how they are sorted; "" where all are, the surest first."""
    n_found = len(answer.found)
    of_all = f"{number(n_listed)} of {of_count(n_found, 'slices')} found"
    part = f"Listed: {of_all}" if n_listed < n_found else ""
    sorting = "" if order == "surest" else ORDERS[order].lower()
    said = "; ".join(filter(None, (part, sorting)))
    return f"{said[0].upper()}{said[1:]}." if said else ""


def _whose_numbers(answer: SlicesAnswer, who: str) -> str:
    return (
        f"Numbers are of the {who} a slice was not found on; “{AS_FOUND.lower()}”, and what conditions add, are of those "
        "it was found on, and as a rule too large, because slices were chosen for it."
        if answer.split
        else f"Numbers are of the {who} a slice was found on."
    )


def chart_key(synthetic: bool) -> str:
    """What the dots and lines of the picture are."""
    return (
        f"Filled: the {people(synthetic)} a slice was not found on, in colour where they confirm it. Hollow: those it was "
        "found on. Lines are 95 % intervals by speaker."
    )


def chart_alt(headline: str) -> str:
    """What a reader who does not see the picture is told."""
    return f"{headline} The table below has every number."


def slice_sentence(answer: SlicesAnswer, one: FoundSlice, synthetic: bool) -> str:
    """One slice in a sentence."""
    estimate = reported(one)
    metric = METRICS[answer.question.metric].label.lower()
    if answer.question.question == "combination":
        beside = f"its conditions explain {percent(estimate.rest_rate)} one by one"
    elif one.comparator == "peers":
        beside = f"other {people(synthetic)} in the same conditions have {percent(estimate.rest_rate)}"
    else:
        beside = f"all else has {percent(estimate.rest_rate)}"
    ratio = ratio_text(estimate.ratio, estimate.low, estimate.high)
    count = f"{estimate.n_speakers:,} {people(synthetic, estimate.n_speakers)}"
    return (
        f"{answer.system} has a {metric} of {percent(estimate.rate)} in {selection_sentence(one.selection)}; {beside}: "
        f"{ratio}, {count}. {result_text(one).capitalize()}."
    )


def lattice_line(one: LatticeSlice, fewest: int, synthetic: bool) -> dict[str, object]:
    """A neighbour of a slice as a row."""
    estimate = one.estimate
    few = estimate.n_speakers < fewest
    return {
        SLICE: conditions_text(one.where) or "everybody selected",
        "Rate": percent(estimate.rate),
        "Ratio": FEW if few else ratio_text(estimate.ratio, estimate.low, estimate.high),
        people(synthetic).capitalize(): estimate.n_speakers,
        "Words": number(estimate.n_words),
    }


def aside_title(count: int, shown: int) -> str:
    """The head of what was put aside."""
    more = f", the surest {shown:,} of them here" if shown < count else ""
    return f"Put aside because something else explains it: {count:,}{more}"


def progress_text(step: str, done: int, total: int) -> str:
    """How far a search has come; `step` is the attributes being combined, or what else is done."""
    what = " × ".join(attribute_label(part) for part in step.split(" × ")) if step else "Searching"
    return f"{what}: {done:,} of {total:,}"
