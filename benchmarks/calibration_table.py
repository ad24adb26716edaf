"""A question of the calibration with its answers, and how it is written down."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """One question with its answers."""

    title: str
    gate: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    failures: tuple[str, ...]
    """Rows that miss the gate; empty where it holds."""
    note: str = ""
    """What a reader has to know of the rows, as one paragraph."""

    def to_markdown(self) -> str:
        """A section with the gate, whether it holds, and the rows."""
        verdict = "holds" if not self.failures else f"FAILS: {'; '.join(self.failures)}"
        widths = [max(len(row[i]) for row in (self.header, *self.rows)) for i in range(len(self.header))]
        lines = [
            "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
            for row in (self.header, tuple("-" * width for width in widths), *self.rows)
        ]
        return "\n".join(
            [
                f"## {self.title}",
                "",
                f"Gate: {self.gate} – {verdict}",
                "",
                *lines,
                "",
                *([self.note, ""] if self.note else []),
            ]
        )
