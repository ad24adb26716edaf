"""Saved subgroups and what was said, on the Subgroup page and in the sidebar."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.selection import AllOf, Not, OneOf
from dashboard.answers.saved import save_subgroup, saved_here
from dashboard.answers.saved_files import export_bytes
from data.store import EvaluationInfo, evaluations_home, find_evaluation
from data.workspace import connected
from tests.pages.conftest import texts

pytestmark = pytest.mark.pages
Opened = Callable[..., AppTest]
EAST = OneOf("accent", ("East",))


def full() -> EvaluationInfo:
    return find_evaluation(evaluations_home(), "full")


@pytest.fixture(autouse=True)
def nothing_stays_saved(homes: Path) -> Iterator[None]:
    yield
    with closing(connected(homes / "full")) as connection, connection:
        connection.execute("DROP TABLE IF EXISTS subgroup_log")


def press(page: AppTest, label: str) -> AppTest:
    [button] = [one for one in page.button if one.label == label]
    pressed = button.click().run()
    assert not pressed.exception
    return pressed


def names() -> list[str]:
    return [one.saved.name for one in saved_here(full())]


def test_the_subgroup_on_screen_is_saved_under_a_name(open_page: Opened) -> None:
    page = open_page("subgroup", where="accent = 'East'")
    page.text_input(key="saved_name").input("east")
    page.text_input(key="saved_note").input("why")
    page.text_input(key="saved_author").input("Kim")
    page = press(page, "Save")
    [one] = saved_here(full())
    assert (one.saved.name, one.saved.selection, one.saved.note, one.saved.author) == (
        "east",
        EAST,
        "why",
        "Kim",
    )
    assert "@east" in texts(page)
    assert "why · saved" in texts(page)


def test_a_name_that_cannot_be_is_refused_in_words(open_page: Opened) -> None:
    page = open_page("subgroup", where="accent = 'East'")
    page.text_input(key="saved_name").input("two words")
    page = press(page, "Save")
    assert any("cannot be the name of a subgroup" in one.value for one in page.text)
    assert names() == []


def test_everything_cannot_be_saved(open_page: Opened) -> None:
    assert [one for one in open_page("subgroup").button if one.label == "Save"] == []


def test_a_saved_one_is_opened_from_the_sidebar_of_any_page(open_page: Opened) -> None:
    open_page("overview")
    one = save_subgroup(full(), "east", EAST)
    page = open_page("overview")
    page.button(key=f"saved_choice_{one.id}").click().run()
    assert not page.exception
    assert page.query_params["where"] == "accent = 'East'"
    assert "Recordings with accent East" in texts(page)


def test_a_name_typed_becomes_conditions_in_the_link(open_page: Opened) -> None:
    page = open_page("subgroup")
    save_subgroup(full(), "east", EAST)
    page.text_input(key="subgroup_expression").input("@east and noise = 'babble'").run()
    assert page.query_params["where"] == "accent = 'East' and noise = 'babble'"
    linked = open_page("subgroup", where="@EAST")
    assert linked.query_params["where"] == "accent = 'East'"
    page.text_input(key="subgroup_expression").input("@eest").run()
    assert any("did you mean 'east'" in one.value for one in page.text)


def test_it_is_renamed_and_deleted_after_a_question(open_page: Opened) -> None:
    open_page("subgroup")
    one = save_subgroup(full(), "east", EAST)
    page = open_page("subgroup")
    page.text_input(key=f"saved_{one.id}_to").input("from-the-east")
    page.button(key=f"saved_{one.id}_rename").click().run()
    assert not page.exception
    assert names() == ["from-the-east"]
    assert any("Delete @from-the-east?" in text.value for text in page.text)
    page.button(key=f"saved_{one.id}_delete").click().run()
    assert not page.exception
    assert names() == []


def test_they_are_compared_as_one_family(open_page: Opened) -> None:
    open_page("subgroup")
    save_subgroup(full(), "east", EAST)
    save_subgroup(full(), "phone", OneOf("device", ("phone",)))
    page = open_page("subgroup")
    page.toggle(key="saved_compare").set_value(True).run()
    assert not page.exception
    tables = "".join(str(one.proto.body) for one in page.get("html"))
    assert "@east" in tables
    assert "@phone" in tables
    assert "2 questions were asked, a family that is corrected together" in texts(page)


def test_one_that_does_not_fit_says_so_and_cannot_be_opened(open_page: Opened) -> None:
    open_page("subgroup")
    one = save_subgroup(full(), "words", AllOf((EAST, Not(OneOf("accent", ("West",))))))
    with closing(connected(evaluations_home())) as connection, connection:
        connection.execute("DROP TRIGGER subgroup_log_is_added_to")
        connection.execute("UPDATE subgroup_log SET selection = replace(selection, 'accent', 'akzent')")
    page = open_page("subgroup")
    assert "does not fit this build: There is no attribute 'akzent'; did you mean 'accent'?" in texts(page)
    assert page.button(key=f"saved_choice_{one.id}").disabled
    assert [b for b in page.button if b.key == f"saved_{one.id}_open"] == []


def test_what_was_said_is_a_line_of_the_builder(open_page: Opened) -> None:
    page = open_page("subgroup", where="accent = 'East' and not reference matches '^the'")
    [asks] = [one for one in page.selectbox if one.label == "What was said: contains or matches"]
    assert asks.value == (True, True)
    page.selectbox(key="subgroup_add").select("What was said").run()
    fields = [one for one in page.text_input if one.label == "Word or pattern"]
    assert [one.value for one in fields] == ["^the", ""]
    fields[1].input("river").run()
    assert not page.exception
    assert page.query_params["where"] == (
        "accent = 'East' and not reference matches '^the' and reference contains 'river'"
    )
    [first, _] = [one for one in page.text_input if one.label == "Word or pattern"]
    first.input("(").run()
    assert any("This parenthesis is never closed" in one.value for one in page.text)
    assert "not reference matches '^the'" in page.query_params["where"]


def test_texts_that_are_not_shown_are_no_line_of_the_builder(open_page: Opened) -> None:
    page = open_page("subgroup", evaluation="other")
    assert "What was said" not in page.selectbox(key="subgroup_add").options
    page.text_input(key="subgroup_expression").input("reference contains 'x'").run()
    assert any("are not shown" in one.value for one in page.text)


def test_words_and_patterns_are_said_in_the_headline(open_page: Opened) -> None:
    page = open_page("subgroup", where="reference contains 'river' and not reference matches '[0-9]'")
    said = str(page.title[0].value).replace("\\", "")
    assert 'reference containing the word "river" and reference not matching the pattern "[0-9]"' in said


def test_a_file_is_seen_and_then_saved(open_page: Opened) -> None:
    open_page("subgroup")
    save_subgroup(full(), "east", EAST)
    content = export_bytes(full()).replace(b'"east"', b'"orient"')
    page = open_page("subgroup")
    page.get("file_uploader")[0].set_value(("mine.json", content, "application/json")).run()
    assert not page.exception
    assert "1 subgroup in this file, 1 of them new" in texts(page)
    assert names() == ["east"]
    page = press(page, "Save these")
    assert names() == ["east", "orient"]


def test_the_faults_of_a_file_are_named_and_nothing_is_saved(open_page: Opened) -> None:
    open_page("subgroup")
    plain = {"format": "fairhearing subgroups", "version": 1}
    entries = [
        {"name": "a b", "expression": "accent = 'East'"},
        {"name": "c", "expression": "accent = 'Est'"},
    ]
    content = json.dumps({**plain, "subgroups": entries}).encode()
    page = open_page("subgroup")
    page.get("file_uploader")[0].set_value(("mine.json", content, "application/json")).run()
    assert not page.exception
    assert "subgroup 1" in texts(page)
    assert "No recording has accent 'Est'" in texts(page)
    assert "Save these" not in [one.label for one in page.button]
    assert names() == []


def test_the_public_compares_them_too(open_page: Opened) -> None:
    open_page("subgroup")
    save_subgroup(full(), "east", EAST)
    page = open_page("subgroup", audience="public")
    page.toggle(key="saved_compare").set_value(True).run()
    assert not page.exception
    assert "speakers are rounded down to fives" in texts(page)
    assert "@east" in "".join(str(one.proto.body) for one in page.get("html"))
