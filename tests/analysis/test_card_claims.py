"""Claims: one sentence for each verdict, refusals with their reason, and words that are never said."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any

import pytest

from analysis.card.claim import KINDS, Claim
from analysis.card.claims import all_claims
from analysis.card.claims_for_all import floor_claim, parity_claim, range_claim
from analysis.card.claims_of_groups import group_claim
from analysis.card.content import compose
from analysis.card.evidence import Evidence
from analysis.card.rows import Row
from analysis.card.sections import Count, Facts, Listing, Paragraph, Ratio, RatioSpan, Table, Text
from dashboard.answers.rows import VERSUS_KEYS
from dashboard.wording_card import plain_text
from tests.analysis.card_evidence import NO_VERSUS, made_attribute, made_evidence, made_grouping, made_row
from tests.test_house import NOT_TO_BE_SAID

ALSO_NOT_TO_BE_SAID = re.compile(r"\bwords? wrong\b|\bscores?\b|\brank", re.IGNORECASE)


def said(text: Text) -> str:
    return plain_text(text, 1.25)


def claim_of(verdict: str, **changes: object) -> tuple[Evidence, Claim]:
    row = made_row({"accent": "North"}, verdict, **changes)  # type: ignore[arg-type]
    evidence = made_evidence(groupings=[made_grouping(["accent"], [row])])
    return evidence, group_claim(evidence, evidence.groupings[0], 0)


@pytest.mark.parametrize(
    ("verdict", "beginning"),
    [
        ("worse", "System A has a higher word error rate for speakers who reported “North” (accent): 20.0%"),
        (
            "slightly worse",
            "System A has a higher word error rate, by less than 1.25×, for speakers who reported",
        ),
        (
            "within",
            "System A has a word error rate that is shown to be less than 1.25× that of others for speakers",
        ),
        ("better", "System A has a lower word error rate for speakers who reported “North” (accent)"),
        ("undecided", "It cannot be told yet how System A does for speakers who reported “North” (accent)"),
    ],
)
def test_every_verdict_has_its_sentence(verdict: str, beginning: str) -> None:
    _, claim = claim_of(verdict)
    assert said(claim.text).startswith(beginning)
    assert claim.supported
    assert claim.kind == verdict


def test_a_gap_has_ratio_interval_adjusted_p_and_family() -> None:
    _, claim = claim_of("worse")
    assert Ratio(1.4) in claim.text
    assert RatioSpan(1.2, 1.6) in claim.text
    assert "p 0.001 after looking at 3 groups (Holm’s correction). It may be smaller than 1.25×." in said(
        claim.text
    )


def test_what_cannot_be_told_says_what_could_have_been_seen_and_what_it_takes() -> None:
    _, claim = claim_of("undecided")
    assert (
        "could have shown a ratio of 1.45× or more. To see 1.25×, about 90 speakers would be needed; there are 20."
        in said(claim.text)
    )


def test_a_small_difference_whose_interval_reaches_the_margin_is_not_said_to_stay_below_it() -> None:
    _, claim = claim_of("slightly worse", versus={"high": 1.3})
    assert "by less than 1 percentage point, for" in said(claim.text)


@pytest.mark.parametrize(
    ("source", "phrase"),
    [
        ("self", "speakers who reported “North”"),
        ("annotator", "speakers labelled by annotators as “North”"),
        ("location", "speakers labelled by location as “North”"),
        ("unknown", "speakers labelled “North”"),
    ],
)
def test_only_people_who_reported_are_said_to_have_reported(source: str, phrase: str) -> None:
    evidence = made_evidence(attributes=[made_attribute("accent", ["North"], source=source)])
    assert phrase in said(group_claim(evidence, evidence.groupings[0], 0).text)


def test_nothing_is_claimed_about_groups_that_software_guessed() -> None:
    rows = [made_row({"accent": name}, "worse") for name in ("North", "South")]
    evidence = made_evidence(groupings=[made_grouping(["accent"], rows, source="inferred")], grid=None)
    about = [claim for claim in all_claims(evidence) if claim.by == ("accent",)]
    assert about
    assert not any(claim.supported for claim in about)
    assert all("guessed by software" in said(claim.reason) for claim in about)


def test_parity_needs_every_group_shown() -> None:
    def parity(*verdicts: str) -> Claim:
        rows = [made_row({"accent": str(n)}, verdict) for n, verdict in enumerate(verdicts)]
        evidence = made_evidence(groupings=[made_grouping(["accent"], rows)])
        return parity_claim(evidence, evidence.groupings[0])

    assert parity("within", "better", "slightly worse").supported
    assert not parity("within", "undecided").supported
    assert said(parity("within", "worse", "undecided").reason) == (
        "Of the 3 groups, 1 is shown to have a higher rate and 1 cannot be told yet."
    )
    assert not parity("within").supported


def test_a_condition_is_described_from_lowest_to_highest_and_not_as_people() -> None:
    evidence = made_evidence()
    claim = range_claim(evidence, evidence.robustness_groupings[0])
    assert said(claim.text).startswith(
        "By noise, the word error rate of System A runs from 15.0% (13.5–16.5%) with “quiet” to"
    )
    assert "speakers" not in said(claim.text)


def test_a_refused_claim_keeps_its_place_and_says_why() -> None:
    evidence = made_evidence()
    assert evidence.grid is not None
    claim = floor_claim(evidence, evidence.grid)
    assert said(claim.reason) == "Of the 4 groups, 1 was not recorded and 1 has fewer than 10 speakers."
    assert claim.to_json()["supported"] is False


def test_every_claim_has_a_known_kind_and_points_at_rows_that_exist() -> None:
    evidence = made_evidence()
    length = {
        grouping.by: len(grouping.rows) for grouping in (*evidence.groupings, evidence.grid) if grouping
    }
    for claim in all_claims(evidence):
        assert claim.kind in KINDS
        assert all(position < length[claim.by] for position in claim.rows)


def test_synthetic_voices_are_never_called_speakers() -> None:
    card = compose(made_evidence(notice="Synthetic voices: says nothing about people"))
    sentences = [said(claim.text) for claim in card.claims]
    assert any("voices" in sentence for sentence in sentences)
    assert not any("speakers" in sentence for sentence in sentences)


def texts_of(evidence: Evidence) -> list[str]:
    card = compose(evidence)
    found = [said(claim.text) + said(claim.reason) for claim in card.claims]
    for part in card.sections:
        for section in part.walk():
            found.append(said(section.title))
            for block in section.blocks:
                match block:
                    case Paragraph(text):
                        found.append(said(text))
                    case Listing(items):
                        found += map(said, items)
                    case Facts(facts):
                        found += [f"{term} {said(text)}" for term, text in facts]
                    case Table():
                        found += [
                            said(cell) for row in (table_row for table_row in block.rows) for cell in row
                        ]
                    case _:
                        pass
    return found


@pytest.mark.parametrize("verdict", ["worse", "slightly worse", "within", "better", "undecided"])
@pytest.mark.parametrize("notice", [None, "Synthetic voices: says nothing about people"])
def test_what_may_not_be_said_is_never_said(verdict: str, notice: str | None) -> None:
    rows = [made_row({"accent": name}, verdict) for name in ("North", "South")]
    evidence = made_evidence(groupings=[made_grouping(["accent"], rows)], notice=notice)
    for text in texts_of(evidence):
        assert not NOT_TO_BE_SAID.search(text), text
        assert not ALSO_NOT_TO_BE_SAID.search(text), text


def test_rows_have_the_keys_of_the_contract() -> None:
    assert {field.name for field in fields(Row)} - {"floor_bound"} >= {
        "group",
        "rate",
        "low",
        "high",
        "status",
        "versus",
    }
    assert set(NO_VERSUS) == set(VERSUS_KEYS)


def test_counts_of_verdicts_are_those_of_the_rows() -> None:
    evidence = made_evidence()
    summary = next(claim for claim in all_claims(evidence) if claim.id == "summary:accent")
    assert Count(2) in summary.text
    told = "1 is shown to have a higher word error rate; 1 is shown to have less than 1.25× their rate"
    assert told in said(summary.text)


def undecided(**versus: Any) -> str:
    row = made_row({"accent": "North"}, "undecided", versus=versus)
    evidence = made_evidence(groupings=[made_grouping(["accent"], [row])])
    return said(group_claim(evidence, evidence.groupings[0], 0).text)


def test_what_could_have_been_seen_and_the_speakers_needed_agree() -> None:
    """Rounded down to the margin it would say that the margin could have been seen, and that more speakers are needed for it."""
    told = undecided(detectable_ratio=1.2545, speakers_needed=30)
    assert "could have shown a ratio of 1.26× or more. To see 1.25×, about 30 speakers" in told
    settled = undecided(detectable_ratio=1.2, speakers_needed=30, ratio=1.1)
    assert (
        "could have shown a ratio of 1.20× or more. To settle a ratio of 1.10×, about 30 speakers" in settled
    )


def test_a_group_that_stands_out_alone_is_told_from_its_reason_and_not_from_rounded_ends() -> None:
    alone = "stands out alone, but not after looking at 7 groups"
    assert "Taken by itself it would stand out; after" in undecided(reason=alone, low=1.0)
    assert "Taken by itself" not in undecided()
