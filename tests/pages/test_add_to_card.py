"""“Add to card” from every view: the group or subgroup that is on screen goes on record with what was typed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.loading_kept import KEEPER
from dashboard.wording_sensitivity import ASK
from data.findings import stored_findings
from tests.pages.conftest import APP
from tests.pages.made_up import make_evaluation

pytestmark = pytest.mark.pages


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("add")
    groups = {"accent": ("North", "South", "East")}
    make_evaluation(home, "mine", groups, {"noise": ("clean", "babble")}, show_text=True)
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(made, tmp_path / "home")
    monkeypatch.setenv("FAIRHEARING_HOME", str(tmp_path / "home"))
    KEEPER.forget()
    return tmp_path / "home"


def _ask_normalisers(app: AppTest) -> None:
    next(one for one in app.button if one.label == ASK).click().run()


@dataclass(frozen=True)
class Place:
    """Where the form stands, and what a finding from there is about."""

    page: str
    key: str
    group: dict[str, str]
    link: dict[str, str] = field(default_factory=dict)
    whom: str | None = None
    """What is chosen in the list; None where there is only one."""
    before: Callable[[AppTest], None] = lambda _: None
    system: str = "Beta"
    """The newest, which opens first."""
    note: str = ""
    """What the note begins with."""
    against: str | None = None
    """The comparator that is kept; None: whichever is usual there."""


EAST = {"where": "accent = 'East'"}
PLACES = {
    "overview": Place("overview", "add_group_to_card", {"accent": "East"}, whom="East"),
    "cell": Place(
        "heatmap",
        "add_to_card",
        {"accent": "East", "noise": "babble"},
        {"cell": "East · babble"},
    ),
    "subgroup": Place("subgroup", "add_subgroup_to_card", {}, EAST),
    "a named comparator": Place(
        "subgroup", "add_subgroup_to_card", {}, {**EAST, "against": "accent=North"}, against="accent=North"
    ),
    "words": Place("subgroup", "add_words_to_card", {}, {**EAST, "tab": "errors"}),
    "versions": Place(
        "versions",
        "add_version_to_card",
        {"accent": "East"},
        whom="East",
        note="Seen in a comparison",
    ),
    "coverage": Place(
        "trust",
        "add_gap_to_card",
        {"accent": "East", "noise": "clean"},
        {"where": "noise = 'babble'"},
        whom="East · clean",
        note="A gap in coverage",
    ),
    "normalisers": Place(
        "trust", "add_normaliser_to_card", {"accent": "North"}, whom="North", before=_ask_normalisers
    ),
}


def opened(place: Place) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in place.link.items():
        app.query_params[name] = value
    app.run()
    app.switch_page(f"app_pages/{place.page}.py").run()
    place.before(app)
    assert not app.exception, app.exception
    return app


def of_form(boxes: Iterable[Any], field: str, place: Place) -> Any:
    """A box of the form, whatever it is about at the moment."""
    [box] = [one for one in boxes if str(one.key).startswith(f"{field} {place.key} ")]
    return box


@pytest.mark.parametrize("name", [name for name in PLACES if name != "coverage"])
def test_what_is_on_screen_goes_on_record(home: Path, name: str) -> None:
    place = PLACES[name]
    app = opened(place)
    if place.whom is not None:
        of_form(app.selectbox, "whom", place).set_value(place.whom)
    assert str(of_form(app.text_area, "note", place).value or "").startswith(place.note)
    of_form(app.text_input, "claim", place).set_value("More errors here")
    of_form(app.text_input, "author", place).set_value("me")
    app.button(key=place.key).click().run()
    assert not app.exception, app.exception
    [kept] = stored_findings(home, "mine")
    assert (kept.claim, kept.author, kept.system, dict(kept.group)) == (
        "More errors here",
        "me",
        place.system,
        place.group,
    )
    assert place.against in (None, kept.against)
    # The form is empty again, and remembers who speaks.
    assert of_form(app.text_input, "author", place).value == "me"
    assert of_form(app.text_input, "claim", place).value == ""


@pytest.mark.parametrize(
    ("name", "box", "other"),
    [("versions", "system", "Alpha"), ("versions", "rows", "noise"), ("cell", "cell", "North · clean")],
)
def test_what_was_typed_of_one_view_is_not_kept_of_another(
    home: Path, name: str, box: str, other: str
) -> None:
    place = PLACES[name]
    app = opened(place)
    first = of_form(app.text_area, "note", place).value
    of_form(app.text_input, "claim", place).set_value("About what was on screen")
    of_form(app.text_area, "note", place).set_value("Of the first")
    app.run()
    app.selectbox(key=box).set_value(other).run()
    assert not app.exception, app.exception
    assert of_form(app.text_input, "claim", place).value == ""
    note = str(of_form(app.text_area, "note", place).value)
    assert note != "Of the first"
    assert (note != first) is (box == "system"), "the note names the systems of the comparison"
    assert stored_findings(home, "mine") == []


def test_nobody_chosen_is_asked_for_and_nothing_is_kept(home: Path) -> None:
    app = opened(PLACES["overview"])
    app.button(key="add_group_to_card").click().run()
    assert [one.value for one in app.error] == ["Choose whom it is about"]
    assert stored_findings(home, "mine") == []


def test_a_combination_that_was_not_tested_can_be_put_on_record(home: Path, tmp_path: Path) -> None:
    rows = [line for line in (home / "mine.csv").read_text().splitlines() if ",East,clean," not in line]
    shutil.rmtree(home)
    home.mkdir()
    source = tmp_path / "mine.csv"
    source.write_text("\n".join(rows) + "\n")
    from data.ingest import ingest
    from data.ingest_options import IngestOptions

    ingest(IngestOptions("mine", (source,), roles={"accent": "speaker", "noise": "condition"}), home)
    app = opened(PLACES["coverage"])
    assert str(of_form(app.text_area, "note", PLACES["coverage"]).value).startswith("A gap in coverage")
    app.button(key="add_gap_to_card").click().run()
    assert not app.exception, app.exception
    [kept] = stored_findings(home, "mine")
    assert dict(kept.group) == {"accent": "East", "noise": "clean"}
    assert kept.numbers["rate"] is None
    card = opened(Place("card", "", {}))
    assert "Nobody was recorded" in "\n".join(str(one.value) for one in card.markdown)
