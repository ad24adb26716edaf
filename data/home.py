"""The folder in which evaluations live: names, builds, the pointer to the current one, the lock.

Owns HOME/NAME/: `<build>.duckdb` files that never change, with what lies beside each (`sidecar.py`), `current` with
the id of the build that is shown, `lock` (`lock.py`). It knows nothing of what is inside a build; what happens when
one cannot be written is `publishing.py`.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from pathlib import Path

from data.errors import InputError, near_names
from data.lock import locked
from data.sidecar import UNFINISHED, Sidecar, findings_path, replace_text, sync

BUILDS_KEPT = 3

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")
_BUILD_ID = re.compile(r"[0-9a-f]{12}")


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


def current_build(folder: Path) -> str | None:
    """The id of the build an evaluation's folder points to; None when there is none."""
    try:
        build = (folder / "current").read_text(encoding="utf-8").strip()
    except OSError:
        return None
    return build if build and (folder / f"{build}.duckdb").exists() else None


def builds(folder: Path) -> list[Path]:
    """The builds of an evaluation, newest first."""
    found = []
    for path in folder.glob("*.duckdb"):
        with contextlib.suppress(FileNotFoundError):  # Another process may delete an old one meanwhile.
            if not path.name.startswith("."):
                found.append((Sidecar.read(path).created, path.stat().st_mtime_ns, path))
    return [path for _, _, path in sorted(found, reverse=True)]


def evaluation_names(home: Path) -> list[str]:
    """The names of the evaluations that have a build, alphabetically."""
    if not home.is_dir():
        return []
    return sorted(folder.name for folder in home.iterdir() if folder.is_dir() and current_build(folder))


def find_build(home: Path, wanted: str) -> Path:
    """The file meant by "name" (its current build), "name@build", or the path of a build or of an evaluation's folder.

    Raises `InputError` with near names.
    """
    if is_path(wanted):
        folder, build = Path(wanted), current_build(Path(wanted))
        return folder / f"{build}.duckdb" if build else folder
    name, _, build = wanted.partition("@")
    names = evaluation_names(checked_home(home))
    if name not in names:
        hint = near_names(name, names) or "There is none yet: `fairhearing ingest` makes one."
        raise InputError(f'There is no evaluation "{name}" in {home}. {hint}')
    build = build or current_build(home / name) or ""
    kept = builds(home / name)
    found = [path for path in kept if path.stem.startswith(build)]
    if len(found) != 1:
        problem = "is no build" if not found else "fits several builds"
        listed = ", ".join(path.stem for path in kept)
        raise InputError(f'"{build}" {problem} of {name} that is kept here. There is {listed}.')
    return found[0]


def is_path(wanted: str) -> bool:
    """Whether the path of a build or of an evaluation's folder is meant, and no name of either."""
    return wanted.endswith(".duckdb") or os.sep in wanted


def checked_home(home: Path) -> Path:
    """The folder of evaluations, which need not be there yet; raises `InputError` for a file."""
    place = nearest_there_is(home)
    if not place.is_dir():
        raise InputError(f"{place} is a file, and evaluations live in a folder. Name one with --home DIR.")
    return home


def nearest_there_is(path: Path) -> Path:
    """The path itself, or the nearest folder above it that exists."""
    return next((one for one in (path, *path.parents) if one.exists()), path)


def sweep(folder: Path) -> None:
    """Delete what a killed or failed ingest left; call it under the lock. What cannot be deleted stays."""
    for leftover in folder.glob(f"{UNFINISHED}*"):
        if leftover.is_dir():
            shutil.rmtree(leftover, ignore_errors=True)
        else:
            _discard(leftover)
    for beside in folder.glob("*.json"):
        build = beside.name.partition(".")[0]
        path = folder / f"{build}.duckdb"
        is_ours = _BUILD_ID.fullmatch(build) and beside in (path.with_suffix(".json"), findings_path(path))
        if is_ours and not path.exists():
            _discard(beside)


def sweep_all(home: Path) -> None:
    """Delete what killed ingests left in every evaluation; one that is being written is left alone."""
    if not home.is_dir():
        return
    for lock in home.glob("*/lock"):
        with contextlib.suppress(OSError, InputError), locked(lock.parent, wait_s=0):
            sweep(lock.parent)
            discard_if_empty(lock.parent)


def discard_if_empty(folder: Path) -> None:
    """Delete the folder of an evaluation that never had a build; call it under the lock."""
    if {path.name for path in folder.iterdir()} <= {"lock"}:
        _discard(folder / "lock")
        with contextlib.suppress(OSError):
            folder.rmdir()


def unfinished_path(folder: Path, build: str) -> Path:
    """Where a build is written before it is whole."""
    return folder / f"{UNFINISHED}{build}-{os.getpid()}.duckdb"


def publish(unfinished: Path, folder: Path, build: str, sidecar: Sidecar) -> Path:
    """Give a whole file its name, then switch the pointer; a kill at any moment leaves the older build in place."""
    final = folder / f"{build}.duckdb"
    sync(unfinished)
    sidecar.write(final)
    unfinished.replace(final)
    try:
        sync(folder)
        point_to(folder, build)
    except BaseException:
        if current_build(folder) != build:
            _discard(final)
        raise
    return final


def point_to(folder: Path, build: str) -> None:
    """Make a build the current one and delete all but the newest few; a reader may be opening the one before."""
    before = current_build(folder)
    replace_text(folder / "current", f"{build}\n")
    sync(folder)
    others = sorted(
        (path for path in builds(folder) if path.stem != build), key=lambda path: path.stem != before
    )
    for old in others[BUILDS_KEPT - 1 :]:
        _discard_build(old)


def show_build(folder: Path, build: str) -> None:
    """Make a build that is kept the current one; raises `InputError` where it is gone."""
    with locked(folder):
        if not (folder / f"{build}.duckdb").exists():
            raise InputError(f"{folder.name} has no build {build} any more.")
        point_to(folder, build)


def remove_evaluation(folder: Path) -> None:
    """Delete an evaluation with all its builds."""
    with locked(folder):
        shutil.rmtree(folder)


def remove_build(folder: Path, build: str) -> str:
    """Delete one of several builds; returns the current one, which is the newest of the others if it was this."""
    with locked(folder):
        others = [path for path in builds(folder) if path.stem != build]
        if not others:
            raise InputError(
                f"{build} is the only build of {folder.name}. `fairhearing remove {folder.name}` deletes the evaluation."
            )
        if current_build(folder) == build:
            point_to(folder, others[0].stem)
        _discard_build(folder / f"{build}.duckdb")
        return current_build(folder) or others[0].stem


def _discard_build(path: Path) -> None:
    for one in (path, path.with_suffix(".json"), findings_path(path)):
        _discard(one)


def _discard(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
