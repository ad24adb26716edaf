"""What a command says and leaves behind when the machine does not play along."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.commands.main import main
from data.lock import locked

ROOT = Path(__file__).resolve().parents[2]
HEADER = "id,speaker,accent,ref,hyp\n"

# Presses Ctrl-C in the middle of the writing of a build.
INTERRUPTED = """
import os, signal, sys
import data.marginals
data.marginals.write_marginals = lambda *_: os.kill(os.getpid(), signal.SIGINT)
from dashboard.commands.main import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.setenv("FAIRHEARING_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("FAIRHEARING_DEBUG", raising=False)
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_text(HEADER + "u1,s1,us,a b,a b\nu2,s2,uk,a b,b\n")
    Path("more.csv").write_text(HEADER + "u1,s1,us,a b,a b\nu2,s2,uk,a b,b\nu3,s2,uk,a,b\n")
    Path("b.csv").write_text("id,hyp\nu1,a\nu2,b\n")
    assert main(["ingest", "in.csv", "--name", "x"]) == 0
    capsys.readouterr()
    return tmp_path / "home"


def files(home: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and path.name != "lock"
    }


WRITING = {
    "ingest over it": ["ingest", "more.csv", "--name", "x"],
    "first ingest": ["ingest", "in.csv", "--name", "new"],
    "add-system": ["add-system", "x", "--system", "B=b.csv"],
}


def small_files_only() -> None:
    """Makes every file of the child full at 300 kB, as a disk may be."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))


@pytest.mark.parametrize("case", WRITING)
def test_a_full_disk_is_one_sentence_and_nothing_has_changed(home: Path, tmp_path: Path, case: str) -> None:
    before = files(home)
    ran = subprocess.run(
        [sys.executable, "-m", "dashboard.commands.main", *WRITING[case]],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=small_files_only,
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "the disk is full. What was there before is as it was." in ran.stderr
    assert len(ran.stderr.splitlines()) == 1
    assert files(home) == before
    assert not (home / "new").exists()


def test_ctrl_c_is_one_sentence_and_nothing_has_changed(home: Path, tmp_path: Path) -> None:
    before = files(home)
    command = [sys.executable, "-c", INTERRUPTED, "ingest", str(tmp_path / "more.csv"), "--name", "x"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ})
    assert (ran.returncode, ran.stdout) == (130, "")
    assert ran.stderr.strip() == "Stopped. Nothing that was there before has changed."
    assert files(home) == before


@pytest.mark.parametrize("case", WRITING)
def test_a_home_that_cannot_be_written_is_one_sentence(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    monkeypatch.setattr("data.publishing.os.access", lambda *_: False)
    before = files(home)
    assert main(WRITING[case]) == 2
    shown = capsys.readouterr().err
    assert f"{home} cannot be written: it may not be changed by this user, or is read-only." in shown
    assert len(shown.splitlines()) == 1
    assert files(home) == before


@pytest.mark.parametrize(
    "command",
    [
        *WRITING.values(),
        ["list"],
        ["rates", "x"],
        ["sample"],
        ["serve", "--no-browser"],
        ["remove", "x", "--yes"],
    ],
)
def test_a_home_that_is_a_file_is_one_sentence(
    home: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    assert main([*command, "--home", "in.csv"]) == 2
    shown = capsys.readouterr()
    assert (shown.out, len(shown.err.splitlines())) == ("", 1)
    assert "in.csv is a file, and evaluations live in a folder." in shown.err


@pytest.mark.parametrize(
    "command", [WRITING["ingest over it"], WRITING["add-system"], ["remove", "x", "--yes"]]
)
def test_another_writer_is_one_sentence(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setattr("data.lock.LOCK_WAIT_S", 0.05)
    before = files(home)
    with locked(home / "x", wait_s=1):
        assert main(command) == 2
    shown = capsys.readouterr().err
    assert f"Another process (process {os.getpid()}) is writing x and has not ended." in shown
    assert len(shown.splitlines()) == 1
    assert files(home) == before
