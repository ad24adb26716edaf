"""Numbers into groups: given edges, terciles, or every number a group of its own.

Owns edges, labels and the rounding of terciles. A bin holds its lower edge and not its
upper one: edges 5 and 10 make [−∞, 5), [5, 10) and [10, ∞).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from data.arrays import plain_number

MOST_SINGLE_NUMBERS = 10
"""With more distinct numbers than this, numbers are put into bins."""

_SHIFT_ALLOWED = 0.02
"""How much of the recordings a rounded edge may move into another bin."""

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int32]


def bin_labels(edges: Sequence[float]) -> tuple[str, ...]:
    """The names of the bins in rising order: `<5`, `5–<10`, `≥10`."""
    spelled = [plain_number(edge) for edge in edges]
    between = [f"{low}–<{high}" for low, high in itertools.pairwise(spelled)]
    return (f"<{spelled[0]}", *between, f"≥{spelled[-1]}")


def bin_codes(numbers: Floats, edges: Sequence[float]) -> Codes:
    """The position of each number's bin; -1 where the number is NaN."""
    codes = np.searchsorted(np.asarray(edges), numbers, side="right").astype(np.int32)
    codes[np.isnan(numbers)] = -1
    return codes


def single_numbers(numbers: Floats) -> tuple[tuple[str, ...], Codes]:
    """Every distinct number as a group, in rising order, and each row's position in it (-1 where NaN)."""
    stated = ~np.isnan(numbers)
    distinct, places = np.unique(numbers[stated], return_inverse=True)
    codes = np.full(len(numbers), -1, np.int32)
    codes[stated] = places
    return tuple(plain_number(number) for number in distinct.tolist()), codes


def grouped_numbers(
    numbers: Floats, edges: Sequence[float] = ()
) -> tuple[tuple[float, ...], tuple[str, ...], Codes]:
    """Edges, labels and each row's group: by the given edges, else every number or, of many, thirds."""
    if not edges and n_distinct(numbers) > MOST_SINGLE_NUMBERS:
        edges = tercile_edges(numbers)
    labels, codes = (bin_labels(edges), bin_codes(numbers, edges)) if edges else single_numbers(numbers)
    return tuple(edges), labels, codes


def n_distinct(numbers: Floats) -> int:
    """How many different numbers there are, NaN aside."""
    return len(np.unique(numbers[~np.isnan(numbers)]))


def tercile_edges(numbers: Floats) -> tuple[float, ...]:
    """Two edges that divide the numbers into thirds as nearly as few digits can; one where most are equal.

    The numbers must hold two different ones at least.
    """
    stated = np.sort(numbers[~np.isnan(numbers)])
    exact = np.quantile(stated, [1 / 3, 2 / 3], method="higher")
    edges = sorted({_rounded(float(edge), stated) for edge in exact if edge > stated[0]})
    if not edges:
        # More than two thirds of the numbers are the smallest one.
        edges = [float(stated[stated > stated[0]][0])]
    return tuple(edges)


def _rounded(edge: float, stated: Floats) -> float:
    below = np.searchsorted(stated, edge, side="left")
    nearest = [float(f"{edge:.{digits}g}") for digits in range(1, 8)]
    # Where many numbers are the edge itself, as 1/6, only a number below it leaves them where they are.
    lower = [edge - abs(edge) * 0.5 * 10.0 ** (1 - digits) for digits in range(2, 8)]
    for candidate in (*nearest, *(float(f"{one:.{digits}g}") for digits, one in enumerate(lower, start=2))):
        moved = abs(int(np.searchsorted(stated, candidate, side="left")) - int(below))
        if moved <= _SHIFT_ALLOWED * len(stated) and stated[0] < candidate <= stated[-1]:
            return candidate
    return edge
