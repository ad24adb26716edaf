"""A table of rates as plain rows: the same keys in JSON, CSV and card.

Owns the row contract that other programs rely on: rates are fractions, None is undefined
and then `reason` says why, `versus` is always an object.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from analysis.intervals import METHODS
from analysis.judgement import REASONS, VERDICTS
from analysis.rates import STATUSES, SUPPRESSED, RateTable
from analysis.verdict_reasons import NOT_SELECTED

VERSUS_KEYS = (
    "comparator",
    "share_present",
    "ratio",
    "low",
    "high",
    "difference",
    "difference_low",
    "difference_high",
    "p",
    "p_adjusted",
    "family",
    "family_size",
    "verdict",
    "detectable_ratio",
    "speakers_needed",
    "reason",
)
COUNT_KEYS = (
    "n_speakers",
    "effective_speakers",
    "n_utterances",
    "n_words",
    "errors",
    "substitutions",
    "deletions",
    "insertions",
    "empty_outputs",
)
"""None where a row is withheld: 0 would say that nobody was recorded."""


def rate_rows(table: RateTable) -> list[dict[str, Any]]:
    """Every row of a table of rates, in the table's order."""
    return [rate_row(table, position) for position in range(len(table))]


def selected_rows(table: RateTable) -> tuple[int, ...]:
    """Rows of a table that a filter on its own attributes does not hide, in their order."""
    return tuple(np.flatnonzero(table.judgement.reason != NOT_SELECTED).tolist())


def rate_row(table: RateTable, position: int) -> dict[str, Any]:
    """One row: group, rate with interval, counts, status with reason, and the comparison."""
    statistics, totals, i = table.statistics, table.totals, position
    n_words = int(totals["n_words"][i])
    row: dict[str, Any] = {
        "group": table.group(i),
        "rate": _number(statistics.rate[i]),
        "low": _number(table.intervals.low[i]),
        "high": _number(table.intervals.high[i]),
        "method": METHODS[int(table.intervals.method[i])],
        "n_speakers": int(statistics.n_speakers[i]),
        "effective_speakers": _number(statistics.effective_speakers[i]),
        "n_utterances": int(totals["n_utterances"][i]),
        "n_words": n_words,
        "errors": table.count("errors", i),
        "substitutions": table.count("substitutions", i),
        "deletions": table.count("deletions", i),
        "insertions": table.count("insertions", i),
        "empty_outputs": table.count("empty_outputs", i),
        "speaker_mean": _number(statistics.speaker_mean[i]),
        "utterance_mean": _number(table.utterance_mean[i]),
        "shrunk": _number(table.shrunken[i]),
        "status": STATUSES[int(table.status[i])],
        "reason": status_reason(table, i),
        "versus": _versus(table, i),
    }
    if table.status[i] == SUPPRESSED:
        row.update(dict.fromkeys(COUNT_KEYS))
    return row


def status_reason(table: RateTable, position: int) -> str | None:
    """Why a row is not simply shown; None where it is."""
    template = REASONS[int(table.status_reason[position])]
    return template.format(**table.settings.to_json()) if template else None


def _versus(table: RateTable, i: int) -> dict[str, Any]:
    judged = table.judgement
    return {
        "comparator": table.comparator.label,
        "share_present": _number(table.mix.share_present[i]) if table.mix else None,
        "ratio": _number(judged.ratio[i]),
        "low": _number(judged.low[i]),
        "high": _number(judged.high[i]),
        "difference": _number(judged.difference[i]),
        "difference_low": _number(judged.difference_low[i]),
        "difference_high": _number(judged.difference_high[i]),
        "p": _number(judged.p[i]),
        "p_adjusted": _number(judged.p_adjusted[i]),
        "family": family_kind(table),
        "family_size": judged.family_size,
        "verdict": VERDICTS[int(judged.verdict[i])],
        "detectable_ratio": _number(judged.detectable_ratio[i]),
        "speakers_needed": _whole_number(judged.speakers_needed[i]),
        "reason": judged.reason_text(i, table.settings),
    }


def family_kind(table: RateTable) -> str | None:
    """planned: declared in advance, whatever is on screen; exploratory: not; None where nothing is compared."""
    if not table.attributes:
        return None
    return "planned" if table.planned else "exploratory"


def _number(value: float) -> float | None:
    """A float, or None where it is undefined or infinite: JSON has neither."""
    return float(value) if math.isfinite(value) else None


def _whole_number(value: float) -> int | None:
    return int(value) if math.isfinite(value) else None
