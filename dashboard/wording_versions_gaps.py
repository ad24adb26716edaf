"""What is said of gaps between two systems: whom the second serves worse or better than before, compared with the others.

Takes the document of a comparison and computes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.attributes import Attribute
from dashboard.wording import as_people, attribute_name, group_names, listed, number, people, ratio_text
from dashboard.wording_gate import compared_with
from dashboard.wording_sentences import MOST_NAMED, guessed_by_software, guessed_headline
from dashboard.wording_verdicts import margin_text, unjudged
from dashboard.wording_versions import Document, Row, p_text

NO_GAPS = "A gap needs groups with others beside them; there is none in this selection."

_OTHERS = {
    "peers": "the others, in the same conditions where the grouping has conditions",
    "complement": "all others",
}


SERVED_WORSE, SERVED_BETTER = "served worse", "served better"


def gaps_note(document: Document) -> str:
    """What a gap and its change are, and whom the gap is to."""
    to = document["gap_comparator"]
    name, _, value = str(to).partition("=")
    others = _OTHERS.get(to) or f"{attribute_name(name)} {value}, which the plan names, all else equal"
    return (
        f"A group’s gap is its rate over that of {others}. The change is the gap with the second system over the gap with "
        "the first: above 1× the group is served worse than it was, compared with them, even where both rates fall."
    )


def gap_line(row: Row, margin: float, synthetic: bool) -> dict[str, object]:
    """The change of one group's gap as it is written in the table."""
    return {
        "Group": group_names(row["group"]),
        "Before": ratio_text(row["before"]),
        "After": ratio_text(row["after"]),
        "Change": ratio_text(row["factor"], row["low"], row["high"]),
        "p, adjusted": p_text(row["p_adjusted"]),
        "Shown": gap_words(row, margin, synthetic),
        people(synthetic).capitalize(): number(row["n_speakers"]),
        "Utterances": number(row["n_utterances"]),
    }


GAP_MARKS = {SERVED_WORSE: "▲", SERVED_BETTER: "▽"}


def gap_hover(row: Row) -> str:
    """One gap before and after, in a sentence."""
    change = ratio_text(row["factor"], row["low"], row["high"])
    return f"{ratio_text(row['before'])} before, {ratio_text(row['after'])} after: {change}"


def gap_word(row: Row) -> str:
    """What is shown of one group compared with the others: served worse than before, better, or it cannot be told."""
    return "can’t tell yet" if row["change"] == "undecided" else str(row["change"])


def gap_words(row: Row, margin: float, synthetic: bool) -> str:
    """The same with why it cannot be told, and the speakers it would take to see a change by the margin."""
    if row["change"] != "undecided":
        return gap_word(row)
    if words := unjudged(row["reason"]):
        return words
    who = people(synthetic)
    said = f"{gap_word(row)}: {as_people(str(row['reason']), synthetic)}"
    needed = row["speakers_needed"]
    if needed is None or needed <= row["n_speakers"]:
        return said
    return f"{said}; about {number(needed)} {who} would show a change by {margin_text(margin)}"


def undecided_gaps(document: Document, synthetic: bool) -> str | None:
    """How many gaps cannot be told, what could have been seen and what it would take; None where all can."""
    rows = [row for row in judged(document) if row["change"] == "undecided" and not unjudged(row["reason"])]
    if not rows:
        return None
    who = people(synthetic)
    said = f"{len(rows)} of {len(judged(document))} can’t be told yet"
    seen = [row["detectable_factor"] for row in rows if row["detectable_factor"] is not None]
    if seen:
        low, high = ratio_text(min(seen)), ratio_text(max(seen))
        said += f": a change by {low if low == high else f'{low} to {high}'} or more could have been seen"
    needed = [row["speakers_needed"] for row in rows if (row["speakers_needed"] or 0) > row["n_speakers"]]
    if needed:
        margin = margin_text(document["settings"]["margin_ratio"])
        said += f"; for a change by {margin} it would take up to {number(max(needed))} {who} in a group"
    untested = len(rows) - len(seen)
    more = f" {untested:,} could not be tested; the table says why." if untested else ""
    return f"{said}. A change that is not shown is undecided, not absent.{more}"


def judged(document: Document) -> list[Row]:
    """Groups whose gap is known with both systems; "not stated" is none."""
    return [
        row
        for row in document["gap_changes"]
        if row["factor"] is not None and None not in row["group"].values()
    ]


def gaps_sentence(document: Document, attributes: Sequence[Attribute]) -> str:
    """For which groups the gap to the others is shown to have changed."""
    if guessed := guessed_by_software(attributes):
        return guessed_headline(guessed, document["b"])
    rows = [row for row in document["gap_changes"] if None not in row["group"].values()]
    worse, better = (
        listed(_first([group_names(row["group"]) for row in rows if gap_word(row) == word]))
        for word in (SERVED_WORSE, SERVED_BETTER)
    )
    if not worse and not better:
        return f"It is not shown that any group’s gap to {_others_in(document)} changed."
    if not worse:
        return f"{document['b']} gains ground against {_others_in(document)} for {better}."
    gains = f", and gains for {better}" if better else ""
    return f"{document['b']} loses ground against {_others_in(document)} for {worse}{gains}."


def shown_gaps(document: Document, attributes: Sequence[Attribute]) -> str:
    """Whose gap to the others is shown to have changed, with both gaps and the change; "" where none is, or software guessed them."""
    if guessed_by_software(attributes):
        return ""
    worse, better = (
        [row for row in judged(document) if gap_word(row) == word] for word in (SERVED_WORSE, SERVED_BETTER)
    )
    named = listed(_first([group_names(row["group"]) for row in better]))
    others = _others_in(document)
    if not worse:
        return f"{document['b']} gains ground against {others} for {named}." if better else ""
    moves = "; for ".join(_first([_moved(row) for row in worse]))
    gains = f"; and gains for {named}" if better else ""
    return f"{document['b']} loses ground against {others} for {moves}{gains}."


def _others_in(document: Document) -> str:
    """Whom the gaps are to."""
    to = str(document["gap_comparator"])
    return compared_with(to) if "=" in to else "the others"


def _first(named: list[str]) -> list[str]:
    """The first few, and how many more there are."""
    more = len(named) - MOST_NAMED
    return named if more <= 0 else [*named[:MOST_NAMED], f"{more} more"]


def _moved(row: Row) -> str:
    """Both gaps of a group and the change, right beside its name."""
    change = ratio_text(row["factor"], row["low"], row["high"])
    return f"{group_names(row['group'])}: gap {ratio_text(row['before'])} → {ratio_text(row['after'])}, change {change}"
