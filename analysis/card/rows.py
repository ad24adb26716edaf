"""The rows of a card's evidence: a group with its numbers and comparison, and the groups of one question.

Owns their shape, which is that of the JSON. A count that is withheld is 0 here and null there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

COUNTS = ("n_speakers", "n_utterances", "n_words")
MEANS = ("speaker_mean", "utterance_mean")
"""Other means of a row, which cards up to version 2 held without an interval."""
NOT_STATED = "not stated"

Plain = Mapping[str, Any]


@dataclass(frozen=True)
class Versus:
    """A group against its comparator, keys as in `dashboard/answers/rows.py`."""

    comparator: str
    ratio: float | None
    low: float | None
    high: float | None
    """The 95 % interval that the verdict reads; None where undefined or unbounded."""
    difference: float | None
    difference_low: float | None
    difference_high: float | None
    p: float | None
    p_adjusted: float | None
    """None where the group was not tested."""
    family_size: int
    verdict: str
    detectable_ratio: float | None
    speakers_needed: int | None
    reason: str | None
    family: str | None = None
    """planned or exploratory; None where nothing is compared, or in cards from before plans."""
    share_present: float | None = None
    """Share of the group's words that is compared, where it is compared in its own mix of conditions; else None."""


@dataclass(frozen=True)
class Row:
    """One group with its rate, interval, counts and comparison, keys as in `dashboard/answers/rows.py`."""

    group: Mapping[str, str | None]
    """Attribute to group; None is not stated. Empty for everything selected."""
    rate: float | None
    low: float | None
    high: float | None
    method: str
    n_speakers: int
    effective_speakers: float | None
    n_utterances: int
    n_words: int
    errors: int | None
    substitutions: int | None
    deletions: int | None
    insertions: int | None
    empty_outputs: int | None
    shrunk: float | None
    status: str
    reason: str | None
    versus: Versus
    speaker_mean: float | None = None
    utterance_mean: float | None = None
    """Means of the rates of speakers and of utterances; None in every card from version 3 on."""
    floor_bound: float | None = None
    """Upper bound of the rate that a statement about every group may use; None where there is none."""

    @property
    def is_group(self) -> bool:
        """Whether every attribute is stated; "not stated" is shown but is no group."""
        return all(value is not None for value in self.group.values())

    @property
    def is_withheld(self) -> bool:
        """Whether the audience of the card may not see its numbers; its counts are then 0 here and null in the JSON."""
        return self.status == "suppressed"

    @property
    def has_interval(self) -> bool:
        return self.low is not None and self.high is not None

    @staticmethod
    def from_json(plain: Plain) -> Row:
        """Read a row, whatever else it holds."""
        own = {field.name: plain[field.name] for field in fields(Row) if field.name in plain}
        own.update({name: own[name] or 0 for name in COUNTS})
        versus = {name: plain["versus"].get(name) for name in (field.name for field in fields(Versus))}
        return Row(**{**own, "group": dict(plain["group"]), "versus": Versus(**versus)})


@dataclass(frozen=True)
class Grouping:
    """The groups of one question, with what they were compared with."""

    by: tuple[str, ...]
    """Attributes in the order rows, columns, panels."""
    comparator: str
    correction: str
    """none, holm, benjamini-hochberg or benjamini-yekutieli."""
    family_size: int
    design_effect: float | None
    rows: tuple[Row, ...]
    label_sources: Mapping[str, str]
    is_about_people: bool
    """False: effects of conditions or content, reported as robustness."""
    mix: Plain | None = None
    """`strata`, `left_out`, `difference`, `used` and `reason`; None where mixes of conditions were not looked at."""
    gaps: Plain | None = None
    """How far the groups lie apart, keys as in `dashboard/answers/gaps.py`; None where that was not worked out."""

    @property
    def is_planned(self) -> bool:
        """Whether the plan declares it."""
        return any(row.versus.family == "planned" for row in self.rows)

    def group_label(self, row: Row) -> str:
        """The values of a row in the grouping's order, for headings and pictures."""
        return ", ".join(NOT_STATED if row.group[name] is None else str(row.group[name]) for name in self.by)

    @staticmethod
    def from_json(plain: Plain) -> Grouping:
        # JSON sorts names; formats print them in the grouping's order.
        by = tuple(plain["by"])
        rows = tuple(
            Row.from_json({**row, "group": {name: row["group"][name] for name in by}})
            for row in plain["rows"]
        )
        sources = {name: plain["label_sources"][name] for name in by}
        return Grouping(**{**plain, "by": by, "rows": rows, "label_sources": sources})
