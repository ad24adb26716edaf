"""The JSON document of `fairhearing compare`; keys are a contract."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from analysis.intervals import Intervals, pooled_design_effect, rate_intervals
from analysis.judgement import VERDICTS
from analysis.rates import STATUSES
from analysis.segments import SegmentTest
from analysis.two_systems import SystemComparison
from dashboard.answers.compare import CompareAnswer
from dashboard.answers.compare_gaps import gap_comparator, gap_rows
from dashboard.answers.documents import document_head, exploratory_sentence, filter_document
from data.store import EvaluationInfo

SEGMENTS_LABEL = "MAPSSWE: utterances assumed independent"
"""Stands beside the test wherever it is printed: it is no verdict."""


def compare_document(
    info: EvaluationInfo,
    answer: CompareAnswer,
    segments: SegmentTest | None = None,
    beside: Sequence[str] = (),
) -> dict[str, Any]:
    """The second system against the first in every group; `worse` means the second is worse.

    `segments` adds the matched-pairs test of everything selected. `beside` is what has to be said where
    the systems are of two builds.
    """
    asked = answer.question
    document = {
        **document_head(info, answer.settings, asked.where),
        "family": family_sentence(info, answer),
        "a": asked.first,
        "b": asked.second,
        "a_build": answer.first_build,
        "metric": answer.metric.id,
        "normalizer": {key: info.normalizer[key] for key in ("id", "version", "sha256")},
        "by": [attribute.name for attribute in answer.attributes],
        "label_sources": {one.name: one.label_source for one in answer.attributes},
        "beside": list(beside),
        "correction": answer.compared.judgement.correction,
        **filter_document(answer.family),
        "utterances": vars(answer.shared),
        "overall": overall_row(answer),
        "rows": compare_rows(answer) if answer.attributes else [],
        "gap_comparator": gap_comparator(answer),
        "gap_changes": gap_rows(answer),
    }
    return document if segments is None else {**document, "segments": segments_row(segments)}


def family_sentence(info: EvaluationInfo, answer: CompareAnswer) -> str:
    """Whether the grouping was declared in advance, and when; else why the rows are exploratory."""
    if not answer.family.planned or info.plan is None:
        return exploratory_sentence(info, answer.family.why_not)
    names = " × ".join(attribute.name for attribute in answer.attributes)
    when = "before" if info.plan.before_results else "after"
    return f"planned: the groups by {names} were declared {when} results were first opened"


def overall_row(answer: CompareAnswer) -> dict[str, Any]:
    """Everything selected, in the form of every row."""
    status = "empty" if not answer.whole_counts[1] else "shown"
    own = own_intervals(answer, answer.whole)
    return {"group": {}, **_numbers(answer.whole, 0, answer, answer.whole_counts, status, own)}


def compare_rows(answer: CompareAnswer) -> list[dict[str, Any]]:
    """Every group, in the order of the full product."""
    own = own_intervals(answer, answer.compared)
    return [comparison_row(answer, i, own) for i in range(len(answer.codes))]


def comparison_row(answer: CompareAnswer, i: int, own: tuple[Intervals, Intervals]) -> dict[str, Any]:
    """One group: both rates, their ratio and difference, the tests, and how many people get worse.

    own: `own_intervals` of the groups.
    """
    counts = int(answer.n_utterances[i]), int(answer.n_words[i])
    status = STATUSES[int(answer.status[i])]
    return {"group": answer.group(i), **_numbers(answer.compared, i, answer, counts, status, own)}


def own_intervals(answer: CompareAnswer, compared: SystemComparison) -> tuple[Intervals, Intervals]:
    """Intervals of each system's own rates, as in its table of rates."""
    settings, bounded = answer.settings, answer.metric.bounded
    sides = compared.statistics_a, compared.statistics_b
    effects = (
        answer.design_effects
        if compared is answer.compared
        else tuple(pooled_design_effect(one, float(one.design_effect[0]), settings) for one in sides)
    )
    first, second = (
        rate_intervals(one, effect, settings.level, bounded, settings)
        for one, effect in zip(sides, effects, strict=True)
    )
    return first, second


def _numbers(
    compared: SystemComparison,
    i: int,
    answer: CompareAnswer,
    counts: tuple[int, int],
    status: str,
    own: tuple[Intervals, Intervals],
) -> dict[str, Any]:
    judged, first, second = compared.judgement, compared.statistics_a, compared.statistics_b
    people = compared.speakers
    needed = float(judged.speakers_needed[i])
    return {
        "rate_a": _number(first.rate[i]),
        "low_a": _number(own[0].low[i]),
        "high_a": _number(own[0].high[i]),
        "rate_b": _number(second.rate[i]),
        "low_b": _number(own[1].low[i]),
        "high_b": _number(own[1].high[i]),
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
        "status": status,
        "reason": judged.reason_text(i, answer.settings),
        "detectable_ratio": _number(judged.detectable_ratio[i]),
        "speakers_needed": int(needed) if math.isfinite(needed) else None,
        "n_speakers": int(first.n_speakers[i]),
        "effective_speakers": _number(first.effective_speakers[i]),
        "n_utterances": counts[0],
        "n_words": counts[1],
        "speakers_worse": int(people.worse[i]),
        "speakers_better": int(people.better[i]),
        "worst_tenth": _number(people.worst_tenth[i]),
        "median_change": _number(people.median[i]),
        "best_tenth": _number(people.best_tenth[i]),
    }


def segments_row(segments: SegmentTest) -> dict[str, Any]:
    """The matched-pairs test with the label that has to stand beside it."""
    return {
        "label": SEGMENTS_LABEL,
        "n_segments": segments.n_segments,
        "mean_difference": _number(segments.mean),
        "statistic": _number(segments.statistic),
        "p": _number(segments.p),
    }


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
