"""What pages say of the plan: its state, which tables it declared, and that a filter changes no verdict of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.plan import Plan
from dashboard.answers.plan import set_plan
from data.store import find_evaluation
from tests.pages.conftest import ACCENTS, DEVICES, NOISES, texts
from tests.pages.made_up import make_evaluation

pytestmark = pytest.mark.pages
Opened = Callable[..., AppTest]
PLAN = Plan(
    (("accent",), ("accent", "noise")), (("accent", ACCENTS), ("noise", (*NOISES, "wind"))), margin_ratio=1.3
)


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one evaluation that has a plan, set before its results were opened."""
    home = tmp_path_factory.mktemp("planned")
    make_evaluation(home, "full", {"accent": ACCENTS}, {"noise": NOISES, "device": DEVICES})
    set_plan(find_evaluation(home, "full"), PLAN)
    return home


def test_the_first_page_says_what_was_declared_when_and_what_was_not_recorded(
    open_page: Opened, planned: Path
) -> None:
    said = texts(open_page("overview", home=str(planned)))
    assert (
        "**Plan** set before results were first opened: accent and accent × noise, by a margin of 1.3×"
        in said
    )
    assert "Meant for, but not recorded: wind (noise)" in said


def test_without_a_plan_the_first_page_says_that_the_defaults_hold(open_page: Opened) -> None:
    assert "**No plan:** defaults, and every verdict is exploratory" in texts(open_page("overview"))


def test_a_declared_heatmap_is_marked_and_stays_so_where_a_filter_only_hides_rows(
    open_page: Opened, planned: Path
) -> None:
    layout = {"rows": "accent", "columns": "noise", "panel": "none", "home": str(planned)}
    assert "Planned in advance" in texts(open_page("heatmap", **layout))
    assert "Planned in advance" in texts(open_page("heatmap", where="accent = 'East'", **layout))
    other = texts(open_page("heatmap", where="device = 'phone'", **layout))
    assert "Exploratory: not declared in advance (the filter makes it another selection" in other


def test_a_heatmap_without_a_plan_is_exploratory(open_page: Opened) -> None:
    assert "Exploratory: not declared in advance" in texts(open_page("heatmap"))


def test_opening_a_page_is_put_on_record_once(open_page: Opened, planned: Path) -> None:
    for _ in range(2):
        open_page("overview", home=str(planned))
    log = [entry.what for entry in find_evaluation(planned, "full").record.log]
    assert log == ["plan set", "results opened"]
    open_page("card", home=str(planned))
    held = find_evaluation(planned, "full").plan
    assert held is not None
    assert held.before_results
