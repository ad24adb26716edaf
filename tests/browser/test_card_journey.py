"""An auditor assembles a card, takes it away, and has it verified: the file as it is, then a tampered copy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from data.store import Build
from tests.browser.conftest import BUNDLED, Visit
from tests.browser.visitor import NARROW, Visitor, once_in

pytestmark = pytest.mark.browser


def downloaded(reader: Visitor, label: str, folder: Path) -> Path:
    """The file behind a button of the outline."""
    with reader.page.expect_download() as waiting:
        reader.page.get_by_role("button", name=label, exact=True).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def hand_in(reader: Visitor, path: Path) -> None:
    panel = reader.page.get_by_role("tabpanel", name="Verify")
    panel.locator("input[type=file]").first.set_input_files(path)
    reader.wait()


@once_in("narrow-light")
def test_a_card_is_assembled_exported_and_verified(
    visit: Visit, bundled: Build, tmp_path: Path, size: tuple[int, int], theme: str
) -> None:
    reader = visit(size, theme)
    page = reader.page
    reader.open("card", evaluation=BUNDLED, system=bundled.info.systems[0])
    reader.click("tab", "Decision")
    panel = page.get_by_role("tabpanel", name="Decision")
    panel.get_by_text("Hold", exact=True).click()
    panel.get_by_label("Reason", exact=True).fill("Made-up voices say nothing about people.")
    reader.click("button", "Record the decision")
    panel.get_by_role("button", name="Take it back").wait_for()
    expect(panel.get_by_text("cannot be signed off")).to_be_visible()
    reader.wait()
    reader.picture_of_all("journey-6-decision")
    assert reader.violations() == []

    reader.click("tab", "Files")
    pdf = downloaded(reader, "PDF", tmp_path)
    assert pdf.read_bytes().startswith(b"%PDF")
    card = downloaded(reader, "JSON", tmp_path)
    assert card.name.startswith(f"{BUNDLED}-System-A-")
    assert json.loads(card.read_text())["evidence"]["decision"]["choice"] == "hold"

    reader.click("tab", "Verify")
    hand_in(reader, card)
    verify = page.get_by_role("tabpanel", name="Verify")
    verify.get_by_text("The card holds").wait_for()
    expect(verify.get_by_text("was taken away from here, just as it is")).to_be_visible()
    expect(verify.get_by_text("unprotected")).to_be_visible()
    reader.picture_of_all("journey-6-verified")

    plain = json.loads(card.read_text())
    plain["evidence"]["overall"]["rate"] = 0.01
    tampered = tmp_path / "tampered.json"
    tampered.write_text(json.dumps(plain))
    hand_in(reader, tampered)
    verify.get_by_text("The card does not hold").wait_for()
    expect(verify.get_by_text("evidence.overall.rate")).to_be_visible()
    reader.picture_of_all("journey-6-tampered")
    assert reader.violations() == []

    reader.click("tab", "Decision")
    reader.click("button", "Take it back")
    page.get_by_role("button", name="Take it back").wait_for(state="detached")


def test_the_card_page_fits_a_phone(visit: Visit, bundled: Build) -> None:
    reader = visit(NARROW)
    reader.open("card", evaluation=BUNDLED, system=bundled.info.systems[0])
    reader.click("tab", "Verify")
    reader.picture_of_all("card-verify-narrow")
    assert not reader.scrolls_sideways()
