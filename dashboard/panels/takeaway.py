"""What a reader takes away from numbers: data, text, file, method with its SQL, in one line under them.

Every footer of a page or tab draws its line here. It computes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

import streamlit as st

from analysis.metrics import METRICS
from dashboard.panels.save_view import Kept, draw_save_view
from dashboard.state import View
from dashboard.wording_controls import COPY_AS_TEXT, DATA_CSV, HOW_COMPUTED, WITH_VALUES
from dashboard.wording_methods import source_line


class Asked(Protocol):
    """What was asked of the build, as a page may show it."""

    @property
    def sql(self) -> str: ...

    @property
    def parameters(self) -> Any: ...


@dataclass(frozen=True)
class Takeaway:
    """Everything that can be taken away; all but text and method is made only when somebody asks for it."""

    name: str
    """Tells the lines of a page apart, and is part of the names of the files."""
    text: str
    """What is copied, whole."""
    csv: Callable[[], bytes]
    kept: Kept
    method: str
    behind: Callable[[], None]
    """Draws what gives the same numbers again, under the method: SQL or a command."""


def draw_takeaway(view: View, given: Takeaway, beside: Callable[[], None] | None = None) -> None:
    """All ways out in one line; `beside` draws what else can be done with the numbers."""
    name = given.name
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            DATA_CSV,
            given.csv,
            file_name=f"{view.file_stem}-{name}.csv",
            mime="text/csv",
            key=f"{name}_csv",
            type="tertiary",
            on_click="ignore",
        )
        with st.popover(COPY_AS_TEXT, type="tertiary", key=f"{name}_copy"):
            st.code(given.text, language=None, wrap_lines=True)
        draw_save_view(view, name, given.text, given.method, given.kept)
        if beside is not None:
            beside()
        with st.popover(HOW_COMPUTED, type="tertiary", key=f"{name}_method"):
            st.markdown(given.method)
            given.behind()


def tab_text(view: View, metric: str, said: Iterable[str | None]) -> str:
    """What is copied of a tab: the lines that say something, then where they come from and the evaluation's notice.

    said: the sentence of the tab, then what stands below it; None for a line that is not there.
    """
    info = view.info
    source = source_line(info.name, info.build, view.system, METRICS[metric])
    return "\n".join(line for line in (*said, f"{source}.", info.notice) if line)


def draw_query(query: Asked, sums: str) -> None:
    """The SQL behind numbers, with the values it was asked with; `sums` stands over it."""
    st.caption(sums)
    st.code(query.sql, language="sql", wrap_lines=True)
    if query.parameters:
        st.caption(WITH_VALUES)
        st.code(", ".join(map(repr, query.parameters)), language=None, wrap_lines=True)
