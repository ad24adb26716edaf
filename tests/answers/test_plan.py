"""Verdicts of a declared family: the same whatever is on screen, and those of plain loops over all recordings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from analysis.judgement import VERDICTS
from analysis.plan import Plan
from analysis.rates import NOBODY
from analysis.selection import EVERYTHING, AllOf, AnyOf, Not, NotStated, OneOf, Selection
from analysis.settings import DEFAULTS
from dashboard.answers.choices import chosen_attributes
from dashboard.answers.documents import rates_document
from dashboard.answers.families import judged_by
from dashboard.answers.grid import ORDERS, GridQuestion, grid
from dashboard.answers.overview import OverviewQuestion, overview
from dashboard.answers.plan import draft_plan, note_results_opened, plan_of, remove_plan, set_plan
from dashboard.answers.rates import RatesQuestion, rates, rates_query
from dashboard.answers.rows import rate_rows
from dashboard.answers.sensitivity import sensitivity
from dashboard.answers.subgroup import SUBGROUP, SubgroupQuestion, subgroup
from dashboard.wording_subgroup import EXPLORATORY, subgroup_badge
from data.errors import InputError
from data.queries import pair_counts
from data.settings_file import FILE_NAME
from data.store import Build, open_build
from tests.answers.made_up import brute_ratio, counted, made_up_build, made_up_frame

BY = ("accent", "noise")
PLAN = Plan(
    (("accent",), ("noise", "accent")),
    (("accent", ("North", "South", "East", "West")),),
    margin_ratio=1.6,
    min_speakers=5,
    floor=0.6,
)


def planned(home: Path, plan: Plan = PLAN, frame_seed: int = 1) -> Build:
    build = made_up_build(home, made_up_frame(frame_seed, n_speakers=60))
    set_plan(build.info, plan)
    return open_build(build.path)


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return planned(tmp_path_factory.mktemp("planned"))


values = {"accent": ["East", "North", "South"], "noise": ["babble", "quiet"]}


@st.composite
def filters(draw: st.DrawFn) -> Selection:
    """Selections that choose among the groups of the grouping."""
    name = draw(st.sampled_from(BY))
    chosen = draw(st.lists(st.sampled_from(values[name]), min_size=1, max_size=2, unique=True))
    one: Selection = draw(st.sampled_from([OneOf(name, tuple(chosen)), NotStated("accent")]))
    other = OneOf("noise", (draw(st.sampled_from(values["noise"])),))
    return draw(
        st.sampled_from([one, Not(one), AllOf((one, other)), AnyOf((one, other)), AllOf((Not(one), other))])
    )


@hypothesis_settings(max_examples=25)
@given(filters())
def test_a_filter_hides_rows_and_changes_no_verdict(build: Build, where: Selection) -> None:
    whole = rates(build, RatesQuestion(by=BY))
    shown = rates(build, RatesQuestion(by=BY, where=where))
    assert whole.table.planned
    assert shown.table.planned
    everything = rate_rows(whole.table)
    left = {i: row for i, row in enumerate(rate_rows(shown.table)) if shown.table.status[i] != NOBODY}
    for i, row in left.items():
        assert row == everything[i]
    recorded = counted_under(build, where)
    assert {tuple(everything[i]["group"].values()) for i in left} == recorded
    assert shown.whole.totals["n_utterances"][0] == sum(row["n_utterances"] for row in left.values())


def counted_under(build: Build, where: Selection) -> set[tuple[str | None, ...]]:
    """The groups that hold a recording of the selection, as the query counts them."""
    by = chosen_attributes(build, BY)
    codes = pair_counts(build.cursor(), by, 0, where).codes.tolist()
    return {
        tuple(None if code < 0 else a.levels[code] for a, code in zip(by, row, strict=True)) for row in codes
    }


@pytest.mark.parametrize(
    "where", [EVERYTHING, OneOf("accent", ("East", "North")), OneOf("noise", ("babble",))]
)
def test_neither_order_nor_layout_of_the_heatmap_changes_a_verdict(build: Build, where: Selection) -> None:
    table = rates(build, RatesQuestion(by=BY)).table
    verdicts = {tuple(sorted(table.group(i).items())): int(v) for i, v in enumerate(table.judgement.verdict)}
    for order in ORDERS:
        for rows, columns in (BY, BY[::-1]):
            arranged = grid(build, GridQuestion(rows, columns, where=where, order=order))
            for i in arranged.place.reshape(-1).tolist():
                if arranged.table.status[i] != NOBODY:
                    key = tuple(sorted(arranged.table.group(i).items()))
                    assert arranged.table.judgement.verdict[i] == verdicts[key]


@pytest.mark.parametrize("seed", [1, 2])
def test_verdicts_are_those_of_plain_loops_over_all_recordings(tmp_path: Path, seed: int) -> None:
    build = planned(tmp_path, frame_seed=seed)
    rows = counted(made_up_frame(seed, n_speakers=60))
    answer = rates(build, RatesQuestion(by=BY, where=OneOf("accent", ("East",))))
    family = [
        row for row in rate_rows(rates(build, RatesQuestion(by=BY)).table) if row["versus"]["p"] is not None
    ]
    adjusted = holm_by_hand([row["versus"]["p"] for row in family])
    checked = 0
    for row, p in zip(family, adjusted, strict=True):
        if row["group"]["accent"] != "East":
            continue
        i = answer.table.position(row["group"])
        found = rate_rows(answer.table)[int(i or 0)]["versus"]
        own = rows[(rows["accent"] == "East") & (rows["noise"] == row["group"]["noise"])]
        peers = rows[(rows["accent"] != "East") & (rows["noise"] == row["group"]["noise"])]
        ratio, low, high = brute_ratio(own, peers)
        assert (found["ratio"], found["low"], found["high"]) == pytest.approx((ratio, low, high))
        assert found["p_adjusted"] == pytest.approx(p)
        assert found["family_size"] == len(family)
        assert found["verdict"] == verdict_by_hand(ratio, low, high, p, found["difference_high"])
        checked += 1
    assert checked == 2


def holm_by_hand(p: list[float]) -> list[float]:
    result, worst = [0.0] * len(p), 0.0
    for rank, i in enumerate(sorted(range(len(p)), key=lambda i: p[i])):
        worst = max(worst, min(1.0, p[i] * (len(p) - rank)))
        result[i] = worst
    return result


def verdict_by_hand(ratio: float, low: float, high: float, p: float, points: float) -> str:
    """The rule table at the plan's margin."""
    margin = PLAN.margin_ratio
    if high >= margin and p <= 0.05 and points >= PLAN.margin_points:
        return "worse"
    if high >= margin and p > 0.05:
        return "undecided"
    if high < margin and p <= 0.05 and ratio < 1 and low <= 1 / margin:
        return "better"
    return "slightly worse" if p <= 0.05 and ratio > 1 else "within"


def test_another_question_is_exploratory_and_judged_by_the_defaults(build: Build) -> None:
    asked = RatesQuestion(by=BY, where=OneOf("device", ("phone",)))
    answer = rates(build, asked)
    assert (answer.family.planned, answer.table.planned) == (False, False)
    assert answer.table.settings == DEFAULTS
    document = rates_document(build.info, answer)
    assert {row["versus"]["family"] for row in document["rows"]} == {"exploratory"}
    assert document["family"].endswith("exploratory: not declared in advance")
    assert document["settings"]["margin_ratio"] == 1.25


def test_every_document_names_the_plan_and_the_settings_its_rows_are_judged_by(build: Build) -> None:
    document = rates_document(build.info, rates(build, RatesQuestion(by=BY)))
    assert document["plan"] == {
        "sha256": PLAN.sha256,
        "set": build.info.plan.set_at if build.info.plan else None,
        "before_results": True,
    }
    assert (
        document["family"]
        == "planned: the groups by accent × noise were declared before results were first opened"
    )
    assert {row["versus"]["family"] for row in document["rows"]} == {"planned"}
    assert document["overall"]["versus"]["family"] is None
    assert (document["settings"]["margin_ratio"], document["settings"]["min_speakers"]) == (1.6, 5)
    assert document["every_group"]["floor"]["limit"] == 0.6


def test_claims_about_every_group_are_not_made_of_some_of_them(build: Build) -> None:
    some = rates(build, RatesQuestion(by=BY, where=OneOf("accent", ("East",))))
    assert rates_document(build.info, some)["every_group"] is None


def test_without_a_plan_documents_say_that_the_defaults_hold(tmp_path: Path) -> None:
    bare = made_up_build(tmp_path, made_up_frame(1))
    document = rates_document(bare.info, rates(bare, RatesQuestion(by=BY)))
    assert document["plan"] is None
    assert "no plan: defaults" in document["family"]


def test_a_subgroup_is_always_exploratory(build: Build) -> None:
    answer = subgroup(build, SubgroupQuestion(OneOf("accent", ("East",))))
    assert not answer.table.planned
    assert VERDICTS[int(answer.table.judgement.verdict[SUBGROUP])] in VERDICTS


@pytest.mark.parametrize(
    ("where", "badge"),
    [
        (OneOf("accent", ("East",)), "Planned in advance; judged here by itself"),
        (
            AllOf((OneOf("noise", ("babble",)), OneOf("accent", ("East",)))),
            "Planned in advance; judged here by itself",
        ),
        (OneOf("device", ("phone",)), EXPLORATORY),
        (Not(OneOf("accent", ("East",))), EXPLORATORY),
    ],
)
def test_a_subgroup_that_is_a_declared_group_is_called_so(build: Build, where: Selection, badge: str) -> None:
    assert subgroup_badge(build.info, subgroup(build, SubgroupQuestion(where))) == badge


def test_the_query_behind_a_declared_family_is_that_of_all_recordings(build: Build) -> None:
    everything = rates_query(build, RatesQuestion(by=BY))
    assert rates_query(build, RatesQuestion(by=BY, where=OneOf("accent", ("East",)))) == everything
    assert rates_query(build, RatesQuestion(by=BY, where=OneOf("device", ("phone",)))) != everything


def test_texts_counted_after_another_normaliser_are_exploratory(build: Build) -> None:
    asked = (build.info, chosen_attributes(build, BY), "wer", EVERYTHING, None, DEFAULTS)
    assert judged_by(*asked).family.planned
    assert not judged_by(*asked, counted_otherwise=True).family.planned


@pytest.mark.parametrize("where", [EVERYTHING, OneOf("accent", ("East",))])
def test_texts_counted_again_are_judged_over_the_plans_rows_by_its_margin(
    build: Build, where: Selection
) -> None:
    """The made-up texts are the same under every normaliser, so nothing may seem to move."""
    found = sensitivity(build, RatesQuestion(by=BY, where=where))
    own, *others = (one.table for one in found.under)
    assert others
    for table in others:
        assert (table.settings, table.planned) == (own.settings, False)
        assert np.array_equal(table.judgement.verdict, own.judgement.verdict)
        assert np.array_equal(table.judgement.ratio, own.judgement.ratio, equal_nan=True)
    assert not any(map(found.verdict_changes, range(len(own))))


def test_the_first_page_is_judged_by_the_plan(build: Build) -> None:
    groups = overview(build, OverviewQuestion()).groups
    assert groups is not None
    assert groups.table.planned
    assert groups.table.settings.margin_ratio == 1.6


def test_a_plan_survives_new_builds_and_ends_when_it_is_removed(tmp_path: Path) -> None:
    first = planned(tmp_path)
    second = made_up_build(tmp_path, made_up_frame(7))
    assert second.info.build != first.info.build
    assert plan_of(second.info).held == first.info.plan
    remove_plan(second.info)
    assert open_build(first.path).info.plan is None
    assert not rates(open_build(second.path), RatesQuestion(by=BY)).table.planned


def test_opening_results_is_recorded_once_and_told_of_later_plans(tmp_path: Path) -> None:
    bare = made_up_build(tmp_path, made_up_frame(1))
    assert plan_of(bare.info).results_opened is None
    for _ in range(2):
        note_results_opened(open_build(bare.path).info)
    status = set_plan(open_build(bare.path).info, PLAN)
    assert status.held is not None
    assert not status.held.before_results
    assert [entry.what for entry in status.log] == ["results opened", "plan set"]


def test_a_plan_that_does_not_fit_is_refused_with_every_fault_and_not_set(tmp_path: Path) -> None:
    bare = made_up_build(tmp_path, made_up_frame(1))
    with pytest.raises(InputError) as refused:
        set_plan(bare.info, Plan((("acent",), ("accent", "noice"))), "plan.json")
    assert [fault.field for fault in refused.value.faults] == ["groupings 1", "groupings 2"]
    assert plan_of(open_build(bare.path).info).held is None


def test_a_draft_fits_the_evaluation_it_was_drawn_from(build: Build) -> None:
    draft = draft_plan(build.info)
    assert draft.groupings[0] == ("accent",)
    assert plan_of(build.info).check is not None
    assert set_plan(build.info, draft).check is not None
    set_plan(build.info, PLAN)


def test_settings_of_the_folder_reach_every_answer(tmp_path: Path) -> None:
    bare = made_up_build(tmp_path, made_up_frame(1))
    (tmp_path / FILE_NAME).write_text("margin_ratio = 1.4\nlevel = 0.9\nmin_speakers = 12\n")
    again = open_build(bare.path)
    answer = rates(again, RatesQuestion(by=BY))
    assert (answer.table.settings.margin_ratio, answer.table.level) == (1.4, 0.9)
    assert rates_document(again.info, answer)["settings"]["min_speakers"] == 12
    one = subgroup(again, SubgroupQuestion(OneOf("accent", ("East",))))
    assert one.table.settings.margin_ratio == 1.4
    assert rates(again, RatesQuestion(by=BY, settings=replace(DEFAULTS))).table.settings == DEFAULTS
