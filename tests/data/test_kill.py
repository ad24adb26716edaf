"""kill -9 at any moment of an ingest: every reader sees a whole older or a whole newer build, and nothing is left."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.data.made_up import ROOT


def killed(
    folder: Path, n_random: int, n_steps: int, seed: int
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    command = [
        sys.executable,
        "-m",
        "tests.data.killed_ingests",
        str(folder),
        str(n_random),
        str(n_steps),
        str(seed),
    ]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    *lines, end = map(json.loads, ran.stdout.splitlines())
    return lines, {**end, "said": ran.stderr}


def check(lines: list[dict[str, Any]], end: dict[str, Any]) -> None:
    for line in lines:
        assert line["found"] in {line["before"], line["ingested"]}, line
        assert line["found"] in line["kept"], line
    assert end["reader"] == 0, f"the reader that had a build open met one that was not whole: {end['said']}"
    assert end["last"] == 1_000
    for names in (end["swept"], end["after"]):
        whole = {name.removesuffix(".duckdb") for name in names if name.endswith(".duckdb")}
        assert {*names} == {
            "lock",
            "current",
            *(f"{name}{end}" for name in whole for end in (".duckdb", ".json")),
        }
        assert all(re.fullmatch("[0-9a-f]{12}", name) for name in whole)
    assert len([name for name in end["after"] if name.endswith(".duckdb")]) == 3


def test_a_kill_at_any_moment_leaves_a_whole_build(tmp_path: Path) -> None:
    lines, end = killed(tmp_path, n_random=4, n_steps=5, seed=1)
    check(lines, end)
    in_writing = [line for line in lines if line["kind"] == "writing"]
    assert any(line["left"] for line in in_writing), "no kill met the writing of a build"
    steps = [line for line in lines if line["kind"] == "step"]
    assert all(line["killed"] for line in steps)
    assert {line["found"] == line["ingested"] for line in steps} == {True, False}


@pytest.mark.long
def test_thirty_kills_at_random_moments_leave_whole_builds(tmp_path: Path) -> None:
    lines, end = killed(tmp_path, n_random=30, n_steps=12, seed=2_026)
    check(lines, end)
    at_random = [line for line in lines if line["kind"] != "step"]
    assert len(at_random) == 30
    assert sum(line["killed"] for line in at_random) >= 20
    assert sum(bool(line["left"]) for line in at_random) >= 5
