"""What the evaluation does not cover: intended people nobody recorded, normalisers that would say otherwise, open faults.

Owns these parts of the section on limits. Nothing is judged here: the plan, the doctor and the
counts under other normalisers are taken from the evidence as they are.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.card.evidence import Evidence
from analysis.card.phrases import attributes_phrase, noun, quoted, reason_text
from analysis.card.rows import Plain
from analysis.card.sections import (
    Block,
    Count,
    Label,
    Listing,
    Name,
    Paragraph,
    Section,
    Share,
    Table,
    Text,
    joined,
)

_MOST_NAMED = 12
"""Groups that a sentence names; of more it gives the number."""
_SEVERITIES = {"error": "Error", "warning": "Warning", "note": "Note"}


def untested_populations(evidence: Evidence) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """By attribute, the groups a plan means the system for and of whom the evaluation has no recording."""
    declared = (evidence.plan or {}).get("declared", {}).get("populations", {})
    recorded = {one["name"]: set(one["levels"]) for one in evidence.attributes}
    empty = {
        (grouping.by[0], row.group[grouping.by[0]])
        for grouping in evidence.groupings
        for row in grouping.rows
        if len(grouping.by) == 1 and row.status == "empty"
    }
    found = (
        (name, tuple(g for g in groups if g not in recorded.get(name, set()) or (name, g) in empty))
        # By name: JSON, of which a card is made again, sorts them.
        for name, groups in sorted(declared.items())
    )
    return tuple((name, groups) for name, groups in found if groups)


def coverage_parts(evidence: Evidence) -> tuple[Section, ...]:
    """Intended people, other normalisers, and the doctor's open findings, each under its heading."""
    return (_populations(evidence), _normalisers(evidence), _doctor(evidence))


def _populations(evidence: Evidence) -> Section:
    title: Text = ("Who it is meant for",)
    declared = (evidence.plan or {}).get("declared", {}).get("populations", {})
    if not declared:
        text = "Nobody declared whom the system is meant for, so it cannot be said who is missing."
        missing = ("the people the system is meant for",)
        return Section("limits-populations", title, (Paragraph((text,), "note"),), missing=missing)
    untested = untested_populations(evidence)
    if not untested:
        names = joined([(Name(name),) for name in sorted(declared)])
        known: Text = ("Of every group the plan means the system for, by ", *names, ", there are recordings.")
        return Section("limits-populations", title, (Paragraph(known),))
    items: tuple[Text, ...] = tuple(
        ("By ", Name(name), ": ", *joined([quoted(group) for group in groups]), ".")
        for name, groups in untested
    )
    opening = "The plan means the system for groups of which there is no recording. This card says nothing about them:"
    return Section("limits-populations", title, (Paragraph((opening,), "notice"), Listing(items)))


def _normalisers(evidence: Evidence) -> Section:
    title: Text = ("Under other normalisers",)
    known = evidence.normalisers
    if known is None or known["reason"]:
        why = known["reason"] if known else "It was not counted whether gaps depend on the normaliser"
        missing = ("whether gaps depend on the normaliser",)
        return Section("limits-normalisers", title, (Paragraph((f"{why}.",), "note"),), missing=missing)
    # Up to version 2 of a card one grouping was counted, and its keys stood beside the others.
    tables = known.get("groupings") or [{"by": known["by"], "few": 0, "rows": known["rows"]}]
    opening: Text = (
        "The gaps were counted again with texts normalised by ",
        *joined([(Label(str(name)),) for name in known["normalizers"]]),
        ". One that damages the script does not count. ",
        "Where a ratio moves, the gap is partly a choice of what counts as an error.",
    )
    items = tuple(_moved(evidence, one, known["limit"]) for one in tables)
    return Section("limits-normalisers", title, (Paragraph(opening), Listing(items)))


def _moved(evidence: Evidence, table: Plain, limit: float) -> Text:
    """How many groups of one table move, by name where they are few; groups too small to be tested are left out.

    A verdict may change where a ratio moves by less than the limit: it stands at an edge. It is told all the same.
    """
    if guessed := guessed_in(evidence, table["by"]):
        names = joined([(Name(name),) for name in guessed])
        by = attributes_phrase(tuple(table["by"]))
        return (
            "By ",
            *by,
            ": nothing is claimed, because the labels of ",
            *names,
            " were guessed by software.",
        )
    rows, moved = table["rows"], [one for one in table["rows"] if one["moves"]]
    alone = [one for one in table["rows"] if one["verdict_changes"] and not one["moves"]]
    text: Text = ("By ", *attributes_phrase(tuple(table["by"])), ": ")
    if not rows:
        text = (*text, "no group is large enough to be tested")
    elif not moved:
        text = (*text, "no ratio moves by more than ", Share(limit))
    else:
        changed = sum(bool(one["verdict_changes"]) for one in moved)
        text = (*text, "the ratio moves by more than ", Share(limit), " for ", *_named(table, moved))
        text = (*text, *(_other_verdicts(len(moved), changed) if changed or not alone else ()))
    if alone:
        also = any(one["verdict_changes"] for one in moved)
        whose = "whose ratio moves" if len(alone) == 1 else "whose ratios move"
        start = "; also for " if also else "; the verdict would be another for "
        text = (*text, start, *_named(table, alone), f", {whose} no further")
    left_out: Text = ()
    if table["few"]:
        left_out = (
            "; ",
            Count(table["few"]),
            f" more {noun(table['few'], 'groups')} left out, with too few ",
        )
        left_out = (*left_out, f"{evidence.people} or errors to be tested")
    return (*text, *left_out, ".")


def guessed_in(evidence: Evidence, by: Sequence[str]) -> list[str]:
    """Which attributes of a table have labels that software guessed: nothing may be claimed about its groups."""
    guessed = {one["name"] for one in evidence.attributes if one["label_source"] == "inferred"}
    return [name for name in by if name in guessed]


def _named(table: Plain, some: Sequence[Plain]) -> Text:
    """Groups of one table by name, or how many they are of how many."""
    if len(some) > _MOST_NAMED:
        return (Count(len(some)), " of ", Count(len(table["rows"])), " groups")
    return joined([quoted(values_of(table, one)) for one in some])


def _other_verdicts(moved: int, changed: int) -> Text:
    if not changed:
        return (", and no verdict would be another",)
    if moved == changed:
        return (", and the verdict would be another" + (" for each of them" if moved > 1 else ""),)
    return (", and ", Count(changed), " of them would have another verdict")


def values_of(known: Plain, row: Plain) -> str:
    """A group of a table that was counted again, by its values."""
    values = [row["group"][name] for name in known["by"]]
    return ", ".join("not stated" if value is None else str(value) for value in values)


def _doctor(evidence: Evidence) -> Section:
    title: Text = ("Open findings of the doctor",)
    faults = evidence.doctor
    if faults is None:
        text = "The data were not looked at for faults of meaning."
        missing = ("what the doctor says of the data",)
        return Section("limits-doctor", title, (Paragraph((text,), "note"),), missing=missing)
    if not faults:
        return Section(
            "limits-doctor", title, (Paragraph(("The doctor found nothing to say of the data.",)),)
        )
    columns: tuple[Text, ...] = (("Weight",), ("What was found",), ("What it does to the results",))
    rows = tuple(
        (
            (_SEVERITIES.get(fault["severity"], str(fault["severity"])),),
            (Label(str(fault["what"])),),
            (reason_text(evidence, str(fault["consequence"])),),
        )
        for fault in faults
    )
    blocks: tuple[Block, ...] = (
        Table(("Faults of meaning in the data, and what they do.",), columns, rows, 1),
    )
    return Section("limits-doctor", title, blocks)
