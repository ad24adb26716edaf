"""Every tab with numbers says whose they are and how they were computed, and can be taken away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.answers.rates import RatesQuestion
from dashboard.answers.sensitivity import sensitivity
from dashboard.loading_kept import KEEPER
from dashboard.wording_sensitivity import ASK, KNOWN, known_sentence
from tests.pages.conftest import texts
from tests.pages.test_subgroup import WHERE
from tests.pages.test_trust import build_of

pytestmark = pytest.mark.pages
Opened = Callable[..., AppTest]


def taken_from(page: AppTest, name: str) -> set[str]:
    """Labels of what one tab offers."""
    downloads = [one.proto for one in page.get("download_button")]
    # The id of a widget ends in its key; a popover has none that a test could see.
    return {one.label for one in downloads if one.id.endswith((f"-{name}_csv", f"-{name}_save"))}


@pytest.mark.parametrize(
    ("name", "opened", "facts", "sql"),
    [
        (
            "words",
            {"page": "subgroup", "where": WHERE, "tab": "errors"},
            "compared with other voices in the same conditions (",
            "GROUP BY ALL",
        ),
        (
            "coverage",
            {"page": "trust", "tab": "coverage"},
            "All recordings · 48 voices · ",
            "GROUP BY",
        ),
        ("normalisers", {"page": "trust", "tab": "normalisers"}, "All recordings · 48 voices · ", "GROUP BY"),
    ],
)
def test_a_tab_says_whose_numbers_they_are_and_how_they_were_computed(
    open_page: Opened, name: str, opened: dict[str, str], facts: str, sql: str
) -> None:
    parameters = dict(opened)
    page = open_page(parameters.pop("page"), **parameters)
    for button in [one for one in page.button if one.label == ASK and name == "normalisers"]:
        button.click().run()
    assert not page.exception
    said = texts(page).replace("\\", "")
    assert facts in said
    assert "intervals by speaker" in said
    assert taken_from(page, name) == {"Data (CSV)", "Save this view"}
    assert any(sql in one.value for one in page.code if one.language == "sql")
    copied = [one.value for one in page.code if "Evaluation full" in one.value]
    assert any(facts in one for one in copied)


def test_the_overview_says_what_depends_on_the_normaliser_once_it_was_counted(open_page: Opened) -> None:
    KEEPER.forget()
    assert KNOWN not in texts(open_page("overview", system="Alpha"))
    trust = open_page("trust", system="Alpha", tab="normalisers")
    [button] = [one for one in trust.button if one.label == ASK]
    button.click().run()
    assert not trust.exception
    said = texts(open_page("overview", system="Alpha")).replace("\\", "")
    assert KNOWN in said
    assert known_sentence(sensitivity(build_of("full"), RatesQuestion("Alpha", ("accent",)))) in said
    assert KNOWN not in texts(open_page("overview", system="Alpha", audience="public"))
