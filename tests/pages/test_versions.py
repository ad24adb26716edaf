"""Two systems on the same recordings, in every state an evaluation can be in."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import loading_card
from dashboard.answers.compare import CompareQuestion, compare
from dashboard.answers.compare_document import compare_document
from dashboard.answers.gate import GateQuestion, gate
from dashboard.answers.gate_document import gate_document
from dashboard.exports.comparison_csv import export_comparison_csv
from dashboard.loading_kept import KEEPER
from dashboard.wording_gate import gate_sentence
from data.ingest import ingest
from data.ingest_options import IngestOptions
from data.store import evaluations_home, find_evaluation, open_build
from tests.pages.conftest import APP, REFUSED, texts

pytestmark = pytest.mark.pages
Opened = Callable[..., AppTest]


def headline(page: AppTest) -> str:
    return str(page.title[0].value).replace("\\", "")


def said(page: AppTest) -> str:
    """All texts, tables of HTML included."""
    tables = "\n".join(str(element.proto.body) for element in page.get("html"))
    return f"{texts(page)}\n{tables}"


def test_it_leads_with_what_the_move_does_to_the_groups(open_page: Opened) -> None:
    page = open_page("versions")
    assert headline(page).startswith("Moving from Alpha to Beta: ")
    assert "no group is shown to get worse; 4 are shown not to get worse by 1.25×" in headline(page)
    assert "Overall " in texts(page)
    assert "get worse; worst tenth (mean of the tenth that lose most):" in texts(page)


def test_the_system_of_the_sidebar_is_the_candidate_and_they_can_be_swapped(open_page: Opened) -> None:
    page = open_page("versions")
    [swap] = [button for button in page.button if button.label == "Swap"]
    swap.click().run()
    assert not page.exception
    assert headline(page).startswith("Moving from Beta to Alpha")
    assert (page.query_params["system"], page.query_params["current"]) == ("Alpha", "Beta"), "it is chosen"
    page.query_params.clear()  # As the navigation does in a browser.
    page.switch_page("app_pages/overview.py").run()
    assert headline(page).startswith("Moving from Beta to Alpha")


def test_groups_combinations_and_bound_are_in_the_address(open_page: Opened) -> None:
    page = open_page("versions", rows="noise", columns="device", bound="1.5", held="current")
    assert page.selectbox(key="rows").value == "noise"
    assert page.selectbox(key="columns").value == "device"
    assert "below 1.5× the rate of Alpha" in texts(page)
    assert (page.query_params["bound"], page.query_params["held"]) == ("1.5", "current")


def test_the_gate_preview_gives_the_command_that_says_the_same(open_page: Opened) -> None:
    page = open_page("versions")
    assert "Fails: Beta is shown to be worse for East than for others" in texts(page)
    assert "Held the same way, Alpha fails, for East." in texts(page)
    [command] = [code.value for code in page.code if code.value.startswith("fairhearing gate")]
    assert "--system Beta --by accent --max-ratio 1.25" in command


def test_a_gate_that_passes_against_the_current_system_says_what_fails_against_the_others(
    open_page: Opened,
) -> None:
    page = open_page("versions", held="current")
    assert "**Passes: Beta is shown to stay below 1.25× the rate of Alpha" in texts(page)
    assert "Each group against others, Beta fails, for East." in texts(page)


def test_the_memo_says_what_the_gate_says(open_page: Opened) -> None:
    page = open_page("versions", tab="decision")
    memos = {code.value for code in page.code if code.value.startswith("Moving from")}
    [memo] = memos
    assert "Release gate. Fails: Beta is shown to be worse for East than for others" in memo


def test_a_selection_is_part_of_the_command(open_page: Opened) -> None:
    page = open_page("versions", where="noise = 'clean'")
    [command] = [code.value for code in page.code if code.value.startswith("fairhearing gate")]
    assert "--where" in command
    assert "clean" in command


def test_the_history_has_every_system_in_the_order_of_the_build(open_page: Opened) -> None:
    page = open_page("versions")
    table = said(page)
    assert table.index(">Alpha<") < table.index(">Beta<")
    assert "Largest gap shown" in table


def test_the_text_to_copy_says_everything_a_memo_needs(open_page: Opened) -> None:
    page = open_page("versions")
    # It stands under "Copy as text" and in the Decision part.
    [copied] = {code.value for code in page.code if code.value.startswith("Moving from")}
    for part in (
        "Overall ",
        "- East: ",
        "not shown is undecided",
        "build ",
        "Evaluation full",
        "says nothing",
        "No decision on Beta is on record",
    ):
        assert part in copied


def test_a_decision_is_recorded_kept_in_the_memo_and_taken_back(open_page: Opened) -> None:
    page = open_page("versions")

    def memo() -> str:
        return next(code.value for code in page.code if code.value.startswith("Moving from"))

    [choice] = [one for one in page.radio if one.label == "Decision"]
    [reason] = [one for one in page.text_input if one.label == "Reason"]
    choice.set_value("hold")
    reason.set_value("Not before the next recordings.")
    page.button(key="record version decision").click().run()
    assert not page.exception
    assert "Decision on Beta: Hold (recorded " in memo()
    assert "Reason: Not before the next recordings." in memo()
    assert "Moving from Alpha to Beta" in headline(page)
    page.button(key="take back version decision").click().run()
    assert "No decision on Beta is on record" in memo()


def test_a_decision_of_another_build_takes_over_nothing_that_is_not_seen(
    open_page: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = {"choice": "hold", "reason": "Old reason", "mitigation": "Old mitigation", "gaps": "East"}
    held = {**said, "accepted_until": "2027-01-01", "build": "0123456789ab", "at": "2026-01-01T00:00:00Z"}
    kept: list[Mapping[str, str] | None] = []
    monkeypatch.setattr(loading_card, "decision_of", lambda *_: held)
    monkeypatch.setattr(loading_card, "decide", lambda *given: kept.append(given[-1]))
    page = open_page("versions")
    assert "This decision was taken on build 0123456789ab." in texts(page)
    page.button(key="record version decision").click().run()
    assert kept == [{"choice": "hold", "reason": "Old reason", "by": ""}]


def test_a_decision_needs_a_choice(open_page: Opened) -> None:
    page = open_page("versions")
    page.button(key="record version decision").click().run()
    assert [error.value for error in page.error] == ["Choose what was decided."]


def test_the_csv_holds_what_is_drawn(open_page: Opened, homes: Path) -> None:
    open_page("versions")
    build = open_build(find_evaluation(homes / "full", "full").path)
    document = compare_document(build.info, compare(build, CompareQuestion("Alpha", "Beta", ("accent",))))
    lines = export_comparison_csv(document).decode().splitlines()
    rows = list(csv.DictReader(io.StringIO("\n".join(line for line in lines if not line.startswith("#")))))
    assert [row["accent"] for row in rows] == [row["group"]["accent"] for row in document["rows"]]
    assert [float(row["ratio"]) for row in rows] == [row["ratio"] for row in document["rows"]]
    assert [float(row["gap_factor"]) for row in rows] == [row["factor"] for row in document["gap_changes"]]


@pytest.mark.parametrize(
    ("home", "expected"),
    [
        ("full", "Moving from Alpha to Beta: no group is shown to get worse; 4 "),
        ("one-group", "Moving from Alpha to Beta: no group is shown to get worse; 1 "),
        ("no-conditions", "Moving from Alpha to Beta: "),
        ("no-speakers", "Moving from Alpha to Beta: "),
        ("nothing-known", "Moving from Alpha to Beta: "),
        ("guessed", "was guessed by software, so nothing is claimed of Beta"),
    ],
)
def test_every_state_leads_with_a_sentence(open_page: Opened, home: str, expected: str) -> None:
    page = open_page("versions", home)
    assert expected in headline(page)
    assert "nan" not in said(page).lower()


def test_without_any_evaluation_the_page_says_so(open_page: Opened) -> None:
    assert "There is no evaluation yet" in headline(open_page("versions", "empty"))


def test_nobody_selected_is_said(open_page: Opened) -> None:
    page = open_page("versions", where="noise = 'clean' and noise = 'babble'")
    assert "nobody is selected who was recorded for both" in headline(page)


def test_groups_guessed_by_software_are_not_named_and_pass_no_gate(open_page: Opened) -> None:
    page = open_page("versions", "guessed")
    assert "East" not in headline(page)
    why = "the labels were guessed by software, so nothing is claimed"
    assert f"**Undecided: none of the 4 groups can be told yet: {why}.**" in texts(page)


@pytest.fixture(scope="module")
def counts_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Counts without texts: one evaluation with one system, one with two on the same words."""
    folder = tmp_path_factory.mktemp("versions-counts")
    rows = [f"s{k},{'North' if k % 2 else 'South'},{k % 7 + 3},60" for k in range(60)]
    one = folder / "one.csv"
    one.write_text("speaker_id,accent,errors,words\n" + "\n".join(rows), encoding="utf-8")
    two = folder / "two.csv"
    both = [f"s{k},{'North' if k % 2 else 'South'},{k % 7 + 3},{k % 5 + 5},60,60" for k in range(60)]
    head = "speaker_id,accent,errors_old,errors_new,words_old,words_new\n"
    two.write_text(head + "\n".join(both), encoding="utf-8")
    ingest(IngestOptions("one", (one,)), folder / "home")
    ingest(IngestOptions("two", (two,)), folder / "home")
    return folder / "home"


def opened(home: Path, monkeypatch: pytest.MonkeyPatch, **parameters: str) -> AppTest:
    KEEPER.forget()
    monkeypatch.setenv("FAIRHEARING_HOME", str(home))
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run()
    app.switch_page("app_pages/versions.py").run()
    assert not app.exception
    assert app.title[0].value != REFUSED
    return app


def test_one_system_alone_is_told_what_to_do(counts_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(counts_home, monkeypatch, evaluation="one")
    assert "one system here" in headline(page)
    assert any("fairhearing add-system one --system" in code.value for code in page.code)


def test_one_system_alone_has_its_release_gate(counts_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(counts_home, monkeypatch, evaluation="one")
    assert [one.value for one in page.header] == ["Release gate"]
    assert [one.label for one in page.selectbox if one.key == "held"] == []
    info = find_evaluation(evaluations_home(), "one")
    asked = GateQuestion(info.systems[0], ("accent",), info.settings.margin_ratio)
    assert gate_sentence(gate_document(info, gate(open_build(info.path), asked))) in texts(page)
    assert any("fairhearing gate one@" in code.value for code in page.code)


def test_counts_without_texts_are_compared_too(counts_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(counts_home, monkeypatch, evaluation="two", system="new")
    assert headline(page).startswith("Moving from old to new: ")
    assert "60 speakers" in texts(page)


PICTURE = "![a](http://evil.example/x.png)"


def test_names_of_systems_and_groups_stay_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = "one two three four five six"
    rows = [
        f"u{k}-{n},s{k},{PICTURE if k % 2 else ':red[b]'},{'$x^2$' if n else '**b**'},{words},one to three,one two"
        for k in range(40)
        for n in range(2)
    ]
    source = tmp_path / "hostile.csv"
    head = f"utterance_id,speaker_id,{PICTURE},noise,reference,hypothesis_{PICTURE},hypothesis_[n](http://evil.example)\n"
    source.write_text(head + "\n".join(rows), encoding="utf-8")
    roles = {PICTURE: "speaker", "noise": "condition"}
    ingest(IngestOptions("hostile", (source,), roles=roles), tmp_path / "home")
    page = opened(tmp_path / "home", monkeypatch)
    shown = [element.value for kind in (page.markdown, page.caption, page.title) for element in kind]
    assert any("evil" in text for text in shown)
    assert [text for text in shown if PICTURE in text or "](http://evil" in text] == []
    assert "<img" not in "".join(str(element.proto.body) for element in page.get("html"))
