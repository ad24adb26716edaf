"""The controls of the heatmap: rows, columns, panels, what is shown, order, picture or table; each in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import streamlit as st

from dashboard import state
from dashboard.answers.grid import ORDERS, SHOWN_VALUES, GridQuestion, Order, Show
from dashboard.answers.layouts import default_layout
from dashboard.state import View
from dashboard.wording import as_people, attribute_label
from dashboard.wording_grid import (
    AS,
    AS_LABELS,
    COLUMNS,
    NO_ATTRIBUTE,
    ORDER_LABELS,
    ORDER_OF_ROWS,
    PANEL_PER,
    ROWS,
    SHOW,
    SHOW_LABELS,
)

NONE = "none"
BOX_PX = 156
"""Six beside each other on a laptop, two on a phone."""
PICTURE, TABLE = "picture", "table"


@dataclass(frozen=True)
class GridChoice:
    """What the controls ask for."""

    question: GridQuestion
    show: Show
    as_table: bool


def draw_grid_controls(view: View) -> GridChoice:
    """Draw the controls in one line and write what they hold to the address."""
    names = [attribute.name for attribute in view.info.attributes]
    first, second, third = [*default_layout(view.info.attributes), NONE, NONE][:3]
    line = st.container(horizontal=True, gap="small")
    held: dict[str, str | None] = {}

    def choice(
        label: str,
        key: str,
        options: Sequence[str],
        default: str,
        words: Callable[[str], str],
        idle: bool = False,
    ) -> str:
        preferred = default if default in options else options[0]
        state.prepare(key, options, preferred)
        chosen = line.selectbox(
            label, options, format_func=words, key=key, filter_mode=None, width=BOX_PX, disabled=idle
        )
        held[key] = None if chosen == preferred else chosen
        return chosen

    rows = choice(ROWS, state.ROWS, names, first, _attribute)
    # Where the default of a box is taken by a box before it, their defaults change places.
    across = [name for name in (second, first) if name != rows]
    columns = choice(COLUMNS, state.COLUMNS, [*(n for n in names if n != rows), NONE], across[0], _attribute)
    left = [name for name in names if name not in (rows, columns)]
    deep = [name for name in (third, second, first) if name in left] if NONE not in (columns, third) else []
    panel = choice(PANEL_PER, state.PANEL, [NONE, *left], deep[0] if deep else NONE, _attribute)
    state.prepare(state.AS, (PICTURE, TABLE), PICTURE)
    # A table has every number, so that there is none to choose.
    in_table = st.session_state[state.AS] == TABLE
    words = _words(SHOW_LABELS, view.synthetic)
    show = choice(SHOW, state.SHOW, SHOWN_VALUES, SHOWN_VALUES[0], words, in_table)
    order = choice(ORDER_OF_ROWS, state.ORDER, ORDERS, ORDERS[0], _words(ORDER_LABELS, view.synthetic))
    form = choice(AS, state.AS, (PICTURE, TABLE), PICTURE, _words(AS_LABELS))
    state.record(held)
    question = GridQuestion(
        rows,
        _named(columns),
        _named(panel),
        view.system,
        view.metric,
        view.where,
        cast("Order", order),
        audience=view.audience,
    )
    return GridChoice(question, cast("Show", show), form == TABLE)


def _attribute(name: str) -> str:
    return NO_ATTRIBUTE if name == NONE else attribute_label(name)


def _words(labels: Mapping[str, str], synthetic: bool = False) -> Callable[[str], str]:
    return lambda code: as_people(labels[code], synthetic)


def _named(choice: str) -> str | None:
    return None if choice == NONE else choice
