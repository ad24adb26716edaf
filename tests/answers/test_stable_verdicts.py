"""Verdicts do not change when the view is filtered by its own groups, sorted or paged, with a plan and without one."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from analysis.plan import Plan
from analysis.rates import NOBODY, RateTable
from analysis.selection import AllOf, AnyOf, Between, Not, NotStated, OneOf, Selection
from analysis.verdict_reasons import NOT_SELECTED, REASONS
from dashboard.answers.choices import QuestionError
from dashboard.answers.compare import CompareQuestion, compare
from dashboard.answers.compare_document import compare_document, compare_rows
from dashboard.answers.compare_gaps import gap_rows
from dashboard.answers.documents import rates_document
from dashboard.answers.gate import GateQuestion, gate
from dashboard.answers.grid import ORDERS, GridQuestion, grid
from dashboard.answers.plan import set_plan
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.answers.rows import rate_rows
from dashboard.answers.versions import VersionsQuestion, versions
from data.store import Build, open_build
from tests.answers.made_up import made_up_build, made_up_frame

GROUPS = {
    "accent": ("East", "North", "South"),
    "noise": ("babble", "quiet"),
    "device": ("car", "headset", "phone"),
}
GROUPINGS = (("accent",), ("noise",), ("accent", "noise"), ("device", "accent"))
SEEDS = (1, 2, 3)
STEADY = ("ratio", "low", "high", "p", "p_adjusted", "family_size", "verdict", "reason", "comparator")
_HOME = TemporaryDirectory()


@cache
def evaluation(seed: int, planned: bool) -> Build:
    """Two systems over few speakers, groups of any size, some recorded in other conditions than the rest."""
    random = np.random.default_rng(seed)
    frame = made_up_frame(seed, n_speakers=int(random.integers(25, 60)), per_speaker=6)
    south = (frame["accent"] == "South") & (random.random(len(frame)) < 0.3 * seed)
    frame.loc[south, "noise"] = "babble"
    heard = frame["hypothesis"].where(random.random(len(frame)) < 0.8, "oops")
    frame["snr_db"] = random.integers(0, 20, len(frame))
    frame = frame.assign(hypothesis_new=heard).rename(columns={"hypothesis": "hypothesis_old"})
    build = made_up_build(Path(_HOME.name) / f"{seed}-{planned}", frame, bins={"snr_db": (5.0, 10.0)})
    if planned:
        set_plan(build.info, Plan((("accent",), ("accent", "noise")), margin_ratio=1.6, min_speakers=5))
    return open_build(build.path)


evaluations = st.builds(evaluation, st.sampled_from(SEEDS), st.booleans())


@st.composite
def own_filters(draw: st.DrawFn, by: tuple[str, ...], depth: int = 2) -> Selection:
    """Selections that speak of the attributes of a grouping and of nothing else."""
    if depth and draw(st.booleans()):
        parts = tuple(draw(st.lists(own_filters(by, depth=depth - 1), min_size=1, max_size=3)))
        return draw(st.sampled_from([AllOf(parts), AnyOf(parts), Not(parts[0])]))
    name = draw(st.sampled_from(by))
    if draw(st.integers(0, 5)) == 0:
        return NotStated(name)
    chosen = draw(st.lists(st.sampled_from(GROUPS[name]), min_size=1, max_size=2, unique=True))
    return OneOf(name, tuple(chosen), draw(st.booleans()))


@st.composite
def questions(draw: st.DrawFn) -> tuple[Build, tuple[str, ...], Selection, Selection | None]:
    """An evaluation, a grouping, a filter on its own groups, and perhaps one on something else."""
    by = draw(st.sampled_from(GROUPINGS))
    free = sorted(set(GROUPS) - set(by))
    others = [OneOf(name, GROUPS[name][:2]) for name in free] + [Between("snr_db", None, 7)]
    return draw(evaluations), by, draw(own_filters(by)), draw(st.sampled_from([None, *others]))


def steady(row: dict[str, object]) -> list[object]:
    versus = row.get("versus", row)
    return [versus[key] for key in STEADY if key in versus]  # type: ignore[operator, index]


def both(own: Selection, other: Selection | None) -> Selection:
    return own if other is None else AllOf((own, other))


def within(other: Selection | None) -> dict[str, Selection]:
    return {} if other is None else {"where": other}


@hypothesis_settings(max_examples=60, deadline=None)
@given(questions())
def test_rows_of_rates_that_stay_are_judged_as_without_the_filter(
    asked: tuple[Build, tuple[str, ...], Selection, Selection | None],
) -> None:
    build, by, own, other = asked
    whole = rates(build, RatesQuestion("old", by, **within(other)))  # type: ignore[arg-type]
    shown = rates(build, RatesQuestion("old", by, where=both(own, other)))
    assert shown.family.planned == whole.family.planned
    document = rates_document(build.info, shown)
    kept = shown.family.kept
    assert kept is not None
    assert document["rows_hidden"] == kept.count(False)
    for stays, before, after in zip(kept, rate_rows(whole.table), document["rows"], strict=True):
        if stays:
            assert {**after, "disagreement": None} == {**before, "disagreement": None}
        else:
            assert (after["status"], after["rate"], after["n_speakers"]) == ("empty", None, 0)
            assert after["reason"] == after["versus"]["reason"] == REASONS[NOT_SELECTED]
            assert after["versus"]["verdict"] == "undecided"


@hypothesis_settings(max_examples=40, deadline=None)
@given(questions())
def test_rows_of_a_comparison_that_stay_are_judged_as_without_the_filter(
    asked: tuple[Build, tuple[str, ...], Selection, Selection | None],
) -> None:
    build, by, own, other = asked
    whole = compare(build, CompareQuestion("old", "new", by, **within(other)))  # type: ignore[arg-type]
    shown = compare(build, CompareQuestion("old", "new", by, both(own, other)))
    assert shown.family.kept is not None
    rows = zip(shown.family.kept, compare_rows(whole), compare_rows(shown), strict=True)
    gaps = zip(shown.family.kept, gap_rows(whole), gap_rows(shown), strict=True)
    assert all(after == before for stays, before, after in (*rows, *gaps) if stays)
    hidden = [row for stays, row in zip(shown.family.kept, compare_rows(shown), strict=True) if not stays]
    assert {row["reason"] for row in hidden} <= {REASONS[NOT_SELECTED]}
    assert compare_document(build.info, shown)["rows_hidden"] == len(hidden)


@hypothesis_settings(max_examples=40, deadline=None)
@given(questions(), st.sampled_from([None, "old"]))
def test_a_gate_says_the_same_or_refuses_the_filter(
    asked: tuple[Build, tuple[str, ...], Selection, Selection | None], baseline: str | None
) -> None:
    build, by, own, other = asked
    whole = gate(build, GateQuestion("new", by, 1.5, baseline, **within(other)))  # type: ignore[arg-type]
    filtered = GateQuestion("new", by, 1.5, baseline, where=both(own, other))
    table = rates(build, RatesQuestion("new", by, where=both(own, other)))
    kept = np.array(table.family.kept)
    if kept[(table.table.codes >= 0).all(axis=1)].all():
        shown = gate(build, filtered)
        assert (shown.result, shown.rows) == (whole.result, whole.rows)
    else:
        with pytest.raises(QuestionError, match="a gate judges every group"):
            gate(build, filtered)


@hypothesis_settings(max_examples=40, deadline=None)
@given(questions(), st.sampled_from(ORDERS))
def test_the_heatmap_says_the_same_in_any_order_and_under_any_filter(
    asked: tuple[Build, tuple[str, ...], Selection, Selection | None], order: str
) -> None:
    build, by, own, other = asked
    rows, columns = (*by, None)[:2]
    judged = by_group(rates(build, RatesQuestion("new", by, **within(other))).table)  # type: ignore[arg-type]
    arranged = grid(build, GridQuestion(str(rows), columns, None, "new", where=both(own, other), order=order))  # type: ignore[arg-type]
    places = arranged.place.reshape(-1).tolist()
    shown = by_group(arranged.table)
    for i in places:
        if arranged.table.status[i] != NOBODY:
            key = tuple(arranged.table.group(i).values())
            assert shown[key] == judged[key]


@hypothesis_settings(max_examples=20, deadline=None)
@given(questions())
def test_versions_say_the_same_of_the_groups_that_stay(
    asked: tuple[Build, tuple[str, ...], Selection, Selection | None],
) -> None:
    build, by, own, other = asked
    assume(len(by) == 2)
    columns = by[1]
    page = {"current": "old", "candidate": "new", "rows": by[0], "columns": columns}
    whole = versions(build, VersionsQuestion(**page, **within(other)))  # type: ignore[arg-type]
    shown = versions(build, VersionsQuestion(**page, where=both(own, other)))  # type: ignore[arg-type]
    assert whole.combinations is not None
    assert shown.combinations is not None
    judged, found = by_group(whole.combinations.table), by_group(shown.combinations.table)
    kept = {key for key, values in found.items() if values[0] != "empty"}
    assert {key: found[key] for key in kept} == {key: judged[key] for key in kept}


def by_group(table: RateTable) -> dict[tuple[str | None, ...], list[object]]:
    return {tuple(row["group"].values()): [row["status"], *steady(row)] for row in rate_rows(table)}


@pytest.mark.parametrize("planned", [True, False])
def test_a_page_of_rows_is_a_part_of_the_table(planned: bool) -> None:
    """Tables are judged whole before any page of them is cut, so that a page adds nothing of its own."""
    table = rates(evaluation(1, planned), RatesQuestion("old", ("accent", "noise"))).table
    versus = [row["versus"] for row in rate_rows(table)]
    tested = [one for one in versus if one["p"] is not None]
    assert {one["family_size"] for one in versus} == {len(tested)}


def test_a_condition_on_something_else_is_said_to_be_another_selection() -> None:
    build = evaluation(1, True)
    answer = rates(build, RatesQuestion("old", ("accent",), where=OneOf("device", ("phone",))))
    document = rates_document(build.info, answer)
    assert "another selection than the one declared" in document["family"]
    assert document["judged_within"]["sentence"] == document["selection"]["sentence"]
    assert document["rows_hidden"] == 0
