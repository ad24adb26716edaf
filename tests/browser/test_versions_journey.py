"""A candidate version arrives: add it, read who gets worse, see what the release gate would say (a journey of the design)."""

from __future__ import annotations

import random
import shlex
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit, _run
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

NAME = "two-versions"
WORDS = "the river ran past seven old houses and nobody there had ever asked".split()


def write_versions(folder: Path) -> tuple[Path, Path]:
    """References with the current system, and the candidate's transcripts: it leaves out words of one accent."""
    drawn = random.Random(3)
    current = ["utterance_id,speaker_id,accent,noise,reference,hypothesis_current"]
    candidate = ["utterance_id,hypothesis"]
    for speaker in range(60):
        accent = ("Irish", "Scottish", "Welsh")[speaker % 3]
        for n in range(6):
            words = drawn.sample(WORDS, 10)
            heard = [word if drawn.random() > 0.15 else "mumble" for word in words]
            later = [word for word in heard if accent != "Scottish" or drawn.random() > 0.2]
            noise = ("quiet", "street")[n % 2]
            name = f"u{speaker}-{n}"
            current.append(f"{name},s{speaker},{accent},{noise},{' '.join(words)},{' '.join(heard)}")
            candidate.append(f"{name},{' '.join(later)}")
    paths = folder / "current.csv", folder / "candidate.csv"
    for path, lines in zip(paths, (current, candidate), strict=True):
        path.write_text("\n".join(lines), encoding="utf-8")
    return paths


def tab(reader: Visitor, name: str) -> None:
    reader.click("tab", name, exact=True)


def test_a_candidate_arrives_and_the_gate_is_previewed(
    visit: Visit, browser_home: Path, tmp_path: Path
) -> None:
    first, second = write_versions(tmp_path)
    roles = ("--role", "accent=speaker,noise=condition")
    _run("ingest", str(first), "--home", str(browser_home), "--name", NAME, *roles)
    reader = visit()
    page = reader.page
    reader.open("versions", evaluation=NAME)
    assert "one system here" in reader.headline()
    command = page.locator("[data-testid=stCode]").first.inner_text()

    typed = shlex.split(command.strip().replace("FILE", str(second)))[1:]
    _run(*typed, "--home", str(browser_home))
    reader = visit()
    page = reader.page
    reader.open("versions", evaluation=NAME, system="candidate")
    assert reader.headline().startswith("Moving from current to candidate: ")
    assert "1 group worse (Scottish, " in reader.headline()
    assert "Irish" not in reader.headline()
    expect(page.get_by_text("speakers get worse; worst tenth").first).to_be_visible()
    reader.picture_of_all("journey-versions-groups")

    tab(reader, "Gaps")
    expect(page.get_by_text("serves Scottish worse")).to_be_visible()
    tab(reader, "Release gate")
    expect(page.get_by_text("Fails: candidate is shown to be worse for Scottish").first).to_be_visible()
    page.get_by_role("combobox", name="Held against").click()
    page.get_by_role("option", name="Each group against current").click()
    reader.wait()
    expect(page.get_by_text("worse than current for Scottish").first).to_be_visible()
    assert "held=current" in page.url
    reader.picture_of_all("journey-versions-gate")

    reader.click("button", "Copy as text")
    expect(page.locator("[data-testid=stCode]").filter(has_text="Moving from current").first).to_contain_text(
        "A difference that is not shown is undecided"
    )


def test_a_link_opens_the_same_comparison_in_a_fresh_browser(visit: Visit) -> None:
    reader = visit()
    reader.open("versions", evaluation="synthetic-voices", system="System B", rows="noise", columns="none")
    shown, address = reader.headline(), reader.page.url
    assert shown.startswith("Moving from System A to System B")
    other = visit()
    other.page.goto(address)
    other.page.get_by_role("heading", level=1).first.wait_for()
    other.wait()
    assert other.headline() == shown
