"""The annex: what is too long for its section stands at the end, and no number of the card is lost by it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.card.annex import annex_section, set_apart
from analysis.card.content import Card, compose
from analysis.card.groups_shown import MOST_GAPS, MOST_ROWS, MOST_SENTENCES, largest_gaps
from analysis.card.outlines import TEMPLATES
from analysis.card.rows import Row
from analysis.card.sections import Block, HeatTable, Listing, Section, SeeAlso, Table
from dashboard.wording_card import plain_text
from tests.analysis.card_evidence import made_attribute, made_evidence, made_grouping, made_row

VERDICTS = ("worse", "within", "better", "undecided", "slightly worse")


def accents(count: int) -> list[str]:
    return [f"accent {number:02d}" for number in range(count)]


def made_card(n_groups: int, template: str = "fairness", **changes: Any) -> Card:
    """A card of one grouping by accent and one of its cells with two noises."""
    names = accents(n_groups)
    rows = [made_row({"accent": name}, VERDICTS[n % 5], 0.2 + n / 1000) for n, name in enumerate(names)]
    cells = [
        made_row({"accent": name, "noise": noise}, VERDICTS[n % 5], 0.3 + n / 1000)
        for n, name in enumerate(names)
        for noise in ("quiet", "babble")
    ]
    attributes = [
        made_attribute("accent", names),
        made_attribute("noise", ["quiet", "babble"], "condition"),
    ]
    evidence = made_evidence(
        attributes=attributes,
        groupings=[made_grouping(["accent"], rows)],
        grid=made_grouping(["accent", "noise"], cells),
        **changes,
    )
    return compose(evidence, template)


def part_of(card: Card, section_id: str) -> Section:
    return next(part for one in card.sections for part in one.walk() if part.id == section_id)


def blocks_of(card: Card, kind: type[Block]) -> list[Any]:
    parts = [part for one in card.sections for part in one.walk()]
    return [block for part in parts for block in part.blocks if isinstance(block, kind)]


def words_of(card: Card) -> str:
    """Every cell of every table."""
    tables = blocks_of(card, Table)
    return "\n".join(plain_text(cell, 1.25) for table in tables for row in table.rows for cell in row)


def test_a_card_of_few_groups_has_no_annex() -> None:
    card = made_card(4)
    assert "annex" not in [section.id for section in card.sections]
    assert blocks_of(card, SeeAlso) == []


@pytest.mark.parametrize("template", TEMPLATES)
def test_long_tables_stand_in_the_annex_which_ends_the_card(template: str) -> None:
    card = made_card(30, template)
    assert card.sections[0].id == "glance"
    assert card.sections[-1].id == "annex"
    inside = [part.id for part in card.sections[-1].walk()]
    assert {"fairness-by-1-rows", "fairness-grid-rows"} <= set(inside)
    for section in card.sections[:-1]:
        for part in section.walk():
            assert all(len(block.rows) <= MOST_ROWS for block in part.blocks if isinstance(block, Table))


def test_every_line_leads_to_a_section_that_there_is() -> None:
    card = made_card(30)
    ids = {part.id for section in card.sections for part in section.walk()}
    ways = blocks_of(card, SeeAlso)
    assert len(ways) == 2
    assert {way.section for way in ways} <= ids


def test_no_rate_leaves_the_card_and_claims_stay_as_they_are() -> None:
    card = made_card(30)
    printed = words_of(card)
    for grouping in (*card.evidence.groupings, card.evidence.grid):
        assert grouping is not None
        assert all(f"{100 * (row.rate or 0):.1f}%" in printed for row in grouping.rows)
    assert sum(claim.id.startswith("group:accent=") for claim in card.claims) == 30
    assert "annex" not in card.to_json()["missing"]


def test_the_annex_has_the_difference_and_p_of_every_group() -> None:
    [table] = [
        block for block in part_of(made_card(30), "fairness-by-1-rows").blocks if isinstance(block, Table)
    ]
    columns = [plain_text(column, 1.25) for column in table.columns]
    assert columns[-3:] == ["Difference", "p", "Verdict"]
    assert all(len(row) == len(columns) for row in table.rows)
    assert plain_text(table.rows[0][-3], 1.25) == "+8.0 points (+4.0 to +12.0)"


def test_the_section_of_many_groups_keeps_the_largest_gaps_and_the_shaded_table() -> None:
    card = made_card(30)
    section = part_of(card, "fairness-grid")
    [table] = [block for block in section.blocks if isinstance(block, Table)]
    assert len(table.rows) == MOST_GAPS
    assert any(isinstance(block, HeatTable) for block in section.blocks)
    assert not any(isinstance(block, Listing) for block in section.blocks)


def test_a_few_claims_are_sentences_and_many_are_a_table() -> None:
    few, many = made_card(MOST_SENTENCES), made_card(MOST_SENTENCES + 5)
    assert any(isinstance(block, Listing) for block in part_of(few, "fairness-by-1").blocks)
    blocks = part_of(many, "fairness-by-1").blocks
    assert not any(isinstance(block, Listing) for block in blocks)
    assert sum(isinstance(block, Table) for block in blocks) == 1
    [whole] = part_of(many, "fairness-by-1-rows").blocks
    assert isinstance(whole, Table)
    assert len(whole.rows) == MOST_SENTENCES + 5


def test_a_condition_that_is_drawn_has_its_table_in_the_annex_and_one_that_is_not_keeps_it() -> None:
    two, one = (
        compose(
            made_evidence(
                groupings=[made_grouping(["noise"], [made_row({"noise": name}) for name in names], False)]
            )
        )
        for names in (["quiet", "babble"], ["quiet"])
    )
    assert not any(isinstance(block, Table) for block in part_of(two, "robustness-by-1").blocks)
    assert any(isinstance(block, Table) for block in part_of(two, "robustness-by-1-rows").blocks)
    assert any(isinstance(block, Table) for block in part_of(one, "robustness-by-1").blocks)


@given(st.lists(st.tuples(st.sampled_from(["worse", "better"]), st.floats(0.2, 5.0)), max_size=30))
def test_the_gaps_that_are_listed_are_the_largest(found: list[tuple[str, float]]) -> None:
    """Nobody with a higher rate is left out for somebody with a smaller gap, or for a lower rate."""
    rows = [
        Row.from_json(made_row({"accent": str(n)}, verdict, versus={"ratio": ratio}))
        for n, (verdict, ratio) in enumerate(found)
    ]
    chosen = largest_gaps(rows)
    left = [row for row in rows if row not in chosen]
    assert len(chosen) == min(MOST_GAPS, len(rows))

    def size(row: Row) -> float:
        ratio = row.versus.ratio or 1.0
        return max(ratio, 1 / ratio)

    for one in chosen:
        for other in left:
            if one.versus.verdict == other.versus.verdict:
                assert size(one) >= size(other)
            else:
                assert one.versus.verdict == "worse"


def test_any_long_table_moves_with_its_caption_as_heading() -> None:
    rows = tuple(((f"file {number}",), ("1",)) for number in range(MOST_ROWS + 1))
    table = Table(("Files the build was read from.",), (("File",), ("Rows",)), rows)
    section = set_apart(Section("provenance", ("Provenance",), (table,)))
    [way] = section.blocks
    [annex] = annex_section([section])
    assert isinstance(way, SeeAlso)
    assert way.section == annex.parts[0].id
    assert plain_text(annex.parts[0].title, 1.25) == "Files the build was read from"
    assert annex.parts[0].blocks == (table,)
    assert (
        set_apart(Section("provenance", ("Provenance",), (Table(("",), (("File",),), rows[:-1]),))).annex
        == ()
    )


def test_withheld_groups_of_a_long_table_are_named_in_the_annex_without_a_number() -> None:
    names = accents(30)
    rows = [made_row({"accent": name}, "within") for name in names[:-1]]
    rows.append(made_row({"accent": names[-1]}, "undecided", None, status="suppressed"))
    card = compose(
        made_evidence(
            audience="public",
            attributes=[made_attribute("accent", names)],
            groupings=[made_grouping(["accent"], rows)],
            grid=None,
        )
    )
    annex = part_of(card, "fairness-by-1-rows")
    [table] = [block for block in annex.blocks if isinstance(block, Table)]
    last = [plain_text(cell, 1.25) for cell in table.rows[-1]]
    assert last[0] == names[-1]
    assert set(last[1:]) == {"–", "Withheld"}
