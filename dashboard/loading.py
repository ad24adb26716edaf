"""Thin wrappers of the answers, kept by build and question.

A build never changes, so an answer kept under (path, build, question) cannot be stale; `loading_kept.py` keeps them. Pages
get every number and every evaluation from here; nothing is decided or computed in this room.
"""

from __future__ import annotations

from analysis.selection import Selection
from analysis.words_items import Item
from dashboard.answers import (
    coverage,
    disagreement,
    doctor,
    grid,
    mean_spans,
    overview,
    rates,
    saved,
    sensitivity,
    subgroup,
    utterances,
    words,
    words_utterances,
)
from dashboard.answers.coverage import Coverage, CoverageQuestion
from dashboard.answers.disagreement import DisagreementAnswer
from dashboard.answers.grid import Grid, GridQuestion
from dashboard.answers.mean_spans import MeanSpans
from dashboard.answers.overview import Overview, OverviewQuestion
from dashboard.answers.rates import RatesAnswer, RatesQuestion
from dashboard.answers.sensitivity import Sensitivity
from dashboard.answers.subgroup import SubgroupAnswer, SubgroupQuestion
from dashboard.answers.utterances import EVERY_RECORDING, ListQuestion, UtterancesAnswer
from dashboard.answers.words import WordsAnswer, WordsQuestion
from dashboard.build_key import BuildKey, key_of
from dashboard.loading_kept import LARGE, is_kept, kept, kept_and_announced, kept_apart, kept_in_turn
from data import store
from data.doctor import DoctorFault
from data.errors import InputError
from data.queries import Query
from data.store import EvaluationInfo

__all__ = ["EvaluationInfo", "InputError"]


def evaluation_names() -> list[str]:
    """Evaluations on this machine. Not kept: one may be made while a page is open."""
    return store.evaluation_names(store.evaluations_home())


def evaluations() -> list[EvaluationInfo]:
    """The current build of every evaluation on this machine."""
    return store.list_evaluations(store.evaluations_home())


def unreadable_evaluations() -> dict[str, str]:
    """Evaluations on this machine that cannot be opened, each with the reason."""
    return store.unreadable_evaluations(store.evaluations_home())


def evaluation(wanted: str) -> EvaluationInfo:
    """The build meant by "name" or "name@build"; raises `InputError` that says what there is."""
    return store.find_evaluation(store.evaluations_home(), wanted)


def rates_of(info: EvaluationInfo, question: RatesQuestion) -> RatesAnswer:
    """Rates of a grouping."""
    return _rates(key_of(info), question)


def overview_of(info: EvaluationInfo, question: OverviewQuestion) -> Overview:
    """What the first page says of one system."""
    return _overview(key_of(info), question)


def grid_of(info: EvaluationInfo, question: GridQuestion) -> Grid:
    """Rates arranged in rows, columns and panels."""
    return _grid(key_of(info), question)


def subgroup_of(info: EvaluationInfo, question: SubgroupQuestion) -> SubgroupAnswer:
    """A subgroup against the others."""
    return _subgroup(key_of(info), question)


def mean_spans_of(info: EvaluationInfo, question: RatesQuestion) -> MeanSpans:
    """How sure the two means of everything selected are."""
    return _mean_spans(key_of(info), question)


def mean_spans_of_rows(info: EvaluationInfo, answer: RatesAnswer) -> list[MeanSpans]:
    """The same of every row of a table that somebody takes away; not kept."""
    return mean_spans.mean_spans_of_rows(store.open_build(info.path), answer)


def mean_spans_beside_of(info: EvaluationInfo, question: SubgroupQuestion) -> tuple[MeanSpans, MeanSpans]:
    """The same of a subgroup and of the others."""
    return _mean_spans_beside(key_of(info), question)


def subgroup_query_of(info: EvaluationInfo, question: SubgroupQuestion) -> Query:
    """The SQL behind a subgroup's comparison."""
    return subgroup.subgroup_query(store.open_build(info.path), question)


def utterances_of(
    info: EvaluationInfo,
    system: str,
    selection: Selection,
    limit: int = 10,
    offset: int = 0,
    asked: ListQuestion = EVERY_RECORDING,
    item: Item | None = None,
) -> UtterancesAnswer:
    """Recordings of a selection with aligned words, `limit` at a time; those with an item wrong where one is named."""
    if item is not None:
        return _utterances_with(key_of(info), system, selection, item, limit, offset, asked.group)
    return _utterances(key_of(info), system, selection, limit, offset, asked)


def words_of(info: EvaluationInfo, question: WordsQuestion) -> WordsAnswer:
    """Words and kinds of error behind a subgroup's excess."""
    return _words(key_of(info), question)


def words_query_of(info: EvaluationInfo, question: WordsQuestion) -> Query:
    """The SQL behind both sides of them."""
    return words.words_query(store.open_build(info.path), question)


def query_of(info: EvaluationInfo, question: RatesQuestion) -> Query:
    """The SQL behind a table of rates."""
    return rates.rates_query(store.open_build(info.path), question)


def doctor_of(info: EvaluationInfo) -> tuple[DoctorFault, ...]:
    """Every finding of the doctor about a build."""
    key = key_of(info, shows_results=False)
    return _doctor(key) if known_findings_of(info) is None else _doctor_that_looked(key)


def coverage_of(info: EvaluationInfo, question: CoverageQuestion) -> Coverage:
    """Which combinations were tested, and whom to record next."""
    return _coverage(key_of(info), question)


def sensitivity_of(info: EvaluationInfo, question: RatesQuestion) -> Sensitivity:
    """Rates under each normaliser; counts all texts again the first time."""
    answer = _sensitivity(key_of(info), question)
    saved.note_normalisers(info, [one.id for one in answer.under if not one.is_own])
    return answer


def known_sensitivity_of(info: EvaluationInfo, question: RatesQuestion) -> Sensitivity | None:
    """The same where somebody has asked for it already; None where texts would have to be counted."""
    key = key_of(info)
    return _sensitivity(key, question) if is_kept(_sensitivity, key, question) else None


def disagreement_beside(info: EvaluationInfo, question: RatesQuestion) -> DisagreementAnswer | None:
    """How often two people differ in the groups of a table of rates; None where nobody transcribed twice."""
    return _disagreement(key_of(info), question)


def known_findings_of(info: EvaluationInfo) -> tuple[DoctorFault, ...] | None:
    """What the doctor found, where that is known; it is not asked to look. Not kept: it may look meanwhile."""
    return doctor.known_findings(store.open_build(info.path))


def quick_doctor_of(info: EvaluationInfo) -> tuple[DoctorFault, ...] | None:
    """What the doctor found where that is known, as after every ingest, else what its cheap checks find.

    None where it is not known and the evaluation so large that even those take a while.
    """
    found = known_findings_of(info)
    if found is None and info.counts["utterances"] < LARGE:
        return _quick_doctor(key_of(info, shows_results=False))
    return found


@kept_and_announced
def _doctor_that_looked(key: BuildKey) -> tuple[DoctorFault, ...]:
    """What lies beside a large build, which is not worth a process; a small one is looked at again."""
    return doctor.doctor(store.open_build(key.path))


@kept
def _quick_doctor(key: BuildKey) -> tuple[DoctorFault, ...]:
    return doctor.quick_doctor(store.open_build(key.path))


@kept
def _coverage(key: BuildKey, question: CoverageQuestion) -> Coverage:
    return coverage.coverage(store.open_build(key.path), question)


@kept
def _disagreement(key: BuildKey, question: RatesQuestion) -> DisagreementAnswer | None:
    return disagreement.disagreement_beside(store.open_build(key.path), question)


@kept
def _rates(key: BuildKey, question: RatesQuestion) -> RatesAnswer:
    return rates.rates(store.open_build(key.path), question)


@kept
def _overview(key: BuildKey, question: OverviewQuestion) -> Overview:
    return overview.overview(store.open_build(key.path), question)


@kept
def _grid(key: BuildKey, question: GridQuestion) -> Grid:
    return grid.grid(store.open_build(key.path), question)


@kept
def _mean_spans(key: BuildKey, question: RatesQuestion) -> MeanSpans:
    return mean_spans.mean_spans(store.open_build(key.path), question)


@kept
def _mean_spans_beside(key: BuildKey, question: SubgroupQuestion) -> tuple[MeanSpans, MeanSpans]:
    return mean_spans.mean_spans_beside(store.open_build(key.path), question)


@kept
def _subgroup(key: BuildKey, question: SubgroupQuestion) -> SubgroupAnswer:
    return subgroup.subgroup(store.open_build(key.path), question)


@kept
def _utterances(
    key: BuildKey, system: str, selection: Selection, limit: int, offset: int, asked: ListQuestion
) -> UtterancesAnswer:
    return utterances.selected_utterances(store.open_build(key.path), system, selection, limit, offset, asked)


@kept_in_turn
def _utterances_with(
    key: BuildKey,
    system: str,
    selection: Selection,
    item: Item,
    limit: int,
    offset: int,
    group: tuple[str, str | None] | None,
) -> UtterancesAnswer:
    build = store.open_build(key.path)
    return words_utterances.utterances_with_item(build, system, selection, item, limit, offset, group)


_doctor = kept_apart(doctor.doctor)
_sensitivity = kept_apart(sensitivity.sensitivity)
_words = kept_apart(words.words)
