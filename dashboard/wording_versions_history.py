"""Every system of an evaluation by itself: a sentence from the first to the last, and a line each.

Takes what was worked out and computes nothing. No system is put above another.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.answers.versions import SystemAlone
from dashboard.wording import interval_text, people, percent, ratio_text

WORDS_OF_HISTORY = ("System", "Status", "Largest gap shown")


def history_sentence(history: Sequence[SystemAlone]) -> str:
    """From the first system of the evaluation to the last: the overall rate, and how many groups are shown to be worse."""
    first, last = history[0], history[-1]
    said = f"overall rate {percent(first.rate)} → {percent(last.rate)}"
    if first.n_worse is not None and last.n_worse is not None:
        said += f"; groups shown to be worse than others {first.n_worse:,} → {last.n_worse:,}"
    return f"From {first.system}, the first here, to {last.system}, the last: {said}."


def history_lines(history: Sequence[SystemAlone], synthetic: bool) -> list[dict[str, object]]:
    """Every system as it is written in the table, without columns that have nothing to say of any."""
    nobody_judged = all(one.n_worse is None for one in history)
    silent = {"Groups worse, shown", "Largest gap shown"} if nobody_judged else set()
    lines = [_line(one, synthetic) for one in history]
    return [{name: text for name, text in line.items() if name not in silent} for line in lines]


def _line(entry: SystemAlone, synthetic: bool) -> dict[str, object]:
    gap = "none"
    if entry.largest is not None:
        group, ratio, low, high = entry.largest
        gap = f"{group}: {ratio_text(ratio, low, high)}"
    return {
        "System": entry.system,
        "Rate": percent(entry.rate),
        "Interval": interval_text(entry.low, entry.high),
        "Status": entry.status,
        "Groups worse, shown": entry.n_worse,
        "Largest gap shown": gap,
        people(synthetic).capitalize(): entry.n_speakers,
        "Utterances": entry.n_utterances,
    }


def history_note(synthetic: bool) -> str:
    """What stands under the history."""
    others = f"a gap is to the other {people(synthetic)}"
    return f"Every system of this evaluation by itself, in the order they stand in here; {others}."
