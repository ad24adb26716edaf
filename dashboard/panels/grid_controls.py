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
    own_order,
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
    line = _Line()
    rows, columns, panel = _layout(view, line)
    state.prepare(state.AS, (PICTURE, TABLE), PICTURE)
    # A table has every number, so that there is none to choose.
    in_table = st.session_state[state.AS] == TABLE
    words = _words(SHOW_LABELS, view.synthetic)
    show = line.choice(SHOW, state.SHOW, SHOWN_VALUES, SHOWN_VALUES[0], words, in_table)
    own = next(own_order(one) for one in view.info.attributes if one.name == rows)
    orders = _words({ORDERS[0]: own, **ORDER_LABELS}, view.synthetic)
    order = line.choice(ORDER_OF_ROWS, state.ORDER, ORDERS, ORDERS[0], orders)
    form = line.choice(AS, state.AS, (PICTURE, TABLE), PICTURE, _words(AS_LABELS))
    state.record(line.held)
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


class _Line:
    """Boxes in one line, and what they say to the address."""

    def __init__(self) -> None:
        self.place = st.container(horizontal=True, gap="small")
        self.held: dict[str, str | None] = {}

    def choice(
        self,
        label: str,
        key: str,
        options: Sequence[str],
        default: str,
        words: Callable[[str], str],
        disabled: bool = False,
    ) -> str:
        """Draw a box; what is chosen by default does not stand in the address."""
        preferred = default if default in options else options[0]
        state.prepare(key, options, preferred)
        chosen = self.place.selectbox(
            label, options, format_func=words, key=key, filter_mode=None, width=BOX_PX, disabled=disabled
        )
        self.held[key] = None if chosen == preferred else chosen
        return chosen


def _layout(view: View, line: _Line) -> tuple[str, str, str]:
    """Rows, columns and panels; where the default of a box is taken by a box before it, their defaults change places."""
    names = [attribute.name for attribute in view.info.attributes]
    first, second, third = [*default_layout(view.info.attributes), NONE, NONE][:3]
    rows = line.choice(ROWS, state.ROWS, names, first, _attribute)
    across = [name for name in (second, first) if name != rows]
    columns = line.choice(
        COLUMNS, state.COLUMNS, [*(n for n in names if n != rows), NONE], across[0], _attribute
    )
    left = [name for name in names if name not in (rows, columns)]
    deep = [name for name in (third, second, first) if name in left] if NONE not in (columns, third) else []
    panel = line.choice(PANEL_PER, state.PANEL, [NONE, *left], deep[0] if deep else NONE, _attribute)
    return rows, columns, panel


def _attribute(name: str) -> str:
    return NO_ATTRIBUTE if name == NONE else attribute_label(name)


def _words(labels: Mapping[str, str], synthetic: bool = False) -> Callable[[str], str]:
    return lambda code: as_people(labels[code], synthetic)


def _named(choice: str) -> str | None:
    return None if choice == NONE else choice
