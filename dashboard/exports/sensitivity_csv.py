"""Rates under each normaliser as a CSV file: one line per group and normaliser, the same from page and command."""

from __future__ import annotations

from typing import Any

from analysis.selection_words import to_sentence
from dashboard.answers.documents import family_sentence, plan_line
from dashboard.answers.sensitivity import Sensitivity
from dashboard.answers.sensitivity_document import long_rows
from dashboard.exports.table_csv import rows_csv
from dashboard.wording_labels import label_sources, sources_of
from data.store import EvaluationInfo

_NORMALIZER, _CHANGE, _MOVES = "normalizer", "change", "moves"


def export_sensitivity_csv(info: EvaluationInfo, answer: Sensitivity) -> bytes:
    """Every group under every normaliser, with all that JSON says of it, in UTF-8.

    `change` is that of the ratio against the build's own normaliser, as a fraction; empty is undefined.
    """
    names = [one.name for one in answer.attributes]
    rows = [_row(row, names) for row in long_rows(answer)]
    return rows_csv(_head(info, answer), [*names, _NORMALIZER, _CHANGE, _MOVES], rows)


def _row(row: dict[str, Any], names: list[str]) -> dict[str, Any]:
    """The row with what there is one of per line beside its groups."""
    change = row.get("change")
    beside = {
        _NORMALIZER: row["normalizer"],
        _CHANGE: "" if change is None else change,
        _MOVES: str(row.get("moves", False)).lower(),
    }
    return {**row, "group": {**{name: row["group"][name] for name in names}, **beside}}


def _head(info: EvaluationInfo, answer: Sensitivity) -> list[tuple[str, str]]:
    table = answer.own.table
    lines = [
        ("evaluation", info.name),
        ("build", info.build),
        ("system", answer.system),
        ("metric", table.metric.id),
        ("normalizer", f"{answer.own.id} {answer.own.version}"),
        ("selection", to_sentence(answer.question.where)),
        ("comparator", table.comparator.label),
        ("level", f"{answer.question.level:g}"),
        ("margin", f"{table.settings.margin_ratio:g}"),
        ("limit", f"{table.settings.sensitivity_limit:g}"),
        ("plan", plan_line(info)),
        ("family", family_sentence(info, answer.own.answer)),
        ("labels", label_sources(sources_of(answer.attributes))),
        *(("warning", one.damage) for one in answer.under if one.damage),
    ]
    return [*lines, ("notice", info.notice)] if info.notice else lines
