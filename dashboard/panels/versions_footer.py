"""What stands under the Versions page: whose recordings, how many, how compared; data, text, method."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard import loading_versions
from dashboard.answers.versions import Versions
from dashboard.exports.comparison_csv import export_comparison_csv
from dashboard.state import View
from dashboard.wording_labels import labels_sentence
from dashboard.wording_markup import plain
from dashboard.wording_versions import versions_copy, versions_facts
from dashboard.wording_versions_tables import versions_method


def draw_versions_footer(view: View, answer: Versions, document: dict[str, Any]) -> None:
    """Facts in one line, then data, copy and method."""
    info = view.info
    labels = labels_sentence(document["label_sources"]).rstrip(".")
    st.caption(plain(" · ".join(filter(None, (versions_facts(document, view.synthetic), labels)))))
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "Data (CSV)",
            lambda: export_comparison_csv(document),
            file_name=f"{info.name}-{info.build[:8]}-versions.csv",
            mime="text/csv",
            key="versions_csv",
            type="tertiary",
            on_click="ignore",
        )
        with st.popover("Copy as text", type="tertiary", key="versions_copy"):
            st.code(
                versions_copy(document, answer.groups.attributes, view.synthetic),
                language=None,
                wrap_lines=True,
            )
        with st.popover("How this was computed", type="tertiary", key="versions_method"):
            st.markdown(versions_method(document))
            query = loading_versions.comparison_query_of(info, answer.question)
            st.caption("The sums behind it, by group and speaker:")
            st.code(query.sql, language="sql", wrap_lines=True)
            st.caption("with the values")
            st.code(", ".join(map(repr, query.parameters)), language=None, wrap_lines=True)
