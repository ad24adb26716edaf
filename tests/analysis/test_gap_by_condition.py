"""A gap within each condition, and whether it changes: literature, plain loops, and what must not move it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.gap_by_condition import SideCounts, gap_by_condition


def one_row_each(cells: list[tuple[bool, int, float]], n_speakers: int = 10) -> SideCounts:
    """Speakers with the same rate in a cell: (side in question, value of the condition, rate)."""
    rows = [
        (inside, value, 100 * i + k, rate * 10_000)
        for i, (inside, value, rate) in enumerate(cells)
        for k in range(n_speakers)
    ]
    inside, value, speaker, errors = (np.array(column) for column in zip(*rows, strict=True))
    return SideCounts(inside, value, speaker, errors, np.full(len(rows), 10_000.0), 2)


def drawn(seed: int, rates: np.ndarray, n_speakers: int = 40, spread: float = 0.25) -> SideCounts:
    """Speakers of two sides in every value; `rates` by side and value, the side in question first."""
    random = np.random.default_rng(seed)
    n_values = rates.shape[1]
    speaker, value = (axis.reshape(-1) for axis in np.mgrid[: 2 * n_speakers, :n_values])
    own = random.lognormal(0, spread, 2 * n_speakers)[speaker]
    words = random.poisson(120, len(speaker)).astype(float)
    errors = random.poisson(words * rates[speaker % 2, value] * own).astype(float)
    return SideCounts(speaker % 2 == 0, value, speaker, errors, words, n_values)


def test_asbestos_and_smoking_interact_in_opposite_ways_on_the_two_scales() -> None:
    """VanderWeele and Knol (2014), section 2: risks 0.0011, 0.0067, 0.0095 and 0.0450 give 0.78 and 0.0299."""
    asbestos, none = True, False
    found = gap_by_condition(
        one_row_each([(none, 0, 0.0011), (asbestos, 0, 0.0067), (none, 1, 0.0095), (asbestos, 1, 0.0450)])
    )
    assert found.ratio[1] / found.ratio[0] == pytest.approx(0.78, abs=0.005)
    assert found.difference[1] - found.difference[0] == pytest.approx(0.0299)


def _rate(counts: SideCounts, rows: np.ndarray) -> float:
    return float(counts.errors[rows].sum() / counts.words[rows].sum())


def test_gaps_and_intervals_are_those_of_a_plain_loop() -> None:
    counts = drawn(2, np.array([[0.1, 0.3], [0.2, 0.25]]), n_speakers=12)
    found = gap_by_condition(counts)

    def gaps(rows: np.ndarray, value: int) -> tuple[float, float]:
        sides = [rows & (counts.value == value) & (counts.inside == inside) for inside in (True, False)]
        own, other = (counts.errors[side].sum() / counts.words[side].sum() for side in sides)
        return np.log(own / other), own - other

    for value in range(2):
        log, difference = gaps(np.ones(len(counts.value), bool), value)
        left = np.array([gaps(counts.speaker != speaker, value) for speaker in range(24)])
        sd = np.sqrt(23 / 24 * ((left - left.mean(axis=0)) ** 2).sum(axis=0))
        assert found.ratio[value] == pytest.approx(np.exp(log))
        assert found.difference[value] == pytest.approx(difference)
        mine = counts.value == value
        kish = [
            counts.words[mine & side].sum() ** 2 / (counts.words[mine & side] ** 2).sum()
            for side in (counts.inside, ~counts.inside)
        ]
        logs = [
            np.array([np.log(_rate(counts, mine & side & (counts.speaker != one))) for one in on_side])
            for side in (counts.inside, ~counts.inside)
            for on_side in [np.unique(counts.speaker[mine & side])]
        ]
        spread = [(len(one) - 1) / len(one) * ((one - one.mean()) ** 2).sum() for one in logs]
        welch = sum(spread) ** 2 / sum(v**2 / (k - 1) for v, k in zip(spread, kish, strict=True))
        t = stats.t.ppf(0.975, welch)
        assert found.ratio_high[value] == pytest.approx(np.exp(log + t * sd[0]))

        def own(rows: np.ndarray, value: int = value) -> float:
            side = rows & (counts.value == value) & counts.inside
            return float(np.log(counts.errors[side].sum() / counts.words[side].sum()))

        whole = own(np.ones(len(counts.value), bool))
        alone = np.array(
            [own(counts.speaker != speaker) for speaker in np.unique(counts.speaker[counts.inside])]
        )
        half = stats.t.ppf(0.975, kish[0] - 1) * np.sqrt(11 / 12 * ((alone - alone.mean()) ** 2).sum())
        assert found.rate_low[value] == pytest.approx(np.exp(whole - half))
        assert found.rate_high[value] == pytest.approx(np.exp(whole + half))
        assert found.difference_low[value] == pytest.approx(difference - t * sd[1])


@pytest.mark.parametrize(
    ("rates", "ratio_changes", "points_change"),
    [
        ([[0.10, 0.40], [0.05, 0.20]], False, True),
        ([[0.15, 0.40], [0.05, 0.30]], True, False),
        ([[0.10, 0.10], [0.05, 0.30]], True, True),
    ],
)
def test_effects_that_multiply_move_points_and_effects_that_add_move_ratios(
    rates: list[list[float]], ratio_changes: bool, points_change: bool
) -> None:
    found = gap_by_condition(drawn(3, np.array(rates), n_speakers=200, spread=0.1))
    assert found.ratio_change is not None
    assert found.difference_change is not None
    assert (found.ratio_change.p < 0.01, found.difference_change.p < 0.01) == (ratio_changes, points_change)


def test_a_gap_that_is_the_same_everywhere_seldom_seems_to_change() -> None:
    rates = np.array([[0.2, 0.3, 0.25], [0.2, 0.3, 0.25]])
    changes = [gap_by_condition(drawn(seed, rates, n_speakers=20)) for seed in range(300)]
    for scale in ("ratio_change", "difference_change"):
        seen = np.mean([getattr(one, scale).p <= 0.05 for one in changes])
        assert 0.01 < seen < 0.09


@given(st.integers(0, 10_000), st.sampled_from([2.0, 0.5, 10.0]))
@settings(max_examples=20, deadline=None)
def test_ratios_do_not_depend_on_the_unit_of_words(seed: int, factor: float) -> None:
    counts = drawn(seed, np.array([[0.2, 0.3], [0.2, 0.3]]))
    scaled = SideCounts(
        counts.inside, counts.value, counts.speaker, counts.errors, counts.words * factor, counts.n_values
    )
    one, other = gap_by_condition(counts), gap_by_condition(scaled)
    assert one.ratio == pytest.approx(other.ratio)
    assert one.ratio_high == pytest.approx(other.ratio_high)
    assert one.difference == pytest.approx(other.difference * factor)
    assert one.ratio_change is not None
    assert other.ratio_change is not None
    assert one.ratio_change.p == pytest.approx(other.ratio_change.p)


def test_a_value_that_one_side_lacks_has_no_gap_and_is_not_compared() -> None:
    counts = drawn(5, np.array([[0.2, 0.3], [0.2, 0.3]]))
    kept = ~(counts.inside & (counts.value == 1))
    columns = (counts.inside, counts.value, counts.speaker, counts.errors, counts.words)
    found = gap_by_condition(SideCounts(*(column[kept] for column in columns), 2))
    assert np.isnan(found.ratio[1])
    assert found.n_speakers.tolist() == [40, 0]
    assert found.ratio_change is None


def test_few_speakers_have_a_gap_and_no_interval() -> None:
    found = gap_by_condition(drawn(6, np.array([[0.2, 0.3], [0.2, 0.3]]), n_speakers=4))
    assert np.isfinite(found.ratio).all()
    assert np.isnan(found.ratio_low).all()
    assert found.difference_change is None


def test_nobody_at_all_has_no_gap() -> None:
    nothing = np.zeros(0)
    found = gap_by_condition(
        SideCounts(nothing.astype(bool), nothing.astype(int), nothing.astype(int), nothing, nothing, 2)
    )
    assert np.isnan(found.ratio).all()
    assert found.ratio_change is None
