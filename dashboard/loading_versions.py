"""The caches of the Versions page: two systems compared, and the release gate.

As `loading.py`: nothing is decided or computed here.
"""

from __future__ import annotations

from dashboard.answers import compare, gate, versions
from dashboard.answers.compare import CompareAnswer, CompareQuestion
from dashboard.answers.gate import GateAnswer, GateQuestion
from dashboard.answers.versions import Versions, VersionsQuestion
from dashboard.build_key import BuildKey, key_of
from dashboard.loading import EvaluationInfo
from dashboard.loading_kept import kept
from data import store
from data.queries import Query


def versions_of(info: EvaluationInfo, question: VersionsQuestion) -> Versions:
    """Two systems in groups and combinations, and every system by itself."""
    return _versions(key_of(info), question)


def move_of(info: EvaluationInfo, question: CompareQuestion) -> CompareAnswer:
    """Two systems in the groups of one grouping, without the history of all systems."""
    return _move(key_of(info), question)


def gate_of(info: EvaluationInfo, question: GateQuestion) -> GateAnswer:
    """What the release gate says."""
    return _gate(key_of(info), question)


def comparison_query_of(info: EvaluationInfo, question: VersionsQuestion) -> Query:
    """The SQL behind a comparison of two systems."""
    return compare.compare_query(store.open_build(info.path), versions.compare_question(question))


@kept
def _versions(key: BuildKey, question: VersionsQuestion) -> Versions:
    return versions.versions(store.open_build(key.path), question)


@kept
def _move(key: BuildKey, question: CompareQuestion) -> CompareAnswer:
    return compare.compare(store.open_build(key.path), question)


@kept
def _gate(key: BuildKey, question: GateQuestion) -> GateAnswer:
    return gate.gate(store.open_build(key.path), question)
