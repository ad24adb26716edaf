"""Rates that are no plain ratio: against loops over speakers, and the same engine as plain ratios where it is one."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import outsiders_one_by_one
from analysis.comparisons import ContrastStatistics, contrast_statistics
from analysis.intervals import NEGLIGIBLE_VARIANCE, GroupStatistics, group_statistics
from analysis.metrics import METRICS
from analysis.outsiders import outside_sums
from analysis.outsiders_one_by_one import outside_sums_one_by_one
from analysis.sides import Sides
from analysis.speaker_counts import SpeakerCounts
from tests.analysis.contrast_loops import drawn
from tests.analysis.speaker_loops import jackknife, same, speaker_counts

N_GROUPS = 3
Row = tuple[int, int, int, int, int, int]
"""Group, speaker, hits, substitutions, deletions, insertions."""
Side = dict[int, tuple[int, int, int, int]]
rows = st.lists(
    st.tuples(
        st.integers(0, N_GROUPS - 1), st.integers(0, 7), *(st.integers(0, most) for most in (60, 9, 9, 9))
    ),
    max_size=30,
)


def counted(rows: list[Row]) -> SpeakerCounts:
    group, speaker, h, s, d, i = np.array(rows, np.int64).reshape(-1, 6).T
    columns = {
        "n_words": h + s + d,
        "n_hypothesis_words": h + s + i,
        "substitutions": s,
        "deletions": d,
        "insertions": i,
    }
    return METRICS["wil"].by_speaker(group, speaker, columns, N_GROUPS)


def side(rows: list[Row], belongs: Callable[[int], bool]) -> Side:
    """Sums by speaker; speakers without errors and words are not there."""
    found: Side = {}
    for group, speaker, *counts in rows:
        if belongs(group) and sum(counts):
            before = found.get(speaker, (0, 0, 0, 0))
            found[speaker] = tuple(a + b for a, b in zip(before, counts, strict=True))  # type: ignore[assignment]
    return found


def lost(counts: Iterable[tuple[int, int, int, int]]) -> float:
    """Word information lost of all together, by its definition."""
    h, s, d, i = (sum(one[k] for one in counts) for counts in [list(counts)] for k in range(4))
    if not h + s + d:
        return math.nan
    return 1 - h / (h + s + d) * (h / (h + s + i) if h else 0)


def without(counts: Side, speaker: int | None = None) -> float:
    return lost(one for k, one in counts.items() if k != speaker)


def log(value: float) -> float:
    return math.log(value) if value > 0 else math.nan


def known(variance: float) -> float:
    return variance if variance > NEGLIGIBLE_VARIANCE else math.nan


@given(rows)
def test_every_statistic_of_word_information_loss_equals_a_loop_over_speakers(rows: list[Row]) -> None:
    found = group_statistics(counted(rows))
    for group in range(N_GROUPS):
        counts = side(rows, lambda g, group=group: g == group)  # type: ignore[misc]
        own = [lost([one]) for one in counts.values() if sum(one[:3])]
        whole, words = without(counts), sum(sum(one[:3]) for one in counts.values())
        spread = jackknife(counts, lambda k, counts=counts: without(counts, k))  # type: ignore[misc]
        wanted = {
            "rate": whole,
            "n_speakers": len(counts),
            "speaker_mean": sum(own) / len(own) if own else math.nan,
            "variance_log": jackknife(counts, lambda k, counts=counts: log(without(counts, k))),  # type: ignore[misc]
            "design_effect": spread * words / whole if whole and whole > 0 else math.nan,
        }
        for name, value in wanted.items():
            assert same(getattr(found, name)[group], value, 1e-7), name


COMPARISONS: dict[str, tuple[np.ndarray | None, bool, Callable[[int, int], bool]]] = {
    "complement": (np.zeros(N_GROUPS, np.int64), True, lambda group, other: other != group),
    "peers": (np.array([0, 0, 1]), True, lambda group, other: other != group and max(group, other) < 2),
    "overall": (np.zeros(N_GROUPS, np.int64), False, lambda *_: True),
    "reference": (None, False, lambda group, other: other == (group + 1) % N_GROUPS),
}


def compared(
    counts: SpeakerCounts, pools: np.ndarray | None, without_group: bool
) -> tuple[GroupStatistics, ContrastStatistics]:
    groups = group_statistics(counts)
    if pools is None:
        to = (np.arange(N_GROUPS) + 1) % N_GROUPS
        return groups, contrast_statistics(counts, groups, counts, to, without_group)
    pooled = counts.merged(pools, int(pools.max()) + 1)
    return groups, contrast_statistics(counts, groups, pooled, pools, without_group)


@pytest.mark.parametrize("name", COMPARISONS)
@given(rows=rows)
def test_every_contrast_of_word_information_loss_leaves_speakers_out_of_both_sides(
    name: str, rows: list[Row]
) -> None:
    pools, without_group, belongs = COMPARISONS[name]
    _, contrast = compared(counted(rows), pools, without_group)
    for group in range(N_GROUPS):
        own = side(rows, lambda g, group=group: g == group)  # type: ignore[misc]
        other = side(rows, lambda g, group=group: belongs(group, g))  # type: ignore[misc]
        assert same(contrast.rate[group], without(other))
        assert contrast.n_speakers[group] == len(other)
        if not own or not other:
            continue

        def ratio(k: int, own: Side = own, other: Side = other) -> float:
            return log(without(own, k)) - log(without(other, k))

        def difference(k: int, own: Side = own, other: Side = other) -> float:
            return without(own, k) - without(other, k)

        pairs = [
            (contrast.variance[group], known(jackknife(own | other, ratio))),
            (contrast.difference_variance[group], known(jackknife(own | other, difference))),
        ]
        for found, wanted in pairs:
            assert same(found, wanted, 1e-6) or (found < 1e-11 and wanted < 1e-11)


@pytest.mark.parametrize("at_once", [1, 300, 10_000_000])
def test_outsiders_taken_one_by_one_are_those_of_the_power_sums_whatever_fits_at_once(
    at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outsiders_one_by_one, "PAIRS_AT_ONCE", at_once)
    counts = speaker_counts(drawn(6, 200, 2, 80, seed=5), 6)
    pools = np.array([0, 0, 0, 1, 1, 1])
    sides = Sides.of(counts, group_statistics(counts), counts.merged(pools, 2), pools, without_group=True)
    wanted, found = outside_sums(counts, sides), outside_sums_one_by_one(counts, sides)
    for name in (
        "n_speakers",
        "ratio",
        "ratio_squared",
        "difference",
        "difference_squared",
        "words_squared",
    ):
        assert same(getattr(found, name), getattr(wanted, name), 1e-8), name


def test_a_rate_written_as_a_function_of_sums_is_judged_like_the_plain_ratio() -> None:
    plain = speaker_counts(drawn(5, 60, 2, 50, seed=1), 5)
    general = SpeakerCounts(
        plain.group, plain.speaker, plain.numerator, plain.denominator, 5, (), lambda e, n: e / n
    )
    assert plain.is_ratio
    assert not general.is_ratio
    pools = np.zeros(5, np.int64)
    for one, other in zip(_all_statistics(plain, pools), _all_statistics(general, pools), strict=True):
        assert same(one, other, 1e-8)


def _all_statistics(counts: SpeakerCounts, pools: np.ndarray) -> list[np.ndarray]:
    groups = group_statistics(counts)
    contrast = contrast_statistics(counts, groups, counts.merged(pools, 1), pools, without_group=True)
    # The design effect of a plain ratio is linearised, and the largest outsider is a bound there.
    skipped = ("design_effect", "largest_numerator")
    return [v for part in (groups, contrast) for name, v in vars(part).items() if name not in skipped]
