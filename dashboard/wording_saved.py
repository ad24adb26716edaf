"""Words about saved subgroups: how a list, a table and the page call them.

Takes results of `answers` and computes nothing.
"""

from __future__ import annotations

from analysis.judgement import VERDICTS
from dashboard.answers.saved import SavedHere, SavedSubgroup
from dashboard.answers.saved_rates import SavedRates, SavedRow, nobody_in
from dashboard.answers.subgroup import SUBGROUP
from dashboard.wording import interval_text, number, people, percent, ratio_text, selection_sentence
from dashboard.wording_subgroup import COMPARISONS
from dashboard.wording_verdicts import verdict_label, verdict_mark

NONE_SAVED = "No subgroup is saved for this evaluation yet."
SAVE_HELP = "Letters, digits, - and _. It can then be typed as @name wherever recordings are chosen."
REFERENCE_CHOICE = "What was said"
ASKS = {
    (False, False): "contains the word",
    (True, False): "does not contain the word",
    (False, True): "matches the pattern",
    (True, True): "does not match the pattern",
}
"""What a line of the builder asks of the reference, by (not, pattern)."""
LINK_NOTE = "A link to a saved subgroup holds its conditions, so that it works where nothing is saved."


def saved_head(synthetic: bool) -> list[str]:
    """The head of the table of saved subgroups."""
    return ["subgroup", "rate", "interval", people(synthetic), "against", "ratio", "verdict"]


def saved_label(one: SavedSubgroup) -> str:
    """Its name as it is typed."""
    return f"@{one.name}"


def saved_sentence(here: SavedHere) -> str:
    """Whose recordings it names, or why it cannot be shown."""
    if here.why_not is not None or here.saved.selection is None:
        return f"does not fit this build: {here.why_not}"
    return selection_sentence(here.saved.selection)


def saved_by(one: SavedSubgroup) -> str:
    """Who saved it, when."""
    when = one.saved.replace("T", " ").rstrip("Z")[:16]
    return f"saved {when} UTC{f' by {one.author}' if one.author else ''}"


def delete_question(one: SavedSubgroup) -> str:
    """What is asked before a name is forgotten."""
    return f"Delete @{one.name}? Its findings and links stay; the name no longer stands for it."


def saved_cells(row: SavedRow) -> list[str]:
    """One line of the table of saved subgroups, in the order of `saved_head`."""
    name, answer = saved_label(row.one.saved), row.answer
    if answer is None:
        return [name, *[""] * 5, str(row.one.why_not)]
    if nobody_in(answer):
        return [name, number(None), "", number(0), "", "", "Nobody was recorded in it."]
    table, judged, i = answer.table, answer.table.judgement, SUBGROUP
    verdict = VERDICTS[int(judged.verdict[i])]
    return [
        name,
        percent(float(table.statistics.rate[i])),
        interval_text(float(table.intervals.low[i]), float(table.intervals.high[i])),
        number(int(table.statistics.n_speakers[i])),
        COMPARISONS[answer.comparator],
        ratio_text(float(judged.ratio[i]), float(judged.low[i]), float(judged.high[i])),
        f"{verdict_mark(verdict)} {verdict_label(verdict, table.settings.margin_ratio)}",
    ]


def saved_family_sentence(answer: SavedRates) -> str:
    """How many questions the table asks."""
    if answer.family_size <= 1:
        return "One question at most was asked, so nothing is corrected for."
    return (
        f"{answer.family_size} questions were asked, a family that is corrected together. "
        "Exploratory: not declared in advance."
    )
