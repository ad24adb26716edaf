"""A candidate version arrives: add it, read who gets worse, see what the release gate would say (a journey of the design)."""

from __future__ import annotations

import random
import re
import shlex
from pathlib import Path

import pytest
from playwright.sync_api import expect

from analysis.plan import Plan
from dashboard.answers.plan import set_plan
from data.ingest import ingest
from data.ingest_options import IngestOptions
from data.store import find_evaluation
from tests.browser.conftest import Visit, _run
from tests.browser.test_data_journey import hand_in
from tests.browser.test_pages import faults_of
from tests.browser.visitor import Visitor, once_in

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


@once_in("wide-dark")
def test_a_candidate_arrives_and_its_harm_is_decided_upon(
    visit: Visit, browser_home: Path, tmp_path: Path, size: tuple[int, int], theme: str
) -> None:
    name = f"arrives-{size[0]}{theme}"
    first, second = write_versions(tmp_path)
    ingest(IngestOptions(name, (first,), roles={"accent": "speaker", "noise": "condition"}), browser_home)
    intended = ("Irish", "Scottish", "Welsh", "Island")
    set_plan(find_evaluation(browser_home, name), Plan((("accent",),), (("accent", intended),)))
    outputs = second.read_text(encoding="utf-8")
    reader = visit(size, theme)
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = reader.page

    reader.open("data", tab="add", evaluation=name)
    expect(page.get_by_role("tab", name="Add a system")).to_have_attribute("aria-selected", "true")
    hand_in(reader, "Upload a file,", "hyp_C & co.csv", f"{outputs}\nnobody,hello\n".encode())
    page.get_by_text("360 of 360 recordings found, 1 row belongs to no recording").wait_for()
    reader.wait()
    page.get_by_role("button", name="Remove hyp_C").first.click()
    page.get_by_text("1 row belongs to no recording").wait_for(state="detached")
    hand_in(reader, "Upload a file,", "hyp_C & co.csv", outputs.encode())
    page.get_by_text("360 of 360 recordings found.").wait_for()
    reader.wait()
    page.get_by_role("button", name="Add the system", exact=True).click()
    page.get_by_text(f"is a system of “{name}”").wait_for()
    reader.wait()
    expect(page.get_by_text("Meant for, but not recorded: Island (accent).").first).to_be_visible()
    reader.picture_of_all("journey-5-added")
    assert faults_of(reader) == []

    reader.click("link", "Who gets worse, who better")
    page.wait_for_url("**/versions?*")
    reader.wait()
    said = reader.headline()
    assert said.startswith("Moving from current to C & co: 1 group gets worse (Scottish, ")
    assert "shown not to get worse by 1.25×" in said
    tab(reader, "Decision")
    panel = page.get_by_role("tabpanel", name="Decision")
    panel.get_by_text("Hold", exact=True).click()
    panel.get_by_label("Reason", exact=True).fill("Scottish speakers would be served worse.")
    reader.click("button", "Record the decision")
    expect(panel.get_by_role("button", name="Take it back")).to_be_visible()
    reader.wait()
    reader.picture_of_all("journey-5-decided")
    assert faults_of(reader) == []
    panel.get_by_test_id("stCode").hover()
    panel.get_by_role("button", name=re.compile("copy", re.IGNORECASE)).last.click()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith(said)
    assert "Decision on C & co: Hold (recorded " in copied
    assert "Reason: Scottish speakers would be served worse." in copied
    assert "A difference that is not shown is undecided" in copied


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
    assert "1 group gets worse (Scottish, " in reader.headline()
    assert "Irish" not in reader.headline()
    expect(page.get_by_text("speakers get worse; worst tenth").first).to_be_visible()
    reader.picture_of_all("journey-versions-groups")

    tab(reader, "Gaps")
    expect(
        page.get_by_text("candidate loses ground against the others for Scottish: gap").first
    ).to_be_visible()
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
