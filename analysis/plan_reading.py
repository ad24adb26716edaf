"""A plan from plain data, with every fault named at once.

Owns what may stand in `plan.json` and the sentences about what may not. It knows no evaluation:
names of attributes and groups are held against one by `plan_check.py`.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from analysis.metrics import METRICS
from analysis.plan import BY_ROLES, PLAN_VERSION, Plan
from analysis.settings import DEFAULTS

SHARE_TOLERANCE = 0.005
LONGEST_TEXT = 500
MOST_NAMES = 2_000
_KEYS = tuple(Plan(()).to_json())
_COMPARATORS = (BY_ROLES, "peers", "complement")


@dataclass(frozen=True)
class PlanFault:
    """One thing that is wrong with a plan."""

    field: str
    """Where it stands, as `margin.ratio` or `groupings 2`."""
    what: str
    """What was found and what was expected."""
    advice: str
    """What to do."""

    def __str__(self) -> str:
        return f"{self.field}: {self.what} {self.advice}".rstrip()


class PlanError(ValueError):
    """A plan that cannot be used; holds every fault that was found."""

    def __init__(self, faults: Collection[PlanFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


def plan_from_json(plain: object) -> Plan:
    """Read what `Plan.to_json` writes; absent keys take their defaults. Raises `PlanError` with every fault."""
    if not isinstance(plain, dict):
        raise PlanError([PlanFault("plan", f"found {_short(plain)}, expected an object.", _seen())])
    faults = [_unknown_key(key, _KEYS, "") for key in plain if key not in _KEYS]
    reader = _Reader(plain, faults)
    plan = Plan(
        groupings=reader.groupings(),
        populations=reader.populations(),
        comparator=reader.comparator(),
        metric=reader.metric(),
        normalizer=reader.text("normalizer", None),
        **reader.margin(),
        floor=reader.number(
            "floor", None, lambda value: 0 < value < math.inf, "a rate above 0, as a fraction"
        ),
        min_speakers=int(reader.whole("min_speakers", DEFAULTS.min_speakers)),
        shares=reader.shares(),
        owner=reader.text("owner", "") or "",
        date=reader.day(),
    )
    reader.version()
    if faults:
        raise PlanError(faults)
    return plan


def unknown_name(what: str, name: str, known: Collection[str]) -> str:
    """A name that is none, as the advice about it: near names, else all of them."""
    by_folded = {candidate.casefold(): candidate for candidate in known}
    near = [by_folded[one] for one in difflib.get_close_matches(name.casefold()[:100], by_folded, 3, 0.6)]
    if near:
        return f"Did you mean {' or '.join(repr(one) for one in near)}?"
    listed = ", ".join(list(known)[:12])
    return f"Known {what}: {listed or 'none'}."


def _unknown_key(key: object, known: Collection[str], inside: str) -> PlanFault:
    return PlanFault(
        f"{inside}{_short(key)}", "a plan has no such key.", unknown_name("keys", str(key), known)
    )


def _seen() -> str:
    return f"A plan is a JSON object with the keys {', '.join(_KEYS)}."


def _short(found: object) -> str:
    text = found if isinstance(found, str) else repr(found)
    text = "".join(c if c.isprintable() else "�" for c in text)
    return text if len(text) <= 60 else text[:57] + "…"


class _Reader:
    """Reads one key after the other; what is wrong goes on the list and the default takes its place."""

    def __init__(self, plain: Mapping[str, Any], faults: list[PlanFault]) -> None:
        self.plain, self.faults = plain, faults

    def fault(self, field: str, found: object, expected: str, advice: str = "") -> None:
        self.faults.append(PlanFault(field, f"found {_short(found)}, expected {expected}.", advice))

    def version(self) -> None:
        if self.plain.get("version", PLAN_VERSION) != PLAN_VERSION:
            self.fault("version", self.plain["version"], f"{PLAN_VERSION}", "Write the plan in this version.")

    def groupings(self) -> tuple[tuple[str, ...], ...]:
        found = self.plain.get("groupings")
        if not isinstance(found, list) or not found:
            advice = 'Name those that count, for example [["accent"], ["accent", "noise"]].'
            self.fault("groupings", found, "a list of lists of attributes", advice)
            return ()
        result: list[tuple[str, ...]] = []
        for number, names in enumerate(found, 1):
            read = self._names(f"groupings {number}", names)
            if read and frozenset(read) in map(frozenset, result):
                self.fault(f"groupings {number}", " × ".join(read), "each grouping once", "Leave it out.")
            elif read:
                result.append(read)
        return tuple(result)

    def populations(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        found = self._object("populations")
        return tuple(
            (name, self._names(f"populations.{_short(name)}", groups)) for name, groups in found.items()
        )

    def shares(self) -> tuple[tuple[str, tuple[tuple[str, float], ...]], ...]:
        result = []
        for name, of_groups in self._object("shares").items():
            field = f"shares.{_short(name)}"
            if not isinstance(of_groups, dict) or not of_groups:
                self.fault(field, of_groups, "an object, group to share")
                continue
            good = {group: float(share) for group, share in of_groups.items() if _is_share(share)}
            for group in of_groups.keys() - good.keys():
                self.fault(f"{field}.{_short(group)}", of_groups[group], "a fraction from 0 to 1")
            total = sum(good.values())
            if len(good) == len(of_groups) and abs(total - 1) > SHARE_TOLERANCE:
                self.fault(field, f"shares that add up to {total:g}", "shares that add up to 1")
            result.append((name, tuple(good.items())))
        return tuple(result)

    def comparator(self) -> str:
        found = self.plain.get("comparator", BY_ROLES)
        if isinstance(found, str) and (found in _COMPARATORS or re.fullmatch(r"[^=]+=.+", found)):
            return found
        advice = (
            "The overall rate contains the group, so nothing can be judged by it."
            if found == "overall"
            else ""
        )
        self.fault("comparator", found, f"{', '.join(_COMPARATORS)} or ATTRIBUTE=VALUE", advice)
        return BY_ROLES

    def metric(self) -> str:
        found = self.plain.get("metric", Plan(()).metric)
        if isinstance(found, str) and found in METRICS:
            return found
        self.fault("metric", found, "the name of a metric", unknown_name("metrics", str(found), METRICS))
        return Plan(()).metric

    def margin(self) -> dict[str, float]:
        found = self._object("margin")
        self.faults += [
            _unknown_key(k, ("ratio", "points"), "margin.") for k in found if k not in ("ratio", "points")
        ]
        inner = _Reader({f"margin.{key}": value for key, value in found.items()}, self.faults)
        ratio = inner.number(
            "margin.ratio", DEFAULTS.margin_ratio, lambda v: 1 < v < math.inf, "a number above 1"
        )
        points = inner.number(
            "margin.points", DEFAULTS.margin_points, lambda v: 0 <= v < 1, "a fraction such as 0.01"
        )
        return {"margin_ratio": ratio or DEFAULTS.margin_ratio, "margin_points": points or 0.0}

    def number(
        self, field: str, default: float | None, is_good: Callable[[float], bool], expected: str
    ) -> float | None:
        found = self.plain.get(field, default)
        if found is None and default is None:
            return None
        if isinstance(found, bool) or not isinstance(found, int | float) or not is_good(found):
            self.fault(field, found, expected)
            return default
        return float(found)

    def whole(self, field: str, default: int) -> float:
        expected = "a whole number of at least 2"
        return self.number(field, default, lambda v: v >= 2 and float(v).is_integer(), expected) or default

    def text(self, field: str, default: str | None) -> str | None:
        found = self.plain.get(field, default)
        if found is None and default is None:
            return None
        if not isinstance(found, str) or len(found) > LONGEST_TEXT:
            self.fault(field, found, f"a text of at most {LONGEST_TEXT} characters")
            return default
        return found.strip()

    def day(self) -> str:
        found = self.text("date", "") or ""
        try:
            return date.fromisoformat(found).isoformat() if found else ""
        except ValueError:
            self.fault("date", found, "a day as YYYY-MM-DD")
            return ""

    def _object(self, field: str) -> dict[str, Any]:
        found = self.plain.get(field, {})
        if isinstance(found, dict):
            return found
        self.fault(field, found, "an object")
        return {}

    def _names(self, field: str, found: object) -> tuple[str, ...]:
        good = (
            isinstance(found, list) and 0 < len(found) <= MOST_NAMES and all(_is_name(one) for one in found)
        )
        if not isinstance(found, list) or not good:
            self.fault(field, found, "a list of names")
            return ()
        twice = [name for name in dict.fromkeys(found) if found.count(name) > 1]
        if twice:
            self.fault(field, ", ".join(twice), "each name once", "Name it once.")
        return tuple(dict.fromkeys(found))


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_share(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
