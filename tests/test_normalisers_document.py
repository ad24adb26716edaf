"""What `docs/normalisers.md` says about the normalisers is what they do."""

from __future__ import annotations

import re
from pathlib import Path

import pyarrow as pa
import pytest

from analysis.equivalences import read_equivalences
from analysis.normalize import NORMALIZERS, normalize_texts, normalizer, with_equivalences

DOCUMENT = (Path(__file__).resolve().parent.parent / "docs/normalisers.md").read_text(encoding="utf-8")


def table(section: str) -> list[list[str]]:
    """The rows of the first table below a heading, the heading of the table first."""
    below = DOCUMENT.partition(f"{section}\n")[2]
    lines = re.search(r"^\|.*?(?=^(?!\|))", below, re.MULTILINE | re.DOTALL)
    assert lines is not None
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines.group().splitlines()]
    return [rows[0], *rows[2:]]


HEADING, *EXAMPLES = table("## The same texts under each")


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: row[0])
def test_each_example_comes_out_as_written(row: list[str]) -> None:
    text, *written = row
    names = [name.strip("`") for name in HEADING[1:]]
    found = [normalize_texts(name, pa.array([text]))[0].as_py() or "–" for name in names]
    assert dict(zip(names, found, strict=True)) == dict(zip(names, written, strict=True))


def test_every_normaliser_is_described_and_shown() -> None:
    sections = re.findall(r"^## `(.+)`$", DOCUMENT, re.MULTILINE)
    chosen_from = [row[0].strip("`") for row in table("# Normalisers")[1:]]
    assert sections == chosen_from == [name.strip("`") for name in HEADING[1:]] == list(NORMALIZERS)


def test_the_list_of_forms_can_be_read_and_does_what_is_said() -> None:
    written = re.search(r"^## Forms.+?^```\n(.+?)^```", DOCUMENT, re.MULTILINE | re.DOTALL)
    assert written is not None
    forms = read_equivalences(written.group(1))
    derived = with_equivalences(normalizer("whisper-english"), forms)
    assert forms.agreed("we are finna go", "we are fixing to go") == "we are finna go"
    assert derived.equivalences is not None
    assert "gonna" not in str(derived.equivalences.lines)
    joined = read_equivalences("it's = it is\nit's = it has")
    assert joined.agreed("it is", "it has") == "it is"
