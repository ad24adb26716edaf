"""What people come for, step by step in a real browser (design: the journeys that must feel effortless)."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, expect

from analysis.attributes import Attribute
from analysis.judgement import WORSE
from analysis.selection import AllOf, OneOf, Selection
from dashboard.answers.layouts import default_layout
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.answers.utterances import selected_utterances
from dashboard.wording import attribute_label
from dashboard.wording_card_page import ADD_TO_CARD, KEEP_FINDING
from data.store import Build
from tests.browser.conftest import BUNDLED, Visit
from tests.browser.test_pages import faults_of
from tests.browser.visitor import Visitor, once_in

pytestmark = pytest.mark.browser

LOADS = """async audio => {
  audio.muted = true;
  await audio.play();
  await new Promise(resolve => setTimeout(resolve, 300));
  audio.pause();
  return {ready: audio.readyState, duration: audio.duration, at: audio.currentTime, error: audio.error?.message ?? null};
}"""


@dataclass(frozen=True)
class ChosenCell:
    """A cell of a heatmap that is worse, shown."""

    layout: tuple[str, ...]
    position: int
    group: dict[str, str]
    has_clip: bool


def worse_cell(bundled: Build, system: str) -> ChosenCell:
    """The first such cell with a clip, in the default heatmap if it has one, else in a coarser one."""
    layout = default_layout(bundled.info.attributes)
    found = [
        cell for depth in range(len(layout), 0, -1) for cell in _worse_cells(bundled, system, layout[:depth])
    ]
    assert found, "no group of the bundled evaluation is shown to be worse"
    heard = next((cell for cell in found if cell.has_clip), None)
    assert heard, "none of the groups that are shown to be worse can be heard"
    return heard


def _worse_cells(bundled: Build, system: str, layout: tuple[str, ...]) -> list[ChosenCell]:
    table = rates(bundled, RatesQuestion(system, layout)).table
    positions = [int(i) for i in range(len(table)) if table.judgement.verdict[i] == WORSE]
    groups = [{name: str(value) for name, value in table.group(i).items()} for i in positions]
    return [
        ChosenCell(layout, i, group, _can_be_heard(bundled, system, selection_of(group)))
        for i, group in zip(positions, groups, strict=True)
    ]


def selection_of(group: dict[str, str]) -> Selection:
    parts = tuple(OneOf(name, (value,)) for name, value in group.items())
    return parts[0] if len(parts) == 1 else AllOf(parts)


def _can_be_heard(bundled: Build, system: str, where: Selection) -> bool:
    shown = selected_utterances(bundled, system, where, limit=1).shown
    return bool(shown and shown[0].clip)


@once_in("narrow-dark")
def test_open_read_click_hear_and_put_it_in_the_card(
    visit: Visit, bundled: Build, size: tuple[int, int], theme: str
) -> None:
    reader = visit(size, theme)
    page = reader.page
    reader.open()
    page.locator(f"a[href*='overview'][href*='{BUNDLED}']").first.click()
    page.wait_for_url("**/overview?*")
    reader.wait()
    system = bundled.info.systems[0]
    expect(page.get_by_role("heading", level=1)).to_contain_text(system)
    reader.picture("journey-1-overview")

    cell = worse_cell(bundled, system)
    open_heatmap(reader, cell)
    reader.click_point(cell.position)
    story = page.get_by_test_id("stMain").get_by_text(re.compile("worse, shown"))
    expect(story.locator("visible=true").first).to_be_visible()
    assert all(value in page.url.replace("+", " ").replace("%20", " ") for value in cell.group.values())
    reader.picture_of_all("journey-1-cell")
    assert faults_of(reader) == []

    assert_can_be_heard(page.locator("audio").first)
    put_in_card(reader)
    reader.go_to("Card")
    reader.click("tab", "Findings")
    for value in cell.group.values():
        expect(page.get_by_role("tabpanel", name="Findings")).to_contain_text(value)
    reader.picture_of_all("journey-1-card")
    assert faults_of(reader) == []


def open_heatmap(reader: Visitor, cell: ChosenCell) -> None:
    """By the sidebar; where a coarser heatmap is wanted, by its link."""
    reader.go_to("Heatmap")
    if len(cell.layout) < 3:
        rows, columns = (*cell.layout, "none")[:2]
        reader.open("heatmap", evaluation=BUNDLED, rows=rows, columns=columns, panel="none")


def assert_can_be_heard(audio: Locator) -> None:
    """The clip loads and plays to somewhere."""
    audio.scroll_into_view_if_needed()
    state = audio.evaluate(LOADS)
    assert state["error"] is None
    assert state["ready"] >= 2
    assert state["duration"] > 0
    assert state["at"] > 0


def put_in_card(reader: Visitor) -> None:
    """The cell's own way to the card stands before that of the whole table."""
    reader.click("button", ADD_TO_CARD)
    reader.click("button", KEEP_FINDING, exact=True)
    expect(reader.page.get_by_text("Kept for the card").first).to_be_visible()


@once_in("wide-dark")
def test_a_subgroup_is_built_shared_and_opened_elsewhere(
    visit: Visit, bundled: Build, size: tuple[int, int], theme: str
) -> None:
    maker = visit(size, theme)
    page = maker.page
    maker.open("subgroup", evaluation=BUNDLED)
    first, second = [a for a in bundled.info.attributes if a.kind == "category"][:2]
    for attribute in (first, second):
        add_condition(maker, attribute)
        press_group(maker, attribute, attribute.levels[0])
    said = maker.headline()
    assert first.levels[0] in said
    assert second.levels[0] in said
    assert "where=" in page.url
    counts = page.get_by_test_id("stCaption").all_inner_texts()
    maker.picture_of_all("journey-3-built")
    assert faults_of(maker) == []

    colleague = visit(size, theme)
    colleague.page.goto(page.url)
    colleague.wait()
    assert colleague.headline() == said
    assert colleague.page.get_by_test_id("stCaption").all_inner_texts() == counts


def add_condition(visitor: Visitor, attribute: Attribute) -> None:
    """Choose an attribute from the list, which has to be in view and at rest first."""
    box = visitor.page.get_by_role("combobox", name="Add a condition")
    box.scroll_into_view_if_needed()
    visitor.page.wait_for_timeout(400)
    box.click()
    visitor.page.get_by_role("option", name=attribute_label(attribute.name), exact=True).click()
    visitor.wait()


def press_group(visitor: Visitor, attribute: Attribute, group: str) -> None:
    """Press one group of a condition."""
    groups_of(visitor, attribute).get_by_role("button", name=group, exact=True).click()
    visitor.wait()


def groups_of(visitor: Visitor, attribute: Attribute) -> Locator:
    return visitor.page.get_by_role("toolbar", name=f"Groups by {attribute_label(attribute.name)}")


def test_the_typed_expression_and_the_builder_describe_the_same(visit: Visit, bundled: Build) -> None:
    reader = visit()
    page = reader.page
    attribute = next(a for a in bundled.info.attributes if a.kind == "category")
    first, second = attribute.levels[:2]
    reader.open("subgroup", evaluation=BUNDLED)
    field = page.get_by_role("textbox", name="The same as a typed expression")
    field.fill(f"{attribute.name} = '{first}'")
    field.press("Enter")
    reader.wait()
    pressed = groups_of(reader, attribute).get_by_role("button", pressed=True)
    expect(pressed).to_have_text([first])
    press_group(reader, attribute, second)
    expect(field).to_have_value(f"{attribute.name} in ('{first}', '{second}')")

    field.fill(f"{attribute.name} = ")
    field.press("Enter")
    reader.wait()
    expect(page.get_by_text("at the end")).to_be_visible()
    expect(pressed).to_have_text([first, second])


def test_the_list_of_recordings_is_narrowed_and_paged_without_changing_the_verdict(
    visit: Visit, bundled: Build
) -> None:
    reader = visit()
    page = reader.page
    where = f"accent = '{bundled.info.attribute('accent').levels[0]}'"
    reader.open("subgroup", evaluation=BUNDLED, where=where, tab="errors")
    said, listed = reader.headline(), page.get_by_text("showing 1 to 10")
    expect(listed).to_be_visible()
    everybody = listed.inner_text()
    page.get_by_role("button", name="Page 2", exact=True).click()
    expect(page.get_by_text("showing 11 to 20")).to_be_visible()
    choose_option(reader, "What is wrong", "A deletion")
    expect(listed).to_be_visible()
    assert listed.inner_text() != everybody
    headings = page.get_by_text(re.compile(r"\d deletions?\b.* in \d+ words"))
    expect(headings).to_have_count(10)
    box = page.get_by_role("textbox", name="Said or heard")
    box.fill("the")
    box.press("Enter")
    expect(page.get_by_text("The list is narrowed.")).to_be_visible()
    reader.wait()
    assert reader.headline() == said
    assert "error=deletion" in page.url
    assert "heard=the" in page.url
    box.fill("nobodysaidthis")
    box.press("Enter")
    expect(page.get_by_text("No recording is left in the list.")).to_be_visible()
    reader.wait()
    assert reader.headline() == said
    assert faults_of(reader) == []


def choose_option(visitor: Visitor, label: str, option: str) -> None:
    box = visitor.page.get_by_role("combobox", name=label, exact=True)
    box.scroll_into_view_if_needed()
    visitor.page.wait_for_timeout(400)
    box.click()
    visitor.page.get_by_role("option", name=option, exact=True).click()
    visitor.wait()


def test_what_is_on_screen_goes_along_to_another_page(visit: Visit, bundled: Build) -> None:
    reader = visit()
    system = bundled.info.systems[-1]
    where = f"accent = '{bundled.info.attribute('accent').levels[0]}'"
    reader.open("overview", evaluation=BUNDLED, system=system, where=where)
    reader.click("link", "Heatmap", exact=True)
    reader.page.wait_for_url("**/heatmap?*where=*")
    reader.wait()
    for name, shown in (("Evaluation", BUNDLED), ("System", system)):
        expect(reader.page.get_by_role("combobox", name=name)).to_have_value(shown)


def test_back_undoes_a_choice(visit: Visit, bundled: Build) -> None:
    reader = visit()
    page = reader.page
    where = f"accent = '{bundled.info.attribute('accent').levels[0]}'"
    reader.open("subgroup", evaluation=BUNDLED, where=where)
    said = reader.headline()
    page.get_by_role("button", name="Clear", exact=True).click()
    reader.wait()
    assert reader.headline() != said
    page.go_back()
    reader.wait()
    expect(page.get_by_role("heading", level=1)).to_have_text(said)


def test_a_link_to_what_is_not_here_says_so(visit: Visit) -> None:
    reader = visit()
    reader.open("overview", evaluation="elsewhere", build="0123456789ab")
    assert (
        "elsewhere” (build 0123456789ab), which is not on this machine"
        in reader.page.get_by_test_id("stMain").inner_text()
    )
    reader.open("subgroup", evaluation=BUNDLED, where="no_such_attribute = 'x'")
    assert "no_such_attribute" in reader.page.get_by_test_id("stMain").inner_text()
