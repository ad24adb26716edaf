"""The example of the Data page is the file that the tutorial writes, so both lead to the same numbers."""

from __future__ import annotations

from pathlib import Path

from dashboard.exports.example_csv import export_example_csv
from tests.tutorial import write_example


def test_the_example_is_the_file_of_the_tutorial(tmp_path: Path) -> None:
    assert export_example_csv() == write_example(tmp_path).read_bytes()
