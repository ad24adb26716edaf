"""Whatever a file holds, a reader gives its rows or names them: never a traceback, never a silent loss."""

from __future__ import annotations

import contextlib
import io
import json
import re
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from data.errors import InputError
from data.formats.registry import FORMATS, read_table
from data.formats.source_table import SourceTable
from data.ingest import ingest
from data.ingest_options import IngestOptions

FEW = settings(max_examples=60, deadline=None)
FEWER = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
PIECES = st.sampled_from(
    [
        *(
            "u1",
            "s1-u2",
            " ",
            "  ",
            "\t",
            ",",
            ";",
            ";;",
            "\n",
            "\n\n",
            "(",
            ")",
            "(s1-u1)",
            "{",
            "}",
            "[",
            "]",
            "<o,f>",
        ),
        *(
            "id: (s1-u1)",
            "REF: a B",
            "HYP: a C",
            ">> REF: x",
            "Scores: (#C #S #D #I) 1 1 0 0",
            "Eval:",
            "***",
        ),
        *(
            '"',
            '"id"',
            ":",
            '{"id":"u1"}',
            '{"audio_filepath":"a"}',
            "null",
            "0",
            "1.5",
            "-1",
            "nan",
            "1e999",
        ),
        *(
            "id",
            "speaker",
            "reference",
            "hypothesis",
            "words",
            "errors",
            "é",
            "漢",
            "\u202e",
            "\ufeff",
            "c A s1 0 1 a",
        ),
        "IGNORE_TIME_SEGMENT_IN_SCORING",
    ]
)
TEXTS = st.lists(PIECES | st.text(st.characters(exclude_categories=["Cs"]), max_size=4), max_size=40).map(
    "".join
)
LINES = TEXTS.filter(lambda text: "\r" not in text and "\0" not in text and not text.startswith("\ufeff"))


def accounted_for(table: SourceTable) -> set[int]:
    """Rows that were read or are named by a fault."""
    return {*table.rows.tolist(), *(fault.row for fault in table.faults if fault.row is not None)}


def said_lines(text: str, comment: str | None = None) -> set[int]:
    lines = enumerate(text.split("\n"), start=1)
    return {
        row for row, line in lines if line.strip() and not (comment and line.lstrip().startswith(comment))
    }


def left_out(table: SourceTable) -> int:
    found = [re.match(r"([\d,]+) segments? (?:is|are) marked", notice) for notice in table.notices]
    return sum(int(match[1]) for match in found if match)


@FEW
@given(LINES)
@example("a\n\n(x)")
def test_every_line_of_kaldi_and_of_transcripts_is_a_row_or_a_fault(text: str) -> None:
    content = text.encode()
    assert accounted_for(FORMATS["kaldi"].read("x", content)) == said_lines(text)
    assert accounted_for(FORMATS["trn"].read("x", content)) == said_lines(text, ";;")


@FEW
@given(LINES)
@example("c A s 0 1 a\nc A s 1 2 ignore_time_segment_in_scoring\n")
def test_every_segment_is_a_row_a_fault_or_marked_as_not_to_be_scored(text: str) -> None:
    table = FORMATS["stm"].read("x", text.encode())
    assert len(accounted_for(table)) + (left_out(table)) == len(said_lines(text, ";;"))


@FEW
@given(LINES.filter(lambda text: not text.lstrip().startswith("[")))
def test_every_line_of_json_is_a_row_or_a_fault(text: str) -> None:
    for name in ("jsonl", "nemo"):
        assert accounted_for(FORMATS[name].read("x", text.encode())) == said_lines(text)


@FEW
@given(LINES.map(lambda text: text.replace('"', "")))
def test_every_line_below_the_header_is_a_row_or_a_fault(text: str) -> None:
    table = FORMATS["csv"].read("x", text.encode())
    lines = [row for row, line in enumerate(text.split("\n"), start=1) if line]
    if any(" times; a name must be unique" in fault.what for fault in table.faults) or not text.strip():
        assert len(table.rows) == 0
    else:
        assert accounted_for(table) == {*lines[1:]}


@FEW
@given(LINES)
@example("id: (a)\nScores: (#C #S #D #I) 1 0 0 0\nREF: a\nHYP: a\nid: (b)\nREF: x\n")
def test_every_alignment_is_a_row_or_a_fault(text: str) -> None:
    begun = {row for row, line in enumerate(text.split("\n"), start=1) if re.match(r"id:\s*\(.*\)\s*$", line)}
    assert accounted_for(FORMATS["pra"].read("x", text.encode())) >= begun


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
SEGMENTS = st.dictionaries(
    st.sampled_from(["session_id", "speaker", "start_time", "end_time", "words", "id", "segment_id"])
    | st.text(max_size=3),
    SCALARS | st.lists(SCALARS, max_size=2),
    max_size=7,
)


@FEW
@given(st.lists(SEGMENTS | SCALARS, max_size=6))
def test_every_segment_of_a_list_is_a_row_or_a_fault(segments: list[Any]) -> None:
    table = FORMATS["seglst"].read("x", json.dumps(segments).encode())
    assert accounted_for(table) == {*range(1, len(segments) + 1)}


def written(kind: str, n_rows: int) -> bytes:
    table = pa.table({"id": [f"u{row}" for row in range(n_rows)], "n": list(range(n_rows))})
    buffer = io.BytesIO()
    if kind == "parquet":
        pq.write_table(table, buffer)
    else:
        with pa.ipc.new_stream(buffer, table.schema) as writer:
            writer.write_table(table)
    return buffer.getvalue()


@FEW
@given(st.sampled_from(["parquet", "arrow"]), st.integers(1, 30), st.floats(0, 1), st.binary(max_size=8))
def test_a_damaged_binary_file_is_read_whole_or_is_a_fault(
    kind: str, n_rows: int, where: float, replacement: bytes
) -> None:
    content = written(kind, n_rows)
    place = int(where * len(content))
    damaged = content[:place] + replacement + content[place + len(replacement) :]
    assert len(FORMATS[kind].read("x", content).rows) == n_rows
    table = FORMATS[kind].read("x", damaged)
    assert table.faults or table.columns.num_columns == 0 or len(table.rows) == len(table.columns)


@FEW
@given(st.binary(max_size=300) | TEXTS.map(str.encode))
def test_any_bytes_are_a_table_or_faults_in_every_format(content: bytes) -> None:
    for name in (None, *FORMATS):
        table = read_table(Path("x"), content, name)
        assert table.faults or table.columns.num_columns
        assert len(table.rows) == table.columns.num_rows


EXAMPLES: dict[str, bytes] = {
    "csv": b"id,speaker,accent,reference,hypothesis\nu1,s1,us,a b,a c\nu2,s2,uk,d e,d e\n",
    "counts": b"id,speaker,N,S,D,I\nu1,s1,5,1,1,0\nu2,s2,6,0,0,2\n",
    "nemo": b'{"audio_filepath":"a.wav","duration":1.5,"speaker":"s","text":"a","pred_text":"b"}\n' * 2,
    "pra": b"id: (s1-u1)\nScores: (#C #S #D #I) 1 1 0 0\nREF: a B\nHYP: a C\n",
    "seglst": b'[{"session_id":"c","speaker":"s","start_time":0,"end_time":1,"words":"a","hypothesis":"b"}]',
    "parquet": written("parquet", 3),
}


@FEWER
@given(
    st.sampled_from(sorted(EXAMPLES)),
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=3)), min_size=1, max_size=3),
)
def test_a_damaged_file_becomes_a_build_or_faults(
    tmp_path: Path,
    kind: str,
    damages: list[tuple[float, bytes]],
) -> None:
    content = EXAMPLES[kind]
    for where, replacement in damages:
        place = int(where * len(content))
        content = content[:place] + replacement + content[place + len(replacement) :]
    (tmp_path / "in").write_bytes(content)
    options = IngestOptions("x", (tmp_path / "in",), missing_speaker="one", allow_missing=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("data.marginals.write_marginals", lambda _connection: None)
        with contextlib.suppress(InputError):
            assert ingest(options, tmp_path / "home").path.exists()
