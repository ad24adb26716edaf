"""What is asked before a reader asks it: the first views of an evaluation, and what is likely next.

Used by `serving.py` and `loading_ahead.py`. The questions are those that the pages put, word for word: one that
differs would be worked out in vain. As `loading.py`, nothing is decided or computed here; it goes on no record.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator

from analysis.character_metrics import metrics_in
from analysis.metrics import DEFAULT_METRIC
from dashboard import loading, loading_card, loading_versions
from dashboard.answers.audience import PUBLIC
from dashboard.answers.compare import CompareQuestion, compare
from dashboard.answers.coverage import CoverageQuestion, coverage
from dashboard.answers.gate import GateQuestion
from dashboard.answers.grid import GridQuestion
from dashboard.answers.layouts import default_layout
from dashboard.answers.overview import OverviewQuestion, overview, tables_behind
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.answers.subgroup import SubgroupQuestion
from dashboard.answers.versions import VersionsQuestion
from dashboard.build_key import shown_to_nobody
from dashboard.loading import EvaluationInfo
from dashboard.state import View, usual_current, usual_system
from data import store
from data.connecting import UNREADABLE

Step = Callable[[], object]
_log = logging.getLogger(__name__)


def prepare_first_views(info: EvaluationInfo, *, with_texts: bool = True) -> None:
    """Work out what the pages ask when they are opened without a choice.

    with_texts: also what reads every text, which takes long of a large evaluation where the doctor has not looked.
    """
    with asked_by_nobody():
        with_texts = with_texts or loading.known_findings_of(info) is not None
    system = usual_system(info.systems)
    view = View(info, system, current=usual_current(info.systems, system))
    steps = [_overview, _heatmap, _subgroup, _versions, _trust]
    for step in [_doctor, *steps, _card] if with_texts else steps:
        with asked_by_nobody():
            step(view)


@contextlib.contextmanager
def asked_by_nobody() -> Iterator[None]:
    """For a step ahead of its reader: whatever goes wrong ends the step and nothing else.

    What a damaged build is refused for is said to whoever asks for it. What nobody expected is one line for the terminal.
    """
    with shown_to_nobody():
        try:
            yield
        except UNREADABLE:
            return
        except Exception as error:  # noqa: BLE001 - the thread has other steps to do
            _log.error("%s: %r", threading.current_thread().name, error)


def likely_next(info: EvaluationInfo, system: str) -> Iterator[Step]:
    """The first page for the public, of the other systems and by the other metrics, in steps of about a second at most."""
    build = store.open_build(info.path)
    current, layout = usual_current(info.systems, system), default_layout(info.attributes)
    yield lambda: overview(build, OverviewQuestion(system, audience=PUBLIC))
    for other in info.systems:
        yield lambda other=other: overview(build, OverviewQuestion(other))  # type: ignore[misc]
        yield lambda other=other: coverage(build, CoverageQuestion(other))  # type: ignore[misc]
    for metric in metrics_in(info.unit):
        if metric == DEFAULT_METRIC or metric in info.undefined_metrics:
            continue
        for table in tables_behind(info.attributes, OverviewQuestion(system, metric)):
            yield lambda table=table: rates(build, table)  # type: ignore[misc]
        if current is None:
            continue
        for by in dict.fromkeys((layout[:1], layout[:2])):
            moved = CompareQuestion(current, system, by, metric=metric)
            yield lambda moved=moved: compare(build, moved)  # type: ignore[misc]


def _doctor(view: View) -> None:
    if loading.known_findings_of(view.info) is None:
        loading.quick_doctor_of(view.info)
        loading.doctor_of(view.info)
    # What it found is known from now on, which is another question.
    loading.doctor_of(view.info)


def _overview(view: View) -> None:
    info, system = view.info, view.system
    answer = loading.overview_of(info, OverviewQuestion(system))
    by = tuple(one.name for one in answer.groups.table.attributes) if answer.groups else ()
    if view.current is not None:
        loading_versions.move_of(info, CompareQuestion(view.current, system, by))
    if by:
        loading_versions.gate_of(info, GateQuestion(system, by))
    if any(not one.derived for one in info.attributes):
        loading.coverage_of(info, CoverageQuestion(system, default_layout(info.attributes)))


def _heatmap(view: View) -> None:
    if view.info.attributes:
        rows, columns, panel = [*default_layout(view.info.attributes), None, None][:3]
        loading.grid_of(view.info, GridQuestion(str(rows), columns, panel, view.system))


def _subgroup(view: View) -> None:
    loading.subgroup_of(view.info, SubgroupQuestion(view.where, view.system))


def _versions(view: View) -> None:
    if view.current is None:
        return
    rows, columns = [*default_layout(view.info.attributes), None, None][:2]
    loading_versions.versions_of(view.info, VersionsQuestion(view.current, view.system, rows, columns))
    if rows is None:
        loading_versions.gate_of(view.info, GateQuestion(view.system, (), baseline=view.current))
        return
    for system in (view.system, view.current):
        loading_versions.gate_of(view.info, GateQuestion(system, (rows,)))


def _trust(view: View) -> None:
    loading.rates_of(view.info, RatesQuestion(view.system))
    loading.disagreement_beside(view.info, RatesQuestion(view.system))


def _card(view: View) -> None:
    loading_card.card_of(view.info, view.system, view.metric)
