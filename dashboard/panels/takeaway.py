"""What a reader takes away from numbers: data, text, file, method with its SQL, in one line under them.

`figure_footer.py` puts it under tables of rates, `draw_takeaway` under the other numbers of a tab. It computes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

import streamlit as st

from analysis.metrics import METRICS
from dashboard.panels.save_view import Kept, draw_save_view
from dashboard.state import View
from dashboard.wording_audience import file_part
from dashboard.wording_controls import COPY_AS_TEXT, DATA_CSV, HOW_COMPUTED, WITH_VALUES
from dashboard.wording_methods import source_line


class Asked(Protocol):
    """What was asked of the build, as a page may show it."""

    @property
    def sql(self) -> str: ...

    @property
    def parameters(self) -> Any: ...


@dataclass(frozen=True)
class WaysOut:
    """Everything that can be taken away; all but text and method is made only when somebody asks for it."""

    name: str
    """Tells the lines of a page apart, and is part of the names of the files."""
    text: str
    """What is copied, whole."""
    csv: Callable[[], bytes]
    kept: Kept
    method: str
    sums: str
    """What stands over the SQL."""
    query: Callable[[], Asked]


@dataclass(frozen=True)
class Takeaway:
    """What a tab has to offer; all but the text is made only when somebody asks for it."""

    name: str
    """Tells the tabs of a page apart, and is part of the names of the files."""
    said: Iterable[str | None]
    """The sentence of the tab, then what stands below it; None for a line that is not there."""
    metric: str
    csv: Callable[[], bytes]
    kept: Kept
    method: str
    sums: str
    """What stands over the SQL."""
    query: Callable[[], Asked]


def draw_takeaway(view: View, given: Takeaway, beside: Callable[[], None] | None = None) -> None:
    """The ways out of a tab; `beside` draws what else can be done with the numbers."""
    text = _text(view, given)
    out = WaysOut(given.name, text, given.csv, given.kept, given.method, given.sums, given.query)
    draw_ways_out(view, out, beside)


def draw_ways_out(view: View, out: WaysOut, beside: Callable[[], None] | None = None) -> None:
    """All ways out in one line."""
    info, name = view.info, out.name
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            DATA_CSV,
            out.csv,
            file_name=f"{info.name}-{info.build[:8]}{file_part(view.audience)}-{name}.csv",
            mime="text/csv",
            key=f"{name}_csv",
            type="tertiary",
            on_click="ignore",
        )
        with st.popover(COPY_AS_TEXT, type="tertiary", key=f"{name}_copy"):
            st.code(out.text, language=None, wrap_lines=True)
        draw_save_view(view, name, out.text, out.method, out.kept)
        if beside is not None:
            beside()
        with st.popover(HOW_COMPUTED, type="tertiary", key=f"{name}_method"):
            st.markdown(out.method)
            draw_query(out.query(), out.sums)


def draw_query(query: Asked, sums: str) -> None:
    """The SQL behind numbers, with the values it was asked with; `sums` stands over it."""
    st.caption(sums)
    st.code(query.sql, language="sql", wrap_lines=True)
    if query.parameters:
        st.caption(WITH_VALUES)
        st.code(", ".join(map(repr, query.parameters)), language=None, wrap_lines=True)


def _text(view: View, given: Takeaway) -> str:
    """The lines that say something, then where they come from and the notice of the evaluation."""
    info = view.info
    source = source_line(info.name, info.build, view.system, METRICS[given.metric])
    return "\n".join(line for line in (*given.said, f"{source}.", info.notice) if line)
