"""Changes of gaps: a contrast of contrasts, against plain loops and by what it must not depend on."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.gap_changes import GapChanges, _sensitivity, gap_changes, gap_changes_to_reference
from analysis.settings import DEFAULTS
from analysis.two_systems import PairedCounts
from tests.analysis.test_two_systems import exchanged, paired

POOL = np.zeros(2, np.int64)


def with_second_errors(counts: PairedCounts, errors: np.ndarray) -> PairedCounts:
    return PairedCounts(counts.group, counts.speaker, counts.errors_a, errors, counts.words, counts.n_groups)


def test_the_factor_is_the_gap_after_over_the_gap_before() -> None:
    counts = PairedCounts(
        np.repeat([0, 1], 12),
        np.arange(24),
        np.repeat([20.0, 10.0], 12),
        np.repeat([15.0, 10.0], 12),
        np.full(24, 100.0),
        2,
    )
    changed = gap_changes(counts, POOL, 1)
    assert changed.before[0] == pytest.approx(2.0)
    assert changed.after[0] == pytest.approx(1.5)
    assert changed.factor[0] == pytest.approx(0.75)


def test_the_interval_equals_a_plain_loop_over_speakers() -> None:
    counts = paired(11, 1.2, n_speakers=50)
    changed = gap_changes(counts, POOL, 1)

    def theta(without: int) -> float:
        keep = counts.speaker != without
        own, rest = keep & (counts.group == 0), keep & (counts.group == 1)
        a, b = counts.errors_a, counts.errors_b
        return float(np.log(b[own].sum() / a[own].sum()) - np.log(b[rest].sum() / a[rest].sum()))

    thetas = np.array([theta(k) for k in counts.speaker])
    k = len(thetas)
    spread = np.sqrt((k - 1) / k * np.sum((thetas - thetas.mean()) ** 2))
    half = np.log(changed.high[0] / changed.factor[0])
    assert np.log(changed.factor[0]) == pytest.approx(theta(-1))
    # t of the smaller side's effective speakers, about 24.
    assert 1.96 < half / spread < 2.15


def test_the_interval_of_a_gap_that_stayed_covers_one_as_often_as_it_says() -> None:
    changes = [gap_changes(paired(seed, 1.1), POOL, 1) for seed in range(300)]
    covered = np.mean([change.low[0] < 1 < change.high[0] for change in changes])
    assert 0.91 <= covered <= 0.99


def test_a_gap_that_doubled_is_seen() -> None:
    counts = paired(6, 1.0, n_speakers=200)
    grown = counts.errors_b.copy()
    grown[counts.group == 0] *= 2
    changed = gap_changes(with_second_errors(counts, grown), POOL, 1)
    assert changed.low[0] > 1.5
    assert changed.factor[0] * changed.factor[1] == pytest.approx(1.0)


def test_exchanging_the_systems_inverts_the_change() -> None:
    counts = paired(9, 1.3, n_speakers=80)
    one, other = gap_changes(counts, POOL, 1), gap_changes(exchanged(counts), POOL, 1)
    assert one.factor == pytest.approx(1 / other.factor)
    assert one.low == pytest.approx(1 / other.high)
    assert one.p == pytest.approx(other.p)
    assert one.before == pytest.approx(other.after)


def test_a_system_that_errs_more_for_everybody_alike_changes_no_gap() -> None:
    counts = paired(12, 1.0, n_speakers=80)
    changed = gap_changes(with_second_errors(counts, counts.errors_a * 3), POOL, 1)
    assert changed.factor == pytest.approx([1.0, 1.0])


def test_groups_without_support_get_no_interval_and_do_not_count_in_the_correction() -> None:
    counts = paired(13, 1.2, n_speakers=90, n_groups=3)
    pool = np.zeros(3, np.int64)
    everybody = gap_changes(counts, pool, 1)
    some = gap_changes(counts, pool, 1, tested=np.array([True, False, False]))
    assert np.isfinite(everybody.p_adjusted).all()
    assert np.isnan([some.low[1], some.high[1], some.p[1], some.p_adjusted[1]]).all()
    assert some.p_adjusted[0] == some.p[0]
    assert some.factor[1] == everybody.factor[1]


def test_adjusted_p_are_never_smaller() -> None:
    changed: GapChanges = gap_changes(paired(14, 1.4, n_speakers=120, n_groups=4), np.zeros(4, np.int64), 1)
    assert (changed.p_adjusted >= changed.p).all()


def test_what_could_have_been_seen_is_the_t_form_by_hand() -> None:
    counts = paired(11, 1.2, n_speakers=50)
    changed = gap_changes(counts, POOL, 1)
    alpha, power, degrees = 0.05 / 2, 0.8, _effective(counts, 0) - 1
    spread = np.log(changed.high[0] / changed.factor[0]) / stats.t.ppf(0.975, degrees)
    reach = stats.t.ppf(1 - alpha / 2, degrees) + stats.t.ppf(power, degrees)
    assert changed.detectable[0] == pytest.approx(np.exp(reach * spread))
    normal = stats.norm.ppf(1 - alpha / 2) + stats.norm.ppf(power)
    speakers = len(np.unique(counts.speaker[counts.group == 0]))
    wanted = np.ceil(speakers * max(1.0, (normal * spread / np.log(1.25)) ** 2))
    assert changed.needed[0] == max(10, wanted)


def _effective(counts: PairedCounts, group: int) -> float:
    sides = (counts.words[(counts.group == group) == own] for own in (True, False))
    return min(float(side.sum() ** 2 / (side**2).sum()) for side in sides)


def test_what_was_not_tested_could_have_shown_nothing_and_needs_the_minimum_at_least() -> None:
    counts = paired(13, 1.2, n_speakers=90, n_groups=3)
    some = gap_changes(counts, np.zeros(3, np.int64), 1, tested=np.array([True, False, False]))
    assert np.isfinite(some.detectable[0])
    assert np.isnan(some.detectable[1:]).all()
    assert (some.needed >= 10).all()


@given(st.integers(0, 30), st.floats(1.05, 3.0))
def test_a_finer_margin_never_needs_fewer_speakers(seed: int, margin: float) -> None:
    counts = paired(seed, 1.2, n_speakers=40)
    settings = DEFAULTS.with_overrides({"margin_ratio": margin})
    coarser = DEFAULTS.with_overrides({"margin_ratio": margin * 1.1})
    fine, coarse = (gap_changes(counts, POOL, 1, settings=one) for one in (settings, coarser))
    assert (fine.needed >= coarse.needed).all()


def test_where_nothing_could_be_seen_neither_factor_nor_speakers_is_a_number() -> None:
    twenty = np.full(3, 20.0)
    detectable, needed = _sensitivity(np.array([0.1, 1e200, np.nan]), twenty, twenty, 2, DEFAULTS)
    assert np.isfinite([detectable[0], needed[0]]).all()
    assert np.isinf([detectable[1], needed[1]]).all()
    assert np.isnan([detectable[2], needed[2]]).all()


def test_a_gap_to_a_declared_group_is_that_of_the_two_groups_alone() -> None:
    counts = paired(17, 1.3, n_speakers=90, n_groups=3)
    found = gap_changes_to_reference(counts, np.array([2, 2, 2]), np.ones(3, bool))
    for group in (0, 1):
        two = np.isin(counts.group, [group, 2])
        alone = PairedCounts(
            (counts.group[two] == 2).astype(np.int64),
            *(values[two] for values in (counts.speaker, counts.errors_a, counts.errors_b, counts.words)),
            2,
        )
        expected = gap_changes(alone, POOL, 1)
        for name in ("before", "after", "factor", "low", "high", "p"):
            assert getattr(found, name)[group] == pytest.approx(getattr(expected, name)[0])
    assert np.isnan(found.factor[2])


def test_a_gap_is_not_judged_where_the_declared_group_has_too_few_or_there_is_none() -> None:
    counts = paired(18, 1.3, n_speakers=90, n_groups=3)
    few = gap_changes_to_reference(counts, np.array([2, 2, 2]), np.array([True, True, False]))
    assert np.isfinite(few.factor[:2]).all()
    assert np.isnan(few.p).all()
    none = gap_changes_to_reference(counts, np.array([-1, 2, 2]), np.ones(3, bool))
    assert np.isnan(none.factor[0])
    assert np.isfinite(none.p[1])
