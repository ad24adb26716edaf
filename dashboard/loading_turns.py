"""How many questions are worked out at once, so that many readers do not need many times the memory of one.

Used by `loading_kept.py` alone. Questions that read every recording or every text go one at a time, those that need a
process of their own beside them; of the others a few. Nobody with a short question waits for a long one, except
where a small evaluation's texts are asked for after a large one's card. Of those who wait for a place whoever
came first and asks for little goes first. Nothing is kept or worked out here.
"""

from __future__ import annotations

import contextlib
import threading
import time
from bisect import insort
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

Weight = Literal["quick", "light", "heavy", "apart"]
_SECONDS_WORTH_TIDYING = 0.3
_SECONDS_BETWEEN_LOOKS = 0.2
PATIENCE = 5.0
"""A question that takes a second is overtaken by those that take none and come up to so many seconds later."""


class _Thread(threading.local):
    is_working = False


@dataclass(order=True)
class _Waiting:
    rank: float
    number: int
    """Of all who ever waited, so that none is equal to another."""


@dataclass
class Turns:
    """The places for those who work something out."""

    heavy: int = 1
    light: int = 2
    quick: int = 2
    apart: int = 1
    _free: dict[str, int] = field(init=False)
    _queues: dict[str, list[_Waiting]] = field(init=False)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _thread: _Thread = field(default_factory=_Thread)
    _n_waited: int = 0

    def __post_init__(self) -> None:
        self._free = {
            "quick": self.quick,
            "light": self.light,
            "heavy": self.heavy,
            "apart": self.apart,
        }
        self._queues = {weight: [] for weight in self._free}

    @property
    def has_one(self) -> bool:
        """Whether the thread that asks holds a place already."""
        return self._thread.is_working

    @contextlib.contextmanager
    def taken(
        self,
        weight: Weight,
        while_waiting: Callable[[], None] = lambda: None,
        seconds: float = 0.0,
        since: float | None = None,
    ) -> Iterator[None]:
        """Wait for a place and hold it. What a question asks on its way needs no place of its own.

        while_waiting: called now and then; what it raises ends the wait. seconds: that the work will take, as far
        as is known; `since` is when the reader came (`time.monotonic`), now by default.
        """
        if self._thread.is_working:
            yield
            return
        came = time.monotonic() if since is None else since
        self._wait(weight, while_waiting, came + PATIENCE * seconds)
        self._thread.is_working, begin = True, time.perf_counter()
        try:
            yield
        finally:
            self._thread.is_working = False
            with self._changed:
                self._free[weight] += 1
                self._changed.notify_all()
            if time.perf_counter() - begin > _SECONDS_WORTH_TIDYING:
                give_memory_back()

    def _wait(self, weight: Weight, while_waiting: Callable[[], None], rank: float) -> None:
        queue = self._queues[weight]
        with self._changed:
            self._n_waited += 1
            own = _Waiting(rank, self._n_waited)
            insort(queue, own)
        try:
            while True:
                with self._changed:
                    if self._free[weight] and queue[0] is own:
                        self._free[weight] -= 1
                        return
                    self._changed.wait(_SECONDS_BETWEEN_LOOKS)
                while_waiting()
        finally:
            with self._changed:
                queue.remove(own)
                self._changed.notify_all()

    def would_wait(self, weight: Weight) -> bool:
        """Whether who asks now would have to wait for somebody else."""
        with self._changed:
            return not self._thread.is_working and len(self._queues[weight]) >= self._free[weight]

    def n_waiting(self, weight: Weight) -> int:
        """How many stand in the queue for a place."""
        with self._changed:
            return len(self._queues[weight])

    @property
    def is_idle(self) -> bool:
        """Whether nobody works anything out here; a process apart gives way by itself."""
        with self._changed:
            places = {"quick": self.quick, "light": self.light, "heavy": self.heavy}
            return all(self._free[weight] == number for weight, number in places.items())


def give_memory_back() -> None:
    """Return to the system what was used and freed; the allocator would hold it for the next large question."""
    import ctypes

    # Only the GNU library has it; elsewhere the allocator does as it likes.
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
