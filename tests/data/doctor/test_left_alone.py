"""Values, outputs and pairs that look like a fault and are none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from analysis.attributes import Attribute
from data.doctor.outputs import repeated_phrase
from data.doctor.placeholders import is_placeholder, sentinel
from data.doctor.values import _alike
from tests.data.doctor.made_up import findings, sound_frame


def attribute(*levels: str) -> Attribute:
    return Attribute("accent", "speaker", "category", levels, has_missing=False)


@pytest.mark.parametrize(
    ("level", "others", "expected"),
    [
        ("NA", ("england", "indian"), True),
        ("NA", ("DE", "FR", "ZA"), False),
        ("na", ("DE", "FR", "ZA"), True),
        ("Not stated", ("a",), True),
        ("Outlier", ("a",), True),
        ("prefer not to say", ("a",), True),
        ("none", ("babble",), False),
        ("other", ("female",), False),
        ("Nancy", ("a",), False),
    ],
)
def test_a_word_for_nothing_is_told_from_an_answer(
    level: str, others: tuple[str, ...], expected: bool
) -> None:
    assert is_placeholder(level, attribute(level, *others)) is expected


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([1, 5, 9, -999, -999, -999], (-999.0, 3)),
        ([1, 5, 9, -999, -999], None),
        ([90, 95, 97, 99, 99, 99], None),
        ([-1000, 5, 9, -999, -999, -999], None),
        ([np.nan, np.nan], None),
    ],
)
def test_a_number_for_nothing_lies_far_from_the_others(
    numbers: list[float], expected: tuple[float, int] | None
) -> None:
    assert sentinel(np.array(numbers, float)) == expected


@pytest.mark.parametrize(
    ("one", "other", "same", "near"),
    [
        ("Scottish", "scottish", True, False),
        ("Scottish", "Scotish", False, True),
        ("mid-west", "mid west", True, False),
        ("Québec", "Quebec", True, False),
        ("male", "female", False, False),
        ("Iran", "Iraq", False, False),
        ("headset A", "headset B", False, False),
        ("speaker 1", "speaker 2", False, False),
        ("<5", "≥5", False, False),
        ("1.5", "15", False, False),
        ("A", "A+", False, False),
        ("हिंदी", "हिंदू", False, False),
        ("austria", "australia", False, False),
    ],
)
def test_groups_that_are_one_are_told_from_neighbours(one: str, other: str, same: bool, near: bool) -> None:
    found = _alike(attribute(one, other), np.array([100, 4]))
    assert [bool(pairs) for pairs in found] == [same, near]


def test_two_frequent_groups_one_letter_apart_are_two() -> None:
    assert _alike(attribute("indian", "indiana"), np.array([100, 90])) == ([], [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("thank you thank you thank you thank you", "thank you thank you thank you thank you"),
        ("so no no no no then", "no no no no"),
        ("no no no", ""),
        ("the cat and the dog and the cat and the dog", ""),
        ("", ""),
    ],
)
def test_a_loop_is_four_times_in_a_row(text: str, expected: str) -> None:
    assert repeated_phrase(text.split()) == expected


@pytest.mark.parametrize(("lost", "is_told"), [(13, False), (67, True)])
def test_a_sign_that_most_outputs_keep_was_misheard_and_not_written_otherwise(
    tmp_path: Path, lost: int, is_told: bool
) -> None:
    frame = sound_frame()
    told, misheard = frame.index < 120, frame.index < lost
    kept = {name: frame[name].where(~told, frame[name] + " 45") for name in ("reference", "hypothesis_B")}
    heard = frame["hypothesis_A"].where(~told, frame["hypothesis_A"] + " 45")
    wrong = heard.where(~misheard, frame["hypothesis_A"] + " forty")
    found = findings(tmp_path, frame.assign(**kept, hypothesis_A=wrong))
    said = [fault.what for fault in found if fault.code == "one-sided-normalisation"]
    assert [f'with "A" in {lost} of 120 references with digits' in what for what in said] == [True] * is_told
