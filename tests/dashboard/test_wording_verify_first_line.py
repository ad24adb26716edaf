"""The first line of a verification: what it names beside whether the card holds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from analysis.card.content import compose
from dashboard.answers.verify import Verification
from dashboard.answers.verify_differences import Compared, Difference
from dashboard.answers.verify_reading import read_card
from dashboard.exports.card_beside import FilesBeside
from dashboard.exports.card_json import card_json
from dashboard.wording_verify import verdict_sentence
from tests.analysis.card_evidence import made_evidence


def found(**changes: Any) -> Verification:
    card = read_card(card_json(compose(made_evidence())))
    return Verification(card, Compared(1, ()), (), **changes)


def test_against_an_evidence_file_it_names_the_section_that_takes_the_texts() -> None:
    named = "the section on other normalisers, which takes the texts"
    assert verdict_sentence(found(source="evidence")).endswith(f"but for {named}.")
    assert verdict_sentence(found(source="evidence", reservations=("record",))).endswith(f", {named}.")
    assert named not in verdict_sentence(found())
    assert named not in verdict_sentence(found(source="source", reservations=("plan",)))


@pytest.mark.parametrize(
    ("others", "named"),
    [(("card.md",), "card.md beside it is"), (("card.md", "card.pdf"), "card.md and card.pdf beside it are")],
)
def test_it_names_files_beside_a_card_that_are_not_its_own(others: tuple[str, ...], named: str) -> None:
    start = f"The card’s JSON holds, but {named} not what it gives."
    assert verdict_sentence(found(), FilesBeside((), others)) == start
    partly = verdict_sentence(found(reservations=("plan",)), FilesBeside((), others))
    assert partly == f"{start} Not checked: the plan."


def test_it_tells_another_key_from_a_broken_signature() -> None:
    other = "signed by another key than ed25519:0123456789abcdef"
    assert verdict_sentence(found(text=other)) == f"The card does not hold: it is {other}."
    assert (
        verdict_sentence(found(text="broken signature")) == "The card does not hold: its signature is broken."
    )


RATE = Difference("claims[5].text[11].rate", 0.115984, 0.215984148)
WORDS = Difference("claims[5].text[2]", "is", "is not")
ROW = Difference("evidence.overall.rate", 0.1, 0.2)


@pytest.mark.parametrize(
    ("differences", "said"),
    [
        ((RATE,), "1 number within a sentence in it is not"),
        ((WORDS,), "no number differs, but 1 sentence in it is not"),
        ((RATE, WORDS), "1 number within a sentence and 1 sentence in it are not"),
        ((ROW, RATE, WORDS), "1 number or fact, 1 number within a sentence and 1 sentence in it are not"),
        ((ROW, ROW), "2 numbers or facts in it are not"),
    ],
)
def test_a_forged_number_in_a_sentence_is_called_a_number(
    differences: tuple[Difference, ...], said: str
) -> None:
    verified = replace(found(), numbers=Compared(10, differences))
    assert verdict_sentence(verified) == f"The card does not hold: {said} what the data give."
