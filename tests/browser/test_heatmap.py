"""The heatmap in a real browser: walked through by keyboard, its names in sight while it scrolls, and kept as a file."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import expect

from data.ingest import ingest
from data.ingest_options import IngestOptions
from tests.browser.conftest import BUNDLED, Visit
from tests.browser.visitor import NARROW, WIDE

pytestmark = pytest.mark.browser


def test_cells_are_reached_by_keyboard_and_names_stay_while_they_scroll(visit: Visit, tmp_path: Path) -> None:
    reader = visit(NARROW, "light")
    reader.open("heatmap", evaluation=BUNDLED)
    page = reader.page
    first = page.locator("td[data-cell]").first
    first.focus()
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    # A locator that follows the tab order: one cell of the picture takes the keyboard.
    reached = page.locator('td[data-cell][tabindex="0"]')
    expect(reached).to_have_count(1)
    wanted = reached.get_attribute("data-title")
    said = reached.get_attribute("aria-label") or ""
    assert wanted
    assert said.startswith(wanted)
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Control+ArrowRight")
    expect(reached).to_have_attribute("data-title", wanted)
    name = page.locator("tbody th[scope=row]").nth(1)
    box = name.bounding_box()
    assert box
    assert 0 <= box["x"] < NARROW[0] / 2
    page.keyboard.press("Enter")
    reader.wait()
    expect(page.locator('td[aria-selected="true"]')).to_have_attribute("data-title", wanted)
    with page.expect_download() as kept:
        page.get_by_role("button", name="Save this view").click()
    kept.value.save_as(tmp_path / "view.html")
    text = (tmp_path / "view.html").read_text(encoding="utf-8")
    assert reader.headline() in text
    assert "<script" not in text
    assert not reader.outside


def test_a_page_of_the_dark_theme_is_printed_on_white_without_its_controls(
    visit: Visit, tmp_path: Path
) -> None:
    reader = visit(WIDE, "dark")
    reader.open("overview", evaluation=BUNDLED)
    page = reader.page
    cell = page.locator("td[data-cell]").first
    expect(cell).to_be_visible()
    label = page.locator(".lines .tick b").first
    page.emulate_media(media="print")
    for gone in ("stSidebar", "stHeader", "stDownloadButton", "stPageLink"):
        expect(page.get_by_test_id(gone).first).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_have_css("color", "rgb(17, 17, 17)")
    expect(label).to_have_css("color", "rgb(85, 86, 90)")
    expect(cell).to_have_css("color", "rgb(0, 0, 0)")
    path = tmp_path / "page.pdf"
    page.pdf(path=path, format="A4")
    assert path.read_bytes().count(b"/Type /Page\n") == 2


@pytest.mark.long
def test_forty_groups_by_twelve_conditions_are_printed_on_three_sheets(
    visit: Visit, browser_home: Path, tmp_path: Path
) -> None:
    words = [f"word{n}" for n in range(9)]
    lines = ["utterance_id,speaker_id,accent,noise,reference,hypothesis"]
    for n, (accent, who, noise) in enumerate(product(range(40), range(12), range(12))):
        heard = words[: 9 - (noise + accent + who + n) % 4]
        lines.append(
            f"{n},{accent}-{who},Accent {accent:02d},Noise {noise:02d},{' '.join(words)},{' '.join(heard)}"
        )
    source = tmp_path / "many.csv"
    source.write_text("\n".join(lines), encoding="utf-8")
    roles = {"accent": "speaker", "noise": "condition"}
    ingest(IngestOptions("many", (source,), roles=roles), browser_home)
    reader = visit()
    reader.open("overview", evaluation="many")
    expect(reader.page.locator("td[data-cell]").first).to_be_visible()
    path = tmp_path / "page.pdf"
    reader.page.pdf(path=path, format="A4")
    assert path.read_bytes().count(b"/Type /Page\n") <= 3


def test_a_link_to_a_cell_shows_the_cell_on_a_phone(visit: Visit) -> None:
    reader = visit(NARROW, "light")
    reader.open("heatmap", evaluation=BUNDLED, panel="none", cell="Arabic-L1 rules · babble")
    expect(reader.page.locator('td[aria-selected="true"]')).to_be_in_viewport()
