"""Is it the accent, or the device? in a real browser: sentence, picture, tables, and what is taken away."""

from __future__ import annotations

import pytest

from tests.browser.conftest import BUNDLED, Visit
from tests.browser.visitor import NARROW, WIDE

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("size", "theme"), [(WIDE, "light"), (NARROW, "dark")], ids=["wide", "narrow"])
def test_conditions_are_held_equal(visit: Visit, size: tuple[int, int], theme: str) -> None:
    reader = visit(size, theme)
    reader.open("subgroup", evaluation=BUNDLED, system="System A", where="accent = 'Arabic-L1 rules'")
    reader.click("tab", "Conditions")
    page = reader.page
    page.get_by_text("held equal (standardised, over 100% of the words)").first.wait_for()
    assert "tab=conditions" in page.url
    gaps = page.get_by_role("region", name="The gap as recorded, standardised and modelled")
    assert gaps.locator("tbody tr").count() == 1
    within = page.get_by_role("region", name="The gap within each value of noise")
    assert within.locator("tbody tr").count() == 4
    reader.picture_of_all(f"subgroup-conditions-{theme}")
    assert reader.violations() == []
    assert not reader.scrolls_sideways()
