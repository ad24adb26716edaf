"""Which attributes take no part in a search because all their groups are small, and which lower minimum would let one.

Works on the rows of each part that is searched: both halves of the speakers, or all at once. What it offers is what the
search itself would judge, not only enough speakers.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from analysis.slices_estimates import has_enough
from analysis.slices_rows import SearchLimits, SliceRows
from dashboard.answers.slices_rows import MINIMA


def largest_groups(parts: Sequence[SliceRows]) -> list[tuple[str, int]]:
    """Each attribute with the most speakers that one of its groups has in every part."""
    most: dict[str, int] = {}
    for column, one in enumerate(parts[0].columns):
        for level in range(len(one.levels)):
            speakers = min(_speakers(part, column, level) for part in parts)
            most[one.attribute] = max(most.get(one.attribute, 0), speakers)
    return list(most.items())


def minimum_that_judges(
    parts: Sequence[SliceRows], attributes: Collection[str], limits: SearchLimits
) -> tuple[int, str] | None:
    """The largest minimum offered below that of `limits` with which a group of these attributes is judged, and the attribute.

    None where there is no such minimum.

    limits: those of a search of all speakers; half of each holds in a half of them.
    """
    for fewest in sorted((one for one in MINIMA if one < limits.min_speakers), reverse=True):
        lower = replace(limits, min_speakers=fewest)
        asked = lower.halved() if len(parts) > 1 else lower
        for name in attributes:
            if _is_judged(parts, name, asked):
                return fewest, name
    return None


def _is_judged(parts: Sequence[SliceRows], attribute: str, limits: SearchLimits) -> bool:
    places = [
        (column, level)
        for column, one in enumerate(parts[0].columns)
        if one.attribute == attribute
        for level in range(len(one.levels))
    ]
    return any(all(has_enough(part, (place,), limits) for part in parts) for place in places)


def _speakers(rows: SliceRows, column: int, level: int) -> int:
    return len(np.unique(rows.speaker[rows.codes[column] == level]))
