"""Saved subgroups asked again of a new build: what each was in the build before, and what it is now."""

from __future__ import annotations

import streamlit as st

from dashboard import loading_saved
from dashboard.loading import EvaluationInfo
from dashboard.panels.html_table import draw_table
from dashboard.wording_markup import plain
from dashboard.wording_saved import RETESTED, retested_cells, retested_head, retested_sentence


def draw_saved_retests(info: EvaluationInfo, system: str | None = None) -> None:
    """A table of them for one system, or for each; nothing where none is saved or no build came before."""
    found = loading_saved.checked_subgroups(info, system)
    if not found or found[0].before is None:
        return
    st.markdown(plain(retested_sentence(found)))
    rows = [dict(zip(retested_head(), retested_cells(one), strict=True)) for one in found]
    draw_table(rows, retested_head(), RETESTED)
