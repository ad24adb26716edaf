"""A plan against an evaluation: slips are faults, groups without recordings are not."""

from __future__ import annotations

import pytest

from analysis.attributes import Attribute
from analysis.plan import Plan
from analysis.plan_check import check_plan, groups_without_data

ACCENT = Attribute("accent", "speaker", "category", ("Irish", "Scottish"), has_missing=True)
NOISE = Attribute("noise", "condition", "category", ("babble", "quiet"), has_missing=False)
GROUPINGS = (("accent",), ("accent", "noise"))


def faults(plan: Plan) -> list[str]:
    return [str(fault) for fault in check_plan(plan, [ACCENT, NOISE], "basic", {}).faults]


def test_a_plan_that_fits_has_no_faults() -> None:
    plan = Plan(
        GROUPINGS, (("accent", ("Irish", "Scottish")),), comparator="accent=Irish", normalizer="basic"
    )
    found = check_plan(plan, [ACCENT, NOISE], "basic", {})
    assert (found.faults, found.notes, found.without_data, found.not_declared) == ((), (), (), ())


def test_intended_groups_without_recordings_are_listed_and_no_fault() -> None:
    plan = Plan(GROUPINGS, (("accent", ("Irish", "Maltese")), ("noise", ("wind", "rain"))))
    found = check_plan(plan, [ACCENT, NOISE], "basic", {})
    assert found.faults == ()
    assert found.without_data == (("accent", ("Maltese",)), ("noise", ("wind", "rain")))
    assert found.not_declared == (("accent", ("Scottish",)), ("noise", ("babble", "quiet")))
    assert groups_without_data(plan, [ACCENT]) == (("accent", ("Maltese",)),)


def test_a_name_one_letter_off_is_a_slip_unless_both_are_declared() -> None:
    (said,) = faults(Plan(GROUPINGS, (("accent", ("Irish", "Scotish")),)))
    assert "'Scottish' is a group" in said
    assert faults(Plan(GROUPINGS, (("accent", ("Irish", "Scottish", "Scotish")),))) == []


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (Plan((("acent",),)), "groupings 1: the evaluation has no attribute 'acent'. Did you mean 'accent'?"),
        (Plan(GROUPINGS, (("colour", ("red",)),)), "populations: the evaluation has no attribute 'colour'"),
        (Plan(GROUPINGS, shares=(("colour", (("red", 1.0),)),)), "shares: the evaluation has no attribute"),
        (
            Plan(GROUPINGS, shares=(("noise", (("babel", 1.0),)),)),
            "'babel' is neither recorded nor an intended",
        ),
        (Plan(GROUPINGS, comparator="colour=red"), "comparator: the evaluation has no attribute 'colour'"),
        (
            Plan(GROUPINGS, comparator="accent=Scotch"),
            "'Scotch' is not a recorded group of accent. Did you mean",
        ),
        (Plan((("accent",),), comparator="noise=quiet"), "no grouping has noise"),
        (Plan((("noise",),), comparator="peers"), "peers of noise: it has no attribute of speakers"),
    ],
)
def test_what_does_not_fit_is_named_with_what_does(plan: Plan, said: str) -> None:
    (fault,) = faults(plan)
    assert said in fault


def test_another_normaliser_and_a_metric_that_is_not_given_are_named() -> None:
    plan = Plan(GROUPINGS, metric="deletion-rate", normalizer="whisper-english")
    found = check_plan(plan, [ACCENT, NOISE], "basic", {"deletion-rate": "It holds counts alone."})
    assert [note.field for note in found.notes] == ["normalizer", "metric"]
    assert "'basic'" in str(found.notes[0])
    assert "It holds counts alone." in str(found.notes[1])
