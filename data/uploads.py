"""Files that were handed in through the browser, for as long as they are being read.

Owns HOME/.uploads: each file lies there under a name made here, because a name from
outside may mean another place on the disk. Called by the Data page, which deletes a file
when its evaluation is made; one that was forgotten goes after a day.
"""

from __future__ import annotations

import contextlib
import secrets
import time
from pathlib import Path

from data.errors import InputError

FOLDER = ".uploads"
MOST_UPLOADED_MB = 200
"""Largest file that can be uploaded; `server.maxUploadSize` in `.streamlit/config.toml` is the same, and a test says so."""
_FORGOTTEN_AFTER_S = 86_400


def keep_upload(home: Path, content: bytes) -> Path:
    """Write the bytes of an upload to the disk; raises `InputError` where that cannot be done."""
    if len(content) > MOST_UPLOADED_MB * 1_000_000:
        raise InputError(
            f"The file is larger than {MOST_UPLOADED_MB} MB. Give its path on this machine, or use `fairhearing ingest`."
        )
    folder = home / FOLDER
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sweep(folder)
        path = folder / f"upload-{secrets.token_hex(8)}"
        path.write_bytes(content)
    except OSError as error:
        raise InputError(f"The file cannot be kept in {folder} while it is read: {error.strerror}.") from None
    return path


def forget_upload(home: Path, path: Path) -> None:
    """Delete an upload. A file that lies anywhere else is somebody's own and stays."""
    if path.parent == home / FOLDER:
        with contextlib.suppress(OSError):
            path.unlink()


def _sweep(folder: Path) -> None:
    for left in folder.glob("upload-*"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > _FORGOTTEN_AFTER_S:
                left.unlink()
