"""Which questions are declared families, and that a filter hides rows without touching the others."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.plan import Plan
from analysis.plan_families import (
    NO_PLAN,
    OTHER_COMPARATOR,
    OTHER_FILTER,
    OTHER_GROUPING,
    OTHER_METRIC,
    OTHER_NORMALIZER,
    Family,
    family_of,
    planned_comparator,
    rows_chosen,
    with_rows_hidden,
)
from analysis.rates import NOBODY, full_product
from analysis.roles import comparator_from_text
from analysis.selection import EVERYTHING, AllOf, AnyOf, Between, Not, NotStated, OneOf, Selection
from tests.analysis.small_evaluations import ACCENT, DEVICE, NOISE, Recording, evaluations, table

BY = [ACCENT, NOISE]
CODES = full_product(BY)
PLAN = Plan((("noise", "accent"), ("accent",)), normalizer="basic")


def asked(plan: Plan | None = PLAN, **changes: object) -> Family:
    by = changes.get("by", BY)
    comparator = comparator_from_text(changes.get("against"), by)  # type: ignore[arg-type]
    return family_of(
        plan,
        by,  # type: ignore[arg-type]
        str(changes.get("metric", "wer")),
        comparator,
        str(changes.get("normalizer", "basic")),
        changes.get("where", EVERYTHING),  # type: ignore[arg-type]
        full_product(by),  # type: ignore[arg-type]
    )


def test_the_declared_question_is_planned_whatever_the_order_of_attributes() -> None:
    assert asked() == Family(planned=True, why_not="")
    assert asked(by=[NOISE, ACCENT]).planned
    assert asked(by=[ACCENT]).planned


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"plan": None}, NO_PLAN),
        ({"by": [ACCENT, DEVICE]}, OTHER_GROUPING),
        ({"by": [NOISE]}, OTHER_GROUPING),
        ({"metric": "deletion-rate"}, OTHER_METRIC),
        ({"against": "complement"}, OTHER_COMPARATOR),
        ({"against": "overall"}, OTHER_COMPARATOR),
        ({"normalizer": "none"}, OTHER_NORMALIZER),
        ({"where": OneOf("device", ("phone",))}, OTHER_FILTER),
        ({"where": Between("snr_db", 0, 10)}, OTHER_FILTER),
        ({"where": AllOf((OneOf("accent", ("irish",)), NotStated("device")))}, OTHER_FILTER),
    ],
)
def test_any_other_question_is_exploratory_and_says_why(changes: dict[str, object], why: str) -> None:
    found = asked(**changes)  # type: ignore[arg-type]
    assert (found.planned, found.why_not) == (False, why)


def test_the_comparator_of_the_plan_holds_where_it_can() -> None:
    assert planned_comparator(PLAN, BY) is None
    against_irish = Plan((("accent",), ("accent", "noise"), ("noise",)), comparator="accent=irish")
    assert planned_comparator(against_irish, BY) == "accent=irish"
    assert planned_comparator(against_irish, [NOISE]) is None
    assert planned_comparator(against_irish, [DEVICE]) is None
    assert asked(against_irish, against="accent=irish").planned
    assert not asked(against_irish).planned


# ---------------------------------------------------------------- filters that hide rows


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
    assert np.isnan(hidden.judgement.p_adjusted[gone]).all()
    assert np.isnan(hidden.statistics.rate[gone]).all()
    assert all(hidden.count("n_words", i) == 0 for i in np.flatnonzero(gone))
