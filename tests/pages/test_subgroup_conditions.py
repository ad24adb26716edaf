"""The Conditions tab: what remains of a gap, in every state of an evaluation and for every kind of subgroup."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.answers.adjust import AdjustQuestion, adjust_for
from dashboard.answers.adjust_document import KINDS, gap_rows
from dashboard.exports.adjust_csv import export_adjust_csv
from dashboard.wording import ratio_text
from dashboard.wording_adjust import adjust_headline, change_sentence
from dashboard.wording_adjust_method import adjust_method, copied_adjustment
from data.ingest import ingest
from data.ingest_options import IngestOptions
from tests.pages.conftest import texts
from tests.pages.test_subgroup import EAST_IN_BABBLE, WHERE, full_build, html, said

pytestmark = pytest.mark.pages
Opened = Callable[..., AppTest]
TAB = {"tab": "conditions"}
QUESTION = AdjustQuestion(None, ("device",), "Beta", where=EAST_IN_BABBLE)


def tables(page: AppTest) -> str:
    return "".join(text for text in html(page) if "<table" in text)


def test_the_sentence_and_the_tables_are_those_of_the_answer_and_of_the_csv(open_page: Opened) -> None:
    page = open_page("subgroup", where=WHERE, **TAB)
    build = full_build()
    answer = adjust_for(build, QUESTION)
    assert adjust_headline(answer) in texts(page)
    assert all(change_sentence(one) in texts(page) for one in answer.by_condition)
    [row] = gap_rows(answer)
    written = export_adjust_csv(build.info, answer).decode()
    for kind in KINDS:
        assert ratio_text(*(row[kind][key] for key in ("ratio", "low", "high"))) in tables(page)
        assert str(row[kind]["ratio"]) in written
    assert "# notice: Synthetic voices: says nothing about people" in written.splitlines()


def test_without_a_subgroup_it_shows_the_first_attribute_of_speakers(open_page: Opened) -> None:
    page = open_page("subgroup", **TAB)
    assert page.selectbox(key="whose").value == "accent"
    answer = adjust_for(full_build(), AdjustQuestion("accent", ("noise", "device"), "Beta"))
    assert adjust_headline(answer) in texts(page)
    assert all(group in tables(page) for group in answer.groups)


def test_another_group_is_looked_at_within_each_condition(open_page: Opened) -> None:
    page = open_page("subgroup", **TAB)
    page.selectbox(key="closer").select("South").run()
    assert not page.exception
    assert page.query_params["closer"] == "South"
    question = AdjustQuestion("accent", ("noise", "device"), "Beta", closer="South")
    answer = adjust_for(full_build(), question)
    assert all(change_sentence(one) in texts(page) for one in answer.by_condition)


def test_what_is_held_equal_is_chosen_and_kept_in_the_address(open_page: Opened) -> None:
    page = open_page("subgroup", **TAB)
    (held,) = [one for one in page.multiselect if one.label == "Held equal"]
    assert held.value == ["noise", "device"]
    held.unselect("device").run()
    assert not page.exception
    assert page.query_params["equal"] == "noise"
    answer = adjust_for(full_build(), AdjustQuestion("accent", ("noise",), "Beta"))
    assert adjust_headline(answer) in texts(page)
    again = open_page("subgroup", equal="device", **TAB)
    (held,) = [one for one in again.multiselect if one.label == "Held equal"]
    assert held.value == ["device"]


def test_nothing_held_equal_is_asked_for(open_page: Opened) -> None:
    page = open_page("subgroup", **TAB)
    (held,) = [one for one in page.multiselect if one.label == "Held equal"]
    held.set_value([]).run()
    assert not page.exception
    assert "Choose at least one attribute to hold equal" in texts(page)


@pytest.mark.parametrize(
    "where",
    [
        "accent = 'East'",
        "not accent = 'East'",
        WHERE,
        "noise = 'babble'",
        "accent = 'East' or noise = 'babble'",
    ],
)
def test_every_kind_of_subgroup_has_its_gap(open_page: Opened, where: str) -> None:
    page = open_page("subgroup", where=where, **TAB)
    assert "raw gap" in texts(page)
    assert "This subgroup and device: nearly the same mix" in texts(page)


@pytest.mark.parametrize(
    ("home", "where", "sentence"),
    [
        ("full", "accent = 'East' and accent = 'West'", "Nobody was recorded among what is selected"),
        ("one-group", "", "Only one group of accent is selected"),
        ("one-group", "accent = 'North'", "nobody to be compared with"),
        ("no-conditions", "", "No attribute here is a condition of recording"),
        ("no-speakers", "", "of 2 noises as recorded"),
        ("nothing-known", "", "Nothing can be held equal"),
        ("bare", "", "names no attributes"),
    ],
)
def test_what_is_missing_is_said(open_page: Opened, home: str, where: str, sentence: str) -> None:
    selected = {"where": where} if where else {}
    assert sentence in said(open_page("subgroup", home=home, **selected, **TAB)).replace("\\", "")


def test_a_metric_that_is_no_ratio_is_refused_with_a_sentence(open_page: Opened) -> None:
    assert "is no plain ratio of sums" in texts(open_page("subgroup", metric="wil", **TAB))


def test_several_labels_per_recording_are_refused_with_a_sentence(tmp_path: Path, open_page: Opened) -> None:
    rows = [
        f"u{k},s{k % 30},{'Welsh;Hindi' if k % 3 else 'Welsh'},{'phone' if k % 2 else 'car'},one two,one {'two' if k % 4 else 'x'}"
        for k in range(90)
    ]
    source = tmp_path / "several.csv"
    source.write_text(
        "utterance_id,speaker_id,language,device,reference,hypothesis\n" + "\n".join(rows), encoding="utf-8"
    )
    roles = {"language": "speaker", "device": "condition"}
    options = IngestOptions("several", (source,), roles=roles, multi={"language": ";"})
    ingest(options, tmp_path / "home")
    page = open_page("subgroup", home=str(tmp_path / "home"), whose="language", **TAB)
    assert "A recording may have several labels of language" in texts(page)
    # A subgroup by such a label is on one side or not, and can be compared.
    page = open_page("subgroup", home=str(tmp_path / "home"), where="language = 'Hindi'", **TAB)
    assert "with device held equal" in texts(page)


def test_it_is_not_part_of_what_is_published(open_page: Opened) -> None:
    page = open_page("subgroup", where="accent = 'East'", audience="public", **TAB)
    assert "held equal are not part of what is published" in texts(page)
    assert not [one for one in page.multiselect if one.label == "Held equal"]


def test_it_is_worked_out_only_when_it_is_looked_at(open_page: Opened) -> None:
    assert not [one for one in open_page("subgroup", where=WHERE).selectbox if one.label == "Whose gap"]


def test_counts_alone_are_enough(tmp_path: Path, open_page: Opened) -> None:
    rows = [
        f"s{k},{'North' if k % 2 else 'South'},{'phone' if k % 3 else 'headset'},{k % 7 + 3},40"
        for k in range(60)
    ]
    source = tmp_path / "counts.csv"
    source.write_text("speaker_id,accent,device,errors,words\n" + "\n".join(rows), encoding="utf-8")
    roles = {"accent": "speaker", "device": "condition"}
    ingest(IngestOptions("counts", (source,), roles=roles), tmp_path / "home")  # type: ignore[arg-type]
    page = open_page("subgroup", home=str(tmp_path / "home"), where="accent = 'South'", **TAB)
    assert "with device held equal" in texts(page)


def test_the_method_and_the_copied_text_say_what_is_on_the_page(open_page: Opened) -> None:
    open_page("subgroup", where=WHERE, **TAB)
    build = full_build()
    answer = adjust_for(build, QUESTION)
    headline = adjust_headline(answer)
    copied = copied_adjustment(build.info, answer, headline, "Evaluation full")
    assert copied.splitlines()[0] == headline
    assert copied.splitlines()[-1] == "Synthetic voices: says nothing about people"
    assert all(ratio_text(row.standardised.ratio) in copied for row in answer.rows)
    assert "Poisson regression" in adjust_method(answer, build.info.normalizer)


def test_a_condition_that_the_subgroup_names_is_taken_out_of_it_by_one_press(open_page: Opened) -> None:
    page = open_page("subgroup", where=WHERE, **TAB)
    assert "Both sides are alike in noise, because the subgroup names it: this compares who spoke." in texts(
        page
    )
    page.button(key="every_condition").click().run()
    assert not page.exception
    assert (page.query_params["where"], page.query_params["tab"]) == ("accent = 'East'", "conditions")
    assert "changes with noise" in texts(page)
    assert [one for one in page.button if one.key == "every_condition"] == []


def test_the_groups_of_an_attribute_are_said_to_be_of_all_recordings(open_page: Opened) -> None:
    page = open_page("subgroup", where=WHERE, whose="accent", **TAB)
    assert "Of all recordings: the subgroup above plays no part in this." in texts(page)
    assert "Of all recordings" not in texts(open_page("subgroup", **TAB))


def test_what_is_held_equal_by_default_follows_the_subgroup(open_page: Opened) -> None:
    page = open_page("subgroup", where=WHERE, **TAB)
    assert "equal" not in page.query_params
    page.query_params["where"] = "accent = 'East'"
    page.run()
    [held] = [one for one in page.multiselect if one.label == "Held equal"]
    assert held.value == ["noise", "device"]
    assert "equal" not in page.query_params
