"""What a search lists, puts aside and confirms; and the parts it is made of."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.slices import SearchPlan, prepared, q_values, search
from analysis.slices_audit import audit
from analysis.slices_confirm import CONFIRMED_AT, confirm, halves, split_speakers
from analysis.slices_effects import with_expected
from analysis.slices_estimates import Chosen, contrast, contributions, quick_contrast, sides, slice_estimate
from analysis.slices_prune import prune
from analysis.slices_rows import Items, SearchLimits, SliceColumn, SliceRows
from benchmarks.simulated_slices import COLUMNS, PLANTED, Design, drawn_rows
from benchmarks.slices_calibration import shares
from tests.analysis.test_slices_scan import made_up_rows, quiet

PLANTED_DESIGN = Design(0.35, 1.8)


def planted_rows(seed: int = 1) -> SliceRows:
    return drawn_rows(np.random.default_rng(seed), PLANTED_DESIGN)


def test_a_planted_slice_is_named_exactly_and_its_parts_are_put_aside() -> None:
    found = search(planted_rows(), SearchPlan(), quiet)
    assert found.found[0].items == PLANTED
    assert any(set(PLANTED) < set(one.items) and one.by == PLANTED for one in found.explained)
    assert found.searched == found.tested + found.too_few


def test_a_planted_slice_is_confirmed_and_found_in_both_halves() -> None:
    tested = confirm(planted_rows(), SearchPlan(), 0, quiet).tested
    assert [one.found.items for one in tested if one.confirmed] == [PLANTED]
    first = tested[0]
    assert first.in_both_halves
    assert first.confirm.low is not None
    assert first.confirm.low > 1
    assert not any(one.in_both_halves for one in tested[1:])


def test_a_combination_is_told_from_conditions_that_are_each_worse() -> None:
    rng = np.random.default_rng(3)
    plan = SearchPlan("combination")
    effects_alone = drawn_rows(rng, Design(0.2, conditions="multiply"))
    assert search(prepared(effects_alone, plan), plan, quiet).found == ()
    combined = drawn_rows(rng, Design(0.2, 1.8, conditions="multiply"))
    assert search(prepared(combined, plan), plan, quiet).found[0].items == PLANTED


@pytest.mark.parametrize("spread", [0.0, 0.35])
def test_where_there_is_nothing_hardly_anything_is_confirmed(spread: float) -> None:
    found = shares(np.random.default_rng(7), Design(spread), SearchPlan(), 25)
    assert found.confirms <= 0.1


def test_a_planted_slice_is_confirmed_nearly_always() -> None:
    found = shares(np.random.default_rng(8), Design(0.35, 1.6), SearchPlan(), 20)
    assert found.named >= 0.8


@given(st.integers(0, 500))
def test_the_quick_contrast_is_the_exact_one(seed: int) -> None:
    rows = made_up_rows(seed)
    for items in (((0, 1),), ((1, 1), (2, 0)), ((0, 0), (1, 1))):
        own, beside = sides(rows, items)
        ratio, p = quick_contrast(rows, Chosen(own, rows.base[own]), Chosen(beside, rows.base[beside]))
        exact = contrast(rows, own, beside)
        if exact.low is not None and exact.p < 1:
            assert ratio == pytest.approx(exact.ratio)
            assert p == pytest.approx(exact.p, rel=1e-6)


def test_an_estimate_says_what_an_excess_is_made_of() -> None:
    rows = planted_rows()
    estimate = slice_estimate(rows, PLANTED)
    own, beside = sides(rows, PLANTED)
    assert estimate.errors == rows.numerator[own].sum()
    assert estimate.rest_rate == pytest.approx(rows.numerator[beside].sum() / rows.denominator[beside].sum())
    assert estimate.ratio == pytest.approx(estimate.rate / estimate.rest_rate)
    assert estimate.excess_errors == pytest.approx((estimate.rate - estimate.rest_rate) * estimate.n_words)
    assert (rows.codes[1][beside] == PLANTED[1][1]).all()


@given(st.integers(0, 500))
def test_contributions_add_up_to_the_whole_distance(seed: int) -> None:
    rows = made_up_rows(seed, missing=0.0, n_speakers=30)
    items = ((0, 1), (1, 0), (3, 1))
    inside = rows.inside(items)
    if rows.denominator[inside].sum() > 0:
        rate = rows.numerator[inside].sum() / rows.denominator[inside].sum()
        total = sum(value for _, value in contributions(rows, items))
        assert total == pytest.approx(rate - rows.overall_rate)


def test_contributions_are_means_over_all_orders_of_the_conditions() -> None:
    rows = made_up_rows(2, n_speakers=40)
    items = ((0, 2), (1, 1), (2, 0))

    def rate(part: Items) -> float:
        inside = rows.inside(tuple(sorted(part)))
        return float(rows.numerator[inside].sum() / rows.denominator[inside].sum())

    for item, value in contributions(rows, items):
        orders = list(itertools.permutations(items))
        before = [order[: order.index(item)] for order in orders]
        expected = np.mean([rate((*part, item)) - rate(part) for part in before])
        assert value == pytest.approx(float(expected))


@given(st.integers(0, 300))
def test_effects_that_multiply_keep_the_errors_of_every_group(seed: int) -> None:
    rows = made_up_rows(seed)
    expected = with_expected(rows, "multiplicative").base
    for code in rows.codes:
        for level in np.unique(code):
            inside = code == level
            assert expected[inside].sum() == pytest.approx(rows.numerator[inside].sum(), rel=1e-3, abs=1e-3)


def test_effects_that_add_are_those_of_least_squares() -> None:
    rows = made_up_rows(4, missing=0.0, n_speakers=60)
    design = np.concatenate([np.eye(2)[rows.codes[c]] for c in (1, 2)], axis=1)
    two = replace(rows, columns=rows.columns[1:3], codes=rows.codes[1:3])
    keep = rows.denominator > 0
    weight = np.sqrt(rows.denominator[keep])
    rate = rows.numerator[keep] / rows.denominator[keep]
    effects = np.linalg.lstsq(design[keep] * weight[:, None], rate * weight, rcond=None)[0]
    np.testing.assert_allclose(
        with_expected(two, "additive").base, rows.denominator * (design @ effects), rtol=1e-5, atol=1e-6
    )


def test_false_discovery_rates_count_only_what_says_something_of_its_own() -> None:
    assert q_values([0.001, 0.004, 0.5], 10).tolist() == pytest.approx([0.01, 0.02, 1.0])
    assert q_values([0.004, 0.002], 10).tolist() == pytest.approx([0.01, 0.01])
    assert q_values([], 10).tolist() == []


def test_the_conditions_that_speakers_were_recorded_in_explain_them() -> None:
    """Accent A is recorded in noise, and is no worse there than accent B."""
    random = np.random.default_rng(5)
    speaker = np.repeat(np.arange(80), 10)
    accent = (speaker >= 40).astype(int)
    noise = np.where(random.random(800) < np.where(accent == 0, 0.9, 0.1), 1, 0)
    words = np.full(800, 20)
    errors = random.binomial(words, np.where(noise == 1, 0.4, 0.1))
    columns = (
        SliceColumn("accent", "speaker", ("A", "B")),
        SliceColumn("noise", "condition", ("quiet", "babble")),
    )
    rows = SliceRows.of(columns, [accent, noise], speaker, errors, words, np.ones(800))
    found = search(rows, SearchPlan(), quiet)
    assert [one.items for one in found.found] == [((1, 1),)]
    by = {one.items: one.by for one in found.explained}
    pruned = prune(rows, [((0, 0),)], 5, 1.2)
    assert by.get(((0, 0),), ()) in ((), ((1, 1),))
    assert [(one.items, one.by) for one in pruned.explained] == [(((0, 0),), ())]


def test_what_explains_a_slice_is_itself_listed() -> None:
    for seed in range(4):
        rows = drawn_rows(np.random.default_rng(seed), Design(0.35, 1.5, conditions="multiply"))
        found = search(rows, SearchPlan(), quiet)
        listed = {one.items for one in found.found}
        assert {one.by for one in found.explained} <= {(), *listed}
        assert not {one.items for one in found.explained} & listed


def test_a_part_that_luck_made_the_surest_gives_way_to_the_whole() -> None:
    rows = planted_rows()
    part = (*PLANTED, (3, 0))
    pruned = prune(rows, [part, PLANTED], 5, 1.2)
    assert pruned.kept == (PLANTED,)
    assert [(one.items, one.by) for one in pruned.explained] == [(part, PLANTED)]


@pytest.mark.parametrize(("excess", "keeps_part"), [(1.25, False), (2.0, True)])
def test_a_part_stands_beside_its_whole_only_where_it_is_clearly_worse(
    excess: float, keeps_part: bool
) -> None:
    """One of twenty parts of a group: p 0.05 against its rest comes by luck, p 0.05 / 20 does not."""
    random = np.random.default_rng(57)
    speaker = np.repeat(np.arange(240), 8)
    accent, device = (np.arange(240) % 4)[speaker], np.arange(len(speaker)) % 4
    rate = np.where(accent == 0, 0.24, 0.12) * np.where((accent == 0) & (device == 0), excess, 1.0)
    columns = (
        SliceColumn("accent", "speaker", ("A", "B", "C", "D")),
        SliceColumn("device", "condition", ("1", "2", "3", "4")),
        SliceColumn("room", "condition", tuple(f"room {i}" for i in range(16))),
    )
    room, words = random.integers(0, 16, len(speaker)), np.full(len(speaker), 12)
    errors = random.poisson(rate * 12)
    rows = SliceRows.of(columns, [accent, device, room], speaker, errors, words, np.ones(len(speaker)))
    whole: Items = ((0, 0),)
    part: Items = ((0, 0), (1, 0))
    assert prune(rows, [part, whole], 5, 1.2).kept == ((part, whole) if keeps_part else (whole,))


def test_nearly_the_same_recordings_are_listed_once() -> None:
    random = np.random.default_rng(0)
    accent = np.repeat([0, 1], 40)
    region = accent.copy()
    region[0] = 1
    words = np.full(80, 200)
    errors = random.poisson(np.where(accent == 0, 60, 30))
    columns = (
        SliceColumn("accent", "speaker", ("A", "B")),
        SliceColumn("region", "speaker", ("here", "there")),
    )
    rows = SliceRows.of(columns, [accent, region], range(80), errors, words, np.full(80, 10))
    found = search(rows, SearchPlan(), quiet)
    assert len(found.found) == 1
    assert {one.by for one in found.explained} == {found.found[0].items}


def test_halves_hold_every_group_alike_and_can_be_made_again() -> None:
    rows = planted_rows()
    split = split_speakers(rows, 4)
    assert split.stratified_by == "accent"
    assert abs(split.n_discovery - split.n_confirmation) <= 1
    first = np.flatnonzero(np.diff(rows.speaker, prepend=-1))
    for level in range(6):
        here = rows.codes[0][first] == level
        assert abs(int(split.in_discovery[here].sum()) - int((~split.in_discovery[here]).sum())) <= 1
    again, other = split_speakers(rows, 4), split_speakers(rows, 5)
    assert split.sha256 == again.sha256 != other.sha256
    one, two = halves(rows, split, SearchPlan())
    assert one.n_speakers + two.n_speakers == rows.n_speakers
    assert not set(one.speaker_ids) & set(two.speaker_ids)


def test_confirmed_means_that_the_interval_of_the_other_speakers_lies_above_one() -> None:
    rng = np.random.default_rng(11)
    for run in range(4):
        rows = drawn_rows(rng, Design(0.35, 1.5))
        for one in confirm(rows, SearchPlan(), run, quiet).tested:
            assert one.confirmed == (one.p_holm <= CONFIRMED_AT)
            assert not one.confirmed or (one.confirm.low or 0) > 1


def test_the_second_opinion_sees_small_effects_that_add_up() -> None:
    """Four speaker attributes, each a tenth worse: no group reaches the ratio that is listed, their sum does."""
    random = np.random.default_rng(2)
    n_speakers, per_speaker = 800, 10
    speaker = np.repeat(np.arange(n_speakers), per_speaker)
    own = random.integers(0, 2, (4, n_speakers))
    rate = 0.15 * 1.18 ** own.sum(axis=0)
    words = np.full(len(speaker), 12)
    errors = random.poisson(words * rate[speaker])
    columns = [SliceColumn(f"a{i}", "speaker", ("x", "y")) for i in range(4)]
    rows = SliceRows.of(
        columns, [code[speaker] for code in own], speaker, errors, words, np.ones(len(speaker))
    )
    first, second = halves(rows, split_speakers(rows, 0), SearchPlan())
    found = audit(first, second, "errors", "multiplicative")
    assert found.ratio is not None
    assert found.ratio > 1.2
    assert found.p < 0.001
    assert {part[0][1] for part in found.strongest} == {"y"}
    residuals = audit(first, second, "residuals", "multiplicative")
    assert residuals.p > 0.001


def test_the_second_opinion_sees_a_combination_in_the_residuals() -> None:
    rows = drawn_rows(np.random.default_rng(9), Design(0.2, 2.5, conditions="multiply"))
    first, second = halves(rows, split_speakers(rows, 0), SearchPlan())
    found = audit(first, second, "residuals", "multiplicative")
    names = tuple((COLUMNS[column].attribute, COLUMNS[column].levels[level]) for column, level in PLANTED)
    assert found.p < 0.01
    assert names in found.strongest


def test_a_search_without_errors_or_groups_finds_nothing() -> None:
    rows = SliceRows.of(COLUMNS, [[], [], [], [], []], [], [], [], [])
    found = search(rows, SearchPlan(limits=SearchLimits(min_speakers=10)), quiet)
    assert (found.tested, found.found) == (0, ())
    assert math.isnan(rows.overall_rate)
