"""When groups of speakers are compared in their own mix of conditions, and over which conditions."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.attributes import Attribute, Role
from analysis.comparisons import contrast_statistics
from analysis.intervals import group_statistics
from analysis.mix_of_conditions import (
    MOST_GROUPS,
    NOT_A_RATIO,
    NOTHING_SHARED,
    SEVERAL_LABELS,
    TOO_MANY_GROUPS,
    ConditionMix,
    conditions_to_mix,
    in_the_same_mix,
    no_mix,
    settled_comparator,
)
from analysis.roles import Comparator, default_comparator
from analysis.same_mix import same_mix_contrasts
from analysis.settings import DEFAULTS, Settings
from analysis.speaker_counts import SpeakerCounts


def attribute(name: str, role: Role, n_levels: int = 2, has_missing: bool = False) -> Attribute:
    levels = tuple(f"{name}{level}" for level in range(n_levels))
    return Attribute(name, role, "category", levels, has_missing)


ACCENT, GENDER = attribute("accent", "speaker", 3), attribute("gender", "speaker")
NOISE, DEVICE = attribute("noise", "condition"), attribute("device", "condition", 3)
ROOM = attribute("room", "condition", 40)
LABELS = Attribute("accent", "speaker", "category", ("a", "b"), False, label_sets=((0,), (0, 1)))
EVERY = (ACCENT, GENDER, NOISE, attribute("topic", "content"), DEVICE, ROOM)
DEFAULT = default_comparator([ACCENT])

Row = tuple[tuple[int, ...], int, int, int]
"""Codes of groups and conditions, speaker, errors, words."""


def compared(
    rows: list[Row],
    conditions: list[Attribute],
    limit: float | None = 0.05,
    width: int = 1,
    settings: Settings = DEFAULTS,
) -> tuple[ConditionMix, np.ndarray, SpeakerCounts, np.ndarray]:
    """The mix, the comparison's log ratios, the counts by cell and the codes of cells."""
    codes, cell = np.unique(np.array([row[0] for row in rows]), axis=0, return_inverse=True)
    speaker, errors, words = (np.array([row[place] for row in rows]) for place in (1, 2, 3))
    cells = SpeakerCounts.of(cell.reshape(-1), speaker, errors, words, len(codes))
    # Not stated stands last in every table.
    last = np.where(codes < 0, 99, codes)
    groups, group_of_cell = np.unique(last[:, :width], axis=0, return_inverse=True)
    counts = cells.merged(group_of_cell.reshape(-1), len(groups))
    statistics = group_statistics(counts)
    everybody = counts.merged(np.zeros(len(groups), np.int64), 1)
    raw = contrast_statistics(counts, statistics, everybody, np.zeros(len(groups), np.int64), True)
    mix, contrast = in_the_same_mix(cells, codes, conditions, statistics, raw, limit, settings=settings)
    with np.errstate(all="ignore"):
        return mix, np.log(statistics.rate / contrast.rate), cells, codes


def recorded(mixes: list[list[int]], rates: list[float], seed: int = 0) -> list[Row]:
    """`mixes[g][c]` speakers of group g under condition c, who err at `rates[c]` whatever their group."""
    random = np.random.default_rng(seed)
    rows: list[Row] = []
    for group, mix in enumerate(mixes):
        for condition, n in enumerate(mix):
            for _ in range(n):
                own = rates[condition] * math.exp(random.normal(0, 0.2))
                rows.append(((group, condition), len(rows), int(random.poisson(own * 200)), 200))
    return rows


UNEQUAL = recorded([[15, 45], [45, 15], [45, 15]], [0.1, 0.4])


def test_a_group_recorded_in_more_noise_is_expected_to_err_more() -> None:
    mix, log_ratio, _, _ = compared(UNEQUAL, [NOISE])
    raw = compared(UNEQUAL, [NOISE], limit=1.0)[1]
    assert mix.used
    assert mix.difference == pytest.approx(0.5)
    assert mix.share_present == pytest.approx([1, 1, 1])
    assert raw[0] > math.log(1.5)
    assert abs(log_ratio[0]) < math.log(1.1)


def test_nothing_changes_where_the_mixes_agree() -> None:
    rows = recorded([[30, 30], [30, 30], [30, 30]], [0.1, 0.4])
    mix, log_ratio, _, _ = compared(rows, [NOISE])
    assert (mix.used, mix.why_not, mix.strata) == (False, "", ("noise",))
    assert mix.difference == pytest.approx(0.0)
    assert np.isnan(mix.share_present).all()
    assert log_ratio == pytest.approx(compared(rows, [NOISE], limit=1.0)[1])


def test_whoever_asks_for_peers_gets_them_even_where_the_mixes_agree() -> None:
    rows = recorded([[30, 30], [30, 30]], [0.1, 0.4])
    assert compared(rows, [NOISE], limit=None)[0].used


def test_only_groups_with_as_many_speakers_as_a_test_needs_decide() -> None:
    rows = recorded([[200, 200], [200, 200], [11, 1]], [0.1, 0.4])
    enough, fewer = (
        compared(rows, [NOISE], settings=replace(DEFAULTS, min_speakers=least))[0] for least in (20, 10)
    )
    assert not enough.used
    assert fewer.used


def test_the_comparison_is_that_of_the_strata() -> None:
    mix, log_ratio, cells, codes = compared(UNEQUAL, [NOISE])
    groups = cells.merged(codes[:, 0], 3)
    direct = same_mix_contrasts(cells, codes[:, 0], codes[:, 1], group_statistics(groups))
    assert np.exp(log_ratio) == pytest.approx(group_statistics(groups).rate / direct.contrast.rate)
    assert mix.share_present == pytest.approx(direct.share_present)


def test_a_condition_in_which_a_group_stands_alone_is_left_out() -> None:
    rows = [((row[0][0], row[0][1], min(row[0][0], 1)), *row[1:]) for row in UNEQUAL]
    mix, _, _, _ = compared(rows, [NOISE, attribute("device", "condition", 2)])
    assert (mix.strata, mix.left_out, mix.used) == (("noise",), ("device",), True)


def test_where_nothing_is_shared_groups_are_compared_as_recorded_and_it_is_said() -> None:
    rows = [((row[0][0], min(row[0][0], 1)), *row[1:]) for row in UNEQUAL]
    mix, log_ratio, _, _ = compared(rows, [NOISE])
    assert (mix.used, mix.why_not, mix.left_out) == (False, NOTHING_SHARED, ("noise",))
    assert log_ratio[0] > math.log(1.5)


def test_a_group_that_is_never_tested_does_not_decide() -> None:
    alone: list[Row] = [((3, 0, 1), 900 + k, 20, 200) for k in range(3)]
    rows = [((*row[0], 0), *row[1:]) for row in UNEQUAL] + alone
    mix, _, _, _ = compared(rows, [NOISE, DEVICE])
    assert mix.strata == ("noise", "device")
    assert mix.share_present[3] == pytest.approx(0.0)


def test_strata_stay_few() -> None:
    rows = [((*row[0], number % 40), *row[1:]) for number, row in enumerate(UNEQUAL)]
    mix, _, _, _ = compared(rows, [NOISE, ROOM])
    assert (mix.strata, mix.left_out) == (("noise",), ("room",))


def test_not_stated_is_a_stratum_but_never_a_group_that_decides() -> None:
    blank = [((-1, 1), 1000 + k, 8, 20) for k in range(20)]
    mix, _, _, _ = compared([*recorded([[30, 30], [30, 30]], [0.1, 0.4]), *blank], [NOISE])
    assert not mix.used
    unknown = [((row[0][0], -1 if row[0][1] else 0), *row[1:]) for row in UNEQUAL]
    mix, log_ratio, _, _ = compared(unknown, [attribute("noise", "condition", 2, has_missing=True)])
    assert mix.used
    assert abs(log_ratio[0]) < math.log(1.1)


def test_longer_lists_are_compared_as_recorded() -> None:
    rows = recorded([[10, 2], *[[2, 10]] * MOST_GROUPS], [0.1, 0.4])
    mix, _, _, _ = compared(rows, [NOISE])
    assert (mix.used, mix.why_not) == (False, TOO_MANY_GROUPS)


@pytest.mark.parametrize(
    ("by", "comparator", "is_ratio", "names"),
    [
        ([ACCENT], DEFAULT, True, ("noise", "device", "room")),
        ([ACCENT, GENDER], Comparator("peers"), True, ("noise", "device", "room")),
        ([ACCENT], Comparator("complement"), True, ()),
        ([ACCENT], DEFAULT, False, ()),
        ([ACCENT, NOISE], Comparator("peers"), True, ()),
        ([NOISE], Comparator("complement"), True, ()),
        ([LABELS], DEFAULT, True, ()),
        ([], Comparator("complement"), True, ()),
    ],
)
def test_only_speakers_alone_are_compared_over_conditions(
    by: list[Attribute], comparator: Comparator, is_ratio: bool, names: tuple[str, ...]
) -> None:
    found = conditions_to_mix(by, EVERY, comparator, is_ratio=is_ratio)
    assert tuple(one.name for one in found) == names


def test_it_is_said_why_a_mix_cannot_be_made_alike() -> None:
    not_a_ratio = no_mix([ACCENT], EVERY, DEFAULT, is_ratio=False, n_groups=3)
    several = no_mix([LABELS], EVERY, DEFAULT, is_ratio=True, n_groups=2)
    assert [one.why_not if one else None for one in (not_a_ratio, several)] == [NOT_A_RATIO, SEVERAL_LABELS]
    assert no_mix([ACCENT], [ACCENT], DEFAULT, is_ratio=False, n_groups=3) is None
    assert no_mix([ACCENT], EVERY, Comparator("complement"), is_ratio=False, n_groups=3) is None


def test_what_is_printed_is_what_was_done() -> None:
    used = compared(UNEQUAL, [NOISE])[0]
    alike = compared(UNEQUAL, [NOISE], limit=1.0)[0]
    assert settled_comparator([ACCENT], DEFAULT, used) == Comparator("peers")
    assert settled_comparator([ACCENT], DEFAULT, alike) == Comparator("complement")
    assert settled_comparator([ACCENT], DEFAULT, None) == Comparator("complement")
    assert settled_comparator([ACCENT, NOISE], Comparator("peers"), None) == Comparator("peers")


@given(limit=st.sampled_from([0.0, 1.0]), seed=st.integers(0, 20))
def test_a_stored_mix_is_read_back_as_it_was(limit: float, seed: int) -> None:
    mix = compared(recorded([[12, 20], [20, 12], [11, 11]], [0.1, 0.3], seed), [NOISE], limit)[0]
    again = ConditionMix.from_json(mix.to_json(), 3)
    assert again.to_json() == mix.to_json()
    assert np.array_equal(again.share_present, mix.share_present, equal_nan=True)
