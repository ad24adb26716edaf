"""Every combination of the groups of some attributes, recorded or not: which there are, and where each one stands.

A combination that nobody was recorded in is a row too, so that a table shows what was not tested. Knows no counts.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.attributes import Attribute
from analysis.roles import NOT_STATED_CODE
from analysis.speaker_counts import IntArray

MAX_GROUPS = 200_000


class TooManyGroups(ValueError):
    """The full product of the groups is too large to list; the message says how large."""


def full_product(attributes: Sequence[Attribute]) -> IntArray:
    """Codes of every combination of groups, in order, "not stated" last where it occurs."""
    choices = [
        [*range(len(a.levels)), NOT_STATED_CODE] if a.has_missing else list(range(len(a.levels)))
        for a in attributes
    ]
    size = int(np.prod([len(choice) for choice in choices])) if choices else 1
    if size > MAX_GROUPS:
        raise TooManyGroups(
            f"{' × '.join(a.name for a in attributes)} makes {size:,} groups; at most {MAX_GROUPS:,} can be "
            "listed. Group by fewer attributes, or select first."
        )
    if not choices:
        return np.zeros((1, 0), np.int64)
    mesh = np.meshgrid(*choices, indexing="ij")
    return np.stack([axis.reshape(-1) for axis in mesh], axis=1).astype(np.int64)


def places_in_product(attributes: tuple[Attribute, ...], recorded: IntArray) -> IntArray:
    """Row of the full product for each recorded group."""
    place = np.zeros(len(recorded), np.int64)
    for column, attribute in enumerate(attributes):
        n_levels = len(attribute.levels)
        width = n_levels + int(attribute.has_missing)
        code = recorded[:, column]
        place = place * width + np.where(code == NOT_STATED_CODE, n_levels, code)
    return place
