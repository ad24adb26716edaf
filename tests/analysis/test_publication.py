"""The published table: by hand, against the exact one, and what always holds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from analysis.hidden_rows import with_rows_hidden
from analysis.judgement import UNDECIDED
from analysis.publication import published as published_rows
from analysis.publication import published_counts
from analysis.rates import NOBODY, SUPPRESSED, RateTable
from analysis.roles import Comparator
from analysis.settings import DEFAULTS
from tests.analysis.small_evaluations import ACCENT, LENIENT, NOISE, Recording, evaluations, table

SOME = replace(LENIENT, public_min_speakers=3)


def spoken(accent: int, n_speakers: int, first: int, errors: int = 123, words: int = 1234) -> list[Recording]:
    return [
        ({"accent": accent, "noise": 0, "device": 0}, first + k, errors + k, words) for k in range(n_speakers)
    ]


def three_accents(n_welsh: int) -> RateTable:
    recordings = [*spoken(0, 23, 0), *spoken(1, 12, 100, errors=200), *spoken(2, n_welsh, 200)]
    return table(recordings, [ACCENT], settings=DEFAULTS)


def published(exact: RateTable) -> RateTable:
    """With groups of fewer than the minimum withheld, and the smallest other one beside a single one."""
    people = exact.statistics.n_speakers
    hidden = (people > 0) & (people < exact.settings.public_min_speakers)
    if hidden.sum() == 1:
        hidden[np.argmin(np.where(hidden | (people == 0), 10**6, people))] = True
    return published_rows(exact, hidden)


def significant(value: float) -> float:
    """Three digits, and no finer than the tenth of a percentage point that is printed."""
    return float(f"{100 * value:.1f}") / 100 if abs(value) < 1 else float(f"{value:.3g}")


def test_numbers_are_rounded_and_speakers_go_down_to_fives() -> None:
    exact = three_accents(10)
    shown = published(exact)
    assert shown.statistics.n_speakers[:3].tolist() == [20, 10, 10]
    assert shown.totals["n_words"][0] == 28_400
    assert shown.statistics.rate[:3] == pytest.approx([significant(r) for r in exact.statistics.rate[:3]])
    assert shown.intervals.low[0] == significant(exact.intervals.low[0])
    assert shown.judgement.ratio[1] == round(exact.judgement.ratio[1], 2)
    assert shown.judgement.verdict.tolist() == exact.judgement.verdict.tolist()


def test_a_small_group_and_the_one_that_would_give_it_away_have_no_number() -> None:
    shown = published(three_accents(4))
    assert shown.status[:3].tolist() == [0, SUPPRESSED, SUPPRESSED]
    for i in (1, 2):
        assert np.isnan(shown.statistics.rate[i])
        assert np.isnan(shown.judgement.ratio[i])
        assert shown.judgement.verdict[i] == UNDECIDED
        assert shown.count("errors", i) == 0
    reason = shown.judgement.reason_text(2, shown.settings)
    assert reason == "withheld: fewer than 10 speakers, or it would give another group away"


def test_speakers_needed_and_effective_speakers_do_not_tell_how_many_there_are() -> None:
    shown = published(three_accents(10))
    needed = shown.judgement.speakers_needed
    assert (needed[np.isfinite(needed)] % 5 == 0).all()
    assert (shown.statistics.effective_speakers % 5 == 0).all()
    assert (shown.statistics.largest_share == 0).all()


def test_where_all_that_is_selected_is_withheld_nothing_is_compared_with_it() -> None:
    exact = three_accents(12)
    shown = published_rows(exact, np.zeros(len(exact), bool), filtered=True, whole_hidden=True)
    assert np.isnan(shown.judgement.ratio).all()
    assert np.isnan(shown.contrast.rate).all()
    assert np.isfinite(shown.statistics.rate[0])
    assert shown.judgement.reason_text(0, shown.settings) == "whom it would be compared with is withheld"


def test_peers_within_a_selection_are_not_told_where_one_of_them_is_withheld() -> None:
    recordings = [
        ({"accent": accent, "noise": noise, "device": 0}, 100 * accent + k, 123, 1234)
        for accent in range(3)
        for noise in range(2)
        for k in range(12)
    ]
    exact = table(recordings, [ACCENT, NOISE], settings=DEFAULTS)
    hidden = (exact.codes[:, 0] == 0) & (exact.codes[:, 1] == 0)
    told = np.isfinite(published_rows(exact, hidden, filtered=True).judgement.ratio)
    recorded = exact.statistics.n_speakers > 0
    assert not told[recorded & (exact.codes[:, 1] == 0)].any()
    assert told[recorded & (exact.codes[:, 1] == 1)].all()


def test_totals_of_an_evaluation_are_rounded_alike() -> None:
    counts = {"speakers": 123, "utterances": 1234, "scored": {"System A": 1233}}
    assert published_counts(counts) == {"speakers": 120, "utterances": 1230, "scored": {"System A": 1230}}


def test_a_withheld_reference_is_not_given_away_by_ratios_to_it() -> None:
    recordings = [*spoken(0, 23, 0), *spoken(1, 12, 100), *spoken(2, 4, 200)]
    shown = published(table(recordings, [ACCENT], Comparator("reference", "accent", "welsh"), DEFAULTS))
    assert np.isnan(shown.judgement.ratio).all()
    assert np.isfinite(shown.statistics.rate[0])


def test_a_withheld_reference_that_a_filter_hides_is_not_given_away_either() -> None:
    recordings = [*spoken(0, 23, 0), *spoken(1, 12, 100), *spoken(2, 4, 200)]
    exact = table(recordings, [ACCENT], Comparator("reference", "accent", "welsh"), DEFAULTS)
    withheld = exact.codes[:, 0] == 2
    shown = published_rows(with_rows_hidden(exact, exact.codes[:, 0] == 0), withheld)
    assert np.isnan(shown.judgement.ratio).all()
    assert np.isnan(shown.contrast.rate).all()
    assert np.isfinite(shown.statistics.rate[0])
    assert shown.judgement.reason_text(0, shown.settings) == "whom it would be compared with is withheld"
    assert shown.status[withheld].tolist() == [NOBODY]


@given(evaluations())
def test_what_is_published_is_the_exact_number_rounded_and_nobody_few(recordings: list[Recording]) -> None:
    exact = table(recordings, [ACCENT, NOISE], settings=SOME)
    shown = published(exact)
    open_rows = (shown.status != SUPPRESSED) & (shown.status != NOBODY)
    assert (exact.statistics.n_speakers[open_rows] >= 3).all()
    assert shown.statistics.rate[open_rows] == pytest.approx(
        np.array([significant(rate) for rate in exact.statistics.rate[open_rows]]), nan_ok=True
    )
    withheld = shown.status == SUPPRESSED
    assert np.isnan(shown.statistics.rate[withheld]).all()
    assert np.isnan(shown.intervals.low[withheld]).all()
    assert all((values[withheld] == 0).all() for values in shown.totals.values())
    assert (shown.statistics.n_speakers % 5 == 0).all()


@given(evaluations())
def test_publishing_twice_is_publishing_once(recordings: list[Recording]) -> None:
    everybody = replace(LENIENT, public_min_speakers=0)
    once = published(table(recordings, [ACCENT], settings=everybody))
    twice = published(once)
    assert once.statistics.rate == pytest.approx(twice.statistics.rate, nan_ok=True)
    assert once.judgement.ratio.tolist() == pytest.approx(twice.judgement.ratio.tolist(), nan_ok=True)


@given(evaluations())
def test_a_published_rate_is_written_with_the_digits_that_are_printed_and_no_more(
    recordings: list[Recording],
) -> None:
    shown = published(table(recordings, [ACCENT], settings=replace(LENIENT, public_min_speakers=0)))
    for rates in (shown.statistics.rate, shown.contrast.rate, shown.intervals.low, shown.intervals.high):
        assert all(rate == float(f"{rate:.5g}") for rate in rates[np.isfinite(rates)].tolist())


def test_the_sum_of_errors_is_rounded_once_and_not_the_sum_of_rounded_kinds() -> None:
    exact = three_accents(10)
    kinds = {"substitutions": 1004, "deletions": 1004, "insertions": 1004}
    totals = {**exact.totals, **{name: np.full(len(exact), n) for name, n in kinds.items()}}
    totals.pop("errors", None)
    nobody = np.zeros(len(exact), bool)
    shown = published_rows(replace(exact, totals=totals), nobody)
    assert [shown.count(name, 0) for name in kinds] == [1000, 1000, 1000]
    assert shown.count("errors", 0) == 3010
    assert published_rows(replace(exact, totals=totals), nobody, digits="three").count("errors", 0) == 3000
