"""Outputs that belong to other recordings: whole groups or ranges of ids joined to the wrong references.

Owns the check that compares an output with every reference, not with its own alone.
Finding the nearest reference is `nearest_reference.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from data.doctor.examined import Examined
from data.doctor.faults import DoctorFault, FaultKind, Severity, counted, of
from data.doctor.nearest_reference import Misfits, misfits, searchable
from data.queries_doctor import Ints

_FEWEST = 10
_HALF = 0.5
_MOST_OF_THEM = 0.8
_SCATTERED = 0.1
_MOST_LOOKED_THROUGH = 20

MISALIGNED = FaultKind(
    "misaligned-hypotheses",
    "Outputs of three words or more that got at least half of their words wrong and resemble another "
    "reference far better than their own "
    f"(by letters, similarity 0.6 or more and 0.3 above their own). Reported when {_FEWEST} or more of "
    "them fill at least half of a group or of a "
    "range of ids, or are one in ten of all: single outputs resemble another sentence by chance, half of a "
    "group never do. "
    "Where the distance is the same for four in five of them, it is given in rows.",
    "These outputs are held against the wrong sentences, so nearly every word counts as an error: the "
    "group's rate says nothing about how "
    "it was recognised, and a gap appears that the system did not make.",
    "Check how outputs were joined to ids for these recordings (a line too many or too few, a list sorted "
    "differently), and ingest again.",
)


@dataclass(frozen=True)
class _Place:
    """Where the misfits are: a name for it, and the rows in it that were looked at."""

    name: str
    looked_at: Ints
    misfits: Ints


def misaligned_hypotheses(examined: Examined) -> Iterator[DoctorFault]:
    """Groups and ranges whose outputs fit other rows' references."""
    if not examined.has_texts:
        return
    references = searchable(examined)
    for system, name in enumerate(examined.systems):
        found = misfits(examined, system, references) if examined.writes(system) else None
        if found is None or len(found.rows) < _FEWEST:
            continue
        place = _place(examined, found)
        if place is not None:
            yield _fault(examined, name, found, place)


def _fault(examined: Examined, system: str, found: Misfits, place: _Place) -> DoctorFault:
    n_here, n_looked_at = len(place.misfits), len(place.looked_at)
    what = (
        f"{of(n_here, n_looked_at)} outputs of {system} {place.name} resemble the reference of another "
        "utterance far "
        "better than their own."
    )
    shift = _shift(examined, found, place)
    what += f" {shift.sentence}" if shift else ""
    elsewhere = len(found.rows) - n_here
    if elsewhere:
        what += f" Elsewhere it is {of(elsewhere, len(found.looked_at) - n_looked_at)}."
    at = {int(row): position for position, row in enumerate(found.rows)}
    told: list[tuple[bool, str]] = []
    for row in place.misfits[:_MOST_LOOKED_THROUGH]:
        others = found.nearest_rows(at[int(row)]).tolist()
        shifted = [one for one in others if shift and shift.leads(int(row), one)]
        other = (shifted or others)[0]
        text = examined.references[other].as_py()
        sentence = (
            f"the output for {examined.cite(row)} resembles the reference of {examined.cite(other, text)}"
        )
        told.append((not shifted, sentence))
    # Those that the shift explains come first.
    examples = [sentence for _, sentence in sorted(told, key=lambda one: one[0])]
    severity: Severity = "error" if n_here >= _HALF * n_looked_at else "warning"
    return MISALIGNED.found(severity, what, f"{system}, {place.name}", n_here, examples)


def _place(examined: Examined, found: Misfits) -> _Place | None:
    """The group, the range of ids or the whole in which the misfits lie; None when they lie nowhere in particular."""
    if len(found.rows) >= _HALF * len(found.looked_at):
        return _Place("throughout", found.looked_at, found.rows)
    for attribute, codes in examined.groups():
        inside = np.bincount(codes[found.rows][codes[found.rows] >= 0], minlength=len(attribute.levels))
        code = int(inside.argmax())
        here = found.looked_at[codes[found.looked_at] == code]
        if inside[code] >= max(_FEWEST, _MOST_OF_THEM * len(found.rows), _HALF * len(here)):
            name = f"with {attribute.name} = {attribute.levels[code]}"
            return _Place(name, here, found.rows[codes[found.rows] == code])
    ranged = _range(examined, found)
    if ranged is not None:
        return ranged
    if len(found.rows) >= _SCATTERED * len(found.looked_at):
        return _Place("throughout", found.looked_at, found.rows)
    return None


def _range(examined: Examined, found: Misfits) -> _Place | None:
    """The run of ids, in the order people count in, in which misfits outnumber the others most."""
    order = found.looked_at[np.argsort(id_order(examined)[found.looked_at], kind="stable")]
    is_misfit = np.isin(order, found.rows)
    total = np.concatenate([[0], np.cumsum(np.where(is_misfit, 1, -1))])
    lowest = np.minimum.accumulate(total)
    end = int((total - lowest).argmax())
    begin = int(total[: end + 1].argmin())
    inside = order[begin:end]
    here = inside[is_misfit[begin:end]]
    if len(here) < _FEWEST:
        return None
    name = f"from id {examined.cite(inside[0])} to {examined.cite(inside[-1])}"
    return _Place(name, inside, here)


def id_order(examined: Examined) -> Ints:
    """Place of each row when ids are sorted as people count: u2 before u10."""
    ids = examined.utterance_ids.to_pylist()
    keys = [[int(part) if part.isdigit() else part for part in re.split(r"([0-9]+)", one)] for one in ids]
    ordered = sorted(range(len(ids)), key=keys.__getitem__)
    places = np.empty(len(ids), np.int64)
    places[ordered] = np.arange(len(ids))
    return places


@dataclass(frozen=True, eq=False)
class _Shift:
    """How far off the references are, where it is the same for most."""

    rows: int
    """Above 0: the reference stands further down."""
    order: Ints
    """Place of each row in the order in which rows were counted; -1 for rows that are not in it."""
    sentence: str

    def leads(self, row: int, other: int) -> bool:
        """Whether the shift leads from an output's row to this other one."""
        return bool(
            self.order[row] >= 0 <= self.order[other] and self.order[other] - self.order[row] == self.rows
        )


def _shift(examined: Examined, found: Misfits, place: _Place) -> _Shift | None:
    """The shift, in the order of ids, of speakers and their ids, or of the ids of the place alone; the shortest one."""
    by_id = id_order(examined)
    within = np.full(examined.n_utterances, -1, np.int64)
    within[place.looked_at[np.argsort(by_id[place.looked_at], kind="stable")]] = np.arange(
        len(place.looked_at)
    )
    orders = (
        (by_id, "in the order of ids"),
        (np.arange(examined.n_utterances), "in the order of speakers and their ids"),
        (within, "among these, in the order of ids"),
    )
    shifts = [shift for order, words in orders if (shift := _shift_in(found, place, order, words))]
    return min(shifts, key=lambda shift: abs(shift.rows)) if shifts else None


def _shift_in(found: Misfits, place: _Place, order: Ints, words: str) -> _Shift | None:
    wanted = {int(row) for row in place.misfits}
    votes: Counter[int] = Counter()
    for position, row in enumerate(found.rows.tolist()):
        if row in wanted and order[row] >= 0:
            others = order[found.nearest_rows(position)]
            votes.update({*(others[others >= 0] - order[row]).tolist()})
    if not votes:
        return None
    rows = min(votes, key=lambda distance: (-votes[distance], abs(distance)))
    if votes[rows] < _MOST_OF_THEM * len(wanted):
        return None
    direction = "further down" if rows > 0 else "further up"
    sentence = f"They match the reference {counted(abs(rows), 'row')} {direction}, {words}, in {of(votes[rows], len(wanted))}."
    return _Shift(rows, order, sentence)
