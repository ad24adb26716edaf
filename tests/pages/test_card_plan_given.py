"""A card that is handed in on the Card page with the plan its reader was given."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import ElementList

from analysis.plan import Plan
from dashboard.answers.card import CardQuestion, card
from dashboard.exports.card_json import card_json
from dashboard.loading_kept import KEEPER
from data.plans import set_plan
from data.store import open_build
from tests.answers.made_up import made_up_build, made_up_frame

pytestmark = pytest.mark.pages
APP = Path(__file__).resolve().parents[2] / "dashboard" / "app.py"
PLAN = Plan((("accent",),), margin_ratio=1.3)


@pytest.fixture
def document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A card by a plan that the folder on screen never had."""
    KEEPER.forget()
    monkeypatch.setenv("FAIRHEARING_HOME", str(tmp_path / "here"))
    made_up_build(tmp_path / "here", made_up_frame(7, n_speakers=24))
    other = made_up_build(tmp_path / "other", made_up_frame(7, n_speakers=24))
    set_plan(tmp_path / "other", other.info.name, PLAN)
    return card_json(card(open_build(other.path), CardQuestion(home=tmp_path / "other")))


def told(boxes: ElementList[Any]) -> str:
    """What boxes say, without the marks that keep it from being Markdown."""
    return " ".join(box.value for box in boxes).replace("\\", "")


def hand_in(app: AppTest, plan: bytes) -> None:
    app.file_uploader(key="verify_plan").set_value([("plan.json", plan, "application/json")]).run()


def test_the_plan_that_was_given_settles_the_question_and_another_one_is_red(document: bytes) -> None:
    app = AppTest.from_file(str(APP), default_timeout=120)
    app.switch_page("app_pages/card.py")
    app.run()
    app.file_uploader(key="verify_card").set_value([("card.json", document, "application/json")]).run()
    assert "Not checked: the plan" in told(app.warning)
    hand_in(app, json.dumps(PLAN.to_json()).encode())
    assert "The card holds" in told(app.success)
    hand_in(app, json.dumps(Plan((("noise",),)).to_json()).encode())
    assert "not made by the plan in plan.json" in told(app.error)
    hand_in(app, b"{")
    assert "plan.json is no JSON" in told(app.error)
