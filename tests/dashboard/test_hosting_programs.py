"""Streamlit's files from memory: unchanged, and nothing else."""

from __future__ import annotations

import asyncio

import pytest
from starlette.types import Message, Receive, Scope, Send

from dashboard.hosting_programs import FILES as FOLDER
from dashboard.hosting_programs import Programs

FILES = sorted((FOLDER / "js").glob("*.js"))


def asked(
    path: str, headers: dict[str, str] | None = None, method: str = "GET"
) -> tuple[int, bytes, dict[str, str]]:
    """Status, content and headers; 299 is Streamlit's own answer."""
    said: list[Message] = []

    async def streamlit(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 299, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    async def send(message: Message) -> None:
        said.append(message)

    sent = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
    scope: Scope = {"type": "http", "method": method, "path": path, "headers": sent, "query_string": b""}
    asyncio.run(Programs(streamlit)(scope, receive, send))
    found = {name.decode(): value.decode() for name, value in said[0]["headers"]}
    return said[0]["status"], said[1]["body"], found


def test_a_small_file_is_streamlit_s_own_and_stays_with_the_browser() -> None:
    small = next(file for file in FILES if file.stat().st_size < 10_000)
    status, content, headers = asked(f"/static/js/{small.name}")
    assert (status, content) == (200, small.read_bytes())
    assert "immutable" in headers["cache-control"]
    assert "javascript" in headers["content-type"]


def test_a_file_that_the_browser_has_is_not_sent_again() -> None:
    path = f"/static/js/{FILES[0].name}"
    mark = asked(path)[2]["etag"]
    assert asked(path, {"if-none-match": mark})[:2] == (304, b"")
    assert asked(path, {"if-none-match": '"another"'})[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/static/../index.html",
        "/static/",
        "/static/js",
        "/static/js/nothing.js",
        "/static//etc/passwd",
        "/overview",
    ],
)
def test_everything_else_is_streamlit_s_to_answer(path: str) -> None:
    assert asked(path)[0] == 299


def test_large_files_and_other_methods_are_streamlit_s_to_answer() -> None:
    largest = max(FILES, key=lambda file: file.stat().st_size)
    assert asked(f"/static/js/{largest.name}")[0] == 299
    assert asked(f"/static/js/{FILES[0].name}", method="POST")[0] == 299
