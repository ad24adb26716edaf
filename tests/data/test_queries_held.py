"""Sums from columns held in memory: the very numbers of the queries, for every metric, selection and system."""

from __future__ import annotations

import gc
import itertools
import shutil
import threading
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from analysis.attributes import Attribute
from analysis.metrics import METRICS, Metric
from analysis.selection import EVERYTHING, AllOf, Not, NotStated, OneOf, Selection
from data import queries_held, store
from data.ingest import ingest
from data.ingest_options import IngestOptions
from data.pair_counts import PairCounts
from data.queries import membership_counts, pair_counts
from data.queries_held import HeldColumns, HeldCursor, held_columns
from data.queries_paired import Scores, paired_counts, shared_utterances
from data.queries_slices import recording_counts
from data.shelf import Shelf
from data.store import Build, open_build

SELECTIONS: tuple[Selection, ...] = (
    EVERYTHING,
    OneOf("noise", ("babble",)),
    NotStated("accent"),
    AllOf((Not(OneOf("noise", ("quiet",))), OneOf("device", ("phone", "car")))),
    OneOf("accent", ("East",), or_not_stated=True),
)
WORDS = ("one", "two", "three", "four", "")


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Labels missing, several labels in one value, empty texts, and utterances that one system was not given."""
    folder, random = tmp_path_factory.mktemp("held"), np.random.default_rng(3)
    lines, outputs = (
        ["utterance_id,speaker_id,accent,noise,device,topic,reference"],
        ["utterance_id,hypothesis"],
    )
    more = list(outputs)
    for n in range(300):
        accent = random.choice(["North", "South", "East", ""])
        device, noise = random.choice(["phone", "car", "desk"]), random.choice(["quiet", "babble"])
        topic = random.choice(["sport|news", "news", "sport"])
        reference, first, second = (" ".join(random.choice(WORDS, 4)).strip() for _ in range(3))
        lines.append(f"u{n},s{random.integers(25)},{accent},{noise},{device},{topic},{reference}")
        outputs.append(f"u{n},{first}")
        more += [f"u{n},{second}"] if n % 3 else []
    files = {"refs.csv": lines, "a.csv": outputs, "b.csv": more, "keywords.txt": ["two", "one three"]}
    for name, content in files.items():
        (folder / name).write_text("\n".join(content) + "\n")
    options = IngestOptions(
        "held",
        (folder / "refs.csv",),
        systems={"A": folder / "a.csv", "B": folder / "b.csv"},
        multi={"topic": "|"},
        keywords=folder / "keywords.txt",
        allow_missing=True,
    )
    return open_build(ingest(options, folder / "home").path)


def cursors(build: Build) -> tuple[Any, Any]:
    held: Any = build.cursor()
    assert isinstance(held, HeldCursor)
    assert held_columns(held) is not None
    return held, held._cursor


def plain(pairs: PairCounts) -> dict[str, Any]:
    return {
        "codes": pairs.codes.tolist(),
        "group": pairs.group.tolist(),
        "speaker": pairs.speaker.tolist(),
        "sums": {name: values.tolist() for name, values in pairs.columns.items()},
        "totals": {name: values.tolist() for name, values in pairs.totals().items()},
    }


def groupings(build: Build) -> list[tuple[Attribute, ...]]:
    known = build.info.attributes
    return [found for size in range(3) for found in itertools.combinations(known, size)]


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
def test_sums_by_group_and_speaker_are_those_of_the_query(build: Build, metric: Metric) -> None:
    usual = metric.id == "wer"
    for where, system in itertools.product(SELECTIONS if usual else SELECTIONS[-2:], (0, 1)):
        for by in groupings(build) if usual else groupings(build)[-2:]:
            held, asked = (pair_counts(one, by, system, where, metric=metric) for one in cursors(build))
            assert plain(held) == plain(asked)


@pytest.mark.parametrize("metric", [METRICS["wer"], METRICS["wil"]], ids=["wer", "wil"])
def test_sums_of_a_subgroup_and_the_others_are_those_of_the_query(build: Build, metric: Metric) -> None:
    by = [one for one in build.info.attributes if one.name in ("noise", "device")]
    for inside, pool in zip(SELECTIONS, SELECTIONS[1:] + SELECTIONS[:1], strict=True):
        held, asked = (membership_counts(one, 1, inside, pool, metric, by) for one in cursors(build))
        assert plain(held) == plain(asked)


@pytest.mark.parametrize("metric", [METRICS["wer"], METRICS["mer"]], ids=["wer", "mer"])
def test_sums_of_two_systems_are_those_of_the_query(build: Build, metric: Metric) -> None:
    for where, by in itertools.product(SELECTIONS, groupings(build)[::3]):
        held, asked = (paired_counts(one, by, Scores(0), Scores(1), where, metric) for one in cursors(build))
        assert plain(held) == plain(asked)
    for where in SELECTIONS:
        one, other = (shared_utterances(one, Scores(0), Scores(1), where) for one in cursors(build))
        assert one == other


def test_recordings_one_by_one_are_those_of_the_query(build: Build) -> None:
    by, metric = build.info.attributes[:3], METRICS["cer"]
    for where in SELECTIONS:
        held, asked = (recording_counts(one, by, 0, where, metric) for one in cursors(build))

        def rows(found: Any) -> list[tuple[int, ...]]:
            columns = [*found.codes, found.speaker, *(found.columns[name] for name in sorted(found.columns))]
            return sorted(zip(*(column.tolist() for column in columns), strict=True))

        assert rows(held) == rows(asked)


def test_a_column_that_was_forgotten_is_read_again(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    held, asked = cursors(build)
    monkeypatch.setattr(queries_held, "SHELF", Shelf(most_bytes=1))
    by = build.info.attributes[:2]
    assert plain(pair_counts(held, by, 0, EVERYTHING)) == plain(pair_counts(asked, by, 0, EVERYTHING))


def test_an_evaluation_that_is_too_large_is_asked_by_queries(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries_held, "MOST_RECORDINGS", 10)
    cursor: Any = build.read_again().cursor()
    cursor.held = queries_held.HeldColumns(cursor._cursor)
    assert held_columns(cursor) is None


def test_what_was_worked_out_is_remembered_by_build_and_each_gets_a_copy(
    build: Build, tmp_path: Path
) -> None:
    source = tmp_path / "other.csv"
    source.write_text("utterance_id,speaker_id,reference,hypothesis\nu,s,cat,hat\n")
    other = open_build(ingest(IngestOptions("other", (source,)), tmp_path / "home").path)
    assert build.remembered(("sums", 1), lambda: [1]) == [1]
    build.remembered(("sums", 1), lambda: [2]).append(3)
    found = [
        one.remembered(("sums", n), lambda: [4]) for one in (build, build.read_again(), other) for n in (1, 2)
    ]
    assert found == [[1], [4], [1], [4], [4], [4]]


def test_what_fails_is_not_remembered(build: Build) -> None:
    with pytest.raises(ZeroDivisionError):
        build.remembered("fails", lambda: 1 // 0)
    assert build.remembered("fails", lambda: 5) == 5


def test_one_build_s_columns_are_not_another_s(tmp_path: Path) -> None:
    found = []
    for n, heard in enumerate(("cat", "hat")):
        source = tmp_path / f"{n}.csv"
        source.write_text(f"utterance_id,speaker_id,reference,hypothesis\nu,s,cat,{heard}\n")
        made = ingest(IngestOptions(f"e{n}", (source,)), tmp_path / "home")
        pairs = pair_counts(open_build(made.path).cursor(), (), 0, EVERYTHING)
        found.append(pairs.totals()["substitutions"].tolist())
    assert found == [[0], [1]]


def test_a_build_made_again_under_its_own_path_is_read_while_somebody_reads_the_old_one(
    tmp_path: Path,
) -> None:
    source = tmp_path / "one.csv"
    source.write_text("utterance_id,speaker_id,reference,hypothesis\nu,s,cat,hat\n")
    cursors, totals = [], []
    for _ in range(2):
        path = ingest(IngestOptions("one", (source,)), tmp_path / "home").path
        cursors.append(open_build(path).cursor())
        totals.append(pair_counts(cursors[-1], (), 0, EVERYTHING).totals()["substitutions"].tolist())
        shutil.rmtree(tmp_path / "home")
    assert totals == [[1], [1]]


def test_a_build_that_had_to_make_room_is_opened_again_while_somebody_reads_it(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_MOST_OPEN", 1)
    copies = [shutil.copy(build.path, tmp_path / name) for name in ("one.duckdb", "other.duckdb")]
    reading = open_build(copies[0])
    open_build(copies[1])
    again = open_build(copies[0])
    assert again is not reading
    one, other = (plain(pair_counts(found.cursor(), (), 0, EVERYTHING)) for found in (reading, again))
    assert one == other


def test_recordings_that_are_not_in_the_order_of_speakers_are_asked_for_by_queries(
    build: Build, tmp_path: Path
) -> None:
    path = tmp_path / build.path.name
    shutil.copy(build.path, path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE utterance SET speaker = 24 - speaker")
        connection.execute("CHECKPOINT")
    turned = open_build(path)
    cursor: Any = turned.cursor()
    assert held_columns(cursor) is None
    by = turned.info.attributes[:2]
    found, asked = (pair_counts(one, by, 0, EVERYTHING) for one in (cursor, cursor._cursor))
    assert plain(found) == plain(asked)


def test_what_is_held_is_answered_while_another_column_is_read(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    cursor: Any = build.cursor()
    held = HeldColumns(cursor._cursor)
    speaker = held.speaker().tolist()
    begun, may_end, read = threading.Event(), threading.Event(), HeldColumns._read

    def slowly(self: HeldColumns, query: str, values: Any = ()) -> Any:
        if "noise" in query:
            begun.set()
            assert may_end.wait(60)
        return read(self, query, values)

    monkeypatch.setattr(HeldColumns, "_read", slowly)
    assert held.can_be_held()
    slow = threading.Thread(target=lambda: held.rows((), 0, OneOf("noise", ("babble",)), {}))
    slow.start()
    assert begun.wait(60)
    answers: list[Any] = []
    quick = threading.Thread(
        target=lambda: answers.extend(
            [held.can_be_held(), held.speaker().tolist(), held.rows((), 0, EVERYTHING, {})]
        )
    )
    quick.start()
    quick.join(30)
    was_answered = not quick.is_alive()
    may_end.set()
    slow.join()
    quick.join()
    assert was_answered
    assert answers[:2] == [True, speaker]


def test_a_column_that_two_ask_for_is_read_once(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    cursor: Any = build.cursor()
    held, n_read, read = HeldColumns(cursor._cursor), [0], HeldColumns._read

    def counted(self: HeldColumns, query: str, values: Any = ()) -> Any:
        n_read[0] += 1
        return read(self, query, values)

    monkeypatch.setattr(HeldColumns, "_read", counted)
    threads = [threading.Thread(target=held.speaker) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert n_read == [1]


def test_a_build_that_was_closed_is_forgotten(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf(10**9)
    monkeypatch.setattr(queries_held, "SHELF", shelf)
    cursor: Any = build.cursor()
    held = HeldColumns(cursor._cursor)
    held.rows(build.info.attributes, 0, EVERYTHING, {})
    before = shelf.n_bytes
    del held
    gc.collect()
    assert (before > 0, shelf.n_bytes) == (True, 0)
