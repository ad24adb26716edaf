"""The caches of the Conditions tab: gaps with conditions held equal.

As `loading.py`: nothing is decided or computed here.
"""

from __future__ import annotations

from dashboard.answers import adjust, adjust_counts
from dashboard.answers.adjust import AdjustAnswer, AdjustQuestion
from dashboard.build_key import BuildKey, key_of
from dashboard.loading import EvaluationInfo
from dashboard.loading_kept import kept_in_turn
from data import store
from data.queries import Query


def adjust_of(info: EvaluationInfo, question: AdjustQuestion) -> AdjustAnswer:
    """Three gaps with conditions held equal."""
    return _adjust(key_of(info), question)


def adjust_query_of(info: EvaluationInfo, question: AdjustQuestion) -> Query:
    """The SQL behind them."""
    return adjust_counts.adjust_query(store.open_build(info.path), question)


@kept_in_turn
def _adjust(key: BuildKey, question: AdjustQuestion) -> AdjustAnswer:
    return adjust.adjust_for(store.open_build(key.path), question)
