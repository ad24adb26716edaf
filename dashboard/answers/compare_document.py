"""The JSON document of `fairhearing compare`; keys are a contract."""

from __future__ import annotations

import math
from typing import Any

from analysis.judgement import VERDICTS
from analysis.roles import NOT_STATED_CODE
from analysis.two_systems import SystemComparison
from dashboard.answers.compare import CompareAnswer
from dashboard.answers.documents import document_head
from data.store import EvaluationInfo


def compare_document(info: EvaluationInfo, answer: CompareAnswer) -> dict[str, Any]:
    """The second system against the first in every group; `worse` means the second is worse."""
    asked = answer.question
    return {
        **document_head(info, asked.settings, asked.where),
        "a": asked.first,
        "b": asked.second,
        "metric": "wer",
        "normalizer": {key: info.normalizer[key] for key in ("id", "version", "sha256")},
        "by": [attribute.name for attribute in answer.attributes],
        "utterances": vars(answer.shared),
        "overall": comparison_row(answer.whole, 0, {}, answer, whole=True),
        "rows": compare_rows(answer) if answer.attributes else [],
        "gap_changes": _gap_changes(answer),
    }


def compare_rows(answer: CompareAnswer) -> list[dict[str, Any]]:
    """Every group, in the order of the full product."""
    return [comparison_row(answer.compared, i, _group(answer, i), answer) for i in range(len(answer.codes))]


def comparison_row(
    compared: SystemComparison,
    i: int,
    group: dict[str, str | None],
    answer: CompareAnswer,
    whole: bool = False,
) -> dict[str, Any]:
    """One group: both rates, their ratio and difference, the tests, and how many people get worse."""
    judged, first, second = compared.judgement, compared.statistics_a, compared.statistics_b
    counts = answer.n_utterances, answer.n_words
    n_utterances, n_words = (int(values.sum() if whole else values[i]) for values in counts)
    return {
        "group": group,
        "rate_a": _number(first.rate[i]),
        "rate_b": _number(second.rate[i]),
        "difference": _number(judged.difference[i]),
        "difference_low": _number(judged.difference_low[i]),
        "difference_high": _number(judged.difference_high[i]),
        "ratio": _number(judged.ratio[i]),
        "low": _number(judged.low[i]),
        "high": _number(judged.high[i]),
        "p": _number(judged.p[i]),
        "p_adjusted": _number(judged.p_adjusted[i]),
        "p_sign_flip": _number(compared.flip_p[i]),
        "family_size": judged.family_size,
        "verdict": VERDICTS[int(judged.verdict[i])],
        "reason": judged.reason_text(i, answer.question.settings),
        "detectable_ratio": _number(judged.detectable_ratio[i]),
        "n_speakers": int(first.n_speakers[i]),
        "n_utterances": n_utterances,
        "n_words": n_words,
        "speakers_worse": int(compared.speakers_worse[i]),
        "speakers_better": int(compared.speakers_better[i]),
        "worst_tenth": _number(compared.worst_tenth[i]),
    }


def _gap_changes(answer: CompareAnswer) -> list[dict[str, Any]]:
    if answer.gaps is None:
        return []
    gaps = answer.gaps
    return [
        {
            "group": _group(answer, i),
            "factor": _number(gaps.factor[i]),
            "low": _number(gaps.low[i]),
            "high": _number(gaps.high[i]),
            "p": _number(gaps.p[i]),
        }
        for i in range(len(answer.codes))
    ]


def _group(answer: CompareAnswer, i: int) -> dict[str, str | None]:
    pairs = zip(answer.attributes, answer.codes[i].tolist(), strict=True)
    return {a.name: None if code == NOT_STATED_CODE else a.levels[code] for a, code in pairs}


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
