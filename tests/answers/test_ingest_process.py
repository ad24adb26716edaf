"""An ingest in a process of its own: all faults arrive, and whoever stops listening stops it."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.answers.ingest_process import Made, Refused, Step, run_ingest
from dashboard.answers.ingest_requests import AddSystemRequest, IngestRequest
from dashboard.commands.dispatch import MOST_FAULTS_SHOWN
from dashboard.commands.main import main
from data.store import evaluation_names, find_evaluation

HEAD = "id,speaker,accent,reference,hypothesis\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "results.csv"
    path.write_text(HEAD + "".join(f"u{n},s{n % 4},North,one two,one too\n" for n in range(40)))
    return path


def test_options_arrive_whatever_they_hold(source: Path, tmp_path: Path) -> None:
    request = IngestRequest(
        (source,),
        "mine",
        tmp_path / "home",
        mapping=(("system:-A B", "hypothesis"),),
        label_sources=(("accent", "self"),),
        missing=("-9",),
        show_text=True,
        note="--note is text; $(rm -rf /)",
    )
    *steps, made = run_ingest(request)
    info = find_evaluation(tmp_path / "home", "mine")
    assert made == Made("mine", info.build, is_new=True)
    assert all(isinstance(step, Step) for step in steps)
    assert (info.systems, info.note) == (("-A B",), "--note is text; $(rm -rf /)")
    assert info.options["missing"] == ["-9"]
    assert info.label_sources == {"accent": "self"}


def test_names_with_the_signs_of_options_arrive(tmp_path: Path) -> None:
    source, outputs, words = tmp_path / "results.csv", tmp_path / "b=1,2.csv", tmp_path / "same.txt"
    source.write_text(
        'id,speaker,"accent, own",a=b,"said, really",hypothesis\n'
        + "".join(f'u{n},s{n % 4},"North, East",x|y,going to go,gonna go\n' for n in range(8))
    )
    outputs.write_text("id,hypothesis\n" + "".join(f"u{n},going to go\n" for n in range(8)))
    words.write_text("gonna = going to\n")
    request = IngestRequest(
        (source,),
        "mine",
        tmp_path / "home",
        systems=(("B=2, new", outputs),),
        mapping=(("reference", "said, really"), ("system:A=1", "hypothesis")),
        attributes=("accent, own", "a=b"),
        roles=(("accent, own", "speaker"), ("a=b", "condition")),
        label_sources=(("accent, own", "self"),),
        multi=(("a=b", "|"),),
        missing=("no, thanks",),
        equivalences=words,
        aligner="sclite",
        about={"purpose": "a, b = c", "systems": {"A=1": {"version": "2"}}},
    )
    [*_, made] = run_ingest(request)
    assert isinstance(made, Made), made
    info = find_evaluation(tmp_path / "home", "mine")
    assert info.systems == ("A=1", "B=2, new")
    assert [(one.name, one.role, one.levels) for one in info.attributes] == [
        ("accent, own", "speaker", ("North, East",)),
        ("a=b", "condition", ("x", "y")),
    ]
    assert info.label_sources["accent, own"] == "self"
    assert info.options["missing"] == ["no, thanks"]
    assert (info.aligner["id"], len(info.normalizer["equivalences"])) == ("sclite", 1)
    assert info.about == {"purpose": "a, b = c", "systems": {"A=1": {"version": "2"}}}


def test_a_system_is_added_in_a_process_too(source: Path, tmp_path: Path) -> None:
    [*_, made] = run_ingest(IngestRequest((source,), "mine", tmp_path / "home"))
    assert isinstance(made, Made)
    outputs = tmp_path / "b.csv"
    outputs.write_text("clip,said\n" + "".join(f"u{n},one two\n" for n in range(39)))
    mapping = (("id", "clip"), ("hypothesis", "said"))
    request = AddSystemRequest(f"mine@{made.build}", tmp_path / "home", "B=2, x", outputs, mapping)
    [*_, refused] = run_ingest(request)
    assert isinstance(refused, Refused)
    assert refused.n_faults == 1
    [*_, added] = run_ingest(replace(request, allow_missing=True))
    assert isinstance(added, Made)
    assert find_evaluation(tmp_path / "home", "mine").systems == ("hypothesis", "B=2, x")


def test_no_attribute_is_a_choice_too(source: Path, tmp_path: Path) -> None:
    [*_, made] = run_ingest(IngestRequest((source,), "mine", tmp_path / "home", attributes=()))
    assert isinstance(made, Made)
    assert find_evaluation(tmp_path / "home", "mine").attributes == ()


def test_every_fault_arrives_and_not_only_those_a_terminal_shows(source: Path, tmp_path: Path) -> None:
    source.write_text(source.read_text().replace(",s", ",,s").replace("speaker,", "speaker,x,"))
    [*_, refused] = run_ingest(IngestRequest((source,), "mine", tmp_path / "home"))
    assert isinstance(refused, Refused)
    assert len(refused.faults) == refused.n_faults == 40 > MOST_FAULTS_SHOWN
    assert refused.faults[0].row == 2
    assert not (tmp_path / "home").exists()


def test_a_refusal_without_rows_is_a_sentence(tmp_path: Path) -> None:
    [*_, refused] = run_ingest(IngestRequest((tmp_path / "none.csv",), "mine", tmp_path / "home"))
    assert isinstance(refused, Refused)
    assert "There is no file" in refused.sentence


def test_a_refusal_for_programs_is_one_line_of_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["ingest", str(tmp_path / "none.csv"), "--name", "x", "--progress", "json"]
    assert main(arguments) == 2
    refusal = json.loads(capsys.readouterr().err)
    assert (set(refusal), refusal["n_faults"]) == ({"error", "faults", "n_faults"}, 0)


def test_whoever_stops_listening_stops_it_and_nothing_is_left(source: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    running = run_ingest(IngestRequest((source,), "mine", home))
    next(running)
    before = _children()
    running.close()
    assert _children() < before
    assert evaluation_names(home) == []


def _children() -> set[int]:
    task = Path(f"/proc/{os.getpid()}/task")
    return {int(one) for each in task.iterdir() for one in (each / "children").read_text().split()}
