"""Finding and opening evaluations."""

from __future__ import annotations

import threading
from pathlib import Path

import duckdb
import pytest

from data.errors import InputError
from data.ingest import ingest
from data.ingest_options import IngestOptions
from data.schema import SCHEMA_VERSION
from data.store import (
    evaluations_home,
    find_evaluation,
    list_evaluations,
    open_build,
    unreadable_evaluations,
)
from tests.data.made_up import ROOT, Make


def test_an_evaluation_is_found_by_name_by_build_and_by_path(make: Make, home: Path) -> None:
    first, second = make(), make(normalizer="none")
    assert find_evaluation(home, "small").build == second.build
    assert find_evaluation(home, f"small@{first.build}").build == first.build
    assert find_evaluation(home, f"small@{first.build[:6]}").build == first.build
    assert find_evaluation(home, str(first.path)).build == first.build


def test_a_build_that_goes_while_it_is_looked_for_is_looked_for_again(
    make: Make, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = make()
    looks = iter([home / "small" / "000000000000.duckdb", done.path])
    monkeypatch.setattr("data.store.find_build", lambda *_: next(looks))
    assert find_evaluation(home, "small").build == done.build


def test_an_unknown_name_names_the_near_ones(make: Make, home: Path) -> None:
    make()
    with pytest.raises(InputError, match=r'There is no evaluation "smal" in .* Did you mean "small"\?'):
        find_evaluation(home, "smal")


def test_an_unknown_build_names_the_kept_ones(make: Make, home: Path) -> None:
    done = make()
    with pytest.raises(InputError, match=f'"000000000000" is no build of small .* There is {done.build}'):
        find_evaluation(home, "small@000000000000")


def test_an_empty_home_says_how_to_make_an_evaluation(home: Path) -> None:
    assert list_evaluations(home) == []
    with pytest.raises(InputError, match="`fairhearing ingest` makes one"):
        find_evaluation(home, "small")


def test_a_file_that_is_no_evaluation_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.duckdb").write_text("no database")
    duckdb.connect(str(tmp_path / "other.duckdb")).close()
    for name in ("text", "other", "absent"):
        with pytest.raises(InputError):
            open_build(tmp_path / f"{name}.duckdb")


def of_version(build: Path, version: int) -> None:
    connection = duckdb.connect(str(build))
    connection.execute("UPDATE meta SET value = ? WHERE key = 'schema_version'", [str(version)])
    connection.close()


def test_a_build_of_an_earlier_version_says_how_to_make_it_again(make: Make, home: Path) -> None:
    done = make()
    of_version(done.path, SCHEMA_VERSION - 1)
    wanted = "was made by an earlier version of Fair Hearing; ingest it again: fairhearing ingest small.csv --name small"
    with pytest.raises(InputError, match=wanted):
        find_evaluation(home, "small")


def test_a_build_of_a_later_version_is_refused(make: Make, home: Path) -> None:
    of_version(make().path, SCHEMA_VERSION + 1)
    with pytest.raises(InputError, match="was made by a later version of Fair Hearing"):
        find_evaluation(home, "small")


def test_an_evaluation_that_cannot_be_opened_does_not_hide_the_others(make: Make, home: Path) -> None:
    of_version(make().path, SCHEMA_VERSION - 1)
    other = make(name="other")
    assert [info.build for info in list_evaluations(home)] == [other.build]
    assert list(unreadable_evaluations(home)) == ["small"]


def test_home_is_the_option_then_the_environment_then_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIRHEARING_HOME", "/somewhere")
    assert evaluations_home("/elsewhere") == Path("/elsewhere")
    assert evaluations_home() == Path("/somewhere")
    monkeypatch.delenv("FAIRHEARING_HOME")
    monkeypatch.chdir("/")
    assert evaluations_home() == ROOT / "evaluations"


def test_a_build_cannot_be_changed_and_reads_no_other_file(make: Make) -> None:
    cursor = open_build(make().path).cursor()
    with pytest.raises(duckdb.Error):
        cursor.execute("DELETE FROM score")
    with pytest.raises(duckdb.Error):
        cursor.execute("SELECT * FROM read_text('/etc/hostname')")
    with pytest.raises(duckdb.Error):
        cursor.execute("SET memory_limit = '100GB'")


def test_many_threads_read_one_build(make: Make) -> None:
    path = make().path
    found: list[int] = []

    def read() -> None:
        for _ in range(20):
            row = open_build(path).cursor().execute("SELECT sum(n_words) FROM score").fetchone()
            found.append(row[0] if row else -1)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [10] * 160


def test_an_unknown_attribute_names_the_near_ones(make: Make) -> None:
    with pytest.raises(InputError, match='Did you mean "accent"'):
        open_build(make().path).info.attribute("acent")


def test_what_stands_beside_a_build_is_read_again_when_it_changes(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text(
        "utterance_id,speaker_id,reference,hypothesis\nu1,s1,one two,one too\n", encoding="utf-8"
    )
    path = ingest(IngestOptions("a", (source,), note="first"), tmp_path / "home").path
    assert open_build(path).info.note == "first"
    ingest(IngestOptions("a", (source,), note="second"), tmp_path / "home")
    assert open_build(path).info.note == "second"
