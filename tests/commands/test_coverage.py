"""`fairhearing coverage`: one JSON document, the same numbers as the answer, sentences for what cannot be asked."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from dashboard.commands.main import main
from tests.answers.made_up import made_up_build, made_up_frame


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    made_up_build(folder, frame())
    return folder


def frame() -> pd.DataFrame:
    """Nobody of East was recorded in babble."""
    made = made_up_frame(3, n_speakers=60, per_speaker=8, missing=0.0)
    return made.assign(noise=made["noise"].where(made["accent"] != "East", "quiet"))


def document(home: Path, capsys: pytest.CaptureFixture[str], *options: str) -> dict:
    assert main(["coverage", "made-up", "--home", str(home), "--format", "json", *options]) == 0
    return json.loads(capsys.readouterr().out)


def test_json_is_one_document_with_its_keys(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = document(home, capsys, "--by", "accent,noise")
    assert {
        "evaluation",
        "build",
        "settings",
        "audience",
        "selection",
        "t",
        "missing",
        "cells",
        "next",
    } <= set(found)
    assert set(found["t"]) == {"1", "2", "3"}
    assert found["t"]["3"] is None
    assert set(found["next"][0]) == {
        "record",
        "speakers",
        "conditions",
        "untested",
        "speakers_after",
        "half_width_before",
        "half_width_after",
    }
    assert {"group", "n_speakers", "rate", "low", "high", "detectable_ratio"} <= set(found["cells"][0])


def test_shares_are_those_of_a_plain_count(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = document(home, capsys, "--by", "accent,noise,device")
    scored, columns = frame(), ["accent", "noise", "device"]
    speakers = scored[scored["reference"] != ""].groupby(columns)["speaker_id"].nunique()
    assert found["t"]["3"]["combinations"] == 3 * 2 * 3
    assert found["t"]["3"]["covered"] == int((speakers >= 10).sum())
    by_cell = {tuple(cell["group"].values()): cell["n_speakers"] for cell in found["cells"]}
    assert {key: n for key, n in by_cell.items() if n} == speakers.to_dict()


def test_what_is_missing_is_named_once_and_recorded_next(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = document(home, capsys, "--by", "accent,noise,device")
    assert found["missing"] == [{"accent": "East", "noise": "babble"}]
    assert found["next"][0]["record"] == {"accent": "East"}
    assert all(one["noise"] == "babble" for one in found["next"][0]["conditions"][:3])


def test_groups_that_a_filter_hides_are_neither_missing_nor_to_be_recorded(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = document(home, capsys, "--by", "accent,noise", "--where", "accent = 'East'")
    assert [found["t"][t]["combinations"] for t in ("1", "2")] == [1 + 2, 2]
    assert found["missing"] == [{"noise": "babble"}]
    assert [one["record"] for one in found["next"]] == [{"accent": "East"}] * len(found["next"])
    everything = document(home, capsys, "--by", "accent,noise")
    assert {"accent": "North"} in [one["record"] for one in everything["next"]]


def test_where_only_some_combinations_are_shown_only_they_are_asked_for(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = "not (accent = 'East' and noise = 'babble')"
    found = document(home, capsys, "--by", "accent,noise", "--where", where)
    assert found["t"]["2"]["combinations"] == 3 * 2 - 1
    assert found["missing"] == []
    east = [one["conditions"] for one in found["next"] if one["record"] == {"accent": "East"}]
    assert all(conditions == [{"noise": "quiet"}] for conditions in east)
    assert found["still_too_few"] == 0


def test_the_report_is_in_sentences(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coverage", "made-up", "--home", str(home), "--by", "accent,noise"]) == 0
    report = capsys.readouterr().out
    assert "Of the combinations of accent and noise, 5 of 6 were tested with enough speakers" in report
    assert "more speakers with accent East, each in babble and quiet" in report
    assert "Nobody was recorded in 1 of these 2 so far" in report


def test_the_report_names_the_group_that_all_missing_combinations_are_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = made_up_frame(3, n_speakers=60, per_speaker=8, missing=0.0)
    east = made.loc[made["accent"] == "East", "speaker_id"].unique()
    made_up_build(tmp_path, made[~made["speaker_id"].isin(east[4:])])
    assert main(["coverage", "made-up", "--home", str(tmp_path), "--by", "accent,noise"]) == 0
    report = " ".join(capsys.readouterr().out.split())
    assert "4 of 6 were tested with enough speakers; the 2 that are missing are all of East." in report


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--by", "acent"], "did you mean 'accent'"),
        (["--system", "other"], "There is no system 'other'"),
        (["--by", "accent", "--where", "accent is null"], "The filter shows no combination of accent"),
    ],
)
def test_what_cannot_be_asked_is_a_sentence(
    home: Path, capsys: pytest.CaptureFixture[str], options: list[str], sentence: str
) -> None:
    assert main(["coverage", "made-up", "--home", str(home), *options]) == 2
    assert sentence in capsys.readouterr().err


def test_without_attributes_there_is_nothing_to_cover(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "bare.csv"
    frame()[["utterance_id", "speaker_id", "reference", "hypothesis"]].to_csv(source, index=False)
    assert main(["ingest", str(source), "--name", "bare", "--home", str(tmp_path)]) == 0
    assert main(["coverage", "bare", "--home", str(tmp_path)]) == 2
    assert "no attributes" in capsys.readouterr().err


def test_whom_the_plan_means_and_nobody_recorded_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made_up_build(tmp_path / "home", frame())
    plan = {"populations": {"noise": ["quiet", "babble", "wind"]}, "groupings": [["accent"]]}
    (tmp_path / "plan.json").write_text(json.dumps(plan), "utf-8")
    command = ["plan", "made-up", "--home", str(tmp_path / "home"), "--file", str(tmp_path / "plan.json")]
    assert main(command) == 0
    capsys.readouterr()
    found = document(tmp_path / "home", capsys, "--by", "noise")
    assert {"noise": "wind"} in found["missing"]
    found = document(tmp_path / "home", capsys, "--by", "noise", "--where", "noise = 'quiet'")
    assert found["missing"] == []


def test_whom_the_plan_means_and_nobody_recorded_is_to_be_recorded_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made_up_build(tmp_path / "home", frame())
    plan = {"populations": {"accent": ["West"], "noise": ["wind"]}, "groupings": [["accent"]]}
    (tmp_path / "plan.json").write_text(json.dumps(plan), "utf-8")
    command = ["plan", "made-up", "--home", str(tmp_path / "home"), "--file", str(tmp_path / "plan.json")]
    assert main(command) == 0
    capsys.readouterr()
    found = document(tmp_path / "home", capsys, "--by", "accent,noise")
    west = [one for one in found["next"] if one["record"] == {"accent": "West"}]
    assert {"noise": "wind"} in [condition for one in west for condition in one["conditions"]]
    assert all(one["speakers_after"] >= 10 for one in found["next"])
    assert found["still_too_few"] == 0
    assert main(["coverage", "made-up", "--home", str(tmp_path / "home"), "--by", "accent,noise"]) == 0
    said = next(line for line in capsys.readouterr().out.splitlines() if "West" in line and "Record" in line)
    assert "Nobody was recorded" in said
    after = next(one["speakers_after"] for one in west)
    assert f"each of these has {after} speakers or more" in said
