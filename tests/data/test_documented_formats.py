"""Every example of docs/formats.md is made as it stands there and can be ingested as it says."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from dashboard.commands.main import main
from dashboard.wording_formats import FORMATS as NAMES_OF_THE_COMMAND
from data.formats.packed import MOST_MEMBERS, most_unpacked_bytes
from data.formats.registry import FORMATS
from data.store import EvaluationInfo, find_evaluation
from tests.data.made_up import ROOT

PAGE = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
SECTIONS = {part.split("\n", 1)[0]: part for part in PAGE.split("\n## ")[1:]}
BLOCK = re.compile(r"```(\w+)(?: file=(\S+)[^\n]*)?\n(.*?)```", re.DOTALL)


def ingested_examples(section: str, home: Path) -> list[EvaluationInfo]:
    """Make the files of a section in the current folder and run its commands, in the order of the page."""
    found = []
    for kind, file, content in BLOCK.findall(SECTIONS[section]):
        if kind == "text":
            Path(file).parent.mkdir(parents=True, exist_ok=True)
            Path(file).write_text(content, encoding="utf-8")
        elif kind == "python":
            exec(content, {"pd": pd, "pa": pa, "os": os, "Path": Path})  # noqa: S102
        else:
            command = content.strip().removeprefix("$ fairhearing ")
            assert main([*shlex.split(command), "--home", str(home)]) == 0, command
            found.append(find_evaluation(home, "example"))
    return found


@pytest.mark.parametrize("section", SECTIONS)
def test_the_example_of_a_format_can_be_ingested(
    section: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.marginals.write_marginals", lambda _connection: None)
    monkeypatch.chdir(tmp_path)
    infos = ingested_examples(section, tmp_path / "home")
    assert infos
    for info in infos:
        assert info.counts["utterances"] >= 1
        assert [one["rows"] for one in info.inputs if one["system"] is None] == [info.counts["utterances"]]
        if ":" in section:
            assert info.inputs[0]["format"] == section.partition(":")[0]


def test_every_format_has_a_section_and_can_be_named() -> None:
    assert {section.partition(":")[0] for section in SECTIONS if ":" in section} == {*FORMATS}
    assert {*FORMATS} == {*NAMES_OF_THE_COMMAND}


def test_the_limits_of_archives_are_documented() -> None:
    assert f"{most_unpacked_bytes():,} bytes" in PAGE
    assert f"{MOST_MEMBERS:,} files" in PAGE
