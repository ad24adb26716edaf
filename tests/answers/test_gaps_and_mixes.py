"""All groups together: range, spread and test, and the overall rate under three mixes, from stores and recordings alike."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analysis.gaps import gap_measures
from analysis.plan import Plan
from analysis.selection import AnyOf, Between, NotStated, OneOf
from dashboard.answers.gaps import (
    FILTERED,
    NOT_PUBLISHED,
    TOO_FEW,
    counts_by_group,
    enough_speakers,
    gaps,
    gaps_document,
)
from dashboard.answers.overall_mixes import NO_GROUPING, NO_PLAN, NO_SHARES, overall_mixes
from dashboard.answers.plan import set_plan
from dashboard.answers.rates import RatesQuestion, rates
from data.store import Build, open_build
from tests.answers.made_up import counted, made_up_build
from tests.answers.test_condition_mix import ACCENTS, unequal_frame

BY_ACCENT = RatesQuestion(by=("accent",))


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return made_up_build(tmp_path_factory.mktemp("home"), unequal_frame())


@pytest.fixture
def planned(tmp_path: Path) -> Build:
    build = made_up_build(tmp_path, unequal_frame())
    shares = (("noise", (("quiet", 0.75), ("babble", 0.2), ("wind", 0.05))),)
    populations = (("noise", ("quiet", "babble", "wind")),)
    set_plan(build.info, Plan(groupings=(("accent",),), populations=populations, shares=shares))
    return open_build(build.path)


@pytest.mark.parametrize(("by", "kind"), [(("accent",), "welch"), (("noise",), "hotelling")])
def test_stored_statistics_and_recordings_give_the_same_measures(
    build: Build, by: tuple[str, ...], kind: str
) -> None:
    answer = rates(build, replace(BY_ACCENT, by=by))
    found = gaps(build, answer)
    assert answer.stored
    assert found is not None
    assert found.measures is not None
    assert found.measures.omnibus is not None
    assert found.measures.omnibus.kind == kind
    direct = gap_measures(
        counts_by_group(build, answer),
        answer.table.statistics,
        enough_speakers(answer),
        float(answer.whole.statistics.rate[0]),
    )
    assert gaps_document(answer, found) == gaps_document(answer, replace(found, measures=direct))


def test_the_measures_are_those_of_the_rows(build: Build) -> None:
    answer = rates(build, BY_ACCENT)
    document = gaps_document(answer, gaps(build, answer))
    assert document is not None
    rows = counted(unequal_frame())
    by_accent = rows[rows["accent"] != ""].groupby("accent")[["errors", "n_words"]].sum()
    own = by_accent["errors"] / by_accent["n_words"]
    assert document["range"] == pytest.approx(own.max() - own.min())
    assert document["ratio"] == pytest.approx(own.max() / own.min())
    assert (document["lowest"], document["highest"]) == ({"accent": own.idxmin()}, {"accent": own.idxmax()})
    assert document["groups"] == 3
    assert document["range"] > document["range_expected"] > 0
    overall = rows["errors"].sum() / rows["n_words"].sum()
    excess = (by_accent["errors"] - overall * by_accent["n_words"]).clip(lower=0).sum()
    assert document["excess_errors"] == pytest.approx(excess)


def test_it_is_said_why_there_are_no_measures(build: Build, planned: Build) -> None:
    one_group = rates(build, replace(BY_ACCENT, where=Between("words", 1000, None)))
    hidden = rates(planned, replace(BY_ACCENT, where=OneOf("accent", ("North",))))
    public = rates(build, replace(BY_ACCENT, audience="public"))
    asked = ((build, one_group), (planned, hidden), (build, public))
    assert [found.reason if (found := gaps(where, answer)) else None for where, answer in asked] == [
        TOO_FEW,
        FILTERED,
        NOT_PUBLISHED,
    ]
    assert gaps(build, rates(build, RatesQuestion())) is None


def test_every_group_equal_is_the_mean_of_the_groups(build: Build) -> None:
    answer = rates(build, BY_ACCENT)
    tested, equal, plan = overall_mixes(build, answer)
    rows = counted(unequal_frame())
    own = rows[rows["accent"] != ""].groupby("accent")[["errors", "n_words"]].sum()
    assert tested.rate == pytest.approx(rows["errors"].sum() / rows["n_words"].sum())
    assert equal.rate == pytest.approx((own["errors"] / own["n_words"]).mean())
    assert equal.low is not None
    assert equal.low < float(equal.rate or 0) < float(equal.high or 0)
    assert (equal.n_speakers, equal.n_groups, equal.status) == (145, 3, "shown")
    assert (plan.rate, plan.reason, plan.status) == (None, NO_PLAN, "empty")


def test_as_planned_weighs_by_the_shares_of_the_plan(planned: Build) -> None:
    [_, _, mix] = overall_mixes(planned, rates(planned, BY_ACCENT))
    rows = counted(unequal_frame())
    own = rows.groupby("noise")[["errors", "n_words"]].sum()
    rate = own["errors"] / own["n_words"]
    assert mix.rate == pytest.approx((0.75 * rate["quiet"] + 0.2 * rate["babble"]) / 0.95)
    assert mix.share_present == pytest.approx(0.95)
    assert (mix.by, mix.n_groups, mix.n_words) == (("noise",), 2, rows["n_words"].sum())


def test_shares_of_several_attributes_are_multiplied(tmp_path: Path) -> None:
    build = made_up_build(tmp_path, unequal_frame())
    shares = (("noise", (("quiet", 0.5), ("babble", 0.5))), ("device", (("phone", 1.0), ("headset", 0.0))))
    set_plan(build.info, Plan(groupings=(("accent",),), shares=shares))
    build = open_build(build.path)
    [_, _, mix] = overall_mixes(build, rates(build, BY_ACCENT))
    rows = counted(unequal_frame())
    own = rows[rows["device"] == "phone"].groupby("noise")[["errors", "n_words"]].sum()
    assert mix.rate == pytest.approx((own["errors"] / own["n_words"]).mean())
    assert mix.share_present == pytest.approx(1.0)


def test_what_cannot_be_mixed_says_so(build: Build, tmp_path: Path) -> None:
    assert overall_mixes(build, rates(build, RatesQuestion()))[1].reason == NO_GROUPING
    public = overall_mixes(build, rates(build, replace(BY_ACCENT, audience="public")))
    assert [mix.reason for mix in public][1:] == [NOT_PUBLISHED, NO_PLAN]
    without_shares = made_up_build(tmp_path, unequal_frame())
    set_plan(without_shares.info, Plan(groupings=(("accent",),)))
    without_shares = open_build(without_shares.path)
    assert overall_mixes(without_shares, rates(without_shares, BY_ACCENT))[2].reason == NO_SHARES


def test_a_selection_is_what_is_mixed(build: Build) -> None:
    everyone = AnyOf((OneOf("accent", ACCENTS), NotStated("accent")))
    whole, same = (
        overall_mixes(build, rates(build, replace(BY_ACCENT, where=where)))
        for where in (BY_ACCENT.where, everyone)
    )
    assert np.allclose([mix.rate or 0 for mix in whole], [mix.rate or 0 for mix in same])
    quiet = overall_mixes(build, rates(build, replace(BY_ACCENT, where=OneOf("noise", ("quiet",)))))
    assert float(quiet[1].rate or 0) < float(whole[1].rate or 0)
