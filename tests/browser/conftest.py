"""The served dashboard, a Chromium, and visitors to it.

One server and one browser serve all browser tests; each visitor is a fresh context, as a
colleague's computer would be. The evaluation is the bundled one, made by `fairhearing sample`.
"""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from data.store import Build, find_evaluation, open_build
from tests.browser.find_chromium import find_chromium
from tests.browser.served import FAIRHEARING, ROOT, Served, served
from tests.browser.visitor import CHROMIUM_FLAGS, WIDE, Visitor, screenshot_folder
from tests.hostile_texts import HOSTILE

BUNDLED = "synthetic-voices"
HOSTILE_NAME = "hostile"
Visit = Callable[..., Visitor]


@pytest.fixture(scope="session")
def browser_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("browser") / "home"
    _run("sample", "--home", str(home))
    source = home.parent / "hostile.csv"
    _write_hostile(source)
    _run("ingest", str(source), "--home", str(home), "--name", HOSTILE_NAME, "--show-text")
    return home


def _run(*arguments: str) -> None:
    subprocess.run([*FAIRHEARING, *arguments], cwd=ROOT, check=True, capture_output=True)


def _write_hostile(source: Path) -> None:
    """An evaluation in which groups, speakers and words are hostile texts."""
    with source.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["utterance_id", "speaker_id", "accent", "noise", "reference", "hypothesis"])
        for number, (accent, repeat) in enumerate(product(HOSTILE, range(12))):
            noise = HOSTILE[repeat % 2]
            words = [accent, "spoken words", HOSTILE[(repeat + 1) % len(HOSTILE)]]
            writer.writerow(
                [number, f"{accent}{repeat}", accent, noise, " ".join(words), " ".join(words[repeat % 3 :])]
            )


@pytest.fixture(scope="session")
def dashboard(browser_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(browser_home, tmp_path_factory.mktemp("server") / "server.log") as running:
        yield running


@pytest.fixture(scope="session")
def bundled(browser_home: Path) -> Build:
    """The evaluation on screen, to know what the page should say."""
    return open_build(find_evaluation(browser_home, BUNDLED).path)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = find_chromium()
    assert path, "No Chromium was found; `make test` installs one, see tests/browser/find_chromium.py."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def screenshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return screenshot_folder(tmp_path_factory.mktemp("screenshots"))


@pytest.fixture
def visit(chromium: Browser, dashboard: Served, screenshots: Path) -> Iterator[Visit]:
    """Makes visitors; at the end none of them has reached another machine or met an error."""
    visitors: list[Visitor] = []

    def make_visitor(size: tuple[int, int] = WIDE, theme: str = "light") -> Visitor:
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme=theme, service_workers="block"
        )
        context.set_default_timeout(60_000)
        visitors.append(Visitor(context, dashboard.address, screenshots))
        return visitors[-1]

    yield make_visitor
    for visitor in visitors:
        visitor.context.close()
    for visitor in visitors:
        visitor.assert_calm()
