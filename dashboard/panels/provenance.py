"""What one build was made of: files with their hashes, normaliser, aligner, options, remark.

For whoever has to say, or check, where a number comes from. Shown on the pages Trust and Data.
"""

from __future__ import annotations

import streamlit as st

from dashboard.loading import EvaluationInfo
from dashboard.wording_controls import OPTIONS_GIVEN
from dashboard.wording_markup import plain
from dashboard.wording_provenance import facts_of_build, file_facts, options_of_build


def draw_provenance(info: EvaluationInfo) -> None:
    """Facts, files, options, columns left out; lines that wrap, because hashes are long."""
    with st.container(gap="xsmall"):
        for name, value in facts_of_build(info):
            st.markdown(f"**{name}:** {plain(value)}")
    _draw_files(info)
    if chosen := options_of_build(info.options):
        st.markdown(OPTIONS_GIVEN)
        st.markdown("\n".join(f"- {plain(one)}" for one in chosen))
    if info.not_attributes:
        with st.expander(
            f"Columns that are no attribute, and why ({len(info.not_attributes):,})", type="compact"
        ):
            for name, reason in info.not_attributes.items():
                st.markdown(f"**{plain(name)}**: {plain(reason)}.")


def _draw_files(info: EvaluationInfo) -> None:
    st.markdown("**Made of**" if info.inputs else "What it was made of is not known.")
    for one in info.inputs:
        with st.container(border=True, gap="xxsmall"):
            st.markdown(f"{plain(one['name'])} :small[{plain(file_facts(one))}]")
            st.code(one["sha256"], language=None, wrap_lines=True)
            for notice in one["notices"]:
                st.caption(plain(notice))
