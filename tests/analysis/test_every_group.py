"""Claims about every group: shown only where each group shows it alone, broken where one surely breaks it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.card.floors import floor_bounds
from analysis.every_group import kept_floor, not_worse, parity
from analysis.judgement import VERDICTS
from analysis.roles import Comparator
from tests.analysis.small_evaluations import ACCENT, NOISE, Recording, evaluations, table
from tests.analysis.test_card_floors import table_of


def level_speakers(rate: float, n: int = 40, spread: float = 0.05) -> list[int]:
    """Errors in 1,000 words of speakers that lie evenly around a rate."""
    return [round(1000 * rate * (1 + spread * z)) for z in np.linspace(-1.7, 1.7, n)]


@pytest.mark.parametrize(
    ("ratios", "not_worse_is", "parity_is"),
    [
        ((1.0, 1.0, 1.0), "shown", "shown"),
        ((1.0, 1.0, 0.6), "broken", "broken"),
        ((1.0, 1.0, 1.6), "broken", "broken"),
        ((1.0, 1.05, 0.8), "shown", "broken"),
    ],
)
def test_the_three_results_of_groups_with_narrow_intervals(
    ratios: tuple[float, ...], not_worse_is: str, parity_is: str
) -> None:
    found = table_of([level_speakers(0.2 * ratio) for ratio in ratios], words=1000)
    assert (not_worse(found).result, parity(found).result) == (not_worse_is, parity_is)


def test_a_reference_group_is_not_asked_to_be_compared_with_itself() -> None:
    reference = Comparator("reference", "accent", "a")
    like_it = table_of([level_speakers(0.2 * ratio) for ratio in (1.0, 1.0, 1.05)], 1000, reference)
    assert (not_worse(like_it).result, parity(like_it).result) == ("shown", "shown")
    assert kept_floor(like_it, 0.19).missing == (0, 1, 2)
    worse = table_of([level_speakers(0.2 * ratio) for ratio in (1.0, 1.6)], 1000, reference)
    assert (not_worse(worse).result, not_worse(worse).missing) == ("broken", (1,))
    alone = table_of([level_speakers(0.2)], 1000, reference)
    assert not_worse(alone).result == "undecided"


def test_wide_intervals_show_neither_a_claim_nor_its_breach() -> None:
    wild = [1, 9, 2, 30, 4, 1, 16, 25, 3, 8, 40, 12]
    found = table_of([wild, wild[::-1], sorted(wild)], words=60)
    assert (not_worse(found).result, parity(found).result) == ("undecided", "undecided")
    assert not_worse(found).missing == (0, 1, 2)


@given(evaluations())
def test_a_claim_is_shown_exactly_where_every_single_group_shows_it(recordings: list[Recording]) -> None:
    found = table(recordings, [ACCENT, NOISE])
    margin, judged = found.settings.margin_ratio, found.judgement
    groups = [i for i in range(len(found)) if None not in found.group(i).values()]
    below = [i for i in groups if not np.isnan(judged.p[i]) and judged.high[i] < margin]
    inside = [i for i in below if judged.low[i] > 1 / margin]
    assert (not_worse(found).result == "shown") == (below == groups)
    assert (parity(found).result == "shown") == (inside == groups)
    assert set(not_worse(found).missing) == set(groups) - set(below)


@given(evaluations())
def test_parity_implies_that_none_is_worse_and_a_claim_is_never_shown_and_broken(
    recordings: list[Recording],
) -> None:
    found = table(recordings, [ACCENT, NOISE])
    for claim in (not_worse(found), parity(found), kept_floor(found, 0.2)):
        assert claim.result != "shown" or not claim.breaking
    if parity(found).result == "shown":
        assert not_worse(found).result == "shown"
    verdicts = {VERDICTS[v] for v in found.judgement.verdict[list(not_worse(found).breaking)]}
    assert verdicts <= {"worse"}


def test_a_floor_is_kept_where_the_largest_bound_lies_below_it() -> None:
    found = table_of([level_speakers(0.2), level_speakers(0.25)], words=1000)
    bound = float(floor_bounds(found).max())
    assert kept_floor(found, bound).result == "shown"
    assert kept_floor(found, bound - 1e-6).result == "undecided"
    assert kept_floor(found, bound - 1e-6).missing == (1,)


def test_a_floor_is_broken_where_an_interval_for_all_groups_lies_above_it() -> None:
    errors = [level_speakers(0.2), level_speakers(0.25)]
    found = table_of(errors, words=1000)
    logs = [np.log((sum(errors[1]) - e) / (39 * 1000)) for e in errors[1]]
    spread = np.sqrt(39 / 40 * np.sum((np.array(logs) - np.mean(logs)) ** 2))
    lower = 0.25 * np.exp(-stats.t.ppf(1 - 0.05 / 2 / 2, 39) * spread)
    assert kept_floor(found, lower * 0.999).result == "broken"
    assert kept_floor(found, lower * 0.999).breaking == (1,)
    assert kept_floor(found, lower * 1.001).result == "undecided"


@given(evaluations(), st.floats(0.05, 1.5), st.floats(0.05, 1.5))
def test_a_higher_floor_is_never_harder_to_keep(
    recordings: list[Recording], one: float, other: float
) -> None:
    found = table(recordings, [ACCENT, NOISE])
    low, high = sorted((one, other))
    assert set(kept_floor(found, high).missing) <= set(kept_floor(found, low).missing)
    assert set(kept_floor(found, high).breaking) <= set(kept_floor(found, low).breaking)
