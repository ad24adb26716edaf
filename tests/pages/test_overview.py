"""One system at a glance, in every state an evaluation can be in."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.answers.doctor import doctor
from data.store import find_evaluation, open_build
from tests.pages.conftest import texts

pytestmark = pytest.mark.pages
Opened = Callable[..., AppTest]


def headline(page: AppTest) -> str:
    return str(page.title[0].value).replace("\\", "")


def test_it_leads_with_the_groups_whose_verdict_is_shown(open_page: Opened) -> None:
    page = open_page("overview", system="Alpha")
    assert headline(page) == "Alpha makes more errors for 1 of 4 accents: East."
    assert "Of 4: 1 worse, shown" in texts(page)


@pytest.mark.parametrize("link", [{"system": "Alpha"}, {"system": "Beta"}])
def test_the_first_lines_count_the_combinations_in_which_it_errs_more_as_the_heatmap_does(
    open_page: Opened, link: dict[str, str]
) -> None:
    counted = re.search(
        r"in (\d+) of (\d+) combinations\. By accent: (.+?)\.", headline(open_page("heatmap", **link))
    )
    assert counted
    n, of, where = counted.groups()
    page = open_page("overview", **link)
    said = f"In {n} of {of} combinations of accent, noise and device it makes more errors: {where}."
    # East is named for all its recordings, too, so that this line tells of nobody else.
    assert f":small[**On the heatmap:** i{said[1:]}]" in texts(page)
    copied = next(code.value for code in page.code if "Evaluation full" in code.value)
    assert said in copied


def test_whoever_errs_more_only_in_some_combinations_stands_out_with_a_way_to_them(
    open_page: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.answers.overview.named_groups", lambda _: {})
    page = open_page("overview", system="Alpha")
    assert (
        "**In 4 of 16 combinations of accent, noise and device it makes more errors: East in 4.**"
        in texts(page)
    )
    [way] = [one for one in page.get("page_link") if one.proto.label == "See them on the heatmap"]
    assert "system=Alpha" in way.proto.query_string


def test_the_overall_rate_stands_with_its_interval_and_counts(open_page: Opened) -> None:
    page = open_page("overview")
    assert page.metric[0].label == "Word error rate, mix as tested"
    assert page.metric[0].value.endswith("%")
    assert "48 voices · 384 utterances · 4,608 words" in texts(page)
    assert "95 % intervals by speaker" in texts(page)


def test_the_notice_stands_once_and_only_for_synthetic_voices(open_page: Opened) -> None:
    assert texts(open_page("overview")).count("says nothing about people") == 1
    assert "says nothing about people" not in texts(open_page("overview", evaluation="other"))


def test_plan_doctor_and_coverage_have_a_line_each(open_page: Opened) -> None:
    said = texts(open_page("overview")).replace("\\", "")
    assert "**No plan:** defaults, and every verdict is exploratory." in said
    assert "**Data:** The doctor found" in said
    assert re.search(r"\*\*Coverage:\*\* .* Counted over all recordings of the build\.", said)


def test_a_quick_look_is_named_only_where_nobody_had_the_whole_examined(
    open_page: Opened, homes: Path
) -> None:
    shutil.copytree(homes / "one-group", homes / "examined", dirs_exist_ok=True)
    doctor(open_build(find_evaluation(homes / "examined", "one-group").path))
    assert "This was a quick look" in texts(open_page("overview", "one-group"))
    assert "Doctor, at a quick look: " in texts(open_page("start", "one-group"))
    said = texts(open_page("overview", "examined")) + texts(open_page("start", "examined"))
    assert "quick look" not in said
    assert "Doctor: " in said


def test_another_page_keeps_the_system(open_page: Opened) -> None:
    page = open_page("heatmap")
    page.selectbox(key="system").set_value("Alpha").run()
    page.query_params.clear()  # As the navigation does in a browser.
    page.switch_page("app_pages/overview.py").run()
    assert not page.exception
    assert headline(page) == "Alpha makes more errors for 1 of 4 accents: East."


def test_another_evaluation_leaves_nothing_of_the_one_before(open_page: Opened) -> None:
    page = open_page("overview", where="accent = 'East'")
    page.selectbox(key="evaluation").set_value("other").run()
    assert not page.exception
    said = texts(page)
    assert "first languages" in said
    assert "accent" not in said
    assert "voices" not in said
    assert "where" not in page.query_params


def test_what_is_not_selected_is_not_called_untested(open_page: Opened) -> None:
    page = open_page("overview", system="Alpha", where="accent in ('East', 'West')")
    assert "of 2 accents" in headline(page)
    assert "Recordings with accent East or West" in texts(page)
    assert "not tested" not in texts(page)


@pytest.mark.parametrize(
    ("home", "expected"),
    [
        ("one-group", "There are no two groups of speakers to compare here."),
        ("no-conditions", "accents: East."),
        ("no-speakers", "There are no two groups of speakers to compare here."),
        ("nothing-known", "There are no two groups of speakers to compare here."),
        ("guessed", "was guessed by software"),
        ("empty", "There is no evaluation yet"),
    ],
)
def test_every_state_leads_with_a_sentence(open_page: Opened, home: str, expected: str) -> None:
    assert expected in headline(open_page("overview", home, system="Alpha"))


def test_a_group_guessed_by_software_is_not_named(open_page: Opened) -> None:
    assert "East" not in headline(open_page("overview", "guessed"))
    assert "East" not in headline(open_page("overview", "guessed", system="Alpha"))


@pytest.mark.parametrize("link", [{}, {"system": "Alpha"}])
def test_a_selection_that_holds_nobody_is_said(open_page: Opened, link: dict[str, str]) -> None:
    page = open_page("overview", where="noise = 'clean' and noise = 'babble'", **link)
    assert headline(page) == "Nobody is selected, so there is nothing to compare."
    assert "0 utterances" in texts(page)
    assert " of 0" not in texts(page).lower()
    assert [*page.metric, *page.get("bidi_component")] == []
    assert not any('class="lines"' in str(one.proto) for one in page.get("html"))
    assert "nan" not in texts(page).lower()
    [way_out] = [button for button in page.button if button.label == "Show this page without the selection"]
    way_out.click().run()
    assert not page.exception
    assert page.metric
    assert "where" not in page.query_params


def test_the_gate_is_one_of_the_numbers_and_says_what_the_versions_page_says(open_page: Opened) -> None:
    page = open_page("overview", system="Alpha")
    [number] = [metric for metric in page.metric if metric.label.startswith("Release gate")]
    assert number.label == "Release gate, 1.25×"
    said = texts(open_page("versions", system="Alpha", tab="gate"))
    assert f"{number.value}: Alpha is shown to be worse for East" in said
    assert "worse for East" in texts(page)


def test_the_gate_is_no_part_of_what_is_published(open_page: Opened) -> None:
    assert not [one for one in open_page("overview", audience="public").metric if "gate" in one.label]


def test_a_filter_stands_in_the_line_under_the_headline(open_page: Opened) -> None:
    page = open_page("overview", where="noise = 'clean'")
    line = next(one.value for one in page.markdown if "says nothing about people" in one.value)
    assert "Recordings with noise clean" in line


def test_parameters_of_another_page_do_not_stay_in_the_address(open_page: Opened) -> None:
    page = open_page("overview", panel="none", cell="East · babble")
    assert {*page.query_params} == {"evaluation", "build", "system"}


def test_without_groups_of_speakers_it_says_what_to_load(open_page: Opened) -> None:
    assert "load the evaluation with a column that tells them apart" in texts(
        open_page("overview", "no-speakers")
    )


def test_the_ways_on_lead_to_no_page_that_shows_nothing_to_the_public(open_page: Opened) -> None:
    def ways(**link: str) -> set[str]:
        return {str(one.proto.label) for one in open_page("overview", **link).get("page_link")}

    assert {"Who gets worse with a new version?", "Can these numbers be relied on?"} <= ways()
    assert ways(audience="public") & ways() == {
        "Open the heatmap",
        "In which conditions? The heatmap",
        "Write it up in a card",
    }


def test_a_selection_of_one_group_is_not_called_several(open_page: Opened) -> None:
    page = open_page("overview", system="Alpha", where="accent = 'North'")
    assert "of 1 accents" not in headline(page) + texts(page)
    assert "the only accent here" in headline(page)
