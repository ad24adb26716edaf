"""Ingests over an existing evaluation that are killed, one after the other, while a reader has it open.

A program of its own: children are forks of a process that has opened no database, so that each
starts at once and a moment of its work can be met. `test_kill.py` runs it and reads its lines.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data import marginals, publishing
from data.home import builds, sweep_all
from data.ingest import ingest
from data.ingest_options import IngestOptions
from data.sidecar import Sidecar
from data.store import Build, find_evaluation, open_build

NAME = "x"
N_ROWS = 400
LOADED_BEFORE = (marginals,)
"""What a build imports late; no child should spend its time on it."""
FIRST_STEP = 3
"""The steps before it synchronise the new file and what stands beside it."""
_HEADER = "id,speaker,accent,noise,snr_db,ref,hyp_A,hyp_B\n"
_WORDS = "one two three four five six seven eight nine ten".split()
_RENAMED_AND_SYNCED = ("replace", "fsync", "unlink")


def write_source(folder: Path, version: int) -> Path:
    """A version of the evaluation has one utterance more than the one before, by which a reader knows it."""
    path = folder / f"{version}.csv"
    chance = random.Random(0)

    def text(n_words: int) -> str:
        return " ".join(chance.choices(_WORDS, k=n_words))

    rows = (
        f"u{n},s{n % 90},{'abcdef'[n % 90 % 6]},{'xyz'[n % 3]},{n % 40},{text(8)},{text(8)},{text(7)}\n"
        for n in range(N_ROWS + version)
    )
    path.write_text(_HEADER + "".join(rows), encoding="utf-8")
    return path


def version_of(build: Build) -> int:
    """Which version a build is, if it is whole; raises `AssertionError` otherwise."""
    cursor = build.cursor()

    def number(sql: str) -> int:
        [(found,)] = cursor.execute(sql).fetchall()
        return int(found)

    n_utterances = number("SELECT count(*) FROM utterance")
    covered = cursor.execute("SELECT system, subset, sum(n_utterances) FROM marginal GROUP BY ALL").fetchall()
    assert build.info.counts["utterances"] == n_utterances
    assert build.info.build == build.path.stem
    assert number("SELECT count(*) FROM score") == 2 * n_utterances
    assert number("SELECT sum(n_words) FROM score") == 2 * 8 * n_utterances
    assert len(covered) == 2 * len(build.info.marginal_subsets)
    assert {total for _, _, total in covered} == {n_utterances}
    return n_utterances - N_ROWS


def forked(work: Callable[[], object]) -> int:
    """Do it in a child; returns its id."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:  # noqa: BLE001 - a child must never go on as its parent
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return child


def answer_of(work: Callable[[], object]) -> dict[str, Any]:
    """What a child found out; raises where it failed."""
    reading, writing = os.pipe()
    child = forked(lambda: os.write(writing, json.dumps(work()).encode()))
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        said = answer.read()
    assert os.waitpid(child, 0)[1] == 0, "a reader failed; what it said is above"
    found: dict[str, Any] = json.loads(said)
    return found


def die_in_publishing(step: int) -> None:
    """From here on, the process dies before the nth renaming, synchronising or deleting of a file of a publishing."""
    publish = publishing.publish

    def armed(unfinished: Path, folder: Path, build: str, sidecar: Sidecar) -> Path:
        die_at_step(step)
        return publish(unfinished, folder, build, sidecar)

    publishing.publish = armed  # type: ignore[attr-defined]


def die_at_step(step: int) -> None:
    steps = itertools.count()

    def dying(original: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **named: object) -> object:
            if next(steps) == step:
                os.kill(os.getpid(), signal.SIGKILL)
            return original(*arguments, **named)

        return call

    for name in _RENAMED_AND_SYNCED:
        setattr(os, name, dying(getattr(os, name)))


def read_all_the_time(home: Path, until: Path) -> None:
    """One build stays open; the current one is looked up again and again. Every one must be whole."""
    held = open_build(find_evaluation(home, NAME).path)
    first = version_of(held)
    while not until.exists():
        assert version_of(held) == first
        version_of(open_build(find_evaluation(home, NAME).path))


def moments(
    chance: random.Random, n_random: int, whole_s: float, writing_s: float, n_steps: int
) -> Iterator[tuple[str, float]]:
    """Times spread over a whole ingest and, every other one, over its writing; then steps of the publishing, the last first.

    Each time is drawn from its own part of the span, so that no part is left out.
    """
    for part in range(n_random):
        share = (part // 2 * 2 + 2 * chance.random()) / n_random
        yield ("begin", share * whole_s) if part % 2 == 0 else ("writing", share * writing_s)
    for step in reversed(range(FIRST_STEP, FIRST_STEP + n_steps)):
        yield "step", step


@dataclass(frozen=True)
class Running:
    """An ingest in a child, and when it began to write."""

    child: int
    begun: float
    said: int
    """Where the child says that it writes."""

    def wait_for_writing(self) -> float:
        """Seconds from the beginning to the writing, or to the end of a child that never wrote."""
        os.read(self.said, 1)
        return time.monotonic() - self.begun

    def wait(self) -> int:
        _, status = os.waitpid(self.child, 0)
        os.close(self.said)
        return status


def started(folder: Path, version: int, first: Callable[[], object] = lambda: None) -> Running:
    """Ingest a version in a child, which does something else first."""
    source = write_source(folder, version)
    reading, writing = os.pipe()

    def work() -> None:
        os.close(reading)
        first()
        ingest(
            IngestOptions(NAME, (source,)),
            folder / "home",
            lambda step, done, _total: os.write(writing, b"w") if step == "writing" and not done else None,
        )

    begun = time.monotonic()
    child = forked(work)
    os.close(writing)
    return Running(child, begun, reading)


def measured(folder: Path, version: int) -> tuple[float, float]:
    """Seconds that an ingest takes, and seconds of them that it writes."""
    running = started(folder, version)
    until_writing_s = running.wait_for_writing()
    assert running.wait() == 0
    whole_s = time.monotonic() - running.begun
    return whole_s, whole_s - until_writing_s


def main(folder: Path, n_random: int, n_steps: int, seed: int) -> None:
    """Prints one line of JSON per killed ingest and one at the end."""
    home, stop = folder / "home", folder / "stop"

    def versions() -> object:
        kept = [version_of(open_build(path)) for path in builds(home / NAME)]
        return {"found": version_of(open_build(find_evaluation(home, NAME).path)), "kept": kept}

    # The faster of two, because a moment after the end meets nothing.
    whole_s, writing_s = map(min, zip(*(measured(folder, version) for version in (0, 1)), strict=True))
    reader = forked(lambda: read_all_the_time(home, stop))
    before = 1
    chosen = moments(random.Random(seed), n_random, whole_s, writing_s, n_steps)
    for version, (kind, moment) in enumerate(chosen, 2):
        if kind == "step":
            running = started(folder, version, lambda step=int(moment): die_in_publishing(step))
        else:
            running = started(folder, version)
            waited = running.wait_for_writing() if kind == "writing" else 0.0
            time.sleep(max(0.0, running.begun + waited + moment - time.monotonic()))
            os.kill(running.child, signal.SIGKILL)
        status = running.wait()
        left = sorted(path.name for path in (home / NAME).iterdir() if path.name.startswith(".writing-"))
        line = {"kind": kind, "before": before, "ingested": version, "left": left, **answer_of(versions)}
        print(json.dumps({**line, "killed": os.WIFSIGNALED(status)}))
        before = line["found"]
    stop.touch()
    _, status = os.waitpid(reader, 0)
    sweep_all(home)
    swept = sorted(path.name for path in (home / NAME).iterdir())
    assert started(folder, 1_000).wait() == 0
    after = sorted(path.name for path in (home / NAME).iterdir())
    print(
        json.dumps(
            {
                "reader": status,
                "swept": swept,
                "after": after,
                "last": answer_of(versions)["found"],
            }
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:5]))
