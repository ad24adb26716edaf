"""How sure are the two means beside a pooled rate: of speakers, and of utterances?

Asked from the recordings, for a rate that somebody looks at closely and for a table that is taken away: what a
build stores has no room for it. The means stand in tables of rates already; nothing is compared by them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from analysis.group_product import places_in_product
from analysis.intervals import group_statistics
from analysis.mean_intervals import MeanInterval, speaker_mean_interval, utterance_mean_interval
from analysis.memberships import Memberships, memberships
from analysis.metrics import RATE_UNIT, Metric
from analysis.settings import Settings
from analysis.speaker_counts import SpeakerCounts
from dashboard.answers.audience import PUBLIC
from dashboard.answers.choices import chosen_metric, chosen_recordings, chosen_system
from dashboard.answers.families import settled
from dashboard.answers.rates import RatesAnswer, RatesQuestion
from dashboard.answers.subgroup import REST, SUBGROUP, SubgroupAnswer, SubgroupQuestion
from dashboard.answers.subgroup_comparators import comparison_pool
from data.pair_counts import PairCounts
from data.queries import membership_counts, pair_counts
from data.store import Build

Span = tuple[float, float]


@dataclass(frozen=True)
class MeanSpans:
    """Intervals of the means of one selection, as fractions; NaN where none can be given."""

    speakers: Span
    utterances: Span


_NO_SPAN = (math.nan, math.nan)
NO_SPANS = MeanSpans(_NO_SPAN, _NO_SPAN)
SPAN_KEYS = ("speaker_mean_low", "speaker_mean_high", "utterance_mean_low", "utterance_mean_high")


def mean_spans(build: Build, question: RatesQuestion) -> MeanSpans:
    """Of everything a question selects, whatever it groups by."""
    question = settled(build, question)
    system, metric = chosen_system(build, question.system), chosen_metric(build, question.metric)
    where = chosen_recordings(build, question.where)
    pairs = pair_counts(build.cursor(), (), system, where, metric=metric)
    spans = _spans(pairs, metric, question.level, question.settings)
    return _shown(spans, question.audience).get(0, NO_SPANS)


def mean_spans_of_whole(build: Build, answer: RatesAnswer) -> MeanSpans:
    """Of the only row that everything selected makes."""
    whole = answer.whole
    return _where_known(
        mean_spans(build, answer.question), whole.statistics.speaker_mean[0], whole.utterance_mean[0]
    )


def mean_spans_of_rows(build: Build, answer: RatesAnswer) -> list[MeanSpans]:
    """Of every row of a table, in its order; without a mean there is no interval."""
    question, table = answer.question, answer.table
    system = chosen_system(build, question.system)
    where = chosen_recordings(build, answer.family.within)
    pairs = pair_counts(build.cursor(), table.attributes, system, where, metric=table.metric)
    members = memberships(table.attributes, pairs.codes)
    found = _spans_by_group(pairs, table.metric, question.level, table.settings, members)
    place = places_in_product(table.attributes, members.codes).tolist()
    spans = _shown(dict(zip(place, found, strict=True)), question.audience)
    return [
        _where_known(spans.get(i, NO_SPANS), table.statistics.speaker_mean[i], table.utterance_mean[i])
        for i in range(len(table))
    ]


def _where_known(spans: MeanSpans, of_speakers: float, of_utterances: float) -> MeanSpans:
    return MeanSpans(
        spans.speakers if math.isfinite(of_speakers) else _NO_SPAN,
        spans.utterances if math.isfinite(of_utterances) else _NO_SPAN,
    )


def span_keys(spans: MeanSpans) -> dict[str, float | None]:
    """As columns of a file and keys of JSON; None where none can be given."""
    ends = (*spans.speakers, *spans.utterances)
    return {key: end if math.isfinite(end) else None for key, end in zip(SPAN_KEYS, ends, strict=True)}


def mean_spans_beside(build: Build, question: SubgroupQuestion) -> tuple[MeanSpans, MeanSpans]:
    """Of a subgroup, and of those it is compared with, as they were recorded."""
    question = settled(build, question)
    system, metric = chosen_system(build, question.system), chosen_metric(build, question.metric)
    _, pool = comparison_pool(question.where, build.info.attributes, question.against)
    inside, within = (chosen_recordings(build, one) for one in (question.where, pool))
    pairs = membership_counts(build.cursor(), system, inside, within, metric)
    found = _shown(_spans(pairs, metric, question.level, question.settings), question.audience)
    return found.get(SUBGROUP, NO_SPANS), found.get(REST, NO_SPANS)


def mean_spans_of_subgroup(build: Build, answer: SubgroupAnswer) -> MeanSpans:
    """Of the subgroup alone; without a mean there is no interval."""
    asked, table = answer.question, answer.table
    question = RatesQuestion(
        answer.system,
        (),
        asked.metric,
        asked.where,
        level=asked.level,
        settings=asked.settings,
        audience=asked.audience,
    )
    means = table.statistics.speaker_mean[SUBGROUP], table.utterance_mean[SUBGROUP]
    return _where_known(mean_spans(build, question), *means) if np.isfinite(means).any() else NO_SPANS


def _spans(pairs: PairCounts, metric: Metric, level: float, settings: Settings) -> dict[int, MeanSpans]:
    """By the code of the group; a grouping by nothing has the code 0."""
    found = _spans_by_group(pairs, metric, level, settings)
    codes = pairs.codes[:, 0].tolist() if pairs.codes.shape[1] else [0] * len(found)
    return dict(zip(codes, found, strict=True))


def _spans_by_group(
    pairs: PairCounts, metric: Metric, level: float, settings: Settings, members: Memberships | None = None
) -> list[MeanSpans]:
    n_groups, columns = len(pairs.codes), pairs.columns
    counts = metric.by_speaker(pairs.group, pairs.speaker, columns, n_groups)
    sums = np.asarray(columns["utterance_rates"], np.float64) * RATE_UNIT
    rated = SpeakerCounts.of(pairs.group, pairs.speaker, sums, columns["rated_utterances"], n_groups)
    if members is not None:
        counts, rated = members.counts(counts), members.counts(rated)
    speakers = speaker_mean_interval(counts, level, settings)
    utterances = utterance_mean_interval(rated, level, settings)
    # Of whom the rate has no interval the means have none: one rule for how few speakers are too few.
    enough = group_statistics(counts).effective_speakers >= settings.min_effective_for_interval
    return [
        MeanSpans(_span(speakers, i), _span(utterances, i)) if enough[i] else NO_SPANS
        for i in range(counts.n_groups)
    ]


def _span(found: MeanInterval, i: int) -> Span:
    return float(found.low[i]), float(found.high[i])


def _shown(spans: dict[int, MeanSpans], audience: str) -> dict[int, MeanSpans]:
    """For the public as coarse as every published number; what is withheld is shown with no mean at all."""
    if audience != PUBLIC:
        return spans

    def coarse(span: Span) -> Span:
        return float(f"{span[0]:.3g}"), float(f"{span[1]:.3g}")

    return {code: MeanSpans(coarse(one.speakers), coarse(one.utterances)) for code, one in spans.items()}
