"""Which words stand out: the exact test, who is tested, one family a list, and lists where nothing differs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from analysis.speaker_counts import SpeakerCounts
from analysis.words import DISPLAY_ONLY, FEW_SPEAKERS, TESTED, word_excess
from analysis.words_exact import dispersion, exact_p_values
from analysis.words_items import SUBSTITUTION, WORD, Items, SideCounts, WordCounts
from analysis.words_jackknife import rate_difference
from tests.analysis.made_up_words import Recording, dense, made_up_recordings, tallied


def test_the_test_is_the_binomial_one_where_speakers_differ_no_more_than_chance() -> None:
    """One error for each of 14 and 6 speakers of ten words: thinner than Poisson, so nothing is divided."""
    counts = one_error_each(n_own=14, n_other=6, silent=40)
    found = rate_difference(counts.own, counts.other, counts.own.items, counts.other.items)
    assert dispersion(found, counts.own, counts.other).tolist() == [1.0]
    share = counts.own.words.sum() / (counts.own.words.sum() + counts.other.words.sum())
    tail = stats.binom.sf(13, 20, share)
    assert exact_p_values(found, counts.own, counts.other) == pytest.approx([2 * tail])


def one_error_each(n_own: int, n_other: int, silent: int) -> WordCounts:
    """One word, wrong once for some speakers of each side and never for the `silent` others of the comparator."""
    n = n_own + n_other + silent
    own = np.arange(n) < n_own
    errs = np.arange(n) < n_own + n_other

    def side(mine: np.ndarray) -> SideCounts:
        who = np.flatnonzero(mine & errs)
        ones = np.ones(len(who))
        words = np.where(mine, 10.0, 0.0)
        everyone = np.flatnonzero(mine)
        said = SpeakerCounts.of(everyone * 0, everyone, errs[everyone], np.ones(len(everyone)), 1)
        return SideCounts(words, mine, SpeakerCounts.of(who * 0, who, ones, ones * 0, 1), said)

    items = Items(np.array([WORD]), ("word",), (None,), np.array([0]))
    return WordCounts(items, side(own), side(~own))


def test_dispersion_is_that_of_a_loop() -> None:
    counts = tallied(made_up_recordings(4))
    own, other = counts.own, counts.other
    found = rate_difference(own, other, own.items, other.items)
    squares, n = 0.0, 0
    for side, rate in ((own, found.rate), (other, found.other_rate)):
        for k in np.flatnonzero(side.present):
            squares = squares + (dense(counts, side)[k] - rate * side.words[k]) ** 2
            n += 1
    plain = squares / (found.errors + found.other_errors) * n / (n - 2)
    assert dispersion(found, own, other) == pytest.approx(np.maximum(1, plain))


def test_a_word_that_one_speaker_said_is_never_tested() -> None:
    talk = [Recording(0, own=True, reference="zulu " * 30 + "home", hypothesis="home")]
    others = [Recording(k, k < 8, "home it ran", "home it ran") for k in range(20)]
    table = word_excess(tallied(talk + others), 0.5)
    assert set(table.status.tolist()) == {FEW_SPEAKERS}
    assert table.items.reference[0] == "zulu"
    assert not table.is_shown.any()


def test_each_list_is_a_family_of_its_own() -> None:
    counts = null_counts(np.random.default_rng(5))
    kinds = np.where(np.arange(len(counts.items.kind)) % 2, WORD, SUBSTITUTION)
    table = word_excess(replace(counts, items=replace(counts.items, kind=kinds)), 0.1)
    for kind in (WORD, SUBSTITUTION):
        mine = (table.items.kind == kind) & (table.status == TESTED)
        assert table.n_tested[kind] == mine.sum()
        assert table.q[mine] == pytest.approx(stats.false_discovery_control(table.p[mine]))


def test_a_group_within_its_comparator_is_for_display() -> None:
    table = word_excess(null_counts(np.random.default_rng(5)), 0.1, overlapping=True)
    assert set(table.status.tolist()) == {DISPLAY_ONLY}
    assert np.isnan(table.q).all()


def null_counts(random: np.random.Generator, n_own: int = 12, n_other: int = 60) -> WordCounts:
    """Words as frequent as in speech; speakers differ, and each in their own words, but the sides do not."""
    n_speakers, vocabulary = n_own + n_other, 600
    frequency = 1 / np.arange(1, vocabulary + 1)
    said = random.multinomial(300, frequency / frequency.sum(), size=n_speakers)
    rate = 0.08 * random.lognormal(0, 0.8, vocabulary) * random.lognormal(0, 0.4, (n_speakers, 1))
    wrong = random.binomial(said, np.clip(rate * random.lognormal(0, 0.6, said.shape), 0, 0.95))
    ever = np.flatnonzero(wrong.any(axis=0))
    said, wrong = said[:, ever], wrong[:, ever]
    own = np.arange(n_speakers) < n_own

    def side(mine: np.ndarray) -> SideCounts:
        words, speakers = np.nonzero((said * mine[:, None]).T)
        errors, times = wrong[speakers, words], said[speakers, words]
        spoken = SpeakerCounts.of(words, speakers, errors, times, len(ever))
        return SideCounts(
            (said.sum(axis=1) * mine).astype(np.float64),
            mine,
            SpeakerCounts.of(words, speakers, errors, errors * 0, len(ever)),
            spoken,
        )

    names = tuple(f"word{i}" for i in ever)
    items = Items(np.zeros(len(ever), np.int64), names, (None,) * len(ever), np.arange(len(ever)))
    return WordCounts(items, side(own), side(~own))


def test_where_sides_do_not_differ_hardly_a_list_has_a_word_that_stands_out() -> None:
    """At most 5 % of lists may have one; of 100 lists, 9 or fewer with a chance of 97 % then."""
    random = np.random.default_rng(1)
    lists = [word_excess(null_counts(random), 0.1) for _ in range(100)]
    assert min(table.n_tested[WORD] for table in lists) > 10
    assert sum(bool((table.q <= 0.05).any()) for table in lists) <= 9
