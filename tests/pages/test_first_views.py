"""Pages of an evaluation that the server prepared: opened for the first time they work nothing out."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.metrics import METRICS
from dashboard import loading
from dashboard.answers import rates_counts
from dashboard.answers.overview import OverviewQuestion, overview, tables_behind
from dashboard.loading_first import likely_next, prepare_first_views
from dashboard.loading_kept import KEEPER, Keeper
from data import store
from tests.pages.made_up import make_evaluation

PAGES = ("start", "overview", "heatmap", "subgroup", "slices", "versions", "trust", "card")
OTHERS = ("one-group", "no-conditions", "guessed", "bare")
HOMES = ("full", "no-speakers", *(pytest.param(home, marks=pytest.mark.long) for home in OTHERS))


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> list[Hashable]:
    """Names of the questions that were worked out."""
    found: list[Hashable] = []
    put = Keeper._worked_out

    def noted(self: Keeper, key: Hashable, work_out: Callable[[], object]) -> bytes:
        found.append(key[:2] if isinstance(key, tuple) else key)
        return put(self, key, work_out)

    monkeypatch.setattr(Keeper, "_worked_out", noted)
    return found


@pytest.mark.pages
@pytest.mark.parametrize("home", HOMES)
def test_pages_of_a_prepared_evaluation_work_nothing_out(
    homes: Path,
    home: str,
    open_page: Callable[..., AppTest],
    worked_out: list[Hashable],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FAIRHEARING_HOME", str(homes / home))
    for info in loading.evaluations():
        prepare_first_views(info)
    assert worked_out, "nothing was prepared"
    worked_out.clear()
    for page in PAGES:
        open_page(page, home)
        assert worked_out == [], page


def test_preparing_puts_nothing_on_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_evaluation(tmp_path, "unseen", {"accent": ("North", "South")}, {"noise": ("clean", "babble")})
    monkeypatch.setenv("FAIRHEARING_HOME", str(tmp_path))
    KEEPER.forget()
    (info,) = loading.evaluations()
    prepare_first_views(info)
    for step in likely_next(info, info.systems[-1]):
        step()
    (info,) = loading.evaluations()
    assert info.record.results_opened is None
    KEEPER.forget()


def test_what_is_worked_out_ahead_is_all_that_the_other_metrics_add_up(
    homes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAIRHEARING_HOME", str(homes / "full"))
    info = loading.evaluation("full")
    build, system = store.open_build(info.path), info.systems[-1]
    metrics = [name for name in METRICS if name not in info.undefined_metrics]
    plain = [overview(build, OverviewQuestion(system, metric)) for metric in metrics]
    for step in likely_next(info, system):
        step()

    def added(*_: object) -> None:
        pytest.fail("It was to be added up already.")

    monkeypatch.setattr(rates_counts, "_added", added)
    again = [overview(build, OverviewQuestion(system, metric)) for metric in metrics]
    assert [one.overall.whole.statistics.rate for one in again] == [
        one.overall.whole.statistics.rate for one in plain
    ]
    assert len(tables_behind(info.attributes, OverviewQuestion(system))) == 6
