"""Texts to counts: the same in one process or several, and what happens when one of them fails."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from analysis.aligners import ALIGNERS
from analysis.equivalences import read_equivalences
from analysis.keywords import keywords_of
from analysis.normalize import NormalizationError, normalizer, with_equivalences
from data import scoring as scoring_room
from data.errors import InputError
from data.records import Recordings
from data.scoring import SystemScores, score_systems, score_texts
from data.scoring_choice import Scoring
from data.scoring_chunk import COUNTED_COLUMNS
from data.scoring_processes import Chunk, scored_in_processes
from tests.data.made_up import ROOT

FULL = Scoring(
    with_equivalences(normalizer("basic"), read_equivalences("gonna = going to")),
    ALIGNERS["sclite"],
    keywords_of(["fire", "going to"]),
)


def recordings(n: int, seed: int = 3) -> Recordings:
    draw = np.random.default_rng(seed)
    words = ["Fire", "gonna", "going", "to", "the", "station,", "now"]

    def texts() -> list[str]:
        return [" ".join(draw.choice(words, draw.integers(0, 6))) for _ in range(n)]

    nothing = pa.nulls(n, pa.string())
    sparse = [text if draw.random() < 0.8 else None for text in texts()]
    return Recordings(
        utterance_ids=nothing,
        speaker_ids=nothing,
        references=pa.array(texts(), pa.string()),
        hypotheses={"A": pa.array(texts(), pa.string()), "B": pa.array(sparse, pa.string())},
        columns={},
        audio=nothing,
        duration_s=nothing,
        rows=nothing,
        files=nothing,
    )


def plain(scores: dict[str, SystemScores]) -> dict[str, tuple[list[int], list[str], dict[str, list[int]]]]:
    return {
        name: (
            one.rows.tolist(),
            one.hypotheses.to_pylist(),
            {key: values.tolist() for key, values in one.counts.items()},
        )
        for name, one in scores.items()
    }


def test_counts_do_not_depend_on_processes_or_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring_room, "FEWEST_TEXTS_FOR_PROCESSES", 0)
    given = recordings(101)
    whole = plain(score_systems(given, FULL))
    assert plain(score_texts(given, FULL, chunk=10).systems) == whole
    assert plain(score_texts(given, FULL, processes=2, chunk=10).systems) == whole
    assert multiprocessing.active_children() == []
    assert list(whole["A"][2]) == list(COUNTED_COLUMNS)
    assert sum(whole["A"][2]["n_keywords"]) > sum(whole["A"][2]["keyword_misses"]) > 0


def test_few_texts_are_scored_without_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> Iterator[object]:
        raise AssertionError

    monkeypatch.setattr(scoring_room, "scored_in_processes", refuse)
    assert len(score_texts(recordings(30), FULL, processes=8, chunk=5).systems["A"].rows) == 30


def test_progress_rises_to_the_number_of_recordings_however_many_systems_there_are() -> None:
    said: list[tuple[int, int]] = []
    score_texts(recordings(25), FULL, lambda _, done, total: said.append((done, total)), chunk=10)
    assert said == [(0, 25), (10, 25), (20, 25), (25, 25)]


def chunks(texts: list[str]) -> list[Chunk]:
    return [Chunk(number, (pa.array([text]), [pa.array([text])])) for number, text in enumerate(texts)]


def test_what_goes_wrong_in_a_process_is_raised_here_and_all_of_them_end() -> None:
    unreadable = "1" * 5_000
    with pytest.raises(NormalizationError, match="cannot read a number"):
        list(scored_in_processes(Scoring(normalizer("whisper-english")), chunks(["a", unreadable]), 2))
    assert multiprocessing.active_children() == []


def test_a_process_that_is_ended_from_outside_is_a_sentence() -> None:
    answers = scored_in_processes(Scoring(normalizer("basic")), chunks(["a"] * 50), 1)
    next(answers)
    [worker] = multiprocessing.active_children()
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGKILL)
    with pytest.raises(InputError, match=r"ended from outside.*--processes 1"):
        list(answers)
    assert multiprocessing.active_children() == []


def test_processes_do_not_hear_of_an_interruption_and_end_with_whoever_asked() -> None:
    answers = scored_in_processes(Scoring(normalizer("basic")), chunks(["a"] * 50), 1)
    next(answers)
    [worker] = multiprocessing.active_children()
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGINT)
    next(answers)
    answers.close()
    assert multiprocessing.active_children() == []


def test_characters_between_which_the_normaliser_puts_spaces_are_counted_without_them() -> None:
    nothing = pa.nulls(1, pa.string())
    given = Recordings(
        nothing,
        nothing,
        pa.array(["東京です。"]),
        {"A": pa.array(["東京です"])},
        {},
        nothing,
        nothing,
        nothing,
        nothing,
    )
    counts = score_systems(given, "unicode-marks")["A"].counts
    assert (counts["n_words"].tolist(), counts["n_characters"].tolist()) == ([4], [4])


def test_processes_end_when_whoever_started_them_is_killed() -> None:
    program = (
        "import multiprocessing, os, signal\n"
        "from tests.data.test_scoring import Scoring, chunks, normalizer, scored_in_processes\n"
        "answers = scored_in_processes(Scoring(normalizer('basic')), chunks(['a'] * 50), 1)\n"
        "next(answers)\n"
        "print(multiprocessing.active_children()[0].pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == -signal.SIGKILL
    state = Path(f"/proc/{int(ran.stdout)}/stat")
    for _ in range(100):
        if not state.exists() or state.read_text(encoding="ascii").rpartition(")")[2].split()[0] == "Z":
            break
        time.sleep(0.05)
    else:
        pytest.fail("the process that compared texts still runs")
    assert "Traceback" not in ran.stderr
