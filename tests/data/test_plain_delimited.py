"""The short way through a delimited file: the same table as the long way, or none."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.formats import plain_delimited
from data.formats.delimited import read_delimited
from data.formats.source_table import SourceTable

VALUES = st.text(st.sampled_from('ab é,;"\t \n\r०'), max_size=6)
PLAIN = st.text(st.sampled_from("ab é,;०"), max_size=6)


@pytest.fixture(autouse=True)
def _also_short_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_delimited, "FEWEST_BYTES", 0)


def the_long_way(content: bytes) -> SourceTable:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain_delimited, "FEWEST_BYTES", 10**9)
        return read_delimited("in.csv", content)


def same(one: SourceTable, other: SourceTable) -> bool:
    return (
        one.columns.to_pydict() == other.columns.to_pydict()
        and one.rows.tolist() == other.rows.tolist()
        and (one.faults, one.notices, one.header) == (other.faults, other.notices, other.header)
    )


def written(rows: list[list[str]], delimiter: str) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows([["id", "reference"], *rows])
    return text.getvalue().encode()


@given(st.lists(st.lists(PLAIN, min_size=2, max_size=2), min_size=1, max_size=8), st.sampled_from(",;\t"))
def test_plain_files_give_the_same_table_either_way(rows: list[list[str]], delimiter: str) -> None:
    content = written(rows, delimiter)
    assert same(read_delimited("in.csv", content), the_long_way(content))


@given(st.lists(st.lists(VALUES, max_size=4), max_size=6), st.sampled_from(",;\t"))
def test_any_file_gives_the_same_table_and_faults_either_way(rows: list[list[str]], delimiter: str) -> None:
    content = written(rows, delimiter)
    assert same(read_delimited("in.csv", content), the_long_way(content))


@given(st.text(st.sampled_from('ab,"\n\t '), max_size=40))
def test_any_text_gives_the_same_table_and_faults_either_way(text: str) -> None:
    content = ("id,reference\n" + text).encode()
    assert same(read_delimited("in.csv", content), the_long_way(content))


@pytest.mark.parametrize(
    "content",
    [
        b'id,reference\nu1,a "quoted" word\n',
        b'id,reference\nu1,"a ""doubled"" one"\n',
        b'id,reference\nu1,"two\nlines"\n',
        b"id,reference\r\nu1,a\r\n",
        b"id,reference\nu1,a\n\nu2,b\n",
        b"id,reference\nu1,a,\n",
        b'id,reference\nu1,"a"b\n',
        b'"id",reference\nu1,a\n',
        b"id,\nu1,a\n",
        b"id,id\nu1,a\n",
    ],
)
def test_what_is_unusual_takes_the_long_way(content: bytes) -> None:
    assert same(read_delimited("in.csv", content), the_long_way(content))


def test_a_quoted_value_with_a_separator_is_plain() -> None:
    content = b'id,reference\nu1,"a, b"\nu2,""\nu3,"c"'
    table = plain_delimited.plain_table(content, ",", ["id", "reference"])
    assert table is not None
    assert table.to_pydict() == {"id": ["u1", "u2", "u3"], "reference": ["a, b", "", "c"]}
