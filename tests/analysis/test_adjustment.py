"""Is it the accent, or the device? Standardised and modelled gaps against oracles and known mixtures."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.rate_model import CannotFit, ModelRows, fit_rate_model, modelled_gap
from analysis.standardise import StratifiedCounts, standardised_gaps

DEVICE_RATES = (0.1, 0.3, 0.2)


def mixed_recordings(seed: int, accent_effect: float = 1.0, n_speakers: int = 120) -> np.ndarray:
    """Rows (accent, device, speaker, errors, words): each accent is mostly recorded on its own device."""
    random = np.random.default_rng(seed)
    rows = []
    for speaker in range(n_speakers):
        accent = speaker % 2
        own = random.lognormal(0, 0.2) * (accent_effect if accent else 1.0)
        for device, rate in enumerate(DEVICE_RATES):
            words = random.poisson(60 * (3 if device == accent else 1))
            rows.append((accent, device, speaker, random.poisson(words * rate * own), words))
    return np.array(rows)


def stratified(rows: np.ndarray) -> StratifiedCounts:
    return StratifiedCounts(
        rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3].astype(float), rows[:, 4].astype(float), 2, 3
    )


def model_rows(rows: np.ndarray) -> ModelRows:
    cells, cell = np.unique(rows[:, :2], axis=0, return_inverse=True)
    return ModelRows(cell.reshape(-1), rows[:, 2], rows[:, 3].astype(float), rows[:, 4].astype(float), cells)


def design(rows: np.ndarray) -> np.ndarray:
    columns = [np.ones(len(rows)), rows[:, 1] == 1, rows[:, 1] == 2, rows[:, 0] == 1]
    return np.stack(columns, axis=1).astype(float)


def test_a_gap_that_is_only_the_device_goes_away() -> None:
    rows = mixed_recordings(1)
    raw = [rows[rows[:, 0] == a, 3].sum() / rows[rows[:, 0] == a, 4].sum() for a in (0, 1)]
    assert raw[1] / raw[0] > 1.3
    gap = standardised_gaps(stratified(rows))[1]
    assert gap.low is not None
    assert gap.high is not None
    assert gap.low < 1 < gap.high
    modelled = modelled_gap(fit_rate_model(model_rows(rows)), 1)
    assert modelled.low is not None
    assert modelled.high is not None
    assert modelled.low < 1 < modelled.high


def test_a_gap_that_is_the_accent_stays() -> None:
    rows = mixed_recordings(2, accent_effect=1.5)
    gap, modelled = standardised_gaps(stratified(rows))[1], modelled_gap(fit_rate_model(model_rows(rows)), 1)
    for found in (gap.ratio, modelled.ratio):
        assert found == pytest.approx(1.5, rel=0.15)


def test_the_standardised_ratio_equals_a_plain_computation_with_its_jackknife() -> None:
    rows = mixed_recordings(3, n_speakers=30)
    mix = np.array([rows[rows[:, 1] == d, 4].sum() for d in range(3)]) / rows[:, 4].sum()

    def theta(part: np.ndarray) -> float:
        sides = []
        for accent in (1, 0):
            strata = [part[(part[:, 0] == accent) & (part[:, 1] == d)] for d in range(3)]
            sides.append(sum(w * s[:, 3].sum() / s[:, 4].sum() for w, s in zip(mix, strata, strict=True)))
        return float(np.log(sides[0] / sides[1]))

    left_out = np.array([theta(rows[rows[:, 2] != speaker]) for speaker in range(30)])
    gap = standardised_gaps(stratified(rows))[1]
    assert gap.ratio == pytest.approx(np.exp(theta(rows)), rel=1e-9)
    assert gap.high is not None
    sd = np.sqrt(29 / 30 * ((left_out - left_out.mean()) ** 2).sum())
    assert 2.0 < np.log(gap.high / gap.ratio) / sd < 2.2


def test_strata_that_one_side_lacks_are_left_out_and_said_so() -> None:
    rows = mixed_recordings(4)
    rows = rows[~((rows[:, 0] == 1) & (rows[:, 1] == 2))]
    gap = standardised_gaps(stratified(rows))[1]
    words = np.bincount(rows[:, 1], rows[:, 4])
    assert gap.strata_present == pytest.approx(words[:2].sum() / words.sum())


def test_a_group_whose_errors_are_all_of_one_speaker_has_a_gap_without_an_interval() -> None:
    others = [(0, 0, speaker, 10, 100) for speaker in range(10)]
    group = [(1, 0, 10 + speaker, 40 if speaker == 0 else 0, 100) for speaker in range(8)]
    gap = standardised_gaps(stratified(np.array([*others, *group])))[1]
    assert gap.ratio == pytest.approx(0.5)
    assert (gap.low, gap.high, gap.p) == (None, None, None)


def test_a_group_without_any_common_stratum_has_no_standardised_gap() -> None:
    rows = mixed_recordings(5)
    rows = rows[rows[:, 0] == rows[:, 1]]
    gap = standardised_gaps(stratified(rows))[0]
    assert gap.ratio is None
    assert gap.strata_present == 0.0


def test_model_estimates_equal_those_of_statsmodels() -> None:
    rows = mixed_recordings(6)
    fitted = sm.GLM(rows[:, 3], design(rows), family=sm.families.Poisson(), offset=np.log(rows[:, 4])).fit()
    assert fit_rate_model(model_rows(rows)).effects == pytest.approx(fitted.params, abs=1e-8)


@pytest.mark.parametrize("n_speakers", [24, 60, 200])
def test_one_step_leave_one_out_agrees_with_full_refits(n_speakers: int) -> None:
    rows = mixed_recordings(7, n_speakers=n_speakers)
    model = fit_rate_model(model_rows(rows))
    poisson = sm.families.Poisson()
    refits = []
    for speaker in range(n_speakers):
        part = rows[rows[:, 2] != speaker]
        fitted = sm.GLM(part[:, 3], design(part), family=poisson, offset=np.log(part[:, 4])).fit()
        refits.append(fitted.params)
    assert model.left_out == pytest.approx(np.array(refits), abs=0.02)
    spread = np.array(refits) - np.mean(refits, axis=0)
    full = np.sqrt((n_speakers - 1) / n_speakers * (spread**2).sum(axis=0))
    assert np.sqrt(np.diag(model.covariance)) == pytest.approx(full, rel=0.03)
    # With two groups the gap to everybody else is the other group's effect.
    gap, degrees = modelled_gap(model, 1), model.effective_speakers[1] - 1
    assert gap.high is not None
    assert np.log(gap.high / gap.ratio) == pytest.approx(stats.t.ppf(0.975, degrees) * full[-1], rel=0.03)


def test_british_doctors_who_smoked() -> None:
    """Breslow and Day (1987), as in Stata's manual of `poisson`: crude 1.72, with age held equal 1.4255."""
    deaths = np.array([[2, 12, 28, 28, 31], [32, 104, 206, 186, 102]], float)
    years = np.array([[18790, 10673, 5710, 2585, 1462], [52407, 43248, 28612, 12663, 5317]], float)
    smokes, age = (axis.reshape(-1) for axis in np.indices(deaths.shape))
    # Each cell by two "speakers", half each: sums are the data's.
    twice = [np.concatenate([values.reshape(-1) / 2] * 2) for values in (deaths, years)]
    cells, speakers = np.stack([smokes, age], axis=1), np.arange(20)
    model = fit_rate_model(ModelRows(np.tile(np.arange(10), 2), speakers, *twice, cells))
    assert modelled_gap(model, 1).ratio == pytest.approx(1.425519, abs=1e-5)
    assert np.exp(model.effects[1:5]) == pytest.approx([4.410584, 13.8392, 28.51678, 40.45121], rel=1e-5)
    sums = [values.sum(axis=1) for values in (deaths, years)]
    assert (sums[0][1] / sums[1][1]) / (sums[0][0] / sums[1][0]) == pytest.approx(1.72, abs=0.005)
    gap = standardised_gaps(
        StratifiedCounts(np.tile(smokes, 2), np.tile(age, 2), speakers, *twice, n_groups=2, n_strata=5)
    )[1]
    mix = years.sum(axis=0) / years.sum()
    assert gap.rate == pytest.approx((mix * deaths[1] / years[1]).sum())
    assert gap.other_rate == pytest.approx((mix * deaths[0] / years[0]).sum())
    assert gap.ratio is not None
    assert 1.3 < gap.ratio < 1.5


@given(st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_with_nothing_held_equal_the_model_is_the_raw_ratio(seed: int) -> None:
    rows = mixed_recordings(seed, n_speakers=20)
    cell = rows[:, 0]
    counts = (rows[:, 2], rows[:, 3].astype(float), rows[:, 4].astype(float))
    model = fit_rate_model(ModelRows(cell, *counts, np.array([[0], [1]])))
    rates = [rows[cell == a, 3].sum() / rows[cell == a, 4].sum() for a in (0, 1)]
    assert modelled_gap(model, 1).ratio == pytest.approx(rates[1] / rates[0])


def test_a_value_without_errors_does_not_stop_the_model() -> None:
    rows = mixed_recordings(13, n_speakers=40)
    rows[rows[:, 1] == 2, 3] = 0
    alone = modelled_gap(fit_rate_model(model_rows(rows[rows[:, 1] < 2])), 1)
    both = modelled_gap(fit_rate_model(model_rows(rows)), 1)
    assert (both.ratio, both.high) == pytest.approx((alone.ratio, alone.high))
    rows[rows[:, 0] == 1, 3] = 0
    assert fit_rate_model(model_rows(rows)).group_words.tolist()[1] == 0
    rows[:, 3] = 0
    with pytest.raises(CannotFit, match="Nobody erred"):
        fit_rate_model(model_rows(rows))


def test_very_few_effective_speakers_have_ratios_and_no_interval() -> None:
    rows = mixed_recordings(14, n_speakers=40)
    rows = rows[(rows[:, 0] == 0) | (rows[:, 2] < 4)]
    standardised, modelled = (
        standardised_gaps(stratified(rows))[1],
        modelled_gap(fit_rate_model(model_rows(rows)), 1),
    )
    for gap in (standardised, modelled):
        assert gap.ratio is not None
        assert (gap.low, gap.high, gap.p) == (None, None, None)


def test_a_modelled_interval_is_as_wide_as_the_smaller_side_makes_it() -> None:
    rows = mixed_recordings(15, n_speakers=120)
    model = fit_rate_model(model_rows(rows[(rows[:, 0] == 0) | (rows[:, 2] < 12)]))
    assert model.group_speakers.tolist() == [60, 6]
    assert model.effective_speakers == pytest.approx([6, 6], abs=0.2)


def test_a_group_of_one_speaker_leaves_the_others_their_intervals() -> None:
    rows = mixed_recordings(12, n_speakers=40)
    rows[rows[:, 2] == 0, 0] = 2
    model = fit_rate_model(model_rows(rows))
    assert model.group_speakers.tolist() == [19, 20, 1]
    alone = fit_rate_model(model_rows(rows[rows[:, 0] < 2]))
    column, other = model.group_columns[1], alone.group_columns[1]
    assert np.isfinite(model.left_out).all()
    assert model.covariance[column, column] == pytest.approx(alone.covariance[other, other], rel=0.1)


def test_attributes_that_determine_each_other_cannot_be_told_apart() -> None:
    rows = mixed_recordings(8)
    rows = rows[rows[:, 0] == rows[:, 1]]
    with pytest.raises(CannotFit, match="determine each other"):
        fit_rate_model(model_rows(rows))


def test_a_condition_that_says_the_same_as_another_changes_no_gap() -> None:
    rows = mixed_recordings(10)
    cells, cell = np.unique(rows[:, :2], axis=0, return_inverse=True)
    twice = np.concatenate([cells, cells[:, 1:2]], axis=1)
    counts = (rows[:, 2], rows[:, 3].astype(float), rows[:, 4].astype(float))
    one = modelled_gap(fit_rate_model(ModelRows(cell.reshape(-1), *counts, cells)), 1)
    other = modelled_gap(fit_rate_model(ModelRows(cell.reshape(-1), *counts, twice)), 1)
    assert one.ratio == pytest.approx(other.ratio)
    assert one.high == pytest.approx(other.high)


@pytest.mark.parametrize("spread", [0.0, 0.3, 0.6])
def test_the_spread_between_speakers_is_found(spread: float) -> None:
    random = np.random.default_rng(9)
    n = 2000
    words = np.full(n, 300.0)
    errors = random.poisson(words * 0.15 * random.lognormal(-(spread**2) / 2, spread, n)).astype(float)
    rows = ModelRows(np.arange(n) % 2, np.arange(n), errors, words, np.array([[0], [1]]))
    assert fit_rate_model(rows).speaker_spread == pytest.approx(spread, abs=0.06)
