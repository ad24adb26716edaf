"""The scan for slices against loops over every slice and every speaker."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import slices_cells
from analysis.multiplicity import benjamini_hochberg
from analysis.slices import q_values, ranking
from analysis.slices_effects import with_expected
from analysis.slices_rows import SearchLimits, SliceColumn, SliceRows, peers_of
from analysis.slices_scan import scan
from tests.analysis.slice_loops import every_slice, looped_scan

SMALL = SearchLimits(
    min_speakers=3, min_utterances=4, min_expected_errors=2, min_effective_speakers=2, min_excess_errors=0
)
COLUMNS = (
    SliceColumn("accent", "speaker", ("A", "B", "C")),
    SliceColumn("noise", "condition", ("quiet", "babble")),
    SliceColumn("device", "condition", ("headset", "phone")),
    SliceColumn("domain", "content", ("news", "talk")),
)


def quiet(_step: str, _done: int, _total: int) -> None:
    pass


def made_up_rows(seed: int, *, faulty: bool = False, missing: float = 0.1, n_speakers: int = 14) -> SliceRows:
    """A small evaluation; with a fault an accent varies within speakers, and a device may be constant."""
    random = np.random.default_rng(seed)
    speaker = np.repeat(np.arange(n_speakers), random.integers(2, 9, n_speakers))
    n = len(speaker)
    accent = random.integers(0, 3, n if faulty else n_speakers)
    device = random.integers(0, 2, n_speakers if faulty else n)
    codes = [
        accent if faulty else accent[speaker],
        random.integers(0, 2, n),
        device[speaker] if faulty else device,
        random.integers(0, 2, n),
    ]
    codes = [np.where(random.random(n) < missing, -1, code) for code in codes]
    words = random.integers(0, 12, n)
    errors = random.binomial(words, np.clip(random.uniform(0.05, 0.6, n_speakers)[speaker], 0, 1))
    errors = np.where(codes[1] == 1, np.minimum(errors * 2, words), errors)
    return SliceRows.of(COLUMNS, codes, speaker * 3 + 5, errors, words, np.ones(n))


def same_as_loops(rows: SliceRows, least: int, depth: int) -> None:
    looked = scan(rows, SMALL, depth, least, quiet)
    searched, tested = looped_scan(rows, SMALL, least, depth)
    assert (looked.searched, looked.tested, looked.too_few) == (searched, len(tested), searched - len(tested))
    assert set(looked.items) <= set(tested)
    for items, p, ratio, excess in zip(looked.items, looked.p, looked.ratio, looked.excess, strict=True):
        expected = tested[items]
        assert p == pytest.approx(expected.p, rel=1e-7, abs=1e-12)
        assert ratio == pytest.approx(expected.ratio)
        assert excess == pytest.approx(expected.excess, abs=1e-8)
    wanting = {items for items in every_slice(rows, least, min(depth, 2)) if items not in tested}
    if least == 1:
        smallest = {items for items in wanting if not any(set(one) < set(items) for one in wanting)}
        assert set(looked.untestable) == smallest
    left_out = set(tested) - set(looked.items)
    assert all(tested[items].p == 1.0 for items in left_out)


@given(st.integers(0, 10_000), st.booleans(), st.sampled_from([0.0, 0.15]))
def test_slices_counts_and_statistics_are_those_of_plain_loops(
    seed: int, faulty: bool, missing: float
) -> None:
    same_as_loops(made_up_rows(seed, faulty=faulty, missing=missing), 1, 3)


@given(st.integers(0, 10_000), st.sampled_from(["multiplicative", "additive"]))
def test_so_are_those_held_against_a_model(seed: int, baseline: str) -> None:
    same_as_loops(with_expected(made_up_rows(seed), baseline), 2, 3)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(3))
def test_combinations_that_do_not_occur_need_no_place(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = made_up_rows(seed, n_speakers=30)
    dense = scan(rows, SMALL, 3, 1, quiet)
    monkeypatch.setattr(slices_cells, "MOST_CELLS", 4)
    sparse = scan(rows, SMALL, 3, 1, quiet)
    assert (dense.searched, dense.tested, dense.items) == (sparse.searched, sparse.tested, sparse.items)
    np.testing.assert_array_equal(dense.p, sparse.p)


def test_four_conditions_are_searched_on_request() -> None:
    rows = made_up_rows(5, n_speakers=40)
    same_as_loops(rows, 1, 4)
    assert max(len(items) for items in scan(rows, SMALL, 4, 1, quiet).items) == 4


@pytest.mark.parametrize("seed", range(5))
def test_order_of_recordings_and_adding_up_beforehand_change_nothing(seed: int) -> None:
    rows = made_up_rows(seed)
    order = np.random.default_rng(seed).permutation(len(rows.speaker))
    halves = [np.floor(rows.numerator / 2), rows.numerator - np.floor(rows.numerator / 2)]
    again = SliceRows.of(
        COLUMNS,
        [np.concatenate([code[order], code]) for code in rows.codes],
        np.concatenate([rows.speaker[order], rows.speaker]),
        np.concatenate([halves[0][order], halves[1]]),
        np.concatenate([rows.denominator[order], np.zeros(len(order))]),
        np.concatenate([rows.n_utterances[order], np.zeros(len(order))]),
    )
    one, other = scan(rows, SMALL, 3, 1, quiet), scan(again, SMALL, 3, 1, quiet)
    assert one.items == other.items
    assert one.tested == other.tested
    np.testing.assert_allclose(one.p, other.p, rtol=1e-9)


def test_the_p_value_of_a_hand_worked_slice() -> None:
    """Six speakers, three in each accent: the test vector of the ratio, with its one-step variance."""
    columns = (SliceColumn("accent", "speaker", ("A", "B")),)
    rows = SliceRows.of(
        columns, [[0, 0, 0, 1, 1, 1]], range(6), [8, 4, 9, 3, 5, 2], [30, 22, 40, 20, 25, 18], np.ones(6)
    )
    limits = SearchLimits(2, 1, 1, 1, 0, 0)
    looked = scan(rows, limits, 1, 1, quiet)
    assert (looked.searched, looked.tested) == (2, 2)
    _, tested = looped_scan(rows, limits, 1, 1)
    assert tested[(0, 0),].ratio == pytest.approx((21 / 92) / (10 / 63))
    # (1 - R) / E is the larger variance here, and z below 2, so the slice enters with p = 1.
    assert looked.items == ()


def test_the_comparator_shares_the_conditions_of_a_slice_that_names_speakers() -> None:
    assert peers_of(COLUMNS, ((0, 1), (1, 1), (3, 0))) == ((1, 1), (3, 0))
    assert peers_of(COLUMNS, ((0, 1),)) == ()
    assert peers_of(COLUMNS, ((1, 1), (2, 0))) == ()


def test_without_pruning_the_false_discovery_rate_is_that_of_benjamini_and_hochberg() -> None:
    p = np.array([0.00001, 0.0004, 0.0011, 0.02])
    everything = np.concatenate([p, np.ones(96)])
    np.testing.assert_allclose(q_values(p.tolist(), 100), benjamini_hochberg(everything)[:4])


def test_of_equally_sure_slices_the_shorter_goes_first() -> None:
    """Every speaker of accent A is in quiet rooms alone, so that two names mean the same recordings."""
    random = np.random.default_rng(0)
    accent = np.repeat([0, 1], 20)
    words = np.full(40, 100)
    errors = random.poisson(np.where(accent == 0, 40, 20))
    columns = (
        SliceColumn("accent", "speaker", ("A", "B")),
        SliceColumn("place", "speaker", ("here", "there")),
    )
    rows = SliceRows.of(columns, [accent, accent], range(40), errors, words, np.full(40, 10))
    looked = scan(rows, SMALL, 2, 1, quiet)
    order = [looked.items[i] for i in ranking(looked, np.arange(len(looked.p)))]
    assert order == [((0, 0),), ((1, 0),), ((0, 0), (1, 0))]
