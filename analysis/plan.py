"""What is declared before looking: whom a system is for, which groupings count, and by which margin.

Owns the frozen value and its one written form, whose hash goes into documents. Reading it from
JSON with every fault named is `plan_reading.py`, holding it against an evaluation `plan_check.py`,
and deciding whether a question is one of its families `plan_families.py`. It knows no files.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from analysis.metrics import DEFAULT_METRIC
from analysis.settings import DEFAULTS, Settings

PLAN_VERSION = 1
BY_ROLES = "default"
"""As written in a plan: peers where speakers are grouped with conditions or recorded in other ones, else the complement."""

Groups = tuple[tuple[str, tuple[str, ...]], ...]
Shares = tuple[tuple[str, tuple[tuple[str, float], ...]], ...]


@dataclass(frozen=True)
class Plan:
    """What somebody decided before the results; a frozen value, so that it can be a cache key."""

    groupings: tuple[tuple[str, ...], ...]
    """Sets of attributes; the testable groups of each are one family, corrected together."""
    populations: Groups = ()
    """By attribute, the groups the system is meant for, those without any recording included."""
    comparator: str = BY_ROLES
    """default, peers, complement or ATTRIBUTE=VALUE. The last holds for groupings with that attribute."""
    metric: str = DEFAULT_METRIC
    normalizer: str | None = None
    """None: not declared, so that of the build, whichever it is."""
    margin_ratio: float = DEFAULTS.margin_ratio
    margin_points: float = DEFAULTS.margin_points
    """A fraction: 0.01 is one percentage point."""
    floor: float | None = None
    """Largest rate any group may have, a fraction; None: nothing was declared for every group at once."""
    min_speakers: int = DEFAULTS.min_speakers
    shares: Shares = ()
    """By attribute, the share of each group where the system is used; those of an attribute add up to 1."""
    owner: str = ""
    """A role or free text; "" is not stated."""
    date: str = ""
    """The day it was decided, as its owner wrote it: YYYY-MM-DD; "" is not stated."""

    @property
    def families(self) -> tuple[frozenset[str], ...]:
        """The groupings as sets: the order of attributes does not matter."""
        return tuple(frozenset(names) for names in self.groupings)

    @property
    def population_of(self) -> dict[str, tuple[str, ...]]:
        """Intended groups by attribute."""
        return dict(self.populations)

    @property
    def shares_of(self) -> dict[str, dict[str, float]]:
        """Deployment shares, attribute to group to fraction."""
        return {name: dict(shares) for name, shares in self.shares}

    @property
    def attributes(self) -> tuple[str, ...]:
        """Every attribute the plan names, in its order."""
        named = [*(name for names in self.groupings for name in names)]
        named += [*(name for name, _ in self.populations), *(name for name, _ in self.shares)]
        if "=" in self.comparator:
            named.append(self.comparator.partition("=")[0])
        return tuple(dict.fromkeys(named))

    @property
    def sha256(self) -> str:
        """Hash of what is declared: neither the order of keys, groups or attributes nor spacing changes it."""
        return hashlib.sha256(_canonical(self).encode("utf-8", "backslashreplace")).hexdigest()

    def settings_over(self, settings: Settings) -> Settings:
        """The settings its families are judged by: its margin and minimum speakers in place of the others'."""
        return replace(
            settings,
            margin_ratio=self.margin_ratio,
            margin_points=self.margin_points,
            min_speakers=self.min_speakers,
        )

    def to_json(self) -> dict[str, Any]:
        """The written form, keys in the order people read them; `plan_reading.plan_from_json` reads it back."""
        return {
            "version": PLAN_VERSION,
            "populations": {name: list(groups) for name, groups in self.populations},
            "groupings": [list(names) for names in self.groupings],
            "comparator": self.comparator,
            "metric": self.metric,
            "normalizer": self.normalizer,
            "margin": {"ratio": self.margin_ratio, "points": self.margin_points},
            "floor": self.floor,
            "min_speakers": self.min_speakers,
            "shares": {name: dict(shares) for name, shares in self.shares},
            "owner": self.owner,
            "date": self.date,
        }


def _canonical(plan: Plan) -> str:
    """One text for equal declarations: sorted keys, groups and attributes, numbers as floats."""
    plain = plan.to_json()
    plain["populations"] = {name: sorted(groups) for name, groups in plan.populations}
    plain["groupings"] = sorted(sorted(names) for names in plan.groupings)
    return json.dumps(_floats(plain), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _floats(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, Mapping):
        return {key: _floats(inner) for key, inner in value.items()}
    return [_floats(inner) for inner in value] if isinstance(value, list) else value
