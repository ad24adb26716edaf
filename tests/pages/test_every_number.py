"""Every page on a small evaluation: no undecided row without its reason and what it takes, no rate without what stands beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analysis.selection import AllOf, OneOf
from analysis.selection_link import to_link
from dashboard.answers.saved import save_subgroup
from dashboard.loading_kept import KEEPER
from dashboard.wording_slices_page import SEARCH
from data.store import find_evaluation
from tests.answers.one_of_each import ONE_OF_MANY, make_both
from tests.pages.conftest import APP, texts
from tests.pages.made_up import make_evaluation

pytestmark = pytest.mark.pages
NORTH = OneOf("accent", ("North",))
IN_BABBLE = AllOf((OneOf("accent", ("East",)), OneOf("noise", ("babble",))))
PAGES: dict[str, tuple[str, dict[str, str]]] = {
    "overview": ("overview", {}),
    "heatmap": ("heatmap", {"as": "table"}),
    "result": ("subgroup", {"where": to_link(NORTH)}),
    "result, split": ("subgroup", {"where": to_link(IN_BABBLE), "split": "noise"}),
    "errors": ("subgroup", {"where": to_link(NORTH), "tab": "errors"}),
    "conditions": ("subgroup", {"where": to_link(NORTH), "tab": "conditions"}),
    "versions": ("versions", {}),
    "trust": ("trust", {}),
    "slices": ("slices", {}),
    "card": ("card", {}),
    "data": ("data", {}),
    "start": ("start", {}),
}
WITHOUT_TABLES = ("overview", "slices", "start", "data")
"""Pages whose numbers stand in pictures and sentences."""
RATES = ("Rate", "Word error rate")
INTERVALS = ("Interval", "95 % interval")
WHO = ("Speakers", "Voices")
COUNTS = ("Utterances", "Words")
STATUS = ("Status", "Verdict", "Note")
WHY = re.compile(
    r"tell yet: \w|could only have seen|stands out alone|fewer than \d|needed|would decide|is not a group"
)
UNDECIDED = re.compile(r"can’t tell yet", re.IGNORECASE)


class Tables(HTMLParser):
    """Rows of the tables in a piece of HTML, each as heading → text."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[dict[str, str]] = []
        self.head: list[str] = []
        self.cells: list[str] = []
        self.in_head = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "table":
            self.head = []
        if tag in ("thead", "tbody"):
            self.in_head = tag == "thead"
        if tag == "tr":
            self.cells = []
        if tag in ("td", "th"):
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        if self.cells:
            self.cells[-1] += data.strip()

    def handle_endtag(self, tag: str) -> None:
        if tag != "tr":
            return
        if self.in_head or not self.head:
            self.head = self.cells
        else:
            self.rows.append(dict(zip(self.head, self.cells, strict=False)))
        self.cells = []


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small evaluation of the other pages, the two of one speaker, and a saved subgroup that cannot be judged."""
    folder = tmp_path_factory.mktemp("every-number")
    make_evaluation(
        folder,
        "small",
        {"accent": ("North", "South", "East")},
        {"noise": ("clean", "babble")},
        show_text=True,
    )
    save_subgroup(find_evaluation(folder, "small"), "east", IN_BABBLE, "", "")
    make_both(folder)
    return folder


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    KEEPER.forget()
    yield
    KEEPER.forget()


def opened(home: Path, monkeypatch: pytest.MonkeyPatch, name: str, evaluation: str) -> AppTest:
    page, parameters = PAGES[name]
    monkeypatch.setenv("FAIRHEARING_HOME", str(home))
    app = AppTest.from_file(str(APP), default_timeout=60)
    for key, value in {**({} if page == "start" else {"evaluation": evaluation}), **parameters}.items():
        app.query_params[key] = value
    app.run()
    if page != "start":
        app.switch_page(f"app_pages/{page}.py").run()
    if page == "slices":
        for button in [one for one in app.button if one.label == SEARCH]:
            button.click().run()
    assert not app.exception, app.exception
    return app


def rows_of(app: AppTest) -> list[dict[str, str]]:
    """Every row of every table of the page, pictures apart."""
    reader = Tables()
    for element in app.get("html"):
        reader.feed(element.proto.body.replace("\u00a0", " "))
    frames: list[pd.DataFrame] = [element.value for element in app.dataframe]
    rows = [{str(k): str(v) for k, v in row.items()} for frame in frames for row in frame.to_dict("records")]
    return [*reader.rows, *rows]


def faults_of(row: dict[str, str]) -> list[str]:
    """What a row of a table says without what has to stand beside it."""
    found = []
    undecided = [name for name, cell in row.items() if UNDECIDED.search(cell)]
    if undecided:
        told = " ".join(row.values())
        if not WHY.search(f"{told} {' '.join(row)}"):
            found.append(f"undecided, and nothing says why: {row}")
        by_power = re.search(r"could only have seen a ratio|stands out alone", told)
        if by_power and not re.search(r"\d (speakers|voices)|needed", f"{told} {' '.join(row)}"):
            found.append(f"undecided for want of speakers, and nothing says how many: {row}")
    for name in RATES:
        if re.fullmatch(r"[\d.]+%", row.get(name, "")):
            for wanted in (INTERVALS, WHO, COUNTS, STATUS):
                found += [] if any(one in row for one in wanted) else [f"{wanted[0]} is missing: {row}"]
    return found


@pytest.mark.parametrize("name", PAGES)
def test_no_table_of_a_page_says_less_than_it_has_to(
    name: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(home, monkeypatch, name, "small")
    assert rows_of(app) or name in WITHOUT_TABLES
    assert [fault for row in rows_of(app) for fault in faults_of(row)] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_noun_after_one_is_singular_on_every_page(
    name: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(home, monkeypatch, name, "one")
    cells = " | ".join(cell for row in rows_of(app) for cell in row.values())
    assert ONE_OF_MANY.findall(f"{texts(app)} {cells}") == []


def test_the_rule_itself_finds_what_is_missing() -> None:
    assert faults_of({"Rate": "12.0%", "Verdict": "Can’t tell yet"})
    whole = {"Rate": "12.0%", "Interval": "9–15%", "Speakers": "60", "Utterances": "60"}
    why = "Can’t tell yet: could only have seen a ratio of 2× or more"
    assert faults_of({**whole, "Verdict": why})
    assert faults_of({**whole, "Verdict": f"{why}; about 90 speakers needed"}) == []
