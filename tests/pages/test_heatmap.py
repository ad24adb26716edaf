"""The heatmap: its defaults, its choices, the chosen cell, and links to all of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from analysis.selection import AllOf, OneOf
from dashboard.answers.mean_spans import mean_spans
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.answers.rows import rate_rows
from dashboard.wording import interval_text, percent
from data.store import evaluations_home, find_evaluation, open_build
from tests.pages.conftest import texts

pytestmark = pytest.mark.pages
Opened = Callable[..., AppTest]
CELL = "East · babble · phone"


def headline(page: AppTest) -> str:
    return str(page.title[0].value).replace("\\", "")


def test_it_opens_on_speakers_by_the_first_two_conditions(open_page: Opened) -> None:
    page = open_page("heatmap")
    assert [page.selectbox(key=key).value for key in ("rows", "columns", "panel")] == [
        "accent",
        "noise",
        "device",
    ]
    assert headline(page).startswith("Beta makes more errors in ")
    assert "By accent: East in " in headline(page)


def test_the_table_holds_the_numbers_of_the_answer(open_page: Opened) -> None:
    table = open_page("heatmap", **{"as": "table"}).dataframe[0].value
    build = open_build(find_evaluation(evaluations_home(), "full").path)
    rows = rate_rows(rates(build, RatesQuestion("Beta", ("accent", "noise", "device"))).table)
    shown = {tuple(line[:3]): (line["Rate"], line["Voices"]) for _, line in table.iterrows()}
    wanted = {tuple(row["group"].values()): (percent(row["rate"]), row["n_speakers"]) for row in rows}
    assert shown == wanted


def test_a_link_opens_the_story_of_its_cell(open_page: Opened) -> None:
    said = texts(open_page("heatmap", cell=CELL))
    assert "for other voices in the same noise and device" in said
    assert "worse, shown" in said
    assert "substitutions" in said


@pytest.mark.parametrize("metric", ["wer", "wil", "cer"])
def test_the_table_shows_no_rate_without_its_interval(open_page: Opened, metric: str) -> None:
    shown = open_page("heatmap", metric=metric, **{"as": "table"}).dataframe[0].value
    build = open_build(find_evaluation(evaluations_home(), "full").path)
    rows = rate_rows(rates(build, RatesQuestion("Beta", ("accent", "noise", "device"), metric)).table)
    assert sorted(shown["Rate"]) == sorted(percent(row["rate"]) for row in rows)
    assert not [name for name in shown if name.startswith("Mean of")]


@pytest.mark.parametrize("metric", ["wer", "wil", "cer"])
def test_a_story_shows_both_means_that_documents_hold_with_their_intervals(
    open_page: Opened, metric: str
) -> None:
    page = open_page("heatmap", metric=metric, cell=CELL)
    build = open_build(find_evaluation(evaluations_home(), "full").path)
    answer = rates(build, RatesQuestion("Beta", ("accent", "noise", "device"), metric))
    said = texts(page)
    found = []
    for row in rate_rows(answer.table):
        where = AllOf(tuple(OneOf(name, (group,)) for name, group in row["group"].items()))
        spans = mean_spans(build, RatesQuestion("Beta", (), metric, where))
        found.append(
            f"mean of voices {percent(row['speaker_mean'])} ({interval_text(*spans.speakers)}) · "
            f"mean of utterances {percent(row['utterance_mean'])} ({interval_text(*spans.utterances)})"
        )
    assert any(sentence in said for sentence in found)


def test_a_cell_chosen_from_the_list_is_in_the_address(open_page: Opened) -> None:
    page = open_page("heatmap")
    page.selectbox(key="cell").set_value(CELL).run()
    assert not page.exception
    assert page.query_params["cell"] == CELL
    assert "against" in texts(page)


def test_a_cell_that_is_not_in_the_picture_is_forgotten(open_page: Opened) -> None:
    page = open_page("heatmap", cell=CELL)
    page.selectbox(key="panel").set_value("none").run()
    assert not page.exception
    assert "cell" not in page.query_params


def test_an_attribute_stands_in_one_place_only(open_page: Opened) -> None:
    page = open_page("heatmap")
    page.selectbox(key="rows").set_value("noise").run()
    assert not page.exception
    chosen = [page.selectbox(key=key).value for key in ("rows", "columns", "panel")]
    assert chosen[0] == "noise"
    assert len(set(chosen)) == 3


@pytest.mark.parametrize("show", ["rate", "ratio", "width", "speakers"])
@pytest.mark.parametrize("order", ["declared", "name", "size", "rate", "alike"])
def test_every_value_can_be_shown_in_every_order(open_page: Opened, show: str, order: str) -> None:
    page = open_page("heatmap", show=show, order=order)
    assert page.selectbox(key="show").value == show
    assert page.selectbox(key="order").value == order


@pytest.mark.parametrize("home", ["one-group", "no-conditions", "no-speakers", "guessed"])
def test_every_state_has_a_headline_and_a_picture(open_page: Opened, home: str) -> None:
    page = open_page("heatmap", home)
    assert headline(page)
    assert page.get("bidi_component")


def test_conditions_alone_are_robustness(open_page: Opened) -> None:
    assert "robustness, not fairness" in texts(open_page("heatmap", "no-speakers"))


def test_recordings_without_attributes_say_that_there_is_nothing_to_compare(open_page: Opened) -> None:
    assert "nothing to compare" in headline(open_page("heatmap", "bare"))


def test_recordings_that_nobody_described_are_compared_by_what_was_worked_out(open_page: Opened) -> None:
    page = open_page("heatmap", "nothing-known")
    assert "nothing to compare" not in headline(page)
    assert page.main.selectbox[0].value in {"words", "rare_words"}


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"evaluation": "gone", "build": "abc"}, "“gone” (build abc)"),
        ({"evaluation": "full", "build": "000000000000"}, "build 000000000000 of “full”"),
        ({"where": "acent = 'East'"}, "did you mean 'accent'"),
    ],
)
def test_a_link_that_cannot_be_shown_says_why(
    open_page: Opened, parameters: dict[str, str], expected: str
) -> None:
    page = open_page("heatmap", **parameters)
    assert headline(page) == "This view cannot be shown"
    assert expected in texts(page)
    assert not page.get("bidi_component")


@pytest.mark.parametrize(("name", "value"), [("system", "Nobody"), ("metric", "loudness")])
def test_a_link_to_a_system_or_metric_that_is_not_here_is_refused(
    open_page: Opened, name: str, value: str
) -> None:
    page = open_page("heatmap", **{name: value})
    assert page.title[0].value == "This view cannot be shown"
    assert value in texts(page)


def test_the_headline_sums_up_by_the_speakers_attribute_on_whichever_side(open_page: Opened) -> None:
    turned = str(open_page("heatmap", rows="noise", columns="accent", panel="device").title[0].value)
    assert "By noise" not in turned
    assert "By accent" in turned or "not shown" in turned
