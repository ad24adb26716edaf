"""Two systems on the same utterances: the paired comparison, the flip test and changes of gaps."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from analysis.judgement import BETTER, UNDECIDED, VERDICTS, WORSE
from analysis.sign_flips import sign_flip_p
from analysis.two_systems import PairedCounts, compare_systems, gap_changes
from analysis.verdict_reasons import NO_REASON


def paired(seed: int, factor: float, n_speakers: int = 60, n_groups: int = 2) -> PairedCounts:
    """Speakers nested in groups; the second system's errors are `factor` times as likely."""
    random = np.random.default_rng(seed)
    speaker = np.arange(n_speakers)
    rate = 0.15 * random.lognormal(0, 0.3, n_speakers)
    words = random.integers(150, 400, n_speakers).astype(float)
    group = np.sort(speaker % n_groups)
    return PairedCounts(
        group,
        speaker,
        random.poisson(words * rate).astype(float),
        random.poisson(words * rate * factor).astype(float),
        words,
        n_groups,
    )


def judged(counts: PairedCounts) -> list[str]:
    untestable = np.full(counts.n_groups, NO_REASON)
    return [VERDICTS[v] for v in compare_systems(counts, 0.15, untestable).judgement.verdict]


def test_a_system_with_many_more_errors_is_worse_in_every_group() -> None:
    assert judged(paired(1, 1.6)) == [VERDICTS[WORSE]] * 2


def test_a_system_with_many_fewer_errors_is_better_in_every_group() -> None:
    assert judged(paired(1, 0.5)) == [VERDICTS[BETTER]] * 2


def test_swapping_the_systems_inverts_the_ratio_and_its_interval() -> None:
    counts = paired(3, 1.2)
    swapped = PairedCounts(
        counts.group, counts.speaker, counts.errors_b, counts.errors_a, counts.words, counts.n_groups
    )
    untestable = np.full(2, NO_REASON)
    one, other = compare_systems(counts, 0.15, untestable), compare_systems(swapped, 0.15, untestable)
    assert one.judgement.ratio == pytest.approx(1 / other.judgement.ratio)
    assert one.judgement.low == pytest.approx(1 / other.judgement.high)
    assert one.flip_p == pytest.approx(other.flip_p)


def test_the_interval_equals_a_plain_loop_over_speakers() -> None:
    counts = paired(4, 1.3, n_groups=1)
    theta = [
        np.log(np.delete(counts.errors_b, k).sum() / np.delete(counts.errors_a, k).sum())
        for k in range(len(counts.speaker))
    ]
    k = len(theta)
    variance = (k - 1) / k * np.sum((np.array(theta) - np.mean(theta)) ** 2)
    judgement = compare_systems(counts, 0.15, np.full(1, NO_REASON)).judgement
    half = np.log(judgement.high[0] / judgement.ratio[0])
    assert np.log(judgement.ratio[0]) == pytest.approx(np.log(counts.errors_b.sum() / counts.errors_a.sum()))
    # The half width is t times the standard deviation; t lies between 1.96 and that of 10 degrees of freedom.
    assert 1.96 < half / np.sqrt(variance) < 2.3


def test_where_the_flips_disagree_nothing_is_claimed() -> None:
    counts = paired(5, 1.0, n_groups=1)
    hurt = counts.errors_a.copy()
    hurt[0] += 900
    judgement = compare_systems(
        PairedCounts(counts.group, counts.speaker, counts.errors_a, hurt, counts.words, 1),
        0.15,
        np.full(1, 0),
    ).judgement
    assert VERDICTS[judgement.verdict[0]] == VERDICTS[UNDECIDED]


def test_systems_that_err_alike_for_every_speaker_are_within_by_a_ratio_of_one() -> None:
    counts = paired(5, 1.0, n_groups=1)
    same = PairedCounts(counts.group, counts.speaker, counts.errors_a, counts.errors_a, counts.words, 1)
    judgement = compare_systems(same, 0.15, np.full(1, NO_REASON)).judgement
    assert VERDICTS[judgement.verdict[0]] == "within"
    assert (judgement.low[0], judgement.ratio[0], judgement.high[0]) == (1.0, 1.0, 1.0)


def test_people_are_counted_who_get_worse_and_better() -> None:
    counts = PairedCounts(
        np.zeros(4, np.int64),
        np.arange(4),
        np.array([1.0, 2, 3, 4]),
        np.array([2.0, 2, 1, 14]),
        np.full(4, 10.0),
        1,
    )
    compared = compare_systems(counts, 0.3, np.full(1, NO_REASON))
    assert (compared.speakers_worse[0], compared.speakers_better[0]) == (2, 1)
    assert compared.worst_tenth[0] == pytest.approx(1.0)


def test_the_flip_test_is_exact_for_few_speakers() -> None:
    differences = np.array([3.0, -1, 2, 5, 4])
    observed = abs(differences.sum())
    sums = [
        abs(sum(s * d for s, d in zip(signs, differences, strict=True)))
        for signs in itertools.product((1, -1), repeat=5)
    ]
    assert sign_flip_p(differences) == np.mean([value >= observed for value in sums])


def test_the_sampled_flip_test_agrees_with_the_exact_one() -> None:
    random = np.random.default_rng(2)
    differences = random.normal(0.5, 1, 16)
    more = np.concatenate([differences, np.full(4, 1e-9)])
    assert sign_flip_p(more) == pytest.approx(sign_flip_p(differences), abs=0.02)


def test_no_difference_at_all_gives_p_one() -> None:
    assert sign_flip_p(np.zeros(5)) == 1.0


@pytest.mark.parametrize(("n_speakers", "runs"), [(10, 1500), (40, 250)])
def test_the_flip_test_keeps_its_size_when_systems_are_exchangeable(n_speakers: int, runs: int) -> None:
    random = np.random.default_rng(8)
    rejected = [
        sign_flip_p(
            (random.normal(0, random.lognormal(0, 0.5, n_speakers)) * 10).round()
            + 0.5 * random.choice([-1, 1], n_speakers)
        )
        <= 0.05
        for _ in range(runs)
    ]
    # Three standard errors around the gate of 0.03 to 0.06.
    error = 3 * np.sqrt(0.05 * 0.95 / runs)
    assert 0.03 - error <= np.mean(rejected) <= 0.06 + error


def test_the_interval_of_a_gap_that_stayed_covers_one_as_often_as_it_says() -> None:
    pool = np.zeros(2, np.int64)
    changes = [gap_changes(paired(seed, 1.1), pool, 1) for seed in range(300)]
    covered = np.mean([change.low[0] < 1 < change.high[0] for change in changes])
    assert 0.91 <= covered <= 0.99


def test_a_gap_that_doubled_is_seen() -> None:
    counts = paired(6, 1.0, n_speakers=200)
    grown = counts.errors_b.copy()
    grown[counts.group == 0] *= 2
    pool = np.zeros(2, np.int64)
    changed = gap_changes(
        PairedCounts(counts.group, counts.speaker, counts.errors_a, grown, counts.words, 2), pool, 1
    )
    assert changed.low[0] > 1.5
    assert changed.factor[0] * changed.factor[1] == pytest.approx(1.0)
