"""What people said in a card that is verified: odd searches and numbers are refused, and what nobody knows is told."""

from __future__ import annotations

import copy
from collections.abc import Iterator

import pytest

from dashboard.answers.verify import verify
from data.errors import InputError
from tests.answers.cards_with_evidence import CardWithEvidence, card_with_evidence
from tests.answers.tampered_cards import SEARCH, Plain, with_value


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CardWithEvidence]:
    with card_with_evidence(tmp_path_factory.mktemp("verify")) as made:
        yield made


@pytest.mark.parametrize(
    "changes",
    [
        {"searched": "abc"},
        {"searched": 10**300},
        {"tested": True},
        {"result": None},
        {"seed": "x"},
        {"seed": 1.5},
        {"confirm": {"ratio": "1.2"}},
        {"confirm": {"ratio": 1.2}},
        {"confirmation_speakers": None},
        {"attributes": [1]},
        {"praise": "none better"},
    ],
    ids=str,
)
def test_a_search_that_cannot_be_read_is_refused_in_a_sentence(
    case: CardWithEvidence, changes: Plain
) -> None:
    finding = {**case.card["evidence"]["findings"][0], "id": "0" * 12, "search": {**SEARCH, **changes}}
    with pytest.raises(InputError, match="search that finding 1 of this card came from cannot be read"):
        verify(with_value(case.card, ("evidence", "findings", 0), finding), case.counts, case.on_record)


@pytest.mark.parametrize("search", [None, SEARCH], ids=["none", "a search"])
def test_whether_a_finding_came_from_a_search_is_not_known_where_it_is_not_on_record(
    case: CardWithEvidence, search: Plain | None
) -> None:
    finding = {**case.card["evidence"]["findings"][0], "id": "0" * 12, "search": search}
    document = with_value(case.card, ("evidence", "findings", 0), finding)
    found = verify(document, case.counts, case.on_record, "evidence")
    assert "whether finding 1 came from a search" in found.not_checked
    assert "whether finding 2 came from a search" not in found.not_checked
    assert not [one for one in found.numbers.differences if "findings[0].search" in one.path]


@pytest.mark.parametrize("value", ["x", 10**300, ["a"], {"a": 1}], ids=str)
@pytest.mark.parametrize("key", ["n_speakers", "rate", "versus"])
def test_numbers_of_then_of_another_kind_end_in_a_sentence_or_a_difference(
    case: CardWithEvidence, key: str, value: object
) -> None:
    finding = copy.deepcopy(case.card["evidence"]["findings"][0])
    finding["id"], finding["recorded"][key] = "0" * 12, value
    document = with_value(case.card, ("evidence", "findings", 0), finding)
    try:
        found = verify(document, case.counts, case.on_record, "evidence")
    except InputError:
        return  # The document is no card any more, and is refused as such.
    assert found.numbers.differences


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("evidence", "findings"), [7]),
        (("evidence", "findings", 0, "by"), "accent"),
        (("evidence", "findings", 0, "group"), {"accent": 3}),
        (("evidence", "looked_at", "log"), 7),
        (("evidence", "looked_at", "searches"), -1),
        (("evidence", "decision"), {"choice": "perhaps"}),
        (("evidence", "signed_off"), ["me"]),
        (("evidence", "metric"), "wer"),
        (("evidence", "level"), "high"),
        (("template",), "../secret"),
    ],
)
def test_parts_of_another_shape_are_refused_in_a_sentence(
    case: CardWithEvidence, path: tuple[str | int, ...], value: object
) -> None:
    with pytest.raises(InputError, match="card"):
        verify(with_value(case.card, path, value), case.counts, case.on_record)
