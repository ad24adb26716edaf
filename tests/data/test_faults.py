"""Every fault of an input is reported at once, with its row and what to do; nothing is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from data import source_files
from data.errors import InputError
from tests.data.broken_contents import BROKEN_CONTENTS, BROKEN_HYPOTHESES, GOOD
from tests.data.broken_files import BROKEN_FILES
from tests.data.made_up import Make

CASES = BROKEN_FILES | BROKEN_CONTENTS


@pytest.mark.parametrize("case", CASES)
def test_a_broken_file_is_refused_with_all_its_faults(make: Make, home: Path, case: str) -> None:
    content, options, expected = CASES[case]
    with pytest.raises(InputError) as refusal:
        make(content, file="in.csv", **options)
    assert [str(fault) for fault in refusal.value.faults] == expected
    assert not home.exists()


@pytest.mark.parametrize("case", BROKEN_HYPOTHESES)
def test_a_broken_file_of_hypotheses_is_refused_with_all_its_faults(
    make: Make, home: Path, tmp_path: Path, case: str
) -> None:
    content, expected = BROKEN_HYPOTHESES[case]
    (tmp_path / "b.csv").write_text(content)
    with pytest.raises(InputError) as refusal:
        make(GOOD, file="in.csv", systems={"B": tmp_path / "b.csv"})
    assert [str(fault) for fault in refusal.value.faults] == expected
    assert not home.exists()


def test_a_faulty_file_leaves_the_evaluation_as_it_was(make: Make, home: Path) -> None:
    make()
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*")}
    with pytest.raises(InputError):
        make(GOOD + "u1,s1,us,a,a\n")
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*")} == before


def test_all_files_are_checked_before_anything_is_refused(make: Make, tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text("name,hyp\nu1,a\n")
    with pytest.raises(InputError) as refusal:
        make("name,speaker,ref\nu1,s1,a\n", file="in.csv", systems={"B": tmp_path / "b.csv"})
    assert [fault.file for fault in refusal.value.faults] == ["in.csv", "b.csv"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"normalizer": "basik"}, 'There is no normaliser "basik"'),
        (
            {"format": "xml"},
            '"xml" is not a format. There is "arrow", "csv", "jsonl", "kaldi", "nemo", "parquet"',
        ),
        ({"systems": {"B": Path("/nowhere/b.csv")}}, "There is no file /nowhere/b.csv"),
        ({"systems": {"B": Path("/")}}, "/ is a folder with everything on this machine"),
    ],
)
def test_a_choice_that_cannot_be_is_one_sentence(make: Make, options: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InputError) as refusal:
        make(**options)
    assert sentence in str(refusal.value)


def test_a_folder_of_many_other_files_is_refused(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_files, "MOST_FILES_IN_A_FOLDER", 20)
    (tmp_path / "clips").mkdir()
    for number in range(30):
        (tmp_path / "clips" / f"{number}.wav").touch()
    with pytest.raises(InputError, match="is a folder of more than 20 files"):
        make(systems={"B": tmp_path / "clips"})


def test_files_far_below_a_folder_belong_to_something_else(make: Make, tmp_path: Path) -> None:
    deep = tmp_path / "top" / Path(*"abcdefghi")
    deep.mkdir(parents=True)
    (deep / "part.parquet").touch()
    with pytest.raises(InputError, match="The folder is none that can be read"):
        make(systems={"B": tmp_path / "top"})
