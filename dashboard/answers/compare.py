"""Who gets worse if we move from one system to another?

Both systems are compared on the utterances that both were scored on, speaker by speaker.
"Worse" means the second system is worse. Draws nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.attributes import Attribute
from analysis.rates import full_product, places_in_product
from analysis.roles import NOT_STATED_CODE, default_comparator, strata
from analysis.selection import EVERYTHING, Selection
from analysis.selection_check import check
from analysis.settings import DEFAULTS, Settings
from analysis.speaker_counts import FloatArray, IntArray
from analysis.two_systems import GapChanges, PairedCounts, SystemComparison, compare_systems, gap_changes
from analysis.verdict_reasons import EMPTY, NO_REASON, NOT_STATED
from dashboard.answers.choices import QuestionError, chosen_attributes, chosen_system
from data.queries_paired import SharedUtterances, paired_counts, shared_utterances
from data.store import Build


@dataclass(frozen=True)
class CompareQuestion:
    """What is asked; a frozen value, so that it can be a cache key."""

    first: str
    second: str
    by: tuple[str, ...] = ()
    where: Selection = EVERYTHING
    settings: Settings = DEFAULTS


@dataclass(frozen=True)
class CompareAnswer:
    """The second system against the first, over the full product of the groups; arrays by group."""

    question: CompareQuestion
    attributes: tuple[Attribute, ...]
    codes: IntArray
    n_utterances: IntArray
    n_words: IntArray
    compared: SystemComparison
    whole: SystemComparison
    """The same for everything selected, as its only group."""
    gaps: GapChanges | None
    """Change of each group's gap to its comparator; None where nothing is grouped."""
    shared: SharedUtterances


def compare(build: Build, question: CompareQuestion) -> CompareAnswer:
    """Compare two systems of one build in every group; raises `QuestionError` or `SelectionError`."""
    first, second = chosen_system(build, question.first), chosen_system(build, question.second)
    if first == second:
        raise QuestionError(f"'{question.first}' is compared with itself. Name two systems: --systems A,B.")
    attributes = chosen_attributes(build, question.by)
    check(question.where, build.info.attributes)
    shared = shared_utterances(build.cursor(), first, second, question.where)
    if shared.other_references:
        raise QuestionError(
            f"{shared.other_references:,} of {shared.both:,} rows have other numbers of reference words for "
            f"{question.first} than for {question.second}: their references were not the same, so they cannot be "
            "compared word for word. See `fairhearing doctor`."
        )
    pairs = paired_counts(build.cursor(), attributes, first, second, question.where)
    codes = full_product(attributes)
    place = places_in_product(attributes, pairs.codes)
    counts = _paired(place[pairs.group], pairs.speaker, pairs.columns, len(codes))
    overall = _paired(np.zeros(len(pairs.speaker), np.int64), pairs.speaker, pairs.columns, 1)
    rate = float(overall.errors_a.sum() / overall.words.sum()) if overall.words.sum() else float("nan")
    words = np.bincount(counts.group, counts.words, len(codes))
    untestable = np.select(
        [words <= 0, (codes == NOT_STATED_CODE).any(axis=1)], [EMPTY, NOT_STATED], NO_REASON
    )
    pool, n_pools = strata(attributes, codes, default_comparator(attributes))
    return CompareAnswer(
        question=question,
        attributes=attributes,
        codes=codes,
        n_utterances=np.bincount(place[pairs.group], pairs.columns["n_utterances"], len(codes)).astype(
            np.int64
        ),
        n_words=words.astype(np.int64),
        compared=compare_systems(counts, rate, untestable.astype(np.int64), question.settings),
        whole=compare_systems(overall, rate, np.zeros(1, np.int64), question.settings),
        gaps=gap_changes(counts, pool, n_pools) if attributes else None,
        shared=shared,
    )


def _paired(group: IntArray, speaker: IntArray, columns: dict[str, IntArray], n_groups: int) -> PairedCounts:
    """Sums by group and speaker, sorted; a speaker of several recorded groups may meet again in one."""
    width = int(speaker.max()) + 1 if len(speaker) else 1
    key, position = np.unique(group * width + speaker, return_inverse=True)

    def total(name: str) -> FloatArray:
        return np.bincount(position, columns[name], len(key)).astype(np.float64)

    return PairedCounts(
        key // width, key % width, total("errors_a"), total("errors_b"), total("n_words"), n_groups
    )
