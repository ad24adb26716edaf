"""What stands under every picture: whose recordings, how many, compared with whom; data, text, method.

Draws the facts of one table of rates and the three ways out of it. It computes nothing.
"""

from __future__ import annotations

import streamlit as st

from dashboard import loading
from dashboard.answers.rates import RatesAnswer
from dashboard.exports.table_csv import export_rates_csv
from dashboard.state import View
from dashboard.wording_audience import file_part
from dashboard.wording_markup import plain
from dashboard.wording_methods import copied_text, figure_facts, method_text, source_line
from dashboard.wording_plan import family_sentence


def draw_footer(view: View, answer: RatesAnswer, headline: str, name: str) -> None:
    """Facts in one line, then data, copy and method. `name` tells the footers of one page apart."""
    info = view.info
    st.caption(plain(figure_facts(answer, view.synthetic)))
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "Data (CSV)",
            lambda: export_rates_csv(info, answer, loading.disagreement_beside(info, answer.question)),
            file_name=f"{info.name}-{info.build[:8]}{file_part(view.audience)}-{name}.csv",
            mime="text/csv",
            key=f"{name}_csv",
            type="tertiary",
            on_click="ignore",
        )
        with st.popover("Copy as text", type="tertiary", key=f"{name}_copy"):
            source = source_line(info.name, info.build, answer.system, answer.table.metric)
            st.code(
                copied_text(headline, answer, source, info.notice, view.synthetic),
                language=None,
                wrap_lines=True,
            )
        with st.popover("How this was computed", type="tertiary", key=f"{name}_method"):
            st.markdown(method_text(answer, info.normalizer, family_sentence(answer.family, info)))
            query = loading.query_of(info, answer.question)
            st.caption("The sums behind it, by group and speaker:")
            st.code(query.sql, language="sql", wrap_lines=True)
            if query.parameters:
                st.caption("with the values")
                st.code(", ".join(map(repr, query.parameters)), language=None, wrap_lines=True)
