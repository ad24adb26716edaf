"""What a card is made from: every number and fact, as one frozen value and as plain JSON.

Owns the shape of the evidence. `dashboard/answers/card.py` fills it by asking for rates;
claims, sections and every format are functions of it and of nothing else, so a card can be
made again from its own JSON. Floats have 10 significant digits from the start: what the
claims read is what the JSON prints.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from analysis.card.canonical import canonical
from analysis.card.rows import COUNTS, MEANS, NOT_STATED, Grouping, Plain, Row

VERSION = 3
SCHEMAS = tuple(f"fairhearing-card/{number}" for number in range(1, VERSION + 1))
"""Every version that can be read; what an older one lacks is not stated."""
SCHEMA = SCHEMAS[-1]


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
    search: Plain | None = None
    """The search for slices it came from, keys of `dashboard/answers/slices_kept.py`; None: somebody asked for it."""

    @staticmethod
    def from_json(plain: Plain) -> Finding:
        row = None if plain["row"] is None else Row.from_json(plain["row"])
        recorded = Row.from_json(plain["recorded"])
        return Finding(**{**plain, "by": tuple(plain["by"]), "recorded": recorded, "row": row})


def group_named(finding: Finding) -> str:
    """The group of a finding by its values, whether or not this build knows them; the selection where it is a subgroup."""
    values = [f"{name}: {finding.group.get(name) or NOT_STATED}" for name in finding.by]
    return ", ".join(values) or finding.selection


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
    """How far ratios move under other normalisers, keys of `dashboard/answers/card_context.py`; None: not counted.

    Up to version 2 of one grouping alone, whose keys stand beside the others.
    """
    findings_withheld: int = 0
    """Findings of which the public is told nothing but that they are on record."""
    keywords: Plain | None = None
    """`sha256` of the list of keywords with its `phrases`, so that the build can be made again, or for the public with
    `n_phrases`; None where there was none."""

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
                row.update(dict.fromkeys(COUNTS))
            for name in MEANS:
                if row[name] is None:
                    del row[name]
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
