"""The tutorial in a real browser, by the very labels it prints: from its file to a card that the commands make too."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from dashboard.commands.main import main
from tests.browser.conftest import Visit
from tests.browser.test_card_journey import downloaded
from tests.browser.test_data_journey import PATIENCE_MS, choose, hand_in
from tests.tutorial import commands, labels, write_example

pytestmark = pytest.mark.browser


def test_the_tutorial_goes_from_a_file_to_a_card(visit: Visit, browser_home: Path, tmp_path: Path) -> None:
    reader = visit()
    page = reader.page
    page.context.set_default_timeout(PATIENCE_MS)
    results = write_example(tmp_path)

    reader.open()
    data, load, upload = labels(2)
    reader.click("link", data)
    expect(page.get_by_role("tab", name=load, exact=True)).to_have_attribute("aria-selected", "true")
    hand_in(reader, upload, results.name, results.read_bytes())
    page.get_by_text("results.csv: delimited text, 480 rows, 8 columns.").wait_for()
    reader.wait()

    *fields, systems, speaker, conditions, from_speakers = labels(3)
    for field, column in zip(fields, ("reference", "speaker_id", "utterance_id"), strict=True):
        expect(page.get_by_role("combobox", name=field, exact=True)).to_have_value(column)
    expect(page.get_by_test_id("stMultiSelect").filter(has_text=systems)).to_contain_text(
        "hypothesis_candidate"
    )
    for name, role in (("accent", speaker), ("noise", conditions), ("device", conditions)):
        expect(page.get_by_role("combobox", name=f"What {name} is about")).to_have_value(role)
    choose(reader, "Where labels of accent come from", from_speakers)

    name, show, make = labels(4)
    page.get_by_role("textbox", name=name).fill("mine")
    page.keyboard.press("Enter")
    reader.wait()
    page.get_by_text(show).click()
    reader.wait()
    reader.click("button", make)
    page.get_by_text("“mine” is made (build").wait_for()
    reader.wait()

    heatmap, overview, system, versions = labels(5)
    reader.click("link", heatmap)
    expect(page.get_by_role("combobox", name="Evaluation")).to_have_value("mine")
    assert "Island" in reader.headline()
    reader.click("link", overview)
    expect(page.get_by_role("combobox", name=system, exact=True)).to_have_value("candidate")
    reader.click("link", versions)

    card, take_away, *files = labels(6)
    reader.click("link", card)
    reader.click("tab", take_away)
    taken = {label: downloaded(reader, label, tmp_path).read_bytes() for label in files}
    assert taken["All, as zip"].startswith(b"PK")
    reader.picture_of_all("tutorial-card")

    *_, by_command = commands()
    by_command[by_command.index("card", 1)] = str(tmp_path / "card")
    assert main([*by_command, "--home", str(browser_home)]) == 0
    assert taken["JSON"] == (tmp_path / "card" / "card.json").read_bytes()
    assert taken["HTML"] == (tmp_path / "card" / "card.html").read_bytes()
