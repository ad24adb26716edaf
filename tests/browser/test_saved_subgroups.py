"""A subgroup is saved, found again from the sidebar, and its link works where nothing is saved."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from data.store import Build
from tests.browser.conftest import BUNDLED
from tests.browser.served import served
from tests.browser.visitor import NARROW, Visitor

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]


@pytest.mark.long  # It starts a second server; building, sharing and opening are in the other journeys.
def test_a_subgroup_is_saved_used_by_name_and_shared_without_it(
    visit: Visit, bundled: Build, browser_home: Path, tmp_path: Path
) -> None:
    accent = bundled.info.attribute("accent").levels[0]
    maker = visit()
    page = maker.page
    maker.open("subgroup", evaluation=BUNDLED, where=f"accent = '{accent}' and reference matches 'e'")
    said = maker.headline()
    maker.click("button", "Save this subgroup")
    page.get_by_role("textbox", name="Name").fill("mine-2")
    page.get_by_role("textbox", name="Note").fill("for the meeting")
    page.keyboard.press("Tab")
    maker.click("button", "Save", exact=True)
    expect(page.get_by_text(re.compile("for the meeting"))).to_have_count(1)
    maker.picture_of_all("saved-subgroup")

    reader = visit()
    reader.open("overview", evaluation=BUNDLED)
    reader.click("button", "Saved", exact=True)
    reader.click("button", "@mine-2")
    reader.page.wait_for_url("**where=*")
    expect(reader.page.get_by_text('reference matching the pattern "e"').first).to_be_visible()

    reader.open("subgroup", evaluation=BUNDLED, where="@mine-2")
    assert reader.headline() == said
    assert "mine-2" not in reader.page.url
    link = reader.page.url.partition("?")[2]

    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(browser_home / BUNDLED, elsewhere / BUNDLED)
    with served(elsewhere, tmp_path / "server.log") as other:
        colleague = visit(NARROW, "dark")
        colleague.page.goto(f"{other.address}/subgroup?{link}")
        colleague.page.get_by_role("heading", level=1).first.wait_for()
        colleague.wait()
        assert colleague.headline() == said
        assert colleague.page.get_by_text("Saved subgroups").count() == 0
        colleague.picture_of_all("saved-subgroup-elsewhere-dark")
        # A page would go on calling a server that is gone.
        colleague.page.close()

    page.get_by_text(re.compile(r"Saved subgroups \(1\)")).click()
    maker.wait()
    assert maker.violations() == []
    maker.picture_of_all("saved-subgroup-list")
    maker.click("button", "Delete", exact=True)
    maker.click("button", "Delete it")
    expect(page.get_by_text("Saved subgroups")).to_have_count(0)
