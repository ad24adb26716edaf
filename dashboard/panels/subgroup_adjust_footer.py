"""What a reader takes away from the Conditions tab: facts, data, text and how it was computed."""

from __future__ import annotations

import streamlit as st

from dashboard import loading_adjust
from dashboard.answers.adjust import AdjustAnswer
from dashboard.exports.adjust_csv import export_adjust_csv
from dashboard.state import View
from dashboard.wording_adjust_method import adjust_facts, adjust_method, copied_adjustment
from dashboard.wording_markup import plain
from dashboard.wording_methods import source_line


def draw_adjust_footer(view: View, answer: AdjustAnswer, headline: str) -> None:
    """Facts in one line, then the ways out."""
    info = view.info
    st.caption(plain(adjust_facts(info, answer)))
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "Data (CSV)",
            lambda: export_adjust_csv(info, answer),
            file_name=f"{info.name}-{info.build[:8]}-conditions.csv",
            mime="text/csv",
            key="conditions_csv",
            type="tertiary",
            on_click="ignore",
        )
        with st.popover("Copy as text", type="tertiary", key="conditions_copy"):
            source = source_line(info.name, info.build, answer.system, answer.asked.metric)
            text = copied_adjustment(info, answer, headline, source)
            st.code(text, language=None, wrap_lines=True)
        with st.popover("How this was computed", type="tertiary", key="conditions_method"):
            st.markdown(adjust_method(answer, info.normalizer))
            query = loading_adjust.adjust_query_of(info, answer.question)
            st.caption("The sums behind it, by group, condition and speaker:")
            st.code(query.sql, language="sql", wrap_lines=True)
            if query.parameters:
                st.caption("with the values")
                st.code(", ".join(map(repr, query.parameters)), language=None, wrap_lines=True)
