"""The metrics: hand-counted examples, sums before division, and bounds that hold whatever was recognised."""

from __future__ import annotations

from math import isclose

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.intervals import group_statistics, rate_intervals
from analysis.metrics import COUNTS, DEFAULT_METRIC, METRICS, UnknownMetric, metric
from tests.analysis.speaker_loops import speaker_counts

Counts = dict[str, int]

# Three recordings: H S D I = 6 2 1 3, 0 0 4 0 (nothing written), 5 0 0 0.
THREE = {
    "n_utterances": 3,
    "n_words": 18,
    "n_hypothesis_words": 16,
    "substitutions": 2,
    "deletions": 5,
    "insertions": 3,
    "empty_outputs": 1,
    "wrong_utterances": 2,
}


@st.composite
def utterances(draw: st.DrawFn) -> Counts:
    """The counts of one recording, as an alignment can give them."""
    hits, s, d, i = (draw(st.integers(0, 12)) for _ in range(4))
    return {
        "n_utterances": 1,
        "n_words": hits + s + d,
        "n_hypothesis_words": hits + s + i,
        "substitutions": s,
        "deletions": d,
        "insertions": i,
        "empty_outputs": int(hits + s + i == 0 and d > 0),
        "wrong_utterances": int(s + d + i > 0),
    }


def added(parts: list[Counts]) -> Counts:
    return {name: sum(part[name] for part in parts) for name in COUNTS}


def value(name: str, counts: Counts) -> float:
    chosen = METRICS[name]
    return float(chosen.errors(counts) / chosen.size(counts))


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("wer", 10 / 18),
        ("substitution-rate", 2 / 18),
        ("deletion-rate", 5 / 18),
        ("insertion-rate", 3 / 18),
        ("word-f1-error", 12 / 34),
        ("sentence-error-rate", 2 / 3),
        ("empty-output-rate", 1 / 3),
    ],
)
def test_hand_counted_values(name: str, wanted: float) -> None:
    assert value(name, THREE) == pytest.approx(wanted)


def test_every_metric_has_a_hand_counted_value() -> None:
    listed = test_hand_counted_values.pytestmark[0].args[1]  # type: ignore[attr-defined]
    assert {name for name, _ in listed} == set(METRICS)
    assert DEFAULT_METRIC in METRICS


@given(utterances())
def test_the_f1_error_is_one_minus_f1_of_the_words_recognised(counts: Counts) -> None:
    hits = counts["n_words"] - counts["substitutions"] - counts["deletions"]
    if hits:
        precision, recall = hits / counts["n_hypothesis_words"], hits / counts["n_words"]
        assert isclose(value("word-f1-error", counts), 1 - 2 / (1 / precision + 1 / recall), abs_tol=1e-12)


@given(utterances().filter(lambda counts: counts["n_words"] > 0))
def test_the_word_error_rate_is_the_sum_of_its_three_parts(counts: Counts) -> None:
    parts = sum(value(name, counts) for name in ("substitution-rate", "deletion-rate", "insertion-rate"))
    assert isclose(value("wer", counts), parts)


@given(st.lists(utterances(), min_size=4, max_size=12))
def test_bounded_metrics_and_their_intervals_stay_between_0_and_1(recordings: list[Counts]) -> None:
    for chosen in METRICS.values():
        rows = [
            (0, k, float(chosen.errors(one)), float(chosen.size(one))) for k, one in enumerate(recordings)
        ]
        found = group_statistics(speaker_counts(rows, 1))
        interval = rate_intervals(found, 1.5, bounded=chosen.bounded)
        for number in (found.rate[0], interval.low[0], interval.high[0]):
            assert np.isnan(number) or number >= 0
            assert np.isnan(number) or not chosen.bounded or number <= 1 + 1e-12


@pytest.mark.parametrize("name", [name for name, one in METRICS.items() if not one.bounded])
def test_a_metric_not_called_bounded_can_exceed_1(name: str) -> None:
    talkative = added([THREE]) | {"insertions": 99, "n_hypothesis_words": 112}
    assert value(name, talkative) > 1


@given(st.lists(utterances(), min_size=1, max_size=6))
def test_counts_are_added_before_they_are_divided(recordings: list[Counts]) -> None:
    for chosen in METRICS.values():
        columns = {name: np.array([one[name] for one in recordings]) for name in COUNTS}
        assert chosen.errors(columns).sum() == chosen.errors(added(recordings))
        assert chosen.size(columns).sum() == chosen.size(added(recordings))


def test_metrics_use_counts_that_are_stored_and_say_what_they_are() -> None:
    for name, chosen in METRICS.items():
        assert chosen.id == name
        assert {*(part for part, _ in chosen.numerator), *chosen.denominator} <= set(COUNTS)
        assert chosen.sentence.endswith(".")
        assert chosen.label
        assert chosen.unit


def test_an_unknown_metric_names_the_known_ones() -> None:
    assert metric("wer") is METRICS["wer"]
    with pytest.raises(
        UnknownMetric, match=r"no metric 'word-f1'\. Did you mean 'word-f1-error'\?.*Known: wer"
    ):
        metric("word-f1")
