"""Options that hold several things: short text and JSON say the same, and a name may look like either."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.commands.written_values import listed_pairs, mapping_from, pairs, split_list, written_pairs
from data.column_names import ColumnMapping
from data.errors import InputError

NAMES = st.text(min_size=1)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a,b", ["a", "b"]),
        (" a , ,b ", ["a", "b"]),
        ('["a, b", "c=d", ""]', ["a, b", "c=d", ""]),
        ("[a],[b]", ["[a]", "[b]"]),
        ("[1]", ["[1]"]),
        ("[]", []),
        ("", []),
    ],
)
def test_a_list_is_split_at_commas_or_read_as_json(text: str, parts: list[str]) -> None:
    assert split_list(text) == parts


@given(st.lists(NAMES))
def test_any_list_survives_as_json(names: list[str]) -> None:
    assert split_list(json.dumps(names)) == names


@given(st.dictionaries(NAMES, NAMES))
def test_any_pairs_survive_as_json(wanted: dict[str, str]) -> None:
    assert dict(pairs("--role", [json.dumps(wanted)], "a=b")) == wanted
    assert listed_pairs("--role", [json.dumps(wanted)], "a=b") == wanted


@pytest.mark.parametrize("text", ["a=b", "{a}=b", '{"a": 1}', "{", "[1]"])
def test_what_only_looks_like_json_is_taken_as_written(text: str) -> None:
    assert written_pairs(text) is None


def test_pairs_of_text_are_split_at_the_first_equals_sign() -> None:
    assert dict(pairs("--system", ["A=a=b.tsv", '{"B=1": "b.tsv"}'], "A=a.tsv")) == {
        "A": "a=b.tsv",
        "B=1": "b.tsv",
    }


def test_a_value_of_several_parts_is_a_list() -> None:
    written = '{"age": ["under 20", "20, or older"], "snr_db": [5, 7.5], "noise": "a,b"}'
    parts = {name: split_list(value) for name, value in pairs("--order", [written], "a=b")}
    assert parts == {"age": ["under 20", "20, or older"], "snr_db": ["5", "7.5"], "noise": ["a", "b"]}


@pytest.mark.parametrize("items", [["a=x", "a=y"], ['{"a": "x"}', "a=y"]])
def test_a_name_stands_once(items: list[str]) -> None:
    with pytest.raises(InputError, match=r'given twice for "a"'):
        list(pairs("--order", items, "a=b"))


@pytest.mark.parametrize("item", ["a", "=b", "a="])
def test_half_a_pair_is_refused_with_an_example(item: str) -> None:
    with pytest.raises(InputError, match=r"expected NAME=VALUE, such as --role a=b"):
        list(pairs("--role", [item], "a=b"))


def test_a_mapping_may_name_systems_and_columns_with_signs() -> None:
    assert mapping_from(
        ["id=clip", '{"reference": "said, really", "system:A=1": "out=put"}']
    ) == ColumnMapping({"id": "clip", "reference": "said, really"}, {"A=1": "out=put"})
