"""What the Versions page and `compare` say: who gets worse, how many speakers, which gaps changed, and how it was tested.

Takes the document of a comparison, computes nothing and knows no Streamlit. A group is named only
where its verdict is shown, and "worse" always means the second system.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.attributes import Attribute
from dashboard.wording import (
    as_people,
    cell_ratio_interval,
    counts_text,
    group_names,
    level_text,
    number,
    of_count,
    people,
    rate_text,
    ratio_text,
)
from dashboard.wording_sentences import MOST_NAMED, guessed_by_software, guessed_headline
from dashboard.wording_verdicts import GUESSED, NO_CLAIM, margin_text, verdict_in_sentence

Row = Mapping[str, Any]
Document = Mapping[str, Any]
GROUPS_BY, CROSSED_WITH, NOT_CROSSED = "Groups by", "Crossed with", "None"
SWAP = "Swap"
SWAP_HELP = "The system of the sidebar is the candidate, the one to move to; this makes it the current one."
HELD_LABELS = {"others": "Each group against {others}", "current": "Each group against {current}"}
RELEASE_GATE = "Release gate"
ONE_SYSTEM = "There is one system here, so there is nothing to move to."
CAVEAT = "A difference that is not shown is undecided, not absent."
NO_CHANGE = "no change"
HURT_FEW = "Where a few are hurt and the rest are helped, every test of the whole leans to “better”: look at each of them too."
WORST_TENTH = "(mean of the tenth that lose most)"
# Harm first: whoever reads no further than the first number has read that.
_ORDER = ("worse", "slightly worse", "undecided", "better", "within")
NO_GROUPS = "No groups are compared here, so it says nothing of who is served better or worse."
NOBODY_WORSE = "no group is shown to get worse"
_NAMED = ("worse", "slightly worse")


ADD_SYSTEM = "Add the other version’s transcripts of the same recordings; speakers, plan and findings stay."


def tab_names(synthetic: bool) -> dict[str, str]:
    """The parts of the page, by their name in a link."""
    return {
        "groups": "Groups",
        "speakers": people(synthetic).capitalize(),
        "gaps": "Gaps",
        "history": "History",
        "gate": RELEASE_GATE,
        "decision": "Decision",
    }


def speakers_axis(synthetic: bool) -> str:
    """How the distribution is read."""
    who = people(synthetic).capitalize()
    return f"{who} by the change of their own rate: left of the middle they get better, right of it worse."


def add_system_command(name: str) -> str:
    """What to type where an evaluation has one system."""
    return f"fairhearing add-system {name} --system candidate=FILE"


def versions_headline(document: Document, attributes: Sequence[Attribute]) -> str:
    """Whom a move from the first system to the second harms, then what else it does, group by group."""
    moving = f"Moving from {document['a']} to {document['b']}"
    overall = document["overall"]
    if overall["status"] == "empty":
        return f"{moving}: nobody is selected who was recorded for both."
    if guessed := guessed_by_software(attributes):
        return guessed_headline(guessed, document["b"])
    groups = judged_groups(document)
    if not groups:
        return f"{moving}: overall {worded(overall, document)}. {NO_GROUPS}"
    margin = margin_of(document)
    words = {
        "better": ("gets better", "get better"),
        "worse": ("gets worse", "get worse"),
        "slightly worse": (f"gets worse by less than {margin}", f"get worse by less than {margin}"),
        "within": (f"is shown not to get worse by {margin}", f"are shown not to get worse by {margin}"),
        "undecided": ("can’t be told yet", "can’t be told yet"),
    }
    parts: list[str] = []
    nobody_worse = not any(row["verdict"] in _NAMED for row in groups)
    for verdict in _ORDER:
        rows = [row for row in groups if row["verdict"] == verdict]
        if rows:
            noun = ("group " if len(rows) == 1 else "groups ") if not (parts or nobody_worse) else ""
            named = f" ({_named(rows)})" if verdict in _NAMED else ""
            parts.append(f"{len(rows)} {noun}{words[verdict][len(rows) > 1]}{named}")
    lead = f"{NOBODY_WORSE}; " if nobody_worse else ""
    return f"{moving}: {lead}{', '.join(parts)}."


def without_claims(document: dict[str, Any], attributes: Sequence[Attribute]) -> dict[str, Any]:
    """The document as a page may draw it: groups that software guessed have no verdict, and say why."""
    if not guessed_by_software([one for one in attributes if one.name in document["by"]]):
        return document
    rows = [{**row, "verdict": "undecided", "reason": GUESSED} for row in document["rows"]]
    gaps = [{**row, "change": "undecided", "reason": GUESSED} for row in document["gap_changes"]]
    return {**document, "rows": rows, "gap_changes": gaps}


def judged_groups(document: Document) -> list[Row]:
    """Groups that somebody was recorded in; "not stated" is none."""
    return [
        row
        for row in document["rows"]
        if row["status"] != "empty" and None not in row["group"].values() and row["group"]
    ]


def _named(rows: Sequence[Row]) -> str:
    shown = [f"{group_names(row['group'])}, {cell_ratio_interval(row['low'], row['high'])}×" for row in rows]
    more = len(shown) - MOST_NAMED
    return "; ".join(shown) if more <= 0 else f"{'; '.join(shown[:MOST_NAMED])}; and {more} more"


def versions_caption(document: Document, synthetic: bool) -> str:
    """Everything selected in one line: both rates, the ratio, and how many speakers get worse."""
    overall = document["overall"]
    if overall["status"] == "empty":
        return shared_sentence(document)
    rates = f"Overall {rate_text(overall['rate_a'], overall['low_a'], overall['high_a'])} → {rate_text(overall['rate_b'], overall['low_b'], overall['high_b'])}"
    ratio = ratio_text(overall["ratio"], overall["low"], overall["high"])
    why = undecided_text(overall, synthetic)
    told = f"{worded(overall, document)}{f' ({why})' if why else ''}"
    return f"{rates}: {ratio}, {told} · {people_sentence(overall, synthetic)}"


def worded(row: Row, document: Document) -> str:
    """A verdict as the end of a sentence."""
    return (
        NO_CLAIM
        if row["reason"] == GUESSED
        else verdict_in_sentence(row["verdict"], document["settings"]["margin_ratio"])
    )


def margin_of(document: Document) -> str:
    """The margin the verdicts were given by."""
    return margin_text(document["settings"]["margin_ratio"])


def people_sentence(row: Row, synthetic: bool) -> str:
    """How many speakers get worse, and what becomes of the tenth that is hurt most."""
    if not row["n_speakers"]:
        return f"no {people(synthetic)}"
    who = f"{row['speakers_worse']:,} of {row['n_speakers']:,} {people(synthetic, row['n_speakers'])}"
    verb = "gets" if row["n_speakers"] == 1 else "get"
    return f"{who} {verb} worse; worst tenth {WORST_TENTH}: {points_text(row['worst_tenth'])}"


def points_text(change: float | None) -> str:
    """A change of a rate: +8.1 points."""
    return "–" if change is None else f"{100 * change:+.1f} points".replace("-", "−")


def points_span(near: float, far: float) -> str:
    """Changes from one to another."""
    return f"{points_text(near)} to {points_text(far)}"


def beyond_text(near: float) -> str:
    """Changes from one on, as far as any."""
    return f"{points_text(near)} and beyond"


def bar_said(count: int, who: str, span: str) -> str:
    """How many changed by so much: the count, then the span of changes."""
    return f"{number(count)} {who}\n{span}"


def speakers_sentence(row: Row, synthetic: bool) -> str:
    """How many speakers get worse and better, and what becomes of the tenths hurt and helped most."""
    if not row["n_speakers"]:
        return f"There are no {people(synthetic)} in this selection."
    who = people(synthetic, row["n_speakers"])
    return (
        f"{row['speakers_worse']:,} of {row['n_speakers']:,} {who} get worse and {row['speakers_better']:,} better. "
        f"Worst tenth {WORST_TENTH}: {points_text(row['worst_tenth'])}; best tenth: {points_text(row['best_tenth'])}; "
        f"median: {points_text(row['median_change'])}."
    )


def undecided_text(row: Row, synthetic: bool = False) -> str:
    """Why it cannot be told yet, and what it would take; "" where it can be told."""
    if row["verdict"] != "undecided" or row["reason"] in (None, "", GUESSED):
        return ""
    needed, reason = row["speakers_needed"], as_people(str(row["reason"]), synthetic)
    if needed is None or needed <= row["n_speakers"]:
        return reason
    return f"{reason}; about {number(needed)} {people(synthetic)} would decide"


def shared_sentence(document: Document) -> str:
    """On how many utterances the systems are compared, and how many are left out."""
    shared = document["utterances"]
    left_out = shared["only_first"] + shared["only_second"] + shared["not_here"]
    if not left_out:
        return f"{of_count(shared['both'], 'utterances')} scored for both"
    return f"compared on {shared['both']:,} of {of_count(shared['both'] + left_out, 'utterances')}, those scored for both"


def segments_sentence(segments: Row) -> str:
    """The matched-pairs test with what it assumes."""
    if segments["statistic"] is None:
        return f"{segments['label']}: undefined over {of_count(segments['n_segments'], 'segments')}."
    return (
        f"{segments['label']}: W = {segments['statistic']:.2f}, p {p_sign(segments['p'])} over "
        f"{of_count(segments['n_segments'], 'segments')}. It finds differences too often where systems differ by speaker, "
        "so no verdict rests on it."
    )


def p_text(p: float | None) -> str:
    """A p-value as a table prints it."""
    if p is None:
        return "–"
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def p_sign(p: float | None) -> str:
    """A p-value in a sentence: "= 0.012", "< 0.001"."""
    text = p_text(p)
    return text if text.startswith("<") else f"= {text}"


def versions_facts(document: Document, synthetic: bool, declared: str) -> str:
    """What stands under the pictures: selection, counts, comparison, level, and whether groups were declared in advance."""
    overall = document["overall"]
    sentence = document["selection"]["sentence"]
    counts = counts_text(overall["n_speakers"], overall["n_utterances"], overall["n_words"], synthetic)
    parts = [
        f"{sentence[0].upper()}{sentence[1:]}",
        counts,
        shared_sentence(document),
        f"{document['b']} against {document['a']} on the same utterances",
        f"{level_text(0.95)} intervals by speaker",
        declared.rstrip("."),
    ]
    return " · ".join([*parts, *document["beside"]])
