"""What a file may look like, shown while none is chosen: the first rows of an example, and the example itself.

The example holds made-up speakers; it is read like any other file.
"""

from __future__ import annotations

from itertools import islice

import streamlit as st

from dashboard.exports.example_csv import COLUMNS, FILE_NAME, example_rows, export_example_csv
from dashboard.panels.html_table import draw_table
from dashboard.wording_data import EXAMPLE_BUTTON, EXAMPLE_NOTE, EXAMPLE_TITLE

_ROWS = 3


def draw_example() -> None:
    """Draw the rows and the button."""
    st.markdown(f"**{EXAMPLE_TITLE}**")
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in islice(example_rows(), _ROWS)]
    draw_table(rows, set(COLUMNS), EXAMPLE_TITLE)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.download_button(
            EXAMPLE_BUTTON,
            export_example_csv,
            file_name=FILE_NAME,
            mime="text/csv",
            icon=":material/download:",
            key="example_csv",
            on_click="ignore",
        )
        st.caption(EXAMPLE_NOTE)
