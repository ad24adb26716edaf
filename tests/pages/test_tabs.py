"""The open tab of a page is part of its link, in both directions, on every page that has tabs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import wording_card_page, wording_data, wording_subgroup, wording_trust, wording_versions
from dashboard.wording_guide import READERS
from dashboard.wording_next import NEXT

pytestmark = pytest.mark.pages
Opened = Callable[..., AppTest]
TABS = {
    "subgroup": wording_subgroup.TABS,
    "versions": wording_versions.tab_names(synthetic=True),
    "trust": wording_trust.tab_names(transcribed_twice=False),
    "card": wording_card_page.TABS,
    "data": wording_data.TABS,
}


@pytest.mark.parametrize("page", sorted(TABS))
def test_a_link_opens_a_tab_and_a_click_changes_the_link_and_nothing_else_of_it(
    open_page: Opened, page: str
) -> None:
    first, second, *_, last = TABS[page]
    app = open_page(page, tab=last, evaluation="full", system="Alpha")
    assert [tab.label for tab in app.tabs][: len(TABS[page])] == [*TABS[page].values()]
    assert app.session_state[f"tabs of {page}"] == TABS[page][last]
    before = {name: value for name, value in app.query_params.items() if name != "tab"}
    for name in (second, first):
        app.session_state[f"tabs of {page}"] = TABS[page][name]
        app.run()
        assert not app.exception, app.exception
        written = dict(app.query_params)
        assert written.pop("tab", first) == name
        assert written == before


@pytest.mark.parametrize("page", sorted(TABS))
def test_an_unknown_tab_opens_the_first_and_leaves_the_link(open_page: Opened, page: str) -> None:
    app = open_page(page, tab="no such tab")
    assert app.session_state[f"tabs of {page}"] == next(iter(TABS[page].values()))
    assert "tab" not in app.query_params


def test_the_navigation_finds_the_open_tab_of_data_again_and_a_link_opens_the_one_it_names(
    open_page: Opened,
) -> None:
    app = open_page("data", tab="plan")
    for page, address, shown in (
        ("overview", {}, None),
        ("data", {}, "plan"),
        ("start", {}, None),
        ("data", {"tab": "load"}, "load"),
        ("guide", {}, None),
        ("data", {"tab": "plan"}, "plan"),
        # The address of the first tab on the way back from another.
        ("data", {}, "load"),
    ):
        app.query_params.clear()
        for name, value in address.items():
            app.query_params[name] = value
        app.switch_page(f"app_pages/{page}.py").run()
        assert not app.exception, app.exception
        if shown:
            assert app.session_state["tabs of data"] == wording_data.TABS[shown], (page, address)


@pytest.mark.parametrize(
    ("page", "home", "label"), [("guide", "full", "Load a file"), ("start", "full", "Load files")]
)
def test_a_way_to_loading_names_its_tab(open_page: Opened, page: str, home: str, label: str) -> None:
    [link] = [one.proto for one in open_page(page, home).get("page_link") if one.proto.label == label]
    assert link.query_string == "tab=load"


def test_every_link_to_a_tab_names_one_of_its_page() -> None:
    linked = {
        (step.page, step.parameters["tab"])
        for steps in READERS.values()
        for step in steps
        if "tab" in step.parameters
    }
    linked |= {(page, name) for ways in NEXT.values() for page, _, *tab in ways for name in tab}
    assert {"subgroup", "card", "data"} <= {page for page, _ in linked}
    assert {(page, name) for page, name in linked if name not in TABS[page]} == set()


def _tabs_of_a_page(is_busy: bool) -> None:
    from dashboard.panels.page_tabs import draw_tabs

    for tab, name in zip(draw_tabs("data", {"load": "Load", "plan": "Plan"}, is_busy), "LP", strict=True):
        tab.text(name)


@pytest.mark.parametrize("is_busy", [True, False])
def test_while_a_build_is_made_a_click_on_a_tab_tells_nobody_and_the_link_stays(is_busy: bool) -> None:
    app = AppTest.from_function(_tabs_of_a_page, kwargs={"is_busy": is_busy})
    app.query_params["tab"] = "plan"
    app.run()
    assert not app.exception
    assert dict(app.query_params)["tab"] == "plan"
    shown = app.main.children[0].proto.tab_container
    assert shown.default_tab_index == 1
    # A click on tabs without an id of their own starts no new run.
    assert bool(shown.id) is not is_busy
