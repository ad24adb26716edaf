"""Answers that were given already, so that the same question of the same build is worked out once.

Used by the other `loading` modules alone. Every session of a server shares them: whoever asks
what is being worked out for somebody else waits for that and takes no place meanwhile; those who
ask for what is large wait while something as large is worked out (`loading_turns.py`). Kept are as
many as fit into a number of bytes, so that neither many questions nor a large evaluation fill the memory.

Questions are told apart by equality. `st.cache_data` tells them by a hash of their fields without
the names of their classes, to which "this and that" is the same question as "this or that". What is
equal is one question, so 1, 1.0 and True share an answer: a question says by its types which it means.
"""

from __future__ import annotations

import contextlib
import functools
import pickle
import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Concatenate, ParamSpec, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.build_key import BuildKey
from dashboard.loading_apart import answered_apart, of_build
from dashboard.loading_reader import leave_if_asked_to, when_the_reader_came
from dashboard.loading_turns import Turns, Weight
from dashboard.wording_controls import waiting, working_out
from data import store
from data.shelf import Shelf

MOST_BYTES = 256 * 2**20
LARGE = 100_000
"""Utterances from which a question may take so long that a reader wonders."""
QUICK_SECONDS = 0.1
_SECONDS_BETWEEN_LOOKS = 0.2
_OWN = 0
"""All answers of a keeper have one owner, itself."""
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(eq=False)
class _Asked:
    """A question that somebody works out, or will when it is their turn."""

    begun: bool = False
    n_waiting: int = 0
    """Others who asked the same meanwhile."""
    answer: bytes | None = None
    """None until it is there, and for good where whoever worked it out failed or left."""
    ended: threading.Event = field(default_factory=threading.Event)


@dataclass
class Keeper:
    """Answers by question, those asked for last at the end; each reader gets a copy of their own."""

    most_bytes: int = MOST_BYTES
    turns: Turns = field(default_factory=Turns)
    last_busy: float = 0.0
    """When somebody asked for anything, kept or not, or got an answer or none (`time.monotonic`)."""
    _answers: Shelf = field(init=False)
    _asked: dict[Hashable, _Asked] = field(default_factory=dict)
    _seconds: dict[Hashable, float] = field(default_factory=dict)
    """What questions of each kind took of the processor, the last ones most."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._answers = Shelf(self.most_bytes)

    def answer(self, key: Hashable, work_out: Callable[[], T], weight: Weight = "light") -> T:
        """What is kept under the key, else what is worked out now; whatever that raises is raised and not kept."""
        self.last_busy = time.monotonic()
        came = when_the_reader_came()
        try:
            kept = self._take(key)
            while kept is None:
                asked, is_own = self._ask(key)
                if is_own:
                    kept = self._work_out(key, asked, work_out, weight, came)
                elif self.turns.has_one and not asked.begun:
                    # Whoever is to work it out may be waiting for the very place that is held here.
                    kept = self._worked_out(key, work_out)
                else:
                    kept = self._wait_for(asked) or self._take(key)
            found: T = pickle.loads(kept)  # noqa: S301 - bytes of this process alone
            return found
        finally:
            self.last_busy = time.monotonic()

    def _ask(self, key: Hashable) -> tuple[_Asked, bool]:
        """The question as it is being asked, and whether whoever asks now is the one to work it out."""
        with self._lock:
            known = self._asked.get(key)
            if known is None:
                return self._asked.setdefault(key, _Asked()), True
            return known, False

    def _work_out(
        self, key: Hashable, asked: _Asked, work_out: Callable[[], T], weight: Weight, came: float
    ) -> bytes:
        """Wait for a place, work it out, and let those know who wait for it without a place of their own."""
        seconds = self._seconds.get(_kind(key), 0.0)
        try:
            with self.turns.taken(self._place(key, weight), leave_if_asked_to, seconds, came):
                asked.begun = True
                # Somebody may have brought it to an end between the look for it and the question.
                asked.answer = self._take(key) or self._worked_out(key, work_out)
            return asked.answer
        finally:
            with self._lock:
                self._asked.pop(key, None)
            asked.ended.set()

    def _place(self, key: Hashable, weight: Weight) -> Weight:
        """The place a question waits for: another where its kind is known to take next to no time."""
        seconds = self._seconds.get(_kind(key))
        return "quick" if weight == "light" and seconds is not None and seconds < QUICK_SECONDS else weight

    def _worked_out(self, key: Hashable, work_out: Callable[[], T]) -> bytes:
        begin = time.thread_time()
        made = pickle.dumps(work_out(), pickle.HIGHEST_PROTOCOL)
        kind, seconds = _kind(key), time.thread_time() - begin
        self._seconds[kind] = (self._seconds.get(kind, seconds) + seconds) / 2
        self._answers.put(_OWN, key, made)
        return made

    def _wait_for(self, asked: _Asked) -> bytes | None:
        """What another works out; None where they did not come to an end."""
        with self._lock:
            asked.n_waiting += 1
        try:
            while not asked.ended.wait(_SECONDS_BETWEEN_LOOKS):
                leave_if_asked_to()
        finally:
            with self._lock:
                asked.n_waiting -= 1
        return asked.answer

    def leave_unless_wanted(self, key: Hashable) -> None:
        """As `leave_if_asked_to`, but stay while others wait for the same."""
        with self._lock:
            asked = self._asked.get(key)
        if asked is None or not asked.n_waiting:
            leave_if_asked_to()

    def would_wait(self, key: Hashable, weight: Weight) -> bool:
        """Whether who asks now would have to wait for a place."""
        return self.turns.would_wait(self._place(key, weight))

    def is_quiet(self, seconds: float) -> bool:
        """Whether nobody is waiting for an answer, or asked for or got one in the last seconds."""
        return self.turns.is_idle and time.monotonic() - self.last_busy >= seconds

    def has(self, key: Hashable) -> bool:
        """Whether the answer need not be worked out."""
        return self._answers.has(_OWN, key)

    @property
    def n_bytes(self) -> int:
        """What all that is kept weighs."""
        return self._answers.n_bytes

    def forget(self) -> None:
        """Keep nothing of what was asked until now."""
        self._answers.clear()

    def _take(self, key: Hashable) -> bytes | None:
        kept: bytes | None = self._answers.take(_OWN, key)
        return kept


KEEPER = Keeper()


def _kind(key: Hashable) -> Hashable:
    """What questions that take about as long have in common: the names in a key, without the arguments."""
    return tuple(part for part in key[:2] if isinstance(part, str)) if isinstance(key, tuple) else key


def kept(answer: Callable[P, T]) -> Callable[P, T]:
    """Keep what a function answers under all of its arguments, which have to be frozen values."""
    return _kept(answer, "light")


def kept_in_turn(answer: Callable[P, T]) -> Callable[P, T]:
    """As `kept`, for what reads every recording or every text: one such question is worked out at a time."""
    return _kept(answer, "heavy")


def kept_apart(answer: Callable[Concatenate[store.Build, P], T]) -> Callable[Concatenate[BuildKey, P], T]:
    """Keep what a function of `answers` that reads every text says of a build, of a large one in a process of its own.

    The page itself says that it is worked out. Of a small evaluation it is one of the questions that go one at a time.
    """

    @functools.wraps(answer)
    def asked(build: BuildKey, /, *arguments: P.args, **named: P.kwargs) -> T:
        key = (answer.__module__, answer.__qualname__, (build, *arguments), tuple(sorted(named.items())))
        work = functools.partial(of_build, answer, build.path, *arguments, **named)
        if _n_utterances(build) < LARGE:
            return KEEPER.answer(key, work, "heavy")
        stay = functools.partial(KEEPER.leave_unless_wanted, key)
        return KEEPER.answer(key, lambda: answered_apart(work, stay), "apart")

    return asked


def is_kept(asked: Callable[..., object], *arguments: Hashable) -> bool:
    """Whether a function that this module made has the answer already, so that asking works nothing out."""
    return KEEPER.has((asked.__module__, asked.__qualname__, arguments, ()))


def _n_utterances(key: BuildKey) -> int:
    return int(store.open_build(key.path).info.counts["utterances"])


def kept_and_announced(answer: Callable[P, T]) -> Callable[P, T]:
    """As `kept_in_turn`, for what the page itself says that it is working out."""
    return _kept(answer, "heavy", says_so=False)


def _kept(answer: Callable[P, T], weight: Weight, *, says_so: bool = True) -> Callable[P, T]:
    @functools.wraps(answer)
    def asked(*arguments: P.args, **named: P.kwargs) -> T:
        key = (answer.__module__, answer.__qualname__, arguments, tuple(sorted(named.items())))
        if KEEPER.has(key) or not says_so:
            return KEEPER.answer(key, lambda: answer(*arguments, **named), weight)
        with _said(key, arguments, weight):
            return KEEPER.answer(key, lambda: answer(*arguments, **named), weight)

    return asked


def _said(
    question: Hashable, arguments: tuple[object, ...], weight: Weight
) -> contextlib.AbstractContextManager[None]:
    """Where a page asks it of a large evaluation, or has to wait, its reader is told that the answer is being worked out."""
    key = arguments[0] if arguments else None
    if not isinstance(key, BuildKey) or get_script_run_ctx(suppress_warning=True) is None:
        return contextlib.nullcontext()
    n_utterances = _n_utterances(key)
    waits = KEEPER.would_wait(question, weight)
    if n_utterances < LARGE and not waits:
        return contextlib.nullcontext()
    return st.spinner(waiting(n_utterances) if waits else working_out(n_utterances), show_time=True)
