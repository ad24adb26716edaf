"""What is known of one cell of the heatmap: sentence, verdict, kinds of error, recordings, where to go on.

Draws one row of a table of rates. The recordings are drawn by `utterances.py`; what a card is
made of is kept by `answers/findings.py`.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from analysis.rates import NOBODY, SUPPRESSED
from analysis.selection import AllOf, Everything, NotStated, OneOf, Selection
from dashboard import loading
from dashboard.answers.rates import RatesAnswer
from dashboard.panels.add_to_card import draw_add_group
from dashboard.panels.cell_choice import draw_cell_list
from dashboard.panels.subgroup_words import draw_top_words
from dashboard.panels.utterances import draw_utterances
from dashboard.state import View
from dashboard.wording_audience import NOT_PART
from dashboard.wording_controls import CHOOSE_CELL, CHOOSE_FROM_LIST, OPEN_AS_SUBGROUP
from dashboard.wording_markup import plain
from dashboard.wording_sentences import cell_sentence, error_shares, three_means, undecided_note


def draw_cell_story(
    view: View, answer: RatesAnswer, labels: dict[str, int], position: int | None, as_table: bool = False
) -> None:
    """The story of the chosen cell, headed by the list it is chosen from; nobody can click a cell `as_table`."""
    if position is None:
        draw_cell_list(labels, CHOOSE_FROM_LIST if as_table else CHOOSE_CELL)
        return
    with st.container(border=True):
        words, ways = st.columns([4, 1], gap="small", vertical_alignment="center")
        with words:
            draw_cell_list(labels)
        where = cell_selection(view, answer, position)
        with words:
            _draw_sentence(view, answer, where, position)
        with ways, st.container(gap="xxsmall"):
            link = replace(view, where=where).link()
            st.page_link(
                "app_pages/subgroup.py",
                label=OPEN_AS_SUBGROUP,
                icon=":material/arrow_forward:",
                query_params=link,
            )
            if answer.table.status[position] not in (NOBODY, SUPPRESSED):
                draw_add_group(view, "add_to_card", answer.question, [answer.table.group(position)])
        if view.is_public:
            st.caption(NOT_PART)
        elif answer.table.totals["n_utterances"][position]:
            draw_top_words(view, where)
            draw_utterances(view.info, view.system, where, key="cell")


def _draw_sentence(view: View, answer: RatesAnswer, where: Selection, position: int) -> None:
    """What is known, what is not, and what the errors are."""
    table = answer.table
    notes = (
        undecided_note(table, position, view.synthetic),
        None if table.status[position] in (NOBODY, SUPPRESSED) else _means(view, answer, where, position),
        error_shares(table, position),
    )
    with st.container(gap="xxsmall"):
        st.markdown(plain(cell_sentence(table, position, answer.system, view.synthetic)))
        for note in notes:
            if note:
                st.caption(plain(note))


def _means(view: View, answer: RatesAnswer, where: Selection, position: int) -> str:
    spans = loading.mean_spans_of(view.info, replace(answer.question, by=(), where=where))
    return three_means(answer.table, position, view.synthetic, spans.speakers, spans.utterances)


def cell_selection(view: View, answer: RatesAnswer, position: int) -> Selection:
    """The recordings of a cell within what is selected."""
    group = answer.table.group(position)
    parts = tuple(
        NotStated(name) if value is None else OneOf(name, (value,)) for name, value in group.items()
    )
    whole = parts if view.where == Everything() else (view.where, *parts)
    return whole[0] if len(whole) == 1 else AllOf(whole)
