"""Whether a subgroup is a row of a table of groups, and that the page says where that table's verdict is another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analysis.plan import BY_ROLES, Plan
from analysis.selection import EVERYTHING, AllOf, AnyOf, Between, Not, OneOf, Selection
from analysis.settings import DEFAULTS
from dashboard.answers.plan import set_plan
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.answers.subgroup import SUBGROUP, SubgroupAnswer, SubgroupQuestion, subgroup
from dashboard.answers.subgroup_row import groups_of_a_row, table_question
from dashboard.wording_subgroup import subgroup_badge, table_note
from data.store import Build, open_build
from tests.answers.made_up import made_up_build, made_up_frame

EAST, BABBLE = OneOf("accent", ("East",)), OneOf("noise", ("babble",))


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (EAST, {"accent": "East"}),
        (AllOf((EAST, BABBLE)), {"accent": "East", "noise": "babble"}),
        (EVERYTHING, None),
        (Not(EAST), None),
        (AnyOf((EAST, BABBLE)), None),
        (AllOf((EAST, OneOf("accent", ("South",)))), None),
        (OneOf("accent", ("East", "South")), None),
        (OneOf("accent", ("East",), or_not_stated=True), None),
        (AllOf((EAST, Between("snr_db", 0, 10))), None),
        (AllOf(tuple(OneOf(name, ("x",)) for name in "abcd")), None),
    ],
)
def test_one_group_of_each_attribute_is_a_row(where: Selection, expected: dict[str, str] | None) -> None:
    assert groups_of_a_row(where) == expected


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return made_up_build(tmp_path_factory.mktemp("home"), made_up_frame(7, n_speakers=60))


def test_the_table_is_by_its_attributes_in_the_order_of_the_evaluation(build: Build) -> None:
    names = [one.name for one in build.info.attributes if one.levels][:2]
    where = AllOf(tuple(OneOf(name, (build.info.attribute(name).levels[0],)) for name in reversed(names)))
    asked = table_question(where, build.info.attributes, "made-up", "wer", "internal")
    assert asked is not None
    assert asked.by == tuple(names)
    assert table_question(Not(where), build.info.attributes, "made-up", "wer", "internal") is None


def test_a_verdict_that_the_table_does_not_share_is_told_and_one_that_it_shares_is_not(build: Build) -> None:
    """Every group by accent and by accent and device: told exactly where the verdicts differ, which they do somewhere."""
    told = 0
    for by in (("accent",), ("accent", "noise", "device")):
        table = rates(build, RatesQuestion("hypothesis", by)).table
        for position in range(len(table)):
            groups = {name: str(value) for name, value in table.group(position).items() if value is not None}
            if len(groups) < len(by):
                continue
            parts = tuple(OneOf(name, (value,)) for name, value in groups.items())
            where = parts[0] if len(parts) == 1 else AllOf(parts)
            answer = subgroup(build, SubgroupQuestion(where, "hypothesis"))
            note = table_note(answer, table, position)
            here, there = answer.table.judgement.verdict[SUBGROUP], table.judgement.verdict[position]
            assert bool(note) == (here != there)
            assert not note or f"judge all {table.judgement.family_size} groups by" in note
            told += bool(note)
    assert told
    assert table_note(answer, table, None) == ""


def planned(home: Path, comparator: str, margin: float) -> Build:
    build = made_up_build(home, made_up_frame(7, n_speakers=60))
    set_plan(build.info, Plan((("accent",),), comparator=comparator, margin_ratio=margin, min_speakers=4))
    return open_build(build.path)


def notes_by_accent(build: Build) -> dict[str, tuple[SubgroupAnswer, str, int]]:
    """Each accent by itself, what is said of its table, and its place there."""
    table = rates(build, RatesQuestion("hypothesis", ("accent",))).table
    found = {}
    for position in range(len(table)):
        name = table.group(position)["accent"]
        if name is not None:
            answer = subgroup(build, SubgroupQuestion(OneOf("accent", (name,)), "hypothesis"))
            found[name] = answer, table_note(answer, table, position), position
    return found


def test_a_declared_group_is_judged_by_the_margin_and_minimum_of_the_plan_as_its_table_is(
    tmp_path: Path,
) -> None:
    build = planned(tmp_path, BY_ROLES, 1.1)
    for answer, note, _ in notes_by_accent(build).values():
        assert (answer.table.settings.margin_ratio, answer.table.settings.min_speakers) == (1.1, 4)
        assert not note or "together, corrected for so many" in note
    others = SubgroupQuestion(EAST, "hypothesis", against="accent=North")
    assert subgroup(build, others).table.settings.margin_ratio == DEFAULTS.margin_ratio
    assert subgroup(build, replace(others, against=None, by_plan=False)).table.settings.margin_ratio == 1.25


def test_where_a_plan_compares_with_a_named_group_the_note_says_so_and_the_named_group_has_none(
    tmp_path: Path,
) -> None:
    build = planned(tmp_path, "accent=South", 1.25)
    found = notes_by_accent(build)
    assert found["South"][1] == ""
    told = [(answer, note) for answer, note, _ in found.values() if note]
    assert told
    for answer, note in told:
        assert "judged together and compared with accent South; here it is the only question" in note
        assert "corrected for so many" not in note
        assert subgroup_badge(build.info, answer).endswith("not compared with whom the plan names")


def test_another_margin_is_named_where_only_that_differs(tmp_path: Path) -> None:
    build = planned(tmp_path, BY_ROLES, 3.0)
    table = rates(build, RatesQuestion("hypothesis", ("accent",))).table
    notes = [
        table_note(
            subgroup(build, replace(answer.question, settings=DEFAULTS, by_plan=False)), table, position
        )
        for answer, _, position in notes_by_accent(build).values()
    ]
    assert any(notes)
    assert all("judged together and at a margin of 3×; here" in note for note in notes if note)
