"""A small table as inert HTML: numbers aligned, heads that screen readers announce, every text as it is written.

For tables of a few rows beside a picture. It scrolls within itself where the window is
narrow, by keyboard too, and a shadow shows on which side there is more.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from html import escape

import streamlit as st

from dashboard.charts.palette import DARK, LIGHT
from dashboard.wording import UNDEFINED

_RULE = f"light-dark({LIGHT.rule}, {DARK.rule})"
_QUIET = f"light-dark({LIGHT.faint}, {DARK.faint})"
_GROUND = f"light-dark({LIGHT.ground}, {DARK.ground})"
_SHADE = "light-dark(rgb(17 17 17 / 0.2),rgb(255 255 255 / 0.25))"
_CELL = f"padding:0.35rem 1.1rem 0.35rem 0;border-bottom:1px solid {_RULE};vertical-align:top"
_NUMBER = f"{_CELL};text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap"
_WORDS = f"{_CELL};text-align:left;min-width:6.5rem"


def draw_table(rows: Sequence[Mapping[str, object]], words: Collection[str], label: str) -> None:
    """Draw rows with the same keys; those in `words` are texts, the others numbers. `label` is read aloud."""
    st.html(table_html(rows, words, label))


def table_html(rows: Sequence[Mapping[str, object]], words: Collection[str], label: str) -> str:
    """The table; the first cell of each row is its head."""
    names = list(rows[0])
    style = {name: _WORDS if name in words else _NUMBER for name in names}
    quiet = f"font-weight:400;font-size:0.85rem;color:{_QUIET}"
    heads = "".join(
        f'<th scope="col" style="{style[name]};{quiet};white-space:normal">{escape(name)}</th>'
        for name in names
    )
    lines = "".join(f"<tr>{_line(row, names, style)}</tr>" for row in rows)
    return (
        f'<div role="region" tabindex="0" aria-label="{escape(label)}" style="overflow-x:auto;{goes_on_css(_GROUND, _SHADE)}">'
        f'<table style="border-collapse:collapse;width:100%;font-size:0.95rem"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{lines}</tbody></table></div>"
    )


def goes_on_css(ground: str, shade: str) -> str:
    """A shadow at the edge behind which a table goes on; what covers it, in the colour of the ground, scrolls with the table."""
    return (
        f"background:linear-gradient(to right,{ground} 40%,transparent) left/2.4rem 100% no-repeat local,"
        f"linear-gradient(to left,{ground} 40%,transparent) right/2.4rem 100% no-repeat local,"
        f"linear-gradient(to right,{shade},transparent) left/0.7rem 100% no-repeat scroll,"
        f"linear-gradient(to left,{shade},transparent) right/0.7rem 100% no-repeat scroll"
    )


def without_blank_columns(rows: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """The rows without what none of them has: nobody says a word that is added."""
    blank = {UNDEFINED, f"{UNDEFINED} / {UNDEFINED}"}
    kept = [name for name in rows[0] if not {row[name] for row in rows} <= blank]
    return [{name: row[name] for name in kept} for row in rows]


def _line(row: Mapping[str, object], names: Sequence[str], style: Mapping[str, str]) -> str:
    first, *others = names
    head = f'<th scope="row" style="{style[first]};font-weight:600">{_text(row[first])}</th>'
    return head + "".join(f'<td style="{style[name]}">{_text(row[name])}</td>' for name in others)


def _text(value: object) -> str:
    if value is None:
        return UNDEFINED
    return escape(f"{value:,}" if isinstance(value, int) else str(value))
