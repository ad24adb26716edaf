"""How wide and tall the parts of a heatmap are: names, cells, and when columns are named upright.

Widths are worked out for a laptop; a narrower window scrolls the cells under names that stay. What the
cells show is `heatmap.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.answers.audience import PUBLIC
from dashboard.answers.grid import Grid, Show
from dashboard.charts.palette import Palette
from dashboard.wording import group_name

PICTURE_PX = 1_008
"""Width of a picture: what a laptop shows beside the sidebar. What is wider scrolls."""
SMALL_PX = 420
"""The same of a picture beside another one."""
GAP_PX = 12
"""Between two panels."""
NARROWEST_PX, WIDEST_PX = 36, 110
"""Of a cell."""
TENTHS_PX, SMALL_TENTHS_PX = 50, 42
"""Narrowest cell with tenths of a percent, as the public reads them: with an interval below, and without."""
ROOMY_TENTHS_PX = 58
"""A narrower one of these has smaller letters; on a phone, where letters stay large, none is narrower."""
ROOMY_PX = 46
"""A narrower cell has smaller letters."""
WRAPPED_NAMES_PX = 112
"""Of the names of rows beside narrow cells: long ones are written on two lines."""
FINGER_PX = 50
"""Narrowest cell where fingers choose it, on a phone."""
LETTER_PX = 6.1
"""Width of a letter of a column's name, on average."""
PAPER_PX = 660
"""Width of a sheet of A4 within its margins."""
PAPER_ROWS_PX = 740
"""Height of it that is left beside the sentences above and below; a taller picture would stand on a sheet of its own."""
PAPER_TALL_ROW_PX = 21.5
"""Of a row on paper, where there are many: two lines of small letters."""
PAPER_HEAD_PX, PAPER_UPRIGHT_PX = 60, 110
"""Of the names of panels and columns there, lying and upright."""
TALL_ROWS = 20
"""More rows than this scroll within the picture, so that the names of the columns stay."""
MANY_ROWS = 16
"""A forest plot of more groups, with no heatmap beside it, gives each one line."""
MOST_BESIDE = 6
"""Columns of a heatmap that can be read in half of a page; with more it stands below the forest."""
SMALL_HEAD_PX = 43
"""Above the small picture's cells: two lines of names. The forest plot beside it begins as far down."""


@dataclass(frozen=True)
class Look:
    """How a heatmap is drawn, apart from its numbers."""

    palette: Palette
    show: Show = "rate"
    chosen: int | None = None
    """Row of the table whose cell is outlined; None where no cell is chosen."""
    row_px: int = 34
    small: bool = False
    """Without intervals, marks and key: beside other pictures, which have them."""
    still: bool = False
    """For a file: nothing happens on a click, and sentences are titles."""


@dataclass(frozen=True)
class Widths:
    """Pixels of the parts, on a laptop and on a phone."""

    names: int
    narrowest: int
    """Of all parts together; below it the cells scroll."""
    widest: int
    phone: int
    """Of the cells on a phone."""
    upright: bool
    """Whether the columns' names stand upright, because they are wider than their cells."""
    narrow: bool
    """Whether cells need smaller letters."""
    paper: float
    """By how much the picture is made smaller to fit a sheet of A4; 1 where it fits."""


def widths(grid: Grid, look: Look) -> Widths:
    """Work out the widths from the names and the number of cells."""
    n_cells = len(grid.panels) * len(grid.columns)
    gaps = GAP_PX * (len(grid.panels) - 1)
    whole = SMALL_PX if look.small else PICTURE_PX
    names = _names_px(grid)
    word = _longest_word(grid) * LETTER_PX + 5
    fair = (whole - names - gaps) / n_cells
    if fair < ROOMY_PX and not look.small:
        names = min(names, WRAPPED_NAMES_PX)
        fair = (whole - names - gaps) / n_cells
    tenths = grid.question.audience == PUBLIC and look.show in ("rate", "width")
    narrowest = NARROWEST_PX
    if tenths:
        narrowest = SMALL_TENTHS_PX if look.small else TENTHS_PX
    upright = word > max(fair, narrowest)
    least = narrowest if upright else max(narrowest, min(word, fair))
    return Widths(
        names=names,
        narrowest=round(names + gaps + n_cells * least),
        widest=round(names + gaps + n_cells * WIDEST_PX),
        phone=round(gaps + n_cells * max(least, ROOMY_TENTHS_PX if tenths else FINGER_PX)),
        upright=upright,
        narrow=fair < (ROOMY_TENTHS_PX if tenths else ROOMY_PX),
        paper=min(1.0, PAPER_PX / (names + gaps + n_cells * least), _fits_height(grid, look, upright)),
    )


def _fits_height(grid: Grid, look: Look, upright: bool) -> float:
    """By how much it is made smaller so that all rows stand on the sheet; a small picture has few."""
    if look.small:
        return 1.0
    row_px = PAPER_TALL_ROW_PX if len(grid.rows) > TALL_ROWS else look.row_px + 2
    return PAPER_ROWS_PX / (len(grid.rows) * row_px + (PAPER_UPRIGHT_PX if upright else PAPER_HEAD_PX))


def _names_px(grid: Grid) -> int:
    """Room for the names of the rows; long ones are written on two lines."""
    return min(168, 20 + round(6.2 * max(len(group_name(group)) for group in grid.rows.groups)))


def _longest_word(grid: Grid) -> int:
    names = [group_name(group) for group in grid.columns.groups] if grid.columns.attribute else [""]
    return max(len(word) for name in names for word in (name.split() or [""]))
