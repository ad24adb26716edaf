"""The form of the plan: it reads and writes what `plan.json` holds, and says what is wrong beside the box."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.plan import Plan
from dashboard.answers.plan import draft_plan, note_results_opened, set_plan
from dashboard.loading_kept import KEEPER
from data.store import find_evaluation
from tests.pages.conftest import ACCENTS, NOISES, texts
from tests.pages.made_up import make_evaluation
from tests.pages.test_data import opened

pytestmark = pytest.mark.pages
PLAN = Plan(
    (("accent",), ("accent", "noise")),
    (("accent", ACCENTS), ("noise", (*NOISES, "wind"))),
    comparator="accent=North",
    normalizer="basic",
    margin_ratio=1.3,
    margin_points=0.015,
    floor=0.3,
    min_speakers=5,
    shares=(("noise", (("clean", 0.5), ("babble", 0.455), ("wind", 0.045))),),
    owner="product safety",
    date="2026-01-31",
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FAIRHEARING_HOME", str(tmp_path / "home"))
    KEEPER.forget()
    make_evaluation(tmp_path / "home", "mine", {"accent": ACCENTS}, {"noise": NOISES})
    return tmp_path / "home"


def box(elements: object, field: str) -> object:
    """The widget of one field of the form, whichever evaluation, build and filling it is for."""
    [found] = [one for one in elements if str(one.key).startswith(f"plan {field} mine ")]  # type: ignore[attr-defined]
    return found


def test_the_draft_can_be_set_as_it_stands(home: Path) -> None:
    app = opened()
    assert "No plan: defaults, and every verdict is exploratory" in texts(app)
    app.button(key="set plan").click().run()
    assert not app.exception
    info = find_evaluation(home, "mine")
    assert info.plan is not None
    assert info.plan.plan == draft_plan(info)
    assert info.plan.before_results
    said = texts(app)
    assert "The plan is set." in said
    assert "before results were first opened" in said
    assert app.button(key="set plan").disabled


def test_the_form_holds_every_part_of_a_plan_and_changes_none(home: Path) -> None:
    info = find_evaluation(home, "mine")
    set_plan(info, PLAN)
    app = opened()
    assert app.button(key="set plan").disabled
    assert "This is the plan that is set." in texts(app)
    box(app.text_input, "owner").set_value("somebody else").run()  # type: ignore[attr-defined]
    app.button(key="set plan").click().run()
    held = find_evaluation(home, "mine").plan
    assert held is not None
    assert held.plan.to_json() == {**PLAN.to_json(), "owner": "somebody else"}


def test_groups_that_nobody_was_recorded_in_can_be_declared(home: Path) -> None:
    app = opened()
    box(app.multiselect, "population noise").set_value([*NOISES, "wind"]).run()  # type: ignore[attr-defined]
    assert "Meant for, but not recorded: wind (noise)." in texts(app)
    app.button(key="set plan").click().run()
    held = find_evaluation(home, "mine").plan
    assert held is not None
    assert held.plan.population_of["noise"] == (*NOISES, "wind")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda app: box(app.multiselect, "grouping 1").set_value(["accent"]), "xpected each grouping once"),
        (
            lambda app: box(app.multiselect, "population accent").set_value([*ACCENTS[1:], "Nort"]),
            "Nobody was recorded",
        ),
        (lambda app: box(app.number_input, "ratio").set_value(0.9), "a number above 1"),
        (lambda app: box(app.number_input, "points").set_value(100.0), "a fraction such as 0.01"),
        (lambda app: box(app.number_input, "floor").set_value(0.0), "a rate above 0"),
        (lambda app: box(app.number_input, "speakers").set_value(1), "a whole number of at least 2"),
        (lambda app: box(app.text_input, "date").set_value("31 January"), "a day as YYYY-MM-DD"),
        (lambda app: box(app.multiselect, "shares").set_value(["noise"]), "shares that add up to 1"),
    ],
)
def test_every_fault_is_said_and_keeps_the_plan_from_being_set(
    home: Path, change: Callable[[AppTest], object], sentence: str
) -> None:
    app = opened()
    change(app)
    app.run()
    assert not app.exception, app.exception
    assert sentence in texts(app)
    assert app.button(key="set plan").disabled


def test_a_plan_set_after_results_says_so_beforehand(home: Path) -> None:
    note_results_opened(find_evaluation(home, "mine"))
    app = opened()
    assert "so a plan set now is marked as set afterwards" in texts(app)
    app.button(key="set plan").click().run()
    held = find_evaluation(home, "mine").plan
    assert held is not None
    assert not held.before_results


def test_a_plan_is_removed_only_when_confirmed_and_the_form_starts_again(home: Path) -> None:
    set_plan(find_evaluation(home, "mine"), PLAN)
    app = opened()
    assert find_evaluation(home, "mine").plan is not None
    app.button(key="remove plan mine").click().run()
    assert find_evaluation(home, "mine").plan is None
    assert "The plan is removed; the log keeps it." in texts(app)
    assert box(app.text_input, "owner").value == ""  # type: ignore[attr-defined]


def test_a_plan_can_be_downloaded_as_the_file_that_the_command_reads(home: Path) -> None:
    set_plan(find_evaluation(home, "mine"), PLAN)
    [button] = [one for one in opened().get("download_button") if one.proto.label == "Download plan.json"]
    assert button.proto.url
    assert json.loads(json.dumps(PLAN.to_json())) == PLAN.to_json()


def test_a_plan_from_a_file_fills_the_form_and_sets_nothing(home: Path) -> None:
    app = opened()
    [place] = [one for one in app.get("file_uploader") if one.proto.label == "plan.json"]
    place.upload("plan.json", json.dumps(PLAN.to_json()).encode(), "application/json").run()
    assert not app.exception
    assert find_evaluation(home, "mine").plan is None
    assert box(app.text_input, "owner").value == "product safety"  # type: ignore[attr-defined]
    app.button(key="set plan").click().run()
    held = find_evaluation(home, "mine").plan
    assert held is not None
    assert held.sha256 == PLAN.sha256


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"{", "no JSON"), (b'{"groupings": []}', "groupings: found []"), (b"\xff\xfe", "no JSON")],
)
def test_a_file_that_is_no_plan_is_a_sentence(home: Path, content: bytes, sentence: str) -> None:
    app = opened()
    [place] = [one for one in app.get("file_uploader") if one.proto.label == "plan.json"]
    place.upload("plan.json", content, "application/json").run()
    assert not app.exception
    assert sentence in texts(app)


@pytest.mark.parametrize("state", ["one-group", "no-conditions", "no-speakers", "nothing-known"])
def test_the_form_stands_whatever_is_known_of_the_recordings(
    open_page: Callable[..., AppTest], state: str
) -> None:
    app = open_page("data", state)
    assert [button.key for button in app.button if button.key == "set plan"]
