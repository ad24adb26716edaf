"""Words and kinds of error as a CSV file: the same bytes from the page and from the command line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.selection_words import to_sentence
from analysis.words_items import KINDS
from dashboard.answers.words import WordsAnswer
from dashboard.answers.words_document import FAMILY, kind_rows, part_rows, word_rows
from dashboard.exports.table_csv import csv_bytes
from dashboard.wording_labels import label_sources
from dashboard.wording_words_sides import result_sentence, side_text
from data.store import EvaluationInfo

_KEYS = (
    "kind",
    "reference",
    "hypothesis",
    "errors",
    "other_errors",
    "said",
    "other_said",
    "wrong_when_said",
    "other_wrong_when_said",
    "rate",
    "other_rate",
    "excess",
    "low",
    "high",
    "share",
    "n_speakers",
    "other_speakers",
    "p",
    "q",
    "stands_out",
    "status",
    "reason",
)
_KEYS_OF_KINDS = (
    "kind",
    "errors",
    "other_errors",
    "rate",
    "other_rate",
    "excess",
    "low",
    "high",
    "excludes_zero",
    "share",
    "n_speakers",
    "n_utterances",
    "n_words",
    "status",
    "reason",
)


def export_words_csv(info: EvaluationInfo, answer: WordsAnswer, kind: str, limit: int) -> bytes:
    """The rows of words that are shown; the rows of kinds where words are withheld. Rates are fractions."""
    withheld = answer.words is None
    rows = kind_rows(answer) if withheld else word_rows(answer, kind, limit)
    keys: Sequence[str] = _KEYS_OF_KINDS if withheld else _KEYS
    return csv_bytes(_head(info, answer), keys, [[row[key] for key in keys] for row in rows])


def _head(info: EvaluationInfo, answer: WordsAnswer) -> list[tuple[str, str]]:
    asked, found = answer.question, answer.words
    lines = [
        ("evaluation", info.name),
        ("build", info.build),
        ("system", answer.system),
        ("metric", "wer"),
        ("normalizer", f"{info.normalizer['id']} {info.normalizer['version']}"),
        ("selection", to_sentence(asked.where)),
        ("comparator", f"{answer.comparator}: {to_sentence(answer.sides.pool)}"),
        ("level", f"{asked.level:g}"),
        ("subgroup", side_text(answer.own)),
        ("others", side_text(answer.other)),
        ("result", result_sentence(answer, info.synthetic) or "not judged"),
        *(("excess", _written(row, "kind")) for row in kind_rows(answer)),
        *(("excess of the aligned recordings", _written(row, "part")) for row in part_rows(answer)),
    ]
    if found is not None:
        lines += [
            (
                "looked at",
                ", ".join(f"{n} {kind}s" for kind, n in zip(KINDS, found.table.n_tested, strict=True)),
            ),
            ("aligned utterances", f"{found.own.n_utterances} of {found.own.of_utterances}"),
            (
                "aligned utterances of the comparator",
                f"{found.other.n_utterances} of {found.other.of_utterances}",
            ),
        ]
    lines.append(("family", FAMILY))
    lines.append(("labels", label_sources(info.label_sources)))
    return [*lines, ("notice", info.notice)] if info.notice else lines


def _written(row: dict[str, Any], name: str) -> str:
    return f"{row[name]} {row['excess']} ({row['low']} to {row['high']})"
