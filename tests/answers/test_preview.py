"""A preview guesses what an ingest does with the same options, and looks at no more than it must."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.answers import preview as room
from dashboard.answers.preview import PreviewQuestion, preview
from dashboard.wording_data import problem_sentence
from data.errors import InputError
from data.ingest import ingest
from data.ingest_options import IngestOptions
from data.store import open_build
from tests.answers.made_up import made_up_frame


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "made-up.csv"
    made_up_frame(2, n_speakers=20).assign(remark=lambda frame: "note " + frame["utterance_id"]).to_csv(
        path, index=False
    )
    return path


def test_a_preview_guesses_what_an_ingest_makes(source: Path, tmp_path: Path) -> None:
    seen = preview(PreviewQuestion.of(source))
    info = open_build(ingest(IngestOptions("made-up", (source,)), tmp_path / "home").path).info
    # What an ingest works out by itself is no column, so there is nothing to decide about it.
    assert seen.attributes == tuple(one for one in info.attributes if not one.derived)
    assert seen.left_out == info.not_attributes
    assert {**seen.fields, **{f"system:{name}": one for name, one in seen.systems.items()}} == info.inputs[0][
        "columns"
    ]
    assert (seen.format, seen.n_rows, seen.is_whole) == ("csv", 160, True)
    assert len(seen.rows) == room.ROWS_SHOWN


def test_a_field_without_a_column_is_a_problem_until_it_is_chosen(source: Path) -> None:
    source.write_text(source.read_text().replace("reference", "said", 1))
    question = PreviewQuestion.of(source)
    seen = preview(question)
    assert [fault.field for fault in seen.problems] == ["reference"]
    assert seen.fields["speaker"] == "speaker_id"
    assert preview(replace(question, mapping=(("reference", "said"),))).problems == ()


def test_of_a_long_file_only_whole_lines_of_the_beginning_are_read(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "MOST_BYTES_READ", 3_000)
    seen = preview(PreviewQuestion.of(source))
    assert not seen.is_whole
    assert 0 < seen.n_rows < 160
    assert (seen.n_faults, seen.problems) == (0, ())


def test_counts_are_told_from_texts(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text("speaker,accent,words,errors\ns1,North,10,2\ns2,South,9,1\n")
    seen = preview(PreviewQuestion.of(path))
    assert seen.counted == {"hypothesis": ("words", "errors")}
    assert (seen.systems, seen.problems) == ({}, ())


@pytest.mark.parametrize("path", ["/no/such/file", "/dev/zero", "\0"])
def test_what_is_no_file_is_a_sentence(path: str) -> None:
    with pytest.raises(InputError, match=r"no file|neither"):
        PreviewQuestion.of(Path(path))


def test_objects_in_a_column_are_a_problem_before_anything_is_made(tmp_path: Path) -> None:
    path = tmp_path / "nested.jsonl"
    line = (
        '{"id": "u1", "speaker": {"id": "s1", "accent": "North"}, "reference": "one", "hypothesis": "one"}\n'
    )
    path.write_text(line)
    [problem] = preview(PreviewQuestion.of(path)).problems
    assert problem.field == "speaker"
    assert "lists, objects or bytes" in problem_sentence(problem)
    assert "No column is recognised" not in problem_sentence(problem)
