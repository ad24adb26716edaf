"""Whose eyes an answer is for, and what of an answer the public may see.

Owns the audiences, the check of a selection that may be published, and the way from an exact table to the published
one. Which groups are withheld is decided by `analysis/suppression.py` from who was recorded where; a filter is taken
as one more attribute of the grouping, so that no filter shows what another table withholds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Literal

import numpy as np
import numpy.typing as npt

from analysis.attributes import Attribute
from analysis.group_product import full_product
from analysis.hidden_rows import rows_chosen
from analysis.metrics import Metric
from analysis.selection import EVERYTHING, AllOf, AnyOf, Everything, Not, NotStated, OneOf, Selection
from analysis.speaker_counts import BoolArray
from analysis.suppression import Groups, Withheld, withheld, withheld_alone
from dashboard.answers.choices import QuestionError, chosen_attributes
from data.queries_slices import RecordingCounts, recording_counts
from data.store import Build

Audience = Literal["internal", "public"]
INTERNAL: Audience = "internal"
PUBLIC: Audience = "public"
AUDIENCES: tuple[Audience, ...] = (INTERNAL, PUBLIC)
WITHHELD_PAGES = ("slices", "versions", "trust")
"""Pages that show nothing to the public, by their address."""
MOST_KEPT = 8
_KEPT: dict[tuple[object, ...], _Recorded] = {}
_LOCK = Lock()


@dataclass(frozen=True)
class Publishable:
    """What of a table by some groups of a selection is withheld."""

    rows: BoolArray
    """One entry per group of the full product, those that a filter hides included: others are compared with them."""
    whole: bool
    """Whether everything selected together is withheld."""
    pool: bool
    """Whether all that the groups are compared within is withheld together."""


def publishable(
    build: Build,
    system: int,
    attributes: Sequence[Attribute],
    where: Selection,
    metric: Metric,
    minimum: int,
    within: Selection | None = None,
) -> Publishable:
    """What is withheld of the groups of a selection; raises `QuestionError` or `TooManyToPublish`.

    A group is published where all its parts by the attributes of the filter are.
    within: what of the selection the groups are judged over (`analysis/hidden_rows.py`); None: all of it.
    """
    filtered = _filtering(build, where)
    both = (*attributes, *(a for a in filtered if a.name not in {b.name for b in attributes}))
    refuse_several_labels(both)
    found = _withheld(_recorded(build, system, metric, minimum), both, minimum)
    codes = full_product(both)
    judged = where if within is None else within
    chosen, pooled = (rows_chosen(one, both, codes) for one in (where, judged))
    if chosen is None or pooled is None:
        raise QuestionError(NOT_GROUPS)
    hidden = found.rows(codes) & pooled
    own = int(np.prod([len(a.levels) + a.has_missing for a in attributes])) if attributes else 1
    rows = np.asarray(hidden.reshape(own, -1).any(axis=1), bool)

    def together(rows_of: BoolArray, named: Sequence[Attribute]) -> bool:
        places = [both.index(attribute) for attribute in named]
        selected = _parts(codes, places)[rows_of]
        return bool(_withheld_alone(found, places).rows(selected).any()) if len(selected) else False

    return Publishable(rows, together(chosen, filtered), together(pooled, _filtering(build, judged)))


NOT_GROUPS = (
    "For the public only groups can be selected, such as accent = 'Scottish', no ranges of numbers and no words: two "
    "selections that differ a little would give single recordings away. Choose groups, or the internal audience."
)


def published_attributes(attributes: Sequence[Attribute], audience: Audience) -> tuple[Attribute, ...]:
    """Those that anything may be given by to this audience, in their order."""
    return tuple(one for one in attributes if audience == INTERNAL or not one.multi)


def refuse_several_labels(attributes: Sequence[Attribute]) -> None:
    """Raise `QuestionError` where recordings may be in several groups: overlaps follow by subtraction."""
    several = [attribute.name for attribute in attributes if attribute.multi]
    if several:
        raise QuestionError(
            f"For the public nothing is given by {' and '.join(several)}: recordings may have several of its labels, so "
            "that overlaps of a few people could be worked out. Group by something else, or use the internal audience."
        )


def _filtering(build: Build, where: Selection) -> tuple[Attribute, ...]:
    """The attributes a selection speaks of; raises `QuestionError` where it is more than a choice of groups."""
    names: list[str] = []

    def visit(part: Selection) -> None:
        match part:
            case OneOf(attribute=name) | NotStated(attribute=name):
                names.append(name)
            case Everything():
                pass
            case Not(inner):
                visit(inner)
            case AllOf(parts) | AnyOf(parts):
                for one in parts:
                    visit(one)
            case _:
                raise QuestionError(NOT_GROUPS)

    visit(where)
    return chosen_attributes(build, tuple(dict.fromkeys(names)))


@dataclass(frozen=True)
class _Recorded:
    """Who was recorded in which combination of all attributes, whatever is selected."""

    attributes: tuple[Attribute, ...]
    codes: npt.NDArray[np.int16]
    """One row per recording, one column per attribute; small numbers, because they are kept."""
    speaker: npt.NDArray[np.int32]
    alone: tuple[Groups, ...]
    """What is withheld of each attribute by itself."""
    found: dict[tuple[int, ...], Withheld] = field(default_factory=dict)
    """By the places of the attributes of a grouping and the fewest speakers: asked for by several tables of a page."""

    @staticmethod
    def of(
        attributes: tuple[Attribute, ...], rows: RecordingCounts, present: BoolArray, minimum: int
    ) -> _Recorded:
        """From the recordings that have a word or an error."""
        speaker = rows.speaker[present].astype(np.int32)
        # Column by column: each grouping reads a few of them.
        codes = np.empty((len(speaker), len(attributes)), np.int16, order="F")
        for column, code in enumerate(rows.codes):
            codes[:, column] = code[present]
        return _Recorded(attributes, codes, speaker, withheld_alone(codes, speaker, minimum))


def _recorded(build: Build, system: int, metric: Metric, minimum: int) -> _Recorded:
    """Of the whole evaluation: who is withheld must not depend on a filter. Kept, because every table asks for it."""
    key = (str(build.path), build.info.build, system, metric.id, minimum)
    with _LOCK:
        found = _KEPT.get(key)
    if found is None:
        attributes = tuple(a for a in build.info.attributes if not a.multi)
        rows = recording_counts(build.cursor(), attributes, system, EVERYTHING, metric)
        present = (metric.errors(rows.columns) > 0) | (metric.size(rows.columns) > 0)
        # Where every recording counts, it does for every system and metric.
        same = bool(present.all()) and len(present) == int(build.info.counts["utterances"])
        everybody = (*key[:2], minimum) if same else key
        with _LOCK:
            found = _KEPT.get(everybody)
        found = found or _Recorded.of(attributes, rows, present, minimum)
        with _LOCK:
            _KEPT.update({everybody: found, key: found})
            while len(_KEPT) > MOST_KEPT:
                del _KEPT[next(iter(_KEPT))]
    return found


def _withheld(recorded: _Recorded, attributes: Sequence[Attribute], minimum: int) -> Withheld:
    columns = [recorded.attributes.index(attribute) for attribute in attributes]
    alone = [recorded.alone[column] for column in columns]
    key = (*columns, minimum)
    if key not in recorded.found:
        codes = recorded.codes[:, columns]
        recorded.found[key] = withheld(codes, recorded.speaker, minimum, alone)
    return recorded.found[key]


def _parts(codes: np.ndarray, places: Sequence[int]) -> np.ndarray:
    """The codes of some attributes, all others as no group at all."""
    result = np.full_like(codes, -2)
    result[:, list(places)] = codes[:, list(places)]
    return result


def _withheld_alone(found: Withheld, places: Sequence[int]) -> Withheld:
    """What is withheld of the groupings by these attributes only."""
    return Withheld(
        {columns: groups for columns, groups in found.hidden.items() if set(columns) <= set(places)}
    )
