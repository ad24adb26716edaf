"""What the document of `compare` says of a gap: shown, why not, and what it would take."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from analysis.roles import Comparator
from analysis.settings import DEFAULTS
from dashboard.answers.compare_gaps import GAP_NEVER_SEEN, _gap_change, _gap_needs, _gap_reason

NAN, INF = math.nan, math.inf


def gap(**values: float) -> Any:
    known = {"p": 0.2, "p_adjusted": 0.4, "low": 0.8, "high": 1.4, "detectable": 1.6, "needed": 40.0}
    return SimpleNamespace(**{name: np.array([value]) for name, value in {**known, **values}.items()})


def answer(n_speakers: int, speakers_needed: float = 30.0) -> Any:
    compared = SimpleNamespace(
        statistics_a=SimpleNamespace(n_speakers=np.array([n_speakers])),
        judgement=SimpleNamespace(speakers_needed=np.array([speakers_needed])),
    )
    return SimpleNamespace(settings=DEFAULTS, compared=compared, comparator=Comparator("peers"))


@pytest.mark.parametrize(
    ("p_adjusted", "low", "high", "change"),
    [
        (0.01, 1.05, 1.5, "served worse"),
        (0.01, 0.5, 0.95, "served better"),
        (0.05, 1.05, 1.5, "served worse"),
        (0.06, 1.05, 1.5, "undecided"),
        (0.01, 0.99, 1.5, "undecided"),
        (0.01, 0.5, 1.0, "undecided"),
        (NAN, NAN, NAN, "undecided"),
    ],
)
def test_a_change_is_shown_by_the_adjusted_p_and_by_its_interval(
    p_adjusted: float, low: float, high: float, change: str
) -> None:
    assert _gap_change(gap(p_adjusted=p_adjusted, low=low, high=high), 0, 0.05) == change


@pytest.mark.parametrize(
    ("n_speakers", "p", "needed", "expected"),
    [
        (20, 0.2, 40.0, 40),
        (20, 0.2, INF, None),
        (20, 0.2, NAN, None),
        (4, NAN, 12.0, 12),
        (4, NAN, NAN, DEFAULTS.min_speakers),
        (4, NAN, INF, None),
        (20, NAN, NAN, None),
    ],
)
def test_what_it_would_take_is_a_number_only_where_it_is_known(
    n_speakers: int, p: float, needed: float, expected: int | None
) -> None:
    assert _gap_needs(answer(n_speakers), gap(p=p, needed=needed), 0) == expected


def test_more_speakers_are_not_asked_for_where_they_would_not_help() -> None:
    assert _gap_needs(answer(4, NAN), gap(p=NAN), 0) is None


def test_where_no_change_could_have_been_seen_it_is_said_without_a_number() -> None:
    assert _gap_reason(answer(20), gap(detectable=INF), 0) == GAP_NEVER_SEEN
    assert "inf" not in _gap_reason(answer(20), gap(detectable=INF, p=0.01), 0)
    assert "1.60×" in _gap_reason(answer(20), gap(), 0)
