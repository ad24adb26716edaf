"""What the server's process does before its first reader: small evaluations prepared, one that fails left to its reader."""

from __future__ import annotations

from types import SimpleNamespace

import duckdb
import pytest

from dashboard import loading, loading_card, serving
from data.errors import InputError


def evaluation(name: str, utterances: int) -> SimpleNamespace:
    return SimpleNamespace(name=name, counts={"utterances": utterances})


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of those that were looked at, one of which is too large."""
    names: list[str] = []
    sizes = {"a": 12_000, "large": serving.MOST_UTTERANCES, "b": 3_000, "c": 2_000}
    monkeypatch.setattr(loading, "evaluations", lambda: [evaluation(*one) for one in sizes.items()])
    monkeypatch.setattr(loading, "doctor_of", lambda info: names.append(info.name))
    monkeypatch.setattr(loading_card, "prepare_card", lambda _: None)
    return names


def test_one_that_is_too_large_does_not_keep_smaller_ones_from_being_prepared(prepared: list[str]) -> None:
    serving.prepare_evaluations()
    assert prepared == ["a", "b", "c"]


@pytest.mark.parametrize("error", [duckdb.IOException, OSError, ValueError, InputError])
def test_one_that_fails_does_not_keep_others_from_being_prepared(
    prepared: list[str], monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def fail(_: object) -> None:
        raise error("gone")

    monkeypatch.setattr(loading_card, "prepare_card", fail)
    serving.prepare_evaluations()
    assert prepared == ["a", "b", "c"]
