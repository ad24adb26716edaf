"""Saved subgroups of an evaluation: typed, linked, handed on, compared, and never more than may be shown."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.judgement import UNDECIDED
from analysis.multiplicity import adjust
from analysis.selection import (
    AllOf,
    Everything,
    Not,
    OneOf,
    ReferenceContains,
    ReferenceMatches,
    SelectionError,
)
from analysis.selection_link import to_link
from dashboard.answers.audience import PUBLIC
from dashboard.answers.choices import QuestionError
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.answers.rows import rate_row
from dashboard.answers.saved import (
    delete_subgroup,
    note_subgroup,
    save_subgroup,
    saved_here,
    where_of_link,
    where_typed,
)
from dashboard.answers.saved_files import export_bytes, export_document, import_plain, import_subgroups
from dashboard.answers.saved_rates import saved_rates, saved_rates_document
from dashboard.answers.subgroup import SUBGROUP, SubgroupQuestion, subgroup
from data.errors import InputError
from data.ingest import ingest
from data.ingest_options import IngestOptions
from data.store import Build, evaluations_home, open_build
from data.workspace import FILE_NAME
from tests.answers.made_up import brute_rate, counted, made_up_build, made_up_frame

SOUTH, BABBLE = OneOf("accent", ("South",)), OneOf("noise", ("babble",))
FRAME = made_up_frame(7, n_speakers=60)


@pytest.fixture
def build(tmp_path: Path) -> Build:
    return made_up_build(tmp_path, FRAME, show_text=True)


def test_a_name_stands_for_its_recordings_wherever_they_are_typed(build: Build) -> None:
    save_subgroup(build.info, "south", SOUTH)
    assert where_typed(build.info, "@south") == SOUTH
    assert where_typed(build.info, "@South and noise = 'babble'") == AllOf((SOUTH, BABBLE))
    assert where_of_link(build.info, "not @south") == Not(SOUTH)
    with pytest.raises(SelectionError, match="no saved subgroup @sout; did you mean 'south'"):
        where_typed(build.info, "@sout")


def test_a_link_holds_the_conditions_and_not_the_name(build: Build) -> None:
    save_subgroup(build.info, "south", SOUTH)
    link = to_link(where_typed(build.info, "@south and noise = 'babble'"))
    delete_subgroup(build.info, "south")
    assert "@" not in link
    assert where_of_link(build.info, link) == AllOf((SOUTH, BABBLE))


@pytest.mark.parametrize("where", [Everything(), Not(Everything()), AllOf((Everything(), Everything()))])
def test_all_or_nobody_needs_no_name(build: Build, where: Any) -> None:
    with pytest.raises(SelectionError, match="which needs no name"):
        save_subgroup(build.info, "x", where)


def test_a_new_build_keeps_them_and_says_what_became_of_one(build: Build, tmp_path: Path) -> None:
    for name, where in (("south", SOUTH), ("babble", BABBLE), ("words", ReferenceContains("echo"))):
        save_subgroup(build.info, name, where)
    source = tmp_path / "again.csv"
    FRAME.drop(columns="noise").replace({"accent": {"South": "Sud"}}).to_csv(source, index=False)
    roles = {"accent": "speaker", "device": "condition"}
    again = open_build(ingest(IngestOptions("made-up", (source,), roles=roles), tmp_path).path)
    why = {one.saved.name: one.why_not for one in saved_here(again.info)}
    assert why["babble"] is not None
    assert "There is no attribute 'noise'" in why["babble"]
    assert "No recording has accent 'South'" in str(why["south"])
    assert "are not shown" in str(why["words"])
    with pytest.raises(SelectionError, match="The saved subgroup @babble does not fit this evaluation"):
        where_typed(again.info, "accent = 'North' or @babble")


def test_rates_of_a_word_are_those_of_the_recordings_that_hold_it(build: Build) -> None:
    rows = counted(FRAME)
    spoken = rows[rows["reference"].str.split().map(lambda words: "echo" in words)]
    answer = rates(build, RatesQuestion(where=ReferenceContains("Echo")))
    row = rate_row(answer.whole, 0)
    assert (row["rate"], row["low"], row["high"]) == pytest.approx(brute_rate(spoken), rel=1e-9)
    pattern = rates(build, RatesQuestion(where=ReferenceMatches(r"\b[Ee]cho\b")))
    assert rate_row(pattern.whole, 0)["errors"] == row["errors"]


def test_what_was_said_is_a_condition_and_no_property_of_speakers(build: Build) -> None:
    both = subgroup(build, SubgroupQuestion(AllOf((SOUTH, ReferenceContains("echo")))))
    assert (both.comparator, both.pool, both.about_speakers) == ("peers", ReferenceContains("echo"), True)
    alone = subgroup(build, SubgroupQuestion(ReferenceContains("echo")))
    assert (alone.comparator, alone.about_speakers) == ("complement", False)


@pytest.mark.parametrize("where", [ReferenceContains("echo"), Not(AllOf((SOUTH, ReferenceMatches("e"))))])
def test_texts_that_are_not_shown_are_not_searched(tmp_path: Path, where: Any) -> None:
    hidden = made_up_build(tmp_path, FRAME)
    for asked in (
        lambda: rates(hidden, RatesQuestion(where=where)),
        lambda: subgroup(hidden, SubgroupQuestion(where)),
        lambda: where_of_link(hidden.info, to_link(where)),
        lambda: save_subgroup(hidden.info, "x", where),
    ):
        with pytest.raises(SelectionError, match="The texts of this evaluation are not shown"):
            asked()


def test_the_public_sees_nothing_chosen_by_words(build: Build) -> None:
    with pytest.raises(QuestionError, match="For the public only groups can be selected"):
        rates(build, RatesQuestion(where=ReferenceContains("echo"), audience=PUBLIC))


def test_a_file_carries_them_to_another_folder(build: Build, tmp_path: Path) -> None:
    save_subgroup(build.info, "south", SOUTH, "why", "Kim")
    save_subgroup(build.info, "words", AllOf((BABBLE, ReferenceContains("echo"))))
    file = tmp_path / "subgroups.json"
    file.write_bytes(export_bytes(build.info))
    elsewhere = made_up_build(tmp_path / "elsewhere", FRAME, show_text=True)
    assert [one.name for one in import_subgroups(elsewhere.info, file)] == ["south", "words"]
    assert import_subgroups(elsewhere.info, file) == []
    one, other = (export_document(each.info)["subgroups"] for each in (build, elsewhere))
    assert [{**row, "saved": ""} for row in one] == [{**row, "saved": ""} for row in other]


def test_a_file_is_refused_with_everything_that_is_wrong_with_it(build: Build) -> None:
    good = {"name": "good", "expression": "accent = 'South'"}
    entries = [
        good,
        {"name": "not good", "expression": "acent = 'South'", "more": 1},
        {"name": "x", "selection": {"version": 1, "selection": {"kind": "like"}}},
        {"name": "y"},
        {"name": "z", "expression": "accent = 'South'", "selection": {"version": 1, "selection": {"kind": "not stated", "attribute": "accent"}}},
        "accent",
        {"name": 5, "expression": 5},
        {"name": "all", "expression": "everything"},
        {"name": "good", "expression": "noise = 'babble'"},
    ]  # fmt: skip
    with pytest.raises(InputError) as refusal:
        import_plain(
            build.info, {"format": "fairhearing subgroups", "version": 1, "subgroups": entries}, "f.json"
        )
    said = [(fault.field, fault.what) for fault in refusal.value.faults]
    for place, part in (
        (2, "unknown fields: more"), (2, "did you mean 'accent'"), (2, "cannot be the name"), (3, "expected a condition"),
        (4, "neither a selection nor an expression"), (5, "mean different recordings"), (6, "no object"), (7, "name is no text"),
        (7, "expression is no text"), (8, "needs no name"), (9, "of other recordings already"),
    ):  # fmt: skip
        assert any(field == f"subgroup {place}" and part in what for field, what in said), (place, part)
    assert saved_here(build.info) == []


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format": "fairhearing subgroups", "version": 2}', "[" * 100_000, "\x00", "\ufeff{}",
     '{"format": "fairhearing subgroups", "version": 1, "subgroups": {}}'],
)  # fmt: skip
def test_what_is_no_file_of_subgroups_is_refused_with_a_sentence(
    build: Build, tmp_path: Path, text: str
) -> None:
    file = tmp_path / "wrong.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"wrong\.json"):
        import_subgroups(build.info, file)


def test_saved_subgroups_are_compared_as_one_family(build: Build) -> None:
    wheres = {
        "a": SOUTH,
        "b": AllOf((SOUTH, BABBLE)),
        "c": OneOf("device", ("car",)),
        "d": ReferenceContains("echo"),
    }
    for name, where in wheres.items():
        save_subgroup(build.info, name, where)
    answer = saved_rates(build)
    alone = [subgroup(build, SubgroupQuestion(where)).table.judgement for where in wheres.values()]
    p = pd.Series([float(one.p[SUBGROUP]) for one in alone])
    found = [row.answer.table.judgement for row in answer.rows if row.answer]
    assert answer.family_size == int(p.notna().sum())
    assert [one.p_adjusted[SUBGROUP] for one in found] == pytest.approx(
        list(adjust(p.to_numpy())), nan_ok=True
    )
    for one, together in zip(alone, found, strict=True):
        assert together.ratio[SUBGROUP] == one.ratio[SUBGROUP]
        assert together.verdict[SUBGROUP] in (one.verdict[SUBGROUP], UNDECIDED) or one.high[SUBGROUP] < 1.25
        assert together.detectable_ratio[SUBGROUP] >= one.detectable_ratio[SUBGROUP]
    document = saved_rates_document(build, answer)
    assert json.loads(json.dumps(document, allow_nan=False)) == document
    assert [row["subgroup"]["name"] for row in document["rows"]] == ["a", "b", "c", "d"]


def test_a_family_of_saved_groups_is_judged_as_the_table_of_those_groups(build: Build) -> None:
    table = rates(build, RatesQuestion(by=("device",), against="complement")).table
    groups = [table.group(i)["device"] for i in range(len(table))]
    for group in groups:
        save_subgroup(build.info, str(group), OneOf("device", (str(group),)))
    answers = {row.one.saved.name: row.answer for row in saved_rates(build).rows}
    for i, group in enumerate(groups):
        answer = answers[str(group)]
        assert answer is not None
        found = answer.table.judgement
        for name in ("ratio", "p", "p_adjusted", "verdict", "reason", "detectable_ratio", "speakers_needed"):
            value, expected = getattr(found, name)[SUBGROUP], getattr(table.judgement, name)[i]
            assert value == pytest.approx(expected, rel=1e-9, nan_ok=True), (group, name)
        assert (found.family_size, found.correction) == (3, table.judgement.correction)


def test_looking_at_a_subgroup_is_put_on_record_once(build: Build) -> None:
    for where in (SOUTH, SOUTH, Everything(), BABBLE):
        note_subgroup(build.info, where)
    home = build.info.path.parent.parent
    assert evaluations_home(home) == home
    connection = sqlite3.connect(home / FILE_NAME)
    rows = connection.execute("SELECT kind, what FROM look_log ORDER BY id").fetchall()
    connection.close()
    assert rows == [
        ("subgroup", "recordings with accent South"),
        ("subgroup", "recordings with noise babble"),
    ]
