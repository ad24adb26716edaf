"""Where groups are worse on a heatmap: counted cell by cell, and what those cells have in common."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from analysis.attributes import Attribute, Role
from analysis.judgement import WITHIN, WORSE
from analysis.rates import NOBODY, STATUSES
from dashboard.answers.grid import Axis, Grid
from dashboard.answers.worse_places import Shared, worse_places
from tests.dashboard.made_up import made_up_grid


def with_worse(places: list[tuple[int, int]]) -> Grid:
    """The made-up grid in which just these (row, column) of its first panel are worse."""
    arranged = made_up_grid()
    verdict = np.full_like(arranged.table.judgement.verdict, WITHIN)
    verdict[[arranged.place[0, r, c] for r, c in places]] = WORSE
    judgement = replace(arranged.table.judgement, verdict=verdict)
    table = replace(arranged.table, judgement=judgement)
    return replace(arranged, answer=replace(arranged.answer, table=table))


def test_every_group_is_counted_in_the_order_of_the_grid() -> None:
    arranged = with_worse([(0, 0), (0, 1), (2, 1)])
    found = worse_places(arranged)
    assert found.attribute == "accent"
    assert list(found.counts) == list(arranged.rows.groups)
    assert list(found.counts.values())[:3] == [2, 0, 1]


TWO_BY_TWO = np.arange(8).reshape(2, 2, 2)
"""Row of the table at each (device, accent, noise)."""


@pytest.mark.parametrize(
    ("worse", "empty", "shared"),
    [
        ([(1, 0, 0), (1, 0, 1)], [], {"Cornish": (("device", "telephone"),)}),
        ([(0, 0, 1), (1, 0, 1)], [], {"Cornish": (("noise", "babble"),)}),
        ([(0, 0, 0), (1, 0, 1)], [], {}),
        ([(1, 0, 0)], [], {}),
        ([(1, 0, 0), (1, 0, 1)], [(0, 0, 0), (0, 0, 1)], {}),
        (
            [(1, 0, 0), (1, 0, 1), (0, 1, 0), (1, 1, 0)],
            [],
            {"Cornish": (("device", "telephone"),), "Welsh": (("noise", "quiet"),)},
        ),
    ],
    ids=["a device", "a noise", "neither", "one place", "recorded nowhere else", "each its own"],
)
def test_what_all_places_of_a_group_share_is_a_level_it_was_also_recorded_without(
    worse: list[tuple[int, int, int]], empty: list[tuple[int, int, int]], shared: Shared
) -> None:
    def axis(name: str, role: Role, *levels: str) -> Axis:
        return Axis(Attribute(name, role, "category", levels, has_missing=False), levels)

    verdict, status = np.full(8, WITHIN), np.full(8, STATUSES.index("shown"))
    verdict[[TWO_BY_TWO[place] for place in worse]] = WORSE
    status[[TWO_BY_TWO[place] for place in empty]] = NOBODY
    arranged: Any = SimpleNamespace(
        rows=axis("accent", "speaker", "Cornish", "Welsh"),
        columns=axis("noise", "condition", "quiet", "babble"),
        panels=axis("device", "condition", "laptop", "telephone"),
        place=TWO_BY_TWO,
        table=SimpleNamespace(judgement=SimpleNamespace(verdict=verdict), status=status),
    )
    assert worse_places(arranged).shared == shared
