"""The section "Robustness": what conditions of recording and content do to the error rate.

A difference between conditions is about the system in noise or on a telephone; it is never
laid on the people who spoke there.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.card.claim import Claim
from analysis.card.evidence import Evidence
from analysis.card.groups_shown import groups_as_counted
from analysis.card.phrases import attributes_phrase
from analysis.card.rows import Grouping
from analysis.card.sections import Block, Paragraph, Section, Text

NO_CONDITION = "an attribute of the recording, such as noise or device"


def robustness_section(evidence: Evidence, claims: Sequence[Claim]) -> Section:
    """Rates by each condition and kind of content."""
    groupings = evidence.robustness_groupings
    if not groupings:
        nothing = "This evaluation names no condition of recording, so nothing can be said about robustness."
        return Section(
            "robustness", ("Robustness",), (Paragraph((nothing,), "note"),), missing=(NO_CONDITION,)
        )
    opening = (
        "Effects of conditions are robustness, not fairness: the same people are heard under other circumstances. "
        "“Worse” in these tables means that the system errs more often there than on the other recordings."
    )
    parts = tuple(
        _by_condition(evidence, grouping, claims, number) for number, grouping in enumerate(groupings)
    )
    return Section("robustness", ("Robustness",), (Paragraph((opening,)),), parts)


def _by_condition(evidence: Evidence, grouping: Grouping, claims: Sequence[Claim], number: int) -> Section:
    own = [claim for claim in claims if claim.by == grouping.by and claim.supported]
    blocks: list[Block] = [Paragraph(claim.text) for claim in own]
    section_id = f"robustness-by-{number + 1}"
    groups, annex = groups_as_counted(evidence, grouping, section_id)
    title: Text = ("By ", *attributes_phrase(grouping.by))
    return Section(section_id, title, (*blocks, *groups), annex=annex)
