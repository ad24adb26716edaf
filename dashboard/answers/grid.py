"""How do error rates vary over two attributes at once, or three? Rates as rows, columns and panels.

Arranges the table of `rates.py`: which group stands where, in which order, and what of it is
shown. It works out no rate of its own, draws nothing and knows no Streamlit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from analysis.attributes import Attribute
from analysis.judgement import VERDICTS
from analysis.metrics import DEFAULT_METRIC
from analysis.rates import FEW, NOBODY, SUPPRESSED, RateTable
from analysis.roles import NOT_STATED_CODE
from analysis.row_order import clustered_order
from analysis.selection import EVERYTHING, Selection
from analysis.settings import DEFAULTS, Settings
from analysis.speaker_counts import BoolArray, FloatArray, IntArray
from analysis.verdict_reasons import NO_GROUP
from dashboard.answers.audience import INTERNAL, Audience
from dashboard.answers.families import settled
from dashboard.answers.rates import RatesAnswer, RatesQuestion, rates
from data.store import Build

Order = Literal["declared", "name", "size", "rate", "alike"]
Show = Literal["rate", "ratio", "width", "speakers"]
ORDERS: tuple[Order, ...] = ("declared", "name", "size", "rate", "alike")
SHOWN_VALUES: tuple[Show, ...] = ("rate", "ratio", "width", "speakers")


@dataclass(frozen=True)
class GridQuestion:
    """What is asked. A frozen value, so that it can be a cache key together with the build."""

    rows: str
    columns: str | None = None
    panel: str | None = None
    system: str | None = None
    metric: str = DEFAULT_METRIC
    where: Selection = EVERYTHING
    order: Order = "declared"
    """Of the rows; ranking people is a reader's choice, so it is never the default."""
    level: float = DEFAULTS.level
    settings: Settings = DEFAULTS
    audience: Audience = INTERNAL

    @property
    def by(self) -> tuple[str, ...]:
        """The grouping, without what is left out."""
        return tuple(name for name in (self.rows, self.columns, self.panel) if name is not None)

    def rates(self) -> RatesQuestion:
        """The table of rates that is arranged."""
        return RatesQuestion(
            self.system,
            self.by,
            self.metric,
            self.where,
            level=self.level,
            settings=self.settings,
            audience=self.audience,
        )


@dataclass(frozen=True)
class Axis:
    """One attribute's groups in the order they stand in; a single None stands for no attribute."""

    attribute: Attribute | None
    groups: tuple[str | None, ...]
    """None is "not stated", or everything where there is no attribute."""

    def __len__(self) -> int:
        return len(self.groups)


@dataclass(frozen=True)
class Grid:
    """The table, and where each of its rows stands."""

    question: GridQuestion
    answer: RatesAnswer
    rows: Axis
    columns: Axis
    panels: Axis
    place: IntArray
    """Row of the table at each (panel, row, column)."""
    everything: RateTable
    """The same of all recordings: one scale of colours, which stays where it is while filters change."""

    @property
    def table(self) -> RateTable:
        return self.answer.table


@dataclass(frozen=True)
class VerdictCounts:
    """How many groups got which verdict."""

    counts: dict[str, int]
    n_groups: int
    """Groups that people were recorded in; "not stated" is none."""
    n_tested: int
    n_few: int
    """Groups with too few speakers, words or errors to be judged."""
    n_empty: int
    """Combinations nobody was recorded in."""
    n_withheld: int = 0
    """Groups that are not published; counted nowhere else."""


def grid(build: Build, question: GridQuestion) -> Grid:
    """Rates of every combination, arranged; raises what `rates` raises."""
    question = settled(build, question)
    answer = rates(build, question.rates())
    rows, columns, panels = _axes(answer.table.attributes, question)
    if question.order == "alike":
        rows = _alike(answer.table, rows, columns, panels)
    elif question.order != "declared":
        rows = _ordered(build, question, rows)
    if question.where == EVERYTHING:
        return Grid(
            question,
            answer,
            rows,
            columns,
            panels,
            _places(answer.table, rows, columns, panels),
            answer.table,
        )
    everything = rates(build, replace(question, where=EVERYTHING).rates()).table
    place = _places(answer.table, rows, columns, panels)
    selected, recorded = (table.status[place] != NOBODY for table in (answer.table, everything))
    panels = _kept(panels, selected, recorded, (1, 2))
    rows = _kept(rows, selected, recorded, (0, 2))
    columns = _kept(columns, selected, recorded, (0, 1))
    return Grid(
        question, answer, rows, columns, panels, _places(answer.table, rows, columns, panels), everything
    )


def is_asked_for(table: RateTable, everything: RateTable) -> BoolArray:
    """Which groups a selection leaves to be shown: those it holds, and those nobody was recorded in at all.

    A group that was recorded but not selected is not "not tested", so it is not shown.
    """
    return (table.status != NOBODY) | (everything.status == NOBODY)


def _kept(axis: Axis, selected: BoolArray, recorded: BoolArray, others: tuple[int, int]) -> Axis:
    """An axis without the groups that were recorded and not selected; all of it where that leaves nothing."""
    shown = selected.max(axis=others) | ~recorded.max(axis=others)
    groups = tuple(group for group, keep in zip(axis.groups, shown.tolist(), strict=True) if keep)
    return Axis(axis.attribute, groups or axis.groups)


def _axes(attributes: Sequence[Attribute], question: GridQuestion) -> tuple[Axis, Axis, Axis]:
    by_name = {attribute.name: attribute for attribute in attributes}

    def axis(name: str | None) -> Axis:
        if name is None:
            return Axis(None, (None,))
        attribute = by_name[name]
        return Axis(attribute, (*attribute.levels, None) if attribute.has_missing else attribute.levels)

    return axis(question.rows), axis(question.columns), axis(question.panel)


def _ordered(build: Build, question: GridQuestion, rows: Axis) -> Axis:
    """Rows by name, number of speakers or rate of the whole row; "not stated" stays last."""
    stated = [group for group in rows.groups if group is not None]
    if question.order == "name":
        stated.sort(key=str.casefold)
    else:
        alone = replace(question, columns=None, panel=None).rates()
        table = rates(build, alone).table
        key = table.statistics.n_speakers if question.order == "size" else table.statistics.rate
        size = {
            table.group(i)[question.rows]: float(np.nan_to_num(key[i], nan=-1.0)) for i in range(len(table))
        }
        stated.sort(key=lambda group: -size[group])
    return Axis(rows.attribute, (*stated, None) if None in rows.groups else tuple(stated))


def _alike(table: RateTable, rows: Axis, columns: Axis, panels: Axis) -> Axis:
    """Rows with like rates beside each other; shrunken ones, so that chance in small cells moves no row. "Not stated" stays last."""
    stated = Axis(rows.attribute, tuple(group for group in rows.groups if group is not None))
    place = _places(table, stated, columns, panels)
    rates_of_rows = table.shrunken[place.transpose(1, 0, 2).reshape(len(stated), -1)]
    groups = tuple(stated.groups[i] for i in clustered_order(rates_of_rows).tolist())
    return Axis(rows.attribute, (*groups, None) if None in rows.groups else groups)


def _places(table: RateTable, rows: Axis, columns: Axis, panels: Axis) -> IntArray:
    """Row of the table at each place; the full product of groups has a row for every place."""
    position = {tuple(codes): i for i, codes in enumerate(table.codes.tolist())}
    place = np.zeros((len(panels), len(rows), len(columns)), np.int64)
    for p, panel in enumerate(_codes(panels)):
        for r, row in enumerate(_codes(rows)):
            for c, column in enumerate(_codes(columns)):
                place[p, r, c] = position[row + column + panel]
    return place


def _codes(axis: Axis) -> list[tuple[int, ...]]:
    """The code of each group of an axis; empty ones where there is no attribute."""
    if axis.attribute is None:
        return [()]
    levels = axis.attribute.levels
    return [(NOT_STATED_CODE if group is None else levels.index(group),) for group in axis.groups]


def shown_values(table: RateTable, show: Show) -> FloatArray:
    """What a picture shows of each group, in the table's order; NaN where undefined."""
    if show == "ratio":
        return table.judgement.ratio
    if show == "width":
        return table.intervals.high - table.intervals.low
    if show == "speakers":
        return table.statistics.n_speakers.astype(np.float64)
    return table.statistics.rate


def verdict_counts(
    table: RateTable, positions: IntArray | None = None, everything: RateTable | None = None
) -> VerdictCounts:
    """Verdicts of the groups at these rows, of all by default; "not stated" is no group.

    `everything` is the table of all recordings, where this one is of a selection.
    """
    among = np.zeros(len(table), bool)
    among[positions if positions is not None else slice(None)] = True
    stated = among & ((table.codes >= 0).all(axis=1) if table.codes.shape[1] else True)
    recorded = stated & (table.status != NOBODY) & (table.status != SUPPRESSED)
    # A reference group is what others are compared with: nothing of it is undecided.
    asked = recorded & ~np.isin(table.judgement.reason, NO_GROUP)
    counts = {name: int((asked & (table.judgement.verdict == i)).sum()) for i, name in enumerate(VERDICTS)}
    return VerdictCounts(
        counts=counts,
        n_groups=int(recorded.sum()),
        n_tested=int((recorded & np.isfinite(table.judgement.p)).sum()),
        n_few=int((recorded & (table.status == FEW)).sum()),
        n_empty=int((stated & ((everything or table).status == NOBODY)).sum()),
        n_withheld=int((stated & (table.status == SUPPRESSED)).sum()),
    )
