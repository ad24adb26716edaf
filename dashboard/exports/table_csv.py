"""A table of rates as a CSV file: the same bytes from a page and from the command line.

Comment lines above the header say what the numbers are of, so that a file that was sent on
still says it. Cells that a spreadsheet would run as a formula are written as text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from analysis.judgement import RULE_LEVEL
from analysis.selection_words import to_sentence
from dashboard.answers.disagreement import DisagreementAnswer, disagreement_row
from dashboard.answers.documents import family_sentence, plan_line
from dashboard.answers.mean_spans import MeanSpans, span_keys
from dashboard.answers.rates import RatesAnswer
from dashboard.answers.rows import COUNT_KEYS, VERSUS_KEYS, rate_rows
from dashboard.wording_labels import label_sources, several_groups_sentence, sources_of
from dashboard.wording_mixes import mix_sentence
from data.store import EvaluationInfo

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_OWN_KEYS = (
    "rate",
    "low",
    "high",
    "method",
    *COUNT_KEYS,
    "speaker_mean",
    "utterance_mean",
    "shrunk",
    "status",
    "reason",
)
_SHARED_NAMES = {"low", "high", "reason"}


def export_rates_csv(
    info: EvaluationInfo,
    answer: RatesAnswer,
    twice: DisagreementAnswer | None = None,
    means: Sequence[MeanSpans] = (),
) -> bytes:
    """Every row of a table with all that JSON says of it, in UTF-8.

    Rates are fractions; an empty cell is undefined, and then a reason stands beside it. `means` are the intervals
    of both means by row, `twice` is how often two people differ, where some recordings were transcribed
    twice: columns at the end.
    """
    names = [attribute.name for attribute in answer.table.attributes]
    rows = rate_rows(answer.table)
    more: list[dict[str, Any]] = [span_keys(means[i]) if means else {} for i in range(len(rows))]
    for position, beside in enumerate(more if twice else ()):
        row = disagreement_row(twice.table, position) if twice else {}
        beside.update({f"disagreement_{key}": value for key, value in row.items()})
    return rows_csv(_head(info, answer), names, rows, more)


def rows_csv(
    head: list[tuple[str, str]],
    names: list[str],
    rows: list[dict[str, Any]],
    more: Sequence[dict[str, Any]] = (),
) -> bytes:
    """Rows as `rate_row` makes them, under comment lines; `names` are the keys of their groups.

    What no row has is no column. `more` holds further columns by name, one entry per row; none where it is empty.
    """
    versus = [f"versus_{key}" if key in _SHARED_NAMES else key for key in VERSUS_KEYS]
    own = [key for key in _OWN_KEYS if not rows or key in rows[0]]
    lines = []
    for row in rows:
        groups = ["not stated" if row["group"][name] is None else row["group"][name] for name in names]
        values = [*groups, *(row[key] for key in own), *(row["versus"][key] for key in VERSUS_KEYS)]
        lines.append(values)
    if more:
        lines = [[*line, *beside.values()] for line, beside in zip(lines, more, strict=True)]
    return csv_bytes(head, [*names, *own, *versus, *(more[0] if more else ())], lines)


def csv_bytes(head: list[tuple[str, str]], names: Sequence[str], lines: Sequence[Sequence[Any]]) -> bytes:
    """Any table under comment lines, in UTF-8; None is an empty cell."""
    text = io.StringIO()
    text.writelines(f"# {_one_line(key)}: {_one_line(value)}\n" for key, value in head)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([_safe(name) for name in names])
    writer.writerows([_safe(value) for value in line] for line in lines)
    return text.getvalue().encode("utf-8")


def _head(info: EvaluationInfo, answer: RatesAnswer) -> list[tuple[str, str]]:
    lines = [
        ("evaluation", info.name),
        ("build", info.build),
        ("system", answer.system),
        ("metric", answer.table.metric.id),
        ("normalizer", f"{info.normalizer['id']} {info.normalizer['version']}"),
        *(
            [("unit", "character: n_words counts characters")]
            if answer.table.metric.counted == "character"
            else []
        ),
        ("selection", to_sentence(answer.question.where)),
        ("comparator", answer.table.comparator.label),
        *([("conditions", said)] if (said := mix_sentence(answer.table, info.notice is not None)) else []),
        ("audience", answer.question.audience),
        ("level", f"{answer.question.level:g}"),
        ("level of ratios", f"{RULE_LEVEL:g}"),
        ("margin", f"{answer.table.settings.margin_ratio:g}"),
        ("plan", plan_line(info)),
        ("family", family_sentence(info, answer)),
        ("labels", label_sources(sources_of(answer.table.attributes))),
    ]
    if several := several_groups_sentence(answer.table.attributes):
        lines.append(("groups", several))
    return [*lines, ("notice", info.notice)] if info.notice else lines


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _safe(value: Any) -> Any:
    """A text that cannot be run: a spreadsheet takes what begins so for a formula. Numbers stay numbers."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value
