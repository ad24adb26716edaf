"""How often two people disagree about what was said, group by group, beside the system's rate.

For evaluations in which some recordings were transcribed twice. Draws answers and computes nothing.
"""

from __future__ import annotations

import streamlit as st

from dashboard import loading
from dashboard.answers.rates import RatesQuestion
from dashboard.exports.table_csv import export_rates_csv
from dashboard.panels.html_table import draw_table
from dashboard.state import View
from dashboard.wording import attribute_label
from dashboard.wording_controls import BY, DATA_CSV
from dashboard.wording_disagreement import MEANING, disagreement_line, disagreement_sentence
from dashboard.wording_labels import labels_sentence, sources_of
from dashboard.wording_markup import plain
from dashboard.wording_tables import TWO_PEOPLE


def was_transcribed_twice(view: View) -> bool:
    """Whether there is anything to show."""
    return loading.disagreement_beside(view.info, RatesQuestion(view.system)) is not None


def draw_disagreement(view: View) -> None:
    """The sentence, then the groups of one attribute."""
    by = _chosen_attribute(view)
    question = RatesQuestion(view.system, by, where=view.where)
    answer, twice = loading.rates_of(view.info, question), loading.disagreement_beside(view.info, question)
    if twice is None:
        return
    st.markdown(f"**{plain(disagreement_sentence(twice, answer))}**")
    if by and twice.n_utterances:
        lines = [disagreement_line(twice, answer, position) for position in range(len(answer.table))]
        draw_table(lines, {next(iter(lines[0]))}, TWO_PEOPLE)
        st.caption(plain(labels_sentence(sources_of(answer.table.attributes))))
    st.caption(MEANING)
    st.download_button(
        DATA_CSV,
        lambda: export_rates_csv(view.info, answer, twice, loading.mean_spans_of_rows(view.info, answer)),
        file_name=f"{view.file_stem}-two-people.csv",
        mime="text/csv",
        key="disagreement_csv",
        type="tertiary",
        on_click="ignore",
    )


def _chosen_attribute(view: View) -> tuple[str, ...]:
    """The attribute whose groups are shown; none where the recordings are not described by anything."""
    names = [one.name for one in sorted(view.info.attributes, key=lambda one: one.role != "speaker")]
    if not names:
        return ()
    chosen = st.selectbox(
        BY, names, format_func=attribute_label, key="disagreement by", filter_mode=None, width=280
    )
    return (str(chosen),)
