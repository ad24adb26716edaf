"""What the server answers with: Streamlit's app, whose pages are told where their server is and end in a sentence.

Run by `streamlit run` through `serving.py`. Without it a page opened by its own link asks under that
link first, and the console keeps two refusals. It shows nothing and asks nothing of an evaluation.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from dashboard.hosting_programs import Programs
from dashboard.wording_controls import UNEXPECTED

_PAGES = Path(__file__).parent / "app_pages"
_SHELL = Path(st.__file__).parent / "static" / "index.html"
# The folder of the page is where its scripts are fetched from, so it holds behind a proxy as well.
TOLD = "<script>window.__streamlit = { BACKEND_BASE_URL: new URL('.', window.location.href).href }</script>"


def page_names() -> list[str]:
    """Names of the pages that have a link of their own."""
    return sorted(file.stem for file in _PAGES.glob("[a-z]*.py"))


@cache
def shell() -> str:
    """The one document of every page: Streamlit's, which is told where its server is before it begins."""
    return _SHELL.read_text(encoding="utf-8").replace("<head>", f"<head>{TOLD}", 1)


async def _page(_: Request) -> HTMLResponse:
    return HTMLResponse(shell(), headers={"Cache-Control": "no-cache"})


def own_routes() -> list[Route]:
    """The links of pages; everything else is answered by Streamlit."""
    return [Route(f"/{name}", _page) for name in page_names()]


def say_what_failed(_: Exception) -> bool:
    """In the place of Streamlit's own words for an error that nobody expected, which it has logged by now."""
    st.error(UNEXPECTED)
    return True


app = st.App(
    Path(__file__).with_name("app.py"),
    routes=own_routes(),
    middleware=[Middleware(Programs)],
    on_script_error=say_what_failed,
)
