"""The pages for the public: the same numbers as every export, and nothing that is not published."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.answers.audience import PUBLIC
from dashboard.answers.card import CardQuestion, card
from dashboard.answers.grid import GridQuestion, grid
from dashboard.answers.overview import OverviewQuestion, overview
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.charts.cells import cells, colour_scale
from dashboard.charts.forest import chart_forest
from dashboard.charts.heatmap import heatmap_html
from dashboard.charts.heatmap_layout import Look
from dashboard.charts.palette import LIGHT
from dashboard.exports.table_csv import export_rates_csv
from dashboard.loading_kept import KEEPER
from dashboard.panels.grid_table import grid_frame
from dashboard.wording import percent
from dashboard.wording_card import cell_rate
from data.store import Build
from tests.answers.made_up import made_up_build
from tests.answers.test_audience import uneven_frame
from tests.pages.conftest import APP, texts

pytestmark = pytest.mark.pages
Opened = Callable[..., AppTest]


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Four accents, of which few speak Coast; texts may be shown."""
    return made_up_build(tmp_path_factory.mktemp("home"), uneven_frame(1), show_text=True)


@pytest.fixture
def page(build: Build, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    KEEPER.forget()
    monkeypatch.setenv("FAIRHEARING_HOME", str(build.path.parents[1]))

    def opened(name: str, **parameters: str) -> AppTest:
        app = AppTest.from_file(str(APP), default_timeout=60)
        for key, value in {"audience": "public", **parameters}.items():
            app.query_params[key] = value
        app.run()
        app.switch_page(f"app_pages/{name}.py").run()
        assert not app.exception, app.exception
        return app

    yield opened
    KEEPER.forget()


def headline(app: AppTest) -> str:
    return str(app.title[0].value).replace("\\", "")


@pytest.mark.parametrize("name", ["overview", "heatmap", "subgroup"])
def test_every_page_says_whom_it_is_for(page: Opened, name: str) -> None:
    assert "for the public: small groups withheld, numbers rounded" in texts(page(name))
    assert "for internal use: exact numbers" in texts(page(name, audience="internal"))


def test_the_choice_stands_in_the_sidebar_and_in_the_address(page: Opened) -> None:
    app = page("overview", audience="internal")
    assert "audience" not in app.query_params
    app.button_group(key="audience").set_value("public").run()
    assert not app.exception
    assert app.query_params["audience"] == "public"
    assert "withheld" in texts(app)


def test_the_headline_counts_published_groups_only(page: Opened, build: Build) -> None:
    counts = overview(build, OverviewQuestion(audience=PUBLIC)).counts
    assert counts is not None
    assert counts.n_withheld > 0
    app = page("overview")
    assert f"of {counts.n_groups} published accents" in headline(app)
    assert f"Of {counts.n_groups}: " in texts(app)
    assert f"{counts.n_withheld} withheld" in texts(app)


@pytest.mark.parametrize("name", ["versions", "trust"])
def test_what_shows_texts_and_single_speakers_is_not_part_of_it(page: Opened, name: str) -> None:
    app = page(name)
    assert headline(app) == "This page is not part of what is published."
    links = [link.proto.label for link in app.get("page_link")]
    assert links == ["Overview", "Heatmap", "Subgroup", "Card"]
    assert len(app.dataframe) == 0


def test_recordings_and_words_are_not_shown(page: Opened) -> None:
    app = page("subgroup", tab="errors", where="accent = 'North'")
    shown = texts(app) + "".join(str(one.proto) for one in app.get("html"))
    assert "Texts, sound, words and speakers are not part of what is published" in shown
    assert not re.search(r"\bs\d+\b|oops", shown)
    assert "oops" in "".join(
        str(one.proto)
        for one in page("subgroup", tab="errors", audience="internal", where="accent = 'North'").get("html")
    )


def test_a_withheld_subgroup_says_why_and_nothing_else(page: Opened) -> None:
    app = page("subgroup", where="accent = 'Coast'")
    assert headline(app).startswith("Withheld from the public: fewer than 10 speakers")
    assert "counts withheld" in texts(app)
    assert not re.search(r"\d%|×", headline(app))


def test_a_withheld_cell_tells_its_reason_and_cannot_be_kept(page: Opened) -> None:
    app = page("heatmap", cell="Coast · quiet · car")
    assert "Withheld from the public: fewer than 10 speakers" in texts(app)
    assert "add_to_card" not in [button.key for button in app.button]


def test_withheld_looks_neither_like_not_tested_nor_like_few_speakers(build: Build) -> None:
    arranged = grid(build, GridQuestion("accent", "noise", audience=PUBLIC))
    drawn = cells(arranged.table, arranged.table, "rate", colour_scale(arranged.table, "rate", LIGHT), LIGHT)
    coast = drawn[arranged.table.position({"accent": "Coast", "noise": "quiet"}) or 0]
    assert (coast.text, coast.withheld, coast.few, coast.empty, coast.mark) == (
        "withheld",
        True,
        False,
        False,
        "",
    )
    drawn_cells = re.findall(r"<td[^>]*>", heatmap_html(arranged, Look(LIGHT), synthetic=False))
    withheld = [cell for cell in drawn_cells if 'class="withheld"' in cell]
    assert withheld
    assert all(coast.colour in cell and "Withheld from the public" in cell for cell in withheld)
    alone = rates(build, RatesQuestion(by=("accent",), audience=PUBLIC)).table
    forest = chart_forest(alone, 0.3, "hypothesis", synthetic=False)
    (line,) = (one for one in forest.lines if one.label == "Coast")
    assert "Withheld" in line.words
    assert "%" not in f"{line.number}{line.words}"
    assert math.isnan(line.value)


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_page_csv_and_card_print_the_same_numbers(build: Build, audience: str) -> None:
    arranged = grid(build, GridQuestion("accent", audience=audience))  # type: ignore[arg-type]
    frame = grid_frame(arranged, synthetic=False)
    csv_rows = export_rates_csv(build.info, arranged.answer).decode().splitlines()
    lines = [line.split(",") for line in csv_rows if not line.startswith("#")]
    made = card(build, CardQuestion(audience=audience))  # type: ignore[arg-type]
    (table,) = (one for one in made.evidence.groupings if one.by == ("accent",))
    assert len(frame) == len(lines) - 1 == len(table.rows) > 3
    picture = cells(
        arranged.table,
        arranged.table,
        "rate",
        colour_scale(arranged.table, "rate", LIGHT),
        LIGHT,
        tenths=audience == PUBLIC,
    )
    for screen, line, row in zip(frame.to_dict("records"), lines[1:], table.rows, strict=True):
        own = dict(zip(lines[0], line, strict=False))
        assert screen["Rate"] == cell_rate(row) == percent(float(own["rate"]) if own["rate"] else None)
        if audience == PUBLIC and own["rate"]:
            assert cell_rate(row) in {one.text for one in picture}
            assert len(own["rate"]) <= len("0.123")
        if own["n_speakers"]:
            assert screen["Speakers"] == row.n_speakers == int(own["n_speakers"])
            assert screen["Words"] == row.n_words == int(own["n_words"])
        else:
            assert screen["Verdict"] == "Withheld"


@pytest.mark.parametrize("several", [(), ("accent", "noise")], ids=["no attribute", "only several labels"])
def test_the_pages_open_without_an_attribute_of_one_label(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, several: tuple[str, ...]
) -> None:
    frame = uneven_frame(1)[["utterance_id", "speaker_id", *several, "reference", "hypothesis"]]
    made_up_build(tmp_path, frame, attributes=several, multi=dict.fromkeys(several, ","))
    KEEPER.forget()
    monkeypatch.setenv("FAIRHEARING_HOME", str(tmp_path))
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.query_params["audience"] = "public"
    app.run()
    for name in ("overview", "subgroup", "card"):
        app.switch_page(f"app_pages/{name}.py").run()
        assert not app.exception, (name, app.exception)
        assert "for public use" in texts(app) or "for the public" in texts(app)
        assert headline(app) != "This cannot be shown"
    app.switch_page("app_pages/heatmap.py").run()
    assert not app.exception
    assert ("recordings may have several of its labels" in texts(app)) == bool(several)
