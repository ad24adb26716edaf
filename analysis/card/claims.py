"""Every claim the evidence was asked for, supported or refused, in the order a card prints them.

Owns the list. What each claim needs stands in `claims_for_all.py` and
`claims_of_groups.py`; a refused claim keeps its place and gives its reason.
"""

from __future__ import annotations

from analysis.card.claim import Claim, metric_name
from analysis.card.claims_for_all import floor_claim, parity_claim, range_claim, summary_claim
from analysis.card.claims_of_groups import group_claim
from analysis.card.evidence import Evidence
from analysis.card.phrases import noun
from analysis.card.rows import Grouping
from analysis.card.sections import Count, Label, Rate, RateSpan, Text


def all_claims(evidence: Evidence) -> tuple[Claim, ...]:
    """The whole, each grouping of people, people by conditions, each condition."""
    made = [overall_claim(evidence)]
    for grouping in evidence.fairness_groupings:
        made.extend(grouping_claims(evidence, grouping))
    if evidence.grid is not None:
        made.extend((floor_claim(evidence, evidence.grid), summary_claim(evidence, evidence.grid)))
    made.extend(range_claim(evidence, grouping) for grouping in evidence.robustness_groupings)
    return tuple(made)


def overall_claim(evidence: Evidence) -> Claim:
    """The rate over everything selected."""
    row = evidence.overall
    counts: Text = (
        Count(row.n_speakers),
        f" {noun(row.n_speakers, evidence.people)}, ",
        Count(row.n_utterances),
        f" {noun(row.n_utterances, 'utterances')}, ",
        Count(row.n_words),
        f" {noun(row.n_words, evidence.counted + 's')}",
    )
    text: Text = (Label(evidence.system), f" has a {metric_name(evidence)} of ", Rate(row.rate), " (")
    text = (*text, RateSpan(row.low, row.high), ") over ", Label(str(evidence.selection["sentence"])))
    claim = Claim("overall", "overall", (), (*text, ": ", *counts, "."))
    if row.rate is None:
        return claim.refused((f"There is no rate: {row.reason or 'nobody was recorded'}.",))
    return claim if row.has_interval else claim.refused((f"Too few {evidence.people} for an interval.",))


def grouping_claims(evidence: Evidence, grouping: Grouping) -> list[Claim]:
    """Counts of verdicts, floor, parity, and one claim for every group of one grouping."""
    single = [
        group_claim(evidence, grouping, place)
        for place, row in enumerate(grouping.rows)
        if row.is_group and not row.is_withheld
    ]
    about_all = [
        summary_claim(evidence, grouping),
        floor_claim(evidence, grouping),
        parity_claim(evidence, grouping),
    ]
    return [*about_all, *single]
