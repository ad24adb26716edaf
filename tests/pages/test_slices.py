"""The search for slices on its page: asked for, listed, looked at from near, in every state of an evaluation."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analysis.selection import OneOf
from dashboard.answers.slices import SlicesAnswer, slices
from dashboard.answers.slices_rows import SlicesQuestion
from dashboard.charts.lines_html import lines_html
from dashboard.charts.slices import chart_slices
from dashboard.commands.main import main
from dashboard.exports.slices_csv import export_slices_csv
from dashboard.loading_kept import KEEPER
from dashboard.wording import percent, ratio_text
from dashboard.wording_slices import reported, slice_name
from dashboard.wording_slices_page import slice_line, slice_sentence, slices_headline
from data.findings import stored_findings
from data.searches import logged_searches
from data.store import Build, find_evaluation, open_build
from tests.dashboard.drawn import drawn
from tests.pages.conftest import APP, REFUSED, texts
from tests.pages.slices_made_up import made_up_home

pytestmark = pytest.mark.pages
Opened = Callable[..., AppTest]


def quiet(_step: str, _done: int, _total: int) -> None:
    pass


def headline(page: AppTest) -> str:
    return str(page.title[0].value).replace("\\", "")


def said(page: AppTest) -> str:
    """All texts, tables of HTML included."""
    tables = "\n".join(str(element.proto.body) for element in page.get("html"))
    return f"{texts(page)}\n{tables}"


def searched(page: AppTest) -> AppTest:
    """The page with what was found; what is on record as searched stands there without a press."""
    [button] = [one for one in page.button if one.label == "Search"]
    if not button.disabled:
        button.click().run()
    assert not page.exception, page.exception
    assert REFUSED not in [title.value for title in page.title]
    return page


def pills(page: AppTest) -> Any:
    """The attributes that are combined."""
    return page.button_group(key=f"combined box made-up@{page.query_params['build']}")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_up_home(tmp_path_factory.mktemp("slices"))


@pytest.fixture(scope="module")
def build(home: Path) -> Build:
    return open_build(find_evaluation(home, "made-up").path)


@pytest.fixture(scope="module")
def answer(build: Build) -> SlicesAnswer:
    return slices(
        build, SlicesQuestion(build.info.systems[0], attributes=("accent", "noise", "device")), quiet
    )


@pytest.fixture
def page(home: Path, monkeypatch: pytest.MonkeyPatch) -> Opened:
    return lambda **parameters: opened(home, monkeypatch, **parameters)


def opened(home: Path, monkeypatch: pytest.MonkeyPatch, **parameters: str) -> AppTest:
    KEEPER.forget()
    monkeypatch.setenv("FAIRHEARING_HOME", str(home))
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run()
    app.switch_page("app_pages/slices.py").run()
    assert not app.exception, app.exception
    return app


def test_nothing_is_searched_or_put_on_record_before_it_is_asked_for(page: Opened, home: Path) -> None:
    before = len(logged_searches(home, "made-up"))
    app = page(depth="2")
    assert "Nothing is searched until you ask." in texts(app)
    assert headline(app).startswith("Whom does ")
    assert len(logged_searches(home, "made-up")) == before


def test_a_search_leads_with_how_many_are_confirmed_and_how_many_were_searched(
    page: Opened, answer: SlicesAnswer
) -> None:
    app = searched(page())
    assert headline(app) == slices_headline(answer, synthetic=False)
    assert "confirmed on other speakers" in headline(app)
    assert f"{answer.searched:,} searched, {answer.too_few:,} too small to judge." in headline(app)


def test_every_slice_stands_with_its_numbers(page: Opened, answer: SlicesAnswer) -> None:
    shown = said(searched(page()))
    assert any(dict(one.where) == {"accent": "East", "noise": "babble"} for one in answer.found)
    for one in answer.found:
        estimate = reported(one)
        assert slice_name(one) in shown
        assert percent(estimate.rate) in shown
        assert ratio_text(estimate.ratio, estimate.low, estimate.high) in shown
        assert str(slice_line(answer, one, synthetic=False)["Conditions add, in points"]) in shown


def test_an_answer_that_is_kept_leaves_no_second_entry(page: Opened, home: Path) -> None:
    before = len(logged_searches(home, "made-up"))
    app = searched(page(depth="1"))
    app.run()
    app.run()
    assert len(logged_searches(home, "made-up")) == before + 1


def test_a_link_to_what_was_searched_shows_it_at_once_and_is_no_second_search(
    page: Opened, home: Path, answer: SlicesAnswer
) -> None:
    before = len(logged_searches(home, "made-up"))
    app = page()
    assert headline(app) == slices_headline(answer, synthetic=False)
    assert "This was searched, and what was found stands below." in texts(app)
    assert len(logged_searches(home, "made-up")) == before


@pytest.mark.parametrize(
    ("name", "value"),
    [("least", "30"), ("where", "device = 'phone'"), ("metric", "cer"), ("combined", "accent,device")],
)
@pytest.mark.usefixtures("answer")
def test_a_link_with_another_parameter_waits_for_the_press(page: Opened, name: str, value: str) -> None:
    app = page(**{name: value})
    assert "Nothing is searched until you ask." in texts(app)
    assert headline(app).startswith("Whom does ")


def test_what_a_slice_has_to_name_follows_a_changed_address(page: Opened) -> None:
    app = searched(page())
    [box] = [one for one in app.button_group if str(one.key).startswith("only ")]
    box.set_value(["noise"]).run()
    assert app.query_params["only"] == "noise"
    app.query_params["only"] = "accent"
    app.run()
    [box] = [one for one in app.button_group if str(one.key).startswith("only ")]
    assert (box.value, app.query_params["only"]) == (["accent"], "accent")


def test_question_depth_and_attributes_are_in_the_address(page: Opened) -> None:
    app = page(question="combination", depth="2", least="10", combined="accent,noise", effects="additive")
    values = {key: app.selectbox(key=key).value for key in ("question", "depth", "least", "effects")}
    assert values == {"question": "combination", "depth": "2", "least": "10", "effects": "additive"}
    assert pills(app).value == ["accent", "noise"]
    shown = said(searched(app))
    assert "if their effects add up" in shown
    assert "Not combined: device (not chosen)." in shown
    assert (app.query_params["question"], app.query_params["combined"]) == ("combination", "accent,noise")


def test_a_choice_is_written_to_the_address(page: Opened) -> None:
    app = page()
    app.selectbox(key="depth").set_value("2").run()
    pills(app).set_value(["accent", "noise"]).run()
    assert (app.query_params["depth"], app.query_params["combined"]) == ("2", "accent,noise")


@pytest.mark.parametrize(
    ("parameters", "chosen", "expected"),
    [
        ({}, [], "Choose at least one attribute to combine."),
        ({"question": "combination"}, ["accent"], "choose at least two attributes"),
    ],
)
def test_a_question_without_enough_attributes_is_not_asked(
    page: Opened, parameters: dict[str, str], chosen: list[str], expected: str
) -> None:
    app = page(**parameters)
    pills(app).set_value(chosen).run()
    assert not app.exception
    assert expected in texts(app)
    assert [one for one in app.button if one.label == "Search"] == []


def test_a_slice_from_near_has_its_neighbours_and_ways_on(page: Opened, home: Path) -> None:
    app = searched(page(slice="accent = 'East' and noise = 'babble'"))
    shown = said(app)
    assert app.query_params["slice"] == "accent = 'East' and noise = 'babble'"
    assert "in recordings with accent East and noise babble; other speakers in the same conditions" in shown
    for neighbour in ("everybody selected", ">accent East<", ">noise babble<", "device headset"):
        assert neighbour in shown
    app.button(key="add_slice_to_card").click().run()
    assert not app.exception
    assert len(stored_findings(home, "made-up")) == 1


def test_the_way_to_the_subgroup_carries_what_was_selected_before(page: Opened) -> None:
    app = searched(page(where="device = 'phone'", slice="accent = 'East' and noise = 'babble'", least="10"))
    [link] = [one.proto for one in app.get("page_link") if one.proto.label == "Open as subgroup"]
    for part in ("phone", "East", "babble"):
        assert part in str(link)


def test_the_text_to_copy_and_the_command_say_what_is_shown(page: Opened, answer: SlicesAnswer) -> None:
    codes = [code.value for code in searched(page()).code]
    [copied] = [code for code in codes if code.startswith(slices_headline(answer, synthetic=False))]
    assert all(f": {ratio_text(reported(one).ratio)} (" in copied for one in answer.found)
    assert "Nothing found is not the same as nothing there." in copied
    [command] = [code for code in codes if code.startswith("fairhearing slices made-up@")]
    assert "--question worst --depth 3 --min-speakers 20 --attributes accent,noise,device" in command


def test_what_is_copied_is_what_the_reader_chose_as_it_is_sorted(page: Opened, answer: SlicesAnswer) -> None:
    app = searched(page(only="device", sorted="ratio"))
    named = [one for one in answer.found if "device" in {name for name, _ in one.where}]
    [copied] = [code.value for code in app.code if code.value.startswith(slices_headline(answer, False))]
    assert copied.count("\n- ") == len(named)
    assert "".join(f"\n- {slice_sentence(answer, one, False)}" for one in named) in copied
    assert f"Listed: {len(named)} of {len(answer.found)} slices found; largest ratio first." in copied


def test_page_and_command_write_the_same_csv(
    build: Build, answer: SlicesAnswer, home: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    asked = "slices made-up --attributes accent,noise,device --format csv --home".split()
    assert main([*asked, str(home)]) == 0
    written = export_slices_csv(build.info, answer)
    assert capfdbinary.readouterr().out == written
    lines = [line for line in written.decode().splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(io.StringIO("\n".join(lines))))
    assert len(rows) == len(answer.found) + len(answer.explained)
    assert [float(row["confirm.ratio"]) for row in rows[: len(answer.found)]] == [
        reported(one).ratio for one in answer.found
    ]


def test_the_picture_has_what_the_others_say_and_what_it_was_found_by(answer: SlicesAnswer) -> None:
    picture = chart_slices(answer.found)
    assert [line.value for line in picture.lines] == [reported(one).ratio for one in answer.found]
    seconds = [line.second for line in picture.lines if line.second]
    assert [second.value for second in seconds] == [one.estimate.ratio for one in answer.found]
    assert all(
        0 <= picture.scale.place(second.low) < picture.scale.place(second.high) <= 1 for second in seconds
    )
    rows = drawn(lines_html(picture, "")).all("row")
    assert [(len(row.all("point")), len(row.all("point", "second"))) for row in rows] == [(2, 1)] * len(rows)


def test_a_slice_selection_is_that_of_its_conditions(answer: SlicesAnswer) -> None:
    single = [one for one in (*answer.found, *answer.explained) if len(one.where) == 1]
    assert [one.selection for one in single] == [OneOf(one.where[0][0], (one.where[0][1],)) for one in single]


def test_the_public_is_told_that_it_is_not_published(page: Opened) -> None:
    app = page(audience="public")
    assert headline(app) == "This page is not part of what is published."
    assert [one for one in app.button if one.label == "Search"] == []


@pytest.mark.parametrize("wanted", ["", "accent", "accent,noise"])
def test_the_list_is_narrowed_to_slices_that_name_attributes(
    page: Opened, answer: SlicesAnswer, wanted: str
) -> None:
    app = searched(page(only=wanted))
    bodies = [str(element.proto.body) for element in app.get("html")]
    [table] = [body for body in bodies if "Slices that were found" in body]
    named = {name for name in wanted.split(",") if name}
    expected = [one for one in answer.found if named <= {name for name, _ in one.where}]
    assert 0 < len(expected) <= len(answer.found)
    assert table.count("<tr") == 1 + len(expected)


def test_a_slice_put_into_the_card_carries_its_search(page: Opened, home: Path, answer: SlicesAnswer) -> None:
    app = searched(page(slice="accent = 'East' and noise = 'babble'"))
    before = {one.id for one in stored_findings(home, "made-up")}
    app.button(key="add_slice_to_card").click().run()
    assert not app.exception
    [new] = [one for one in stored_findings(home, "made-up") if one.id not in before]
    assert new.numbers["search"]["searched"] == answer.searched
    assert new.numbers["search"]["result"] in ("confirmed", "not confirmed", "put aside")
