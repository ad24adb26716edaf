"""Who gets worse if we move from one system to another?

Both systems are compared on the utterances that both were scored on, speaker by speaker.
"Worse" means the second system is worse. The first may come from another build where the two
can be compared (`versions_comparable.py`). Draws nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from analysis.attributes import Attribute
from analysis.gap_changes import GapChanges, gap_changes, gap_changes_to_reference
from analysis.hidden_rows import with_groups_hidden
from analysis.intervals import pooled_design_effect
from analysis.metrics import DEFAULT_METRIC, Metric
from analysis.plan_families import Family
from analysis.rates import FEW, NOBODY, SHOWN
from analysis.roles import NOT_STATED_CODE, Comparator, strata
from analysis.selection import EVERYTHING, Selection
from analysis.settings import DEFAULTS, Settings
from analysis.speaker_counts import BoolArray, FloatArray, IntArray
from analysis.two_systems import PairedCounts, SystemComparison, compare_systems
from analysis.verdict_reasons import (
    EMPTY,
    FEW_SPEAKERS,
    NO_REASON,
    NOBODY_SELECTED,
    NOT_STATED,
    support_reason,
)
from dashboard.answers.choices import chosen_attributes, chosen_metric, chosen_recordings
from dashboard.answers.compare_counts import GroupedSums, overall_counts, overall_rate, totals_of
from dashboard.answers.compare_sides import both_systems, refuse_other_references
from dashboard.answers.families import Judged, judged_by, settled
from data.pair_counts import PairCounts
from data.queries import Query
from data.queries_paired import SharedUtterances, paired_counts, paired_query, shared_utterances
from data.store import Build


@dataclass(frozen=True)
class CompareQuestion:
    """What is asked; a frozen value, so that it can be a cache key."""

    first: str
    second: str
    by: tuple[str, ...] = ()
    where: Selection = EVERYTHING
    settings: Settings = DEFAULTS
    metric: str = DEFAULT_METRIC
    margin: float | None = None
    """Ratio the verdicts are given by, as a release gate asks; None: the plan's, else the settings'."""


@dataclass(frozen=True)
class CompareAnswer:
    """The second system against the first, over the full product of the groups; arrays by group."""

    question: CompareQuestion
    metric: Metric
    attributes: tuple[Attribute, ...]
    family: Family
    """Whether the plan declared this grouping."""
    codes: IntArray
    n_utterances: IntArray
    n_words: IntArray
    status: IntArray
    """Position in `analysis.rates.STATUSES`."""
    compared: SystemComparison
    whole: SystemComparison
    """The same for everything selected, as its only group."""
    whole_counts: tuple[int, int]
    """Utterances and words of everything selected."""
    design_effects: tuple[float, float]
    """Pooled over the groups of each system, hidden ones included; what intervals of small groups fall back on."""
    changes: FloatArray
    """Change of rate (second minus first) of every speaker selected who said a word, rising."""
    comparator: Comparator
    """Whom a group's gap is to: the plan's where it names one for this grouping, else by the roles."""
    gaps: GapChanges | None
    """Change of each group's gap to its comparator; None where nothing is grouped."""
    shared: SharedUtterances
    first_build: str
    """Build the first system's scores are of; that of the evaluation unless another one was given."""

    @property
    def settings(self) -> Settings:
        """Those the verdicts were given by: the plan's margin where the family is planned."""
        return self.question.settings

    def group(self, position: int) -> dict[str, str | None]:
        """Attribute to group name; None is not stated."""
        pairs = zip(self.attributes, self.codes[position].tolist(), strict=True)
        return {a.name: None if code == NOT_STATED_CODE else a.levels[code] for a, code in pairs}


def compare(build: Build, question: CompareQuestion, first_of: Build | None = None) -> CompareAnswer:
    """Compare two systems in every group; raises `QuestionError` or `SelectionError`.

    `first_of` is the build the first system is of; None: the same. The groups are always those of `build`.
    """
    question = settled(build, question)
    attributes = chosen_attributes(build, question.by)
    metric = chosen_metric(build, question.metric)
    chosen_recordings(build, question.where)
    info = build.info
    judged = judged_by(info, attributes, question.metric, question.where, None, question.settings)
    margin = judged.settings.margin_ratio if question.margin is None else question.margin
    question = replace(question, settings=replace(judged.settings, margin_ratio=margin))
    if first_of is not None:
        return _compared(build, question, attributes, metric, judged, first_of)
    # Two pages lead with the same comparison.
    return build.remembered(
        ("two systems", question, judged),
        lambda: _compared(build, question, attributes, metric, judged, None),
    )


def _compared(
    build: Build,
    question: CompareQuestion,
    attributes: tuple[Attribute, ...],
    metric: Metric,
    judged: Judged,
    first_of: Build | None,
) -> CompareAnswer:
    where = chosen_recordings(build, question.where)
    first, second = both_systems(build, question.first, question.second, first_of)
    chosen_metric(first_of or build, question.metric)
    kept = judged.family.kept
    # What the rows say does not depend on which of them are on screen.
    asked = chosen_recordings(build, judged.family.within)
    shared = shared_utterances(build.cursor(), first, second, asked)
    refuse_other_references(question.first, question.second, shared)
    pairs = paired_counts(build.cursor(), attributes, first, second, asked, metric)
    answer = _answer(question, metric, attributes, judged, pairs, shared)
    if kept is not None:
        selected = paired_counts(build.cursor(), (), first, second, where, metric)
        answer = _shown_only(answer, np.array(kept), overall_counts(selected, metric), selected)
        answer = replace(answer, shared=shared_utterances(build.cursor(), first, second, where))
    return replace(answer, first_build=(first_of or build).info.build)


def compare_query(build: Build, question: CompareQuestion) -> Query:
    """The SQL that gives the sums behind an answer within one build."""
    first, second = both_systems(build, question.first, question.second, None)
    attributes, metric = chosen_attributes(build, question.by), chosen_metric(build, question.metric)
    judged = judged_by(build.info, attributes, question.metric, question.where, None, question.settings)
    where = chosen_recordings(build, judged.family.within)
    return paired_query(attributes, first, second, where, metric)


def _answer(
    question: CompareQuestion,
    metric: Metric,
    attributes: tuple[Attribute, ...],
    judged: Judged,
    pairs: PairCounts,
    shared: SharedUtterances,
) -> CompareAnswer:
    settings = question.settings
    groups, overall = GroupedSums.of(attributes, pairs, metric), overall_counts(pairs, metric)
    counts, rate = groups.counts(), overall_rate(overall)
    empty = EMPTY if judged.family.within == EVERYTHING else NOBODY_SELECTED
    compared = compare_systems(counts, rate, _untestable(groups, counts, empty), settings)
    changes = overall.changes()
    whole = _everything(overall, empty, settings)
    return CompareAnswer(
        question=question,
        metric=metric,
        attributes=attributes,
        family=judged.family,
        codes=groups.codes,
        n_utterances=groups.total("n_utterances"),
        n_words=groups.total("n_words"),
        status=_statuses(compared, rate, settings),
        compared=compared,
        whole=whole,
        whole_counts=totals_of(pairs),
        design_effects=_design_effects(compared, whole, settings),
        changes=np.sort(changes[np.isfinite(changes)]),
        comparator=judged.comparator,
        gaps=_gaps(attributes, judged, groups, counts, compared, settings) if attributes else None,
        shared=shared,
        first_build="",
    )


def _untestable(groups: GroupedSums, counts: PairedCounts, empty: int) -> IntArray:
    """Why each group is not tested; `empty` is the reason where it has no words."""
    words = np.bincount(counts.group, counts.words, len(groups.codes))
    not_stated = (groups.codes == NOT_STATED_CODE).any(axis=1)
    return np.select([words <= 0, not_stated], [empty, NOT_STATED], NO_REASON).astype(np.int64)


def _gaps(
    attributes: tuple[Attribute, ...],
    judged: Judged,
    groups: GroupedSums,
    counts: PairedCounts,
    compared: SystemComparison,
    settings: Settings,
) -> GapChanges:
    """How each group's gap to whom it is compared with changes."""
    tested = np.isfinite(compared.judgement.p)
    pool, n_pools = strata(attributes, groups.codes, judged.comparator)
    if judged.comparator.kind == "reference":
        return gap_changes_to_reference(counts, pool, tested, settings)
    return gap_changes(counts, pool, n_pools, groups.pools(pool, n_pools), tested, settings)


def _shown_only(
    answer: CompareAnswer, kept: BoolArray, overall: PairedCounts, selected: PairCounts
) -> CompareAnswer:
    """Groups of which a filter shows some; everything selected is compared by itself."""
    gaps = answer.gaps
    if gaps is not None:
        gaps = GapChanges(**{name: np.where(kept, values, np.nan) for name, values in vars(gaps).items()})
    changes = overall.changes()
    return replace(
        answer,
        n_utterances=np.where(kept, answer.n_utterances, 0),
        n_words=np.where(kept, answer.n_words, 0),
        status=np.where(kept, answer.status, NOBODY),
        compared=with_groups_hidden(answer.compared, kept),
        whole=_everything(overall, NOBODY_SELECTED, answer.settings),
        whole_counts=totals_of(selected),
        changes=np.sort(changes[np.isfinite(changes)]),
        gaps=gaps,
    )


def _everything(overall: PairedCounts, empty: int, settings: Settings) -> SystemComparison:
    """Everything selected as one group; `empty` is the reason where that is nobody."""
    reason = NO_REASON if overall.words.sum() > 0 else empty
    return compare_systems(overall, overall_rate(overall), np.array([reason], np.int64), settings)


def _design_effects(
    compared: SystemComparison, whole: SystemComparison, settings: Settings
) -> tuple[float, float]:
    of_first, of_second = (
        pooled_design_effect(groups, float(everything.design_effect[0]), settings)
        for groups, everything in (
            (compared.statistics_a, whole.statistics_a),
            (compared.statistics_b, whole.statistics_b),
        )
    )
    return of_first, of_second


def _statuses(compared: SystemComparison, overall_rate: float, settings: Settings) -> IntArray:
    of_first = compared.statistics_a
    few = support_reason(
        of_first.n_speakers,
        of_first.effective_speakers,
        of_first.denominator,
        overall_rate,
        FEW_SPEAKERS,
        settings,
    )
    return np.select([of_first.denominator <= 0, few != NO_REASON], [NOBODY, FEW], SHOWN).astype(np.int64)
