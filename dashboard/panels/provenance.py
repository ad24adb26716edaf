"""What one build was made of: files with their hashes, normaliser, aligner, options, remark.

For whoever has to say, or check, where a number comes from. Shown on the pages Trust and Data.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.loading import EvaluationInfo
from dashboard.panels.html_table import draw_table
from dashboard.wording_data import size_text
from dashboard.wording_markup import plain
from dashboard.wording_provenance import facts_of_build, options_of_build, part_of_input


def draw_provenance(info: EvaluationInfo) -> None:
    """Facts, files, options, columns left out."""
    facts = [{"Fact": name, "Value": value} for name, value in facts_of_build(info)]
    draw_table(facts, ["Fact", "Value"], "Facts of the build")
    if info.inputs:
        draw_table(
            [_file(dict(one)) for one in info.inputs],
            ["File", "Is", "Format", "SHA-256"],
            "Files it was made of",
        )
    if chosen := options_of_build(info.options):
        st.markdown(f"**Options:** {plain(chosen)}")
    notices = [f"{one['name']}: {notice}" for one in info.inputs for notice in one["notices"]]
    for notice in notices:
        st.caption(plain(notice))
    if info.not_attributes:
        with st.expander(
            f"Columns that are no attribute, and why ({len(info.not_attributes):,})", type="compact"
        ):
            for name, reason in info.not_attributes.items():
                st.markdown(f"**{plain(name)}**: {plain(reason)}.")


def _file(one: dict[str, Any]) -> dict[str, object]:
    return {
        "File": str(one["name"]),
        "Is": part_of_input(one["system"]),
        "Format": str(one["format"]),
        "Rows": one["rows"],
        "Size": size_text(one["bytes"]),
        "SHA-256": str(one["sha256"]),
    }
