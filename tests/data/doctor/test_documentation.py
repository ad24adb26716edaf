"""docs/doctor.md is the registry in words: every code, what is looked at, what follows, what to do.

Run as a program, it writes the table: `python -m tests.data.doctor.test_documentation`.
"""

from __future__ import annotations

from pathlib import Path

from data.doctor import KINDS

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "doctor.md"
BEGIN, END = "<!-- codes: begin -->", "<!-- codes: end -->"


def table() -> str:
    """The codes in the order of the checks."""
    rows = [f"| `{kind.code}` | {kind.checked} | {kind.consequence} | {kind.advice} |" for kind in KINDS]
    return "\n".join(
        [
            "| code | looked at, and from where on it is reported | what it means for a reader | what to do |",
            "|---|---|---|---|",
            *rows,
        ]
    )


def test_every_code_is_documented_as_it_is_checked() -> None:
    written = DOCUMENT.read_text(encoding="utf-8").split(BEGIN)[1].split(END)[0].strip()
    assert written == table(), "run: python -m tests.data.doctor.test_documentation"


def test_no_text_of_the_doctor_breaks_the_table() -> None:
    assert [kind.code for kind in KINDS if "|" in kind.checked + kind.consequence + kind.advice] == []


if __name__ == "__main__":
    before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(BEGIN)
    DOCUMENT.write_text(f"{before}{BEGIN}\n{table()}\n{END}{rest.partition(END)[2]}", encoding="utf-8")
