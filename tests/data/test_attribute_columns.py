"""Columns into attributes: the choice, the groups and their order, roles, what is not stated."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd
import pytest

from analysis.attributes import Attribute
from data.attribute_roles import role_from_name, sticks_to_speaker
from data.ingest import Ingested
from data.store import EvaluationInfo, open_build
from tests.data.made_up import Make


def table(n_rows: int = 300, **columns: object) -> bytes:
    frame = pd.DataFrame(
        {
            "id": [f"u{i}" for i in range(n_rows)],
            "speaker": [f"s{i // 3}" for i in range(n_rows)],
            "ref": "a b",
            "hyp": "a",
            **columns,
        }
    )
    buffer = io.StringIO()
    frame.to_csv(buffer, index=False)
    return buffer.getvalue().encode()


def info(done: Ingested) -> EvaluationInfo:
    return open_build(done.path).info


def attribute(done: Ingested, name: str) -> Attribute:
    return info(done).attribute(name)


def column(done: Ingested, name: str) -> list[object]:
    rows = (
        open_build(done.path).cursor().execute(f'SELECT "{name}" FROM utterance ORDER BY row_id').fetchall()
    )
    return [row[0] for row in rows]


def test_groups_are_alphabetical_whatever_their_case(make: Make) -> None:
    done = make(table(4, accent=["b", "C", "a", "b"]))
    assert attribute(done, "accent").levels == ("a", "b", "C")


def test_a_declared_order_comes_first_and_the_rest_follows(make: Make) -> None:
    done = make(table(4, size=["s", "xl", "m", "l"]), orders={"size": ("s", "m")})
    assert attribute(done, "size").levels == ("s", "m", "l", "xl")


def test_the_order_of_a_parquet_dictionary_holds_for_the_groups_that_occur(make: Make) -> None:
    size = pd.Categorical(["l", "s"], categories=["s", "m", "l"])
    buffer = io.BytesIO()
    pd.DataFrame({"id": ["u", "v"], "speaker": "s", "ref": "a", "hyp": "a", "size": size}).to_parquet(buffer)
    assert attribute(make(buffer.getvalue()), "size").levels == ("s", "l")


def test_blank_and_named_values_are_not_stated(make: Make) -> None:
    done = make(table(5, accent=["us", "", " ", "NA", " us "]), missing=("NA",))
    assert attribute(done, "accent").levels == ("us",)
    assert attribute(done, "accent").has_missing
    assert column(done, "accent") == ["us", None, None, None, "us"]


def test_na_is_a_group_unless_it_is_named(make: Make) -> None:
    assert attribute(make(table(2, accent=["NA", "us"])), "accent").levels == ("NA", "us")


def test_few_numbers_are_groups_in_numeric_order_and_keep_their_value(make: Make) -> None:
    done = make(table(4, snr_db=["10", "7", "", "10.0"]))
    found = attribute(done, "snr_db")
    assert (found.kind, found.levels, found.bin_edges) == ("number", ("7", "10"), ())
    assert column(done, "snr_db (number)") == [10, 7, None, 10]


def test_many_numbers_are_put_into_thirds(make: Make) -> None:
    found = attribute(make(table(300, level=range(300))), "level")
    assert (found.levels, found.bin_edges) == (("<100", "100–<200", "≥200"), (100, 200))


def test_given_edges_are_kept_even_where_a_bin_is_empty(make: Make) -> None:
    found = attribute(make(table(3, level=[1, 2, 3]), bins={"level": (5.0, 10.0)}), "level")
    assert found.levels == ("<5", "5–<10", "≥10")


def test_leading_zeros_make_names_not_numbers(make: Make) -> None:
    found = attribute(make(table(2, room=["007", "012"])), "room")
    assert (found.kind, found.levels) == ("category", ("007", "012"))


def test_what_is_left_out_is_named_with_the_reason(make: Make) -> None:
    words = [f"w{i}" for i in range(300)]
    numbers = [str(i) for i in range(299)] + ["n/a"]
    done = make(table(300, file=words, level=numbers, WER=0.5, wer_base=0.5, empty="", accent="us"))
    assert [a.name for a in info(done).attributes] == ["accent"]
    reasons = info(done).not_attributes
    assert reasons["file"] == "has 300 different values, more than 200"
    assert reasons["level"].endswith("all but n/a are numbers: with --missing n/a they would be bins")
    assert reasons["WER"].startswith("holds results of a recogniser")
    assert reasons["wer_base"] == reasons["WER"]
    assert reasons["empty"] == "has no value in any row"


def test_what_is_asked_for_is_not_left_out(make: Make) -> None:
    words = [f"w{i}" for i in range(300)]
    done = make(table(300, file=words, WER=0.5, accent="us"), attributes=("WER", "file"))
    assert [a.name for a in info(done).attributes] == ["WER", "file"]
    assert info(done).not_attributes == {"accent": "not among --attributes"}


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("accent", "speaker"),
        ("first_language", "speaker"),
        ("speakerAge", "speaker"),
        ("Gender", "speaker"),
        ("snr_db", "condition"),
        ("noise type", "condition"),
        ("mic", "condition"),
        ("n_pauses", "content"),
        ("speaking_rate_wpm", "content"),
        ("language", None),
        ("stage", None),
    ],
)
def test_roles_are_guessed_from_the_words_of_a_name(name: str, role: str | None) -> None:
    assert role_from_name(name) == role


def test_a_value_that_never_differs_within_a_speaker_is_about_the_speaker() -> None:
    speakers = np.repeat(np.arange(50, dtype=np.int32), 4)
    assert sticks_to_speaker((speakers % 3).astype(np.int32), speakers)
    assert not sticks_to_speaker((np.arange(200) % 3).astype(np.int32), speakers)


def test_a_value_that_is_nearly_always_the_same_says_nothing_about_speakers() -> None:
    speakers = np.repeat(np.arange(50, dtype=np.int32), 4)
    assert not sticks_to_speaker(np.zeros(200, np.int32), speakers)


def test_roles_and_label_sources_that_are_given_are_not_guessed(make: Make) -> None:
    done = make(roles={"noise": "content"}, label_sources={"accent": "self"})
    assert attribute(done, "noise").role == "content"
    assert attribute(done, "accent").label_source == "self"
    assert attribute(done, "noise").label_source == "unknown"


def test_attributes_about_speakers_come_first(make: Make) -> None:
    done = make(table(4, domain=list("abab"), noise=list("abab"), accent=list("aabb")))
    assert [a.name for a in info(done).attributes] == ["accent", "noise", "domain"]


def test_a_duration_is_an_attribute_too(make: Make) -> None:
    done = make(table(3, duration_s=[1, 2, 2]))
    assert attribute(done, "duration").levels == ("1", "2")
    assert column(done, "duration_s") == [1, 2, 2]


def test_names_and_values_that_sql_would_trip_over_are_kept(make: Make) -> None:
    names = {'the "best"; DROP TABLE': ["it's", "b"], "select": ["ä", '"']}
    done = make(table(2, **names))
    assert column(done, 'the ""best""; DROP TABLE') == ["it's", "b"]
    assert column(done, "select") == ["ä", '"']
