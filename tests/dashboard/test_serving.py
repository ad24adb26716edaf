"""What the server's process does before its first reader: evaluations prepared, one that fails left to its reader."""

from __future__ import annotations

from types import SimpleNamespace

import duckdb
import pytest

from dashboard import loading, loading_first, serving
from data.errors import InputError


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


@pytest.mark.parametrize("error", [duckdb.IOException, OSError, ValueError, InputError])
def test_a_question_that_fails_does_not_keep_others_from_being_prepared(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    asked: list[str] = []

    def fail(view: object) -> None:
        raise error("gone")

    monkeypatch.setattr(loading, "evaluations", lambda: [evaluation("a", 10), evaluation("b", 20)])
    monkeypatch.setattr(loading, "known_findings_of", fail)
    for name in ("_doctor", "_heatmap", "_subgroup", "_versions", "_trust"):
        monkeypatch.setattr(loading_first, name, fail)
    for name in ("_overview", "_card"):
        monkeypatch.setattr(loading_first, name, lambda view, name=name: asked.append(view.info.name + name))
    serving.prepare_evaluations()
    assert asked == ["a_overview", "a_card", "b_overview", "b_card"]
