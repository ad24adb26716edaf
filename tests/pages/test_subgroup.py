"""The subgroup page: built by lines or typed, compared, split, listed; and every state it has to cope with."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from analysis.selection import AllOf, OneOf, to_json
from analysis.selection_link import to_link
from dashboard.answers.findings import change_finding, findings
from dashboard.answers.mean_spans import mean_spans_beside
from dashboard.answers.rows import rate_row
from dashboard.answers.subgroup import REST, SUBGROUP, SubgroupQuestion, subgroup
from dashboard.exports.subgroup_csv import export_subgroup_csv
from dashboard.panels.utterances import PER_PAGE
from dashboard.wording import interval_text, number, percent, ratio_text
from dashboard.wording_next import WITHOUT_SELECTION
from data.store import Build, evaluations_home, find_evaluation, open_build
from tests.pages.conftest import texts

pytestmark = pytest.mark.pages
Opened = Callable[..., AppTest]
EAST = OneOf("accent", ("East",))
WHERE = "accent = 'East' and noise = 'babble'"
EAST_IN_BABBLE = AllOf((OneOf("accent", ("East",)), OneOf("noise", ("babble",))))


def said(page: AppTest) -> str:
    """All that the page says, what it writes as HTML included."""
    return texts(page) + "\n".join([*(one.value for one in page.text), *html(page)])


def html(page: AppTest) -> list[str]:
    return [str(one.proto.body) for one in page.get("html")]


def headline(page: AppTest) -> str:
    return str(page.title[0].value).replace("\\", "")


def full_build() -> Build:
    return open_build(find_evaluation(evaluations_home(), "full").path)


def test_it_opens_by_asking_for_a_condition(open_page: Opened) -> None:
    page = open_page("subgroup")
    assert headline(page) == "Define a subgroup to see how a system does for it."
    assert page.selectbox(key="subgroup_add").options[:1] == ["Accent"]


def test_where_nothing_describes_the_recordings_it_says_what_to_load(open_page: Opened) -> None:
    page = open_page("subgroup", home="bare")
    assert "Describe a subgroup above" not in texts(page)
    assert "load the evaluation with a column that tells them apart" in texts(page)
    assert "Load files" in [link.proto.label for link in page.get("page_link")]


def test_a_condition_added_to_a_group_of_speakers_has_it_compared_with_its_peers(open_page: Opened) -> None:
    page = open_page("subgroup", where="accent = 'East'")
    assert "same conditions" not in headline(page)
    page.query_params["where"] = WHERE
    page.run()
    assert not page.exception
    assert "for other voices in the same conditions" in headline(page)
    assert "against" not in page.query_params


def test_a_link_shows_the_subgroup_against_its_peers_by_rule(open_page: Opened) -> None:
    page = open_page("subgroup", where=WHERE)
    answer = subgroup(full_build(), SubgroupQuestion(EAST_IN_BABBLE, "Beta"))
    judged = answer.table.judgement
    ratio = ratio_text(*(float(v[SUBGROUP]) for v in (judged.ratio, judged.low, judged.high)))
    assert "for other voices in the same conditions" in headline(page)
    assert headline(page).endswith(f"{ratio}, worse, shown.")
    assert "Exploratory: not declared in advance" in said(page)
    assert "a family of one" in said(page)


def test_a_comparison_that_mixes_conditions_in_says_so_on_the_page_and_in_its_text(open_page: Opened) -> None:
    page = open_page("subgroup", where=WHERE, against="complement")
    mixed = "part of this gap may be that of the conditions and not of who spoke"
    assert mixed in texts(page)
    assert any(mixed in code.value for code in page.code)
    assert mixed not in texts(open_page("subgroup", where=WHERE))


def test_the_tables_hold_the_numbers_of_the_answer_and_of_the_csv(open_page: Opened) -> None:
    tables = "".join(text for text in html(open_page("subgroup", where=WHERE)) if "<table" in text)
    build = full_build()
    answer = subgroup(build, SubgroupQuestion(EAST_IN_BABBLE, "Beta"))
    for position in (SUBGROUP, REST):
        row = rate_row(answer.table, position)
        for shown in (percent(row["rate"]), interval_text(row["low"], row["high"]), number(row["n_words"])):
            assert shown in tables
    means = mean_spans_beside(build, answer.question)
    lines = export_subgroup_csv(build.info, answer, means).decode().splitlines()
    (inside, others) = csv.DictReader(
        io.StringIO("\n".join(line for line in lines if not line.startswith("#")))
    )
    assert float(inside["rate"]) == rate_row(answer.table, SUBGROUP)["rate"]
    assert (inside["comparator"], others["group"]) == ("peers", "peers")
    for line in (inside, others):
        ends = (float(line[f"speaker_mean{end}"]) for end in ("_low", "", "_high"))
        assert sorted(ends) == [float(line[f"speaker_mean{end}"]) for end in ("_low", "", "_high")]
    assert "# notice: Synthetic voices: says nothing about people" in lines


def test_the_comparison_can_be_with_everybody_else(open_page: Opened) -> None:
    page = open_page("subgroup", where=WHERE, against="complement")
    assert "for all other recordings" in headline(page)
    assert page.query_params["against"] == "complement"


def test_a_link_can_name_the_group_to_compare_with(open_page: Opened) -> None:
    page = open_page("subgroup", where=to_link(EAST), against="accent=North")
    answer = subgroup(full_build(), SubgroupQuestion(EAST, "Beta", against="accent=North"))
    ratio = rate_row(answer.table, SUBGROUP)["versus"]["ratio"]
    assert "for recordings with accent North" in headline(page)
    assert ratio_text(ratio) in headline(page)
    assert page.query_params["against"] == "accent=North"


def test_the_three_averages_are_labelled_and_held_against_their_like(open_page: Opened) -> None:
    page = open_page("subgroup", where=to_link(EAST))
    table = next(one for one in html(page) if "averaged in three ways" in one)
    for words in ("Pooled: errors over words", "Mean of voices", "Mean of utterances", "Less all recordings"):
        assert words in table
    assert "would be a mixture of two measures" in said(page)


def test_lines_and_typed_expression_write_one_selection(open_page: Opened) -> None:
    page = open_page("subgroup")
    page.selectbox(key="subgroup_add").select("Accent").run()
    (groups,) = [one for one in page.pills if one.label == "Groups by Accent"]
    assert groups.value == []
    groups.select(groups.options[1]).run()
    assert page.text_input(key="subgroup_expression").value == "accent = 'North'"
    page.text_input(key="subgroup_expression").input("not accent = 'South' or noise = 'clean'").run()
    assert not page.exception
    assert [one.value for one in page.pills] == [[2], [1]]
    assert page.query_params["where"] == "not accent = 'South' or noise = 'clean'"


def test_a_text_that_cannot_be_read_changes_nothing_and_points_at_the_place(open_page: Opened) -> None:
    page = open_page("subgroup", where=WHERE)
    before = headline(page)
    page.text_input(key="subgroup_expression").input("accent = 'Eastt'").run()
    assert headline(page) == before
    assert any("did you mean 'East'" in one.value for one in page.text)
    assert any(one.value.splitlines()[-1].strip() == "^" for one in page.code if "Eastt" in one.value)


def test_conditions_inside_conditions_are_left_to_the_expression(open_page: Opened) -> None:
    page = open_page("subgroup", where="accent = 'East' and (noise = 'clean' or device = 'phone')")
    assert any("conditions inside conditions" in one.value for one in page.text)
    assert len(page.pills) == 0


def test_nobody_selected_has_no_rate_and_says_so(open_page: Opened) -> None:
    page = open_page("subgroup", where="accent = 'East' and accent = 'West'")
    assert headline(page).startswith("There are no recordings with accent East and accent West")
    assert "so there is no rate" in headline(page)
    assert "No recording meets these conditions together" in said(page)
    assert not [box for box in page.selectbox if box.key == "split"]
    assert "0 voices · 0 utterances · 0 words" in said(page)


def test_conditions_alone_are_robustness(open_page: Opened) -> None:
    assert "robustness, not fairness" in said(open_page("subgroup", where="noise = 'babble'"))
    assert "robustness, not fairness" not in said(open_page("subgroup", where=WHERE))


def test_labels_that_software_guessed_are_named(open_page: Opened) -> None:
    assert "Groups by accent were guessed by software" in said(
        open_page("subgroup", home="guessed", where="accent = 'East'")
    )


def test_a_split_shows_every_group_of_the_selection(open_page: Opened) -> None:
    page = open_page("subgroup", where="accent = 'East'", split="noise")
    (split,) = [text for text in html(page) if "Rates by noise" in text]
    assert "babble" in split
    assert "clean" in split
    assert page.query_params["split"] == "noise"


def test_a_split_by_what_the_selection_names_shows_no_group_that_is_not_selected(open_page: Opened) -> None:
    page = open_page("subgroup", where="accent in ('East', 'West') and noise = 'babble'", split="accent")
    (split,) = [text for text in html(page) if "Rates by accent" in text]
    assert "East" in split
    assert "North" not in split
    assert "2 groups that are not selected are not shown." in said(page)
    assert "against all others, selected or not" in said(page)


def test_recordings_are_listed_a_page_at_a_time(open_page: Opened) -> None:
    page = open_page("subgroup", tab="errors", where=WHERE)
    recordings = [text for text in html(page) if "reference: " in text]
    assert len(recordings) == PER_PAGE
    assert any("showing 1 to 10" in one.value for one in page.text)


def test_texts_that_may_not_be_shown_are_not(open_page: Opened) -> None:
    page = open_page("subgroup", home="one-group", tab="errors", where="noise = 'babble'")
    assert not any("reference: " in text for text in html(page))
    assert any("may not be shown" in one.value for one in page.text)


@pytest.mark.parametrize(
    "home", ["one-group", "no-conditions", "no-speakers", "nothing-known", "guessed", "empty"]
)
def test_every_state_of_an_evaluation_has_a_page(open_page: Opened, home: str) -> None:
    assert headline(open_page("subgroup", home=home))


def test_one_group_has_nobody_to_be_compared_with(open_page: Opened) -> None:
    page = open_page("subgroup", home="one-group", where="accent = 'North'")
    assert "against" not in headline(page)
    assert "nobody to compare with" in said(page)


def test_a_subgroup_is_kept_for_the_card(open_page: Opened) -> None:
    page = open_page("subgroup", where=WHERE)
    page.button(key="add_subgroup_to_card").click().run()
    assert not page.exception
    (kept,) = [
        one for one in findings(evaluations_home(), "full") if one.selection == to_json(EAST_IN_BABBLE)
    ]
    change_finding(evaluations_home(), "full", kept.id, {"state": "withdrawn"}, reason="it was a test")
    assert kept.numbers["versus"]["comparator"] == "peers"


def test_with_nothing_selected_the_groups_shown_to_be_worse_are_one_press_away(open_page: Opened) -> None:
    page = open_page("subgroup")
    offered = [button for button in page.button if str(button.key).startswith("begin_")]
    assert [button.label for button in offered] == ["East"]
    assert "All others" not in "".join(html(page))
    offered[0].click().run()
    assert "East" in headline(page)
    assert headline(page).endswith("worse, shown.")
    assert not [button for button in page.button if str(button.key).startswith("begin_")]


def test_a_selection_that_does_not_fit_can_be_dropped_and_the_rest_of_the_link_stays(
    open_page: Opened,
) -> None:
    page = open_page("subgroup", where="accent = 'Nowhere'", system="Alpha")
    assert page.title[0].value == "This view cannot be shown"
    next(button for button in page.button if button.label == WITHOUT_SELECTION).click().run()
    assert headline(page) == "Define a subgroup to see how a system does for it."
    assert "where" not in page.query_params
    assert page.query_params["system"] == "Alpha"
