"""What the three gaps of the Conditions tab rest on, in words: the same others, and what is left out of which gap.

Takes answers of `answers/adjust.py`; the other sentences of the tab are `wording_adjust.py`.
"""

from __future__ import annotations

from analysis.published_digits import rounded_down
from dashboard.answers.adjust import AdjustAnswer
from dashboard.wording import attribute_name, listed, number, people, percent
from dashboard.wording_adjust import held_phrase

SHOWN = "shown"


def base_sentence(answer: AdjustAnswer, synthetic: bool) -> str:
    """That all gaps are against the same others, and what is left out of all of them."""
    found, held = answer.left_out, held_phrase(answer.question.held_equal)
    same = f"All three gaps compare the same recordings, those of which {held} {_is(answer)} stated"
    if not found.n_utterances:
        return f"{same}: all of them."
    missing = listed([f"{attribute_name(name)} in {number(count)}" for name, count in found.by_attribute])
    gone = (
        f", and with them every recording of {number(found.n_speakers)} {people(synthetic, found.n_speakers)}"
        if found.n_speakers
        else ""
    )
    return (
        f"{same}. {number(found.n_utterances)} recordings ({number(found.n_words)} words) are left out{gone}; "
        f"not stated: {missing}."
    )


def _is(answer: AdjustAnswer) -> str:
    return "is" if len(answer.question.held_equal) == 1 else "are"


def strata_sentence(answer: AdjustAnswer) -> str:
    """How much the standardised and the modelled gaps rest on, and what each leaves out."""
    held = held_phrase(answer.question.held_equal)
    told = [row for row in answer.rows if row.counts["status"] == SHOWN]
    gaps = [row.standardised for row in told or answer.rows]
    least = min(gaps, key=lambda gap: gap.strata_present)
    share = percent(rounded_down(least.strata_present, 0), 0)
    share = f"at least {share}" if len(gaps) > 1 and share != percent(1, 0) else share
    combined = f"values of {held}" if len(answer.question.held_equal) == 1 else f"combinations of {held}"
    most = max(gaps, key=lambda gap: gap.words_left_out)
    up_to, counted = "up to " if len(gaps) > 1 else "", f"{answer.asked.metric.counted}s"
    absent = (
        f"{up_to}{number(most.strata_left_out)} of these {combined} ({number(int(most.words_left_out))} {counted}) are left out"
        if most.strata_left_out
        else f"none of these {combined} is left out"
    )
    model = (
        f"all but {number(answer.left_out_of_model)} {counted}, of groups or conditions in which nobody erred,"
        if answer.left_out_of_model
        else "all of these recordings"
    )
    if not any(gap.strata_present > 0 for gap in gaps):
        return (
            f"Nothing is standardised: in none of the {combined} have both sides two speakers or more. A model uses "
            f"{model} and takes effects to multiply alike everywhere."
        )
    of_whom = "" if len(gaps) == len(answer.rows) else "of the groups that are large enough "
    return (
        f"Standardised gaps {of_whom}are over {combined} in which both sides have two speakers or more: {share} of all "
        f"{counted}; {absent}. A model uses {model} and takes effects to multiply alike everywhere."
    )
