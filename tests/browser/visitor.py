"""A reader in a real Chromium: opens pages, waits until they are drawn, and notices what goes wrong.

Every request that is not to this machine is refused and remembered, and so is every error
on the console; `assert_calm` says that there was neither.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Route, WebSocket

CHROMIUM_FLAGS = (
    "--no-sandbox --disable-dev-shm-usage --disable-gpu --disable-background-networking --disable-quic "
    "--disable-component-update --disable-sync --no-first-run --disable-default-apps --metrics-recording-only"
).split()
WIDE, NARROW = (1440, 900), (390, 844)
# Either size and either theme is seen in every run; the other two pairs take as long again.
SIZES_AND_THEMES = pytest.mark.parametrize(
    ("size", "theme"),
    [
        pytest.param(WIDE, "light", id="wide-light"),
        pytest.param(NARROW, "dark", id="narrow-dark"),
        pytest.param(WIDE, "dark", id="wide-dark", marks=pytest.mark.long),
        pytest.param(NARROW, "light", id="narrow-light", marks=pytest.mark.long),
    ],
)


def once_in(quick: str) -> pytest.MarkDecorator:
    """A journey in every size and theme: the one that is named in every run, the other three in the long tests."""
    pairs = {"wide-light": (WIDE, "light"), "narrow-dark": (NARROW, "dark")}
    pairs |= {"wide-dark": (WIDE, "dark"), "narrow-light": (NARROW, "light")}
    assert quick in pairs
    return pytest.mark.parametrize(
        ("size", "theme"),
        [
            pytest.param(*pair, id=name, marks=() if name == quick else pytest.mark.long)
            for name, pair in pairs.items()
        ],
    )


_DRAWN = """() => document.querySelector('[data-testid=stApp]')?.getAttribute('data-test-script-state') === 'notRunning'
  && !document.querySelector('[data-stale=true]') && !document.querySelector('[data-testid=stSkeleton]')"""
# What axe finds in Streamlit's own markup, where a page cannot change it; each with the reader's way around it.
_NOT_OURS = (
    # The place to drop a file is marked as decoration and carries a label; the button in it does the same.
    # Role, label and tabindex are fixed in the component, also where the label is hidden, and a widget of
    # one's own would hold a file in the browser's memory instead of handing it on.
    ("presentation-role-conflict", 'data-testid="stFileUploaderDropzone"'),
)


class Visitor:
    """One browser context with one page."""

    def __init__(self, context: BrowserContext, address: str, screenshots: Path) -> None:
        self.context = context
        self.address = address
        self.screenshots = screenshots
        self.outside: list[str] = []
        self.errors: list[str] = []
        context.route("**/*", self._let_through_to_this_machine)
        self.page: Page = context.new_page()
        self.page.on("console", self._remember_error)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("websocket", self._remember_socket)

    def open(self, path: str = "", **parameters: str) -> None:
        """Go to a page of the dashboard and wait until it is drawn."""
        self.page.goto(f"{self.address}/{path}?{urlencode(parameters)}")
        self.page.get_by_role("heading", level=1).first.wait_for()
        self.wait()

    def wait(self) -> None:
        """Wait until the script has run and the browser has drawn what it sent."""
        self.page.wait_for_timeout(150)
        self.page.wait_for_function(_DRAWN)
        self.page.wait_for_timeout(250)

    def headline(self) -> str:
        """The sentence a page leads with."""
        return self.page.get_by_role("heading", level=1).first.inner_text()

    def click(self, role: Any, name: str, **options: Any) -> None:
        """Click what a reader would call so, and wait until the page has answered."""
        found = self.page.get_by_role(role, name=name, **options).first
        found.scroll_into_view_if_needed()
        found.click()
        self.wait()

    def go_to(self, name: str) -> None:
        """Follow the link of the sidebar to a page; on a phone the sidebar is opened first."""
        link = self.page.get_by_test_id("stSidebarNav").get_by_role("link", name=name, exact=True)
        if self.page.get_by_test_id("stExpandSidebarButton").is_visible():
            self.page.get_by_test_id("stExpandSidebarButton").click()
            self.page.wait_for_timeout(400)
        link.click()
        self.page.wait_for_url(f"**/{name.lower()}?*")
        self.wait()
        # On a phone an open sidebar lies over the page.
        close = self.page.get_by_test_id("stSidebarCollapseButton").get_by_role("button")
        if self.page.viewport_size["width"] < 640 and close.is_visible():  # type: ignore[index]
            close.click()
            self.page.wait_for_timeout(400)

    def click_point(self, position: int) -> None:
        """Click the cell of a heatmap that stands for a row of its table."""
        cell = self.page.locator(f'td[data-cell="{position}"]')
        cell.scroll_into_view_if_needed()
        cell.click()
        self.wait()

    def picture(self, name: str) -> Path:
        """Keep what is on screen for people to look at."""
        path = self.screenshots / f"{name}.png"
        self.page.screenshot(path=path)
        return path

    def picture_of_all(self, name: str) -> Path:
        """Keep the whole page, as long as it is."""
        size = self.page.viewport_size
        assert size is not None
        height = self.page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight")
        self.page.set_viewport_size(
            {"width": size["width"], "height": max(size["height"], min(height, 5000))}
        )
        self.page.wait_for_timeout(400)
        path = self.picture(name)
        self.page.set_viewport_size(size)
        return path

    def violations(self) -> list[str]:
        """What axe finds on the page, one line each."""
        return [
            f"{found['id']}: {found['help']}: {node['target']} {node['html'][:160]}"
            for found in Axe().run(self.page).response["violations"]
            for node in found["nodes"]
            if not any(found["id"] == rule and mark in node["html"] for rule, mark in _NOT_OURS)
        ]

    def scrolls_sideways(self) -> bool:
        """Whether the page itself is wider than the window."""
        return bool(
            self.page.evaluate(
                """() => [document.documentElement, document.querySelector('[data-testid=stMain]')]
                  .some(part => part && part.scrollWidth > part.clientWidth + 1)"""
            )
        )

    def clipped_headings(self) -> list[str]:
        """Headings of which a part cannot be seen."""
        found: list[str] = self.page.evaluate(
            """() => [...document.querySelectorAll('[data-testid=stMain] :is(h1,h2,h3,h4)')].filter(heading => {
              const box = heading.getBoundingClientRect();
              return box.width > 0 && (heading.scrollWidth > heading.clientWidth + 1
                || box.left < -1 || box.right > window.innerWidth + 1);
            }).map(heading => heading.innerText)"""
        )
        return found

    def assert_calm(self) -> None:
        """Nothing was asked of another machine, and the console holds no error."""
        assert self.outside == []
        assert self.errors == []

    def _let_through_to_this_machine(self, route: Route) -> None:
        address = route.request.url
        if urlsplit(address).hostname == "127.0.0.1" or address.startswith(("data:", "blob:")):
            route.continue_()
        else:
            self.outside.append(address)
            route.abort()

    def _remember_socket(self, socket: WebSocket) -> None:
        if urlsplit(socket.url).hostname != "127.0.0.1":
            self.outside.append(socket.url)

    def _remember_error(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"{message.text} {urlsplit(message.location.get('url', '')).path}")


def screenshot_folder(otherwise: Path) -> Path:
    """Where screenshots are kept: FAIRHEARING_SCREENSHOTS, else a temporary folder."""
    folder = Path(os.environ.get("FAIRHEARING_SCREENSHOTS") or otherwise)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
