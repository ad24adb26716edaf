"""Versions lends a system that stands by itself another one: nobody chose it, so it goes nowhere from there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.test_overview import headline

pytestmark = pytest.mark.pages
Opened = Callable[..., AppTest]


def test_a_comparison_that_versions_lent_is_given_back(open_page: Opened) -> None:
    page = open_page("overview", system="Alpha")
    for where, current in (("versions", "Beta"), ("overview", "none")):
        page.query_params.clear()  # As the navigation does in a browser.
        page.switch_page(f"app_pages/{where}.py").run()
        assert not page.exception
        assert page.selectbox(key="current").value == current
    assert "current" not in page.query_params
    page.query_params.clear()
    page.switch_page("app_pages/versions.py").run()
    page.selectbox(key="system").set_value("Beta").run()
    page.query_params.clear()
    page.switch_page("app_pages/overview.py").run()
    assert headline(page).startswith("Moving from Alpha to Beta: ")


def followed(page: AppTest, where: str, address: dict[str, Any]) -> None:
    """What a link or "back" does: the page with exactly these parameters."""
    page.query_params.clear()
    for name, value in address.items():
        page.query_params[name] = value[0] if isinstance(value, list) else value
    page.switch_page(f"app_pages/{where}.py").run()
    assert not page.exception


def test_a_comparison_that_versions_lent_is_in_no_address_so_that_back_never_makes_it_a_choice(
    open_page: Opened,
) -> None:
    page = open_page("overview", system="Alpha")
    alone = headline(page)
    followed(page, "versions", {})
    back_to = dict(page.query_params)
    assert "current" not in back_to
    for where, address in (("overview", {}), ("versions", back_to), ("overview", {})):
        followed(page, where, address)
    assert headline(page) == alone
    assert page.selectbox(key="current").value == "none"


def test_a_lent_comparison_does_not_go_to_another_evaluation_or_system(open_page: Opened) -> None:
    for address, expected in (
        ({"evaluation": "other", "system": "Alpha"}, "none"),
        ({"evaluation": "full", "system": "Beta"}, "Alpha"),
        ({"evaluation": "full"}, "Alpha"),
    ):
        page = open_page("versions", system="Alpha", evaluation="full")
        assert page.selectbox(key="current").value == "Beta"
        followed(page, "overview", address)
        assert page.selectbox(key="current").value == expected, address


def test_a_link_may_ask_for_the_very_system_that_was_lent(open_page: Opened) -> None:
    page = open_page("versions", system="Alpha", evaluation="full")
    followed(page, "overview", {"evaluation": "full", "system": "Alpha", "current": "Beta"})
    assert headline(page).startswith("Moving from Beta to Alpha: ")
    followed(page, "versions", {})
    assert dict(page.query_params)["current"] in ("Beta", ["Beta"]), "chosen, it is in the address"
    followed(page, "overview", {})
    assert headline(page).startswith("Moving from Beta to Alpha: ")


def test_a_system_by_itself_that_is_lent_another_stays_so_in_every_link_of_versions(
    open_page: Opened,
) -> None:
    page = open_page("versions", system="Beta", current="none")
    assert page.selectbox(key="current").value == "Alpha"
    links = [
        link.proto.query_string for link in page.get("page_link") if "system=Beta" in link.proto.query_string
    ]
    assert links
    assert all("current=none" in link for link in links)
    page.selectbox(key="rows").set_value("noise").run()
    assert page.selectbox(key="current").value == "Alpha", "it stays lent while the page is used"
    followed(page, "overview", {})
    assert page.selectbox(key="current").value == "none"
