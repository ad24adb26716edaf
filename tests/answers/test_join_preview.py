"""A preview of a join tells beforehand which rows an ingest, or add-system, would refuse."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.answers.join_preview import JoinQuestion, join_with_build
from dashboard.answers.preview import PreviewQuestion, preview
from data.add_system import add_systems
from data.add_system_options import AddedOptions
from data.errors import InputError
from data.ingest import ingest
from data.ingest_options import IngestOptions
from data.store import Build, open_build


@pytest.fixture
def references(tmp_path: Path) -> Path:
    path = tmp_path / "references.csv"
    path.write_text(
        "id,speaker,accent,reference,hypothesis\n"
        + "".join(f"u{n}.wav,s{n % 3},North,one two,one too\n" for n in range(9))
    )
    return path


@pytest.fixture
def build(references: Path, tmp_path: Path) -> Build:
    return open_build(ingest(IngestOptions("mine", (references,)), tmp_path / "home").path)


def outputs(tmp_path: Path, ids: list[str], head: str = "id,hypothesis\n") -> Path:
    path = tmp_path / "b.csv"
    path.write_text(head + "".join(f"{one},one two\n" for one in ids))
    return path


def test_a_join_is_told_before_it_is_made(build: Build, tmp_path: Path) -> None:
    path = outputs(tmp_path, ["u0.wav", "u1.mp3", "u1.wav", "other", *(f"u{n}" for n in range(2, 8))])
    found = join_with_build(build, JoinQuestion(path, 0, "B"))
    assert (found.n_known, found.n_matched, found.n_unknown, found.n_repeated) == (9, 8, 1, 1)
    assert (found.unknown, found.without) == (("other",), ("u8.wav",))
    assert not found.is_whole
    with pytest.raises(InputError) as refused:
        add_systems(build, AddedOptions({"B": path}))
    assert len(refused.value.faults) == found.n_unknown + found.n_repeated + len(found.without)


def test_what_joins_wholly_is_added(build: Build, tmp_path: Path) -> None:
    path = outputs(tmp_path, [f"u{n}" for n in range(9)])
    found = join_with_build(build, JoinQuestion(path, 0, "B"))
    assert (found.is_whole, found.fields) == (True, {"id": "id", "hypothesis": "hypothesis"})
    assert add_systems(build, AddedOptions({"B": path})).made.is_new


def test_a_column_that_is_not_recognised_can_be_named(build: Build, tmp_path: Path) -> None:
    path = outputs(tmp_path, [f"u{n}" for n in range(9)], "clip,output,score\n")
    path.write_text(path.read_text().replace("one two\n", "one two,1\n"))
    question = JoinQuestion(path, 0, "B")
    assert {one.field for one in join_with_build(build, question).problems} == {"id", "hypothesis"}
    named = replace(question, mapping=(("id", "clip"), ("hypothesis", "output")))
    assert join_with_build(build, named).is_whole


def test_files_of_systems_and_attributes_are_joined_in_the_preview(references: Path, tmp_path: Path) -> None:
    table = tmp_path / "speakers.csv"
    table.write_text("speaker,gender\ns0,woman\ns1,man\n")
    path = outputs(tmp_path, [f"u{n}" for n in range(8)])
    question = replace(
        PreviewQuestion.of(references), systems=(("B", path, 0),), attribute_files=((table, 0),)
    )
    seen = preview(question)
    system, speakers = seen.joined
    assert (system.n_matched, system.n_known, system.kind) == (8, 9, "recording")
    assert (speakers.n_matched, speakers.n_known, speakers.kind) == (2, 3, "speaker")
    assert [one.name for one in seen.attributes] == ["accent", "gender"]
