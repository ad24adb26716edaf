"""Everything that may be said of an evaluation on the Data page: several files, lists, facts for the card, builds."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.store import evaluation_names, find_evaluation
from tests.pages.conftest import texts
from tests.pages.test_data import home, keyed, make, opened, source, tables

__all__ = ["home", "source"]
pytestmark = pytest.mark.pages


@pytest.fixture
def three_files(tmp_path: Path) -> list[Path]:
    """References, one system's outputs, a table of speakers."""
    contents = {
        "references.csv": "id,speaker,noise,reference\nu1,s1,quiet,turn it on\nu2,s2,street,good day\n",
        "hyp_Beta.csv": "id,hypothesis\nu1,turn on\nu2,good day\n",
        "speakers.csv": "speaker,accent\ns1,North\ns2,South\n",
    }
    for name, content in contents.items():
        (tmp_path / name).write_text(content)
    return [tmp_path / name for name in contents]


def test_one_evaluation_is_made_of_several_files(home: Path, three_files: list[Path]) -> None:
    app = opened(three_files[0])
    app.text_input(key="path 0 2").set_value(str(three_files[1])).run()
    app.text_input(key="path 0 3").set_value(str(three_files[2])).run()
    said = texts(app)
    assert "hyp_Beta.csv (Beta): 2 of 2 recordings found." in said
    assert "speakers.csv: 2 of 2 speakers found." in said
    make(app)
    info = find_evaluation(home, "references")
    assert info.systems == ("Beta",)
    assert [(one.name, one.role) for one in info.attributes if not one.derived] == [
        ("accent", "speaker"),
        ("noise", "condition"),
    ]
    assert [one["system"] for one in info.inputs] == [None, "Beta", ""]


def test_what_would_not_join_is_said_before_anything_is_made(home: Path, three_files: list[Path]) -> None:
    three_files[1].write_text("id,hypothesis\nu1,turn on\nu7,good day\n")
    app = opened(three_files[0])
    app.text_input(key="path 0 2").set_value(str(three_files[1])).run()
    said = texts(app)
    assert "1 of 2 recordings found, 1 row belongs to no recording" in said
    assert "Not among the recordings: u7." in said
    assert "Without a row: u2." in said
    assert not home.exists()


def test_every_system_needs_a_name_of_its_own(home: Path, three_files: list[Path]) -> None:
    app = opened(three_files[0])
    app.text_input(key="path 0 2").set_value(str(three_files[1])).run()
    keyed(app.text_input, "called").set_value("").run()  # type: ignore[attr-defined]
    assert "Each system needs a name of its own" in texts(app)
    assert not [button for button in app.button if button.key == "make"]


def test_lists_aligner_and_several_labels_reach_the_build(home: Path, source: Path) -> None:
    source.write_text(source.read_text().replace("North", "North;East"))
    app = opened(source)
    keyed(app.multiselect, "multi").set_value(["accent"]).run()  # type: ignore[attr-defined]
    keyed(app.text_input, "between").set_value(";").run()  # type: ignore[attr-defined]
    keyed(app.text_area, "equivalences").set_value("good = could").run()  # type: ignore[attr-defined]
    keyed(app.text_area, "keywords").set_value("turn").run()  # type: ignore[attr-defined]
    keyed(app.selectbox, "aligner").set_value("sclite").run()  # type: ignore[attr-defined]
    make(app)
    info = find_evaluation(home, "results")
    assert info.attribute("accent").levels == ("East", "North", "South")
    assert info.aligner["id"] == "sclite"
    assert info.keywords is not None
    assert len(info.normalizer["equivalences"]) == 1
    assert [*(home / ".uploads").iterdir()] == []


def test_a_faulty_list_is_refused_with_its_line(home: Path, source: Path) -> None:
    app = opened(source)
    keyed(app.text_area, "equivalences").set_value("no sign here").run()  # type: ignore[attr-defined]
    make(app)
    assert "1 fault in all. Nothing was written" in texts(app)
    assert "Forms that count as the same" in tables(app)
    assert evaluation_names(home) == []


def test_what_is_said_of_system_and_data_is_part_of_the_build(home: Path, source: Path) -> None:
    app = opened(source)
    keyed(app.text_input, "about purpose").set_value("a trial, = first").run()  # type: ignore[attr-defined]
    keyed(app.text_input, "about A version").set_value("2.1").run()  # type: ignore[attr-defined]
    keyed(app.selectbox, "about which").set_value("B").run()  # type: ignore[attr-defined]
    keyed(app.text_input, "about B version").set_value("3").run()  # type: ignore[attr-defined]
    keyed(app.selectbox, "about training").set_value("no").run()  # type: ignore[attr-defined]
    make(app)
    assert find_evaluation(home, "results").about == {
        "purpose": "a trial, = first",
        "test_set_in_training_data": "no",
        "systems": {"A": {"version": "2.1"}, "B": {"version": "3"}},
    }
    assert "Purpose of the evaluation: a trial, = first" in texts(app).replace("**", "")


def test_other_words_make_another_build_and_either_can_be_shown(home: Path, source: Path) -> None:
    app = make(opened(source))
    first = find_evaluation(home, "results").build
    purpose = f"about purpose {first}"
    assert app.button(key=f"about {first}").disabled
    app.text_input(key=purpose).set_value("a trial").run()
    app.button(key=f"about {first}").click().run()
    assert not app.exception
    info = find_evaluation(home, "results")
    assert (info.build != first, info.about) == (True, {"purpose": "a trial"})
    app.button(key=f"show {first}").click().run()
    assert f"Pages now show the build {first}" in texts(app)
    assert find_evaluation(home, "results").build == first


def test_a_build_is_deleted_when_its_id_is_typed(home: Path, source: Path) -> None:
    app = make(opened(source))
    first = find_evaluation(home, "results").build
    app.text_input(key=f"about purpose {first}").set_value("a trial").run()
    app.button(key=f"about {first}").click().run()
    app.button(key=f"confirm build {first}").click().run()
    assert "Nothing was deleted" in texts(app)
    app.text_input(key=f"delete build {first}").set_value(first).run()
    app.button(key=f"confirm build {first}").click().run()
    assert f"The build {first} of “results” is deleted" in texts(app)
    assert first not in {path.stem for path in (home / "results").glob("*.duckdb")}
