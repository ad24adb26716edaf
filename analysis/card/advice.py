"""The section on use: what follows from the data for whoever deploys the system, and nothing else.

Owns one sentence for each thing the evidence can show. The system is the subject; the harm and
who bears it are named, and nobody is advised to avoid people.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.card.claim import Claim
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

_SYNTHETIC = "Worked out from synthetic voices to show what stands here: it is no advice for any use of the system by people."
_COST = (
    "Those who are heard less well bear the cost of what is misheard. Where that matters, let a person check these "
    "transcripts, or wait until the system does better, and test with recordings of your own."
)
_MOST_NAMED = 12
"""Groups that a sentence names; of more it gives the number."""


def advice_section(evidence: Evidence, claims: Sequence[Claim]) -> Section:
    """Where to expect more errors, what is not known, and when to look again."""
    items: list[Text] = []
    for grouping in evidence.fairness_groupings:
        items += _of_people(evidence, grouping, _worse(grouping, claims))
    if items:
        items.append((_COST,))
    for grouping in evidence.robustness_groupings:
        items += _of_conditions(evidence, grouping)
    items += _not_known(evidence)
    items += _not_recorded(evidence)
    items.append(_again(evidence))
    noted: tuple[Block, ...] = (Paragraph((_SYNTHETIC,), "note"),) if evidence.notice else ()
    return Section("advice", ("Advice for use",), (*noted, Listing(tuple(items))))


def _worse(grouping: Grouping, claims: Sequence[Claim]) -> list[Row]:
    """Rows of the claims that a group's rate is higher; refused claims advise nothing."""
    own = [claim for claim in claims if claim.by == grouping.by and claim.supported]
    return [grouping.rows[claim.rows[0]] for claim in own if claim.kind == "worse" and len(claim.rows) == 1]


def _of_people(evidence: Evidence, grouping: Grouping, rows: Sequence[Row]) -> list[Text]:
    """Groups whose transcripts hold more errors, in one sentence for each table."""
    if not rows:
        return []
    start: Text = (
        f"Expect more errors in transcripts of {evidence.people} by ",
        *attributes_phrase(grouping.by),
    )
    if len(rows) > _MOST_NAMED:
        return [(*start, f": {len(rows)} groups are shown to have a higher rate; the table has each.")]
    named = joined([_with_ratio(grouping, row) for row in rows])
    return [(*start, ": ", *named, ", each against ", *comparator_phrase(evidence, grouping), ".")]


def _with_ratio(grouping: Grouping, row: Row) -> Text:
    versus = row.versus
    span: Text = (" (", Ratio(versus.ratio), ", ", RatioSpan(versus.low, versus.high), ")")
    return (*quoted(grouping.group_label(row)), *span)


def _of_conditions(evidence: Evidence, grouping: Grouping) -> list[Text]:
    """Conditions under which the system errs more often, in one sentence for each attribute."""
    if any(source == "inferred" for source in grouping.label_sources.values()):
        return []
    rows = [
        row for row in grouping.rows if row.is_group and row.versus.verdict == "worse" and not row.is_withheld
    ]
    if not rows or len(rows) > _MOST_NAMED:
        return []
    named = joined([(*quoted(grouping.group_label(row)), " (", Rate(row.rate), ")") for row in rows])
    text: Text = (
        Label(evidence.system),
        " errs more often with ",
        *attributes_phrase(grouping.by),
        " ",
        *named,
    )
    return [
        (
            *text,
            ". Better recording conditions help everybody there; otherwise have these transcripts checked.",
        )
    ]


def _not_known(evidence: Evidence) -> list[Text]:
    """Groups of people of whom nothing may be concluded yet."""
    items: list[Text] = []
    for grouping in evidence.fairness_groupings:
        rows = [
            row
            for row in grouping.rows
            if row.is_group and row.versus.verdict == "undecided" and not row.is_withheld
        ]
        if not rows:
            continue
        if len(rows) > _MOST_NAMED:
            who: Text = (f"{len(rows)} groups by ", *attributes_phrase(grouping.by))
        else:
            who = (
                *joined([quoted(grouping.group_label(row)) for row in rows]),
                " (",
                *attributes_phrase(grouping.by),
                ")",
            )
        tail = f"Record more {evidence.people} of these groups before relying on the system for them."
        items.append(("Conclude nothing yet for ", *who, ": not shown is not equal. ", tail))
    return items


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
