"""What a card is made from: every number and fact, as one frozen value and as plain JSON.

Owns the shape of the evidence. `dashboard/answers/card.py` fills it by asking for rates;
claims, sections and every format are functions of it and of nothing else, so a card can be
made again from its own JSON. Floats have 10 significant digits from the start: what the
claims read is what the JSON prints.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

SCHEMA = "fairhearing-card/2"
SCHEMAS = ("fairhearing-card/1", SCHEMA)
"""Every version that can be read; what an older one lacks is not stated."""
SIGNIFICANT_DIGITS = 10
_COUNTS = ("n_speakers", "n_utterances", "n_words")

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
    speaker_mean: float | None
    shrunk: float | None
    status: str
    reason: str | None
    versus: Versus
    utterance_mean: float | None = None
    """Mean over utterances of their own rate; None where it is not known."""
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
        own.update({name: own[name] or 0 for name in _COUNTS})
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

    def group_label(self, row: Row) -> str:
        """The values of a row in the grouping's order, for headings and pictures."""
        return ", ".join(NOT_STATED if row.group[name] is None else str(row.group[name]) for name in self.by)

    @staticmethod
    def from_json(plain: Plain) -> Grouping:
        rows = tuple(Row.from_json(row) for row in plain["rows"])
        return Grouping(**{**plain, "by": tuple(plain["by"]), "rows": rows})


NOT_STATED = "not stated"


@dataclass(frozen=True)
class Finding:
    """Something a person put on record, with the numbers of then and of now."""

    id: str
    note: str
    author: str
    """As typed, identity not checked."""
    added: str
    """UTC, ISO 8601."""
    by: tuple[str, ...]
    """Empty for a subgroup, which `selection` then defines."""
    group: Mapping[str, str | None]
    selection: str
    """Sentence of the recordings the group was looked at among."""
    recorded_build: str
    recorded: Row
    row: Row | None
    """The same question asked of this build; None where it cannot be asked any more, `reason` says why."""
    reason: str | None
    claim: str = ""
    """What its author claims; "": the sentence that the numbers give."""
    state: str = "open"
    """open, mitigated or accepted; withdrawn ones are in no card."""
    state_reason: str = ""
    """Why it is in this state; "" while it was never changed."""
    where: Plain | None = None
    """JSON of the selection, so that the question can be asked again; None in cards from before it was kept."""
    against: str | None = None
    """The comparator that was asked for; None is the default."""

    @staticmethod
    def from_json(plain: Plain) -> Finding:
        row = None if plain["row"] is None else Row.from_json(plain["row"])
        recorded = Row.from_json(plain["recorded"])
        return Finding(**{**plain, "by": tuple(plain["by"]), "recorded": recorded, "row": row})


@dataclass(frozen=True)
class Evidence:
    """All that a card says is worked out from this."""

    evaluation: str
    build: str
    audience: str
    system: str
    about: Plain
    """What the owner said about the data; a fact that is absent prints "not stated"."""
    system_about: Plain
    """What the owner said about the system."""
    notice: str | None
    """What must stand beside everything made from this evaluation; then nobody can sign the card off."""
    metric: Plain
    """`id`, `label`, `unit`, `sentence`, `bounded`."""
    normalizer: Plain
    aligner: Plain
    settings: Plain
    level: float
    cluster_unit: str
    counts: Plain
    inputs: tuple[Plain, ...]
    options: Plain
    not_attributes: Mapping[str, str]
    attributes: tuple[Plain, ...]
    """Each as `Attribute.to_json`."""
    selection: Plain
    """`sentence` and `conditions`."""
    overall: Row
    groupings: tuple[Grouping, ...]
    grid: Grouping | None
    """Speakers by conditions, as in the heatmap; None where the evaluation lacks one of the two."""
    findings: tuple[Finding, ...]
    generator: Plain
    """`name` and `version` of the program."""
    plan: Plain | None = None
    """`sha256`, `set`, `before_results` and what was `declared`; None: no plan, so every verdict is exploratory."""
    overall_mixes: tuple[Plain, ...] = ()
    """The overall rate under three mixes of groups, keys as in `dashboard/answers/overall_mixes.py`; empty: not given."""
    about_systems: Plain | None = None
    """What was said of every system, by its name, so that the build can be made again; None where nothing was."""
    looked_at: Plain | None = None
    """How much was tried, keys of `data/looked_at.py`; None: the card was made without that log."""
    decision: Plain | None = None
    """`choice`, `build` and what people wrote of it, keys of `decision.py`; None: none is on record."""
    signed_off: Plain | None = None
    """`name`, `role`, `date`, `at` and `build`, as typed; None: nobody did."""
    doctor: tuple[Plain, ...] | None = None
    """`code`, `severity`, `what` and `consequence` of each open finding; None: the data were not looked at."""
    normalisers: Plain | None = None
    """How far ratios move under other normalisers, keys of `dashboard/answers/card_context.py`; None: not counted."""

    @property
    def is_public(self) -> bool:
        """Whether small groups are withheld and numbers rounded."""
        return self.audience == "public"

    @property
    def people(self) -> str:
        """What the speakers are called: voices where a program made them."""
        return "speakers" if self.notice is None else "voices"

    @property
    def counted(self) -> str:
        """What the counts of words are of: "character" where texts are in a script without spaces."""
        return str(self.metric.get("counted", "word"))

    @property
    def fairness_groupings(self) -> tuple[Grouping, ...]:
        return tuple(grouping for grouping in self.groupings if grouping.is_about_people)

    @property
    def robustness_groupings(self) -> tuple[Grouping, ...]:
        return tuple(grouping for grouping in self.groupings if not grouping.is_about_people)

    def attribute(self, name: str) -> Plain:
        return next(attribute for attribute in self.attributes if attribute["name"] == name)

    def to_json(self) -> dict[str, Any]:
        """Plain data; `from_json` reads it back."""
        plain = asdict(self)
        tables = [*plain["groupings"], *([plain["grid"]] if plain["grid"] else [])]
        rows = [plain["overall"], *(row for table in tables for row in table["rows"])]
        rows += [one[key] for one in plain["findings"] for key in ("recorded", "row") if one[key]]
        for row in rows:
            if row["status"] == "suppressed":
                row.update(dict.fromkeys(_COUNTS))
        return plain

    @staticmethod
    def from_json(plain: Plain) -> Evidence:
        """Read evidence from plain data, rounding every float to the digits a card prints."""
        names = [field.name for field in fields(Evidence) if field.name in plain]
        known = {name: canonical(plain[name]) for name in names}
        known["overall"] = Row.from_json(known["overall"])
        known["groupings"] = tuple(Grouping.from_json(one) for one in known["groupings"])
        known["grid"] = None if known["grid"] is None else Grouping.from_json(known["grid"])
        known["findings"] = tuple(Finding.from_json(one) for one in known["findings"])
        known["inputs"] = tuple(known["inputs"])
        known["attributes"] = tuple(known["attributes"])
        known["overall_mixes"] = tuple(known.get("overall_mixes", ()))
        known["doctor"] = None if known.get("doctor") is None else tuple(known["doctor"])
        return Evidence(**known)


def canonical(value: Any) -> Any:
    """Plain data that prints the same everywhere: floats at 10 significant digits, no number that JSON lacks.

    Text that no file can hold is written out as its code.
    """
    if isinstance(value, float):
        kept = float(f"{value:.{SIGNIFICANT_DIGITS}g}")
        return kept if math.isfinite(kept) else None
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, Mapping):
        return {canonical(str(key)): canonical(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [canonical(inner) for inner in value]
    return value
