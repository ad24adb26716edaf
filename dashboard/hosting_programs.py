"""The browser's programs, handed out from memory.

Used by `hosting.py`. Streamlit's programs come in a hundred small files, all of which a browser that was never
here asks for before it can show anything; looking each up on the disk takes longer than sending it. They are
Streamlit's own, unchanged. Whether the document of a page should also name those that it will need was tried: the
browser then reads them all before it begins, and the first sentence comes later.
"""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import streamlit as st
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

FILES = Path(st.__file__).parent / "static" / "static"
_PREFIX = "/static/"
_LARGEST_IN_MEMORY = 2**20
_MOST_IN_MEMORY = 400
_FOR_A_YEAR = {"Cache-Control": "public, immutable, max-age=31536000"}
"""The name of such a file changes with its content."""


class Programs:
    """In front of Streamlit: answers for its small files from memory, and hands on everything else."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self._app
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            below = scope["path"].removeprefix(scope.get("root_path", ""))
            held = _held(below.removeprefix(_PREFIX)) if below.startswith(_PREFIX) else None
            if held is not None:
                answer = held.answer(Headers(scope=scope).get("if-none-match"))
        await answer(scope, receive, send)


@dataclass(frozen=True)
class _Held:
    """A small file in memory."""

    content: bytes
    kind: str
    mark: str

    def answer(self, known: str | None) -> Response:
        headers = {**_FOR_A_YEAR, "ETag": self.mark}
        if known == self.mark:
            return Response(status_code=304, headers=headers)
        return Response(self.content, headers=headers, media_type=self.kind)


@lru_cache(maxsize=_MOST_IN_MEMORY)
def _held(name: str) -> _Held | None:
    """One of Streamlit's small files by its name below their folder; None for everything else."""
    try:
        file = (FILES / name).resolve()
        if not (file.is_relative_to(FILES.resolve()) and file.is_file()):
            return None
        if file.stat().st_size > _LARGEST_IN_MEMORY:
            return None
        content = file.read_bytes()
    except (OSError, ValueError):
        return None
    mark = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    return _Held(content, mimetypes.guess_type(file.name)[0] or "application/octet-stream", mark)
