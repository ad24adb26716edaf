"""What tells one build from every other where answers are kept: its file, and what decides its verdicts.

Used by `loading*.py` alone. Making a key for an answer that shows results puts on record that
they were opened, unless nobody is shown it; it asks no question and keeps nothing.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.settings import Settings
from dashboard.answers.plan import note_results_opened
from data.plans import StoredPlan
from data.store import EvaluationInfo


@dataclass(frozen=True)
class BuildKey:
    """The first half of a cache's key; the question is the other."""

    path: Path
    build: str
    settings: Settings
    plan: StoredPlan | None
    """Settings and plan may change while a build does not."""


class _Thread(threading.local):
    is_shown = True


_thread = _Thread()


@contextlib.contextmanager
def shown_to_nobody() -> Iterator[None]:
    """What this thread asks for meanwhile is kept for whoever asks next, so nobody has opened any result yet."""
    _thread.is_shown = False
    try:
        yield
    finally:
        _thread.is_shown = True


def key_of(info: EvaluationInfo, *, shows_results: bool = True) -> BuildKey:
    """The key of a build as it is judged now."""
    if shows_results and _thread.is_shown:
        note_results_opened(info)
    return BuildKey(info.path, info.build, info.settings, info.plan)
