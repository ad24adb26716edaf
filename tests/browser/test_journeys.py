"""What people come for, step by step in a real browser (design: the journeys that must feel effortless)."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, expect

from analysis.attributes import Attribute
from analysis.judgement import WORSE
from analysis.selection import AllOf, OneOf, Selection
from dashboard.answers.grid import default_layout
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.answers.utterances import selected_utterances
from dashboard.wording import attribute_label
from data.store import Build
from tests.browser.conftest import BUNDLED, Visit
from tests.browser.visitor import Visitor

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


def test_open_read_click_hear_and_put_it_in_the_card(visit: Visit, bundled: Build) -> None:
    reader = visit()
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
    expect(page.get_by_text(re.compile("worse, shown")).first).to_be_visible()
    assert all(value in page.url.replace("+", " ").replace("%20", " ") for value in cell.group.values())
    reader.picture_of_all("journey-1-cell")

    assert_can_be_heard(page.locator("audio").first)
    put_in_card(reader)
    reader.click("link", "Card", exact=True)
    page.wait_for_url("**/card?*")
    reader.wait()
    reader.click("tab", "Findings")
    for value in cell.group.values():
        expect(page.get_by_role("tabpanel", name="Findings")).to_contain_text(value)
    reader.picture_of_all("journey-1-card")


def open_heatmap(reader: Visitor, cell: ChosenCell) -> None:
    """By the sidebar; where a coarser heatmap is wanted, by its link."""
    reader.click("link", "Heatmap", exact=True)
    reader.page.wait_for_url("**/heatmap?*")
    reader.wait()
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
    reader.click("button", re.compile("card", re.IGNORECASE))


def test_a_subgroup_is_built_shared_and_opened_elsewhere(visit: Visit, bundled: Build) -> None:
    maker = visit()
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

    colleague = visit()
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
