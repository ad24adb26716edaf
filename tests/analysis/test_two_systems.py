"""Two systems on the same utterances: the paired comparison, the flip test and what becomes of the speakers."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.judgement import BETTER, UNDECIDED, VERDICTS, WORSE
from analysis.metrics import metric, word_information_lost
from analysis.sign_flips import sign_flip_p
from analysis.two_systems import PairedCounts, compare_systems, speaker_changes
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
    assert (compared.speakers.worse[0], compared.speakers.better[0]) == (2, 1)
    assert compared.speakers.worst_tenth[0] == pytest.approx(1.0)
    assert compared.speakers.best_tenth[0] == pytest.approx(-0.2)
    assert compared.speakers.median[0] == pytest.approx(0.05)


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


@pytest.mark.parametrize("scale", [1.0, 3.0, 0.37])
def test_many_speakers_have_the_p_of_their_flips(scale: float) -> None:
    """The normal limit against the exact distribution of the sum of signs, which is binomial for equal sizes."""
    n = 600
    for more in (0, 10, 24, 33):
        differences = np.append(np.full(n // 2 + more, scale), np.full(n // 2 - more, -scale))
        exact = 2 * stats.binom.sf(n // 2 + more - 1, n, 0.5) if more else 1.0
        assert sign_flip_p(differences) == pytest.approx(exact, abs=1e-3 if scale != 0.37 else 0.03)


def test_sampled_flips_and_the_normal_limit_meet() -> None:
    random = np.random.default_rng(5)
    for shift in (0.0, 0.1, 0.25):
        differences = random.poisson(3 + shift, 490) - random.poisson(3, 490) * 1.0
        sampled = sign_flip_p(differences)
        limit = sign_flip_p(np.concatenate([differences, np.tile([1e-7, -1e-7], 40)]))
        # Three standard errors of 9,999 flips.
        assert limit == pytest.approx(sampled, abs=3 * np.sqrt(0.25 / 9_999) + 1e-3)


def test_one_speaker_who_outweighs_thousands_is_not_smoothed_over() -> None:
    differences = np.append(np.tile([1.0, -1.0], 1_500), [400.0])
    # Whatever the others' signs, the sum is as large as observed about every other time; its normal limit says 1e-12.
    assert sign_flip_p(differences) > 0.4


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


def with_other_words(seed: int) -> PairedCounts:
    """A metric whose denominator depends on the system, as word F1 does."""
    counts = paired(seed, 1.2, n_groups=1)
    more = counts.words * np.random.default_rng(seed).uniform(0.8, 1.4, len(counts.words))
    return PairedCounts(
        counts.group, counts.speaker, counts.errors_a, counts.errors_b, counts.words, 1, words_b=more.round()
    )


def exchanged(counts: PairedCounts) -> PairedCounts:
    return PairedCounts(
        counts.group,
        counts.speaker,
        counts.errors_b,
        counts.errors_a,
        counts.sums_b[1],
        counts.n_groups,
        words_b=counts.words,
        further_a=counts.further_b,
        further_b=counts.further_a,
        rate_of=counts.rate_of,
    )


def test_a_denominator_of_each_system_is_used() -> None:
    counts = with_other_words(3)
    ratio = compare_systems(counts, 0.15, np.full(1, NO_REASON)).judgement.ratio[0]
    assert counts.words_b is not None
    expected = counts.errors_b.sum() / counts.words_b.sum() * counts.words.sum() / counts.errors_a.sum()
    assert ratio == pytest.approx(expected)


def lost_words(seed: int) -> PairedCounts:
    """Word information lost, which is no plain ratio: hits and words written are summed too."""
    counts = paired(seed, 1.3, n_speakers=40, n_groups=1)
    hits = [
        counts.words - np.minimum(errors, counts.words) * 0.7 for errors in (counts.errors_a, counts.errors_b)
    ]
    written = [counts.words * share for share in (0.95, 1.05)]
    return PairedCounts(
        counts.group,
        counts.speaker,
        counts.errors_a,
        counts.errors_b,
        counts.words,
        1,
        further_a=(hits[0], written[0]),
        further_b=(hits[1], written[1]),
        rate_of=word_information_lost,
    )


def test_a_rate_that_is_no_plain_ratio_is_compared_by_leaving_speakers_out() -> None:
    counts = lost_words(4)
    judgement = compare_systems(counts, 0.15, np.full(1, NO_REASON)).judgement

    def log_ratio(kept: np.ndarray) -> float:
        second, first = (
            float(metric("wil").rate_of(*(np.array([values[kept].sum()]) for values in sums))[0])
            for sums in (counts.sums_b, counts.sums_a)
        )
        return float(np.log(second / first))

    everybody = np.arange(len(counts.speaker))
    thetas = np.array([log_ratio(np.delete(everybody, k)) for k in everybody])
    k = len(thetas)
    variance = (k - 1) / k * np.sum((thetas - thetas.mean()) ** 2)
    assert np.log(judgement.ratio[0]) == pytest.approx(log_ratio(everybody))
    half = np.log(judgement.high[0] / judgement.ratio[0])
    assert 1.96 < half / np.sqrt(variance) < 2.3


@pytest.mark.parametrize("counts", [with_other_words(5), lost_words(6)], ids=["words", "no ratio"])
def test_the_flip_test_does_not_depend_on_which_system_comes_first(counts: PairedCounts) -> None:
    untestable = np.full(1, NO_REASON)
    one = compare_systems(counts, 0.15, untestable)
    other = compare_systems(exchanged(counts), 0.15, untestable)
    assert np.isfinite(one.flip_p[0])
    assert one.flip_p == pytest.approx(other.flip_p)
    assert one.judgement.ratio == pytest.approx(1 / other.judgement.ratio)


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(1, 40)), min_size=1, max_size=40)
)
def test_every_speaker_gets_worse_or_better_or_stays(rows: list[tuple[int, int, int]]) -> None:
    first, second, words = (np.array(column, np.float64) for column in zip(*rows, strict=True))
    n = len(rows)
    counts = PairedCounts(np.zeros(n, np.int64), np.arange(n), first, second, words, 1)
    found = speaker_changes(counts)
    assert found.worse[0] + found.better[0] + (first == second).sum() == n
    slow = sorted(b / w - a / w for a, b, w in rows)
    tenth = max(1, -(-n // 10))
    assert found.worst_tenth[0] == pytest.approx(sum(slow[-tenth:]) / tenth)
    assert found.best_tenth[0] <= found.median[0] + 1e-12
    assert found.median[0] <= found.worst_tenth[0] + 1e-12
