"""The section on use: what follows from the data for whoever deploys the system, and nothing else.

Owns one sentence for each thing the evidence can show. The system is the subject; the harm and
who bears it are named, and nobody is advised to avoid people.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.card.claim import Claim, labels_refusal
from analysis.card.coverage import untested_populations
from analysis.card.evidence import Evidence
from analysis.card.phrases import attributes_phrase, comparator_phrase, quoted
from analysis.card.rows import Grouping, Row
from analysis.card.sections import (
    Block,
    Label,
    Listing,
    Name,
    Paragraph,
    Rate,
    Ratio,
    RatioSpan,
    Section,
    Text,
    joined,
)
from analysis.verdict_reasons import NO_COMPARATOR, REASONS

_SYNTHETIC = "Worked out from synthetic voices to show what stands here: it is no advice for any use of the system by people."
_COST = (
    "Those who are heard less well bear the cost of what is misheard. Where that matters, let a person check these "
    "transcripts, or wait until the system does better, and test with recordings of your own."
)
_HELP = {
    True: "Better recording conditions help everybody there; otherwise have these transcripts checked.",
    False: "Where that matters, have these transcripts checked.",
}
"""What to do, by whether it is conditions of recording that are harder, or what is said and how."""
_MOST_NAMED = 12
"""Groups that a sentence names; of more it gives the number."""


def advice_section(evidence: Evidence, claims: Sequence[Claim]) -> Section:
    """Where to expect more errors, what is not known, and when to look again."""
    items: list[Text] = []
    tables = [*evidence.fairness_groupings, *([evidence.grid] if evidence.grid is not None else [])]
    some_planned = any(one.is_planned for one in tables)
    for grouping in tables:
        undeclared = some_planned and not grouping.is_planned
        rows = _worse_cells(grouping) if grouping is evidence.grid else _worse(grouping, claims)
        items += _of_people(evidence, grouping, rows, undeclared)
    if items:
        items.append((_COST,))
    items += _of_conditions(evidence)
    items += _not_known(evidence)
    items += _not_recorded(evidence)
    items.append(_again(evidence))
    noted: tuple[Block, ...] = (Paragraph((_SYNTHETIC,), "note"),) if evidence.notice else ()
    return Section("advice", ("Advice for use",), (*noted, Listing(tuple(items))))


def _worse(grouping: Grouping, claims: Sequence[Claim]) -> list[Row]:
    """Rows of the claims that a group's rate is higher; refused claims advise nothing."""
    own = [claim for claim in claims if claim.by == grouping.by and claim.supported]
    return [grouping.rows[claim.rows[0]] for claim in own if claim.kind == "worse" and len(claim.rows) == 1]


def _worse_cells(grid: Grouping) -> list[Row]:
    """Cells shown to be worse off, of which no single claim is made."""
    known = [] if labels_refusal(grid) else [row for row in grid.rows if row.is_group and not row.is_withheld]
    return [row for row in known if row.versus.verdict == "worse"]


def _of_people(evidence: Evidence, grouping: Grouping, rows: Sequence[Row], undeclared: bool) -> list[Text]:
    """Groups whose transcripts hold more errors, in one sentence for each table."""
    if not rows:
        return []
    start: Text = (
        f"Expect more errors in transcripts of {evidence.people} by ",
        *attributes_phrase(grouping.by),
        ", not declared in advance" if undeclared else "",
    )
    if len(rows) > _MOST_NAMED:
        return [(*start, f": {len(rows)} groups are shown to have a higher rate; the table has each.")]
    named = joined([_with_ratio(grouping, row) for row in rows])
    against = ", each compared with " if len(rows) > 1 else ", compared with "
    return [(*start, ": ", *named, against, *comparator_phrase(evidence, grouping), ".")]


def _with_ratio(grouping: Grouping, row: Row) -> Text:
    versus = row.versus
    span: Text = (" (", Ratio(versus.ratio), ", ", RatioSpan(versus.low, versus.high), ")")
    return (*quoted(grouping.group_label(row)), *span)


def _of_conditions(evidence: Evidence) -> list[Text]:
    """Conditions under which the system errs more often, and what helps there: one sentence for conditions, one for content."""
    found: dict[bool, list[Text]] = {}
    for grouping in evidence.robustness_groupings:
        named = _named_conditions(grouping)
        if named:
            only_conditions = all(evidence.attribute(name)["role"] == "condition" for name in grouping.by)
            found.setdefault(only_conditions, []).append((*attributes_phrase(grouping.by), " ", *named))
    return [
        (
            Label(evidence.system),
            " errs more often with ",
            *joined(parts, "; ", "; "),
            ". ",
            _HELP[of_conditions],
        )
        for of_conditions, parts in found.items()
    ]


def _named_conditions(grouping: Grouping) -> Text:
    """Values of one condition that are shown to be harder, with their rates; nothing where software guessed or they are many."""
    if labels_refusal(grouping):
        return ()
    known = [row for row in grouping.rows if row.is_group and not row.is_withheld]
    rows = [row for row in known if row.versus.verdict == "worse"]
    if not rows or len(rows) > _MOST_NAMED:
        return ()
    return joined([(*quoted(grouping.group_label(row)), " (", Rate(row.rate), ")") for row in rows])


def _not_known(evidence: Evidence) -> list[Text]:
    """Groups of people of whom nothing may be concluded yet, those of all tables in one sentence; then those without others."""
    named: list[Text] = []
    alone: list[Text] = []
    count = 0
    for grouping in evidence.fairness_groupings:
        groups = [row for row in grouping.rows if row.is_group and not row.is_withheld]
        undecided = [row for row in groups if row.versus.verdict == "undecided"]
        rows = [row for row in undecided if row.versus.reason != REASONS[NO_COMPARATOR]]
        named += _listed(grouping, rows)
        alone += _listed(grouping, [row for row in undecided if row not in rows])
        count += len(rows)
    these = ("this group", "it") if count == 1 else ("these groups", "them")
    tail = f"Record more {evidence.people} of {these[0]} before relying on the system for {these[1]}."
    items: list[Text] = []
    if named:
        start: Text = ("Conclude nothing yet for ", *joined(named, "; ", "; "))
        items.append((*start, ": not shown is not equal. ", tail))
    if alone:
        nobody: Text = ("There is nobody to compare with ", *joined(alone, "; ", "; "))
        items.append((*nobody, f": record other {evidence.people} as well."))
    return items


def _listed(grouping: Grouping, rows: Sequence[Row]) -> list[Text]:
    """Groups of one table by name, or their number where they are many; nothing where there is none."""
    by = attributes_phrase(grouping.by)
    if len(rows) > _MOST_NAMED:
        return [(f"{len(rows)} groups by ", *by)]
    return [(*joined([quoted(grouping.group_label(row)) for row in rows]), " (", *by, ")")] if rows else []


def _not_recorded(evidence: Evidence) -> list[Text]:
    """Groups the plan means the system for and of which there is no recording."""
    items: list[Text] = []
    for name, groups in untested_populations(evidence):
        known = next((one for one in evidence.attributes if one["name"] == name), None)
        people = known is None or known["role"] == "speaker"
        more: Text = (" and others",) if len(groups) > _MOST_NAMED else ()
        named = joined([quoted(group) for group in groups[:_MOST_NAMED]])
        text: Text = (
            "The plan means the system for ",
            *named,
            *more,
            " (",
            Name(name),
            "), of which there is no recording. ",
        )
        items.append(
            (
                *text,
                "Test with them before offering it to them."
                if people
                else "Test there before using it there.",
            )
        )
    return items


def _again(evidence: Evidence) -> Text:
    when = (
        "Test again with recordings of your own, and whenever the system, its configuration, the normaliser or the people "
        "who use it change. "
    )
    return (when, Label(evidence.system), " may be another system after an update under the same name.")
