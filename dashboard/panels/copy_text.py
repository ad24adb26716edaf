"""Sentences of a page to be pasted somewhere else, where no footer of a picture has them."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from analysis.metrics import METRICS
from dashboard.state import View
from dashboard.wording_controls import COPY_AS_TEXT
from dashboard.wording_methods import source_line


def draw_copy_text(view: View, key: str, lines: Iterable[str | None], metric: str) -> None:
    """Offer the lines that say something, then where they come from and the notice of the evaluation."""
    info = view.info
    source = source_line(info.name, info.build, view.system, METRICS[metric])
    said = [line for line in (*lines, f"{source}.", info.notice) if line]
    with st.popover(COPY_AS_TEXT, type="tertiary", key=key):
        st.code("\n".join(said), language=None, wrap_lines=True)
