"""Pages run without a browser, on small evaluations that are made once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.loading_kept import KEEPER
from tests.pages.made_up import make_evaluation

APP = Path(__file__).resolve().parents[2] / "dashboard" / "app.py"
ACCENTS = ("North", "South", "East", "West")
REFUSED = "This cannot be shown"
NOISES, DEVICES = ("clean", "babble"), ("headset", "phone")


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of homes: each holds one evaluation, named as the state it is in."""
    root = tmp_path_factory.mktemp("homes")
    synthetic = {"about": {"title": "Made-up voices", "synthetic_voices": True}, "show_text": True}
    accent, conditions = {"accent": ACCENTS}, {"noise": NOISES, "device": DEVICES}
    languages = {"first_language": ("Sami", "Welsh", "East")}
    make_evaluation(root / "full", "full", accent, conditions, **synthetic)
    make_evaluation(root / "full", "other", languages, {"snr_db": ("5", "20")})
    make_evaluation(root / "one-group", "one-group", {"accent": ("North",)}, {"noise": NOISES})
    make_evaluation(root / "no-conditions", "no-conditions", accent, {})
    make_evaluation(root / "no-speakers", "no-speakers", {}, conditions)
    make_evaluation(root / "nothing-known", "nothing-known", {}, {})
    make_evaluation(root / "bare", "bare", {}, {}, attributes=())
    guessed = {"label_sources": {"accent": "inferred"}}
    make_evaluation(root / "guessed", "guessed", accent, {"noise": NOISES}, **guessed)
    (root / "empty").mkdir()
    return root


@pytest.fixture
def open_page(homes: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., AppTest]]:
    """Open a page on one of the homes with the parameters of a link; a page that fails fails the test.

    Without parameters it is what a reader sees first: the newest system, compared with the one before it.
    """
    KEEPER.forget()

    def opened(page: str, home: str = "full", **parameters: str) -> AppTest:
        monkeypatch.setenv("FAIRHEARING_HOME", str(homes / home))
        app = AppTest.from_file(str(APP), default_timeout=60)
        for name, value in parameters.items():
            app.query_params[name] = value
        app.run()
        if page != "start":
            app.switch_page(f"app_pages/{page}.py").run()
        assert not app.exception, app.exception
        # The app turns what cannot be asked into a sentence; a page that does so by itself has failed.
        assert REFUSED not in [title.value for title in app.title], texts(app)
        return app

    yield opened
    KEEPER.forget()


def texts(app: AppTest) -> str:
    """All that a page says in text, one element a line."""
    kinds = (
        app.title,
        app.header,
        app.subheader,
        app.markdown,
        app.caption,
        app.sidebar.markdown,
        app.sidebar.caption,
    )
    return "\n".join(str(element.value).replace("\\", "") for elements in kinds for element in elements)
