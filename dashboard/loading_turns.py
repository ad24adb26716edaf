"""How many questions are worked out at once, so that many readers do not need many times the memory of one.

Used by `loading_kept.py` alone. Questions that take seconds go one at a time, those that need a process of
their own beside them; of the others a few. Nobody with a short question waits for a long one. Nothing is kept or worked out here.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

Weight = Literal["light", "heavy", "apart"]
_SECONDS_WORTH_TIDYING = 0.3
_SECONDS_BETWEEN_LOOKS = 0.2


class _Thread(threading.local):
    is_working = False


@dataclass
class Turns:
    """The places for those who work something out."""

    heavy: int = 1
    light: int = 2
    apart: int = 1
    _places: dict[str, threading.Semaphore] = field(init=False)
    _thread: _Thread = field(default_factory=_Thread)

    def __post_init__(self) -> None:
        self._places = {
            "heavy": threading.BoundedSemaphore(self.heavy),
            "light": threading.BoundedSemaphore(self.light),
            "apart": threading.BoundedSemaphore(self.apart),
        }

    @contextlib.contextmanager
    def taken(self, weight: Weight, while_waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
        """Wait for a place and hold it. What a question asks on its way needs no place of its own.

        while_waiting: called now and then; what it raises ends the wait.
        """
        if self._thread.is_working:
            yield
            return
        while not self._places[weight].acquire(timeout=_SECONDS_BETWEEN_LOOKS):
            while_waiting()
        self._thread.is_working, begin = True, time.perf_counter()
        try:
            yield
        finally:
            self._thread.is_working = False
            self._places[weight].release()
            if time.perf_counter() - begin > _SECONDS_WORTH_TIDYING:
                give_memory_back()

    def would_wait(self, weight: Weight) -> bool:
        """Whether who asks now would have to wait for somebody else."""
        if self._thread.is_working:
            return False
        if self._places[weight].acquire(blocking=False):
            self._places[weight].release()
            return False
        return True


def give_memory_back() -> None:
    """Return to the system what was used and freed; the allocator would hold it for the next large question."""
    import ctypes

    # Only the GNU library has it; elsewhere the allocator does as it likes.
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
