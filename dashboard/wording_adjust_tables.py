"""The tables of the Conditions tab, cell by cell: gaps three ways, spread over conditions, gaps within conditions.

Takes answers of `answers/adjust.py`; the sentences beside the tables are `wording_adjust.py`.
"""

from __future__ import annotations

import math

from analysis.gap_by_condition import MIN_SPEAKERS
from dashboard.answers.adjust import AdjustAnswer, ConditionGaps, ConditionSpread
from dashboard.answers.adjust_document import KINDS, gap_rows
from dashboard.wording import (
    NOT_STATED,
    attribute_label,
    interval_text,
    number,
    people,
    percent,
    ratio_text,
    status_text,
)
from dashboard.wording_adjust import ESTIMATES, points_text, row_name

GROUP, NOTE = "Recordings", "Note"
UTTERANCES = "Utterances"
FEW_HERE = "Never compared here: fewer than {n} {who} on a side."


def gap_lines(answer: AdjustAnswer, synthetic: bool) -> list[dict[str, str]]:
    """One line per group; a column for notes where a group has one."""
    lines = []
    for row in gap_rows(answer):
        (group,) = row["group"].values()
        gaps = {
            ESTIMATES[kind]: ratio_text(*(row[kind][k] for k in ("ratio", "low", "high"))) for kind in KINDS
        }
        counted = f"{answer.asked.metric.counted.capitalize()}s"
        lines.append(
            {
                GROUP: row_name(answer, group),
                **gaps,
                "Standardised over": percent(row["strata_present"], 0),
                people(synthetic).capitalize(): number(row["n_speakers"]),
                UTTERANCES: number(row["n_utterances"]),
                counted: number(row["n_words"]),
                NOTE: "" if row["status"] == "shown" else status_text(row["status"], synthetic),
            }
        )
    return _without_empty_notes(lines)


def _without_empty_notes(lines: list[dict[str, str]]) -> list[dict[str, str]]:
    """The lines without their column of notes where none has one."""
    if any(line[NOTE] for line in lines):
        return lines
    return [{key: text for key, text in line.items() if key != NOTE} for line in lines]


def spread_lines(answer: AdjustAnswer, one: ConditionSpread) -> list[dict[str, str]]:
    """Shares of each group's recordings by value of a condition that occurs; of a subgroup, it before the others."""
    counts, shares = one.spread.counts, one.spread.shares
    names = [*one.values, NOT_STATED]
    recorded = [v for v in range(len(names)) if counts[:, v].any()]
    order = range(len(answer.groups))
    if answer.question.attribute is None:
        order = range(len(answer.groups) - 1, -1, -1)
    return [
        {
            GROUP: row_name(answer, answer.groups[g]),
            # Two values may be called alike once "not stated" is one of them.
            **{_column(names, v): percent(float(shares[g, v]), 0) for v in recorded},
            UTTERANCES: number(int(counts[g].sum())),
        }
        for g in order
    ]


def _column(names: list[str], position: int) -> str:
    name, taken = names[position], (GROUP, UTTERANCES, *names[:position])
    return f"{name} (value)" if name in taken else name


def within_lines(one: ConditionGaps, synthetic: bool) -> list[dict[str, str]]:
    """One line per value of a condition that occurs: both rates, the gap on both scales, what stands behind them."""
    gaps, who = one.gaps, people(synthetic).capitalize()
    return [
        {
            value_head(one): value,
            "Rate": percent(float(gaps.rate[v])),
            "Interval": interval_text(float(gaps.rate_low[v]), float(gaps.rate_high[v])),
            "Others’ rate": percent(float(gaps.other_rate[v])),
            "Ratio": ratio_text(*_three(gaps.ratio[v], gaps.ratio_low[v], gaps.ratio_high[v])),
            "Difference": points_text(
                *_three(gaps.difference[v], gaps.difference_low[v], gaps.difference_high[v])
            ),
            who: number(int(gaps.n_speakers[v])),
            f"Other {who.lower()}": number(int(gaps.other_speakers[v])),
            UTTERANCES: number(int(one.n_utterances[v])),
            NOTE: FEW_HERE.format(who=who.lower(), n=MIN_SPEAKERS)
            if min(gaps.n_speakers[v], gaps.other_speakers[v]) < MIN_SPEAKERS
            else "",
        }
        for v, value in enumerate(one.values)
        if gaps.n_speakers[v] or gaps.other_speakers[v]
    ]


def value_head(one: ConditionGaps) -> str:
    """Head of the column of values: the condition, told apart from the columns of numbers."""
    label = attribute_label(one.attribute)
    return f"{label} (condition)" if label in _NUMBERS or label.startswith("Other ") else label


_NUMBERS = (
    "Rate",
    "Interval",
    "Others’ rate",
    "Ratio",
    "Difference",
    "Speakers",
    "Voices",
    UTTERANCES,
    NOTE,
)


def _three(*values: float) -> tuple[float | None, float | None, float | None]:
    first, second, third = (float(value) if math.isfinite(value) else None for value in values)
    return first, second, third
