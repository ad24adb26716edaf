"""Who said which group a recording belongs to, attribute by attribute."""

from __future__ import annotations

import streamlit as st

from dashboard.panels.html_table import draw_table
from dashboard.state import View
from dashboard.wording import attribute_label
from dashboard.wording_controls import NOT_DESCRIBED_AT_ALL
from dashboard.wording_labels import source_phrase
from dashboard.wording_tables import LABEL_SOURCES
from dashboard.wording_trust import LABELS_CAPTION, ROLES


def draw_labels(view: View) -> None:
    """One line per attribute."""
    if not view.info.attributes:
        st.markdown(NOT_DESCRIBED_AT_ALL)
        return
    rows = [
        {
            "Attribute": attribute_label(one.name),
            "Is about": ROLES[one.role],
            "Labels": source_phrase(one.label_source),
            "Not stated": "for some recordings" if one.has_missing else "never",
            "Groups": len(one.levels),
        }
        for one in view.info.attributes
    ]
    draw_table(rows, ("Attribute", "Is about", "Labels", "Not stated"), LABEL_SOURCES)
    st.caption(LABELS_CAPTION)
