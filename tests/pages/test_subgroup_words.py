"""The Errors tab: the excess by kind and word, a word's recordings, and every state it has to cope with."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.answers.words import WordsQuestion, words
from dashboard.answers.words_document import kind_rows, word_rows
from dashboard.panels import subgroup_words
from dashboard.wording_words import (
    excess_with_interval,
    item_text,
    more_per_thousand,
    words_headline,
    words_lead,
)
from tests.pages.conftest import texts
from tests.pages.test_subgroup import EAST_IN_BABBLE, WHERE, full_build, html, said

pytestmark = pytest.mark.pages
Opened = Callable[..., AppTest]


def test_the_sentence_and_the_tables_are_those_of_the_answer(open_page: Opened) -> None:
    page = open_page("subgroup", tab="errors", where=WHERE)
    answer = words(full_build(), WordsQuestion(EAST_IN_BABBLE, "Beta"))
    headline, lead = words_headline(answer, synthetic=True), words_lead(answer, synthetic=True)
    shown = texts(page).replace("\\", "")
    assert f"**{lead}** {headline.removeprefix(lead).strip()}" in shown
    tables = "".join(text for text in html(page) if "<table" in text)
    assert all(more_per_thousand(row["excess"]) in tables for row in kind_rows(answer))
    rows = word_rows(answer, "word", subgroup_words.ROWS)
    assert all(item_text(row) in tables and excess_with_interval(row) in tables for row in rows)
    assert "Words looked at: " in said(page).replace("\\", "")


def test_a_list_is_chosen_by_kind_and_kept_in_the_address(open_page: Opened) -> None:
    page = open_page("subgroup", tab="errors", where=WHERE)
    (kinds,) = [one for one in page.segmented_control if one.label == "What is listed"]
    kinds.set_value("substitution").run()
    assert not page.exception
    assert page.query_params["words"] == "substitution"
    (drawn, listed) = [text for text in html(page) if "Substitutions with the largest excess" in text]
    assert ('class="lines"' in drawn, "<table" in listed) == (True, True)
    assert " → mumble" in listed


def test_a_word_filters_the_recordings(open_page: Opened) -> None:
    page = open_page("subgroup", tab="errors", where=WHERE)
    row = word_rows(words(full_build(), WordsQuestion(EAST_IN_BABBLE, "Beta")), "word", 1)[0]
    page.selectbox(key="word").select(item_text(row)).run()
    assert not page.exception
    assert page.query_params["word"] == row["reference"]
    recordings = [text for text in html(page) if "reference: " in text]
    assert recordings
    assert all(row["reference"] in one for one in recordings)


def test_the_words_are_worked_out_only_where_they_are_looked_at(open_page: Opened) -> None:
    assert not any("The excess by kind of error" in text for text in html(open_page("subgroup", where=WHERE)))


def test_a_link_opens_the_recordings_of_a_word(open_page: Opened) -> None:
    page = open_page("subgroup", tab="errors", where=WHERE, words="substitution", word="river → mumble")
    assert page.selectbox(key="word").value == "river → mumble"


def test_without_texts_only_kinds_are_shown(open_page: Opened) -> None:
    page = open_page("subgroup", home="no-conditions", tab="errors", where="accent = 'East'")
    assert any("The excess by kind of error" in text for text in html(page))
    assert "is not shown, because words are texts" in said(page)
    # The only picture is that of the two sides, on the tab before.
    assert sum('class="lines"' in text for text in html(page)) == 1


def test_that_texts_may_not_be_shown_stands_once(open_page: Opened) -> None:
    page = open_page("subgroup", home="no-conditions", tab="errors", where="accent = 'East'")
    assert said(page).count("may not be shown") == 1
    # Nobody handed in sound, so none is withheld.
    assert "sound" not in said(page)


@pytest.mark.parametrize(
    ("home", "where", "sentence"),
    [
        ("full", "accent = 'East' and accent = 'West'", "Nobody spoke a word in this selection"),
        ("one-group", "accent = 'North'", "There is nobody to compare with"),
    ],
)
def test_nobody_on_a_side_is_a_sentence(open_page: Opened, home: str, where: str, sentence: str) -> None:
    assert sentence in texts(open_page("subgroup", home=home, tab="errors", where=where)).replace("\\", "")


def test_without_a_selection_there_is_nothing_to_take_apart(open_page: Opened) -> None:
    assert not any("excess" in text for text in html(open_page("subgroup", tab="errors")))


def test_very_many_texts_are_aligned_only_when_asked(
    open_page: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subgroup_words, "MOST_UNASKED", 10)
    page = open_page("subgroup", tab="errors", where=WHERE)
    assert not any("The excess by kind of error" in text for text in html(page))
    page.button(key="ask_for_words").click().run()
    assert not page.exception
    assert any("The excess by kind of error" in text for text in html(page))


def test_the_story_of_a_cell_names_its_words_in_one_line(open_page: Opened) -> None:
    story = texts(open_page("heatmap", cell="East · babble · phone")).replace("\\", "")
    assert "Words it gets wrong more often here than for the others, per 1,000 words: “" in story
    assert "Exploratory: not declared in advance" in story
