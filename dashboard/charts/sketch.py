"""A picture of what the product draws, without a number: for whoever has no evaluation yet.

Decoration, so that it is hidden from those who have pages read to them; it stands for no result.
"""

from __future__ import annotations

from dashboard.charts.palette import DARK, LIGHT, colour_at

ROWS, COLUMNS = 6, 12
CELL_PX = 18
"""Height of a cell."""


def sketch_html() -> str:
    """Cells from pale to dark with an interval beside each row, in the colours of either theme."""
    grid = f"display:grid;grid-template-columns:minmax(16px,40px) repeat({COLUMNS},minmax(8px,36px)) minmax(48px,220px)"
    rows = "".join(_row(row) for row in range(ROWS))
    return f'<div aria-hidden="true" style="{grid};gap:3px;align-items:center;max-width:760px">{rows}</div>'


def _row(row: int) -> str:
    name = _box(f"height:5px;border-radius:3px;margin-right:8px;background:{_either(LIGHT.rule, DARK.rule)}")
    return name + "".join(_cell(row, column) for column in range(COLUMNS)) + _interval(row)


def _cell(row: int, column: int) -> str:
    place = min(1.0, 0.04 + 0.19 * (column % 4) + 0.07 * (column // 4) + 0.045 * row)
    fill = _either(colour_at(LIGHT.sequential, place), colour_at(DARK.sequential, place))
    return _box(f"height:{CELL_PX}px;border-radius:3px;background:{fill}")


def _interval(row: int) -> str:
    start, length = 6 + 9 * row, 22 + 5 * (row % 3)
    tone = (LIGHT.alert, DARK.alert) if row == ROWS - 1 else (LIGHT.faint, DARK.faint)
    ink = _either(*tone)
    point = _box(f"width:8px;height:8px;border-radius:50%;background:{ink}")
    return (
        f'<div style="height:2px;margin-left:{start}%;width:{length}%;background:{ink};'
        f'display:flex;align-items:center;justify-content:center">{point}</div>'
    )


def _box(style: str) -> str:
    return f'<div style="{style}"></div>'


def _either(light: str, dark: str) -> str:
    return f"light-dark({light},{dark})"
