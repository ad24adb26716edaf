"""The page that lists what is on this machine."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import texts

pytestmark = pytest.mark.pages


def test_every_evaluation_is_listed_with_what_it_holds(open_page: Callable[..., AppTest]) -> None:
    said = texts(open_page("start"))
    assert "Made-up voices" in said
    assert "48 voices · 384 utterances · 4,608 words" in said
    assert "signal-to-noise ratio in dB" in said
    assert "snr_db" not in said


def test_a_synthetic_evaluation_says_so_and_another_does_not(open_page: Callable[..., AppTest]) -> None:
    assert texts(open_page("start")).count("says nothing about people") == 1


def test_a_machine_without_evaluations_is_told_how_to_load_one(open_page: Callable[..., AppTest]) -> None:
    page = open_page("start", "empty")
    assert "no evaluation on this machine yet" in texts(page)
    assert "fairhearing ingest" in page.code[0].value
