"""Other words about system and data: the build that an ingest with those words would have made."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.about_change import change_about
from data.add_system import add_systems
from data.add_system_options import AddedOptions
from data.errors import InputError
from data.home import builds, current_build, show_build
from data.ingest import ingest
from data.ingest_options import IngestOptions
from data.store import open_build

ABOUT = {"purpose": "a trial", "systems": {"hypothesis": {"version": "2"}}}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "results.csv"
    path.write_text(
        "id,speaker,accent,reference,hypothesis\n"
        + "".join(f"u{n},s{n % 3},{'NS'[n % 2]},one two,one too\n" for n in range(9))
    )
    return path


def test_other_words_give_the_build_that_an_ingest_gives(source: Path, tmp_path: Path) -> None:
    whole = ingest(IngestOptions("mine", (source,), about=ABOUT), tmp_path / "whole")
    plain = ingest(IngestOptions("mine", (source,)), tmp_path / "home")
    changed = change_about(open_build(plain.path), ABOUT)
    assert (changed.build, changed.is_new) == (whole.build, True)
    info = open_build(changed.path).info
    assert (info.about, info.build, info.counts) == (ABOUT, whole.build, open_build(plain.path).info.counts)
    assert current_build(tmp_path / "home" / "mine") == whole.build


def test_the_words_of_before_make_the_build_of_before_current_again(source: Path, tmp_path: Path) -> None:
    plain = ingest(IngestOptions("mine", (source,), note="a remark"), tmp_path)
    changed = change_about(open_build(plain.path), ABOUT)
    again = change_about(open_build(changed.path), {})
    assert (again.build, again.is_new) == (plain.build, False)
    assert current_build(tmp_path / "mine") == plain.build
    assert open_build(again.path).info.note == "a remark"


def test_a_system_can_be_added_to_what_was_changed(source: Path, tmp_path: Path) -> None:
    changed = change_about(open_build(ingest(IngestOptions("mine", (source,)), tmp_path).path), ABOUT)
    outputs = tmp_path / "b.csv"
    outputs.write_text("id,hypothesis\n" + "".join(f"u{n},one two\n" for n in range(9)))
    added = add_systems(open_build(changed.path), AddedOptions({"B": outputs}))
    assert open_build(added.made.path).info.about == ABOUT


def test_a_build_outside_an_evaluation_is_refused(source: Path, tmp_path: Path) -> None:
    made = ingest(IngestOptions("mine", (source,)), tmp_path)
    alone = tmp_path / "alone" / made.path.name
    alone.parent.mkdir()
    alone.write_bytes(made.path.read_bytes())
    with pytest.raises(InputError, match="lies in no evaluation's folder"):
        change_about(open_build(alone), ABOUT)


def test_an_older_build_is_shown_again_and_none_is_lost(source: Path, tmp_path: Path) -> None:
    first = ingest(IngestOptions("mine", (source,)), tmp_path)
    second = change_about(open_build(first.path), ABOUT)
    show_build(tmp_path / "mine", first.build)
    assert current_build(tmp_path / "mine") == first.build
    assert {path.stem for path in builds(tmp_path / "mine")} == {first.build, second.build}
    with pytest.raises(InputError, match="has no build 000000000000 any more"):
        show_build(tmp_path / "mine", "0" * 12)
