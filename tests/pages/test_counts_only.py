"""An evaluation of counts without texts: every page shows what it can and says what it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.loading_kept import KEEPER
from data.ingest import ingest
from data.ingest_options import IngestOptions
from tests.pages.conftest import APP, REFUSED, texts

pytestmark = pytest.mark.pages


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("counts")
    rows = [f"s{k},{'North' if k % 2 else 'South'},{k % 7 + 3},60" for k in range(60)]
    source = folder / "counts.csv"
    source.write_text("speaker_id,accent,errors,words\n" + "\n".join(rows), encoding="utf-8")
    ingest(IngestOptions("counts", (source,)), folder / "home")
    return folder / "home"


def opened(home: Path, page: str, monkeypatch: pytest.MonkeyPatch, **parameters: str) -> AppTest:
    KEEPER.forget()
    monkeypatch.setenv("FAIRHEARING_HOME", str(home))
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run()
    app.switch_page(f"app_pages/{page}.py").run()
    assert not app.exception
    return app


@pytest.mark.parametrize("page", ["overview", "heatmap", "subgroup", "card", "trust"])
def test_every_page_opens(home: Path, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(home, page, monkeypatch)
    assert app.title[0].value != REFUSED
    assert "60 speakers" in texts(app)


@pytest.mark.parametrize("page", ["overview", "heatmap", "card"])
def test_a_metric_the_counts_do_not_give_is_refused_in_a_sentence(
    home: Path, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(home, page, monkeypatch, metric="deletion-rate")
    assert app.title[0].value == REFUSED
    assert "Deletion rate is not known for this evaluation" in texts(app).replace("\\", "")
