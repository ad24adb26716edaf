"""The page that lists what is on this machine."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.answers.ingest_process import Made, Refused
from dashboard.answers.ingest_requests import SampleRequest
from dashboard.panels import data_run
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


def test_an_evaluation_of_an_earlier_version_is_listed_with_what_to_do(
    open_page: Callable[..., AppTest], homes: Path
) -> None:
    shutil.copytree(homes / "full", homes / "half-old", dirs_exist_ok=True)
    [path] = (homes / "half-old" / "other").glob("*.duckdb")
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE meta SET value = '1' WHERE key = 'schema_version'")
    said = texts(open_page("start", "half-old")).replace("\\", "")
    assert "Made-up voices" in said
    assert "made by an earlier version of Fair Hearing; ingest it again: fairhearing ingest" in said
    page = open_page("overview", "half-old", evaluation="other")
    assert page.title[0].value == "This view cannot be shown"
    assert "ingest it again" in texts(page)


def test_a_link_to_what_is_gone_leads_to_the_evaluation_as_it_is_now(
    open_page: Callable[..., AppTest],
) -> None:
    asked = {"evaluation": "full", "build": "000000000000"}
    page = open_page("heatmap", "full", **asked)
    assert page.title[0].value == "This view cannot be shown"
    links = {link.proto.label: link.proto.query_string for link in page.get("page_link")}
    assert links["Show this page of the same evaluation as it is now"] == "evaluation=full"
    gone = open_page("heatmap", "full", evaluation="gone")
    assert [link.proto.label for link in gone.get("page_link")] == ["See the evaluations on this machine"]


def test_a_machine_without_evaluations_is_told_how_to_load_one(open_page: Callable[..., AppTest]) -> None:
    page = open_page("start", "empty")
    assert "no evaluation on this machine yet" in texts(page)
    assert "Whom a new version harms" in texts(page)
    assert "fairhearing ingest" in page.code[0].value


def test_the_state_of_plan_and_doctor_stands_beside_every_evaluation(
    open_page: Callable[..., AppTest], homes: Path
) -> None:
    # Whoever opened Trust before has left the doctor's findings beside the build.
    shutil.copytree(homes / "full", homes / "not-examined", dirs_exist_ok=True)
    for kept in (homes / "not-examined").rglob("*.doctor.json"):
        kept.unlink()
    said = texts(open_page("start", "not-examined")).replace("\\", "")
    assert said.count("No plan · Doctor, at a quick look: ") == 2
    assert "2 systems: Alpha and Beta" in said


def test_the_bundled_evaluation_is_one_click_away(
    monkeypatch: pytest.MonkeyPatch, open_page: Callable[..., AppTest]
) -> None:
    page = open_page("start", "empty")
    asked = []

    def pretended(request: SampleRequest) -> Iterator[Made | Refused]:
        asked.append(request.arguments()[0])
        yield Refused("The disk is full.")

    monkeypatch.setattr(data_run, "run_ingest", pretended)
    [button] = [one for one in page.button if one.label == "Open the bundled evaluation"]
    button.click().run()
    assert asked == ["sample"]
    assert "The disk is full" in texts(page)
    assert "Open the bundled evaluation" not in [one.label for one in open_page("start").button]
