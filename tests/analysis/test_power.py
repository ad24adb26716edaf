"""Speakers needed to show a ratio: the published table, a plain formula and what must rise or fall."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.power import speakers_for_ratio


@pytest.mark.parametrize(
    ("ratio", "words_variation", "speakers"),
    [(1.2, 0.0, 98), (1.3, 0.0, 48), (1.5, 0.0, 20), (1.2, 0.95, 172), (1.3, 0.947, 83), (1.5, 0.95, 35)],
)
def test_the_table_of_the_method_is_reproduced(ratio: float, words_variation: float, speakers: int) -> None:
    found = speakers_for_ratio(ratio, 0.15, 300, 0.4, words_variation=words_variation)
    assert found == speakers


@given(st.floats(1.05, 3), st.floats(0.02, 0.6), st.floats(20, 2000), st.floats(0, 0.9))
def test_it_equals_the_formula_written_out(ratio: float, rate: float, words: float, spread: float) -> None:
    reach = stats.norm.ppf(0.975) + stats.norm.ppf(0.8)
    variance = 2 * (math.exp(spread**2) - 1 + 1.5 / (rate * words))
    needed = reach**2 * variance / math.log(ratio) ** 2
    assert abs(speakers_for_ratio(ratio, rate, words, spread) - needed) <= 1


@given(st.floats(1.1, 2), st.floats(0.1, 0.8))
def test_smaller_ratios_and_wider_spreads_need_more_speakers(ratio: float, spread: float) -> None:
    here = speakers_for_ratio(ratio, 0.15, 300, spread)
    assert speakers_for_ratio(1 + (ratio - 1) / 2, 0.15, 300, spread) >= here
    assert speakers_for_ratio(ratio, 0.15, 300, spread + 0.1) >= here


@pytest.mark.parametrize("asked", [(1, 0.15, 300), (-1, 0.15, 300), (1.3, 0, 300), (1.3, 0.15, 0)])
def test_what_cannot_be_planned_is_refused(asked: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="other than 1"):
        speakers_for_ratio(*asked, 0.4)
