"""A page opened by its own link is told where its server is, before any script of Streamlit's runs."""

from __future__ import annotations

import asyncio
import tomllib
from pathlib import Path

import pytest
from starlette.routing import Router
from starlette.types import Message, Scope
from streamlit.testing.v1 import AppTest

from dashboard.hosting import TOLD, app, own_routes, page_names, say_what_failed
from dashboard.wording_controls import UNEXPECTED

pytestmark = pytest.mark.pages
ROOT = Path(__file__).resolve().parents[2]


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


def test_an_error_that_nobody_expected_is_a_sentence_on_the_page_without_what_went_wrong() -> None:
    def page() -> None:
        from dashboard.hosting import say_what_failed

        assert say_what_failed(KeyError("/home/somebody/secret"))

    page_shown = AppTest.from_function(page).run()
    assert [one.value for one in page_shown.error] == [UNEXPECTED]
    assert not page_shown.exception


def test_an_error_that_nobody_expected_is_logged_where_the_terminal_shows_it() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    # Rich writes to standard output, which `serve` throws away; the logger writes to standard error.
    assert settings["logger"]["enableRich"] is False
    assert app._on_script_error is say_what_failed
