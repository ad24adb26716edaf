"""Slices are searched, one that others confirm is put on record, and the card says where it came from."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from data.store import Build
from tests.browser.conftest import BUNDLED
from tests.browser.visitor import Visitor, once_in

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]


@once_in("wide-light")
def test_find_confirm_and_put_the_confirmed_slice_on_record(
    visit: Visit, bundled: Build, size: tuple[int, int], theme: str
) -> None:
    reader = visit(size, theme)
    page = reader.page
    system = bundled.info.systems[0]
    reader.open("slices", evaluation=BUNDLED, system=system, combined="accent,noise,device", depth="2")
    # In another size it was searched already: a search that is on record opens with its link.
    if page.get_by_role("button", name="Search", exact=True).first.is_enabled():
        reader.click("button", "Search", exact=True)
    said = page.get_by_role("heading", level=1)
    expect(said).to_contain_text("confirmed on other voices", timeout=60_000)
    reader.wait()

    reader.click("combobox", "Look at one slice")
    first = page.get_by_role("option").first
    conditions = first.inner_text()
    first.click()
    reader.wait()
    expect(page.get_by_text(re.compile("Confirmed; found independently")).first).to_be_visible()
    reader.click("button", "Add to card")
    reader.click("button", "Put on record")
    reader.picture_of_all("journey-2-slice")

    reader.open("card", evaluation=BUNDLED, system=system)
    reader.click("tab", "Findings")
    findings = page.get_by_role("tabpanel", name="Findings")
    expect(findings).to_contain_text(conditions.partition(" · ")[0])
    expect(findings).to_contain_text(re.compile(r"a search of [\d,]+ slices"))
    expect(findings).to_contain_text("who confirm it")
