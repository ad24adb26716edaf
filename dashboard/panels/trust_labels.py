"""Who said which group a recording belongs to, attribute by attribute."""

from __future__ import annotations

import streamlit as st

from dashboard.panels.html_table import draw_table
from dashboard.panels.way_out import draw_load_groups
from dashboard.state import View
from dashboard.wording import attribute_label
from dashboard.wording_controls import NOT_DESCRIBED_AT_ALL
from dashboard.wording_labels import source_phrase
from dashboard.wording_tables import LABEL_SOURCES
from dashboard.wording_trust import (
    ATTRIBUTE,
    GROUPS,
    IS_ABOUT,
    LABELS,
    LABELS_CAPTION,
    NOT_STATED_IN,
    ROLES,
    left_blank,
)


def draw_labels(view: View) -> None:
    """One line per attribute."""
    if not view.info.attributes:
        st.markdown(NOT_DESCRIBED_AT_ALL)
        draw_load_groups()
        return
    rows = [
        {
            ATTRIBUTE: attribute_label(one.name),
            IS_ABOUT: ROLES[one.role],
            LABELS: source_phrase(one.label_source),
            NOT_STATED_IN: left_blank(one.has_missing),
            GROUPS: len(one.levels),
        }
        for one in view.info.attributes
    ]
    draw_table(rows, (ATTRIBUTE, IS_ABOUT, LABELS, NOT_STATED_IN), LABEL_SOURCES)
    st.caption(LABELS_CAPTION)
