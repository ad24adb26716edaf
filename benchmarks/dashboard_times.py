"""What readers waited for, by what they did, and the lines that say how long and whether it was asked for.

Used by `benchmarks/dashboard.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np


@dataclass
class Times:
    """Milliseconds by what was waited for."""

    by_name: dict[str, list[float]] = field(default_factory=dict)
    busy: list[float] = field(default_factory=list)
    """Processor milliseconds of the server, where one reader alone was there."""
    waiting: list[float] = field(default_factory=list)
    """Milliseconds that clicks had waited which were not answered when the time was up."""

    def add(self, name: str, milliseconds: float) -> None:
        """One more."""
        self.by_name.setdefault(name, []).append(milliseconds)

    def report(self, title: str, target_ms: float | None) -> None:
        """A line for each, and one for all with what was asked for."""
        print(f"\n{title}{'median':>{56 - len(title)}}{'95 %':>9}{'n':>5}")
        for name, values in self.by_name.items():
            print(f"  {name:44}{_two(values)}{len(values):5}{_mark(values, target_ms)}")
        every = [value for values in self.by_name.values() for value in values]
        if self.waiting:
            longest = max(self.waiting) / 1000
            print(
                f"  {len(self.waiting)} clicks were not answered when the time was up, one after {longest:,.0f} s"
            )
        if not every:
            print("  nothing was answered")
            return
        print(f"  {'all':44}{_two(every)}{len(every):5}{_verdict([*every, *self.waiting], target_ms)}")
        if self.busy:
            print(f"  {'of which the processor was busy':44}{_two(self.busy)}{len(self.busy):5}")


def _two(values: list[float]) -> str:
    return f"{np.median(values):10,.0f}{np.percentile(values, 95):9,.0f}"


def _mark(values: list[float], target_ms: float | None) -> str:
    return "" if target_ms is None or np.percentile(values, 95) < target_ms else "  over"


def _verdict(values: list[float], target_ms: float | None) -> str:
    if target_ms is None:
        return ""
    over = sum(value >= target_ms for value in values)
    met = "met" if not over else f"not met by {over} of {len(values)}"
    return f"  target < {target_ms:,.0f} ms: {met}"
