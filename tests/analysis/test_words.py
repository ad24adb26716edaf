"""Words behind an excess: counts, intervals, tests and parts, each against a hand-worked number or a plain loop."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.comparisons import contrast_statistics
from analysis.intervals import group_statistics
from analysis.speaker_counts import SpeakerCounts
from analysis.words import (
    whole_difference,
    word_excess,
)
from analysis.words_exact import exact_p_values
from analysis.words_items import KINDS, WORD, Item
from analysis.words_jackknife import rate_difference
from analysis.words_parts import excess_parts
from analysis.words_tally import WordTally
from tests.analysis.made_up_words import (
    Recording,
    by_item,
    chunk_of,
    dense,
    made_up_recordings,
    slowly_counted,
    tallied,
)

HAND = [
    Recording(0, own=True, reference="a b c", hypothesis="a x c"),
    Recording(1, own=True, reference="a b d", hypothesis="a"),
    Recording(2, own=False, reference="a c", hypothesis="a c"),
    Recording(3, own=False, reference="b b", hypothesis="b b e"),
    Recording(3, own=False, reference="", hypothesis="z"),
]
CLOSE = {"rel": 1e-9, "abs": 1e-12}


def test_a_hand_worked_example() -> None:
    counts = tallied(HAND)
    assert dict(by_item(counts)) == {
        (True, "word", "b", None, 0): 1,
        (True, "word", "b", None, 1): 1,
        (True, "word", "d", None, 1): 1,
        (True, "substitution", "b", "x", 0): 1,
        (True, "deletion", "b", None, 1): 1,
        (True, "deletion", "d", None, 1): 1,
        (False, "insertion", None, "e", 3): 1,
        (False, "insertion", None, "z", 3): 1,
        (True, "phrase", "b d", None, 1): 1,
    }
    table = word_excess(counts, 0.5)
    assert [table.items[i] for i in range(len(table))] == [Item("word", "b", None)]
    assert (table.rate[0], table.other_rate[0]) == pytest.approx((2 / 6, 0.0))
    assert (table.said[0], table.other_said[0]) == (2, 2)
    # b is wrong always against never, and makes 2 of 6 against 2 of 4 words: (1 - 0)(1/3 + 1/2) / 2.
    assert excess_parts(counts, 2.0, 0.95).excess == pytest.approx([5 / 12, 1 / 2 - 5 / 12, -1 / 2])


@pytest.mark.parametrize("seed", range(6))
def test_counts_are_those_of_jiwer_and_a_loop(seed: int) -> None:
    recordings = made_up_recordings(seed)
    assert by_item(tallied(recordings)) == slowly_counted(recordings)


def test_times_said_are_those_of_a_loop() -> None:
    recordings = made_up_recordings(1)
    counts = tallied(recordings)
    for own, side in ((True, counts.own), (False, counts.other)):
        times = side.said.total(side.said.denominator)
        for i in np.flatnonzero(counts.items.kind == WORD):
            word = counts.items.reference[i]
            said = sum(one.reference.split().count(str(word)) for one in recordings if one.own == own)
            assert times[counts.items.word[i]] == said


@given(st.integers(0, 1000), st.integers(1, 20))
@settings(max_examples=25, deadline=None)
def test_neither_order_nor_chunks_of_recordings_change_anything(seed: int, chunk: int) -> None:
    recordings = made_up_recordings(seed, n_speakers=8, per_speaker=3)
    shuffled = [recordings[i] for i in np.random.default_rng(seed).permutation(len(recordings))]
    whole, parts = tallied(recordings), tallied(shuffled, chunk=chunk)
    assert by_item(whole) == by_item(parts)
    assert excess_parts(whole, 5.0, 0.95).excess.tolist() == excess_parts(parts, 5.0, 0.95).excess.tolist()
    one, other = word_excess(whole, 0.1), word_excess(parts, 0.1)
    assert one.items.reference == other.items.reference
    assert one.low.tobytes() == other.low.tobytes()


@given(st.integers(0, 1000))
@settings(max_examples=25, deadline=None)
def test_swapping_the_sides_changes_signs_only(seed: int) -> None:
    recordings = made_up_recordings(seed)
    there, back = tallied(recordings), tallied(recordings, "other")
    one, other = (rate_difference(c.own, c.other, c.own.items, c.other.items) for c in (there, back))
    assert one.difference == pytest.approx(-other.difference, **CLOSE)
    assert one.variance == pytest.approx(other.variance, rel=1e-7, nan_ok=True)
    assert exact_p_values(one, there.own, there.other) == pytest.approx(
        exact_p_values(other, back.own, back.other), **CLOSE
    )
    assert excess_parts(there, 5.0, 0.95).excess == pytest.approx(
        -excess_parts(back, 5.0, 0.95).excess, **CLOSE
    )


@given(st.integers(0, 1000))
@settings(max_examples=25, deadline=None)
def test_parts_and_kinds_add_up_to_the_whole(seed: int) -> None:
    counts = tallied(made_up_recordings(seed))
    found = rate_difference(counts.own, counts.other, counts.own.items, counts.other.items)
    whole = float(whole_difference(counts).difference[0])
    kinds = [float(found.difference[counts.items.kind == kind].sum()) for kind in range(len(KINDS))]
    assert sum(kinds[1:4]) == pytest.approx(whole, **CLOSE)
    assert kinds[WORD] == pytest.approx(kinds[1] + kinds[2], **CLOSE)
    assert excess_parts(counts, 5.0, 0.95).excess.sum() == pytest.approx(whole, **CLOSE)


@pytest.mark.parametrize("seed", range(4))
def test_the_variance_is_that_of_a_loop_over_speakers(seed: int) -> None:
    counts = tallied(made_up_recordings(seed))
    own, other = counts.own, counts.other
    found = rate_difference(own, other, own.items, other.items)
    speakers = np.flatnonzero(own.present | other.present)
    without = []
    for k in speakers:
        left = np.arange(len(own.words)) != k
        rate = dense(counts, own)[left].sum(axis=0) / own.words[left].sum()
        without.append(rate - dense(counts, other)[left].sum(axis=0) / other.words[left].sum())
    table = np.array(without)
    k = len(speakers)
    assert found.variance == pytest.approx(
        (k - 1) / k * ((table - table.mean(axis=0)) ** 2).sum(axis=0), rel=1e-9
    )


def test_the_whole_is_contrasted_as_every_rate_is() -> None:
    counts = tallied(made_up_recordings(2))
    sides = []
    for side in (counts.own, counts.other):
        errors = dense(counts, side)[:, np.isin(counts.items.kind, (1, 2, 3))].sum(axis=1)
        sides.append(SpeakerCounts.of(np.zeros(len(errors)), np.arange(len(errors)), errors, side.words, 1))
    contrast = contrast_statistics(
        sides[0], group_statistics(sides[0]), sides[1], np.zeros(1, np.int64), without_group=False
    )
    assert whole_difference(counts).variance == pytest.approx(contrast.difference_variance, rel=1e-9)


def parts_again(recordings: list[Recording]) -> list[float]:
    """The three parts by a loop over words."""
    errors = slowly_counted(recordings)
    n = {
        own: sum(len(one.reference.split()) for one in recordings if one.own == own) for own in (True, False)
    }
    words = {key[2] for key in errors if key[1] == "word"}
    same = whole = 0.0
    for word in words:
        wrong = {own: sum(v for k, v in errors.items() if k[:3] == (own, "word", word)) for own in n}
        said = {
            own: sum(one.reference.split().count(str(word)) for one in recordings if one.own == own)
            for own in n
        }
        whole += wrong[True] / n[True] - wrong[False] / n[False]
        if said[True] and said[False]:
            rates = wrong[True] / said[True] - wrong[False] / said[False]
            same += rates * (said[True] / n[True] + said[False] / n[False]) / 2
    added = {own: sum(v for k, v in errors.items() if k[:2] == (own, "insertion")) for own in n}
    return [same, whole - same, added[True] / n[True] - added[False] / n[False]]


def test_parts_and_their_intervals_are_those_of_a_loop() -> None:
    recordings = made_up_recordings(3)
    found = excess_parts(tallied(recordings), 7.0, 0.95)
    assert found.excess == pytest.approx(parts_again(recordings), **CLOSE)
    speakers = sorted({one.speaker for one in recordings if one.reference or one.hypothesis})
    without = np.array([parts_again([one for one in recordings if one.speaker != k]) for k in speakers])
    k = len(speakers)
    variance = (k - 1) / k * ((without - without.mean(axis=0)) ** 2).sum(axis=0)
    half = stats.t.ppf(0.975, 7) * np.sqrt(variance)
    assert found.low == pytest.approx(found.excess - half, rel=1e-9)
    assert found.high == pytest.approx(found.excess + half, rel=1e-9)


def test_recordings_with_an_item_are_found() -> None:
    recordings = made_up_recordings(6)
    for key in list(slowly_counted(recordings))[:40]:
        item = Item(*key[1:4])
        found = WordTally(1).recordings_with(
            replace(chunk_of(recordings), speaker=np.zeros(60, np.int64)), item
        )
        wanted = [
            i for i, one in enumerate(recordings) if any(k[1:4] == key[1:4] for k in slowly_counted([one]))
        ]
        assert found.tolist() == wanted
    nothing = Item("word", "never said", None)
    assert WordTally(1).recordings_with(chunk_of(recordings), nothing).tolist() == []
