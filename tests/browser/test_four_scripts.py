"""Hindi, Arabic, Thai and Japanese in a real browser: words stand in the order they are read, in both themes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from data.ingest import ingest
from data.ingest_options import IngestOptions
from tests.browser.served import Served, served
from tests.browser.visitor import SIZES_AND_THEMES, WIDE, Visitor
from tests.data.four_scripts import as_csv

pytestmark = pytest.mark.browser

# Left edge and text of every column of words, recording by recording.
COLUMNS = """() => [...document.querySelectorAll('[data-testid=stHtml] div[dir=auto]')].map(line =>
  [...line.children].map(column => [column.getBoundingClientRect().left, column.getBoundingClientRect().top, column.innerText]))"""


@pytest.fixture(scope="module")
def four_scripts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder: Path = tmp_path_factory.mktemp("four-scripts")
    (folder / "four.csv").write_text(as_csv(1), encoding="utf-8")
    options = IngestOptions("four", (folder / "four.csv",), normalizer="unicode-marks", show_text=True)
    ingest(options, folder / "home")
    with served(folder / "home", folder / "server.log") as running:
        yield running


@SIZES_AND_THEMES
def test_words_stand_in_the_order_they_are_read(
    chromium: Browser, four_scripts: Served, screenshots: Path, size: tuple[int, int], theme: str
) -> None:
    context = chromium.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme=theme, service_workers="block"
    )
    reader = Visitor(context, four_scripts.address, screenshots)
    reader.open("subgroup", evaluation="four")
    reader.click("tab", "Errors")
    reader.picture_of_all(f"four-scripts-{'wide' if size == WIDE else 'narrow'}-{theme}")
    lines = {"".join(text for *_, text in line): line for line in reader.page.evaluate(COLUMNS)}
    arabic = next(line for text, line in lines.items() if "السوق" in text)
    thai = next(line for text, line in lines.items() if "ต" in text)
    assert len({round(top) for _, top, _ in arabic}) == 1
    assert [left for left, *_ in arabic] == sorted((left for left, *_ in arabic), reverse=True)
    assert [left for left, *_ in thai] == sorted(left for left, *_ in thai)
    assert not reader.scrolls_sideways()
    assert reader.violations() == []
    context.close()
    reader.assert_calm()
