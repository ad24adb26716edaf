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
_NOT_NEGATIVE = (
    "margin_points",
    "min_speakers",
    "min_effective_speakers",
    "min_expected_errors",
    "min_effective_for_interval",
    "holm_limit",
)


class SettingsError(ValueError):
    """An override that is unknown or out of its range; the message says what to write instead."""


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
    min_effective_for_interval: float = 3.0
    """Below this many effective speakers no interval is given."""
    holm_limit: int = 50
    """Largest family corrected by Holm; larger ones are lists, corrected by Benjamini-Hochberg."""
    power: float = 0.8
    """Chance of seeing the detectable ratio, where one is printed."""

    def to_json(self) -> dict[str, Any]:
        """Plain data for a document."""
        return asdict(self)

    def with_overrides(self, overrides: Mapping[str, Any]) -> Settings:
        """These settings with some replaced; raises `SettingsError` for a name or value that cannot be."""
        known = {field.name: field.type for field in fields(self)}
        for name, value in overrides.items():
            if name not in known:
                near = difflib.get_close_matches(name, known, 1)
                hint = f" Did you mean '{near[0]}'?" if near else ""
                raise SettingsError(f"There is no setting '{name}'.{hint} Known: {', '.join(known)}.")
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise SettingsError(f"Setting '{name}' is {value!r}; it must be a number.")
        return replace(self, **overrides)

    def __post_init__(self) -> None:
        for name in ("level", "alpha", "power"):
            value = getattr(self, name)
            if not 0 < value < 1:
                raise SettingsError(f"Setting '{name}' is {value}; it must lie between 0 and 1.")
        if self.alpha > LARGEST_ALPHA:
            raise SettingsError(
                f"Setting 'alpha' is {self.alpha}; it must be at most {LARGEST_ALPHA}, because verdicts read the "
                "95 % interval."
            )
        if not 1 < self.margin_ratio < math.inf:
            raise SettingsError(f"Setting 'margin_ratio' is {self.margin_ratio}; it must be above 1.")
        for name in _NOT_NEGATIVE:
            if not 0 <= getattr(self, name) < math.inf:
                raise SettingsError(f"Setting '{name}' is {getattr(self, name)}; it must not be negative.")


DEFAULTS = Settings()
