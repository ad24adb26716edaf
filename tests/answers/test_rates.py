"""One route to every number: stored and recorded results agree with each other and with plain loops."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from analysis.roles import ComparatorError
from analysis.selection import AnyOf, Between, OneOf, SelectionError
from dashboard.answers.choices import QuestionError
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.answers.rows import VERSUS_KEYS, rate_rows
from data.store import Build
from tests.answers.made_up import brute_rate, brute_ratio, counted, made_up_build, made_up_frame

CLOSE = {"rel": 1e-9, "abs": 1e-12}
GROUPINGS = [
    (),
    ("accent",),
    ("noise",),
    ("accent", "noise"),
    ("noise", "accent"),
    ("accent", "noise", "device"),
]


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return made_up_build(tmp_path_factory.mktemp("home"), made_up_frame(1))


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("by", GROUPINGS)
def test_rates_and_intervals_equal_a_brute_force_recomputation(
    tmp_path: Path, seed: int, by: tuple[str, ...]
) -> None:
    frame = made_up_frame(seed)
    rows, answer = counted(frame), rates(made_up_build(tmp_path, frame), RatesQuestion(by=by))
    compared = 0
    for row in rate_rows(answer.table):
        chosen = rows
        for name, group in row["group"].items():
            chosen = chosen[chosen[name] == ("" if group is None else group)]
        assert row["n_words"] == chosen["n_words"].sum()
        assert row["errors"] == chosen["errors"].sum()
        assert row["n_speakers"] == chosen["speaker_id"].nunique()
        if row["method"] == "log-jackknife":
            rate, low, high = brute_rate(chosen)
            assert (row["rate"], row["low"], row["high"]) == pytest.approx((rate, low, high), **CLOSE)
            compared += 1
    assert compared > 0


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_cell_is_compared_with_its_peers_in_the_same_conditions(tmp_path: Path, seed: int) -> None:
    frame = made_up_frame(seed)
    rows, answer = (
        counted(frame),
        rates(made_up_build(tmp_path, frame), RatesQuestion(by=("accent", "noise"))),
    )
    assert answer.table.comparator.kind == "peers"
    compared = 0
    for row in rate_rows(answer.table):
        accent, noise = row["group"]["accent"] or "", row["group"]["noise"]
        same = rows[rows["noise"] == noise]
        group, peers = same[same["accent"] == accent], same[same["accent"] != accent]
        versus = row["versus"]
        if versus["p"] is not None:
            assert (versus["ratio"], versus["low"], versus["high"]) == pytest.approx(
                brute_ratio(group, peers), **CLOSE
            )
            compared += 1
    assert compared > 0


@pytest.mark.parametrize("by", [("accent",), ("device",)])
def test_a_single_attribute_is_compared_with_everybody_else(build: Build, by: tuple[str, ...]) -> None:
    rows = counted(made_up_frame(1))
    for row in rate_rows(rates(build, RatesQuestion(by=by, against="complement")).table):
        mask = rows[by[0]] == (row["group"][by[0]] or "")
        if row["versus"]["p"] is not None:
            found = (row["versus"]["ratio"], row["versus"]["low"], row["versus"]["high"])
            assert found == pytest.approx(brute_ratio(rows[mask], rows[~mask]), **CLOSE)


@pytest.mark.parametrize("by", GROUPINGS)
def test_stored_results_equal_those_worked_out_from_the_recordings(build: Build, by: tuple[str, ...]) -> None:
    # A range that is no choice of groups, so that the recordings are read; it holds all of them.
    everyone = Between("words", -1, None)
    stored = rates(build, RatesQuestion(by=by))
    recorded = rates(build, RatesQuestion(by=by, where=everyone))
    assert stored.stored
    assert not recorded.stored
    for one, other in zip(rate_rows(stored.table), rate_rows(recorded.table), strict=True):
        assert one == other


def test_a_selection_equals_filtering_the_rows_first(build: Build) -> None:
    rows = counted(made_up_frame(1))
    answer = rates(build, RatesQuestion(by=("accent",), where=OneOf("noise", ("babble",))))
    rows = rows[rows["noise"] == "babble"]
    assert answer.whole.statistics.rate[0] == pytest.approx(
        rows["errors"].sum() / rows["n_words"].sum(), **CLOSE
    )
    for row in rate_rows(answer.table):
        chosen = rows[rows["accent"] == (row["group"]["accent"] or "")]
        assert row["n_utterances"] == len(chosen)


def test_the_order_of_the_grouping_changes_no_number(build: Build) -> None:
    one = rates(build, RatesQuestion(by=("accent", "device"))).table
    other = rates(build, RatesQuestion(by=("device", "accent"))).table
    for row in rate_rows(one):
        twin = rate_rows(other)[other.position(row["group"]) or 0]
        assert {**row, "group": None} == {**twin, "group": None}


def test_groups_nobody_was_recorded_in_are_listed_with_the_reason(tmp_path: Path) -> None:
    frame = made_up_frame(5)
    frame = frame[~((frame["accent"] == "North") & (frame["noise"] == "babble"))]
    answer = rates(made_up_build(tmp_path, frame), RatesQuestion(by=("accent", "noise")))
    [empty] = [r for r in rate_rows(answer.table) if r["group"] == {"accent": "North", "noise": "babble"}]
    assert empty["status"] == "empty"
    assert empty["rate"] is None
    assert empty["reason"] == "nobody was recorded"
    assert set(empty["versus"]) == set(VERSUS_KEYS)


def test_nobody_selected_gives_undefined_rates_and_no_error(build: Build) -> None:
    nobody = AnyOf((OneOf("noise", ("quiet",)),))
    answer = rates(build, RatesQuestion(where=OneOf("accent", ("North",), False), by=("accent",)))
    assert answer.whole.statistics.n_speakers[0] > 0
    from analysis.selection import AllOf

    none = rates(build, RatesQuestion(where=AllOf((nobody, OneOf("noise", ("babble",))))))
    [row] = rate_rows(none.whole)
    assert (row["rate"], row["status"], row["reason"]) == (None, "empty", "nobody was recorded")


def test_not_stated_is_a_row_but_never_judged(build: Build) -> None:
    answer = rates(build, RatesQuestion(by=("accent",)))
    [row] = [r for r in rate_rows(answer.table) if r["group"]["accent"] is None]
    assert row["rate"] is not None
    assert row["versus"]["verdict"] == "undecided"
    assert row["versus"]["reason"] == "not stated is shown but is not a group"
    tested = [r["group"]["accent"] for r in rate_rows(answer.table) if r["versus"]["p"] is not None]
    assert answer.table.judgement.family_size == len(tested) == 2
    assert None not in tested


def test_the_overall_rate_is_for_display_only(build: Build) -> None:
    for row in rate_rows(rates(build, RatesQuestion(by=("accent",), against="overall")).table):
        assert row["versus"]["p"] is None
        assert row["versus"]["verdict"] == "undecided"
    row = rate_rows(rates(build, RatesQuestion(by=("accent",), against="overall")).table)[0]
    assert row["versus"]["ratio"] is not None


def test_a_declared_reference_is_compared_in_the_same_conditions(build: Build) -> None:
    rows = counted(made_up_frame(1))
    answer = rates(build, RatesQuestion(by=("accent", "noise"), against="accent=North"))
    for row in rate_rows(answer.table):
        group = row["group"]
        if group["accent"] in ("South", "East") and row["versus"]["p"] is not None:
            same = rows[rows["noise"] == group["noise"]]
            expected = brute_ratio(same[same["accent"] == group["accent"]], same[same["accent"] == "North"])
            found = (row["versus"]["ratio"], row["versus"]["low"], row["versus"]["high"])
            assert found == pytest.approx(expected, **CLOSE)
        if group["accent"] == "North":
            assert row["versus"]["p"] is None


def test_other_metrics_are_ratios_of_their_own_sums(build: Build) -> None:
    rows = counted(made_up_frame(1))
    answer = rates(build, RatesQuestion(metric="sentence-error-rate"))
    assert answer.whole.statistics.rate[0] == pytest.approx(float(np.mean(rows["errors"] > 0)), **CLOSE)


@pytest.mark.parametrize(
    ("question", "error", "says"),
    [
        (RatesQuestion(by=("acent",)), QuestionError, "did you mean 'accent'"),
        (RatesQuestion(by=("accent", "accent")), QuestionError, "named twice"),
        (RatesQuestion(system="nobody"), QuestionError, "Known: hypothesis"),
        (RatesQuestion(by=("noise",), against="peers"), ComparatorError, "needs an attribute of the speaker"),
        (RatesQuestion(by=("accent",), against="accent=Nroth"), ComparatorError, "Did you mean 'North'"),
        (RatesQuestion(where=OneOf("accent", ("Nowhere",))), SelectionError, "Nowhere"),
    ],
)
def test_a_question_that_cannot_be_asked_says_what_can(
    build: Build, question: RatesQuestion, error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        rates(build, question)
