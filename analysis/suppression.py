"""Which groups of a table may be published, so that nobody can be told from a number.

Owns the rule: a group of few speakers is withheld, and with it as many others as it takes that no
group of few follows from the published ones by adding and subtracting, in this grouping and every
coarser one. It knows who was recorded in which group; what a withheld row looks like is `publication.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from analysis.derivable import AnyIntArray, Table, derivable_sets
from analysis.speaker_counts import BoolArray, IntArray

MOST_ROUNDS = 30
"""Rounds of withholding one group more for each that follows; then the whole table is withheld."""
MOST_COMBINATIONS = 1_500
"""Recorded combinations of groups that are checked; more are not published."""
MOST_ATTRIBUTES = 4


class TooManyToPublish(ValueError):
    """A grouping that is too fine to be checked; the message says what can be asked."""


Groups = frozenset[tuple[int, ...]]
"""Codes of some groups of a grouping."""


@dataclass(frozen=True)
class Withheld:
    """What is withheld in a grouping and in every coarser one of the same attributes."""

    hidden: Mapping[tuple[int, ...], Groups]
    """By the positions of the attributes of each grouping: codes of its withheld groups. () is everything."""

    def rows(self, codes: IntArray) -> BoolArray:
        """Which groups are withheld: those of their own grouping, and whatever lies in a withheld one.

        codes: one column per attribute, whether anybody was recorded there or not.
        """
        result = np.zeros(len(codes), bool)
        for columns, groups in self.hidden.items():
            if groups:
                keys = map(tuple, codes[:, columns].tolist())
                result |= np.fromiter((key in groups for key in keys), bool, len(codes))
        return result


def withheld_alone(codes: AnyIntArray, speaker: AnyIntArray, minimum: int) -> tuple[Groups, ...]:
    """What may not be published of each attribute of an evaluation by itself.

    Tables by one attribute are always to be had, all of them: a region and its country, each with many speakers,
    may differ by three people. So every two are held against each other.
    codes: one row per speaker in a combination of all attributes, one column per attribute.
    """
    whole = Table.of((), codes, speaker)
    alone = [Table.of((column,), codes, speaker) for column in range(codes.shape[1])]
    everybody: dict[tuple[int, ...], Groups] = {(): _named(whole, whole.n_speakers < minimum)}
    hidden = [_closed(table, [whole], Withheld(everybody), minimum) for table in alone]
    pairs = [
        pair
        for a, b in combinations(range(len(alone)), 2)
        if _may_give_away(pair := Table.of((a, b), codes, speaker), minimum)
    ]
    changed = True
    while changed:
        changed = False
        for pair in pairs:
            a, b = pair.columns
            known = [(whole, whole.n_speakers >= minimum), (alone[a], ~hidden[a]), (alone[b], ~hidden[b])]
            given_away = derivable_sets(pair, np.ones(len(pair.codes), bool), known, minimum)
            if given_away and not (hidden[a].all() and hidden[b].all()):
                changed = True
                _hide_one_level(pair, given_away[0], alone, hidden)
                for column in (a, b):
                    found = Withheld({**everybody, (column,): _named(alone[column], hidden[column])})
                    hidden[column] = _closed(alone[column], [whole], found, minimum)
    return tuple(_named(table, one) for table, one in zip(alone, hidden, strict=True))


def _may_give_away(pair: Table, minimum: int) -> bool:
    return 0 < len(pair.codes) <= MOST_COMBINATIONS and bool((pair.n_speakers < minimum).any())


def _hide_one_level(pair: Table, members: IntArray, alone: Sequence[Table], hidden: list[BoolArray]) -> None:
    """Withhold the smallest published group of either attribute that some people given away belong to, else any."""
    open_ones = [
        (not (pair.codes[members, place] == table.codes[i, 0]).any(), int(table.n_speakers[i]), column, i)
        for place, column in enumerate(pair.columns)
        for table in (alone[column],)
        for i in np.flatnonzero(~hidden[column]).tolist()
    ]
    _, _, column, i = min(open_ones)
    hidden[column][i] = True


def withheld(
    codes: AnyIntArray, speaker: AnyIntArray, minimum: int, alone: Sequence[Groups] = ()
) -> Withheld:
    """What may not be published of a grouping, from who was recorded in which of its groups.

    codes: one row per speaker in a group, or finer, one column per attribute.
    alone: what `withheld_alone` found for each of the attributes; else it is not looked at what others tell.
    Raises `TooManyToPublish`. Source: primary and complementary cell suppression, as in official statistics
    (Willenborg and de Waal 2001, Elements of Statistical Disclosure Control), held against exact derivation.
    """
    n_attributes = codes.shape[1]
    n_recorded = len(Table.of(tuple(range(n_attributes)), codes, speaker).codes)
    if n_attributes > MOST_ATTRIBUTES or n_recorded > MOST_COMBINATIONS:
        raise TooManyToPublish(
            f"This makes {n_recorded:,} combinations of {n_attributes} attributes, filter included; for the public "
            f"at most {MOST_COMBINATIONS:,} of {MOST_ATTRIBUTES} are published. Group by fewer attributes."
        )
    found = Withheld({})
    tables: list[Table] = []
    for size in range(n_attributes + 1):
        for columns in combinations(range(n_attributes), size):
            table = Table.of(columns, codes, speaker)
            if len(columns) == 1 and alone:
                found = Withheld({**found.hidden, columns: alone[columns[0]]})
            below = [one for one in tables if set(one.columns) < set(columns)]
            closed = _closed(table, below, found, minimum)
            found = Withheld({**found.hidden, columns: _named(table, closed)})
            tables.append(table)
    return found


def _closed(table: Table, below: Sequence[Table], found: Withheld, minimum: int) -> BoolArray:
    """The withheld groups of one table: few speakers, under a withheld group, and what protects them."""
    few = (table.n_speakers < minimum) | _listed(table, found.hidden.get(table.columns, frozenset()))
    inherited = Withheld({one.columns: found.hidden[one.columns] for one in below})
    hidden = few | inherited.rows(table.wide(max((*table.columns, 0)) + 1))
    known = [(one, ~_listed(one, found.hidden[one.columns])) for one in below]
    # What coarser tables tell already, withholding this one does not take back.
    everything = np.ones(len(hidden), bool)
    told = {tuple(one.tolist()) for one in derivable_sets(table, everything, known, minimum)}
    for _ in range(MOST_ROUNDS):
        found_sets = derivable_sets(table, hidden, known, minimum)
        given_away = [one for one in found_sets if tuple(one.tolist()) not in told]
        if not given_away or hidden.all():
            return hidden
        before = hidden.copy()
        for members in given_away:
            # What was withheld for another set of this round may protect this one as well.
            if not _is_beside(table, np.flatnonzero(hidden & ~before), members):
                hidden[_nearest_smallest(table, hidden, members)] = True
    return everything


def _is_beside(table: Table, others: IntArray, members: IntArray) -> bool:
    """Whether one of some groups shares all attributes but one with a member of a set."""
    differing = (table.codes[others][:, None, :] != table.codes[members][None, :, :]).sum(axis=2)
    return bool((differing == 1).any())


def _nearest_smallest(table: Table, hidden: BoolArray, members: IntArray) -> IntArray:
    """The smallest open group that shares all attributes but one with a group given away; else the smallest of all."""
    open_ones = np.flatnonzero(~hidden)
    if not len(open_ones):
        return open_ones
    differing = (table.codes[open_ones][:, None, :] != table.codes[members][None, :, :]).sum(axis=2)
    nearest = open_ones[differing.min(axis=1) <= differing.min()]
    return np.asarray(nearest[[np.argmin(table.n_speakers[nearest])]], np.int64)


def _named(table: Table, hidden: BoolArray) -> frozenset[tuple[int, ...]]:
    return frozenset(map(tuple, table.codes[hidden].tolist()))


def _listed(table: Table, groups: frozenset[tuple[int, ...]]) -> BoolArray:
    return np.array([tuple(code) in groups for code in table.codes.tolist()], bool)


def rounded_speakers(n_speakers: IntArray) -> IntArray:
    """Rounded down to fives."""
    return n_speakers // 5 * 5
