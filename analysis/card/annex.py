"""The annex of a card: tables that a section leads to instead of printing them, each under its own heading.

Owns which tables move there and the line that leads to them. The numbers are the same; claims and
evidence of the JSON know nothing of where a table stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.card.groups_shown import MOST_ROWS
from analysis.card.outlines import ANNEX
from analysis.card.sections import Block, Count, Paragraph, Section, SeeAlso, Table, Text

_OPENING = (
    "The tables of the sections above that are long or only back a drawing, with every row and every number."
)


def set_apart(section: Section) -> Section:
    """The section with its long tables in its annex, and a line in the place of each."""
    blocks: list[Block] = []
    annex = list(section.annex)
    for block in section.blocks:
        if isinstance(block, Table) and len(block.rows) > MOST_ROWS:
            title = _without_stop(block.caption)
            annex.append(Section(f"{section.id}-table-{len(annex) + 1}", title, (block,)))
            lead: Text = (*title, ": ", Count(len(block.rows)), " rows, in the annex")
            blocks.append(SeeAlso(lead, annex[-1].id))
        else:
            blocks.append(block)
    parts = tuple(set_apart(part) for part in section.parts)
    return replace(section, blocks=tuple(blocks), parts=parts, annex=tuple(annex))


def annex_section(sections: Sequence[Section]) -> tuple[Section, ...]:
    """The annex of all sections, in their order; empty where no table is long."""
    parts = tuple(one for section in sections for part in section.walk() for one in part.annex)
    return (Section(ANNEX, ("Annex",), (Paragraph((_OPENING,)),), parts),) if parts else ()


def _without_stop(caption: Text) -> Text:
    """A caption as a heading."""
    last = caption[-1]
    return (*caption[:-1], last.rstrip(".")) if isinstance(last, str) else caption
