"""Settings in words: with what groups were judged where that is not the default, or not what holds elsewhere.

Owns the phrase of each setting. It judges nothing and knows no folder of evaluations.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from analysis.card.sections import Label, Number, PointsLimit, Ratio, Share, Text, Token, joined
from analysis.settings import DEFAULTS

_PHRASES: dict[str, tuple[str, Callable[[Any], Token]]] = {
    "margin_ratio": ("a margin of", Ratio),
    "margin_points": ("a least difference of", PointsLimit),
    "level": ("a confidence level of", Share),
    "alpha": ("tests at a level of", Share),
    "min_speakers": ("a minimum number of {people} of", Number),
    "min_effective_speakers": ("a minimum number of effective {people} of", Number),
    "min_expected_errors": ("a minimum number of expected errors of", Number),
    "public_min_speakers": ("a minimum number of {people} for the public of", Number),
    "min_effective_for_interval": ("a minimum number of effective {people} for an interval of", Number),
    "holm_limit": ("a largest family under Holm’s correction of", Number),
    "list_correction": ("a correction of longer lists named", lambda value: Label(f"“{value}”")),
    "power": ("a chance of seeing the detectable ratio of", Share),
    "sensitivity_limit": ("a limit to what another normaliser may change of", Share),
    "mix_limit": ("a limit to the difference between mixes of conditions of", Share),
}


def setting_text(name: str, value: Any, beside: str, other: Any, people: str = "speakers") -> Text:
    """One setting with its value and that of elsewhere, as in "a margin of 1.6×, not the default 1.25×"."""
    phrase, token = _PHRASES[name]
    return (f"{phrase.format(people=people)} ", token(value), f", {beside} ", token(other))


def not_default_text(settings: Mapping[str, Any], people: str) -> Text:
    """Every setting of a card that is not the default; empty where none is, and a setting it lacks is not stated."""
    own = DEFAULTS.to_json()
    other = [name for name in _PHRASES if name in settings and settings[name] != own[name]]
    return joined(
        [setting_text(name, settings[name], "not the default", own[name], people) for name in other],
        "; ",
        "; ",
    )
