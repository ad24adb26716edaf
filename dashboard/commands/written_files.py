"""Files that a command leaves in a folder of the user: whole ones, and none where one of them cannot be written.

Owns how they come to be there. What is in them is known by whoever made them.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from secrets import token_hex

_OF_THE_SYSTEM = ("/dev/", "/proc/")


def write_whole(files: Mapping[Path, bytes]) -> None:
    """Write every file beside its place and move all there at the end; what was there before stays until then.

    A file that was there keeps its mode, and a link still leads to it. A pipe or a device is no file that could be
    replaced: it is written to. Raises `OSError` where a folder is missing, before anything is written, or where a file
    cannot be written, such as on a full disk; nothing is left of the others then, nor when the command is interrupted.
    Not promised: that a command killed outright leaves nothing beside, that all are moved at the same moment, and that
    what went down a pipe comes back.
    """
    straight = [path for path in files if _is_no_file(path)]
    places = {path: path.resolve() for path in files if path not in straight}
    for path, place in places.items():
        _check(path, place)
    beside = {path: place.with_name(f".{place.name}.{token_hex(4)}") for path, place in places.items()}
    try:
        for path, written in beside.items():
            _write_new(written, files[path], like=places[path])
        for path in straight:
            path.write_bytes(files[path])
        for path, written in beside.items():
            written.replace(places[path])
    except BaseException as error:
        for written in beside.values():
            written.unlink(missing_ok=True)
        if isinstance(error, OSError):
            # The hidden name says nothing to whoever reads the refusal.
            named = {str(written): str(path) for path, written in beside.items()}
            error.filename = named.get(str(error.filename), error.filename)
            error.filename2 = None
        raise


def _is_no_file(path: Path) -> bool:
    """Whether a path leads to a pipe or a device, or to wherever this process writes."""
    # Where the shell sends a command's output may be a file, which the shell keeps open: it must stay the same one.
    if str(path.absolute()).startswith(_OF_THE_SYSTEM):
        return True
    return path.exists() and not path.is_file() and not path.is_dir()


def _check(path: Path, place: Path) -> None:
    if place.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not place.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))


def _write_new(written: Path, content: bytes, like: Path) -> None:
    """Write a new file with the mode of another, if that is there; before anything is in it."""
    with os.fdopen(os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as file:
        if like.exists():
            written.chmod(stat.S_IMODE(like.stat().st_mode))
        file.write(content)
