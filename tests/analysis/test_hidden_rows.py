"""A filter taken apart: conditions that hide rows without touching the others, and those that restrict recordings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.attributes import Attribute
from analysis.group_product import full_product
from analysis.hidden_rows import (
    among_selected,
    filtered,
    rows_chosen,
    with_groups_hidden,
    with_rows_hidden,
)
from analysis.judgement import VERDICTS
from analysis.rates import NOBODY
from analysis.selection import (
    EVERYTHING,
    AllOf,
    AnyOf,
    Between,
    Not,
    NotStated,
    OneOf,
    ReferenceContains,
    Selection,
)
from analysis.two_systems import compare_systems
from analysis.verdict_reasons import EMPTY, NO_REASON, NOBODY_SELECTED, NOT_SELECTED
from tests.analysis.small_evaluations import ACCENT, NOISE, Recording, evaluations, table
from tests.analysis.test_two_systems import paired

BY = [ACCENT, NOISE]
CODES = full_product(BY)


@st.composite
def filters(draw: st.DrawFn, depth: int = 2) -> Selection:
    """Selections over the two attributes, from single conditions up to small trees."""
    if depth and draw(st.booleans()):
        parts = tuple(draw(st.lists(filters(depth=depth - 1), min_size=1, max_size=3)))
        return draw(st.sampled_from([AllOf(parts), AnyOf(parts), Not(parts[0])]))
    attribute = draw(st.sampled_from(BY))
    if draw(st.integers(0, 4)) == 0:
        return NotStated(attribute.name)
    values = draw(st.lists(st.sampled_from(attribute.levels), min_size=1, max_size=2, unique=True))
    return OneOf(attribute.name, tuple(values), draw(st.booleans()))


def holds(where: Selection, group: dict[str, str | None]) -> bool:
    """The definition of a selection, for one recording of a group."""
    match where:
        case OneOf(name, values, or_not_stated):
            return group[name] in values or (or_not_stated and group[name] is None)
        case NotStated(name):
            return group[name] is None
        case Not(part):
            return not holds(part, group)
        case AllOf(parts):
            return all(holds(part, group) for part in parts)
        case AnyOf(parts):
            return any(holds(part, group) for part in parts)
    return True


def named(codes: list[int]) -> dict[str, str | None]:
    return {a.name: None if c < 0 else a.levels[c] for a, c in zip(BY, codes, strict=True)}


@given(filters())
def test_the_rows_a_filter_leaves_are_those_whose_recordings_it_holds(where: Selection) -> None:
    chosen = rows_chosen(where, BY, CODES)
    assert chosen is not None
    assert chosen.tolist() == [holds(where, named(codes)) for codes in CODES.tolist()]


@given(evaluations(), filters())
def test_rows_that_stay_say_the_same_and_the_others_say_nothing(
    recordings: list[Recording], where: Selection
) -> None:
    whole = table(recordings, BY)
    kept = rows_chosen(where, BY, whole.codes)
    assert kept is not None
    hidden = with_rows_hidden(whole, kept)
    for part in ("statistics", "contrast", "intervals", "judgement"):
        for name, values in vars(getattr(whole, part)).items():
            if isinstance(values, np.ndarray):
                left = getattr(getattr(hidden, part), name)
                assert np.array_equal(left[kept], values[kept], equal_nan=values.dtype.kind == "f")
    assert hidden.judgement.family_size == whole.judgement.family_size
    gone = ~kept
    assert (hidden.status[gone] == NOBODY).all()
    assert (hidden.status_reason[gone] == NOT_SELECTED).all()
    assert (hidden.judgement.reason[gone] == NOT_SELECTED).all()
    assert np.isnan(hidden.judgement.p_adjusted[gone]).all()
    assert np.isnan(hidden.statistics.rate[gone]).all()
    assert all(hidden.count("n_words", i) == 0 for i in np.flatnonzero(gone))


def test_hiding_groups_changes_nothing_of_those_that_stay() -> None:
    counts = paired(7, 1.6, n_speakers=120, n_groups=3)
    whole = compare_systems(counts, 0.15, np.full(3, NO_REASON))
    shown = with_groups_hidden(whole, np.array([True, False, True]))
    for name in ("ratio", "low", "high", "p_adjusted"):
        before, after = getattr(whole.judgement, name), getattr(shown.judgement, name)
        assert (before[[0, 2]] == after[[0, 2]]).all()
        assert np.isnan(after[1])
    assert shown.judgement.family_size == whole.judgement.family_size
    assert VERDICTS[shown.judgement.verdict[1]] == "undecided"
    assert shown.statistics_a.n_speakers[1] == 0


# ---------------------------------------------------------------- what else a filter asks

PHONE, IRISH, STREET = OneOf("device", ("phone",)), OneOf("accent", ("irish",)), OneOf("noise", ("street",))


@pytest.mark.parametrize(
    ("where", "shows", "within"),
    [
        (EVERYTHING, None, EVERYTHING),
        (IRISH, IRISH, EVERYTHING),
        (PHONE, None, PHONE),
        (AllOf((IRISH, PHONE)), IRISH, PHONE),
        (AllOf((IRISH, AllOf((PHONE, STREET)))), AllOf((IRISH, STREET)), PHONE),
        (AnyOf((IRISH, PHONE)), None, AnyOf((IRISH, PHONE))),
        (Not(AnyOf((IRISH, PHONE))), Not(IRISH), Not(PHONE)),
        (Not(Not(AllOf((IRISH, PHONE)))), IRISH, PHONE),
        (Not(AllOf((IRISH, PHONE))), None, Not(AllOf((IRISH, PHONE)))),
        (
            AllOf((IRISH, PHONE, ReferenceContains("tea"))),
            IRISH,
            AllOf((PHONE, ReferenceContains("tea"))),
        ),
    ],
)
def test_only_conditions_on_the_grouping_itself_hide_rows(
    where: Selection, shows: Selection | None, within: Selection
) -> None:
    found = filtered(where, BY, CODES)
    assert found.within == within
    if shows is None:
        assert found.kept is None
    else:
        wanted = rows_chosen(shows, BY, CODES)
        assert found.kept is not None
        assert wanted is not None
        assert found.kept.tolist() == wanted.tolist()


SNR = Attribute("snr_db", "condition", "number", ("<5", "5–<10", "≥10"), True, bin_edges=(5.0, 10.0))


@pytest.mark.parametrize(
    ("where", "shown"),
    [
        (Between("snr_db", None, 5), [True, False, False, False]),
        (Between("snr_db", 5, None), [False, True, True, False]),
        (Between("snr_db", 5, 10), [False, True, False, False]),
        (Between("snr_db", 10, None), [False, False, True, False]),
        (Not(Between("snr_db", 5, None)), [True, False, False, True]),
        (Between("snr_db", 4, None), None),
        (Between("snr_db", None, 10, high_included=True), None),
        (Between("snr_db", 5, None, low_included=False), None),
    ],
)
def test_a_range_hides_rows_where_it_ends_between_two_bins(
    where: Selection, shown: list[bool] | None
) -> None:
    found = filtered(where, [SNR], full_product([SNR]))
    assert (None if found.kept is None else found.kept.tolist()) == shown
    assert found.within == (where if shown is None else EVERYTHING)


@pytest.mark.parametrize(
    ("where", "shown"),
    [
        (Between("age", None, 30), [True, False, False, False]),
        (Between("age", None, 30, high_included=True), [True, True, False, False]),
        (Between("age", 30, None, low_included=False), [False, False, True, False]),
        (Between("age", 29.5, 30.5), [False, True, False, False]),
        (Not(Between("age", 0, 99)), [False, False, False, True]),
    ],
)
def test_a_range_of_groups_of_one_number_each_hides_rows(where: Selection, shown: list[bool]) -> None:
    age = Attribute("age", "speaker", "number", ("20", "30", "40.5"), has_missing=True)
    found = filtered(where, [age], full_product([age]))
    assert found.kept is not None
    assert (found.kept.tolist(), found.within) == (shown, EVERYTHING)


def test_of_several_labels_one_condition_names_the_rows_and_two_are_about_who_has_both() -> None:
    several = replace(ACCENT, label_sets=((0,), (1,), (0, 1), (2,)))
    codes = full_product([several])
    one = filtered(OneOf("accent", ("irish", "scots")), [several], codes)
    assert one.within == EVERYTHING
    assert one.kept is not None
    assert one.kept.tolist() == [True, True, False, False]
    for where in (AllOf((OneOf("accent", ("irish",)), OneOf("accent", ("scots",)))), Not(IRISH)):
        both = filtered(where, [several], codes)
        assert (both.kept, both.within) == (None, where)


def test_an_empty_row_of_a_selection_is_not_said_to_be_unrecorded() -> None:
    whole = table([({"accent": 0, "noise": 0, "device": 0}, 0, 3, 400)], BY)
    shown = among_selected(whole)
    assert (whole.status_reason == EMPTY).sum() == len(whole) - 1
    assert (shown.status_reason == NOBODY_SELECTED).sum() == len(whole) - 1
    assert not (shown.judgement.reason == EMPTY).any()
    assert np.array_equal(shown.status, whole.status)
