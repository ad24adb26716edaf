"""Settings: the documented defaults, and overrides that are refused with the way out."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.judgement import RULE_LEVEL
from analysis.settings import DEFAULTS, LARGEST_ALPHA, Settings, SettingsError


def test_the_defaults_are_those_of_the_method() -> None:
    assert DEFAULTS.to_json() == {
        "level": 0.95,
        "alpha": 0.05,
        "margin_ratio": 1.25,
        "margin_points": 0.01,
        "min_speakers": 10,
        "min_effective_speakers": 5.0,
        "min_expected_errors": 30.0,
        "public_min_speakers": 10,
        "min_effective_for_interval": 3.0,
        "holm_limit": 50,
        "list_correction": "bh",
        "power": 0.8,
        "sensitivity_limit": 0.05,
        "mix_limit": 0.05,
    }


def test_overrides_replace_what_they_name_and_nothing_else() -> None:
    changed = DEFAULTS.with_overrides({"margin_ratio": 1.1, "min_speakers": 20})
    assert (changed.margin_ratio, changed.min_speakers) == (1.1, 20)
    assert changed == Settings(margin_ratio=1.1, min_speakers=20)
    assert DEFAULTS.margin_ratio == 1.25


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        ({"margin": 1.1}, "There is no setting 'margin'. Did you mean 'margin_ratio'?"),
        ({"colour": 3}, "There is no setting 'colour'. Known: level, alpha"),
        ({"level": "high"}, "'level' is 'high'; it must be a number"),
        ({"level": True}, "'level' is True; it must be a number"),
        ({"level": 95}, "'level' is 95; it must lie between 0 and 1"),
        ({"power": 0}, "'power' is 0; it must lie between 0 and 1"),
        ({"level": math.nan}, "it must lie between 0 and 1"),
        ({"alpha": 0.1}, "'alpha' is 0.1; it must be at most 0.05"),
        ({"margin_ratio": 1}, "'margin_ratio' is 1; it must be above 1"),
        ({"margin_ratio": math.nan}, "it must be above 1"),
        ({"margin_ratio": math.inf}, "it must be above 1"),
        ({"min_speakers": -1}, "'min_speakers' is -1; it must not be negative"),
        ({"min_expected_errors": math.nan}, "it must not be negative"),
        ({"min_effective_for_interval": -2}, "it must not be negative"),
        ({"holm_limit": -1}, "it must not be negative"),
        ({"list_correction": "holm"}, "'list_correction' is holm; it must be one of bh, by"),
        ({"list_correction": 1}, "it must be one of bh, by"),
    ],
)
def test_an_override_that_cannot_be_is_refused(overrides: dict[str, object], message: str) -> None:
    with pytest.raises(SettingsError) as refused:
        DEFAULTS.with_overrides(overrides)
    assert message in str(refused.value)


def test_every_override_that_cannot_be_is_named_at_once() -> None:
    with pytest.raises(SettingsError) as refused:
        DEFAULTS.with_overrides({"margin_rato": 1.1, "alpha": 0.3, "power": "high", "level": 0.9})
    assert list(refused.value.faults) == ["margin_rato", "alpha", "power"]
    assert len(str(refused.value).splitlines()) == 3


def test_a_difference_called_shown_always_excludes_one_from_the_interval_beside_it() -> None:
    assert pytest.approx(1 - RULE_LEVEL) == LARGEST_ALPHA


@given(st.floats(0.01, 0.05), st.floats(1.01, 5), st.integers(0, 100))
def test_settings_survive_being_written_and_read(alpha: float, margin: float, speakers: int) -> None:
    changed = DEFAULTS.with_overrides({"alpha": alpha, "margin_ratio": margin, "min_speakers": speakers})
    assert DEFAULTS.with_overrides(changed.to_json()) == changed
