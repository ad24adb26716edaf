"""How the groups of one question stand in their section: all where they are few, else the largest gaps.

Owns how many groups a section still lists. Where there are more, the section keeps sentences about
all of them, the rates as shaded tables and the largest gaps shown; every group with all its numbers
then stands in the annex. No number is left out of the card for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from analysis.card.claim import Claim, labels_refusal
from analysis.card.evidence import Evidence
from analysis.card.phrases import attributes_phrase, comparator_phrase, reason_text
from analysis.card.rows import Grouping, Row
from analysis.card.sections import (
    Block,
    Count,
    Label,
    Listing,
    Paragraph,
    Ratio,
    Section,
    SeeAlso,
    Share,
    Table,
    Text,
    joined,
)
from analysis.card.tables import (
    full_table,
    gap_table,
    group_table,
    heat_tables,
    interval_plot,
    withheld_groups,
)

MOST_ROWS = 24
"""Rows of a table that stands in its section; a longer one stands in the annex."""
MOST_GAPS = 10
"""Gaps that a section lists of a question with more groups than that."""
MOST_SENTENCES = 5
"""Claims about single groups that stand as sentences; more stand as a table, which is read faster."""
_SHOWN = ("worse", "slightly worse", "better")


def groups_shown(
    evidence: Evidence, grouping: Grouping, own: Sequence[Claim], section_id: str, is_grid: bool = False
) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
    """What stands of the groups in their section, and what in the annex; `own` are the claims carried."""
    heat: list[Block] = []
    if is_grid or (len(grouping.rows) > MOST_ROWS and len(grouping.by) > 1):
        heat = [_how_to_read(evidence, grouping), *heat_tables(evidence, grouping)]
    if len(grouping.rows) > MOST_ROWS:
        return _of_many(evidence, grouping, _gaps_shown(grouping), heat, section_id)
    if is_grid:
        return tuple(heat), ()
    told = _told(evidence, grouping, own)
    blocks = [*told, *_within(evidence, grouping, own)]
    blocks += [*_not_tested(evidence, grouping, own), *withheld_groups(evidence, grouping)]
    plot = interval_plot(evidence, grouping)
    if plot and any(isinstance(block, Table) for block in told):
        # One table in a section is enough: the other says the same of more groups.
        return _drawn(grouping, (*blocks, *plot), full_table(evidence, grouping), section_id)
    return (*blocks, *plot, group_table(evidence, grouping)), ()


def _drawn(
    grouping: Grouping, blocks: tuple[Block, ...], table: Table, section_id: str
) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
    """A section that draws its groups, with their table in the annex."""
    annex_id = f"{section_id}-rows"
    lead: Text = ("Every group by ", *attributes_phrase(grouping.by), " with all its numbers: in the annex")
    return (*blocks, SeeAlso(lead, annex_id)), (Section(annex_id, every_group(grouping), (table,)),)


def groups_as_counted(
    evidence: Evidence, grouping: Grouping, section_id: str
) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
    """The same for conditions, of which nothing is claimed group by group."""
    if len(grouping.rows) > MOST_ROWS:
        return _of_many(evidence, grouping, [], [], section_id)
    withheld, plot = withheld_groups(evidence, grouping), interval_plot(evidence, grouping)
    table = group_table(evidence, grouping)
    if plot:
        return _drawn(grouping, (*withheld, *plot), table, section_id)
    return (*withheld, table), ()


def every_group(grouping: Grouping) -> Text:
    """The heading above a table of all groups."""
    declared = any(row.versus.family == "planned" for row in grouping.rows)
    return (f"Every {'declared ' if declared else ''}group by ", *attributes_phrase(grouping.by))


def _of_many(
    evidence: Evidence, grouping: Grouping, shown: Sequence[Row], heat: Sequence[Block], section_id: str
) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
    blocks: list[Block] = []
    if shown:
        largest = largest_gaps(shown)
        chosen = [row for row in grouping.rows if any(row is one for one in largest)]
        blocks.append(gap_table(evidence, grouping, chosen, _which_gaps(len(chosen), len(shown))))
    annex_id = f"{section_id}-rows"
    text: Text = ("All ", Count(len(grouping.rows)), " rows by ", *attributes_phrase(grouping.by))
    blocks += [
        SeeAlso((*text, ", with counts and what it would take to tell: in the annex"), annex_id),
        *heat,
    ]
    plot = interval_plot(evidence, grouping)
    held = (*withheld_groups(evidence, grouping), *plot, full_table(evidence, grouping))
    return tuple(blocks), (Section(annex_id, every_group(grouping), held),)


def _gaps_shown(grouping: Grouping) -> list[Row]:
    """Groups with a difference that is shown; none where software guessed the labels, so that nothing is claimed."""
    if labels_refusal(grouping):
        return []
    told = [row for row in grouping.rows if row.is_group and not row.is_withheld]
    return [row for row in told if row.versus.verdict in _SHOWN]


def largest_gaps(rows: Sequence[Row]) -> list[Row]:
    """The rows a section lists: the largest ratios of those shown to be higher, then the smallest of those lower."""

    def order(row: Row) -> tuple[bool, float]:
        return row.versus.verdict == "better", -abs(log(row.versus.ratio or 1.0))

    return sorted(rows, key=order)[:MOST_GAPS]


def _which_gaps(chosen: int, shown: int) -> Text:
    if chosen == shown:
        return ("Every group whose difference is shown.",)
    which: Text = (
        Count(chosen),
        " of the ",
        Count(shown),
        " groups whose difference is shown: higher rates by size",
    )
    return (*which, " of the gap, then lower ones; listed in the order of the groups.")


def _how_to_read(evidence: Evidence, grouping: Grouping) -> Paragraph:
    how: Text = ("Each cell is compared with ", *comparator_phrase(evidence, grouping))
    return Paragraph(
        (*how, ". It shows the rate, its ", Share(evidence.level), " interval and the verdict."), "note"
    )


def _told(evidence: Evidence, grouping: Grouping, own: Sequence[Claim]) -> tuple[Block, ...]:
    """Claims about single groups that were tested: as sentences, or as a table where they are many."""
    kinds = ("worse", "slightly worse", "undecided", "better")
    told = [claim for kind in kinds for claim in own if claim.kind == kind]
    told = [claim for claim in told if _row(grouping, claim).versus.p_adjusted is not None]
    if not told:
        return ()
    if len(told) <= MOST_SENTENCES:
        return (Listing(tuple(claim.text for claim in told)),)
    rows = [_row(grouping, claim) for claim in told]
    chosen = [row for row in grouping.rows if any(row is one for one in rows)]
    caption: Text = ("Every group that was tested.",)
    if any(claim.kind == "within" for claim in own):
        less: Text = (" to have less than ", Ratio(evidence.settings["margin_ratio"]), " the rate of others.")
        caption = ("Every group that was tested, apart from those shown", *less)
    return (gap_table(evidence, grouping, chosen, caption),)


def _row(grouping: Grouping, claim: Claim) -> Row:
    """The row of a claim about one group."""
    return grouping.rows[claim.rows[0]]


def _within(evidence: Evidence, grouping: Grouping, own: Sequence[Claim]) -> tuple[Block, ...]:
    """Groups shown to be within the margin, in one sentence; parity says it of all of them."""
    rows = [_row(grouping, claim) for claim in own if claim.kind == "within"]
    if not rows or any(claim.kind == "parity" for claim in own):
        return ()
    margin = Ratio(evidence.settings["margin_ratio"])
    shown: Text = (
        "Shown to have less than ",
        margin,
        " the rate of ",
        *comparator_phrase(evidence, grouping),
        ": ",
    )
    return (Paragraph((*shown, *_named(grouping, rows), ".")),)


def _not_tested(evidence: Evidence, grouping: Grouping, own: Sequence[Claim]) -> tuple[Block, ...]:
    """Groups that were not tested, in one sentence for each reason."""
    by_reason: dict[str, list[Row]] = {}
    for claim in own:
        row = _row(grouping, claim) if claim.kind == "undecided" else None
        if row is not None and row.versus.p_adjusted is None:
            by_reason.setdefault(reason_text(evidence, row.versus.reason), []).append(row)
    return tuple(
        Paragraph(
            ("Not tested (", reason, "), so nothing can be told of them yet: ", *_named(grouping, rows), ".")
        )
        for reason, rows in by_reason.items()
    )


def _named(grouping: Grouping, rows: Sequence[Row]) -> Text:
    return joined([("“", Label(grouping.group_label(row)), "”") for row in rows])
