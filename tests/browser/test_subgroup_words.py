"""The words of a subgroup in a real browser: sentence, picture, table, and the recordings of a word."""

from __future__ import annotations

import pytest

from tests.browser.conftest import BUNDLED, Visit
from tests.browser.visitor import NARROW, WIDE

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("size", "theme"),
    [
        pytest.param(WIDE, "light", id="wide", marks=pytest.mark.long),
        pytest.param(NARROW, "dark", id="narrow"),
    ],
)
def test_a_word_leads_to_its_recordings(visit: Visit, size: tuple[int, int], theme: str) -> None:
    reader = visit(size, theme)
    where = "accent = 'Mandarin-L1 rules'"
    reader.open("subgroup", evaluation=BUNDLED, system="System A", where=where, word="it")
    reader.click("tab", "Errors")
    page = reader.page
    page.get_by_text("errors in every 1,000 words").first.wait_for()
    page.get_by_text("Every number", exact=True).first.click()
    shown = page.get_by_role("region", name="Words with the largest excess")
    shown.wait_for()
    assert shown.locator("tbody tr").count() == 20
    assert page.get_by_text("utterances").filter(has_text="showing 1 to 10").is_visible()
    reader.click("radio", "Deletions")
    assert page.get_by_role("region", name="Deletions with the largest excess").is_visible()
    reader.picture_of_all(f"subgroup-words-{theme}")
    assert reader.violations() == []
    assert not reader.scrolls_sideways()
