"""From many slices that overlap to the few that say something of their own.

Slices are walked from the surest on. One is put aside where a slice kept before explains it:
it is part of that slice and hardly worse than the rest of it, nearly the same recordings, or
no longer worse without that slice's recordings. Where a part and its whole are both sure, the
one that is left without the other stays. A slice of speakers is also put aside where
the conditions they were recorded in explain it. What was put aside is named with its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from analysis.slices_effects import with_expected
from analysis.slices_estimates import Chosen, quick_contrast, sides
from analysis.slices_rows import Items, SliceRows, peers_of
from analysis.speaker_counts import BoolArray, FloatArray, IntArray

SAME_RECORDINGS = 0.8
"""Jaccard index above which two slices are two descriptions of one."""
OWN_P = 0.05
"""How sure a slice has to be worse than what is left. A part of a slice is one of many that could have been
named, so it has to be as much surer as there are conditions to add."""
MOST_EXAMINED = 200
"""Each slice is held against those kept before, so a long list has to end somewhere."""


@dataclass(frozen=True)
class Explained:
    """A slice that something else explains."""

    items: Items
    by: Items
    """The slice that explains it; empty: the mix of conditions its speakers were recorded in."""


@dataclass(frozen=True)
class Pruned:
    """What was kept of a list of slices, and what was put aside."""

    kept: tuple[Items, ...]
    """In the order of the list."""
    explained: tuple[Explained, ...]


def prune(
    rows: SliceRows,
    ranked: Sequence[Items],
    most_kept: int,
    own_ratio: float,
    allowed: Callable[[Items], bool] = lambda _items: True,
) -> Pruned:
    """Walk slices from the first on and keep those that nothing kept before explains.

    Half of the places are for slices that name speakers, half for conditions or content alone: those are met
    by everybody, so that they are always surer. Places that one kind leaves are the other's. `own_ratio`:
    a slice less than so much worse than what is left says nothing of its own. `allowed` says which may be
    kept at all.
    """
    walk = _Walk(rows, own_ratio, allowed)
    waiting: list[Items] = []
    places = {True: (most_kept + 1) // 2, False: most_kept // 2}
    looked_at = {True: 0, False: 0}
    for items in ranked:
        kind = _names_speakers(rows, items)
        if places[kind] == 0 or looked_at[kind] >= MOST_EXAMINED:
            waiting.append(items)
            continue
        looked_at[kind] += 1
        for gone in walk.look_at(items):
            places[_names_speakers(rows, gone)] += 1
        places[kind] -= walk.kept[-1:] == [items]
        if not any(places.values()):
            break
    for items in waiting[:MOST_EXAMINED]:
        if len(walk.kept) >= most_kept:
            break
        walk.look_at(items)
    order = {items: place for place, items in enumerate(ranked)}
    return Pruned(tuple(sorted(walk.kept, key=order.__getitem__)), _resolved(walk.explained))


def _resolved(explained: list[Explained]) -> tuple[Explained, ...]:
    """The same, where what explained a slice was itself put aside later, with what explains that."""
    reason = {one.items: one.by for one in explained}
    found = []
    for one in explained:
        by = one.by
        while by in reason:
            by = reason[by]
        found.append(Explained(one.items, by))
    return tuple(found)


def _names_speakers(rows: SliceRows, items: Items) -> bool:
    return any(rows.columns[column].role == "speaker" for column, _ in items)


@dataclass
class _Walk:
    """What has been kept and put aside so far."""

    rows: SliceRows
    own_ratio: float
    allowed: Callable[[Items], bool]
    kept: list[Items] = field(default_factory=list)
    explained: list[Explained] = field(default_factory=list)
    masks: dict[Items, BoolArray] = field(default_factory=dict)
    positions: dict[Items, IntArray] = field(default_factory=dict)
    rates: dict[tuple[int, ...], FloatArray] = field(default_factory=dict)

    def look_at(self, items: Items) -> list[Items]:
        """Keep one slice or put it aside; the slices kept before that it explains."""
        if not self.allowed(items):
            return []
        by = self._explained_by(items)
        if by is not None:
            self.explained.append(Explained(items, by))
            return []
        gone = self._parts_explained_by(items) + self._wholes_explained_by(items)
        self.kept = [*(other for other in self.kept if other not in gone), items]
        self.explained.extend(Explained(other, items) for other in gone)
        return gone

    def _parts_explained_by(self, items: Items) -> list[Items]:
        """The slices kept before that are parts of this one and hardly worse than the rest of it."""
        parts = [other for other in self.kept if set(items) < set(other)]
        return [other for other in parts if not self._worse_than_rest_of(other, items)]

    def _wholes_explained_by(self, items: Items) -> list[Items]:
        """The slices kept before that are no longer worse without this part of theirs and others kept."""
        gone = []
        for whole in (other for other in self.kept if set(other) < set(items)):
            taken = self.rows.inside(items)
            for other in self.kept:
                if set(whole) < set(other):
                    taken |= self._inside(other)
            own, beside = sides(self.rows, whole)
            if not self._is_worse(own & ~taken, beside & ~taken):
                gone.append(whole)
        return gone

    def _explained_by(self, items: Items) -> Items | None:
        """What explains a slice; None where it says something of its own."""
        rows = self.rows
        own, beside = sides(rows, items)
        overlapping: list[tuple[int, Items, BoolArray]] = []
        for other in self.kept:
            if set(other) < set(items):
                if not self._worse_than_rest_of(items, other):
                    return other
                continue
            if _exclude(items, other) or (
                set(items) < set(other) and not self._worse_than_rest_of(other, items)
            ):
                continue
            theirs = self._inside(other)
            shared = int(np.count_nonzero(own & theirs))
            if shared > SAME_RECORDINGS * np.count_nonzero(own | theirs):
                return other
            if shared > 0:
                overlapping.append((shared, other, theirs))
        if overlapping:
            taken = np.zeros(len(own), np.bool_)
            for _, _, theirs in overlapping:
                taken |= theirs
            if not self._is_worse(own & ~taken, beside & ~taken):
                return max(overlapping, key=lambda one: one[0])[1]
        only_speakers = all(rows.columns[column].role == "speaker" for column, _ in items)
        by_conditions = self._by_conditions if only_speakers else None
        if by_conditions is not None and not self._is_worse(own, beside, by_conditions):
            return ()
        return None

    def _inside(self, items: Items) -> BoolArray:
        """The recordings of a slice; those of kept slices are asked for again and again."""
        if items not in self.masks:
            self.masks[items] = self.rows.inside(items)
        return self.masks[items]

    def _worse_than_rest_of(self, items: Items, wider: Items) -> bool:
        """Whether a slice is worse than the rest of a wider one, each held against everybody in its conditions."""
        rows = self.rows
        if wider not in self.positions:
            self.positions[wider] = np.flatnonzero(self._inside(wider))
        whole = self.positions[wider]
        own = np.ones(len(whole), np.bool_)
        for column, level in set(items) - set(wider):
            own &= rows.codes[column][whole] == level
        base = rows.base[whole]
        shared = tuple(column for column, _ in peers_of(rows.columns, items))
        if shared:
            # So the noise of a noisy slice is not laid on its speakers, nor counted as its own.
            base *= self._rate_of_conditions(shared)[_stratum(rows, shared, whole)]
        chosen_from = sum(len(c.levels) for c in rows.columns) - sum(
            len(rows.columns[column].levels) for column, _ in wider
        )
        return self._says(
            Chosen(whole[own], base[own]), Chosen(whole[~own], base[~own]), OWN_P / max(1, chosen_from)
        )

    def _rate_of_conditions(self, columns: tuple[int, ...]) -> FloatArray:
        """The rate of everybody in every combination of groups of some columns."""
        if columns not in self.rates:
            rows = self.rows
            stratum = _stratum(rows, columns, np.arange(len(rows.speaker)))
            with np.errstate(all="ignore"):
                rate = np.bincount(stratum, rows.numerator) / np.bincount(stratum, rows.base)
            self.rates[columns] = np.nan_to_num(rate)
        return self.rates[columns]

    def _is_worse(self, own: BoolArray, beside: BoolArray, base: FloatArray | None = None) -> bool:
        base = self.rows.base if base is None else base
        return self._says(Chosen(own, base[own]), Chosen(beside, base[beside]))

    def _says(self, own: Chosen, beside: Chosen, sure: float = OWN_P) -> bool:
        ratio, p = quick_contrast(self.rows, own, beside)
        return p <= sure and ratio >= self.own_ratio

    @cached_property
    def _by_conditions(self) -> FloatArray | None:
        """Errors that the conditions of recording alone would explain; None where none are searched."""
        rows = self.rows
        kept = [i for i, column in enumerate(rows.columns) if column.role == "condition"]
        if rows.expected is not None or not kept:
            return None
        alone = replace(rows, columns=tuple(rows.columns[i] for i in kept), codes=rows.codes[kept])
        return with_expected(alone, "multiplicative").base


def _stratum(rows: SliceRows, columns: tuple[int, ...], chosen: IntArray) -> IntArray:
    """One number for the groups of each chosen row."""
    stratum = np.zeros(len(chosen), np.int64)
    for column in columns:
        stratum = stratum * (len(rows.columns[column].levels) + 1) + rows.codes[column][chosen] + 1
    return stratum


def _exclude(items: Items, other: Items) -> bool:
    """Whether two slices name different groups of one column, so that they share no recording."""
    groups = dict(items)
    return any(groups.get(column, level) != level for column, level in other)
