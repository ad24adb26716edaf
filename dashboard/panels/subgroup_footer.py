"""What a reader takes away from a subgroup: data, text, link, method, and a finding for the card."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from analysis.rates import NOBODY, SUPPRESSED
from analysis.selection import Everything
from dashboard import loading, state
from dashboard.answers.subgroup import SUBGROUP, SubgroupAnswer
from dashboard.exports.subgroup_csv import export_subgroup_csv
from dashboard.state import View
from dashboard.wording import selection_sentence
from dashboard.wording_audience import file_part
from dashboard.wording_labels import labels_sentence, sources_named
from dashboard.wording_markup import plain
from dashboard.wording_methods import source_line
from dashboard.wording_subgroup import copied_subgroup, subgroup_facts, subgroup_method


def draw_subgroup_footer(view: View, answer: SubgroupAnswer, headline: str) -> None:
    """Facts in one line, then the ways out."""
    info = view.info
    labels = labels_sentence(sources_named(info.attributes, answer.question.where)).rstrip(".")
    st.caption(plain(" · ".join(filter(None, (subgroup_facts(answer, view.synthetic), labels)))))
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "Data (CSV)",
            lambda: export_subgroup_csv(info, answer),
            file_name=f"{info.name}-{info.build[:8]}{file_part(view.audience)}-subgroup.csv",
            mime="text/csv",
            key="subgroup_csv",
            type="tertiary",
            on_click="ignore",
        )
        with st.popover("Copy as text", type="tertiary", key="subgroup_copy"):
            source = source_line(info.name, info.build, answer.system, answer.table.metric)
            source = ". ".join(filter(None, (labels, source)))
            text = copied_subgroup(answer, headline, source, info.notice, view.synthetic)
            st.code(text, language=None, wrap_lines=True)
        with st.popover("Copy link", type="tertiary", key="subgroup_link"):
            st.code(_link(view), language=None, wrap_lines=True)
            st.caption("It opens this subgroup wherever this build of the evaluation is.")
        with st.popover("How this was computed", type="tertiary", key="subgroup_method"):
            _draw_method(view, answer)
        _draw_add_to_card(view, answer)


def _draw_add_to_card(view: View, answer: SubgroupAnswer) -> None:
    """Put the subgroup on record, so that the card can speak of it."""
    if answer.question.where == Everything() or answer.table.status[SUBGROUP] in (NOBODY, SUPPRESSED):
        return
    if st.button("Add to card", type="tertiary", icon=":material/add:", key="add_subgroup_to_card"):
        loading.keep_subgroup(view.info, answer.question)
        st.toast(plain(f"Kept for the card: {selection_sentence(answer.question.where)}."))


def _draw_method(view: View, answer: SubgroupAnswer) -> None:
    st.markdown(subgroup_method(answer, view.info.normalizer))
    query = loading.subgroup_query_of(view.info, answer.question)
    st.caption("The sums behind it, by speaker, for the subgroup (1) and the others (0):")
    st.code(query.sql, language="sql", wrap_lines=True)
    if query.parameters:
        st.caption("with the values")
        st.code(", ".join(map(repr, query.parameters)), language=None, wrap_lines=True)


def _link(view: View) -> str:
    """The address of this page with everything that is on it."""
    kept = {name: st.query_params[name] for name in (state.AGAINST, state.SPLIT) if name in st.query_params}
    address = (st.context.url or "").partition("?")[0]
    return f"{address}?{urlencode(view.link(**kept))}"
