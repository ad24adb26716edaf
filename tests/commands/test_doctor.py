"""`fairhearing doctor`: a report with exit code 0, one JSON document, and a sentence for what is not there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dashboard.commands.main import main
from data.doctor import DoctorFault
from tests.data.doctor.made_up import made_up_build, sound_frame


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    frame = sound_frame()
    made_up_build(folder, frame.assign(gender=frame["gender"].where(frame.index % 4 > 0, "NA")))
    return folder


def test_json_is_one_document_with_every_key(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "made-up", "--home", str(home), "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    head = {
        *("evaluation", "build", "settings", "plan", "audience", "selection", "notice", "family"),
        *("label_sources", "unit"),
    }
    assert set(document) == {*head, "faults"}
    [fault] = document["faults"]
    assert set(fault) == set(DoctorFault.__dataclass_fields__)
    assert (fault["code"], fault["where"], fault["count"]) == ("placeholder-value", "gender", 120)


def test_the_report_says_what_it_means_and_what_to_do(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "made-up", "--home", str(home)]) == 0
    report = capsys.readouterr().out
    assert "1 warning" in report
    assert '120 of 480 utterances have the gender "NA"' in report
    assert "This means:" in report
    assert "--missing NA" in report


def test_a_sound_evaluation_is_no_certificate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made_up_build(tmp_path, sound_frame())
    assert main(["doctor", "made-up", "--home", str(tmp_path)]) == 0
    report = capsys.readouterr().out
    assert "nothing found" in report
    assert "cannot see" in report


def test_an_unknown_evaluation_is_bad_input(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "made-upp", "--home", str(home)]) == 2
    assert '"made-up"' in capsys.readouterr().err
