"""Several labels per recording: counts and selections against plain loops over recordings."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.attributes import Attribute
from analysis.memberships import memberships, stored_selection
from analysis.rates import GroupedCounts, grouped_counts, whole_statistics
from analysis.roles import Comparator, ComparatorError, comparator_from_text, default_comparator
from analysis.selection import AllOf, AnyOf, Everything, Not, NotStated, OneOf, Selection
from analysis.speaker_counts import SpeakerCounts
from tests.analysis.contrast_loops import holds_like_the_loop
from tests.analysis.speaker_loops import Side

SETS = ((0,), (0, 1), (0, 2), (1,), (0, 1, 2))
ACCENT = Attribute("accent", "speaker", "category", ("irish", "scots", "welsh"), True, label_sets=SETS)
NOISE = Attribute("noise", "condition", "category", ("babble", "rain"), True, label_sets=((0,), (0, 1), (1,)))
GENDER = Attribute("gender", "speaker", "category", ("female", "male"), True)

Spoken = tuple[int, int, int, int, int, int]
"""Positions of the accent's and the noise's set, gender, speaker, errors, words."""
RECORDINGS = st.lists(
    st.tuples(
        st.integers(-1, 4),
        st.integers(-1, 2),
        st.integers(-1, 1),
        st.integers(0, 9),
        st.integers(0, 12),
        st.sampled_from([0, 10, 25, 400]),
    ),
    min_size=1,
    max_size=60,
)
COLUMN = {"accent": 0, "noise": 1, "gender": 2}


def labels(attribute: Attribute, code: int) -> tuple[int, ...]:
    """The groups of one recording; -1 is not stated."""
    return (-1,) if code < 0 else attribute.label_sets[code] if attribute.multi else (code,)


def grouped(
    spoken: list[Spoken], by: tuple[Attribute, ...], comparator: Comparator | None = None
) -> GroupedCounts:
    """The product's way from stored cells to groups."""
    wanted = [tuple(row[COLUMN[a.name]] for a in by) for row in spoken]
    # As queries give them: not stated last.
    cells = sorted(set(wanted), key=lambda one: [code if code >= 0 else 99 for code in one])
    cell = [cells.index(one) for one in wanted]
    speaker, errors, words = (np.array(column) for column in list(zip(*spoken, strict=True))[3:])
    counts = SpeakerCounts.of(cell, speaker, errors, words, len(cells))
    totals = {"n_words": np.bincount(cell, words, len(cells)).astype(np.int64)}
    codes = np.array(cells, np.int64).reshape(len(cells), len(by))
    return grouped_counts(by, codes, totals, counts, comparator or default_comparator(by))


def side(spoken: list[Spoken], belongs: Callable[[Spoken], bool]) -> Side:
    """Errors and words by speaker over the recordings that belong, each once."""
    sums: Side = {}
    for row in spoken:
        _, _, _, speaker, e, n = row
        if belongs(row) and (e or n):
            errors, words = sums.get(speaker, (0.0, 0.0))
            sums[speaker] = (errors + e, words + n)
    return sums


def is_in(row: Spoken, by: tuple[Attribute, ...], group: list[int]) -> bool:
    return all(code in labels(a, row[COLUMN[a.name]]) for a, code in zip(by, group, strict=True))


@pytest.mark.parametrize("by", [(ACCENT,), (ACCENT, GENDER), (GENDER, ACCENT, NOISE), (NOISE,)])
@given(spoken=RECORDINGS)
@settings(max_examples=60, deadline=None)
def test_groups_and_comparators_equal_loops_over_recordings(
    by: tuple[Attribute, ...], spoken: list[Spoken]
) -> None:
    found = grouped(spoken, by)
    shared = (
        [i for i, a in enumerate(by) if a.role != "speaker"] if default_comparator(by).kind == "peers" else []
    )
    for position, group in enumerate(found.codes.tolist()):
        own = side(spoken, lambda row, group=group: is_in(row, by, group))
        pool = tuple(by[i] for i in shared)
        conditions = [group[i] for i in shared]
        other = side(
            spoken,
            lambda row, group=group, pool=pool, conditions=conditions: (
                is_in(row, pool, conditions) and not is_in(row, by, group)
            ),
        )
        assert found.statistics.numerator[position] == sum(e for e, _ in own.values())
        assert found.statistics.denominator[position] == sum(n for _, n in own.values())
        assert found.totals["n_words"][position] == sum(n for _, n in own.values())
        assert found.statistics.n_speakers[position] == len(own)
        if own:
            holds_like_the_loop((found.statistics, found.contrast), position, own, other)


@given(spoken=RECORDINGS)
@settings(max_examples=60, deadline=None)
def test_one_label_each_gives_exactly_what_a_plain_attribute_gives(spoken: list[Spoken]) -> None:
    single = Attribute("gender", "speaker", "category", GENDER.levels, True, label_sets=((0,), (1,)))
    alone = Attribute("noise", "condition", "category", ("babble", "rain"), True)
    spoken = [(a, min(noise, 1), g, *rest) for a, noise, g, *rest in spoken]  # type: ignore[misc]
    wanted, found = grouped(spoken, (GENDER, alone)), grouped(spoken, (single, alone))
    assert found.codes.tolist() == wanted.codes.tolist()
    assert {name: values.tolist() for name, values in found.totals.items()} == {
        name: values.tolist() for name, values in wanted.totals.items()
    }
    for part in ("statistics", "contrast"):
        for name, values in vars(getattr(wanted, part)).items():
            np.testing.assert_array_equal(getattr(getattr(found, part), name), values, err_msg=name)


def test_whoever_has_two_labels_is_in_the_complement_of_neither() -> None:
    # Speaker 0 is Irish and Scots, 1 Irish, 2 Scots, 3 Welsh and Irish.
    spoken = [(1, 0, 0, 0, 5, 100), (0, 0, 0, 1, 1, 10), (3, 0, 0, 2, 2, 20), (2, 0, 0, 3, 3, 30)]
    found = grouped(spoken, (ACCENT,))
    assert found.codes[:, 0].tolist() == [0, 1, 2]
    assert found.statistics.denominator.tolist() == [140, 120, 30]
    assert found.contrast.denominator.tolist() == [20, 40, 130]
    assert found.contrast.n_speakers.tolist() == [1, 2, 3]


def test_everybody_counts_once_in_the_whole() -> None:
    counts = SpeakerCounts.of([0, 1], [0, 0], [1, 2], [10, 20], 2)
    whole = whole_statistics(counts)
    assert (whole.denominator[0], whole.n_speakers[0]) == (30, 1)


@given(spoken=RECORDINGS)
@settings(max_examples=30, deadline=None)
def test_a_pool_holds_a_recording_once_however_many_labels_it_has(spoken: list[Spoken]) -> None:
    found = grouped(spoken, (ACCENT,), Comparator("overall"))
    everybody = sum(n for *_, n in spoken)
    assert set(found.contrast.denominator.tolist()) == {everybody}


def test_groups_stand_in_their_order_and_not_stated_last() -> None:
    found = memberships((ACCENT,), np.array([[4], [-1]]))
    assert found.codes[:, 0].tolist() == [0, 1, 2, -1]
    row, group = found.of_rows(np.array([1, 0]))
    assert list(zip(row.tolist(), group.tolist(), strict=True)) == [(0, 3), (1, 0), (1, 1), (1, 2)]


def test_a_group_of_several_labels_is_no_reference() -> None:
    with pytest.raises(ComparatorError, match="several labels of accent"):
        comparator_from_text("accent=irish", (ACCENT, GENDER))
    assert comparator_from_text("gender=male", (ACCENT, GENDER)).kind == "reference"


def test_sets_are_told_apart_whatever_their_labels_hold() -> None:
    levels = ("a", "a +", "b", "+ b")
    one = Attribute("x", "speaker", "category", levels, False, label_sets=((0, 3), (1, 2), (0, 1)))
    assert len(set(one.stored_levels)) == 3
    assert ACCENT.stored_levels == (
        "irish",
        "irish + scots",
        "irish + welsh",
        "scots",
        "irish + scots + welsh",
    )


def test_an_attribute_of_sets_is_read_back_as_it_was() -> None:
    assert Attribute.from_json(ACCENT.to_json()) == ACCENT
    assert ACCENT.as_stored().stored_levels == ACCENT.stored_levels
    assert not ACCENT.as_stored().multi


CONDITIONS = st.recursive(
    st.one_of(
        st.builds(
            OneOf,
            st.just("accent"),
            st.lists(st.sampled_from([*ACCENT.levels, "nobody's"]), min_size=1, max_size=3).map(tuple),
            st.booleans(),
        ),
        st.builds(OneOf, st.just("gender"), st.just(("female",))),
        st.just(NotStated("accent")),
        st.just(Everything()),
    ),
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(AllOf, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(inner, min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)


def holds(selection: Selection, value: Callable[[str], set[str]]) -> bool:
    """Whether a recording meets a selection; `value` gives its values by attribute, none where not stated."""
    match selection:
        case OneOf(name, values, or_not_stated):
            return bool(value(name) & {*values}) or (or_not_stated and not value(name))
        case NotStated(name):
            return not value(name)
        case Not(part):
            return not holds(part, value)
        case AllOf(parts):
            return all(holds(part, value) for part in parts)
        case AnyOf(parts):
            return any(holds(part, value) for part in parts)
    return isinstance(selection, Everything)


@given(selection=CONDITIONS, accent=st.integers(-1, 4), gender=st.integers(-1, 1))
@settings(max_examples=300, deadline=None)
def test_a_selection_by_sets_holds_the_recordings_that_have_the_label(
    selection: Selection, accent: int, gender: int
) -> None:
    named = {
        "accent": {ACCENT.levels[code] for code in labels(ACCENT, accent) if code >= 0},
        "gender": {GENDER.levels[gender]} if gender >= 0 else set(),
    }
    stored = {
        "accent (labels)": {ACCENT.stored_levels[accent]} if accent >= 0 else set(),
        "gender": named["gender"],
    }
    rewritten = stored_selection(selection, (ACCENT, GENDER))
    assert holds(rewritten, stored.__getitem__) == holds(selection, named.__getitem__)


def test_without_sets_a_selection_stays_what_it_is() -> None:
    selection = AllOf((OneOf("gender", ("male",)), Not(NotStated("gender"))))
    assert stored_selection(selection, (GENDER,)) is selection
