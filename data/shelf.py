"""What is held in memory up to a number of bytes, what was not used for longest going first.

Owns how much is held and what goes. What it is, and whose, is known by whoever puts it there: columns and sums of
recordings (`queries_held.py`), and the answers that a server keeps.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

Owner = int
Key = tuple[Owner, Hashable]


@dataclass(eq=False)
class Shelf:
    """Arrays and bytes by owner and name, those used last at the end."""

    most_bytes: int
    _held: OrderedDict[Key, Any] = field(default_factory=OrderedDict)
    _n_bytes: int = 0
    _gone: deque[Owner] = field(default_factory=deque)
    """Owners that are no more, what is theirs having still to go."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def n_bytes(self) -> int:
        """What all that is held weighs."""
        return self._n_bytes

    def take(self, owner: Owner, name: Hashable) -> Any:
        """What is held under the name; None where it has to be made."""
        with self._lock:
            if (owner, name) in self._held:
                self._held.move_to_end((owner, name))
            return self._held.get((owner, name))

    def has(self, owner: Owner, name: Hashable) -> bool:
        """Whether something is held under the name; that is no use of it."""
        with self._lock:
            return (owner, name) in self._held

    def put(self, owner: Owner, name: Hashable, content: Any) -> None:
        """Hold it in place of what was not used for longest; not what alone is too much."""
        # All else would have to go for it, and then it as well.
        if weight(content) > self.most_bytes:
            return
        with self._lock:
            self._remove_gone()
            self._remove((owner, name))
            self._held[owner, name] = content
            self._n_bytes += weight(content)
            while self._n_bytes > self.most_bytes:
                self._remove(next(iter(self._held)))

    def clear(self) -> None:
        """Hold nothing of what was put here until now."""
        with self._lock:
            self._held.clear()
            self._n_bytes = 0

    def forget(self, owner: Owner) -> None:
        """Hold nothing of an owner that is no more: at once, or with the next that is put here."""
        self._gone.append(owner)
        # The garbage collector may call this in the midst of `put`, for which it must not wait.
        if self._lock.acquire(blocking=False):
            try:
                self._remove_gone()
            finally:
                self._lock.release()

    def _remove_gone(self) -> None:
        while self._gone:
            owner = self._gone.popleft()
            for key in [key for key in self._held if key[0] == owner]:
                self._remove(key)

    def _remove(self, key: Key) -> None:
        content = self._held.pop(key, None)
        self._n_bytes -= 0 if content is None else weight(content)


def weight(content: Any) -> int:
    """The bytes that bytes or an array take: one number that stands for many counts once."""
    if isinstance(content, bytes):
        return len(content)
    return int(content.itemsize if content.size and not any(content.strides) else content.nbytes)
