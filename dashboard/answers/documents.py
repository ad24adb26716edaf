"""What every document says about itself: evaluation, build, settings, audience, selection, notice.

Owns the head that JSON documents, CSV files and cards share, so that a number never
travels without saying what it was worked out from.
"""

from __future__ import annotations

from typing import Any

from analysis.selection import Selection, to_json
from analysis.selection_words import to_sentence
from analysis.settings import Settings
from dashboard.answers.rates import RatesAnswer
from dashboard.answers.rows import rate_row, rate_rows
from data.store import EvaluationInfo

FAMILY = "the rows asked for; exploratory: not declared in advance"


def document_head(info: EvaluationInfo, settings: Settings, selection: Selection) -> dict[str, Any]:
    """The keys every document begins with. `notice` is None where the voices are people's."""
    return {
        "evaluation": info.name,
        "build": info.build,
        "settings": settings.to_json(),
        "audience": "internal",
        "selection": {"sentence": to_sentence(selection), "conditions": to_json(selection)},
        "notice": info.notice,
        "family": FAMILY,
        "label_sources": {a.name: a.label_source for a in info.attributes},
    }


def rates_document(info: EvaluationInfo, answer: RatesAnswer) -> dict[str, Any]:
    """The JSON document of `fairhearing rates`; keys are a contract."""
    table = answer.table
    normalizer = {key: info.normalizer[key] for key in ("id", "version", "sha256")}
    return {
        **document_head(info, answer.question.settings, answer.question.where),
        "system": answer.system,
        "metric": table.metric.id,
        "normalizer": normalizer,
        "by": [attribute.name for attribute in table.attributes],
        "label_sources": {a.name: a.label_source for a in table.attributes},
        "level": answer.question.level,
        "comparator": table.comparator.label,
        "correction": table.judgement.correction,
        "overall": rate_row(answer.whole, 0),
        "rows": rate_rows(table) if table.attributes else [],
    }
