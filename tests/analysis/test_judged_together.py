"""Comparisons of one group each as one family: what is no longer shown is said to be so, by the same rule table."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analysis.attributes import Attribute
from analysis.judged_together import judged_together
from analysis.judgement import BETTER, SLIGHTLY_WORSE, UNDECIDED, WITHIN, WORSE
from analysis.metrics import METRICS
from analysis.rates import RateTable, grouped_counts, rate_table, whole_statistics
from analysis.roles import Comparator
from analysis.settings import DEFAULTS
from analysis.speaker_counts import SpeakerCounts
from analysis.verdict_reasons import ALONE_ONLY, NOT_SEEN, NOT_WORSE

ROW = 1


def table(rate: float, seed: int = 0) -> RateTable:
    """The rest and a group of 30 speakers each, whose speakers make errors at `rate` times the others'."""
    drawn = np.random.default_rng(seed)
    group, words = np.repeat([0, 1], 30), np.full(60, 400)
    errors = drawn.poisson(words * np.where(group == 1, 0.15 * rate, 0.15) * drawn.gamma(16, 1 / 16, 60))
    counts = SpeakerCounts.of(group, np.arange(60), errors.astype(float), words.astype(float), 2)
    totals = {
        "n_utterances": np.array([300, 300]),
        "n_words": np.array([12_000, 12_000]),
        "substitutions": np.bincount(group, errors, 2).astype(np.int64),
    }
    attribute = Attribute("subgroup", "content", "category", ("the rest", "subgroup"), has_missing=False)
    grouped = grouped_counts([attribute], np.array([[0], [1]]), totals, counts, Comparator("complement"))
    whole = whole_statistics(counts)
    return rate_table(METRICS["wer"], [attribute], grouped, Comparator("complement"), whole, mirrored=(0,))


def test_one_alone_stays_as_it_is() -> None:
    alone = table(1.6)
    [together] = judged_together([alone], ROW)
    for name in (
        "ratio",
        "low",
        "high",
        "p",
        "p_adjusted",
        "verdict",
        "reason",
        "detectable_ratio",
        "speakers_needed",
    ):
        assert getattr(together.judgement, name)[ROW] == pytest.approx(
            getattr(alone.judgement, name)[ROW], nan_ok=True
        )


def test_nothing_to_judge_is_nothing() -> None:
    assert judged_together([], ROW) == ()


@pytest.mark.parametrize(
    ("verdict", "low", "high", "p", "then", "why"),
    [
        (WORSE, 1.05, 1.6, 0.03, UNDECIDED, ALONE_ONLY),
        (WORSE, 1.05, 1.6, 0.0001, WORSE, None),
        (SLIGHTLY_WORSE, 1.01, 1.2, 0.03, WITHIN, NOT_WORSE),
        (SLIGHTLY_WORSE, 1.01, 1.3, 0.03, UNDECIDED, ALONE_ONLY),
        (BETTER, 0.5, 0.9, 0.03, WITHIN, NOT_WORSE),
        (UNDECIDED, 0.8, 1.6, 0.4, UNDECIDED, None),
        (WORSE, 0.99, 1.6, 0.045, UNDECIDED, NOT_SEEN),
    ],
)
def test_what_many_questions_no_longer_show(
    verdict: int, low: float, high: float, p: float, then: int, why: int | None
) -> None:
    one = table(1.3)
    held = one.judgement
    changed = {"verdict": verdict, "low": low, "high": high, "p": p}
    arrays = {name: getattr(held, name).copy() for name in changed}
    for name, value in changed.items():
        arrays[name][ROW] = value
    first = replace(one, judgement=replace(held, **arrays))
    others = [table(1.0, seed) for seed in range(1, 10)]
    found = judged_together([first, *others], ROW)[0].judgement
    assert found.verdict[ROW] == then
    assert found.reason[ROW] == (held.reason[ROW] if why is None else why)
    assert found.family_size == 10
    assert found.correction == "holm"
    assert found.p_adjusted[ROW] >= p
    assert found.detectable_ratio[ROW] > held.detectable_ratio[ROW]


def test_more_questions_never_show_more() -> None:
    tables = [table(rate, seed) for seed, rate in enumerate(np.linspace(0.6, 1.8, 13))]
    for k in range(1, len(tables) + 1):
        for alone, together in zip(tables, judged_together(tables[:k], ROW), strict=False):
            shown = alone.judgement.p[ROW] <= DEFAULTS.alpha
            assert together.judgement.p_adjusted[ROW] >= alone.judgement.p[ROW]
            if not shown:
                assert together.judgement.verdict[ROW] == alone.judgement.verdict[ROW]
