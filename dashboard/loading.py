"""The only caches of the dashboard: thin wrappers of the answers, keyed by build and question.

A build never changes, so an answer kept under (path, build, question) cannot be stale. Pages
get every number and every evaluation from here; nothing is decided or computed in this room.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from analysis.selection import Selection
from analysis.words_items import Item
from dashboard.answers import (
    coverage,
    disagreement,
    doctor,
    findings,
    grid,
    overview,
    rates,
    saved,
    sensitivity,
    subgroup,
    utterances,
    words,
    words_utterances,
)
from dashboard.answers.audience import INTERNAL
from dashboard.answers.coverage import Coverage, CoverageQuestion
from dashboard.answers.disagreement import DisagreementAnswer
from dashboard.answers.grid import Grid, GridQuestion
from dashboard.answers.overview import Overview, OverviewQuestion
from dashboard.answers.rates import RatesAnswer, RatesQuestion
from dashboard.answers.sensitivity import Sensitivity
from dashboard.answers.subgroup import SubgroupAnswer, SubgroupQuestion
from dashboard.answers.utterances import UtterancesAnswer
from dashboard.answers.words import WordsAnswer, WordsQuestion
from dashboard.build_key import BuildKey, key_of
from data import store
from data.doctor import DoctorFault
from data.errors import InputError
from data.queries import Query
from data.store import EvaluationInfo

__all__ = ["EvaluationInfo", "InputError"]

MOST_ANSWERS = 256


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


def subgroup_query_of(info: EvaluationInfo, question: SubgroupQuestion) -> Query:
    """The SQL behind a subgroup's comparison."""
    return subgroup.subgroup_query(store.open_build(info.path), question)


def utterances_of(
    info: EvaluationInfo,
    system: str,
    selection: Selection,
    limit: int = 10,
    offset: int = 0,
    order: str = "clips",
    item: Item | None = None,
) -> UtterancesAnswer:
    """Recordings of a selection with aligned words, `limit` at a time; those with an item wrong where one is named."""
    if item is not None:
        return _utterances_with(key_of(info), system, selection, item, limit, offset)
    return _utterances(key_of(info), system, selection, limit, offset, order)


def words_of(info: EvaluationInfo, question: WordsQuestion) -> WordsAnswer:
    """Words and kinds of error behind a subgroup's excess."""
    return _words(key_of(info), question)


def keep_finding(info: EvaluationInfo, question: RatesQuestion, group: Mapping[str, str | None]) -> None:
    """Put one group of a table of rates on record for the card, with its exact numbers whoever looks at them."""
    question = replace(question, audience=INTERNAL)
    findings.add_finding(store.evaluations_home(), store.open_build(info.path), question, group)


def keep_subgroup(info: EvaluationInfo, question: SubgroupQuestion) -> None:
    """Put a subgroup on record for the card."""
    home, build = store.evaluations_home(), store.open_build(info.path)
    findings.add_subgroup_finding(home, build, question)


def query_of(info: EvaluationInfo, question: RatesQuestion) -> Query:
    """The SQL behind a table of rates."""
    return rates.rates_query(store.open_build(info.path), question)


def doctor_of(info: EvaluationInfo) -> tuple[DoctorFault, ...]:
    """Every finding of the doctor about a build."""
    return _doctor(key_of(info, shows_results=False))


def coverage_of(info: EvaluationInfo, question: CoverageQuestion) -> Coverage:
    """Which combinations were tested, and whom to record next."""
    return _coverage(key_of(info), question)


def sensitivity_of(info: EvaluationInfo, question: RatesQuestion) -> Sensitivity:
    """Rates under each normaliser; counts all texts again the first time."""
    answer = _sensitivity(key_of(info), question)
    saved.note_normalisers(info, [one.id for one in answer.under if not one.is_own])
    return answer


def disagreement_beside(info: EvaluationInfo, question: RatesQuestion) -> DisagreementAnswer | None:
    """How often two people differ in the groups of a table of rates; None where nobody transcribed twice."""
    return _disagreement(key_of(info), question)


def quick_doctor_of(info: EvaluationInfo) -> tuple[DoctorFault, ...]:
    """What the cheap checks find, for the moment after an ingest."""
    return doctor.quick_doctor(store.open_build(info.path))


@st.cache_data(max_entries=MOST_ANSWERS, show_spinner=False)
def _doctor(key: BuildKey) -> tuple[DoctorFault, ...]:
    return doctor.doctor(store.open_build(key.path))


@st.cache_data(max_entries=MOST_ANSWERS, show_spinner=False)
def _coverage(key: BuildKey, question: CoverageQuestion) -> Coverage:
    return coverage.coverage(store.open_build(key.path), question)


@st.cache_data(max_entries=MOST_ANSWERS, show_spinner=False)
def _disagreement(key: BuildKey, question: RatesQuestion) -> DisagreementAnswer | None:
    return disagreement.disagreement_beside(store.open_build(key.path), question)


@st.cache_data(max_entries=16, show_spinner=False)
def _sensitivity(key: BuildKey, question: RatesQuestion) -> Sensitivity:
    return sensitivity.sensitivity(store.open_build(key.path), question)


@st.cache_data(max_entries=MOST_ANSWERS, show_spinner=False)
def _rates(key: BuildKey, question: RatesQuestion) -> RatesAnswer:
    return rates.rates(store.open_build(key.path), question)


@st.cache_data(max_entries=MOST_ANSWERS, show_spinner=False)
def _overview(key: BuildKey, question: OverviewQuestion) -> Overview:
    return overview.overview(store.open_build(key.path), question)


@st.cache_data(max_entries=MOST_ANSWERS, show_spinner=False)
def _grid(key: BuildKey, question: GridQuestion) -> Grid:
    return grid.grid(store.open_build(key.path), question)


@st.cache_data(max_entries=MOST_ANSWERS, show_spinner=False)
def _subgroup(key: BuildKey, question: SubgroupQuestion) -> SubgroupAnswer:
    return subgroup.subgroup(store.open_build(key.path), question)


@st.cache_data(max_entries=MOST_ANSWERS, show_spinner=False)
def _utterances(
    key: BuildKey, system: str, selection: Selection, limit: int, offset: int, order: str
) -> UtterancesAnswer:
    return utterances.selected_utterances(store.open_build(key.path), system, selection, limit, offset, order)


@st.cache_data(max_entries=MOST_ANSWERS, show_spinner=False)
def _utterances_with(
    key: BuildKey, system: str, selection: Selection, item: Item, limit: int, offset: int
) -> UtterancesAnswer:
    build = store.open_build(key.path)
    return words_utterances.utterances_with_item(build, system, selection, item, limit, offset)


@st.cache_data(max_entries=16, show_spinner=False)
def _words(key: BuildKey, question: WordsQuestion) -> WordsAnswer:
    return words.words(store.open_build(key.path), question)
