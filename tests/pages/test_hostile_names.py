"""Names of columns and groups come from a file: on every page they are text and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.loading_kept import KEEPER
from data.ingest import ingest
from data.ingest_options import IngestOptions
from tests.pages.conftest import APP

pytestmark = pytest.mark.pages
PICTURE = "![a](http://evil.example/x.png)"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    words = ["one two three four five six"] * 2
    rows = [
        f"u{k}-{n},s{k},{PICTURE if k % 2 else ':red[b]'},{'$x^2$' if n else '**b**'},{words[n]},one to three for five six"
        for k in range(40)
        for n in range(2)
    ]
    source = folder / "hostile.csv"
    head = f"utterance_id,speaker_id,{PICTURE},[n](http://evil.example),reference,hypothesis\n"
    source.write_text(head + "\n".join(rows), encoding="utf-8")
    ingest(IngestOptions("hostile", (source,), show_text=True), folder / "home")
    return folder / "home"


@pytest.mark.parametrize("page", ["overview", "heatmap", "subgroup", "trust", "card", "data"])
def test_no_name_becomes_a_picture_or_a_link(home: Path, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    KEEPER.forget()
    monkeypatch.setenv("FAIRHEARING_HOME", str(home))
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.run()
    app.switch_page(f"app_pages/{page}.py").run()
    assert not app.exception
    shown = [element.value for kind in (app.markdown, app.caption, app.title, app.header) for element in kind]
    assert shown
    assert [text for text in shown if PICTURE in text or "](http://evil" in text] == []
