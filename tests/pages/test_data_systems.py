"""Adding a system on the Data page: what joins is told first, then the evaluation has one system more."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.plan import Plan
from dashboard.answers.findings import add_finding
from dashboard.answers.plan import set_plan
from dashboard.answers.rates import RatesQuestion
from dashboard.loading_kept import KEEPER
from data.store import find_evaluation, open_build
from tests.pages.conftest import texts
from tests.pages.made_up import make_evaluation
from tests.pages.test_data import keyed, opened, tables

pytestmark = pytest.mark.pages


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FAIRHEARING_HOME", str(tmp_path / "home"))
    KEEPER.forget()
    make_evaluation(tmp_path / "home", "mine", {"accent": ("North", "South")}, {"noise": ("clean",)})
    return tmp_path / "home"


@pytest.fixture
def outputs(home: Path) -> Path:
    """A system that writes the reference of every recording."""
    lines = (home / "mine.csv").read_text().splitlines()
    head = lines[0].split(",")
    rows = [dict(zip(head, line.split(","), strict=True)) for line in lines[1:]]
    path = home / "hyp_Gamma.csv"
    path.write_text(
        "id,hypothesis\n" + "".join(f"{row['utterance_id']},{row['reference']}\n" for row in rows)
    )
    return path


def adding(path: Path) -> AppTest:
    app = opened()
    app.text_input(key="add path 0").set_value(str(path)).run()
    assert not app.exception, app.exception
    return app


def test_a_system_is_added_and_leads_to_the_comparison(home: Path, outputs: Path) -> None:
    info = find_evaluation(home, "mine")
    set_plan(info, Plan((("accent",),), (("accent", ("North", "South", "Island")),)))
    app = adding(outputs)
    assert "hyp_Gamma.csv (Gamma): 48 of 48 recordings found." in texts(app)
    app.button(key="make add").click().run()
    assert not app.exception, app.exception
    after = find_evaluation(home, "mine")
    assert after.systems == ("Alpha", "Beta", "Gamma")
    assert after.record.results_opened is None
    said = texts(app)
    assert f"“Gamma” is a system of “mine” (build {after.build[:8]})" in said
    assert "Meant for, but not recorded: Island (accent)." in said
    links = [(link.proto.label, link.proto.query_string) for link in app.get("page_link")]
    assert ("Who gets worse, who better", f"evaluation=mine&build={after.build}&system=Gamma") in links


def test_rows_that_do_not_join_are_named_before_and_refused_after(home: Path, outputs: Path) -> None:
    outputs.write_text(outputs.read_text().replace("North0-0,", "nobody,"))
    app = adding(outputs)
    said = texts(app)
    assert "47 of 48 recordings found, 1 row belongs to no recording" in said
    assert "Not among the recordings: nobody." in said
    app.button(key="make add").click().run()
    assert "The file has 2 faults. Nothing was written" in texts(app)
    assert "is not among the references" in tables(app)
    assert find_evaluation(home, "mine").systems == ("Alpha", "Beta")


def test_columns_that_are_not_recognised_are_asked_for(home: Path, outputs: Path) -> None:
    outputs.write_text(
        outputs.read_text().replace("id,hypothesis\n", "clip,heard,x\n").replace("\n", ",1\n")[:-3] + "\n"
    )
    outputs.write_text(outputs.read_text().replace("clip,heard,x,1", "clip,heard,x"))
    app = adding(outputs)
    assert "no column is recognised as" in texts(app)
    assert app.button(key="make add").disabled
    keyed(app.selectbox, "added id").set_value("clip").run()  # type: ignore[attr-defined]
    keyed(app.selectbox, "added hypothesis").set_value("heard").run()  # type: ignore[attr-defined]
    assert not app.button(key="make add").disabled


def test_a_name_that_is_taken_is_refused(home: Path, outputs: Path) -> None:
    app = adding(outputs)
    [name] = [one for one in app.text_input if one.label == "Name of the system"]
    name.set_value("Beta").run()
    assert "“mine” has a system “Beta” already" in texts(app)
    assert app.button(key="make add").disabled


def test_findings_are_asked_again_of_the_build_with_one_more_system(home: Path, outputs: Path) -> None:
    build = open_build(find_evaluation(home, "mine").path)
    add_finding(home, build, RatesQuestion("Alpha", ("accent",)), {"accent": "North"}, claim="More errors")
    app = adding(outputs)
    app.button(key="make add").click().run()
    assert not app.exception, app.exception
    said = texts(app)
    assert "Findings on record, asked again of this build" in said
    assert "1 finding asked again: 1 same verdict." in said
    assert "accent: North" in tables(app) or "North" in tables(app)
