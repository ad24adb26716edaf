"""Answers that were given already, so that the same question of the same build is worked out once.

Used by the other `loading` modules alone. Every session of a server shares them: whoever asks
what is being worked out for somebody else waits for that, and so do those who ask for what is
large while something as large is worked out (`loading_turns.py`). Kept are as many as fit into a
number of bytes, so that neither many questions nor a large evaluation fill the memory.

Questions are told apart by equality. `st.cache_data` tells them by a hash of their fields without
the names of their classes, to which "this and that" is the same question as "this or that". What is
equal is one question, so 1, 1.0 and True share an answer: a question says by its types which it means.
"""

from __future__ import annotations

import contextlib
import functools
import pickle
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.build_key import BuildKey
from dashboard.loading_apart import answered_apart
from dashboard.loading_turns import Turns, Weight
from dashboard.wording_controls import waiting, working_out
from data import store

MOST_BYTES = 256 * 2**20
LARGE = 100_000
"""Utterances from which a question may take so long that a reader wonders."""
P = ParamSpec("P")
T = TypeVar("T")


@dataclass
class Keeper:
    """Answers by question, those asked for last at the end; each reader gets a copy of their own."""

    most_bytes: int = MOST_BYTES
    turns: Turns = field(default_factory=Turns)
    _answers: OrderedDict[Hashable, bytes] = field(default_factory=OrderedDict)
    _n_bytes: int = 0
    _working: dict[Hashable, threading.Lock] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, key: Hashable, work_out: Callable[[], T], weight: Weight = "light") -> T:
        """What is kept under the key, else what is worked out now; whatever that raises is raised and not kept."""
        kept = self._take(key)
        if kept is None:
            # The turn before the key: who holds a key then never waits for somebody who waits for it.
            with self.turns.taken(weight, leave_if_asked_to), self._alone(key):
                kept = self._take(key)
                if kept is None:
                    kept = pickle.dumps(work_out(), pickle.HIGHEST_PROTOCOL)
                    self._put(key, kept)
        found: T = pickle.loads(kept)  # noqa: S301 - bytes of this process alone
        return found

    @contextlib.contextmanager
    def _alone(self, key: Hashable) -> Iterator[None]:
        """Nobody else works out the same meanwhile."""
        with self._lock:
            working = self._working.setdefault(key, threading.Lock())
        with working:
            try:
                yield
            finally:
                with self._lock:
                    self._working.pop(key, None)

    def has(self, key: Hashable) -> bool:
        """Whether the answer need not be worked out."""
        with self._lock:
            return key in self._answers

    @property
    def n_bytes(self) -> int:
        """What all that is kept weighs."""
        return self._n_bytes

    def forget(self) -> None:
        """Keep nothing of what was asked until now."""
        with self._lock:
            self._answers.clear()
            self._n_bytes = 0

    def _take(self, key: Hashable) -> bytes | None:
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
            return self._answers.get(key)

    def _put(self, key: Hashable, content: bytes) -> None:
        # All else would have to go for it, and then it as well.
        if len(content) > self.most_bytes:
            return
        with self._lock:
            self._n_bytes += len(content) - len(self._answers.pop(key, b""))
            self._answers[key] = content
            while self._n_bytes > self.most_bytes:
                self._n_bytes -= len(self._answers.popitem(last=False)[1])


KEEPER = Keeper()


def leave_if_asked_to() -> None:
    """End the run of a page whose reader has left it or asked for something else; elsewhere nothing."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is not None:
        # Streamlit ends a run at whatever it is asked for, which this is the cheapest of.
        _ = "" in context.session_state


def kept(answer: Callable[P, T]) -> Callable[P, T]:
    """Keep what a function answers under all of its arguments, which have to be frozen values."""
    return _kept(answer, "light")


def kept_in_turn(answer: Callable[P, T]) -> Callable[P, T]:
    """As `kept`, for what reads every recording or every text: one such question is worked out at a time."""
    return _kept(answer, "heavy")


def kept_apart(answer: Callable[P, T]) -> Callable[P, T]:
    """As `kept_and_announced`, for what reads every text: of a large evaluation in a process of its own."""

    @functools.wraps(answer)
    def asked(*arguments: P.args, **named: P.kwargs) -> T:
        key = (answer.__module__, answer.__qualname__, arguments, tuple(sorted(named.items())))
        if named or not _is_large(arguments):
            return KEEPER.answer(key, lambda: answer(*arguments, **named), "heavy")
        name = (answer.__module__, answer.__qualname__)
        return KEEPER.answer(key, lambda: answered_apart(*name, arguments, leave_if_asked_to), "apart")

    return asked


def _is_large(arguments: tuple[object, ...]) -> bool:
    key = arguments[0] if arguments else None
    return isinstance(key, BuildKey) and _n_utterances(key) >= LARGE


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
        with _said(arguments, weight):
            return KEEPER.answer(key, lambda: answer(*arguments, **named), weight)

    return asked


def _said(arguments: tuple[object, ...], weight: Weight) -> contextlib.AbstractContextManager[None]:
    """Where a page asks it of a large evaluation, or has to wait, its reader is told that the answer is being worked out."""
    key = arguments[0] if arguments else None
    if not isinstance(key, BuildKey) or get_script_run_ctx(suppress_warning=True) is None:
        return contextlib.nullcontext()
    n_utterances = _n_utterances(key)
    waits = KEEPER.turns.would_wait(weight)
    if n_utterances < LARGE and not waits:
        return contextlib.nullcontext()
    return st.spinner(waiting(n_utterances) if waits else working_out(n_utterances), show_time=True)
