"""Whole numbers put in order by counting instead of comparing, with the results that numpy gives.

Groups, speakers and their pairs are small numbers, of which numpy's sorting and hashing take many
times as long. Where numbers are too large to be counted, numpy sorts them. Numbers that may not be
are refused here: the routines below write wherever a number says.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

IntArray = npt.NDArray[np.int64]

_PLACES_A_NUMBER = 16
"""Up to so many places for each number, marking them is quicker than sorting the numbers."""
_NUMBERED_PLACES_A_NUMBER = 4
"""The same where every place gets a number of four bytes."""
_LARGEST = 2**31 - 1


def distinct(numbers: IntArray) -> IntArray:
    """Each number once, in order, as `np.unique` gives them. Raises `ValueError` for numbers below 0."""
    largest = _largest(numbers)
    if largest < _PLACES_A_NUMBER * len(numbers):
        return np.flatnonzero(_marked(numbers, largest))
    ordered = np.sort(numbers)
    is_new = np.concatenate([[True], ordered[1:] != ordered[:-1]])[: len(ordered)]
    return np.asarray(ordered[is_new], np.int64)


def distinct_places(numbers: IntArray) -> tuple[IntArray, IntArray]:
    """Each number once, in order, and the place of every number among them. Raises `ValueError` for numbers below 0."""
    largest = _largest(numbers)
    if largest < _NUMBERED_PLACES_A_NUMBER * len(numbers):
        marked = _marked(numbers, largest)
        place = np.cumsum(marked, dtype=np.int32)
        np.subtract(place, 1, out=place)
        return np.flatnonzero(marked), place[numbers].astype(np.int64)
    known, places = np.unique(numbers, return_inverse=True)
    return known, places.astype(np.int64)


def order_by(numbers: Any, below: int) -> IntArray:
    """Positions in the order of their numbers, equal ones as they were: a stable argsort.

    A matrix with one entry a column is turned to rows, for which entries are only counted. Raises `ValueError` for
    numbers that are not 0 to below - 1.
    """
    n = len(numbers)
    if (largest := _largest(numbers)) >= below and n:
        raise ValueError(f"Numbers have to be below {below}; one is {largest}.")
    if n == 0 or max(n, below) > _LARGEST or below > _PLACES_A_NUMBER * n:
        return np.argsort(numbers, kind="stable").astype(np.int64)
    entries = (np.ones(n, np.int8), np.asarray(numbers, np.int32), np.arange(n + 1, dtype=np.int32))
    turned = sparse.csc_array(entries, shape=(below, n)).tocsr()
    return np.asarray(turned.indices, np.int64)


def _largest(numbers: Any) -> int:
    """The largest number, 0 of none; raises `ValueError` where one is below 0."""
    if len(numbers) == 0:
        return 0
    smallest, largest = int(numbers.min()), int(numbers.max())
    if smallest < 0:
        raise ValueError(f"Numbers have to be 0 or above; one is {smallest}.")
    return largest


def _marked(numbers: IntArray, largest: int) -> Any:
    is_there = np.zeros(largest + 1, bool)
    is_there[numbers] = True
    return is_there
