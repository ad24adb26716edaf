"""What became of findings at a new build: each that was put on record, as it was and as it is.

Draws answers of `findings_check.py`; the Data page shows it where a build was made. It computes nothing.
"""

from __future__ import annotations

import streamlit as st

from dashboard import loading_card
from dashboard.loading import EvaluationInfo
from dashboard.panels.html_table import draw_table
from dashboard.wording_controls import first_of_findings
from dashboard.wording_findings import RETEST_COLUMNS, RETESTS, changed_sentence, retest_cells
from dashboard.wording_markup import plain

MOST_SHOWN = 30


def draw_retests(info: EvaluationInfo) -> None:
    """Findings of all systems asked again of this build; nothing where none are on record."""
    found = loading_card.retests_of_all(info)
    if not found:
        return
    st.subheader(RETESTS, anchor=False)
    st.markdown(plain(changed_sentence(found)))
    margin = loading_card.margin_of(info)
    rows = [dict(zip(RETEST_COLUMNS, retest_cells(one, margin), strict=True)) for one in found[:MOST_SHOWN]]
    draw_table(rows, RETEST_COLUMNS, RETESTS)
    if len(found) > MOST_SHOWN:
        st.caption(first_of_findings(MOST_SHOWN, len(found)))
