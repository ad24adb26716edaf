"""Outlines: the same sections in another order, none left out, and the owner's words where only an owner can write."""

from __future__ import annotations

import pytest

from analysis.card.content import Card, compose
from analysis.card.outlines import DEFAULT_TEMPLATE, TEMPLATES, UnknownTemplate
from analysis.card.sections import Facts, Section
from dashboard.wording_card import plain_text
from tests.analysis.card_evidence import made_evidence


def sections_of(card: Card) -> dict[str, Section]:
    return {part.id: part for section in card.sections for part in section.walk()}


def words(section: Section) -> str:
    texts = [block.text for block in section.blocks if hasattr(block, "text")]
    return " ".join(plain_text(text, 1.25) for text in texts)


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_outline_leaves_out_a_section_that_the_product_writes(template: str) -> None:
    own = {section.id for section in compose(made_evidence()).sections}
    assert own <= set(sections_of(compose(made_evidence(), template)))


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_section_stands_once(template: str) -> None:
    ids = [part.id for section in compose(made_evidence(), template).sections for part in section.walk()]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("template", TEMPLATES)
def test_claims_are_the_same_in_every_outline(template: str) -> None:
    assert compose(made_evidence(), template).claims == compose(made_evidence()).claims


def test_what_the_owner_did_not_write_is_not_stated_and_missing() -> None:
    section = sections_of(compose(made_evidence(), "classic"))["privacy"]
    assert section.blocks == (Facts((("Text of the owner", ()),)),)
    assert section.missing == ("privacy and security",)


def test_what_the_owner_wrote_is_called_the_owners() -> None:
    evidence = made_evidence(
        about={"card": {"privacy": "Audio is deleted.\n\nLogs too.", "fairness": "We care."}}
    )
    sections = sections_of(compose(evidence, "classic"))
    assert words(sections["privacy"]) == "Written by the owner: Audio is deleted. Logs too."
    assert sections["privacy"].missing == ()
    assert words(sections["fairness"]).startswith("Written by the owner: We care.")


@pytest.mark.parametrize("written", [None, "text", {"privacy": 3}, {"privacy": "  "}, ["privacy"]])
def test_what_is_no_text_of_an_owner_is_not_printed(written: object) -> None:
    section = sections_of(compose(made_evidence(about={"card": written}), "classic"))["privacy"]
    assert section.missing == ("privacy and security",)


def test_an_unknown_outline_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownTemplate, match="fairness, classic, 2025"):
        compose(made_evidence(), "glossy")
    assert DEFAULT_TEMPLATE in TEMPLATES
