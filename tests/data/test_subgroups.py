"""Saved subgroups: a name stands for what was saved under it, whoever writes at the same time."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from analysis.selection import AllOf, Not, OneOf, ReferenceContains, Selection
from data.errors import InputError
from data.subgroups import (
    MOST_SAVED,
    NewSubgroup,
    checked_subgroup_name,
    delete_subgroup,
    rename_subgroup,
    save_subgroups,
    saved_subgroups,
)
from data.workspace import FILE_NAME, forget_evaluation, writing

SCOTS = OneOf("accent", ("Scottish",))
NOISY = AllOf((OneOf("noise", ("babble", "street")), Not(ReferenceContains("colour"))))


def save(home: Path, name: str, selection: Selection = SCOTS, **more: str) -> list[str]:
    return [one.name for one in save_subgroups(home, "one", [(1, NewSubgroup(name, selection, **more))])]


def names(home: Path, evaluation: str = "one") -> list[str]:
    return [one.name for one in saved_subgroups(home, evaluation)]


def logged(home: Path) -> list[tuple[str, str]]:
    with writing(home) as connection:
        return [tuple(row) for row in connection.execute("SELECT what, name FROM subgroup_log ORDER BY id")]


def test_looking_makes_no_file(tmp_path: Path) -> None:
    assert saved_subgroups(tmp_path / "nowhere", "one") == []
    assert not (tmp_path / "nowhere").exists()


def test_what_was_saved_is_there_with_who_and_why(tmp_path: Path) -> None:
    assert save(tmp_path, "@noisy", NOISY, note=" hard ", author="Kim") == ["noisy"]
    [one] = saved_subgroups(tmp_path, "one")
    assert (one.name, one.selection, one.note, one.author) == ("noisy", NOISY, "hard", "Kim")
    assert one.saved.endswith("Z")
    assert names(tmp_path, "two") == []


def test_a_name_never_comes_to_mean_other_recordings(tmp_path: Path) -> None:
    save(tmp_path, "Scots")
    assert save(tmp_path, "scots", AllOf((SCOTS, SCOTS))) == []
    with pytest.raises(InputError, match="There is a subgroup @Scots of other recordings already"):
        save(tmp_path, "SCOTS", NOISY)
    [one] = saved_subgroups(tmp_path, "one")
    assert (one.name, one.selection) == ("Scots", SCOTS)


def test_a_new_name_keeps_what_it_stands_for_and_frees_the_old_one(tmp_path: Path) -> None:
    save(tmp_path, "scots", note="why")
    [before] = saved_subgroups(tmp_path, "one")
    rename_subgroup(tmp_path, "one", "SCOTS", "from-scotland")
    [after] = saved_subgroups(tmp_path, "one")
    assert (after.id, after.selection, after.note) == (before.id, SCOTS, "why")
    assert after.name == "from-scotland"
    save(tmp_path, "scots", NOISY)
    with pytest.raises(InputError, match="There is a subgroup @Scots already"):
        rename_subgroup(tmp_path, "one", "from-scotland", "Scots")
    rename_subgroup(tmp_path, "one", "scots", "Scots")
    assert names(tmp_path) == ["from-scotland", "Scots"]


def test_what_is_deleted_stays_in_the_log(tmp_path: Path) -> None:
    save(tmp_path, "scots")
    delete_subgroup(tmp_path, "one", "@scots")
    assert names(tmp_path) == []
    save(tmp_path, "scots", NOISY)
    assert logged(tmp_path) == [("saved", "scots"), ("deleted", "scots"), ("saved", "scots")]
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    with pytest.raises(sqlite3.IntegrityError, match="only added to"):
        connection.execute("UPDATE subgroup_log SET selection = ''")
    connection.close()


@pytest.mark.parametrize(
    "name",
    ["", " ", "two words", "-x", "_x", "a'b", "a.b", "x" * 61, "a\x00", "a\ud800", "a;b", "(a)", "\u0301"],
)
def test_a_name_that_cannot_be_typed_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="cannot be the name of a subgroup"):
        save(tmp_path, name)
    assert names(tmp_path) == []


def test_a_name_is_kept_in_one_spelling() -> None:
    assert checked_subgroup_name(" @A\u0308nn-2_x ") == "Änn-2_x"


def test_a_name_that_is_not_there_is_refused_with_near_ones(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="None is saved for this evaluation"):
        delete_subgroup(tmp_path, "one", "scots")
    save(tmp_path, "scots")
    with pytest.raises(InputError, match='Did you mean "scots"'):
        rename_subgroup(tmp_path, "one", "scot", "x")


def test_several_are_saved_all_or_none_with_every_fault(tmp_path: Path) -> None:
    save(tmp_path, "taken")
    wanted = [NewSubgroup("fine", SCOTS), NewSubgroup("not fine", SCOTS), NewSubgroup("taken", NOISY)]
    wanted += [NewSubgroup("long", SCOTS, note="x" * 20_001, author="\ud800")]
    wanted += [NewSubgroup("twice", SCOTS), NewSubgroup("Twice", NOISY), NewSubgroup("twice", SCOTS)]
    with pytest.raises(InputError) as refusal:
        save_subgroups(tmp_path, "one", enumerate(wanted, start=1), "mine.json")
    places = [fault.field for fault in refusal.value.faults]
    assert places == ["subgroup 2", "subgroup 3", "subgroup 4", "subgroup 4", "subgroup 6"]
    assert names(tmp_path) == ["taken"]


def test_no_more_are_kept_than_a_list_can_show(tmp_path: Path) -> None:
    many = [(n, NewSubgroup(f"s{n}", SCOTS)) for n in range(1, MOST_SAVED + 2)]
    with pytest.raises(InputError, match=f"At most {MOST_SAVED} subgroups"):
        save_subgroups(tmp_path, "one", many)


def test_several_processes_may_save_at_the_same_time(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda n: save(tmp_path, f"s{n % 6}"), range(24)))
    assert sum(map(len, made)) == 6
    assert names(tmp_path) == [f"s{n}" for n in range(6)]


def test_one_that_a_later_version_saved_is_listed_and_cannot_be_asked_about(tmp_path: Path) -> None:
    save(tmp_path, "known")
    with writing(tmp_path) as connection:
        connection.execute(
            "INSERT INTO subgroup_log (evaluation, at, what, subgroup, name, selection, note, author) "
            "VALUES ('one', '', 'saved', 'f', 'later', '{\"version\": 9}', '', '')"
        )
    assert [(one.name, one.selection is None) for one in saved_subgroups(tmp_path, "one")] == [
        ("known", False),
        ("later", True),
    ]
    with pytest.raises(InputError, match="of other recordings already"):
        save(tmp_path, "later")


def test_they_go_with_their_evaluation(tmp_path: Path) -> None:
    save(tmp_path, "scots")
    forget_evaluation(tmp_path, "one")
    assert names(tmp_path) == []
