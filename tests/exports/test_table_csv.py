"""A table of rates as CSV: it says what it is of, and runs nothing in a spreadsheet."""

from __future__ import annotations

import csv
import io
from types import SimpleNamespace

import pytest

from dashboard.answers.rates import RatesAnswer, RatesQuestion
from dashboard.answers.rows import rate_rows
from dashboard.exports.table_csv import export_rates_csv
from tests.dashboard.made_up import made_up_table


def exported(notice: str | None = None, name: str = "demo") -> tuple[list[str], list[dict[str, str]]]:
    """The comment lines and the rows of an export, read back."""
    table = made_up_table()
    answer = RatesAnswer(RatesQuestion("Alpha", ("accent", "noise")), "Alpha", table, table, stored=False)
    info = SimpleNamespace(
        name=name, build="abc123", normalizer={"id": "basic", "version": "1"}, notice=notice, plan=None
    )
    lines = export_rates_csv(info, answer).decode("utf-8").splitlines()  # type: ignore[arg-type]
    head = [line for line in lines if line.startswith("# ")]
    return head, list(csv.DictReader(io.StringIO("\n".join(lines[len(head) :]))))


def test_every_row_is_the_answer_s_row() -> None:
    _, rows = exported()
    wanted = rate_rows(made_up_table())
    assert len(rows) == len(wanted)
    for row, want in zip(rows, wanted, strict=True):
        assert row["rate"] == ("" if want["rate"] is None else repr(want["rate"]))
        assert row["verdict"] == want["versus"]["verdict"]
        assert row["versus_low"] == ("" if want["versus"]["low"] is None else repr(want["versus"]["low"]))


def test_the_head_says_what_the_numbers_are_of() -> None:
    head, _ = exported("Synthetic voices: says nothing about people")
    assert {
        "# evaluation: demo",
        "# build: abc123",
        "# system: Alpha",
        "# metric: wer",
        "# selection: all recordings",
        "# comparator: peers",
        "# notice: Synthetic voices: says nothing about people",
    } <= set(head)
    assert not any(line.startswith("# notice") for line in exported()[0])


def test_a_line_break_in_a_name_cannot_end_the_head() -> None:
    assert "# evaluation: two lines" in exported(name="two\nlines")[0]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_name_that_begins_like_a_formula_is_text(start: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from dashboard.exports import table_csv

    assert table_csv._safe(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"
    assert table_csv._safe(-0.5) == -0.5
