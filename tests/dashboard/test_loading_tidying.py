"""Garbage is collected soon after whatever left it, and somebody does so as long as the server runs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from dashboard import loading_tidying
from dashboard.loading_tidying import MOST_SECONDS, Tidying

ROOT = Path(__file__).resolve().parents[2]
SECONDS_BETWEEN_LOOKS = 5.0
START = 1_000.0
"""Of a clock that nobody set; a moment of the server's, in seconds, is later by so many."""
Looks = Callable[[list[tuple[float, float]], float], list[float]]


@pytest.fixture
def tidied(monkeypatch: pytest.MonkeyPatch) -> Looks:
    """When it was tidied up to a moment, looking every few seconds, with those at work from one moment to another."""
    clock = SimpleNamespace(now=START)
    clock.monotonic = lambda: clock.now
    monkeypatch.setattr(loading_tidying, "time", clock)
    monkeypatch.setattr(loading_tidying, "give_memory_back", lambda: None)

    def looks(asked: list[tuple[float, float]], until: float) -> list[float]:
        def is_quiet(seconds: float) -> bool:
            now = clock.now - START
            ends = [min(end, now) for begin, end in asked if begin <= now]
            return all(now > end and now - end >= seconds for end in ends)

        found: list[float] = []
        # Collecting takes a while, in which others ask.
        collect = SimpleNamespace(collect=lambda: setattr(clock, "now", clock.now + 0.5))
        monkeypatch.setattr(loading_tidying, "gc", collect)
        tidying = Tidying(is_quiet, START)
        for look in range(1, int(until / SECONDS_BETWEEN_LOOKS) + 1):
            clock.now = START + look * SECONDS_BETWEEN_LOOKS
            if tidying.tidy_if_due():
                found.append(look * SECONDS_BETWEEN_LOOKS)
        return found

    return looks


def test_what_a_long_question_leaves_is_collected_after_its_end(tidied: Looks) -> None:
    assert tidied([(1, 12)], 50) == [5, 10, 15, 20]


def test_what_is_asked_while_garbage_is_collected_is_left_for_the_next_time(tidied: Looks) -> None:
    assert tidied([(1, 1), (10.2, 10.3)], 50) == [5, 10, 15, 20]


def test_a_page_that_is_drawn_after_its_last_answer_is_tidied_up_after_as_well(tidied: Looks) -> None:
    assert tidied([(4.9, 4.9)], 50) == [5, 10]


def test_where_nobody_asks_it_is_tidied_once_a_minute(tidied: Looks) -> None:
    assert tidied([], 3 * MOST_SECONDS) == [MOST_SECONDS, 2 * MOST_SECONDS, 3 * MOST_SECONDS]


_SERVER = """
import gc, threading
import streamlit.web.cli as streamlit
from dashboard import loading_tidying, serving

def prepare():
    {prepare}

tidied, collected = threading.Event(), gc.collect
def collect(*generation):
    if threading.current_thread().name == "tidy up":
        tidied.set()
    return collected(*generation)

gc.collect = collect
loading_tidying.SECONDS_BETWEEN_LOOKS = 0.01
serving._SECONDS_TO_START = 0.0
serving.modules_of_pages = lambda: []
serving.prepare_evaluations = prepare

def serve(prog_name):
    from dashboard.loading_ahead import AHEAD
    print("tidied" if tidied.wait(20) else "left")
    for thread in threading.enumerate():
        if thread.name == "prepare evaluations" and not asked_for_ever:
            thread.join(20)
    print("works ahead" if AHEAD.is_working else "prepares")

asked_for_ever = {for_ever}
streamlit.main = serve
serving.main()
"""


@pytest.mark.parametrize(
    ("prepare", "for_ever", "expected"),
    [
        ("threading.Event().wait()", True, ["tidied", "prepares"]),
        ("raise RuntimeError('as nobody expected')", False, ["tidied", "works ahead"]),
    ],
)
def test_a_server_tidies_up_whatever_becomes_of_its_preparations(
    prepare: str, for_ever: bool, expected: list[str]
) -> None:
    server = _SERVER.format(prepare=prepare, for_ever=for_ever)
    done = subprocess.run(
        [sys.executable, "-c", server], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.splitlines() == expected
    assert done.stderr.count("as nobody expected") == (0 if for_ever else 1)
    assert "Traceback" not in done.stderr
