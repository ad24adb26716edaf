"""A page opened by its own link is told where its server is, before any script of Streamlit's runs."""

from __future__ import annotations

import asyncio

import pytest
from starlette.routing import Router
from starlette.types import Message, Scope

from dashboard.hosting import TOLD, own_routes, page_names

pytestmark = pytest.mark.pages


def answer_to(path: str) -> tuple[int, str]:
    """Status and body of what the pages' own routes answer."""
    said: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    async def send(message: Message) -> None:
        said.append(message)

    scope: Scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}
    asyncio.run(Router(own_routes())(scope, receive, send))
    return said[0]["status"], said[1]["body"].decode()


@pytest.mark.parametrize("name", page_names())
def test_the_link_of_a_page_is_answered_by_a_document_that_is_told_first(name: str) -> None:
    status, document = answer_to(f"/{name}")
    assert status == 200
    assert document.count(TOLD) == 1
    assert document.index(TOLD) < document.index("<script type=")
    assert '<div id="root">' in document


def test_nothing_answers_as_a_server_under_a_page() -> None:
    assert answer_to("/subgroup/_stcore/health")[0] == 404
