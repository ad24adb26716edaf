"""Words and kinds of error as plain rows: the same keys in JSON, in CSV and on the page.

Owns the document of `fairhearing words`. Rates and excesses are errors for each reference
word, as fractions; None is undefined, and then `reason` says why.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from analysis.selection import to_json
from analysis.selection_words import to_sentence
from analysis.speaker_counts import IntArray
from analysis.words import MIN_ERRORS, MIN_SPEAKERS, STATUSES, WordExcess
from analysis.words_items import KINDS
from analysis.words_parts import PARTS
from dashboard.answers.documents import NOT_DECLARED, document_head
from dashboard.answers.rows import rate_row
from dashboard.answers.subgroup import SUBGROUP
from dashboard.answers.words import WordsAnswer
from dashboard.answers.words_kinds import KINDS_OF_ERROR, SideTotals
from dashboard.answers.words_sides import Aligned
from data.store import EvaluationInfo

REASONS = {
    "tested": None,
    "few errors": f"fewer than {MIN_ERRORS} errors on both sides together",
    "few speakers": f"fewer than {MIN_SPEAKERS} speakers erred on it, or said it on one of the sides",
    "display only": "the subgroup is part of what it is compared with, so nothing is tested",
}
WITHHELD = {
    "not allowed": (
        "The texts of this evaluation may not be shown, and so not its words. Whoever loads it decides that, with "
        "“Show texts” on the Data page or --show-text of “fairhearing ingest”."
    ),
    "no texts": "This evaluation holds counts and no texts, so there are no words to show.",
    "nobody": "There are no words on one side of the comparison, so there is no excess.",
}
ALL = "all"
FAMILY = f"all items of a kind that were looked at; {NOT_DECLARED}"


def words_document(info: EvaluationInfo, answer: WordsAnswer, kind: str, limit: int) -> dict[str, Any]:
    """The JSON document; `kind` is one of KINDS or "all", `limit` 0 means every row."""
    asked = answer.question
    return {
        **document_head(info, asked.settings, asked.where),
        "family": FAMILY,
        "system": answer.system,
        "metric": "wer",
        "normalizer": {key: info.normalizer[key] for key in ("id", "version", "sha256")},
        "level": asked.level,
        "comparator": answer.comparator,
        "comparator_selection": {
            "sentence": to_sentence(answer.sides.pool),
            "conditions": to_json(answer.sides.pool),
            "without_the_subgroup": not answer.sides.overlapping,
        },
        "sides": {"subgroup": _side(answer.own), "comparator": _side(answer.other)},
        "result": result_row(answer),
        "kinds": kind_rows(answer),
        "parts": part_rows(answer),
        "words": _about_words(answer, kind, limit),
        "rows": word_rows(answer, kind, limit),
    }


def result_row(answer: WordsAnswer) -> dict[str, Any] | None:
    """What is judged of the subgroup, as on the Result tab: keys of `versus` of every row; None where nothing is."""
    if answer.result is None:
        return None
    versus = rate_row(answer.result.table, SUBGROUP)["versus"]
    return {**versus, "comparator": answer.result.comparator, "same_mix_of": list(answer.result.mixed)}


NO_SPREAD = "too few speakers erred so to tell how much they differ"
"""Why an excess has no interval."""


def kind_rows(answer: WordsAnswer) -> list[dict[str, Any]]:
    """The whole excess as "all", then each kind of error; kinds add up to the whole exactly."""
    kinds, rows = answer.kinds, []
    names = (ALL, *KINDS_OF_ERROR) if answer.own.errors is not None else (ALL,)
    for i, name in enumerate(names):
        row: dict[str, Any] = {
            "kind": name,
            "errors": _errors(answer.own, name),
            "other_errors": _errors(answer.other, name),
        }
        values = ("rate", "other_rate", "excess", "low", "high", "share")
        row |= {key: number(getattr(kinds, key)[i]) for key in values}
        shown = None if row["low"] is None or row["high"] is None else row["low"] > 0 or row["high"] < 0
        # Neither side says more than the one with fewer speakers allows.
        status = answer.own.status if answer.own.status != "shown" else answer.other.status
        counts = {
            "n_speakers": answer.own.n_speakers,
            "n_utterances": answer.own.n_utterances,
            "n_words": answer.own.n_words,
        }
        row |= {"excludes_zero": shown, **counts, "status": status}
        rows.append({**row, "reason": NO_SPREAD if row["low"] is None else None})
    return rows


def part_rows(answer: WordsAnswer) -> list[dict[str, Any]]:
    """The excess of the aligned recordings by what it comes from; empty where there are no words."""
    if answer.words is None:
        return []
    parts, whole = answer.words.parts, answer.words.excess
    return [
        {
            "part": name,
            "excess": number(parts.excess[i]),
            "low": number(parts.low[i]),
            "high": number(parts.high[i]),
            "share": number(parts.excess[i] / whole) if answer.kinds.is_sure and whole > 0 else None,
        }
        for i, name in enumerate(PARTS)
    ]


def chosen_items(table: WordExcess, kind: str, limit: int) -> list[int]:
    """Positions of the rows that are shown, the largest excess first; `limit` 0 means all."""
    chosen = [i for i in range(len(table)) if kind in (ALL, KINDS[table.items.kind[i]])]
    return chosen[:limit] if limit else chosen


def word_rows(answer: WordsAnswer, kind: str, limit: int) -> list[dict[str, Any]]:
    """Rows of words, the largest excess first; empty where words are withheld."""
    if answer.words is None:
        return []
    table = answer.words.table
    return [_row(table, i) for i in chosen_items(table, kind, limit)]


def _row(table: WordExcess, i: int) -> dict[str, Any]:
    item, status = table.items[i], STATUSES[table.status[i]]
    said, other_said = table.said[i], table.other_said[i]
    errors, other_errors = int(table.errors[i]), int(table.other_errors[i])
    return {
        "kind": item.kind,
        "reference": item.reference,
        "hypothesis": item.hypothesis,
        "errors": errors,
        "other_errors": other_errors,
        "said": _count(said),
        "other_said": _count(other_said),
        "wrong_when_said": errors / said if said > 0 else None,
        "other_wrong_when_said": other_errors / other_said if other_said > 0 else None,
        "rate": number(table.rate[i]),
        "other_rate": number(table.other_rate[i]),
        "excess": number(table.excess[i]),
        "low": number(table.low[i]),
        "high": number(table.high[i]),
        "share": number(table.share[i]),
        "n_speakers": int(table.n_speakers[i]),
        "other_speakers": int(table.other_speakers[i]),
        "p": number(table.p[i]),
        "q": number(table.q[i]),
        "stands_out": bool(table.is_shown[i]),
        "status": status,
        "reason": REASONS[status],
    }


def _side(side: SideTotals) -> dict[str, Any]:
    return {
        "n_speakers": side.n_speakers,
        "n_utterances": side.n_utterances,
        "n_words": side.n_words,
        "errors": side.n_errors,
        "rate": side.n_errors / side.n_words if side.n_words else None,
        "low": side.low,
        "high": side.high,
        "status": side.status,
    }


def _errors(side: SideTotals, name: str) -> int:
    return side.n_errors if name == ALL or side.errors is None else side.errors[name]


def _about_words(answer: WordsAnswer, kind: str, limit: int) -> dict[str, Any]:
    found = answer.words
    if found is None:
        return {"status": answer.withheld, "reason": WITHHELD[str(answer.withheld)]}
    table = found.table
    shared_own, shared_other = found.parts.shared
    return {
        "status": "shown",
        "reason": None,
        "kind": kind,
        "limit": limit or None,
        "seen": _by_kind(table.n_seen),
        "looked_at": _by_kind(table.n_tested),
        "stand_out": _by_kind(np.bincount(table.items.kind[table.is_shown], minlength=len(KINDS))),
        "excess": number(found.excess),
        "aligned": {"subgroup": _aligned(found.own), "comparator": _aligned(found.other)},
        "seed": answer.question.seed,
        "said_by_both": {"subgroup": number(shared_own), "comparator": number(shared_other)},
    }


def _by_kind(counts: IntArray) -> dict[str, int]:
    return {name: int(count) for name, count in zip(KINDS, counts, strict=True)}


def _aligned(side: Aligned) -> dict[str, int]:
    names = ("n_speakers", "of_speakers", "n_utterances", "of_utterances")
    return {name: getattr(side, name) for name in names}


def number(value: float) -> float | None:
    """A float, or None where it is undefined or infinite."""
    return float(value) if math.isfinite(value) else None


def _count(value: float) -> int | None:
    return int(value) if math.isfinite(value) else None
