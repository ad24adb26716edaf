"""Where is each group shown to be worse on a heatmap, and do those places have a condition in common?

Reads verdicts of an arranged grid and counts them. It judges nothing, writes no words and knows no Streamlit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from analysis.judgement import WORSE
from analysis.rates import NOBODY, SUPPRESSED
from analysis.speaker_counts import BoolArray
from dashboard.answers.grid import Axis, Grid

Shared = Mapping[str | None, tuple[tuple[str, str | None], ...]]
"""By group: conditions as (attribute, level)."""


@dataclass(frozen=True)
class WorsePlaces:
    """In how many combinations each group is shown to be worse, and what these have in common."""

    attribute: str
    """That about speakers, whichever side it is on; the rows' where none is."""
    counts: dict[str | None, int]
    """By group, in the order of the grid; None is "not stated"."""
    shared: Shared = field(default_factory=dict)
    """Levels of a condition that all of several such places of a group have, while it was recorded at others too; only groups with any."""


def worse_places(arranged: Grid) -> WorsePlaces:
    """Counts the cells shown to be worse along the attribute about speakers."""
    sides = {1: arranged.rows, 2: arranged.columns, 0: arranged.panels}
    about = {i: side for i, side in sides.items() if side.attribute and side.attribute.role == "speaker"}
    axis, side = next(iter((about or sides).items()))
    table, place = arranged.table, arranged.place
    # The groups first, then the other two sides.
    others = [i for i in range(3) if i != axis]
    worse = (table.judgement.verdict[place] == WORSE).transpose(axis, *others)
    known = ~np.isin(table.status[place], (NOBODY, SUPPRESSED)).transpose(axis, *others)
    beside = [sides[i] for i in others]
    found = {
        group: _in_common(worse[i], known[i], beside)
        for i, group in enumerate(side.groups)
        if worse[i].sum() > 1
    }
    return WorsePlaces(
        side.attribute.name if side.attribute else "",
        {group: int(worse[i].sum()) for i, group in enumerate(side.groups)},
        {group: conditions for group, conditions in found.items() if conditions},
    )


def _in_common(worse: BoolArray, known: BoolArray, sides: list[Axis]) -> tuple[tuple[str, str | None], ...]:
    """The one level of a condition at which all cells of a group are worse, where it was recorded at several.

    worse, known: (first side, second side).
    """
    shared = []
    for axis, side in enumerate(sides):
        if side.attribute is None or side.attribute.role != "condition":
            continue
        at, recorded = worse.any(axis=1 - axis), known.any(axis=1 - axis)
        if at.sum() == 1 and recorded.sum() > 1:
            shared.append((side.attribute.name, side.groups[int(np.argmax(at))]))
    return tuple(shared)
