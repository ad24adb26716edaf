"""The readers: what stands in a file is what comes out, whatever its separators and quotes."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.formats.delimited import read_delimited, sniffed_delimiter
from data.formats.jsonl import read_jsonl
from data.formats.parquet import read_parquet
from data.formats.registry import read_table, sniffed_format


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_the_separator_is_told_from_the_first_line(separator: str) -> None:
    table = read_delimited("x", f"id{separator}text\nu1{separator}a b\n".encode())
    assert table.columns.to_pylist() == [{"id": "u1", "text": "a b"}]
    assert table.faults == ()


@pytest.mark.parametrize("separator", ["^", "~", "#", ":", "\x1f"])
def test_a_rare_separator_is_told_from_a_header_without_spaces(separator: str) -> None:
    content = f"id{separator}speaker{separator}text\nu1{separator}s1{separator}a b\n".encode()
    assert sniffed_format(content) == "csv"
    assert read_delimited("x", content).columns.to_pylist() == [{"id": "u1", "speaker": "s1", "text": "a b"}]


def test_ids_that_hold_a_rare_separator_are_still_kaldi() -> None:
    assert sniffed_format(b"call:A:1 good morning\ncall:A:2 good night\n") == "kaldi"


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_separator_that_a_spreadsheet_declares_is_no_header(separator: str) -> None:
    content = f"sep={separator}\r\nid{separator}text\r\nu1{separator}a b\r\n".encode()
    table = read_table(Path("x"), content)
    assert table.columns.to_pylist() == [{"id": "u1", "text": "a b"}]
    assert table.rows.tolist() == [3]


def test_two_byte_order_marks_are_no_part_of_a_name() -> None:
    table = read_delimited("x", b"\xef\xbb\xbf\xef\xbb\xbfid,text\nu1,a\n")
    assert table.columns.column_names == ["id", "text"]


def test_a_separator_inside_a_quoted_name_does_not_count() -> None:
    assert sniffed_delimiter('"a,b,c"\tid\n') == "\t"


def test_every_value_stays_the_text_it_is() -> None:
    table = read_delimited("x", b"id,accent,zip\n007,NA,null\n1e5,None, x \n")
    assert table.columns.to_pylist() == [
        {"id": "007", "accent": "NA", "zip": "null"},
        {"id": "1e5", "accent": "None", "zip": " x "},
    ]


def test_a_byte_order_mark_and_windows_line_ends_are_no_part_of_the_values() -> None:
    table = read_delimited("x", b"\xef\xbb\xbfid,text\r\nu1,a\r\n")
    assert table.columns.to_pylist() == [{"id": "u1", "text": "a"}]


def test_quotes_that_are_just_text_in_tsv_swallow_nothing() -> None:
    content = 'id\ttext\nu1\t"Hello, he said\nu2\tplain\nu3\tbye"\n'
    assert read_delimited("x", content.encode()).columns.column("text").to_pylist() == [
        '"Hello, he said',
        "plain",
        'bye"',
    ]


def test_quotes_that_pandas_wrote_in_tsv_are_taken_off() -> None:
    frame = pd.DataFrame({"id": ["u1", "u2"], "text": ['"Then do it," he said', "a\tb"]})
    table = read_delimited("x", frame.to_csv(sep="\t", index=False).encode())
    assert table.columns.to_pydict() == frame.to_dict("list")


def test_rows_are_numbered_by_the_line_they_begin_at() -> None:
    table = read_delimited("x", b'id,text\nu1,"two\nlines"\n\nu2,b\n')
    assert table.rows.tolist() == [2, 5]


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1),
            st.text(st.characters(codec="utf-8", exclude_characters="\0")),
        )
    )
)
def test_what_a_csv_writer_wrote_is_read_back(rows: list[tuple[str, str]]) -> None:
    frame = pd.DataFrame(rows, columns=["id", "text"], dtype=str)
    buffer = io.StringIO()
    frame.to_csv(buffer, index=False, quoting=1, lineterminator="\n")
    table = read_delimited("x", buffer.getvalue().encode())
    assert table.faults == ()
    assert [(row["id"], row["text"]) for row in table.columns.to_pylist()] == rows


def test_json_lines_keep_the_spelling_of_numbers_and_know_absent_from_empty() -> None:
    content = b'{"id": 1.50, "text": ""}\n\n{"id": "u2", "noisy": true, "tags": ["a"]}\n'
    table = read_jsonl("x", content)
    assert table.columns.to_pylist() == [
        {"id": "1.50", "text": "", "noisy": None, "tags": None},
        {"id": "u2", "text": None, "noisy": "true", "tags": '["a"]'},
    ]
    assert table.rows.tolist() == [1, 3]
    assert table.nested == {"tags"}


def test_a_whole_number_of_json_is_the_same_however_it_is_spelled() -> None:
    table = read_jsonl("x", b'{"speaker": 1}\n{"speaker": 1.0}\n{"speaker": -2.00}\n{"speaker": "1.0"}\n')
    assert [row["speaker"] for row in table.columns.to_pylist()] == ["1", "1", "-2", "1.0"]


def test_zero_of_json_has_no_sign() -> None:
    table = read_jsonl("x", b'{"n": 0}\n{"n": -0}\n{"n": -0.0}\n{"n": 0.00}\n{"n": -0.5}\n{"n": "-0.0"}\n')
    assert [row["n"] for row in table.columns.to_pylist()] == ["0", "0", "0", "0", "-0.5", "-0.0"]


def test_parquet_keeps_numbers_and_the_order_of_a_dictionary() -> None:
    sizes = pd.Categorical(["small", "large"], categories=["small", "medium", "large"], ordered=True)
    frame = pd.DataFrame({"size": sizes, "n": [1.5, 2.5], "flag": [True, False]})
    buffer = io.BytesIO()
    frame.to_parquet(buffer)
    columns = read_parquet("x", buffer.getvalue()).columns
    assert columns.column("size").chunk(0).dictionary.to_pylist() == ["small", "medium", "large"]
    assert columns.column("n").type == pa.float64()
    assert columns.column("flag").to_pylist() == ["true", "false"]


def test_the_format_is_told_from_content_not_from_the_name(tmp_path: Path) -> None:
    pq.write_table(pa.table({"id": ["u1"]}), tmp_path / "x.csv")
    content = (tmp_path / "x.csv").read_bytes()
    assert [sniffed_format(c) for c in (content, b' {"id": 1}', b"id,text")] == ["parquet", "jsonl", "csv"]
    assert read_table(tmp_path / "x.csv", content).columns.to_pylist() == [{"id": "u1"}]


@pytest.mark.parametrize(
    ("start", "what"),
    [(b"\x89PNG\r\n\x1a\n", "a picture"), (b"\xff\xd8\xff\xe0", "a picture"), (b"OggS\x00", "a sound file")],
)
def test_pictures_and_sound_are_told_by_their_first_bytes(start: bytes, what: str) -> None:
    [fault] = read_table(Path("x.csv"), start + bytes(range(256))).faults
    assert fault.what == f"The file is {what}."
    assert fault.advice
