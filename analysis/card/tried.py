"""The section on how much was tried: looks, searches and withdrawn findings that the tables of a card do not show.

Owns its sentences. The numbers come from a log that is only added to, so a card cannot leave them out.
"""

from __future__ import annotations

from analysis.card.evidence import Evidence
from analysis.card.sections import Count, Listing, Paragraph, Section, Text

UNKNOWN = "what was looked at"


def tried_section(evidence: Evidence) -> Section:
    """What people looked at beyond the tables of this card."""
    tried = evidence.looked_at
    title: Text = ("What was looked at",)
    if tried is None:
        text = (
            "This card was made without the log of what was looked at, so nobody can say how much was tried."
        )
        return Section("tried", title, (Paragraph((text,), "note"),), missing=(UNKNOWN,))
    items = [_counted(int(tried[key]), one, many) for key, one, many in _KINDS if tried[key]]
    if tried["searches"]:
        items.insert(
            1 if tried["subgroups"] else 0, _searches(tried["searches"], tried["tested"], tried["confirmed"])
        )
    if not items:
        nothing = (
            "Nothing beyond the tables of this card is on record as looked at in this folder of evaluations."
        )
        return Section("tried", title, (Paragraph((nothing,)),))
    opening = (
        "Beside the tables of this card, this folder of evaluations has on record, over all builds of the evaluation "
        "and all its systems:"
    )
    closing = (
        "The more is looked at, the more stands out by chance. What was looked at elsewhere is not on record."
    )
    return Section(
        "tried", title, (Paragraph((opening,)), Listing(tuple(items)), Paragraph((closing,), "note"))
    )


_KINDS = (
    ("subgroups", "subgroup that somebody defined", "subgroups that somebody defined"),
    (
        "normalisers",
        "other normaliser the rates were looked at under, counted build by build",
        "other normalisers the rates were looked at under, counted build by build",
    ),
    ("findings", "finding put on record", "findings put on record"),
    ("withdrawn", "withdrawal of a finding", "withdrawals of findings"),
)


def _counted(count: int, one: str, many: str) -> Text:
    return (Count(count), f" {one if count == 1 else many}")


def _searches(searches: int, tested: int, confirmed: int) -> Text:
    return (
        Count(searches),
        f" {'search' if searches == 1 else 'searches'} for slices, in which ",
        Count(tested),
        " were tested and ",
        Count(confirmed),
        " confirmed on other speakers",
    )
