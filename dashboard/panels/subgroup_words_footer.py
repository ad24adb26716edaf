"""What stands under the words of a subgroup: whose recordings, compared with whose, and the ways out.

Draws an answer; it computes nothing.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from analysis.metrics import DEFAULT_METRIC
from dashboard import loading
from dashboard.answers.subgroup import SubgroupQuestion
from dashboard.answers.words import WordsAnswer
from dashboard.answers.words_document import kind_rows
from dashboard.charts.words import chart_words
from dashboard.exports.view_html import Picture
from dashboard.exports.words_csv import export_words_csv
from dashboard.panels.add_to_card import draw_add_subgroup
from dashboard.panels.save_view import Kept, still_lines
from dashboard.panels.takeaway import Takeaway, draw_query, draw_takeaway, tab_text
from dashboard.state import View
from dashboard.wording_controls import SUMS_BY_SPEAKER_AND_SIDE
from dashboard.wording_labels import labels_sentence, sources_named
from dashboard.wording_markup import plain
from dashboard.wording_words import (
    KIND_LABELS,
    kind_line,
    looks_note,
    parts_sentence,
    word_line,
    words_headline,
)
from dashboard.wording_words_method import words_facts, words_method
from dashboard.wording_words_sides import few_sentence, result_sentence


def draw_words_footer(
    view: View, answer: WordsAnswer, kind: str, against: str | None, rows: list[dict[str, Any]], drawn: int
) -> None:
    """Facts in one line, then data, text, file, method and a finding; of `rows` the first `drawn` are in the picture."""
    facts = words_facts(answer, view.synthetic)
    labels = labels_sentence(sources_named(view.info.attributes, view.where))
    st.caption(plain(" · ".join(part for part in (facts, labels.rstrip(".")) if part)))
    said = (
        words_headline(answer, view.synthetic),
        few_sentence(answer, view.synthetic),
        result_sentence(answer, view.synthetic),
        parts_sentence(answer),
        looks_note(answer, kind, view.synthetic),
        f"{facts}.",
        labels,
    )
    asked = SubgroupQuestion(view.where, view.system, view.metric, against)

    def pictures() -> list[Picture]:
        return [still_lines(chart_words(rows[:drawn]), KIND_LABELS[kind])] if rows else []

    def lines() -> list[dict[str, str]]:
        if rows:
            return [word_line(row, view.synthetic) for row in rows]
        return [kind_line(row) for row in kind_rows(answer)]

    draw_takeaway(
        view,
        Takeaway(
            "words",
            tab_text(view, DEFAULT_METRIC, said),
            lambda: export_words_csv(view.info, answer, kind, len(rows)),
            Kept(pictures, lines),
            words_method(answer, view.info.normalizer),
            lambda: draw_query(loading.words_query_of(view.info, answer.question), SUMS_BY_SPEAKER_AND_SIDE),
        ),
        lambda: draw_add_subgroup(view, "add_words_to_card", asked),
    )
