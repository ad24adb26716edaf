"""The thresholds and defaults that every number of the product depends on.

Owns one frozen value. It reads no files: overrides are handed in as plain data by
whoever found them, so that both front ends work with the same settings.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

LARGEST_ALPHA = 0.05
_BETWEEN_0_AND_1 = ("level", "alpha", "power")
_NOT_NEGATIVE = (
    "margin_points",
    "min_speakers",
    "public_min_speakers",
    "min_effective_speakers",
    "min_expected_errors",
    "min_effective_for_interval",
    "holm_limit",
    "sensitivity_limit",
    "mix_limit",
)


LIST_CORRECTIONS = ("bh", "by")


class SettingsError(ValueError):
    """Overrides that are unknown or out of their range; the message says of each what to write instead."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("\n".join(faults.values()))
        self.faults = dict(faults)
        """A sentence for each name that cannot be used, in the order in which they were given."""


@dataclass(frozen=True)
class Settings:
    """Defaults of the analysis; printed in every document and card."""

    level: float = 0.95
    """Confidence level of the intervals shown. Verdicts always read the 95 % interval."""
    alpha: float = 0.05
    """Family-wise error (up to `holm_limit` groups) or false discovery rate (above it) of the verdicts.

    At most 0.05: verdicts read the 95 % interval, which must exclude 1 wherever a difference is called shown.
    """
    margin_ratio: float = 1.25
    """A ratio that matters in practice: from here on a shown difference is "worse"."""
    margin_points: float = 0.01
    """A difference surely below this fraction (0.01 = one percentage point) is never "worse"."""
    min_speakers: int = 10
    """Speakers a group and its comparator need before they are tested."""
    min_effective_speakers: float = 5.0
    """Effective speakers (Kish) a group and its comparator need before they are tested."""
    min_expected_errors: float = 30.0
    """Errors expected at the overall rate that a group and its comparator need before they are tested."""
    public_min_speakers: int = 10
    """Speakers a group needs to be published; groups that would give a smaller one away are withheld with it."""
    min_effective_for_interval: float = 3.0
    """Below this many effective speakers no interval is given."""
    holm_limit: int = 50
    """Largest family corrected by Holm; larger ones are lists, corrected as `list_correction` says."""
    list_correction: str = "bh"
    """bh: Benjamini-Hochberg. by: Benjamini-Yekutieli, stricter, for any dependence between the rows of a list."""
    power: float = 0.8
    """Chance of seeing the detectable ratio, where one is printed."""
    sensitivity_limit: float = 0.05
    """A ratio that another normaliser changes by more than this fraction is flagged."""
    mix_limit: float = 0.05
    """Above this difference between a group's mix of conditions and the others' (0 to 1), groups of speakers are
    compared with others in the same mix."""

    def to_json(self) -> dict[str, Any]:
        """Plain data for a document."""
        # Every cell of a heatmap asks for it, and a copy of plain values needs no look inside them.
        return dict(vars(self))

    def with_overrides(self, overrides: Mapping[str, Any]) -> Settings:
        """These settings with some replaced; raises `SettingsError` with every name or value that cannot be."""
        faults: dict[str, str] = {}
        for name, value in overrides.items():
            if fault := _unknown(name) or _wrong_kind(name, value) or _out_of_range(name, value):
                faults[name] = fault
        if faults:
            raise SettingsError(faults)
        return replace(self, **overrides)

    def __post_init__(self) -> None:
        values = asdict(self)
        faults = {name: fault for name, value in values.items() if (fault := _out_of_range(name, value))}
        if faults:
            raise SettingsError(faults)


def _unknown(name: str) -> str:
    known = [field.name for field in fields(Settings)]
    if name in known:
        return ""
    near = difflib.get_close_matches(name, known, 1)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    return f"There is no setting '{name}'.{hint} Known: {', '.join(known)}."


def _wrong_kind(name: str, value: object) -> str:
    if name == "list_correction" or (isinstance(value, int | float) and not isinstance(value, bool)):
        return ""
    return f"Setting '{name}' is {value!r}; it must be a number."


def _out_of_range(name: str, value: Any) -> str:
    """Why a value cannot be that of a setting; "" where it can."""
    start = f"Setting '{name}' is {value}; it must"
    if name == "list_correction":
        return "" if value in LIST_CORRECTIONS else f"{start} be one of {', '.join(LIST_CORRECTIONS)}."
    if name in _BETWEEN_0_AND_1 and not 0 < value < 1:
        return f"{start} lie between 0 and 1."
    if name == "alpha" and value > LARGEST_ALPHA:
        return f"{start} be at most {LARGEST_ALPHA}, because verdicts read the 95 % interval."
    if name == "margin_ratio" and not 1 < value < math.inf:
        return f"{start} be above 1."
    if name in _NOT_NEGATIVE and not 0 <= value < math.inf:
        return f"{start} not be negative."
    return ""


DEFAULTS = Settings()
