"""What the server's process does before its first reader: evaluations prepared, one that fails left to its reader."""

from __future__ import annotations

import resource
import subprocess
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from dashboard import loading, loading_first, serving
from data.errors import InputError

ROOT = Path(__file__).resolve().parents[2]


def evaluation(name: str, utterances: int) -> SimpleNamespace:
    return SimpleNamespace(name=name, counts={"utterances": utterances}, systems=("A",))


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    """Names of those that were looked at, and whether with their texts; one has too many, another far too many."""
    names: list[tuple[str, bool]] = []
    sizes = {
        "a": 12_000,
        "large": serving.MOST_UTTERANCES,
        "larger": serving.MOST_OF_LARGE,
        "b": 3_000,
        "c": 2_000,
    }
    monkeypatch.setattr(loading, "evaluations", lambda: [evaluation(*one) for one in sizes.items()])

    def prepare(info: SimpleNamespace, *, with_texts: bool = True) -> None:
        names.append((info.name, with_texts))

    monkeypatch.setattr(loading_first, "prepare_first_views", prepare)
    return names


def test_small_ones_come_first_and_large_ones_without_their_texts(prepared: list[tuple[str, bool]]) -> None:
    expected = serving.prepare_evaluations()
    assert [info.name for info in expected] == ["c", "b", "a", "large"]
    assert prepared == [("c", True), ("b", True), ("a", True), ("large", False)]


@pytest.mark.parametrize("error", [duckdb.IOException, OSError, ValueError, InputError, RuntimeError])
def test_a_question_that_fails_does_not_keep_others_from_being_prepared(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    asked: list[str] = []

    def fail(view: object) -> None:
        raise error("gone")

    sizes = {"a": 10, "b": 20, "large": serving.MOST_UTTERANCES}
    monkeypatch.setattr(loading, "evaluations", lambda: [evaluation(*one) for one in sizes.items()])
    monkeypatch.setattr(loading, "known_findings_of", fail)
    for name in ("_doctor", "_heatmap", "_subgroup", "_versions", "_trust"):
        monkeypatch.setattr(loading_first, name, fail)
    for name in ("_overview", "_card"):
        monkeypatch.setattr(loading_first, name, lambda view, name=name: asked.append(view.info.name + name))
    serving.prepare_evaluations()
    assert asked == ["a_overview", "a_card", "b_overview", "b_card", "large_overview"]


def test_garbage_is_looked_for_by_the_server_and_not_after_every_click() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["runner"]["postScriptGC"] is False


@pytest.mark.skipif(sys.platform != "linux", reason="the allocator is another one")
def test_arrays_of_a_million_recordings_take_pages_that_were_used_before() -> None:
    """Pages of their own are cleared by the system for each array, which takes as long as adding it up."""
    asked = (
        "import resource, numpy as np; from dashboard.serving import use_memory_again; use_memory_again()\n"
        "x = np.ones(10**6); added = lambda n: [float((x + 1)[0]) for _ in range(n)]; added(5)\n"
        "faults = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_minflt\n"
        "before = faults(); added(50); print(faults() - before)"
    )
    faults = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert int(faults.stdout) < 8 * 10**6 / resource.getpagesize(), "fewer in fifty arrays than one has pages"
