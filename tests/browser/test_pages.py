"""Every page in light and dark, wide and narrow: readable by everyone, whole, and on this machine only."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from dashboard.answers.layouts import default_layout
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.wording import group_names
from dashboard.wording_markup import UNSEEN
from data.store import Build
from tests.browser.conftest import BUNDLED, HOSTILE_NAME, Visit
from tests.browser.served import ROOT, Served, listening_addresses
from tests.browser.visitor import SIZES_AND_THEMES, WIDE, Visitor
from tests.hostile_texts import HOSTILE

pytestmark = pytest.mark.browser

WHAT_CAME_OF_IT = """() => ({
  ran: window.hit === 1,
  drawn: [...document.querySelectorAll(
    "[data-testid=stMain] :is(iframe, script, .katex, a[href*='evil'], img[src$='x'], svg[onload], span[data-testid=stIconMaterial])"
  )].filter(part => !part.closest('button, a, summary, [role=button], [data-testid=stTab]')).map(part => part.outerHTML.slice(0, 120)),
})"""
WHAT_IS_HEARD = """() => {
  const picture = document.querySelector(".lines");
  return {
    name: document.getElementById(picture.getAttribute("aria-labelledby")).textContent,
    sentences: [...picture.querySelectorAll(".row .said")].map(part => part.textContent),
  };
}"""
FILES = sorted((ROOT / "dashboard" / "app_pages").glob("[a-z]*.py"))
PAGES = tuple("" if file.stem == "start" else file.stem for file in FILES)


@SIZES_AND_THEMES
def test_every_page_is_accessible_and_whole(
    visit: Visit, bundled: Build, size: tuple[int, int], theme: str
) -> None:
    reader = visit(size, theme)
    faults = []
    for page in PAGES:
        name = f"{page or 'start'}-{'wide' if size == WIDE else 'narrow'}-{theme}"
        reader.open(page, **parameters(page, bundled))
        reader.picture_of_all(name)
        faults += [f"{name}: {fault}" for fault in faults_of(reader)]
        if page == "subgroup":
            reader.click("tab", "Errors")
            reader.picture_of_all(f"{name}-errors")
            faults += [f"{name}, errors: {fault}" for fault in faults_of(reader)]
        if page == "slices":
            search = reader.page.get_by_test_id("stMain").get_by_role("button", name="Search", exact=True)
            # Once it is on record, another size shows what was found without a press.
            if search.is_enabled():
                search.click()
            reader.page.get_by_text("How this was computed").wait_for()
            reader.wait()
            reader.picture_of_all(f"{name}-found")
            faults += [f"{name}, found: {fault}" for fault in faults_of(reader)]
        if page == "versions":
            for part in ("Voices", "Gaps", "History", "Release gate"):
                reader.click("tab", part)
                reader.picture_of_all(f"{name}-{part.lower().replace(' ', '-')}")
                faults += [f"{name}, {part}: {fault}" for fault in faults_of(reader)]
    assert not faults, "\n".join(faults)


def parameters(page: str, bundled: Build) -> dict[str, str]:
    """A page as it is when there is most on it."""
    if not page:
        return {}
    chosen = {"evaluation": BUNDLED}
    if page == "heatmap":
        table = rates(
            bundled, RatesQuestion(bundled.info.systems[0], default_layout(bundled.info.attributes))
        ).table
        chosen["cell"] = group_names(table.group(0))
    if page == "versions":
        chosen["system"] = bundled.info.systems[-1]
    if page == "subgroup":
        first, second = [a for a in bundled.info.attributes if a.kind == "category"][:2]
        where = f"{first.name} = '{first.levels[0]}' and {second.name} = '{second.levels[0]}'"
        chosen |= {"where": where, "split": second.name}
    return chosen


def faults_of(reader: Visitor) -> list[str]:
    """What a reader of this page would stumble over."""
    faults = reader.violations()
    faults += [
        f"an error is shown: {text}" for text in reader.page.get_by_test_id("stException").all_inner_texts()
    ]
    if reader.scrolls_sideways():
        faults.append("the page scrolls sideways")
    return faults + [f"clipped heading: {heading}" for heading in reader.clipped_headings()]


def test_the_server_listens_on_this_machine_only(dashboard: Served) -> None:
    assert listening_addresses(dashboard.process_group) == {"127.0.0.1"}


def test_a_page_opened_by_its_link_finds_its_server_at_once(visit: Visit, dashboard: Served) -> None:
    reader = visit()
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    reader.page.on("websocket", lambda socket: asked.append(urlsplit(socket.url).path))
    reader.open("subgroup", evaluation=BUNDLED)
    server = [path for path in asked if "_stcore" in path]
    assert "/_stcore/stream" in server
    assert [path for path in server if not path.startswith("/_stcore/")] == []
    assert reader.page.url.startswith(f"{dashboard.address}/subgroup?")


def test_hostile_texts_stay_texts(visit: Visit) -> None:
    reader = visit()
    for page in PAGES:
        reader.open(page, **({"evaluation": HOSTILE_NAME, "split": "accent"} if page else {}))
        if page == "subgroup":
            reader.click("tab", "Errors")
        reader.picture_of_all(f"hostile-{page or 'start'}")
        assert reader.page.evaluate(WHAT_CAME_OF_IT) == {"ran": False, "drawn": []}, page
        if page == "overview":
            heard = reader.page.evaluate(WHAT_IS_HEARD)
            assert heard["name"].startswith("Word error rate of accents")
            assert any(sentence.startswith(HOSTILE[0]) for sentence in heard["sentences"])


def test_the_recordings_of_a_hostile_evaluation_are_written_out(visit: Visit) -> None:
    reader = visit()
    reader.open("subgroup", evaluation=HOSTILE_NAME, where=f"accent = '{HOSTILE[6]}'")
    assert HOSTILE[6] in reader.headline().replace(UNSEEN, "")
    reader.click("tab", "Errors")
    # The words stand as they were scored: normalised, without the colons.
    assert "material" in reader.page.get_by_text("reference: ").first.inner_text()
