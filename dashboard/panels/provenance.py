"""What one build was made of: files with their hashes, normaliser, aligner, options, remark.

For whoever has to say, or check, where a number comes from. Shown on the pages Trust and Data.
"""

from __future__ import annotations

import streamlit as st

from dashboard.loading import EvaluationInfo
from dashboard.wording_controls import OPTIONS_GIVEN
from dashboard.wording_markup import plain
from dashboard.wording_provenance import (
    MADE_OF,
    MADE_OF_NOTHING,
    facts_of_build,
    file_facts,
    not_attributes_title,
    options_of_build,
)


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
        with st.expander(not_attributes_title(len(info.not_attributes)), type="compact"):
            for name, reason in info.not_attributes.items():
                st.markdown(f"**{plain(name)}**: {plain(reason)}.")


def _draw_files(info: EvaluationInfo) -> None:
    st.markdown(MADE_OF if info.inputs else MADE_OF_NOTHING)
    for one in info.inputs:
        with st.container(gap="xxsmall"):
            name, fingerprint = st.columns([2, 3], gap="medium", vertical_alignment="center")
            name.markdown(f"{plain(one['name'])}  \n:small[{plain(file_facts(one))}]")
            fingerprint.code(one["sha256"], language=None, wrap_lines=True)
            for notice in one["notices"]:
                st.caption(plain(notice))
