"""The address and the widgets follow each other, and a view is a link."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from analysis.selection import EVERYTHING, OneOf
from dashboard import state, state_tabs
from dashboard.panels import cell_choice
from dashboard.state import View
from dashboard.state_tabs import prepare_tab, record_tab


class Address(dict[str, str]):
    """The parameters of a page, as Streamlit holds them."""

    def to_dict(self) -> dict[str, str]:
        return dict(self)

    def from_dict(self, values: dict[str, str]) -> None:
        self.clear()
        self.update(values)


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A page without Streamlit: an address and a session."""
    made = SimpleNamespace(query_params=Address(), session_state={})
    for module in (state, state_tabs, cell_choice):
        monkeypatch.setattr(module, "st", made)
    return made


def run(page: SimpleNamespace, options: tuple[str, ...] = ("a", "b", "c"), default: str | None = "a") -> Any:
    """One run of a script with one widget; what the widget shows."""
    state.prepare("rows", options, default)
    shown = page.session_state["rows"]
    state.record({"rows": None if shown == default else shown})
    return shown


def test_a_link_sets_the_widget(page: SimpleNamespace) -> None:
    page.query_params["rows"] = "b"
    assert run(page) == "b"


def test_a_widget_sets_the_address_and_its_default_leaves_it(page: SimpleNamespace) -> None:
    run(page)
    page.session_state["rows"] = "c"
    assert run(page) == "c"
    assert page.query_params == {"rows": "c"}
    page.session_state["rows"] = "a"
    run(page)
    assert page.query_params == {}


def test_going_back_brings_the_widget_back(page: SimpleNamespace) -> None:
    run(page)
    page.session_state["rows"] = "c"
    run(page)
    page.query_params.clear()
    assert run(page) == "a"


def test_the_navigation_which_empties_the_address_keeps_every_choice(page: SimpleNamespace) -> None:
    page.query_params["rows"] = "b"
    run(page)
    page.query_params.clear()
    page.session_state["address without parameters"] = True
    assert run(page) == "b"
    assert page.query_params == {"rows": "b"}


def test_a_widget_that_was_away_takes_what_the_address_kept(page: SimpleNamespace) -> None:
    page.query_params["rows"] = "b"
    run(page)
    del page.session_state["rows"]
    assert run(page) == "b"


def test_a_value_that_is_no_option_gives_way_to_the_default(page: SimpleNamespace) -> None:
    page.query_params["rows"] = "gone"
    assert run(page) == "a"
    assert page.query_params == {}


def test_recording_keeps_what_others_wrote(page: SimpleNamespace) -> None:
    page.query_params["system"] = "Alpha"
    page.session_state["rows"] = "b"
    state.record({"rows": "b"})
    assert page.query_params == {"system": "Alpha", "rows": "b"}


TABS = {"result": "Result", "errors": "Errors", "gate": "Release gate"}


def tab(page: SimpleNamespace, name: str = "subgroup", labels: dict[str, str] = TABS) -> str:
    """One run of a page with tabs; what is read on the open one."""
    key = prepare_tab(name, labels)
    record_tab(name, labels)
    return str(page.session_state[key])


@pytest.mark.parametrize("name", TABS)
def test_a_link_opens_a_tab_and_the_open_tab_makes_the_link(page: SimpleNamespace, name: str) -> None:
    page.query_params["tab"] = name
    assert tab(page) == TABS[name]
    assert page.query_params == ({} if name == "result" else {"tab": name})
    page.session_state["tabs of subgroup"] = TABS["result"]
    assert tab(page) == "Result"
    assert page.query_params == {}
    page.session_state["tabs of subgroup"] = TABS[name]
    assert tab(page) == TABS[name]


def test_a_click_on_a_tab_keeps_every_other_parameter(page: SimpleNamespace) -> None:
    page.query_params.update(system="Alpha", where="accent = 'North'")
    tab(page)
    page.session_state["tabs of subgroup"] = "Release gate"
    tab(page)
    assert page.query_params == {"system": "Alpha", "where": "accent = 'North'", "tab": "gate"}


@pytest.mark.parametrize("asked", ["gone", "Release gate", ""])
def test_a_name_that_no_tab_has_opens_the_first(page: SimpleNamespace, asked: str) -> None:
    page.query_params["tab"] = asked
    assert tab(page) == "Result"
    assert page.query_params == {}


def test_a_tab_is_found_again_on_its_own_page_and_opens_none_elsewhere(page: SimpleNamespace) -> None:
    page.query_params["tab"] = "gate"
    tab(page)
    page.query_params.clear()
    page.session_state["address without parameters"] = True
    assert tab(page, "card", {"preview": "Preview", "gate": "Gate"}) == "Preview"
    page.query_params.clear()
    assert tab(page) == "Release gate"
    assert page.query_params == {"tab": "gate"}


def test_the_navigation_finds_an_open_tab_again_and_back_to_the_first_opens_the_first(
    page: SimpleNamespace,
) -> None:
    def arrive(name: str, **address: str) -> str:
        page.query_params.clear()
        page.query_params.update(address)
        state.note_arrival(name, of_evaluation=False)
        return tab(page) if name == "data" else ""

    assert arrive("data") == "Result"
    assert arrive("data", tab="gate") == "Release gate"
    assert arrive("data") == "Result", "back to the address of before undoes the click"
    assert arrive("data", tab="gate") == "Release gate"
    arrive("start")
    assert arrive("data") == "Release gate", "the navigation opens a page without parameters"
    arrive("start")
    assert arrive("data", tab="result") == "Result", "a link may name the first"


def test_the_address_of_the_navigation_leaves_everything_as_it_was(page: SimpleNamespace) -> None:
    for address, on_screen in (
        ({"evaluation": "demo", "rows": "b"}, "b"),
        ({}, "b"),
        ({"evaluation": "demo"}, "a"),
    ):
        page.query_params.clear()
        page.query_params.update(address)
        state.note_arrival("heatmap", of_evaluation=True)
        assert run(page) == on_screen


def test_a_tab_that_is_called_something_else_gives_way_to_the_first(page: SimpleNamespace) -> None:
    page.session_state["tabs of subgroup"] = "Voices"
    assert tab(page) == "Result"


def test_a_view_is_a_link_that_leaves_defaults_out() -> None:
    info = SimpleNamespace(name="demo", build="abc", synthetic=False, systems=("Alpha", "Beta", "Gamma"))
    plain = View(info, "Alpha").link()  # type: ignore[arg-type]
    assert plain == {"evaluation": "demo", "build": "abc", "system": "Alpha"}
    chosen = View(info, "Alpha", "deletion-rate", OneOf("accent", ("North",))).link(cell="x")  # type: ignore[arg-type]
    assert chosen["where"] == "accent = 'North'"
    assert chosen["metric"] == "deletion-rate"
    assert chosen["cell"] == "x"


@pytest.mark.parametrize(
    ("system", "current", "written"),
    [
        ("Alpha", None, None),
        ("Alpha", "Gamma", "Gamma"),
        ("Beta", "Alpha", None),
        ("Beta", None, state.ALONE),
        ("Gamma", "Alpha", "Alpha"),
    ],
)
def test_a_link_names_the_current_system_unless_it_is_the_one_before(
    system: str, current: str | None, written: str | None
) -> None:
    info = SimpleNamespace(name="demo", build="abc", synthetic=False, systems=("Alpha", "Beta", "Gamma"))
    assert View(info, system, current=current).link().get("current") == written  # type: ignore[arg-type]


@pytest.mark.parametrize(("system", "written"), [("Alpha", None), ("Beta", state.ALONE)])
def test_a_link_leaves_out_a_current_system_that_a_page_lent(system: str, written: str | None) -> None:
    info = SimpleNamespace(name="demo", build="abc", synthetic=False, systems=("Alpha", "Beta", "Gamma"))
    lent = View(info, system, current="Gamma", is_lent=True)  # type: ignore[arg-type]
    assert lent.link().get("current") == written


def test_a_system_may_be_called_as_none_is() -> None:
    systems = ("Alpha", "none", "none-")
    info = SimpleNamespace(name="demo", build="abc", synthetic=False, systems=systems)
    assert View(info, "Alpha", current="none").link()["current"] == "none"  # type: ignore[arg-type]
    assert View(info, "none-").link()["current"] == "none--"  # type: ignore[arg-type]


def test_another_system_forgets_the_one_it_was_compared_with_in_the_address_too(
    page: SimpleNamespace,
) -> None:
    page.query_params["current"] = "Gamma"
    page.session_state["current"] = "Gamma"
    state.forget_current()
    assert "current" not in page.session_state
    assert "current" not in page.query_params


def test_choosing_everything_clears_the_selection(page: SimpleNamespace) -> None:
    state.choose(OneOf("accent", ("North",)))
    assert page.session_state["where"] == "accent = 'North'"
    state.choose(EVERYTHING)
    assert page.session_state["where"] == ""


def click(page: SimpleNamespace, position: int) -> None:
    page.session_state["heatmap"] = {"cell": position}
    cell_choice.take_click({"A": 0, "B": 1})


def test_a_click_chooses_a_cell(page: SimpleNamespace) -> None:
    click(page, 1)
    assert page.session_state["cell"] == "B"


def test_a_second_click_lets_it_go(page: SimpleNamespace) -> None:
    click(page, 1)
    click(page, 1)
    assert page.session_state["cell"] is None


def test_a_click_counts_after_another_cell_was_chosen_from_the_list(page: SimpleNamespace) -> None:
    click(page, 1)
    page.session_state["cell"] = "A"
    click(page, 1)
    assert page.session_state["cell"] == "B"
