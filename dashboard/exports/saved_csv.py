"""Saved subgroups, each against its comparator, as a CSV file in the form of every table of rates."""

from __future__ import annotations

from typing import Any

from analysis.judgement import RULE_LEVEL
from analysis.selection_words import attributes_named, to_sentence
from dashboard.answers.documents import plan_line
from dashboard.answers.families import settings_in_force
from dashboard.answers.mean_spans import span_keys
from dashboard.answers.rows import COUNT_KEYS, VERSUS_KEYS, rate_row
from dashboard.answers.saved_rates import NOT_DECLARED, SavedRates, SavedRow
from dashboard.answers.subgroup import SUBGROUP
from dashboard.exports.table_csv import rows_csv
from dashboard.wording_labels import label_sources, sources_of
from data.store import EvaluationInfo

_NUMBERS = ("rate", "low", "high", "speaker_mean", "utterance_mean", "shrunk")


def export_saved_csv(info: EvaluationInfo, answer: SavedRates) -> bytes:
    """A row for every saved subgroup; one without numbers has its reason. The same bytes from page and command."""
    rows = [_row(row) for row in answer.rows]
    named = [
        {"selection": _sentence(row), "note": row.one.saved.note, **span_keys(row.means)}
        for row in answer.rows
    ]
    return rows_csv(_head(info, answer), ["subgroup"], rows, named)


def _row(row: SavedRow) -> dict[str, Any]:
    group = {"subgroup": row.one.saved.name}
    if row.answer is None:
        nothing = dict.fromkeys((*_NUMBERS, *COUNT_KEYS))
        versus = dict.fromkeys(VERSUS_KEYS)
        return {
            **nothing,
            "group": group,
            "method": "none",
            "status": "",
            "reason": row.reason,
            "versus": versus,
        }
    found = rate_row(row.answer.table, SUBGROUP)
    versus = {**found["versus"], "comparator": row.answer.comparator}
    return {**found, "group": group, "versus": versus}


def _sentence(row: SavedRow) -> str:
    where = row.one.saved.selection
    return "" if where is None else to_sentence(where)


def _head(info: EvaluationInfo, answer: SavedRates) -> list[tuple[str, str]]:
    wheres = [row.one.saved.selection for row in answer.rows if row.answer is not None]
    named = {name for where in wheres if where is not None for name in attributes_named(where)}
    settings = settings_in_force(info)
    lines = [
        ("evaluation", info.name),
        ("build", info.build),
        ("system", answer.system),
        ("metric", answer.metric),
        ("normalizer", f"{info.normalizer['id']} {info.normalizer['version']}"),
        ("audience", answer.audience),
        ("level", f"{settings.level:g}"),
        ("level of ratios", f"{RULE_LEVEL:g}"),
        ("margin", f"{settings.margin_ratio:g}"),
        ("plan", plan_line(info)),
        ("family", f"{NOT_DECLARED}; {answer.family_size} questions"),
        ("labels", label_sources(sources_of(one for one in info.attributes if one.name in named))),
    ]
    return [*lines, ("notice", info.notice)] if info.notice else lines
