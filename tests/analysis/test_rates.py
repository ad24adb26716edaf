"""The table of groups: every number recomputed by loops over speakers, the full product, and what changes nothing."""

from __future__ import annotations

import itertools
import math
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.attributes import Attribute
from analysis.group_product import TooManyGroups, full_product
from analysis.judgement import VERDICTS
from analysis.rates import STATUSES, RateTable
from analysis.roles import Comparator, default_comparator
from analysis.settings import DEFAULTS
from analysis.verdict_reasons import REASONS
from tests.analysis import speaker_loops as loops
from tests.analysis.small_evaluations import (
    ACCENT,
    DEVICE,
    NOISE,
    Recording,
    compared,
    evaluations,
    members,
    table,
)
from tests.analysis.speaker_loops import same

# ---------------------------------------------------------------- every number by the plain loop


GROUPINGS = [
    ((ACCENT,), None),
    ((NOISE, DEVICE), None),
    ((ACCENT, NOISE), None),
    ((DEVICE, ACCENT, NOISE), None),
    ((ACCENT, NOISE), Comparator("complement")),
    ((ACCENT, NOISE), Comparator("overall")),
    ((ACCENT, DEVICE), Comparator("reference", "accent", "scots")),
    ((ACCENT, DEVICE), Comparator("reference", "device", "phone")),
]


@pytest.mark.parametrize(("by", "comparator"), GROUPINGS)
@given(recordings=evaluations())
def test_every_number_of_the_table_equals_a_loop_over_speakers(
    by: tuple[Attribute, ...], comparator: Comparator | None, recordings: list[Recording]
) -> None:
    found = table(recordings, by, comparator)
    chosen = comparator or default_comparator(by)
    for i in range(len(found)):
        codes = dict(zip((a.name for a in by), found.codes[i].tolist(), strict=True))
        own, other = members(recordings, **codes), compared(recordings, codes, chosen)
        assert same(found.statistics.rate[i], loops.rate(own))
        assert found.statistics.n_speakers[i] == len(own)
        assert same(found.statistics.effective_speakers[i], loops.effective_speakers(own))
        assert same(found.statistics.variance_log[i], loops.log_variance(own))
        if not own:
            continue
        assert found.contrast.n_speakers[i] == len(other)
        assert same(found.contrast.rate[i], loops.rate(other))
        variance = loops.ratio_variance(own, other)
        if not variance < 1e-9:
            assert same(found.contrast.variance[i], variance)


@pytest.mark.parametrize(("by", "comparator"), GROUPINGS)
@given(recordings=evaluations())
def test_the_tested_family_is_the_supported_stated_groups_that_are_not_the_reference(
    by: tuple[Attribute, ...], comparator: Comparator | None, recordings: list[Recording]
) -> None:
    found = table(recordings, by, comparator)
    chosen = comparator or default_comparator(by)
    overall = loops.rate(members(recordings))
    tested = set()
    for i in range(len(found)):
        codes = dict(zip((a.name for a in by), found.codes[i].tolist(), strict=True))
        group = found.group(i)
        both = (members(recordings, **codes), compared(recordings, codes, chosen))
        supported = all(
            len(one) >= 2
            and loops.effective_speakers(one) >= 1.5
            and sum(n for _, n in one.values()) * overall >= 3 * (1 - 1e-12)
            for one in both
        )
        is_reference = chosen.kind == "reference" and group[str(chosen.attribute)] == chosen.value
        if supported and None not in group.values() and not is_reference and chosen.kind != "overall":
            tested.add(i)
    assert set(np.flatnonzero(np.isfinite(found.judgement.p)).tolist()) == tested
    assert found.judgement.family_size == len(tested)
    untested = [i for i in range(len(found)) if i not in tested]
    assert {VERDICTS[int(found.judgement.verdict[i])] for i in untested} <= {"undecided"}


# ---------------------------------------------------------------- the full product


@given(evaluations())
def test_every_combination_is_listed_and_empty_ones_say_that_nobody_was_recorded(
    recordings: list[Recording],
) -> None:
    by = (ACCENT, NOISE, DEVICE)
    found = table(recordings, by)
    wanted = list(itertools.product([0, 1, 2, -1], [0, 1], [0, 1, -1]))
    assert [tuple(row) for row in found.codes.tolist()] == wanted
    for i, codes in enumerate(wanted):
        spoken = sum(
            n
            for _, n in members(
                recordings, **dict(zip(("accent", "noise", "device"), codes, strict=True))
            ).values()
        )
        if not spoken:
            assert STATUSES[int(found.status[i])] == "empty"
            group = dict(zip(("accent", "noise", "device"), codes, strict=True))
            recorded = any(of == group for of, *_ in recordings)
            reason = "the references have no words" if recorded else "nobody was recorded"
            assert REASONS[int(found.status_reason[i])] == reason
            assert np.isnan(found.statistics.rate[i])
            assert np.isnan(found.intervals.low[i])
            assert np.isnan(found.judgement.p[i])
        assert found.position(found.group(i)) == i


def test_a_group_that_does_not_exist_has_no_position() -> None:
    found = table([({"accent": 0, "noise": 0, "device": 0}, 0, 1, 9)], (ACCENT, NOISE))
    assert found.position({"accent": "martian", "noise": "quiet"}) is None
    assert found.position({"accent": None, "noise": "quiet"}) is not None
    assert found.position({"accent": "irish", "noise": None}) is None


def test_no_attributes_are_one_row_of_everything() -> None:
    recordings: list[Recording] = [({}, k, 1 + k % 3, 30) for k in range(12)]
    found = table(recordings, (), settings=DEFAULTS)
    assert len(found) == 1
    assert found.statistics.rate[0] == pytest.approx(24 / 360)
    assert found.judgement.family_size == 0
    assert found.judgement.reason_text(0) == "this is everything that was selected"


def test_too_many_groups_are_refused_with_their_number() -> None:
    wide = [replace(NOISE, name=f"a{i}", levels=tuple("abcdefghij")) for i in range(6)]
    with pytest.raises(TooManyGroups, match="makes 1,000,000 groups; at most 200,000 can be listed"):
        full_product(wide)


# ---------------------------------------------------------------- statuses


def test_a_row_says_what_is_missing() -> None:
    def spoken(accent: int, n_speakers: int, words: int, first: int) -> list[Recording]:
        return [
            ({"accent": accent, "noise": 0, "device": 0}, first + k, 2 + k % 3, words)
            for k in range(n_speakers)
        ]

    found = table([*spoken(0, 20, 100, 0), *spoken(1, 4, 100, 30)], (ACCENT,), settings=DEFAULTS)
    said = [
        (STATUSES[int(s)], REASONS[int(r)]) for s, r in zip(found.status, found.status_reason, strict=True)
    ]
    assert said == [
        ("shown", ""),
        ("few speakers", "fewer than {min_speakers} speakers"),
        ("empty", "nobody was recorded"),
        ("empty", "nobody was recorded"),
    ]
    assert found.judgement.reason_text(0) == "fewer than 10 speakers to compare with"


def test_not_stated_is_shown_and_compared_with_but_never_tested() -> None:
    rng = np.random.default_rng(5)
    recordings: list[Recording] = [
        ({"accent": k % 4 - 1, "noise": 0, "device": 0}, k, int(rng.poisson(40)), 200) for k in range(80)
    ]
    found = table(recordings, (ACCENT,), settings=DEFAULTS)
    assert found.group(3) == {"accent": None}
    assert STATUSES[int(found.status[3])] == "shown"
    assert np.isnan(found.judgement.p[3])
    assert found.judgement.reason_text(3) == "not stated is shown but is not a group"
    assert found.judgement.family_size == 3
    assert found.contrast.n_speakers[:3].tolist() == [60, 60, 60]


def test_the_overall_rate_is_for_display_only() -> None:
    rng = np.random.default_rng(5)
    recordings: list[Recording] = [
        ({"accent": k % 3, "noise": 0, "device": 0}, k, int(rng.poisson(20 + 80 * (k % 3))), 400)
        for k in range(60)
    ]
    found = table(recordings, (ACCENT,), Comparator("overall"), DEFAULTS)
    assert np.isnan(found.judgement.p).all()
    assert {VERDICTS[int(v)] for v in found.judgement.verdict} == {"undecided"}
    assert np.isfinite(found.judgement.low[:3]).all()


# ---------------------------------------------------------------- what changes nothing


def numbers(found: RateTable, i: int) -> list[float]:
    """Everything a row prints."""
    parts = (found.statistics, found.contrast, found.intervals, found.judgement)
    arrays = [getattr(part, field.name) for part in parts for field in fields(part)]
    printed = [float(values[i]) for values in arrays if isinstance(values, np.ndarray)]
    return [*printed, float(found.statistics.rate[i]), float(found.shrunken[i])]


@given(evaluations(), st.permutations((ACCENT, NOISE, DEVICE)))
def test_the_order_in_which_attributes_are_asked_for_changes_no_number(
    recordings: list[Recording], by: list[Attribute]
) -> None:
    first, second = table(recordings, (ACCENT, NOISE, DEVICE)), table(recordings, by)
    for i in range(len(first)):
        j = second.position(first.group(i))
        assert j is not None
        assert same(numbers(first, i), numbers(second, j))


@given(evaluations(), st.randoms(use_true_random=False))
def test_the_order_of_recordings_changes_nothing(recordings: list[Recording], random: object) -> None:
    shuffled = list(recordings)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = table(recordings, (ACCENT, NOISE)), table(shuffled, (ACCENT, NOISE))
    for i in range(len(first)):
        assert np.array_equal(numbers(first, i), numbers(second, i), equal_nan=True)


@given(evaluations())
def test_counts_summed_before_are_counts_summed_here(recordings: list[Recording]) -> None:
    """One row a recording, or one a speaker and cell: the same table."""
    sums: dict[tuple[tuple[tuple[str, int], ...], int], tuple[int, int]] = {}
    for codes, speaker, e, n in recordings:
        key = (tuple(codes.items()), speaker)
        errors, words = sums.get(key, (0, 0))
        sums[key] = (errors + e, words + n)
    summed: list[Recording] = [(dict(codes), speaker, e, n) for (codes, speaker), (e, n) in sums.items()]
    first, second = table(recordings, (ACCENT, DEVICE)), table(summed, (ACCENT, DEVICE))
    for i in range(len(first)):
        assert np.array_equal(numbers(first, i), numbers(second, i), equal_nan=True)


@given(evaluations())
def test_groups_sum_to_everything(recordings: list[Recording]) -> None:
    found = table(recordings, (ACCENT, NOISE, DEVICE))
    assert found.statistics.denominator.sum() == sum(n for _, _, _, n in recordings)
    assert found.statistics.numerator.sum() == sum(e for _, _, e, _ in recordings)
    assert found.totals["n_utterances"].sum() == len(recordings)


@given(evaluations())
def test_undefined_is_nan_and_counts_never_are(recordings: list[Recording]) -> None:
    found = table(recordings, (ACCENT, NOISE, DEVICE))
    for part in (found.statistics, found.contrast):
        for name in ("numerator", "denominator", "n_speakers", "effective_speakers", "largest_numerator"):
            assert np.isfinite(getattr(part, name)).all(), name
    judged = found.judgement
    assert not (np.isnan(judged.low) & np.isin(judged.verdict, range(4))).any()
    assert not math.isnan(found.design_effect) or not (found.intervals.method == 1).any()


def test_a_group_that_said_nothing_was_recorded_all_the_same() -> None:
    recordings: list[Recording] = [
        ({"accent": 0, "noise": 0, "device": 0}, 0, 5, 100),
        ({"accent": 1, "noise": 0, "device": 0}, 1, 3, 0),
    ]
    found = table(recordings, [ACCENT])
    reasons = [REASONS[code] for code in found.status_reason.tolist()]
    assert reasons[1] == "the references have no words"
    assert reasons[2] == "nobody was recorded"
