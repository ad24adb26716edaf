"""Whether a subgroup is a row of a table of groups, and that the page says where that table's verdict is another."""

from __future__ import annotations

import pytest

from analysis.selection import EVERYTHING, AllOf, AnyOf, Between, Not, OneOf, Selection
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.answers.subgroup import SUBGROUP, SubgroupQuestion, subgroup
from dashboard.answers.subgroup_row import groups_of_a_row, table_question
from dashboard.wording_subgroup import table_note
from data.store import Build
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
