"""The only caches of the dashboard: thin wrappers of the answers, keyed by build and question.

A build never changes, so an answer kept under (path, build, question) cannot be stale. Pages
get every number and every evaluation from here; nothing is decided or computed in this room.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from analysis.card.content import Card
from analysis.selection import Selection
from dashboard.answers import (
    card,
    coverage,
    doctor,
    findings,
    grid,
    overview,
    preview,
    rates,
    subgroup,
    utterances,
)
from dashboard.answers.card import CardQuestion
from dashboard.answers.coverage import Coverage, CoverageQuestion
from dashboard.answers.findings import StoredFinding
from dashboard.answers.grid import Grid, GridQuestion
from dashboard.answers.overview import Overview, OverviewQuestion
from dashboard.answers.preview import Preview, PreviewQuestion
from dashboard.answers.rates import RatesAnswer, RatesQuestion
from dashboard.answers.subgroup import SubgroupAnswer, SubgroupQuestion
from dashboard.answers.utterances import UtterancesAnswer
from data import home, store, uploads, workspace
from data.doctor import DoctorFault
from data.errors import InputError
from data.queries import Query
from data.store import EvaluationInfo

__all__ = ["EvaluationInfo", "InputError"]

MOST_ANSWERS = 256


@dataclass(frozen=True)
class BuildKey:
    """What tells one build from every other, as the first half of a cache's key."""

    path: Path
    build: str


def _key(info: EvaluationInfo) -> BuildKey:
    return BuildKey(info.path, info.build)


def evaluation_names() -> list[str]:
    """Evaluations on this machine. Not kept: one may be made while a page is open."""
    return store.evaluation_names(store.evaluations_home())


def evaluations() -> list[EvaluationInfo]:
    """The current build of every evaluation on this machine."""
    return store.list_evaluations(store.evaluations_home())


def evaluation(wanted: str) -> EvaluationInfo:
    """The build meant by "name" or "name@build"; raises `InputError` that says what there is."""
    return store.find_evaluation(store.evaluations_home(), wanted)


def rates_of(info: EvaluationInfo, question: RatesQuestion) -> RatesAnswer:
    """Rates of a grouping."""
    return _rates(_key(info), question)


def overview_of(info: EvaluationInfo, question: OverviewQuestion) -> Overview:
    """What the first page says of one system."""
    return _overview(_key(info), question)


def grid_of(info: EvaluationInfo, question: GridQuestion) -> Grid:
    """Rates arranged in rows, columns and panels."""
    return _grid(_key(info), question)


def subgroup_of(info: EvaluationInfo, question: SubgroupQuestion) -> SubgroupAnswer:
    """A subgroup against the others."""
    return _subgroup(_key(info), question)


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
) -> UtterancesAnswer:
    """Recordings of a selection with aligned words, `limit` at a time."""
    return _utterances(_key(info), system, selection, limit, offset, order)


def keep_finding(info: EvaluationInfo, question: RatesQuestion, group: Mapping[str, str | None]) -> None:
    """Put one group of a table of rates on record for the card."""
    findings.add_finding(store.evaluations_home(), store.open_build(info.path), question, group)


def keep_subgroup(info: EvaluationInfo, question: SubgroupQuestion) -> None:
    """Put a subgroup on record for the card."""
    home, build = store.evaluations_home(), store.open_build(info.path)
    findings.add_subgroup_finding(
        home, build, question.where, question.system, question.metric, question.against
    )


def query_of(info: EvaluationInfo, question: RatesQuestion) -> Query:
    """The SQL behind a table of rates."""
    return rates.rates_query(store.open_build(info.path), question)


def card_of(info: EvaluationInfo, system: str, metric: str) -> Card:
    """The card of a system, with the findings that are open now."""
    question = CardQuestion(system, metric, store.evaluations_home())
    return _card(_key(info), question, tuple(one.id for one in findings_of(info, system)))


def findings_of(info: EvaluationInfo, system: str) -> list[StoredFinding]:
    """Open findings of a system. Not kept: others may write them at any time."""
    return findings.findings(store.evaluations_home(), info.name, system)


def withdraw_finding(finding_id: str, reason: str) -> None:
    """Take a finding out of the card."""
    findings.withdraw_finding(store.evaluations_home(), finding_id, reason)


def doctor_of(info: EvaluationInfo) -> tuple[DoctorFault, ...]:
    """Every finding of the doctor about a build."""
    return _doctor(_key(info))


def coverage_of(info: EvaluationInfo, question: CoverageQuestion) -> Coverage:
    """Which combinations were tested, and whom to record next."""
    return _coverage(_key(info), question)


def quick_doctor_of(info: EvaluationInfo) -> tuple[DoctorFault, ...]:
    """What the cheap checks find, for the moment after an ingest."""
    return doctor.quick_doctor(store.open_build(info.path))


def preview_of(question: PreviewQuestion) -> Preview:
    """What would be made of a file; raises `InputError`."""
    return _preview(question)


def evaluations_home() -> Path:
    """The folder of evaluations."""
    return store.evaluations_home()


def keep_upload(content: bytes) -> Path:
    """Put an upload where an ingest can read it; raises `InputError`."""
    return uploads.keep_upload(store.evaluations_home(), content)


def forget_upload(path: Path) -> None:
    """Delete an upload."""
    uploads.forget_upload(store.evaluations_home(), path)


def build_ids(name: str) -> list[str]:
    """Ids of the builds of an evaluation that are kept, newest first; none where there is no such evaluation."""
    folder = store.evaluations_home() / name
    return [path.stem for path in home.builds(folder)] if name in evaluation_names() else []


def remove_evaluation(name: str) -> None:
    """Delete an evaluation, its builds and findings; raises `InputError` when there is none of that name."""
    store.find_evaluation(store.evaluations_home(), home.checked_name(name))
    home.remove_evaluation(store.evaluations_home() / name)
    workspace.forget_evaluation(store.evaluations_home(), name)


@st.cache_data(max_entries=MOST_ANSWERS, show_spinner=False)
def _doctor(key: BuildKey) -> tuple[DoctorFault, ...]:
    return doctor.doctor(store.open_build(key.path))


@st.cache_data(max_entries=MOST_ANSWERS, show_spinner=False)
def _coverage(key: BuildKey, question: CoverageQuestion) -> Coverage:
    return coverage.coverage(store.open_build(key.path), question)


@st.cache_data(max_entries=16, show_spinner=False)
def _preview(question: PreviewQuestion) -> Preview:
    return preview.preview(question)


@st.cache_data(max_entries=MOST_ANSWERS, show_spinner=False)
def _card(key: BuildKey, question: CardQuestion, open_findings: tuple[str, ...]) -> Card:  # noqa: ARG001 - part of the key
    return card.card(store.open_build(key.path), question)


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
