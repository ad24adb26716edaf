"""The Guide: its steps for three readers, each link opening the very view it speaks of, and the glossary."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.commands import sample
from dashboard.wording_glossary import TERMS, VERDICT_MEANINGS
from dashboard.wording_guide import BUNDLED, NAME_TAKEN, NOT_HERE, READERS, Step
from dashboard.wording_verdicts import MARKS
from data.store import find_evaluation
from tests.pages.conftest import APP, REFUSED, texts
from tests.pages.made_up import make_evaluation

pytestmark = pytest.mark.pages
Opened = Callable[..., AppTest]
VIEWS = {(step.page, *step.parameters.items()): step for steps in READERS.values() for step in steps}


@pytest.fixture(scope="module")
def pressed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, AppTest]:
    """A folder that was empty until the Guide's button was pressed, and the Guide after it."""
    home = tmp_path_factory.mktemp("guide")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("FAIRHEARING_HOME", str(home))
        page = AppTest.from_file(str(APP), default_timeout=180).switch_page("app_pages/guide.py").run()
        page.button(key="make sample").click().run()
    return home, page


@pytest.fixture(scope="module")
def bundled_home(pressed: tuple[Path, AppTest]) -> Path:
    return pressed[0]


def test_one_press_makes_the_bundled_evaluation_and_gives_every_step_its_link(
    pressed: tuple[Path, AppTest],
) -> None:
    home, page = pressed
    assert not page.exception, page.exception
    assert [*page.error, *page.warning] == []
    info = find_evaluation(home, BUNDLED)
    assert info.systems == ("System A", "System B")
    assert "make sample" not in [button.key for button in page.button]
    assert NOT_HERE.replace("\\", "") not in texts(page)
    links = [link.proto for link in page.get("page_link")]
    steps = [step for steps in READERS.values() for step in steps]
    assert {step.link for step in steps} <= {link.label for link in links}
    assert {f"build={info.build}" in link.query_string for link in links if link.label != "Load a file"} == {
        True
    }
    [own] = [link for link in links if link.label == "Load a file"]
    assert own.query_string == "tab=load"


def test_the_guide_works_through_the_bundled_evaluation() -> None:
    assert sample.NAME == BUNDLED


@pytest.mark.parametrize("home", ["full", "empty"])
def test_without_the_bundled_evaluation_it_says_how_to_make_it(open_page: Opened, home: str) -> None:
    page = open_page("guide", home)
    assert NOT_HERE.replace("\\", "") in texts(page)
    assert page.button(key="make sample").label == "Open the bundled evaluation"
    assert [link.proto.label for link in page.get("page_link")] == ["Load a file"]


def test_an_evaluation_of_the_same_name_is_not_taken_for_the_bundled_one(
    open_page: Opened, tmp_path: Path
) -> None:
    make_evaluation(tmp_path, BUNDLED, {"accent": ("North", "South")}, {"noise": ("clean", "babble")})
    assert NAME_TAKEN in texts(open_page("guide", str(tmp_path)))


def test_every_step_stands_there_with_its_link(bundled_home: Path, open_page: Opened) -> None:
    page = open_page("guide", str(bundled_home))
    said = texts(page)
    links = [link.proto.label for link in page.get("page_link")]
    for steps in READERS.values():
        for step in steps:
            assert step.title in said
            assert step.text in said
            assert step.link in links
    assert "Just now it says: “System A makes more errors for" in said


def test_the_guide_ends_with_verdicts_and_glossary(open_page: Opened) -> None:
    said = texts(open_page("guide"))
    assert VERDICT_MEANINGS.keys() == MARKS.keys()
    assert all(meaning in said for meaning in VERDICT_MEANINGS.values())
    assert all(f"**{term.word}**: {term.meaning}" in said for term in TERMS)


@pytest.mark.parametrize("step", VIEWS.values(), ids=lambda step: step.link)
def test_every_link_opens_the_view_it_speaks_of(
    step: Step, bundled_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAIRHEARING_HOME", str(bundled_home))
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in {"evaluation": BUNDLED, **step.parameters}.items():
        app.query_params[name] = value
    app.switch_page(f"app_pages/{step.page}.py").run()
    assert not app.exception, app.exception
    assert app.title[0].value not in (REFUSED, "This view cannot be shown", "There is no evaluation yet")
    # A page takes back what it cannot show.
    assert {name: app.query_params.get(name) for name in step.parameters} == dict(step.parameters)
