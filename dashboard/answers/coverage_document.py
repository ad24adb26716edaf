"""The JSON document of `fairhearing coverage`. Owns its keys; the numbers are those of `coverage.py`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from analysis.coverage import (
    CoverageOrder,
    Session,
)
from dashboard.answers.coverage import MOST_TOGETHER, Coverage
from dashboard.answers.documents import document_head
from dashboard.answers.rows import rate_rows
from data.store import EvaluationInfo


def coverage_document(info: EvaluationInfo, answer: Coverage) -> dict[str, Any]:
    """The JSON document of `fairhearing coverage`; keys are a contract."""
    orders = {order.t: order for order in answer.orders}
    return {
        **document_head(info, answer.question.settings, answer.question.where),
        "system": answer.system,
        "metric": answer.cells.metric.id,
        "by": [one.name for one in answer.attributes],
        "label_sources": {one.name: one.label_source for one in answer.attributes},
        "t": {str(t): _order(orders.get(t)) for t in range(1, MOST_TOGETHER + 1)},
        "missing": list(answer.missing),
        "cells": [_cell(row) for row in rate_rows(answer.cells)],
        "speaker_variance": answer.speaker_variance,
        "next": [_session(session) for session in answer.sessions],
        "still_too_few": answer.still_too_few,
    }


def _order(order: CoverageOrder | None) -> dict[str, Any] | None:
    """Counts of one order; None where there are fewer attributes."""
    if order is None:
        return None
    plain = {"combinations": order.combinations, "covered": order.covered, "share": order.share}
    return {**plain, "missing": list(order.missing)}


def _cell(row: dict[str, Any]) -> dict[str, Any]:
    names = ("group", "n_speakers", "n_utterances", "n_words", "rate", "low", "high", "status", "reason")
    versus = row["versus"]
    return {
        **{name: row[name] for name in names},
        "detectable_ratio": versus["detectable_ratio"],
        "speakers_needed": versus["speakers_needed"],
    }


def _session(session: Session) -> dict[str, Any]:
    plain = asdict(session)
    return {
        "record": plain["profile"],
        "speakers": plain["speakers"],
        "conditions": list(plain["conditions"]),
        "untested": plain["untested"],
        "speakers_after": plain["speakers_after"],
        "half_width_before": plain["half_width_before"],
        "half_width_after": plain["half_width_after"],
    }
