"""Words about saved subgroups: how a list, a table and the page call them.

Takes results of `answers` and computes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.judgement import VERDICTS
from dashboard.answers.saved import SavedHere, SavedSubgroup
from dashboard.answers.saved_check import SavedRetest
from dashboard.answers.saved_files import WantedSubgroup
from dashboard.answers.saved_rates import SavedRates, SavedRow, nobody_in
from dashboard.answers.subgroup import SUBGROUP, SubgroupAnswer
from dashboard.wording import interval_text, number, people, percent, ratio_text, selection_sentence
from dashboard.wording_findings import CHANGE_LABELS, retest_sentence
from dashboard.wording_sentences import undecided_note
from dashboard.wording_subgroup import comparison_label
from dashboard.wording_verdicts import verdict_label, verdict_mark

NONE_SAVED = "No subgroup is saved for this evaluation yet."
SAVE_HELP = "Letters, digits, - and _. It can then be typed as @name wherever recordings are chosen."
REFERENCE_CHOICE = "What was said"
REFERENCE_ASKS = f"{REFERENCE_CHOICE}: contains or matches"
ASKS = {
    (False, False): "contains the word",
    (True, False): "does not contain the word",
    (False, True): "matches the pattern",
    (True, True): "does not match the pattern",
}
"""What a line of the builder asks of the reference, by (not, pattern)."""
LINK_NOTE = "A link to a saved subgroup holds its conditions, so that it works where nothing is saved."


IMPORT, IMPORT_FILE, IMPORT_IT = "Import subgroups (JSON)", "A file of subgroups", "Save these"
IMPORT_HELP = "A file as Export writes it. Nothing is saved before you have seen what is in it; all of it is, or nothing."
RETESTED = "Saved subgroups, asked again of this build"
PUBLIC_NOTE = "For the public: speakers are rounded down to fives, small subgroups and those chosen by words or ranges withheld."


def saved_head(synthetic: bool) -> list[str]:
    """The head of the table of saved subgroups."""
    return ["subgroup", "rate", "interval", people(synthetic), "utterances", "against", "ratio", "verdict"]


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


def saved_cells(row: SavedRow, synthetic: bool) -> list[str]:
    """One line of the table of saved subgroups, in the order of `saved_head`."""
    name, answer = saved_label(row.one.saved), row.answer
    if answer is None:
        return [name, *[""] * 6, str(row.reason)]
    if nobody_in(answer):
        return [name, number(None), "", number(0), number(0), "", "", "Nobody was recorded in it."]
    table, judged, i = answer.table, answer.table.judgement, SUBGROUP
    return [
        name,
        percent(float(table.statistics.rate[i])),
        interval_text(float(table.intervals.low[i]), float(table.intervals.high[i])),
        number(int(table.statistics.n_speakers[i])),
        number(int(table.totals["n_utterances"][i])),
        comparison_label(answer.comparator, answer.mixed),
        ratio_text(float(judged.ratio[i]), float(judged.low[i]), float(judged.high[i])),
        _verdict(answer, synthetic),
    ]


def _verdict(answer: SubgroupAnswer, synthetic: bool) -> str:
    """The verdict; where it cannot be told yet, why, and what it would take."""
    table = answer.table
    verdict = VERDICTS[int(table.judgement.verdict[SUBGROUP])]
    label = f"{verdict_mark(verdict)} {verdict_label(verdict, table.settings.margin_ratio)}"
    why = undecided_note(table, SUBGROUP, synthetic)
    return f"{label}: {why[0].lower()}{why[1:].rstrip('.')}" if why else label


def saved_family_sentence(answer: SavedRates) -> str:
    """How many questions the table asks."""
    if answer.family_size <= 1:
        return "One question at most was asked, so nothing is corrected for."
    return (
        f"{answer.family_size} questions were asked, a family that is corrected together. "
        "Exploratory: not declared in advance."
    )


def preview_head() -> list[str]:
    """The head of the preview of a file."""
    return ["Name", "Recordings", "Note", "Here"]


def preview_cells(one: WantedSubgroup) -> list[str]:
    """One entry of a file, in the order of `preview_head`."""
    return [
        f"@{one.name}",
        selection_sentence(one.selection),
        " · ".join(filter(None, (one.note, one.author))),
        "new" if one.is_new else "saved already",
    ]


def preview_sentence(wanted: Sequence[WantedSubgroup]) -> str:
    """What importing a file would do."""
    new = sum(one.is_new for one in wanted)
    if not new:
        return "Everything in this file is saved already."
    return f"{_subgroups(len(wanted))} in this file, {new:,} of them new."


def imported_sentence(new: Sequence[SavedSubgroup]) -> str:
    """What importing a file did."""
    names = ", ".join(saved_label(one) for one in new)
    return f"Saved: {names}." if new else "Everything in the file is saved already."


def retested_head() -> list[str]:
    """The head of the table of saved subgroups in two builds."""
    return ["Subgroup", "System", "Then and now"]


def retested_cells(one: SavedRetest) -> list[str]:
    """One saved subgroup in two builds, in the order of `retested_head`."""
    said = retest_sentence(one, one.margin)
    return [saved_label(one.one.saved), one.system, f"{said[:1].upper()}{said[1:]}"]


def retested_sentence(found: Sequence[SavedRetest]) -> str:
    """How many saved subgroups have another verdict than in the build before."""
    counts = {change: sum(one.change == change for one in found) for change in CHANGE_LABELS}
    labels = {**CHANGE_LABELS, "same build": "without numbers of a build before"}
    parts = [f"{counts[change]:,} {labels[change]}" for change in counts if counts[change]]
    before = found[0].before if found else None
    beside = f", held against build {before}" if before else ""
    times = f"{len(found):,} {'question' if len(found) == 1 else 'questions'}"
    return f"{RETESTED}{beside}: {times}, {', '.join(parts)}."


def _subgroups(count: int) -> str:
    return f"{count:,} subgroup" if count == 1 else f"{count:,} subgroups"
