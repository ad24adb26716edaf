"""The folder in which evaluations live: names, builds, the pointer to the current one, the lock.

Owns HOME/NAME/: `<build>.duckdb` files that never change, `<build>.json` beside each
with what is not part of it (time, note, where the sources lay), `current` with the
id of the build that is shown, `lock`. It knows nothing of what is inside a build.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data.errors import InputError

BUILDS_KEPT = 3

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")
_UNFINISHED = ".writing-"


def evaluations_home(override: str | os.PathLike[str] | None = None) -> Path:
    """The folder of evaluations: the override, else $FAIRHEARING_HOME, else `evaluations/` of the checkout."""
    chosen = override or os.environ.get("FAIRHEARING_HOME")
    return (
        Path(chosen).expanduser().resolve() if chosen else Path(__file__).resolve().parents[1] / "evaluations"
    )


def checked_name(name: str) -> str:
    """The name of an evaluation, if it can be one; raises `InputError`."""
    if _NAME.fullmatch(name) is None or name.endswith("."):
        raise InputError(
            f'"{name}" cannot be the name of an evaluation: a name has up to 100 of the letters a–z, digits and "-", '
            '"_", ".", and starts with a letter or a digit. Try --name my-evaluation.'
        )
    return name


@dataclass(frozen=True)
class Sidecar:
    """What is known about a build but is not part of it, so that the same input gives the same build."""

    created: str
    """UTC, ISO 8601, to the second; "" when it is not known."""
    note: str = ""
    sources: tuple[str, ...] = ()
    """Absolute paths the build was read from."""
    audio_folder: str | None = None
    """Folder that paths of clips are relative to; None when there are no clips."""

    @staticmethod
    def now(note: str, sources: tuple[str, ...], audio_folder: str | None) -> Sidecar:
        """The sidecar of a build made now."""
        return Sidecar(datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), note, sources, audio_folder)

    @staticmethod
    def read(build_path: Path) -> Sidecar:
        """The sidecar of a build; an empty one where the file is missing or damaged."""
        try:
            plain = json.loads(build_path.with_suffix(".json").read_text(encoding="utf-8"))
            return Sidecar(plain["created"], plain["note"], tuple(plain["sources"]), plain["audio_folder"])
        except (OSError, ValueError, KeyError, TypeError):
            return Sidecar("")

    def write(self, build_path: Path) -> None:
        """Put it beside the build, replacing an older one."""
        plain: dict[str, Any] = {
            "created": self.created,
            "note": self.note,
            "sources": list(self.sources),
            "audio_folder": self.audio_folder,
        }
        _replace_text(build_path.with_suffix(".json"), json.dumps(plain, indent=1, ensure_ascii=False))


def current_build(folder: Path) -> str | None:
    """The id of the build an evaluation's folder points to; None when there is none."""
    try:
        build = (folder / "current").read_text(encoding="utf-8").strip()
    except OSError:
        return None
    return build if build and (folder / f"{build}.duckdb").exists() else None


def builds(folder: Path) -> list[Path]:
    """The builds of an evaluation, newest first."""
    found = [path for path in folder.glob("*.duckdb") if not path.name.startswith(".")]
    return sorted(found, key=lambda path: (Sidecar.read(path).created, path.stat().st_mtime_ns), reverse=True)


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold an evaluation's folder for writing; waits for whoever holds it. A killed holder lets go."""
    while True:
        folder.mkdir(parents=True, exist_ok=True)
        handle = (folder / "lock").open("a")
        fcntl.flock(handle, fcntl.LOCK_EX)
        if _is_still(folder / "lock", handle.fileno()):
            break
        handle.close()  # The evaluation was removed while this process waited.
    try:
        yield
    finally:
        handle.close()


def sweep(folder: Path) -> None:
    """Delete what a killed ingest left; call it under the lock."""
    for leftover in folder.glob(f"{_UNFINISHED}*"):
        leftover.unlink(missing_ok=True)


def unfinished_path(folder: Path, build: str) -> Path:
    """Where a build is written before it is whole."""
    return folder / f"{_UNFINISHED}{build}-{os.getpid()}.duckdb"


def publish(unfinished: Path, folder: Path, build: str, sidecar: Sidecar) -> Path:
    """Give a whole file its name, then switch the pointer; a kill at any moment leaves the older build in place."""
    final = folder / f"{build}.duckdb"
    _sync(unfinished)
    sidecar.write(final)
    unfinished.replace(final)
    _sync(folder)
    point_to(folder, build)
    return final


def point_to(folder: Path, build: str) -> None:
    """Make a build the current one and delete all but the newest few."""
    _replace_text(folder / "current", f"{build}\n")
    _sync(folder)
    others = [path for path in builds(folder) if path.stem != build]
    for old in others[BUILDS_KEPT - 1 :]:
        old.unlink(missing_ok=True)
        old.with_suffix(".json").unlink(missing_ok=True)


def remove_evaluation(folder: Path) -> None:
    """Delete an evaluation with all its builds."""
    with locked(folder):
        shutil.rmtree(folder)


def _is_still(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _replace_text(path: Path, text: str) -> None:
    unfinished = path.with_name(f"{_UNFINISHED}{path.name}-{os.getpid()}")
    unfinished.write_text(text, encoding="utf-8")
    _sync(unfinished)
    unfinished.replace(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
