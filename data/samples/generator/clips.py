"""The clips: which utterances can be heard in the product, and their encoding.

Owns the choice and the Ogg Opus files. A clip is spoken again from the utterance's number, so no audio is
kept during the run. It does not decide what is published in the table.
"""

from __future__ import annotations

import itertools
from collections import Counter
from pathlib import Path

import pandas as pd
import soundfile

from generator import channel, design, difficulty, recognise, voices

WANTED = 64
WORST_CELLS = 20
CELL = ["accent", "noise", "device"]

Cell = tuple[str, str, str]


def chosen(rows: pd.DataFrame) -> list[int]:
    """Numbers of the utterances to hear: the worst cells of both systems, then the rest of the grid evenly."""
    scored = difficulty.scored(rows)
    cells = _worst_cells(scored)
    while len(cells) < WANTED:
        cells.append(_least_heard(cells))
    picked: list[int] = []
    by_cell = dict(tuple(scored.groupby(CELL)))
    for cell in cells:
        picked.append(_typical(by_cell[cell], picked))
    return sorted(picked)


def write(numbers: list[int], folder: Path) -> dict[int, str]:
    """Encode these utterances in the folder, in place of the clips that were there; path by number, relative to the table."""
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.ogg"):
        old.unlink()
    names = {}
    for number in numbers:
        planned = design.utterance(number)
        heard, _ = design.audio(planned)
        # Paths in an evaluation are relative to the folder of its table.
        names[number] = f"{folder.name}/{planned.utterance_id}.ogg"
        soundfile.write(
            folder.parent / names[number], heard, voices.SAMPLE_RATE_HZ, format="OGG", subtype="OPUS"
        )
    return names


def _worst_cells(scored: pd.DataFrame) -> list[Cell]:
    sums = scored.groupby(CELL)[["words", *(f"errors_{system}" for system in recognise.SYSTEMS)]].sum()
    worst = [
        cell
        for system in recognise.SYSTEMS
        for cell in (sums[f"errors_{system}"] / sums["words"]).nlargest(WORST_CELLS).index
    ]
    return list(dict.fromkeys(worst))


def _least_heard(cells: list[Cell]) -> Cell:
    """The next cell: a condition without a clip first, then the accent, noise and device with the fewest."""
    heard = Counter(name for cell in cells for name in cell)
    conditions = Counter((noise, device) for _, noise, device in cells)
    labels = [accent.label for accent in voices.ACCENTS]
    free = set(itertools.product(labels, channel.NOISES, channel.DEVICES)) - set(cells)

    def order(cell: Cell) -> tuple[object, ...]:
        accent, noise, device = cell
        in_condition = conditions[noise, device]
        return in_condition > 0, heard[accent], heard[noise] + heard[device], in_condition, cell

    return min(free, key=order)


def _typical(rows: pd.DataFrame, picked: list[int]) -> int:
    """The utterance nearest to its cell's rate, of a voice that is not heard yet where there is one."""
    errors = rows[[f"errors_{system}" for system in recognise.SYSTEMS]].sum(axis=1)
    distance = (errors / rows["words"] - errors.sum() / rows["words"].sum()).abs()
    heard = {number // design.PER_NUMBER for number in picked}
    known_voice = (rows["number"] // design.PER_NUMBER).isin(heard)
    order = pd.DataFrame(
        {"distance": (distance * 10).round(), "known": known_voice, "number": rows["number"]}
    )
    return int(order.sort_values(["distance", "known", "number"])["number"].iloc[0])
