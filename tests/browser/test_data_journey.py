"""From a file to its heatmap in a real browser: a fault is shown with its row, mended, and the file loaded."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from data.store import evaluation_names, find_evaluation
from tests.browser.conftest import BUNDLED, HOSTILE_NAME, Visit
from tests.browser.test_pages import WHAT_CAME_OF_IT, faults_of
from tests.browser.visitor import SIZES_AND_THEMES, WIDE, Visitor, once_in
from tests.hostile_texts import HOSTILE

pytestmark = pytest.mark.browser

WORDS = "turn on the heating in the kitchen please and play some music".split()
# Streamlit's own uploader is a section with a role and a label; its button is reached all the same.
OF_THE_UPLOADER = "presentation-role-conflict"
PATIENCE_MS = 90_000


def lines_of_a_file() -> list[str]:
    """Twelve speakers of each of two accents, in two noises, heard by two systems."""
    drawn = random.Random(3)
    lines = ["utterance_id,speaker_id,accent,noise,said_words,hypothesis_A,hypothesis_B"]
    for speaker in range(24):
        for noise in ("quiet", "babble"):
            said = drawn.sample(WORDS, 6)
            heard = [word if drawn.random() > 0.2 else "uh" for word in said]
            who = f"s{speaker},{('North', 'South')[speaker % 2]},{noise}"
            lines.append(f"u{speaker}{noise},{who},{' '.join(said)},{' '.join(heard)},{' '.join(said)}")
    return lines


def upload(reader: Visitor, name: str, lines: list[str]) -> None:
    content = "\n".join([*lines, ""]).encode()
    hand_in(reader, "Upload files", name, content)
    reader.page.get_by_text(f"{len(lines) - 1} rows").first.wait_for(timeout=PATIENCE_MS)
    reader.wait()


def hand_in(reader: Visitor, label: str, name: str, content: bytes) -> None:
    """Give a file to the uploader whose label begins so."""
    place = reader.page.get_by_test_id("stFileUploader").filter(has_text=label)
    place.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )


def make_button(reader: Visitor) -> Locator:
    return reader.page.get_by_role("button", name="Make the evaluation")


def choose(reader: Visitor, label: str, option: str) -> None:
    box = reader.page.get_by_role("combobox", name=label)
    box.scroll_into_view_if_needed()
    reader.page.wait_for_timeout(400)
    box.click()
    reader.page.get_by_role("option", name=option, exact=True).click()
    reader.wait()


@once_in("wide-light")
def test_a_fault_is_shown_mended_and_the_heatmap_opens(
    visit: Visit, browser_home: Path, size: tuple[int, int], theme: str
) -> None:
    # Every size and theme makes an evaluation of its own in the one folder of them.
    shown = f"my <b>results-{size[0]}{theme}.csv"
    made = f"my-b-results-{size[0]}{theme}"
    # Readers of other tests may be in the middle of theirs.
    uploads = browser_home / ".uploads"
    others = {*uploads.iterdir()} if uploads.exists() else set()
    reader = visit(size, theme)
    page = reader.page
    page.context.set_default_timeout(PATIENCE_MS)
    lines = lines_of_a_file()
    faulty = [*lines]
    faulty[5] = faulty[5].replace(faulty[5].split(",")[0], faulty[2].split(",")[0], 1)

    reader.open("data")
    upload(reader, shown, faulty)
    expect(page.get_by_text(f"{shown}: delimited text")).to_be_visible()
    expect(make_button(reader)).to_be_disabled()
    choose(reader, "What was said (reference)", "said_words")
    make_button(reader).click()
    page.get_by_text("The file has 1 fault.").wait_for()
    reader.wait()
    fault = page.get_by_role("region", name="Faults of the file")
    expect(fault.get_by_role("row").nth(1)).to_contain_text("6")
    expect(fault).to_contain_text("is in row 3 already")
    assert made not in evaluation_names(browser_home)
    reader.picture_of_all("journey-4-fault")

    upload(reader, shown, lines)
    expect(page.get_by_role("combobox", name="What was said (reference)")).to_have_value("said_words")
    expect(page.get_by_text("The file has 1 fault.")).to_have_count(0)
    make_button(reader).click()
    page.get_by_text("is made (build").wait_for()
    reader.wait()
    reader.picture_of_all("journey-4-made")
    info = find_evaluation(browser_home, made)
    assert info.systems == ("A", "B")
    assert info.note == f"Uploaded as {shown}."
    assert {*uploads.iterdir()} <= others
    reader.click("link", "Open the heatmap")
    page.wait_for_url(f"**/heatmap?*build={info.build}*")
    reader.wait()
    expect(page.locator("td[data-cell]").first).to_be_visible()
    assert faults_of(reader) == []
    assert f"evaluation={made}" in page.url

    reader.open("data")
    upload(reader, f"{made}.csv", lines)
    choose(reader, "What was said (reference)", "said_words")
    expect(make_button(reader)).to_be_disabled()
    expect(page.get_by_text(f"“{made}” is on this machine already")).to_be_visible()


@SIZES_AND_THEMES
def test_every_part_of_the_page_is_accessible_and_whole(
    visit: Visit, size: tuple[int, int], theme: str
) -> None:
    reader = visit(size, theme)
    name = f"{'wide' if size == WIDE else 'narrow'}-{theme}"
    reader.open("data", evaluation=BUNDLED)
    faults = []
    for tab in ("Add a system", "Plan", "On this machine"):
        reader.click("tab", tab)
        if tab == "Plan":
            reader.page.get_by_text("Declare another plan").click()
            reader.page.get_by_text("Whom the system is for").wait_for()
            reader.wait()
        reader.picture_of_all(f"data-{tab.casefold().replace(' ', '-')}-{name}")
        faults += [f"{tab}: {fault}" for fault in faults_of(reader)]
    assert faults == []


@SIZES_AND_THEMES
def test_both_pages_are_accessible_and_whole(visit: Visit, size: tuple[int, int], theme: str) -> None:
    reader = visit(size, theme)
    name = f"{'wide' if size == WIDE else 'narrow'}-{theme}"
    reader.open("data")
    upload(reader, "results.csv", lines_of_a_file())
    reader.picture_of_all(f"data-{name}")
    faults = [fault for fault in faults_of(reader) if not fault.startswith(OF_THE_UPLOADER)]
    reader.open("trust", evaluation=BUNDLED)
    for tab in ("Doctor", "Coverage", "Labels", "Provenance"):
        reader.click("tab", tab)
        reader.picture_of_all(f"trust-{tab.casefold()}-{name}")
        faults += [f"{tab}: {fault}" for fault in faults_of(reader)]
    assert faults == []


def test_hostile_texts_stay_texts_on_both_pages(visit: Visit) -> None:
    reader = visit()
    reader.open("trust", evaluation=HOSTILE_NAME)
    for tab in ("Doctor", "Coverage", "Labels", "Provenance"):
        reader.click("tab", tab)
        assert reader.page.evaluate(WHAT_CAME_OF_IT) == {"ran": False, "drawn": []}, tab
    reader.open("data", tab="plan", evaluation=HOSTILE_NAME)
    expect(reader.page.get_by_text("Whom the system is for")).to_be_visible()
    assert reader.page.evaluate(WHAT_CAME_OF_IT) == {"ran": False, "drawn": []}
    reader.click("tab", "Load")
    lines = ["id,speaker,reference,hypothesis,kind"]
    lines += [
        f"u{n},s{n % 3},{_quoted(text)},{_quoted(text)},{_quoted(text)}" for n, text in enumerate(HOSTILE)
    ]
    upload(reader, f"{HOSTILE[0]}.csv".replace("/", ""), lines)
    assert reader.page.evaluate(WHAT_CAME_OF_IT) == {"ran": False, "drawn": []}


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""').replace("\n", " ") + '"'
