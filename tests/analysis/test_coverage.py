"""Coverage of combinations and plans: numbers worked out by hand, a slow oracle, and what must always hold."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.attributes import Attribute
from analysis.coverage import (
    Collection,
    Z,
    coverage_of,
    half_width,
    next_sessions,
    smallest_missing,
    speaker_variance,
    still_too_few,
)
from analysis.intervals import group_statistics
from analysis.settings import DEFAULTS
from analysis.speaker_counts import SpeakerCounts

TWO = DEFAULTS.with_overrides({"min_speakers": 2})


def attribute(name: str, levels: str) -> Attribute:
    return Attribute(name, "speaker" if name == "accent" else "condition", "category", tuple(levels), False)


ACCENT, NOISE, DEVICE = attribute("accent", "AB"), attribute("noise", "qs"), attribute("device", "ph")
# Speakers 0 and 1 have accent A and were recorded everywhere; 2 and 3 have accent B, quiet only,
# and only speaker 2 on the second device.
RECORDED = [
    *((0, n, d, s) for n, d, s in itertools.product((0, 1), (0, 1), (0, 1))),
    *((1, 0, 0, s) for s in (2, 3)),
    (1, 0, 1, 2),
]
CODES = np.array([row[:3] for row in RECORDED])
SPEAKER = np.array([row[3] for row in RECORDED])


@pytest.mark.parametrize(
    ("t", "combinations", "covered", "missing"),
    [
        (1, 6, 6, []),
        # B·street has nobody, B on the second device one person.
        (2, 12, 10, [{"accent": "B", "noise": "s"}, {"accent": "B", "device": "h"}]),
        (3, 8, 5, ["Bqh", "Bsp", "Bsh"]),
    ],
)
def test_combinations_are_counted_as_by_hand(
    t: int, combinations: int, covered: int, missing: list[object]
) -> None:
    order = coverage_of([ACCENT, NOISE, DEVICE], CODES, SPEAKER, t, TWO)
    assert (order.combinations, order.covered) == (combinations, covered)
    assert order.share == covered / combinations
    named = [one if t < 3 else "".join(one.values()) for one in order.missing]
    assert named == missing


def test_what_is_missing_comes_down_to_its_smallest_parts() -> None:
    orders = [coverage_of([ACCENT, NOISE, DEVICE], CODES, SPEAKER, t, TWO) for t in (3, 1, 2)]
    assert smallest_missing(orders) == ({"accent": "B", "noise": "s"}, {"accent": "B", "device": "h"})


def test_a_planned_group_that_the_data_lack_is_missing() -> None:
    order = coverage_of([ACCENT], CODES[:, :1], SPEAKER, 1, TWO, planned={"accent": ("C",)})
    assert (order.combinations, order.missing) == (3, ({"accent": "C"},))


def test_fewer_attributes_than_asked_for_have_no_share() -> None:
    assert coverage_of([ACCENT], CODES[:, :1], SPEAKER, 2, TWO).share is None


def test_recordings_without_a_value_cover_nothing() -> None:
    order = coverage_of([ACCENT], np.array([[-1], [-1]]), np.array([0, 1]), 1, TWO)
    assert order.covered == 0


rows = st.lists(st.tuples(st.integers(-1, 2), st.integers(-1, 1), st.integers(0, 5)), max_size=40)


@given(rows, st.integers(1, 2))
def test_coverage_is_what_plain_loops_find(recorded: list[tuple[int, int, int]], t: int) -> None:
    attributes = [attribute("accent", "ABC"), attribute("noise", "qs")]
    codes = np.array([row[:2] for row in recorded], np.int64).reshape(-1, 2)
    speaker = np.array([row[2] for row in recorded], np.int64)
    order = coverage_of(attributes, codes, speaker, t, TWO)
    wanted = []
    for chosen in itertools.combinations((0, 1), t):
        for groups in itertools.product(*(range(len(attributes[c].levels)) for c in chosen)):
            who = {
                row[2] for row in recorded if all(row[c] == g for c, g in zip(chosen, groups, strict=True))
            }
            if len(who) < 2:
                wanted.append(
                    {attributes[c].name: attributes[c].levels[g] for c, g in zip(chosen, groups, strict=True)}
                )
    assert list(order.missing) == wanted
    assert order.covered == order.combinations - len(wanted)


@given(rows)
def test_what_is_covered_together_is_covered_apart(recorded: list[tuple[int, int, int]]) -> None:
    attributes = [attribute("accent", "ABC"), attribute("noise", "qs")]
    codes = np.array([row[:2] for row in recorded], np.int64).reshape(-1, 2)
    speaker = np.array([row[2] for row in recorded], np.int64)
    one, two = (coverage_of(attributes, codes, speaker, t, TWO) for t in (1, 2))
    for single in one.missing:
        assert sum(single.items() <= pair.items() for pair in two.missing) == (2 if "accent" in single else 3)


# ------------------------------------------------------------------ plans


def collection(speakers: list[list[float]], variance: float | None = 0.25) -> Collection:
    table = np.array(speakers, float)
    profiles = tuple({"accent": f"a{i}"} for i in range(table.shape[0]))
    conditions = tuple({"noise": f"n{i}"} for i in range(table.shape[1]))
    return Collection(profiles, conditions, table, np.ones_like(table), variance)


def test_a_width_is_that_of_a_mean_of_speakers() -> None:
    known = half_width(np.array([4.0]), collection([[4.0]], variance=0.25))
    assert known[0] == pytest.approx(Z * 0.5 / 2)


@given(st.floats(0.01, 9), st.integers(0, 40))
def test_one_more_speaker_never_widens_an_interval(variance: float, n: int) -> None:
    widths = half_width(np.array([n, n + 1.0]), collection([[1.0]], variance))
    assert widths[1] <= widths[0] + 1e-12


def test_what_nobody_was_recorded_in_comes_first() -> None:
    first = next_sessions(collection([[20, 20], [20, 0]]), most=1)[0]
    assert first.profile == {"accent": "a1"}
    assert {"noise": "n1"} in first.conditions
    assert first.untested == 1
    assert first.half_width_after < first.half_width_before


@pytest.mark.parametrize("variance", [0.05, 0.5, 5.0, 50.0])
def test_an_empty_cell_is_proposed_however_much_speakers_differ(variance: float) -> None:
    assert next_sessions(collection([[0.0]], variance), most=1)


def test_nothing_is_proposed_where_all_is_fine_enough() -> None:
    assert next_sessions(collection([[1e6, 1e6]])) == []


@given(st.lists(st.lists(st.integers(0, 30), min_size=2, max_size=2), min_size=2, max_size=3))
def test_a_first_step_is_the_best_there_is(speakers: list[list[int]]) -> None:
    known = collection([[float(n) for n in row] for row in speakers])
    sessions = next_sessions(known, most=1, at_once=5, in_each=2)

    def loss(table: np.ndarray) -> float:
        return float(np.maximum(0, half_width(table, known) - 0.15).sum())

    gains = []
    for profile in range(len(speakers)):
        more, added = known.speakers.copy(), max(5, 10 - min(speakers[profile]))
        more[profile] += added
        gains.append((loss(known.speakers) - loss(more)) / added)
    if not sessions:
        assert max(gains) <= 1e-12
        return
    chosen = int(sessions[0].profile["accent"][1:])
    assert gains[chosen] == pytest.approx(max(gains))


def test_the_spread_of_speakers_is_their_variance_in_a_balanced_group() -> None:
    """With equal words, the jackknife variance of a mean times its speakers is the variance of one, by hand."""
    errors = np.array([8, 9, 10, 11, 12] * 4, float)
    n = len(errors)
    counts = SpeakerCounts.of(np.zeros(n, int), np.arange(n), errors, np.full(n, 100.0), 1)
    found = speaker_variance(group_statistics(counts))
    assert found == pytest.approx(errors.var(ddof=1) / errors.mean() ** 2, rel=0.01)


def test_too_few_speakers_tell_nothing_about_the_spread() -> None:
    n = DEFAULTS.min_speakers - 1
    counts = SpeakerCounts.of(np.zeros(n, int), np.arange(n), np.arange(1.0, n + 1), np.full(n, 50.0), 1)
    assert speaker_variance(group_statistics(counts)) is None


def test_between_equals_a_plan_goes_round() -> None:
    sessions = next_sessions(collection([[10, 10]] * 3), most=3, in_each=1)
    assert [session.profile["accent"] for session in sessions] == ["a0", "a1", "a2"]


def test_sessions_of_one_profile_tell_the_width_after_the_whole_plan() -> None:
    known = collection([[0.0]])
    [session] = next_sessions(known, most=3, at_once=5)
    assert session.speakers == 10 + 5 + 5
    assert session.half_width_after == pytest.approx(Z * 0.5 / 20**0.5)


@given(
    st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=1, max_size=4), st.integers(1, 12)
)
def test_whoever_is_proposed_can_be_judged_afterwards(speakers: list[list[int]], most: int) -> None:
    known = collection([[float(n) for n in row] for row in speakers])
    sessions = next_sessions(known, most=most, in_each=2)
    after = known.speakers.copy()
    for one in sessions:
        row = int(one.profile["accent"][1:])
        columns = [int(condition["noise"][1:]) for condition in one.conditions]
        after[row, columns] += one.speakers
    for one in sessions:
        row = int(one.profile["accent"][1:])
        columns = [int(condition["noise"][1:]) for condition in one.conditions]
        assert one.speakers_after == after[row, columns].min() >= DEFAULTS.min_speakers
    assert still_too_few(known, sessions) == (after < DEFAULTS.min_speakers).sum()


def test_where_nobody_tells_how_much_speakers_differ_the_plan_still_reaches_the_minimum() -> None:
    [session] = next_sessions(collection([[4.0, 0.0]], variance=None), most=1)
    assert (session.speakers, session.speakers_after) == (10, 10)
    assert session.half_width_before is None
    assert session.half_width_after is None
