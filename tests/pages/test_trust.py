"""The Trust page: the doctor's sentences, coverage as the command has it, label sources, provenance."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.answers.coverage import CoverageQuestion, coverage
from dashboard.answers.doctor import doctor
from dashboard.wording_coverage import coverage_sentence, session_sentences
from data.store import Build, evaluations_home, find_evaluation, open_build
from tests.pages.conftest import texts

pytestmark = pytest.mark.pages
Opened = Callable[..., AppTest]


def build_of(name: str) -> Build:
    return open_build(find_evaluation(evaluations_home(), name).path)


def tables(page: AppTest) -> str:
    return "\n".join(str(one.proto.body) for one in page.get("html"))


def test_every_finding_is_said_with_its_consequence_and_advice(open_page: Opened) -> None:
    page = open_page("trust")
    said = texts(page)
    findings = doctor(build_of("full"))
    assert findings
    for fault in findings:
        for sentence in (fault.what, f"This means: {fault.consequence}", f"To do: {fault.advice}"):
            assert " ".join(sentence.split()).replace("\\", "") in said


def test_coverage_is_that_of_the_answer(open_page: Opened) -> None:
    page = open_page("trust")
    answer = coverage(build_of("full"), CoverageQuestion("Beta"))
    said = texts(page)
    assert coverage_sentence(answer, True) in said
    assert all(one in said for one in session_sentences(answer.sessions, True))
    shown = [metric.value for metric in page.metric]
    assert shown == [f"{order.covered:,} of {order.combinations:,}" for order in answer.orders]
    assert len(page.dataframe[0].value) == len(answer.cells)


def test_other_combinations_can_be_asked_for(open_page: Opened) -> None:
    page = open_page("trust", columns="device", panel="none")
    assert [metric.label for metric in page.metric] == ["Single groups", "Combinations of two"]
    page.selectbox(key="columns").set_value("none").run()
    assert not page.exception
    assert [metric.label for metric in page.metric] == ["Single groups"]


def test_groups_of_one_attribute_are_not_called_combinations(open_page: Opened) -> None:
    page = open_page("trust", tab="coverage", rows="noise", columns="none", panel="none")
    assert "Every group by noise was tested with enough voices." in texts(page)


@pytest.mark.parametrize("home", ["one-group", "no-conditions", "no-speakers", "nothing-known", "guessed"])
def test_every_state_has_a_headline(open_page: Opened, home: str) -> None:
    page = open_page("trust", home)
    assert page.title[0].value
    sha256 = find_evaluation(evaluations_home(), home).inputs[0]["sha256"]
    assert sha256 in [code.value for code in page.code]


def test_a_machine_without_evaluations_is_sent_to_the_data_page(open_page: Opened) -> None:
    page = open_page("trust", "empty")
    assert page.title[0].value == "There is no evaluation yet"
    assert "Make one of a file" in [link.proto.label for link in page.get("page_link")]


def test_guessed_labels_are_called_so(open_page: Opened) -> None:
    assert "guessed by software" in tables(open_page("trust", "guessed"))


def test_recordings_that_nobody_described_have_no_combinations(open_page: Opened) -> None:
    assert "no combinations to test" in texts(open_page("trust", "nothing-known"))


def test_the_notice_of_synthetic_voices_stands_on_the_page(open_page: Opened) -> None:
    assert "says nothing about people" in texts(open_page("trust"))
