"""The sections on what a user may expect and on how the system was tested.

Owns these sentences. A range over groups of people names no group: which group has which rate
stands in the tables, each with its interval and verdict.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.card.claim import Claim, labels_refusal, metric_name
from analysis.card.evidence import Evidence
from analysis.card.method import declared_text
from analysis.card.phrases import CORRECTIONS, attributes_phrase, comparator_phrase
from analysis.card.rows import Grouping
from analysis.card.sections import (
    Block,
    Count,
    Facts,
    Label,
    Listing,
    Paragraph,
    Rate,
    RateSpan,
    Section,
    Share,
    Table,
    Text,
)


def expectations_section(evidence: Evidence, claims: Sequence[Claim]) -> Section:
    """That two uses of one system see different rates, and how far they ranged here."""
    opening = (
        f"Who speaks and how they are recorded decides the {metric_name(evidence)} as much as the system does: two uses "
        "of the same system can see different rates though both are set up well. Seen in this evaluation:"
    )
    items: list[Text] = [_overall(evidence)]
    items += [claim.text for claim in claims if claim.kind == "range" and claim.supported]
    for grouping in evidence.fairness_groupings:
        items += _over_groups(evidence, grouping, "groups by ")
    if evidence.grid is not None:
        items += _over_groups(evidence, evidence.grid, "combinations of ")
    blocks: list[Block] = [Paragraph((opening,)), Listing(tuple(items))]
    floor = (evidence.plan or {}).get("declared", {}).get("floor")
    if floor is not None:
        blocks.append(Facts((("Largest rate any group may have, by the plan", (Rate(floor),)),)))
    return Section("expectations", ("Performance expectations",), tuple(blocks))


def _overall(evidence: Evidence) -> Text:
    row = evidence.overall
    return ("Over everybody: ", Rate(row.rate), " (", RateSpan(row.low, row.high), ").")


def _over_groups(evidence: Evidence, grid: Grouping, what: str) -> list[Text]:
    """From where to where the rates of groups run, without saying whose they are."""
    if labels_refusal(grid):
        return []
    rates = [row.rate for row in grid.rows if row.is_group and row.status == "shown" and row.rate is not None]
    if len(rates) < 2:
        return []
    text: Text = ("Over the ", Count(len(rates)), f" {what}", *attributes_phrase(grid.by))
    return [
        (*text, f" with enough {evidence.people}: from ", Rate(min(rates)), " to ", Rate(max(rates)), ".")
    ]


def testing_section(evidence: Evidence) -> Section:
    """What was decided before looking, what was tested together, and how often it is looked at again."""
    steps: tuple[Text, ...] = (
        declared_text(evidence),
        (
            (
                f"Every {evidence.counted} of every reference is compared with the system’s output; errors of a group are "
                f"added before they are divided, and its interval comes from its {evidence.people}."
            ),
        ),
        (
            (
                "Each group is compared with others, and the groups of one table are tested together, so that looking at "
                "many does not make one stand out."
            ),
        ),
        (
            "A finding that somebody put on record is read again at every new build, with its numbers of then beside it.",
        ),
    )
    blocks: tuple[Block, ...] = (Listing(steps), _tested_together(evidence))
    return Section("testing", ("Test-driven methodology",), blocks)


def _tested_together(evidence: Evidence) -> Table:
    columns: tuple[Text, ...] = (
        ("Groups by",),
        ("Compared with",),
        ("Declared in advance",),
        ("Tested together",),
        ("Correction",),
        ("Confidence",),
    )
    tables = [*evidence.groupings, *([evidence.grid] if evidence.grid else [])]
    rows = tuple(_family_cells(evidence, grouping) for grouping in tables)
    return Table(("Tables of this card and how their verdicts are reached.",), columns, rows, 1, (3,))


def _family_cells(evidence: Evidence, grouping: Grouping) -> tuple[Text, ...]:
    planned = any(row.versus.family == "planned" for row in grouping.rows)
    correction: Text = (CORRECTIONS.get(grouping.correction, grouping.correction),)
    return (
        attributes_phrase(grouping.by),
        comparator_phrase(evidence, grouping),
        (_when_declared(evidence) if planned else "no",),
        (Count(grouping.family_size),),
        correction,
        (Share(evidence.level),),
    )


def _when_declared(evidence: Evidence) -> str:
    is_late = evidence.plan is not None and not evidence.plan["before_results"]
    return "declared after results were first opened" if is_late else "yes"


def texts_of_the_author(evidence: Evidence, section_id: str) -> tuple[Block, ...]:
    """What the owner wrote for a section, set apart from what was worked out; empty where nothing was written."""
    written = evidence.about.get("card")
    text = written.get(section_id) if isinstance(written, dict) else None
    if not isinstance(text, str) or not text.strip():
        return ()
    paragraphs = [part.strip() for part in text.split("\n\n") if part.strip()]
    return tuple(
        Paragraph((*(("Written by the owner: ",) if not number else ()), Label(part)))
        for number, part in enumerate(paragraphs)
    )
