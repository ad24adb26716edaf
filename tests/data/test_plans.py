"""The plan in force and its log: kept by the name of the evaluation, and honest about what came first."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from analysis.plan import Plan
from data.errors import InputError
from data.plans import (
    NOTHING_RECORDED,
    OPENED,
    REMOVED,
    SET,
    plan_record,
    record_opening,
    remove_plan,
    set_plan,
)
from data.workspace import FILE_NAME, forget_evaluation, writing

ONE = Plan((("accent",),), owner="safety \ud800 team")
OTHER = Plan((("accent", "noise"),), populations=(("noise", ("wind",)),))


def happened(home: Path) -> list[str]:
    return [entry.what for entry in plan_record(home, "one").log]


def test_looking_makes_no_file(tmp_path: Path) -> None:
    assert plan_record(tmp_path / "nowhere", "one") == NOTHING_RECORDED
    assert not (tmp_path / "nowhere").exists()


def test_a_workspace_from_before_plans_has_none(tmp_path: Path) -> None:
    with writing(tmp_path):
        pass
    assert plan_record(tmp_path, "one") == NOTHING_RECORDED


def test_a_plan_set_before_results_were_opened_stays_so(tmp_path: Path) -> None:
    held = set_plan(tmp_path, "one", ONE).plan
    assert held is not None
    assert (held.plan, held.sha256, held.before_results) == (ONE, ONE.sha256, True)
    record_opening(tmp_path, "one", "build1")
    after = plan_record(tmp_path, "one")
    assert after.plan == held
    assert after.results_opened is not None
    assert after.has_opened("build1")
    assert not after.has_opened("build2")


def test_a_plan_set_or_changed_after_results_says_so(tmp_path: Path) -> None:
    set_plan(tmp_path, "one", ONE)
    record_opening(tmp_path, "one", "build1")
    changed = set_plan(tmp_path, "one", OTHER).plan
    assert changed is not None
    assert (changed.plan, changed.before_results) == (OTHER, False)
    back = set_plan(tmp_path, "one", ONE).plan
    assert back is not None
    assert not back.before_results


def test_the_same_plan_again_changes_nothing(tmp_path: Path) -> None:
    set_plan(tmp_path, "one", ONE)
    record_opening(tmp_path, "one", "build1")
    again = set_plan(tmp_path, "one", ONE)
    assert again.plan is not None
    assert again.plan.before_results
    assert happened(tmp_path) == [SET, OPENED]


def test_a_removed_plan_is_out_of_force_and_in_the_log(tmp_path: Path) -> None:
    set_plan(tmp_path, "one", ONE)
    assert remove_plan(tmp_path, "one").plan is None
    assert happened(tmp_path) == [SET, REMOVED]
    with pytest.raises(InputError, match="has no plan"):
        remove_plan(tmp_path, "one")


def test_results_of_a_build_are_opened_once_whoever_opens_them(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: record_opening(tmp_path, "one", f"build{n % 2}"), range(24)))
    assert happened(tmp_path) == [OPENED, OPENED]


def test_evaluations_do_not_share_plans(tmp_path: Path) -> None:
    set_plan(tmp_path, "one", ONE)
    record_opening(tmp_path, "two", "build1")
    assert plan_record(tmp_path, "two").plan is None
    assert happened(tmp_path) == [SET]


def test_a_removed_evaluation_leaves_no_plan_to_a_later_one_of_its_name(tmp_path: Path) -> None:
    set_plan(tmp_path, "one", ONE)
    set_plan(tmp_path, "two", OTHER)
    forget_evaluation(tmp_path, "one")
    assert plan_record(tmp_path, "one") == NOTHING_RECORDED
    assert plan_record(tmp_path, "two").plan is not None


def test_the_log_cannot_be_rewritten(tmp_path: Path) -> None:
    set_plan(tmp_path, "one", ONE)
    with pytest.raises(sqlite3.IntegrityError, match="only added to"), writing(tmp_path) as connection:
        connection.execute("UPDATE plan_log SET at = '1999-01-01T00:00:00Z'")
    assert plan_record(tmp_path, "one").log[0].at > "2000"


def test_a_folder_that_cannot_be_written_to_is_read_and_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_plan(tmp_path, "one", ONE)

    def refuse(*_: object) -> None:
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr("data.plans.writing", refuse)
    record_opening(tmp_path, "one", "build1")
    assert happened(tmp_path) == [SET]


def test_a_file_that_is_no_workspace_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("not a database, and long enough to be looked at " * 40)
    with pytest.raises(InputError, match=FILE_NAME):
        plan_record(tmp_path, "one")


def test_a_plan_of_a_later_version_is_refused_with_a_sentence(tmp_path: Path) -> None:
    set_plan(tmp_path, "one", ONE)
    with writing(tmp_path) as connection:
        connection.execute(
            "INSERT INTO plan_log (evaluation, at, what, build, plan) VALUES ('one', '', ?, '', '{\"version\": 9}')",
            (SET,),
        )
    with pytest.raises(InputError, match="this version cannot read"):
        plan_record(tmp_path, "one")
