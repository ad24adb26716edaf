"""Coverage on the Trust page: shares of combinations tested, what is missing, whom to record next.

Its three boxes are those of the heatmap, so that both pages speak of the same combinations.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from dashboard import loading, state
from dashboard.answers.coverage import Coverage, CoverageQuestion
from dashboard.answers.layouts import default_layout
from dashboard.answers.rates import RatesQuestion
from dashboard.answers.rows import rate_rows
from dashboard.exports.table_csv import export_rates_csv
from dashboard.panels.add_to_card import draw_add_group, few_speakers
from dashboard.panels.grid_controls import NONE
from dashboard.panels.save_view import Kept
from dashboard.panels.takeaway import Takeaway, draw_query, draw_takeaway, tab_text
from dashboard.panels.way_out import draw_load_groups
from dashboard.state import View
from dashboard.wording import attribute_label
from dashboard.wording_card_page import NOT_ENOUGH
from dashboard.wording_controls import (
    EVERY_COMBINATION,
    NOT_TESTED_ENOUGH,
    RECORD_NEXT,
    SUMS_BY_GROUP,
    more_of_them,
)
from dashboard.wording_coverage import (
    COMBINATIONS_OF,
    NOTHING_MORE,
    combination_line,
    coverage_facts,
    coverage_method,
    coverage_sentence,
    left_over,
    meaning,
    missing_together,
    no_sessions_reason,
    no_widths_note,
    nothing_to_cover,
    order_detail,
    order_label,
    order_value,
    session_sentences,
    sessions_meaning,
)
from dashboard.wording_labels import labels_sentence, sources_of
from dashboard.wording_markup import plain
from dashboard.wording_sentences import counts_sentence
from dashboard.wording_tables import COMBINATIONS_COUNTED

_MISSING_SHOWN = 24


def draw_coverage(view: View) -> None:
    """The sentence, then the numbers, then the lists."""
    if all(attribute.derived for attribute in view.info.attributes):
        st.markdown(nothing_to_cover(()))
        draw_load_groups()
        return
    question = CoverageQuestion(view.system, _draw_choice(view), metric=view.metric)
    answer = loading.coverage_of(view.info, question)
    st.markdown(f"**{plain(coverage_sentence(answer, view.synthetic))}**")
    for column, order in zip(st.columns(3), answer.orders, strict=False):
        with column, st.container(border=True, gap="xxsmall"):
            st.metric(order_label(order), order_value(order))
            st.caption(plain(order_detail(order)))
    st.caption(plain(meaning(answer, view.synthetic)))
    _draw_missing(answer)
    _draw_ways_out(view, answer)
    _draw_sessions(answer, view)
    with st.expander(EVERY_COMBINATION, type="compact"):
        st.dataframe(coverage_frame(answer, view.synthetic), hide_index=True, alt=COMBINATIONS_COUNTED)


def _draw_ways_out(view: View, answer: Coverage) -> None:
    """Facts in one line, then all that is said here as data, text and file, and what is missing as a finding for the card."""
    by = tuple(attribute.name for attribute in answer.attributes)
    asked = RatesQuestion(answer.system, by, view.metric)
    facts = coverage_facts(answer, _counts(view, answer), view.synthetic)
    labels = labels_sentence(sources_of(answer.attributes))
    st.caption(plain(f"{facts}. {labels}"))
    together = missing_together(answer.missing)
    said = (
        coverage_sentence(answer, view.synthetic),
        *([f"{NOT_TESTED_ENOUGH}:"] if together else ()),
        *(f"{of}: {', '.join(names)}" for of, names in together.items()),
        *([f"{RECORD_NEXT}:"] if answer.sessions else ()),
        *session_sentences(answer.sessions, view.synthetic),
        meaning(answer, view.synthetic),
        f"{facts}.",
        labels,
    )
    method = coverage_method(answer, view.info.normalizer, view.synthetic)
    draw_takeaway(
        view,
        Takeaway(
            "coverage",
            tab_text(view, view.metric, said),
            lambda: export_rates_csv(view.info, loading.rates_of(view.info, asked)),
            Kept(list, lambda: _lines(answer, view.synthetic)),
            method,
            lambda: draw_query(loading.query_of(view.info, asked), SUMS_BY_GROUP),
        ),
        lambda: draw_add_group(view, "add_gap_to_card", asked, few_speakers(answer.cells), NOT_ENOUGH),
    )


def _counts(view: View, answer: Coverage) -> str:
    """How much was recorded: coverage is of everything, whatever is selected."""
    whole = loading.rates_of(view.info, RatesQuestion(answer.system, (), view.metric)).whole
    return counts_sentence(whole, 0, view.synthetic)


def _draw_choice(view: View) -> tuple[str, ...]:
    """Up to three attributes, from the address."""
    names = [attribute.name for attribute in view.info.attributes if not attribute.derived]
    defaults = [*default_layout(view.info.attributes), NONE, NONE][:3]
    chosen: list[str] = []
    line = st.container(horizontal=True, gap="small")
    for place, key in enumerate((state.ROWS, state.COLUMNS, state.PANEL)):
        left = [name for name in names if name not in chosen]
        options = left if place == 0 else [NONE, *left]
        default = defaults[place] if defaults[place] in options else options[0]
        state.prepare(key, options, default)
        value = line.selectbox(
            COMBINATIONS_OF[place],
            options,
            format_func=lambda name: NOTHING_MORE if name == NONE else attribute_label(name),
            key=key,
            filter_mode=None,
            width=210,
        )
        state.record({key: None if value == default else value})
        if value != NONE:
            chosen.append(value)
    return tuple(chosen)


def _draw_missing(answer: Coverage) -> None:
    if not answer.missing:
        return
    st.header(NOT_TESTED_ENOUGH, anchor=False)
    _draw_together(answer.missing[:_MISSING_SHOWN])
    rest = answer.missing[_MISSING_SHOWN:]
    if rest:
        with st.expander(more_of_them(len(rest)), type="compact"):
            _draw_together(rest)


def _draw_together(missing: Sequence[Mapping[str, str]]) -> None:
    """A line for each set of attributes, so that a long list takes little room."""
    for of, names in missing_together(missing).items():
        st.markdown(f"**{plain(of)}:** {plain(', '.join(names))}")


def _draw_sessions(answer: Coverage, view: View) -> None:
    st.header(RECORD_NEXT, anchor=False)
    if not answer.sessions:
        st.markdown(plain(no_sessions_reason()))
        return
    said = session_sentences(answer.sessions, view.synthetic)
    lines = [f"{n}. {plain(one)}" for n, one in enumerate(said, 1)]
    st.markdown("\n".join(lines))
    notes = left_over(answer, view.synthetic), no_widths_note(answer, view.synthetic)
    meant = sessions_meaning(answer, view.synthetic)
    st.caption(plain(" ".join([*filter(None, notes), meant])))


def coverage_frame(answer: Coverage, synthetic: bool) -> pd.DataFrame:
    """One line per combination, as the command has it."""
    return pd.DataFrame(_lines(answer, synthetic))


def _lines(answer: Coverage, synthetic: bool) -> list[dict[str, object]]:
    cells = answer.cells
    counted, level = cells.metric.counted, cells.level
    return [combination_line(row, counted, level, synthetic) for row in rate_rows(cells)]
