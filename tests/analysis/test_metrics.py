"""The metrics: hand-counted examples, sums before division, and bounds that hold whatever was recognised."""

from __future__ import annotations

from math import isclose

import jiwer
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from analysis.align import align_texts
from analysis.intervals import group_statistics, rate_intervals
from analysis.metrics import COUNTS, DEFAULT_METRIC, METRICS, MORE_COUNTS, UnknownMetric, metric

Counts = dict[str, int]

# Three recordings: H S D I = 6 2 1 3, 0 0 4 0 (nothing written), 5 0 0 0; 90 characters with 25 errors; 4 keywords, 1 missed.
THREE = {
    "n_utterances": 3,
    "n_words": 18,
    "n_hypothesis_words": 16,
    "substitutions": 2,
    "deletions": 5,
    "insertions": 3,
    "empty_outputs": 1,
    "wrong_utterances": 2,
    "catastrophic_utterances": 2,
    "n_characters": 90,
    "character_errors": 25,
    "n_keywords": 4,
    "keyword_misses": 1,
}
SUMS = tuple(THREE)


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
        "catastrophic_utterances": int(s + d + i > (hits + s + d) / 2),
        "n_characters": 5 * (hits + s + d),
        "character_errors": s + 5 * d + 5 * i,
        "n_keywords": (hits + s + d) // 4,
        "keyword_misses": min((hits + s + d) // 4, s + d),
    }


def added(parts: list[Counts]) -> Counts:
    return {name: sum(part[name] for part in parts) for name in SUMS}


def value(name: str, counts: Counts) -> float:
    return float(METRICS[name].value(counts))


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
        ("cer", 25 / 90),
        ("mer", 10 / 21),
        ("wil", 1 - (11 / 18) * (11 / 16)),
        ("catastrophic-rate", 2 / 3),
        ("keyword-miss-rate", 1 / 4),
    ],
)
def test_hand_counted_values(name: str, wanted: float) -> None:
    assert value(name, THREE) == pytest.approx(wanted)


def test_every_metric_has_a_hand_counted_value() -> None:
    listed = test_hand_counted_values.pytestmark[0].args[1]  # type: ignore[attr-defined]
    assert {name for name, _ in listed} == set(METRICS)
    assert DEFAULT_METRIC in METRICS


LISTS = st.lists(
    st.tuples(
        *(st.lists(st.sampled_from("abcd"), min_size=least, max_size=8).map(" ".join) for least in (1, 0))
    ),
    min_size=1,
    max_size=5,
)


@given(LISTS)
def test_rates_of_words_are_those_of_jiwer_over_a_list(pairs: list[tuple[str, str]]) -> None:
    references, hypotheses = (list(side) for side in zip(*pairs, strict=True))
    wanted = jiwer.process_words(references, hypotheses)
    aligned = align_texts(pa.array(references), pa.array(hypotheses))
    names = ("n_words", "n_hypothesis_words", "substitutions", "deletions", "insertions")
    counts = {name: int(getattr(aligned, name).sum()) for name in names}
    for name in ("wer", "mer", "wil"):
        assert isclose(value(name, counts), getattr(wanted, name), abs_tol=1e-12), name


@given(LISTS)
def test_the_character_error_rate_is_that_of_jiwer_over_a_list(pairs: list[tuple[str, str]]) -> None:
    references, hypotheses = (list(side) for side in zip(*pairs, strict=True))
    wanted = jiwer.process_characters(references, hypotheses)
    errors = sum(Levenshtein.distance(*pair) for pair in pairs)
    counts = {"character_errors": errors, "n_characters": sum(map(len, references))}
    assert isclose(value("cer", counts), wanted.cer, abs_tol=1e-12)


def test_nothing_written_loses_all_word_information() -> None:
    nothing = dict.fromkeys(SUMS, 0) | {"n_words": 7, "deletions": 7}
    assert value("wil", nothing) == 1
    assert np.isnan(value("wil", dict.fromkeys(SUMS, 0)))


@given(utterances().filter(lambda counts: counts["n_words"] > 0))
def test_word_information_loss_is_never_below_the_match_error_rate(counts: Counts) -> None:
    assert value("wil", counts) >= value("mer", counts) - 1e-12


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
        columns = {name: np.array([one[name] for one in recordings]) for name in SUMS}
        speakers = np.arange(len(recordings))
        found = group_statistics(chosen.by_speaker(np.zeros_like(speakers), speakers, columns, 1))
        interval = rate_intervals(found, 1.5, bounded=chosen.bounded)
        for number in (found.rate[0], interval.low[0], interval.high[0]):
            assert np.isnan(number) or number >= 0
            assert np.isnan(number) or not chosen.bounded or number <= 1 + 1e-12


@pytest.mark.parametrize("name", [name for name, one in METRICS.items() if not one.bounded])
def test_a_metric_not_called_bounded_can_exceed_1(name: str) -> None:
    talkative = added([THREE]) | {"insertions": 99, "n_hypothesis_words": 112, "character_errors": 500}
    assert value(name, talkative) > 1


@given(st.lists(utterances(), min_size=1, max_size=6))
def test_counts_are_added_before_they_are_divided(recordings: list[Counts]) -> None:
    for chosen in METRICS.values():
        columns = {name: np.array([one[name] for one in recordings]) for name in SUMS}
        assert chosen.errors(columns).sum() == chosen.errors(added(recordings))
        assert chosen.size(columns).sum() == chosen.size(added(recordings))


def test_metrics_use_counts_that_are_stored_and_say_what_they_are() -> None:
    for name, chosen in METRICS.items():
        assert chosen.id == name
        assert set(chosen.counts) <= {*COUNTS, *MORE_COUNTS}
        assert (chosen.direction, chosen.link) == ("higher is worse", "log")
        assert chosen.sentence.endswith(".")
        assert chosen.label
        assert chosen.unit


def test_an_unknown_metric_names_the_known_ones() -> None:
    assert metric("wer") is METRICS["wer"]
    with pytest.raises(
        UnknownMetric, match=r"no metric 'word-f1'\. Did you mean 'word-f1-error'\?.*Known: wer"
    ):
        metric("word-f1")
