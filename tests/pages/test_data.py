"""The Data page without a browser: a file becomes an evaluation, faults are shown, nothing is overwritten unasked."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.loading_kept import KEEPER
from dashboard.wording_data import TITLE
from data.store import evaluation_names, find_evaluation
from tests.pages.conftest import APP, texts

pytestmark = pytest.mark.pages
HEAD = "utterance_id,speaker_id,accent,noise,said,hyp_A,hyp_B\n"
ROWS = "u1,s1,North,quiet,turn it on,turn it on,turn on\nu2,s2,South,street,good day,good day,could day\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FAIRHEARING_HOME", str(tmp_path / "home"))
    KEEPER.forget()
    return tmp_path / "home"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "results.csv"
    path.write_text(HEAD.replace("said", "reference") + ROWS)
    return path


def opened(path: Path | None = None) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=120)
    app.switch_page("app_pages/data.py").run()
    if path is not None:
        app.text_input(key="path 0").set_value(str(path)).run()
    assert not app.exception, app.exception
    return app


def keyed(elements: object, start: str) -> object:
    """The widget whose key begins so; the rest of a key tells files apart."""
    [found] = [one for one in elements if str(one.key).startswith(f"{start} ")]  # type: ignore[attr-defined]
    return found


def tables(app: AppTest) -> str:
    return "\n".join(str(one.proto.body) for one in app.get("html"))


def make(app: AppTest) -> AppTest:
    app.button(key="make").click().run()
    assert not app.exception, app.exception
    return app


def test_a_machine_without_evaluations_can_make_one(home: Path) -> None:
    app = opened()
    assert "no evaluation on this machine yet" in texts(app)
    assert not home.exists()


def test_the_guess_is_shown_with_the_first_rows(home: Path, source: Path) -> None:
    app = opened(source)
    assert "results.csv: delimited text, 2 rows, 7 columns" in texts(app)
    shown = tables(app)
    for taken in ("system A", "about the speaker", "about the conditions", "turn it on"):
        assert taken in shown
    assert keyed(app.selectbox, "field reference").value == "reference"  # type: ignore[attr-defined]
    assert not home.exists()


def test_an_evaluation_is_made_and_leads_to_its_heatmap(home: Path, source: Path) -> None:
    app = opened(source)
    keyed(app.selectbox, "source accent").set_value("self")  # type: ignore[attr-defined]
    keyed(app.selectbox, "role noise").set_value("left out")  # type: ignore[attr-defined]
    make(app)
    info = find_evaluation(home, "results")
    assert [(one.name, one.label_source) for one in info.attributes] == [("accent", "self")]
    said = texts(app)
    assert f"“results” is made (build {info.build[:8]})" in said
    assert "The doctor found" in said
    links = [(link.proto.label, link.proto.query_string) for link in app.get("page_link")]
    assert ("Open the heatmap", f"evaluation=results&build={info.build}") in links


def test_every_fault_is_shown_with_row_and_advice_and_nothing_is_written(home: Path, source: Path) -> None:
    source.write_text(source.read_text() + "u2,s3,South,quiet,ten,ten,ten\nu4,,South,quiet,ten,ten,ten\n")
    app = make(opened(source))
    assert "The file has 2 faults. Nothing was written" in texts(app)
    shown = tables(app)
    assert "The id &quot;u2&quot; is in row 3 already." in shown
    assert "Keep one of the rows" in shown
    assert ">4<" in shown
    assert "--missing-speaker is “Recordings without speaker”" in texts(app)
    assert evaluation_names(home) == []


def test_a_column_that_is_not_recognised_is_asked_for(home: Path, source: Path) -> None:
    source.write_text(HEAD + ROWS)
    app = opened(source)
    assert "No column is recognised as “What was said (reference)”. Choose it below." in texts(app)
    assert app.button(key="make").disabled
    keyed(app.selectbox, "field reference").set_value("said").run()  # type: ignore[attr-defined]
    make(app)
    assert find_evaluation(home, "results").inputs[0]["columns"]["reference"] == "said"


def test_a_system_can_be_called_otherwise(home: Path, source: Path) -> None:
    app = opened(source)
    keyed(app.text_input, "system hyp_A").set_value("Version 1").run()  # type: ignore[attr-defined]
    make(app)
    assert find_evaluation(home, "results").systems == ("Version 1", "B")


def test_an_evaluation_of_that_name_is_replaced_only_when_asked(home: Path, source: Path) -> None:
    make(opened(source))
    first = find_evaluation(home, "results").build
    source.write_text(source.read_text() + "u3,s3,South,quiet,ten,ten,ten\n")
    app = opened(source)
    assert app.button(key="make").disabled
    box = keyed(app.checkbox, "replace results")
    assert "“results” is on this machine already" in box.label.replace("\\", "")  # type: ignore[attr-defined]
    box.check().run()  # type: ignore[attr-defined]
    make(app)
    assert find_evaluation(home, "results").build != first


def test_a_name_that_cannot_be_one_is_a_sentence(home: Path, source: Path) -> None:
    app = opened(source)
    keyed(app.text_input, "name").set_value("../other").run()  # type: ignore[attr-defined]
    assert "cannot be the name of an evaluation" in texts(app)
    assert app.button(key="make").disabled


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "There is no file"),
        (b"PK\x03\x04 broken", "ZIP"),
        (b"%PDF-1.4", "The file is a PDF"),
        (b"", "empty"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(
    home: Path, tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    path = tmp_path / "odd.bin"
    if content is not None:
        path.write_bytes(content)
    app = opened(path)
    assert sentence in texts(app) + tables(app)
    assert evaluation_names(home) == []


def test_an_evaluation_is_deleted_when_its_name_is_typed(home: Path, source: Path) -> None:
    app = make(opened(source))
    app.text_input(key="delete results").set_value("result").run()
    app.button(key="confirm results").click().run()
    assert "Nothing was deleted" in texts(app)
    assert evaluation_names(home) == ["results"]
    app.text_input(key="delete results").set_value("results").run()
    app.button(key="confirm results").click().run()
    assert not app.exception
    assert "“results” is deleted" in texts(app)
    assert evaluation_names(home) == []


def test_provenance_names_files_by_their_hash(open_page: Callable[..., AppTest]) -> None:
    app = open_page("data")
    info = find_evaluation(Path(os.environ["FAIRHEARING_HOME"]), "full")
    assert info.inputs[0]["sha256"] in [code.value for code in app.code]
    assert info.normalizer["sha256"] in texts(app)


@pytest.mark.parametrize("state", ["full", "one-group", "no-conditions", "nothing-known", "empty"])
def test_the_page_opens_in_every_state_of_a_machine(open_page: Callable[..., AppTest], state: str) -> None:
    assert open_page("data", state).title[0].value == TITLE


def test_counts_without_texts_are_an_evaluation_too(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text("speaker,accent,words,errors\ns1,North,10,2\ns2,South,9,1\n")
    app = opened(path)
    assert "counts of hypothesis" in tables(app)
    make(app)
    assert not find_evaluation(home, "counts").has_text


def test_recordings_without_speaker_can_count_as_one_speakers(home: Path, source: Path) -> None:
    source.write_text(source.read_text().replace("speaker_id", "who"))
    app = opened(source)
    assert "No column is recognised as “Speaker”. Choose it below." in texts(app)
    keyed(app.selectbox, "missing speaker").set_value("one").run()  # type: ignore[attr-defined]
    assert "No column is recognised" not in texts(app)
    make(app)
    assert find_evaluation(home, "results").counts["speakers"] == 1


def test_names_of_columns_may_hold_the_signs_of_options(home: Path, source: Path) -> None:
    source.write_text(source.read_text().replace("accent", '"accent, own"').replace("noise", "a=b"))
    app = opened(source)
    keyed(app.selectbox, "source accent, own").set_value("self").run()  # type: ignore[attr-defined]
    keyed(app.selectbox, "role a=b").set_value("condition").run()  # type: ignore[attr-defined]
    make(app)
    info = find_evaluation(home, "results")
    assert {one.name: (one.role, one.label_source) for one in info.attributes if not one.derived} == {
        "accent, own": ("speaker", "self"),
        "a=b": ("condition", "unknown"),
    }


def test_bins_order_and_sampling_unit_reach_the_build(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "results.csv"
    lines = ["utterance_id,speaker_id,call,size,level,reference,hyp_A"]
    sizes = ("small", "middle", "large")
    lines += [f"u{n},s{n % 6},c{n % 3},{sizes[n % 3]},{n}.5,turn it on,turn on" for n in range(30)]
    path.write_text("\n".join(lines))
    app = opened(path)
    keyed(app.multiselect, "grouped").set_value(["size", "level"]).run()  # type: ignore[attr-defined]
    keyed(app.multiselect, "order size").set_value(["small", "middle", "large"])  # type: ignore[attr-defined]
    keyed(app.text_input, "bins level").set_value("10, 20")  # type: ignore[attr-defined]
    keyed(app.selectbox, "cluster").set_value("call").run()  # type: ignore[attr-defined]
    make(app)
    info = find_evaluation(home, "results")
    assert info.attribute("size").levels == ("small", "middle", "large")
    assert len(info.attribute("level").levels) == 3
    assert info.cluster_unit == "call"


def test_a_format_that_does_not_fit_says_so_and_can_be_taken_back(home: Path, source: Path) -> None:
    app = opened(source)
    keyed(app.selectbox, "format").set_value("stm").run()  # type: ignore[attr-defined]
    assert not app.exception
    assert not app.button(key="make") if "make" in [one.key for one in app.button] else True
    keyed(app.selectbox, "format").set_value("").run()  # type: ignore[attr-defined]
    assert "results.csv: delimited text, 2 rows, 7 columns" in texts(app)
    assert not home.exists()


def _refused_alike(n: int) -> None:
    from dashboard.answers.ingest_process import Refused
    from dashboard.panels.data_outcome import draw_refused
    from data.errors import Fault

    advice = "Save the file as UTF-8; `iconv` helps."
    faults = tuple(Fault("a.csv", row, None, f"Byte {row} is not UTF-8.", advice) for row in range(2, 2 + n))
    draw_refused(Refused("", faults, n), {"a.csv": "a.csv"})


@pytest.mark.parametrize("n", [1, 3])
def test_advice_that_is_the_same_for_every_fault_stands_once(n: int) -> None:
    page = AppTest.from_function(_refused_alike, kwargs={"n": n}).run()
    assert not page.exception
    [table] = [str(one.proto.body) for one in page.get("html")]
    said = " ".join([table, *(one.value.replace("\\", "") for one in page.markdown)])
    assert said.count("Save the file as UTF-8; “iconv” helps.") == 1
    assert ("What to do</th>" in table) is (n == 1)


def test_one_fault_in_many_rows_stands_in_one_line(home: Path, source: Path) -> None:
    rows = "".join(f"v{n},,South,quiet,ten,ten,ten\n" for n in range(9))
    source.write_text(source.read_text() + rows)
    app = make(opened(source))
    assert "The file has 9 faults. Nothing was written" in texts(app)
    shown = tables(app)
    assert shown.count("The recording has no speaker.") == 1
    assert "4, 5, 6, 7, 8, 9, 10, 11 … (9 rows)" in shown
    assert "All 9 as CSV" in [one.proto.label for one in app.get("download_button")]


def test_a_button_that_cannot_be_pressed_says_why(home: Path, source: Path) -> None:
    source.write_text(HEAD + ROWS)
    app = opened(source)
    assert app.button(key="make").disabled
    assert "Before it can be made: settle what is written in orange" in texts(app)
