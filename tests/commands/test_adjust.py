"""`fairhearing adjust`: every group of an attribute or a subgroup, as table, CSV and one JSON document."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from dashboard.answers.adjust import AdjustQuestion, adjust_for
from dashboard.answers.adjust_document import gap_rows
from dashboard.commands.main import main
from data.store import find_evaluation, open_build
from tests.answers.made_up import made_up_build, made_up_frame
from tests.answers.test_adjust_subgroup import HELD, SOUTH

WHERE = ["--where", "accent = 'South'"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    made_up_build(folder, made_up_frame(11, n_speakers=60))
    return folder


def printed(home: Path, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert main(["adjust", "made-up", "--home", str(home), *options]) == 0
    return capsys.readouterr().out


def test_the_table_leads_with_a_sentence(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(home, capsys, *WHERE)
    assert "with noise and device held equal (standardised, over 100% of the words)." in said.splitlines()[0]
    assert "Cramér’s V" in said
    assert "the gap changes with noise" in said.replace("The gap", "the gap")
    assert "times the typical rate" in said


def test_every_group_of_an_attribute_has_a_line(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(home, capsys, "--attribute", "accent", "--for", "noise")
    assert "of 3 accents as recorded" in said.splitlines()[0]
    assert {line.split()[0] for line in said.splitlines()[4:7]} == {"North", "South", "East"}


def test_groups_of_few_speakers_are_not_counted_in_the_first_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made_up_build(tmp_path, made_up_frame(11, n_speakers=18))
    said = printed(tmp_path, capsys, "--attribute", "accent", "--for", "noise")
    assert said.startswith("hypothesis: none of 3 accents is large enough for its gap to be told")
    frame = made_up_frame(11, n_speakers=40)
    frame["accent"] = frame["accent"].replace("East", "South").mask(frame["speaker_id"] == "s3", "West")
    made_up_build(tmp_path / "other", frame)
    said = printed(tmp_path / "other", capsys, "--attribute", "accent", "--for", "noise")
    assert "of 2 accents as recorded" in said.splitlines()[0]
    assert said.splitlines()[0].endswith("1 more is too small to be counted and marked in the table.")
    [alone] = [line for line in said.splitlines() if line.startswith("West")]
    assert alone.endswith("too few speakers, words or errors: never judged")


def test_csv_holds_what_the_answer_holds(home: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["adjust", "made-up", "--home", str(home), *WHERE, "--format", "csv"]) == 0
    lines = capsysbinary.readouterr().out.decode().splitlines()
    assert "# held equal: noise, device" in lines
    rows = list(csv.DictReader(io.StringIO("\n".join(line for line in lines if not line.startswith("#")))))
    build = open_build(find_evaluation(home, "made-up").path)
    [row] = gap_rows(adjust_for(build, AdjustQuestion(None, HELD, where=SOUTH)))
    for kind in ("raw", "standardised", "modelled"):
        [written] = [one for one in rows if one["estimate"] == kind]
        assert {key: float(written[key]) for key in ("ratio", "low", "high")} == {
            key: row[kind][key] for key in ("ratio", "low", "high")
        }
    assert {one["part"] for one in rows} == {"gap", "spread", "by condition"}


def test_json_is_one_document(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(printed(home, capsys, *WHERE, "--format", "json"))
    assert found["attribute"] == "subgroup"
    assert found["for"] == ["noise", "device"]
    assert {"rows", "association", "spread", "by_condition", "interaction", "speaker_spread"} <= set(found)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ([], "Name an attribute with --attribute, or describe a subgroup"),
        (["--group", "South", *WHERE], "--group names a group of --attribute"),
        (["--attribute", "accent", "--against", "peers"], "--against is for a subgroup"),
        (["--attribute", "accent", "--group", "Suth"], "no group 'Suth' of accent"),
        (["--attribute", "accent", "--audience", "public"], "not published"),
    ],
)
def test_what_cannot_be_asked_is_a_sentence(
    home: Path, capsys: pytest.CaptureFixture[str], options: list[str], says: str
) -> None:
    assert main(["adjust", "made-up", "--home", str(home), *options]) == 2
    assert says in capsys.readouterr().err
