"""The lock of an evaluation: one process writes at a time, and whoever waits is told for whom.

Owns the file `lock` in the folder of an evaluation. The lock is the system's own, so that
a killed holder lets go; what the file says is only for people.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

from data.errors import InputError

LOCK_WAIT_S = 60.0
"""How long a writer waits for another one; the largest builds are written in less."""

_SECONDS_BETWEEN = 0.05


@contextlib.contextmanager
def locked(folder: Path, wait_s: float | None = None) -> Iterator[None]:
    """Hold an evaluation's folder for writing; waits `LOCK_WAIT_S` for whoever holds it, then raises `InputError`.

    A killed holder lets go.
    """
    deadline = time.monotonic() + (LOCK_WAIT_S if wait_s is None else wait_s)
    while True:
        folder.mkdir(parents=True, exist_ok=True)
        handle = (folder / "lock").open("a+")
        try:
            _lock(handle.fileno(), deadline)
        except TimeoutError:
            handle.seek(0)
            holder = handle.read(30).strip()
            handle.close()
            raise InputError(
                f"Another process{f' ({holder})' if holder else ''} is writing {folder.name} and has not ended. "
                "Nothing was changed; try again when it has."
            ) from None
        except BaseException:
            handle.close()
            raise
        if _is_still(folder / "lock", handle.fileno()):
            break
        handle.close()  # The evaluation was removed while this process waited.
    try:
        if wait_s != 0:
            _sign(handle.fileno())
        yield
    finally:
        handle.close()


def _lock(descriptor: int, deadline: float) -> None:
    """Lock a file, or raise `TimeoutError`. It asks again and again, so that Ctrl-C is heard meanwhile."""
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise TimeoutError from None
            time.sleep(_SECONDS_BETWEEN)
        else:
            return


def _sign(descriptor: int) -> None:
    """Say whose lock it is, for those who wait; the lock holds without."""
    with contextlib.suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"process {os.getpid()}\n".encode())


def _is_still(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False
