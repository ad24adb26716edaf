"""Files that were handed in through the browser, for as long as they are being read.

Owns HOME/.uploads: each file lies there in a folder of its own, under a name made here of
the letters and digits of the one it came with, because a name from outside may mean another
place on the disk. Called by the Data page, which deletes a file when its evaluation is made;
one that was forgotten goes after a day.
"""

from __future__ import annotations

import contextlib
import re
import secrets
import shutil
import time
from pathlib import Path

from data.errors import InputError
from data.limits import MEGABYTE, UPLOADED

FOLDER = ".uploads"
_FORGOTTEN_AFTER_S = 86_400
_LONGEST = 80


def keep_upload(home: Path, content: bytes, name: str = "") -> Path:
    """Write the bytes of an upload to the disk; raises `InputError` where that cannot be done.

    name: what it was called where it came from; only its letters and digits are used.
    """
    most_mb = UPLOADED.mb()
    if len(content) > most_mb * MEGABYTE:
        raise InputError(
            f"The file is larger than {most_mb} MB. Give its path on this machine, use `fairhearing ingest`, or raise "
            f"{UPLOADED.variable}."
        )
    folder = home / FOLDER / f"upload-{secrets.token_hex(8)}"
    path = folder / safe_name(name)
    try:
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sweep(folder.parent)
        folder.mkdir(mode=0o700)
        path.write_bytes(content)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise InputError(
            f"The file cannot be kept in {folder.parent} while it is read: {error.strerror}. Make room there or let it be "
            "written, or start the dashboard with another folder (`fairhearing serve --home DIR`)."
        ) from None
    return path


def safe_name(name: str) -> str:
    """A name for the disk: letters, digits, dashes, dots within; never empty, hidden or long."""
    last = re.split(r"[/\\]", name)[-1]
    kept = re.sub(r"[^A-Za-z0-9._-]+", "-", last).strip("-._")
    return kept[-_LONGEST:].lstrip("-._") or "upload"


def forget_upload(home: Path, path: Path) -> None:
    """Delete an upload. A file that lies anywhere else is somebody's own and stays."""
    if path.parent.parent == home / FOLDER:
        shutil.rmtree(path.parent, ignore_errors=True)


def _sweep(folder: Path) -> None:
    for left in folder.glob("upload-*"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > _FORGOTTEN_AFTER_S:
                shutil.rmtree(left) if left.is_dir() else left.unlink()
