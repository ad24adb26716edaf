"""Who gave the labels stands in every table, CSV file and document, and guessed ones are called so."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from dashboard.commands.main import main
from tests.answers.made_up import made_up_build, made_up_frame

SOURCES = {"accent": "inferred", "noise": "annotator"}
COMMANDS = {
    "rates": ["--by", "accent,noise", "--system", "hypothesis"],
    "sensitivity": ["--by", "accent,noise", "--system", "hypothesis"],
    "compare": ["--by", "accent,noise"],
    "adjust": ["--attribute", "accent", "--for", "noise", "--system", "hypothesis"],
    "coverage": ["--by", "accent,noise", "--system", "hypothesis"],
    "doctor": [],
}
IN_WORDS = "accent: guessed by software; noise: given by annotators"
GUESSED = "Groups by accent were guessed by software: no claim is made about them."


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    made = made_up_frame(4, n_speakers=45, per_speaker=6, missing=0.0)
    made["hypothesis_other"] = made["hypothesis"].str.replace("alpha", "")
    made = made.rename(columns={"hypothesis": "hypothesis_hypothesis"})
    made_up_build(folder, made, label_sources=SOURCES)
    return folder


def written(home: Path, capfd: pytest.CaptureFixture[str], command: str, output_format: str) -> str:
    assert main([command, "made-up", "--home", str(home), *COMMANDS[command], "--format", output_format]) == 0
    return capfd.readouterr().out


@pytest.mark.parametrize("command", COMMANDS)
def test_in_tables(home: Path, capfd: pytest.CaptureFixture[str], command: str) -> None:
    said = " ".join(written(home, capfd, command, "table").split())
    assert IN_WORDS in said
    assert GUESSED in said


@pytest.mark.parametrize("command", ["rates", "compare"])
def test_no_table_has_a_verdict_on_guessed_groups(
    home: Path, capfd: pytest.CaptureFixture[str], command: str
) -> None:
    lines = written(home, capfd, command, "table").splitlines()
    rows = [line for line in lines if re.match(r"\S+ +(quiet|loud|clean|babble)\b", line)]
    assert rows
    assert all("guessed labels, no verdict" in row for row in rows)


@pytest.mark.parametrize("command", ["rates", "sensitivity", "compare", "adjust"])
def test_in_csv_files(home: Path, capfd: pytest.CaptureFixture[str], command: str) -> None:
    assert f"# labels: {IN_WORDS}" in written(home, capfd, command, "csv").splitlines()


@pytest.mark.parametrize("command", COMMANDS)
def test_in_documents(home: Path, capfd: pytest.CaptureFixture[str], command: str) -> None:
    found = json.loads(written(home, capfd, command, "json"))["label_sources"]
    assert {name: found[name] for name in SOURCES} == SOURCES
    assert command == "doctor" or set(found) == set(SOURCES)
