"""Which of several files is what: guessed from columns, never without references."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.answers.file_parts import FileLook, Part, guessed_parts, system_name, system_names
from dashboard.answers.preview import look_at


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("id,speaker,accent,reference\nu1,s1,North,one\n", "references"),
        ("id,speaker,reference,hypothesis\nu1,s1,one,one\n", "references"),
        ("id,hypothesis\nu1,one\n", "system"),
        ("clip,output\nu1,one\n", "system"),
        ("id,words,errors\nu1,3,1\n", "system"),
        ("speaker,words,errors\ns1,3,1\n", "references"),
        ("speaker,gender\ns1,woman\n", "attributes"),
        ("id,device,noise\nu1,phone,street\n", "attributes"),
        ("a,b,c\n1,2,3\n", None),
    ],
)
def test_a_file_is_told_by_its_columns(tmp_path: Path, content: str, part: Part | None) -> None:
    path = tmp_path / "file.csv"
    path.write_text(content)
    assert look_at(path, 0).part == part


@pytest.mark.parametrize(
    ("guesses", "parts"),
    [
        (("references", "system", "attributes"), ("references", "system", "attributes")),
        (("system", None, "attributes"), ("system", "references", "attributes")),
        ((None, None), ("references", "system")),
        (("system", "attributes"), ("references", "attributes")),
        (("references", None), ("references", "system")),
    ],
)
def test_some_file_always_holds_the_references(
    guesses: tuple[Part | None, ...], parts: tuple[Part, ...]
) -> None:
    assert guessed_parts([FileLook("csv", 1, True, ("a",), one) for one in guesses]) == parts


@pytest.mark.parametrize(
    ("shown", "name"),
    [
        ("hyp_Beta.csv", "Beta"),
        ("hypotheses-v2.tsv", "v2"),
        ("whisper-large.json.gz", "whisper-large"),
        ("hyp.csv", "hyp"),
        (".csv", "system"),
    ],
)
def test_a_system_is_called_as_its_file(shown: str, name: str) -> None:
    assert system_name(shown) == name


def test_files_of_one_name_are_told_apart_by_their_folders() -> None:
    files = [("out.tsv", "en-GB"), ("out.tsv", "en-IN"), ("b.tsv", "en-GB"), ("out.tsv", "")]
    assert system_names(files) == ("en-GB out", "en-IN out", "b", "out")


@pytest.mark.parametrize(
    ("columns", "parts"),
    [
        ([("id", "speaker", "reference"), ("id", "text")], ("references", "system")),
        ([("id", "text"), ("id", "speaker", "accent")], ("references", "attributes")),
        ([("id", "speaker", "reference"), ("id", "reference")], ("references", "references")),
    ],
)
def test_ids_and_texts_beside_references_with_speakers_are_what_a_system_wrote(
    tmp_path: Path, columns: list[tuple[str, ...]], parts: tuple[Part, ...]
) -> None:
    looks = []
    for number, names in enumerate(columns):
        path = tmp_path / f"{number}.csv"
        path.write_text(f"{','.join(names)}\n{','.join('x' for _ in names)}\n")
        looks.append(look_at(path, 0))
    assert guessed_parts(looks) == parts
