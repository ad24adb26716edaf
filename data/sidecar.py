"""The small files that lie beside a build: what is known of it and is no part of it, and what the doctor found.

Owns their names, what a damaged one is taken for, and how a small file is replaced whole or not at all.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

UNFINISHED = ".writing-"


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
        replace_text(build_path.with_suffix(".json"), json.dumps(plain, indent=1, ensure_ascii=False))


def findings_path(build_path: Path) -> Path:
    """Where the findings of the doctor stand beside a build; they can be worked out again at any time."""
    return build_path.with_suffix(".doctor.json")


def write_findings(build_path: Path, text: str) -> None:
    """Put the doctor's findings beside a build, whole or not at all; raises `OSError` where that cannot be."""
    replace_text(findings_path(build_path), text)


def replace_text(path: Path, text: str) -> None:
    """Write a small file whole or not at all; raises `OSError` where that cannot be.

    A name is given to what lies on the disk already: whoever reads meanwhile, or after the power went, finds the
    older file or this one, and never a part.
    """
    unfinished = path.with_name(f"{UNFINISHED}{path.name}-{os.getpid()}")
    unfinished.write_text(text, encoding="utf-8")
    sync(unfinished)
    unfinished.replace(path)


def sync(path: Path) -> None:
    """Wait until the content of a file, or the names in a folder, lie on the disk; raises `OSError`."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
