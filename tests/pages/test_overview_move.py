"""What the overview says of a move from one system to another, and of the candidate by itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.answers.compare import CompareQuestion, compare
from dashboard.answers.compare_document import compare_document
from dashboard.wording_versions import versions_headline
from data.store import evaluations_home, find_evaluation, open_build
from tests.pages.conftest import texts

pytestmark = pytest.mark.pages
Opened = Callable[..., AppTest]


def headline(page: AppTest) -> str:
    return str(page.title[0].value).replace("\\", "")


def versions_document(current: str, candidate: str) -> dict[str, Any]:
    build = open_build(find_evaluation(evaluations_home(), "full").path)
    answer = compare(build, CompareQuestion(current, candidate, ("accent",)))
    return {**compare_document(build.info, answer), "attributes": answer.attributes}


def test_a_gap_that_is_shown_to_have_changed_stands_right_under_the_move(
    open_page: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "Beta loses ground against the others for North."
    for place in ("panels.overview_move", "wording_versions_gaps"):
        monkeypatch.setattr(f"dashboard.{place}.shown_gaps", lambda *_: said)
    for name, line in (("overview", 2), ("versions", 1)):
        page = open_page(name)
        assert said in texts(page).split("\n")[line]
        assert said in next(code.value for code in page.code if "Evaluation full" in code.value)


def test_whom_the_candidate_serves_worse_stands_as_large_as_the_move(open_page: Opened) -> None:
    page = open_page("overview")
    assert texts(page).split("\n")[1] == "By itself: Beta makes more errors for 1 of 4 accents: East."
    assert "**By itself" not in "".join(str(one.value) for one in page.markdown)


def test_another_system_changes_every_number(open_page: Opened) -> None:
    page = open_page("overview", system="Alpha")
    before = [metric.value for metric in page.metric]
    page.selectbox(key="system").set_value("Beta").run()
    assert not page.exception
    assert headline(page).startswith("Moving from Alpha to Beta: ")
    assert page.metric[0].value != before[0]
    assert page.query_params["system"] == "Beta"


def test_two_systems_lead_with_the_move_and_say_what_holds_of_the_candidate_by_itself(
    open_page: Opened,
) -> None:
    page = open_page("overview", system="Beta")
    document = versions_document("Alpha", "Beta")
    assert headline(page) == versions_headline(document, document["attributes"])
    assert "By itself: Beta " in texts(page).replace("\\", "")
    assert "voices get worse; worst tenth (mean of the tenth that lose most):" in texts(page)


def test_what_is_taken_away_leads_with_the_system_alone_and_names_the_numbers_of_the_move(
    open_page: Opened,
) -> None:
    page = open_page("overview", system="Beta")
    copied = next(code.value for code in page.code if "Evaluation full" in code.value).split("\n")
    assert copied[0].startswith("Beta makes more errors")
    [move] = [line for line in copied if line.startswith("Moving from Alpha to Beta: ")]
    facts = "384 utterances scored for both"
    declared = "There is no plan, so nothing was declared in advance: this is exploratory."
    for said in (move, texts(page).replace("**", "")):
        assert re.search(r"The move: overall \d.*% \(.*\) → \d.*% \(.*\): .*×", said)
        assert facts in said
        assert declared in said
        assert "the rows asked for" not in said
    assert copied.index(move) == len(copied) - 3, "after everything of the system alone"


def test_verdicts_that_are_counted_under_a_move_are_said_to_be_of_the_candidate(open_page: Opened) -> None:
    assert "Beta, of 4: 1 worse, shown" in texts(open_page("overview", system="Beta"))


def test_the_overall_rate_of_the_current_system_stands_beside_that_of_the_candidate(
    open_page: Opened,
) -> None:
    page = open_page("overview", system="Beta")
    before = open_page("overview", system="Alpha").metric[0].value
    assert f"with Alpha {before} (" in texts(page)
    assert "with Alpha" not in texts(open_page("overview", system="Beta", current="none"))


def test_one_system_by_itself_is_a_choice_and_a_link(open_page: Opened) -> None:
    page = open_page("overview", system="Beta", current="none")
    assert headline(page).startswith("Beta makes more errors")
    assert page.query_params["current"] == "none"
    page.selectbox(key="current").set_value("Alpha").run()
    assert headline(page).startswith("Moving from Alpha to Beta: ")
    assert "current" not in page.query_params


def test_a_move_is_no_part_of_what_is_published(open_page: Opened) -> None:
    page = open_page("overview", system="Beta", audience="public")
    assert "Moving from" not in texts(page) + headline(page)


@pytest.mark.parametrize(
    ("home", "expected"),
    [
        ("one-group", "Moving from Alpha to Beta: overall not worse than 1.25×, shown."),
        ("no-conditions", "Moving from Alpha to Beta: no group is shown to get worse; "),
        ("no-speakers", "Moving from Alpha to Beta: "),
        ("nothing-known", "Moving from Alpha to Beta: "),
        ("guessed", "was guessed by software, so nothing is claimed of Beta"),
    ],
)
def test_every_state_that_opens_first_leads_with_the_move(
    open_page: Opened, home: str, expected: str
) -> None:
    assert expected in headline(open_page("overview", home))


def test_the_newest_system_opens_first_against_the_one_before_and_the_sidebar_says_so(
    open_page: Opened,
) -> None:
    page = open_page("overview")
    assert headline(page).startswith("Moving from Alpha to Beta: ")
    assert "Candidate: Beta, the newest here. Current: Alpha." in texts(page)
    older = open_page("overview", system="Alpha")
    assert "Alpha, not the newest here, by itself." in texts(older)


def test_of_groups_that_software_guessed_no_number_names_one_and_nothing_is_said_twice(
    open_page: Opened,
) -> None:
    page = open_page("overview", "guessed")
    said = texts(page)
    assert [metric.value for metric in page.metric if metric.label == "Largest gap shown"] == ["none"]
    assert "By itself" not in said
    assert "Beta, of 4" not in said
