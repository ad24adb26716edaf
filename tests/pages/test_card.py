"""The Card page without a browser: full, empty, one group, a missing attribute; findings; downloads."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import loading
from dashboard.answers.findings import add_finding, findings
from dashboard.answers.rates import RatesQuestion
from dashboard.commands.main import main
from dashboard.exports.card_bundle import card_files
from data.store import Build
from tests.answers.made_up import made_up_build, made_up_frame

pytestmark = pytest.mark.pages
APP = Path(__file__).resolve().parents[2] / "dashboard" / "app.py"


@pytest.fixture(autouse=True)
def fresh_caches() -> None:
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FAIRHEARING_HOME", str(tmp_path))
    return tmp_path


def opened(**parameters: str) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=120)
    for key, value in parameters.items():
        app.query_params[key] = value
    app.switch_page("app_pages/card.py")
    app.run()
    assert not app.exception
    return app


def words_of(app: AppTest) -> str:
    shown = [*app.title, *app.header, *app.subheader, *app.markdown, *app.caption, *app.warning]
    return "\n".join(str(element.value) for element in shown)


def test_a_full_evaluation_shows_outline_claims_and_downloads(home: Path) -> None:
    made_up_build(home, made_up_frame(7, n_speakers=60))
    app = opened()
    assert "the evidence carries" in app.title[0].value
    assert [option.replace("\\", "").split(" (")[0] for option in app.radio(key="section").options] == [
        "What was measured",
        "Fairness and bias",
        "Robustness",
        "Findings on record",
        "Method",
        "Limits",
        "Provenance",
        "Sign-off",
    ]
    words = words_of(app)
    assert "By accent" in words
    assert "Missing here:" in words
    assert "Refused:" in words
    assert len(app.get("download_button")) == 4


def test_a_section_is_a_link(home: Path) -> None:
    made_up_build(home, made_up_frame(7, n_speakers=24))
    app = opened(section="robustness")
    assert app.header[0].value == "Robustness"
    assert "robustness, not fairness" in words_of(app)
    app.radio(key="section").set_value("limits").run()
    assert app.header[0].value == "Limits"


def test_an_evaluation_without_attributes_says_what_is_missing(home: Path) -> None:
    frame = made_up_frame(7, n_speakers=12)[["utterance_id", "speaker_id", "reference", "hypothesis"]]
    source = home / "bare.csv"
    frame.to_csv(source, index=False)
    assert main(["ingest", str(source), "--name", "bare"]) == 0
    words = words_of(opened())
    assert "names no attribute of the speaker" in words
    assert "an attribute of the speaker" in words


def test_one_group_is_no_comparison(home: Path) -> None:
    frame = made_up_frame(7, n_speakers=24, missing=0.0)
    made_up_build(home, frame.assign(accent="North"))
    words = words_of(opened())
    assert "There are fewer than two groups." in words


def test_an_evaluation_where_nobody_spoke_has_a_card_all_the_same(home: Path) -> None:
    frame = made_up_frame(7, n_speakers=6)
    made_up_build(home, frame.assign(reference="", hypothesis=""))
    assert "There is no rate" in words_of(opened())


def test_a_missing_attribute_of_conditions_leaves_no_grid(home: Path) -> None:
    source = home / "people.csv"
    made_up_frame(7, n_speakers=24).drop(columns=["noise", "device"]).to_csv(source, index=False)
    assert main(["ingest", str(source), "--name", "people", "--role", "accent=speaker"]) == 0
    app = opened()
    assert not any("by conditions" in element.value for element in app.subheader)


def test_synthetic_voices_cannot_be_signed_off(home: Path) -> None:
    made_up_build(home, made_up_frame(7, n_speakers=24), about={"synthetic_voices": True})
    app = opened()
    assert "Sign\\-off refused" in words_of(app) or "Sign-off refused" in words_of(app)
    assert "says nothing about people" in words_of(app)


def kept_finding(home: Path) -> Build:
    build = made_up_build(home, made_up_frame(7, n_speakers=36))
    add_finding(
        home,
        build,
        RatesQuestion("hypothesis", ("accent", "noise")),
        {"accent": "North", "noise": "babble"},
        "hear it",
    )
    return build


def test_a_finding_is_listed_and_can_be_withdrawn(home: Path) -> None:
    build = kept_finding(home)
    app = opened()
    assert "hear it" in words_of(app)
    [kept] = findings(home, build.info.name)
    app.text_input(key=f"reason {kept.id}").set_value("it was the street")
    app.button(key=f"confirm {kept.id}").click().run()
    assert not app.exception
    assert "hear it" not in words_of(app)
    assert findings(home, build.info.name) == []


def test_the_downloads_are_the_files_of_the_command(home: Path, tmp_path: Path) -> None:
    build = kept_finding(home)
    assert main(["card", build.info.name, "--out", str(tmp_path / "card")]) == 0
    for name, content in card_files(loading.card_of(build.info, "hypothesis", "wer")).items():
        assert (tmp_path / "card" / name).read_bytes() == content
