"""Words and kinds of error behind a subgroup's excess: sentence, kinds, list with intervals, the word to listen to.

Draws an answer; it computes nothing. The recordings below are drawn by `utterances.py`.
Where very many texts would be aligned, the reader is asked first.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from analysis.selection import Everything, Selection
from analysis.words_items import Item
from dashboard import loading, state
from dashboard.answers.words import WordsAnswer, WordsQuestion
from dashboard.answers.words_document import kind_rows, word_rows
from dashboard.charts.lines_html import lines_html
from dashboard.charts.words import chart_words
from dashboard.panels.html_table import draw_table, without_blank_columns
from dashboard.panels.subgroup_words_footer import draw_words_footer
from dashboard.state import View
from dashboard.wording_markup import plain
from dashboard.wording_subgroup_controls import ALIGNING, LISTED, WITH_ITEM
from dashboard.wording_subgroup_tables import STATUS, WHO
from dashboard.wording_tables import WORD_KINDS, WORD_SIDES
from dashboard.wording_words import (
    EVERY_NUMBER,
    KIND_LABELS,
    KIND_OF_ERROR,
    NO_WORD,
    WORDS_OF_TABLE,
    ask_label,
    characters_note,
    is_item,
    item_text,
    kind_line,
    looks_note,
    no_words_here,
    nothing_listed,
    parts_sentence,
    sample_note,
    too_many_note,
    top_words_text,
    word_line,
    words_headline,
    words_lead,
)
from dashboard.wording_words_method import largest_excess, words_picture
from dashboard.wording_words_sides import few_sentence, result_sentence, side_lines

ROWS = 20
DRAWN = 12
MOST_UNASKED = 30_000
"""Utterances on both sides up to which words are worked out without asking."""
_KIND, _WORD = "words", "word"


def draw_words(view: View, against: str | None, n_utterances: int) -> list[dict[str, Any]]:
    """Draw the words of a subgroup; returns the items that are listed, for `chosen_item`."""
    if view.where == Everything():
        return []
    question = WordsQuestion(view.where, view.system, against)
    if n_utterances > MOST_UNASKED and view.info.show_text and not _asked(view, question, n_utterances):
        return []
    with st.spinner(ALIGNING, show_time=True):
        answer = loading.words_of(view.info, question)
    lead, headline = words_lead(answer, view.synthetic), words_headline(answer, view.synthetic)
    st.markdown(f"**{plain(lead)}** {plain(headline.removeprefix(lead).strip())}")
    if not (answer.own.n_words and answer.other.n_words):
        return []
    draw_table(side_lines(answer, view.synthetic), {WHO, STATUS}, WORD_SIDES)
    for note in (few_sentence(answer, view.synthetic), result_sentence(answer, view.synthetic)):
        if note:
            st.caption(plain(note))
    kinds = [kind_line(row) for row in kind_rows(answer)]
    draw_table(kinds, {KIND_OF_ERROR}, WORD_KINDS)
    for note in (no_words_here(answer), parts_sentence(answer)):
        if note:
            st.markdown(plain(note))
    if answer.words is None:
        draw_words_footer(view, answer, "all", against, [], 0)
        return []
    return _draw_items(view, answer, against)


def draw_top_words(view: View, where: Selection) -> None:
    """The words with the largest excess of a selection in one line, where that takes no time worth speaking of."""
    if not view.info.show_text or view.info.counts["utterances"] > MOST_UNASKED:
        return
    text = top_words_text(loading.words_of(view.info, WordsQuestion(where, view.system)))
    if text:
        st.caption(plain(text))


def _asked(view: View, question: WordsQuestion, n_utterances: int) -> bool:
    """Whether the reader wants so many texts aligned; remembered for this subgroup."""
    key = f"words of {view.info.build} {question}"
    if st.session_state.get(key):
        return True
    st.caption(plain(too_many_note(n_utterances)))
    if st.button(ask_label(), key="ask_for_words"):
        st.session_state[key] = True
        st.rerun()
    return False


def _draw_items(view: View, answer: WordsAnswer, against: str | None) -> list[dict[str, Any]]:
    kind = _chosen_kind()
    rows = word_rows(answer, kind, ROWS)
    if rows:
        st.html(lines_html(chart_words(rows[:DRAWN]), words_picture(kind)))
        lines = without_blank_columns([word_line(row, view.synthetic) for row in rows])
        with st.expander(EVERY_NUMBER, type="compact"):
            draw_table(lines, WORDS_OF_TABLE, largest_excess(kind))
    else:
        st.text(nothing_listed(kind))
    notes = (
        looks_note(answer, kind, view.synthetic),
        sample_note(answer, view.synthetic),
        characters_note(str(view.info.normalizer["id"])),
    )
    for note in notes:
        if note:
            st.caption(plain(note))
    draw_words_footer(view, answer, kind, against, rows, DRAWN)
    return rows


def _chosen_kind() -> str:
    state.prepare(_KIND, list(KIND_LABELS), "word")
    kind = st.segmented_control(
        LISTED,
        list(KIND_LABELS),
        required=True,
        format_func=KIND_LABELS.__getitem__,
        key=_KIND,
        label_visibility="collapsed",
    )
    chosen = kind or "word"
    state.record({_KIND: None if chosen == "word" else chosen})
    return chosen


def chosen_item(rows: list[dict[str, Any]]) -> Item | None:
    """The item whose recordings the reader wants to see; None for all recordings."""
    texts = {item_text(row): row for row in rows if is_item(row)}
    if not texts:
        return None
    state.prepare(_WORD, list(texts), NO_WORD)
    chosen = st.selectbox(WITH_ITEM, [NO_WORD, *texts], key=_WORD, width=360)
    state.record({_WORD: None if chosen == NO_WORD else chosen})
    if chosen == NO_WORD:
        return None
    row = texts[chosen]
    return Item(row["kind"], row["reference"], row["hypothesis"])
