"""Comparisons of systems: what is said beside them, what two builds must share, and what the page arranges."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.metrics import METRICS
from analysis.plan import Plan
from analysis.selection import OneOf
from dashboard.answers.choices import QuestionError
from dashboard.answers.compare import CompareQuestion, compare
from dashboard.answers.compare_document import SEGMENTS_LABEL, compare_document
from dashboard.answers.compare_segments import compare_segments
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.answers.versions import VersionsQuestion, versions
from dashboard.answers.versions_comparable import comparability, systems_of_two_builds
from data.ingest import ingest
from data.ingest_options import IngestOptions
from data.plans import PlanRecord, StoredPlan
from data.store import Build, open_build
from tests.answers.made_up import made_up_build
from tests.answers.test_compare_adjust import two_system_frame


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return made_up_build(tmp_path_factory.mktemp("home"), two_system_frame())


def one_system(home: Path, system: str, frame: pd.DataFrame | None = None, **options: object) -> Build:
    """One of the two systems as an evaluation of its own."""
    frame = two_system_frame() if frame is None else frame
    other = {"old": "new", "new": "old"}[system]
    return made_up_build(home, frame.drop(columns=f"hypothesis_{other}"), **options)


def test_every_row_says_its_status_and_what_becomes_of_the_speakers(build: Build) -> None:
    document = compare_document(build.info, compare(build, CompareQuestion("old", "new", ("accent",))))
    rows = {row["group"]["accent"]: row for row in document["rows"]}
    assert rows["South"]["status"] == "shown"
    assert rows[None]["status"] in ("few speakers", "shown")
    assert 0 < rows["South"]["speakers_worse"] <= rows["South"]["n_speakers"]
    assert rows["South"]["worst_tenth"] >= rows["South"]["median_change"] >= rows["South"]["best_tenth"]
    assert document["overall"]["n_utterances"] == int(build.info.counts["utterances"])


def test_who_is_hurt_is_counted_by_hand(build: Build) -> None:
    answer = compare(build, CompareQuestion("old", "new"))
    assert len(answer.changes) == answer.whole.statistics_a.n_speakers[0]
    assert (answer.changes > 0).sum() == answer.whole.speakers.worse[0]
    assert (np.diff(answer.changes) >= 0).all()


@pytest.mark.parametrize("metric", [name for name in METRICS if name != "keyword-miss-rate"])
def test_every_metric_has_the_rates_of_the_table_of_rates(build: Build, metric: str) -> None:
    answer = compare(build, CompareQuestion("old", "new", ("accent",), metric=metric))
    for system, statistics in (("old", answer.compared.statistics_a), ("new", answer.compared.statistics_b)):
        table = rates(build, RatesQuestion(system, ("accent",), metric)).table
        np.testing.assert_allclose(statistics.rate, table.statistics.rate, rtol=1e-12)


def test_a_change_of_a_gap_is_the_ratio_of_the_gaps_of_both_systems(build: Build) -> None:
    answer = compare(build, CompareQuestion("old", "new", ("accent", "noise")))
    assert answer.gaps is not None
    first, second = (rates(build, RatesQuestion(name, ("accent", "noise"))).table for name in ("old", "new"))
    np.testing.assert_allclose(answer.gaps.before, first.judgement.ratio, rtol=1e-9)
    np.testing.assert_allclose(answer.gaps.factor, second.judgement.ratio / first.judgement.ratio, rtol=1e-9)


def planned(build: Build) -> Build:
    plan = Plan(groupings=(("accent",),), margin_ratio=1.6)
    again = open_build(build.path).read_again()
    again.info = replace(
        again.info, record=PlanRecord(StoredPlan(plan, plan.sha256, "2025-01-01T00:00:00Z", True))
    )
    return again


def test_a_verdict_of_a_declared_family_does_not_change_when_the_view_is_filtered(build: Build) -> None:
    question = CompareQuestion("old", "new", ("accent",))
    whole = compare_document(build.info, compare(planned(build), question))
    part = compare_document(
        build.info, compare(planned(build), replace(question, where=OneOf("accent", ("South",))))
    )
    rows = {row["group"]["accent"]: row for row in part["rows"]}
    assert rows["South"] == next(row for row in whole["rows"] if row["group"]["accent"] == "South")
    assert rows["North"]["status"] == "empty"
    assert part["overall"]["n_words"] == rows["South"]["n_words"]
    assert part["settings"]["margin_ratio"] == 1.6


# ------------------------------------------------------------------ two builds


def test_systems_of_two_builds_are_compared_like_those_of_one(build: Build, tmp_path: Path) -> None:
    old, new = one_system(tmp_path / "old", "old"), one_system(tmp_path / "new", "new")
    question = CompareQuestion(old.info.systems[0], new.info.systems[0], ("accent",))
    apart = compare(new, question, old)
    together = compare(build, CompareQuestion("old", "new", ("accent",)))
    np.testing.assert_allclose(apart.compared.judgement.ratio, together.compared.judgement.ratio)
    np.testing.assert_allclose(apart.compared.judgement.high, together.compared.judgement.high)
    assert apart.first_build == old.info.build
    assert comparability(old.info, new.info).standing == "badge"


def test_only_utterances_with_the_same_id_and_reference_count(tmp_path: Path) -> None:
    changed = two_system_frame()
    changed.loc[:9, "reference"] += " more"
    old = one_system(tmp_path / "old", "old", changed)
    new = one_system(tmp_path / "new", "new", two_system_frame().iloc[:200])
    answer = compare(new, CompareQuestion(old.info.systems[0], new.info.systems[0]), old)
    assert answer.shared.both == 190
    assert answer.shared.not_here == len(changed) - 190
    assert answer.shared.only_second == 10


def test_texts_under_another_normaliser_are_refused(tmp_path: Path) -> None:
    old = one_system(tmp_path / "old", "old", normalizer="none")
    new = one_system(tmp_path / "new", "new", normalizer="basic")
    assert comparability(old.info, new.info).standing == "refused"
    with pytest.raises(QuestionError, match="different measures") as refusal:
        compare(new, CompareQuestion(old.info.systems[0], new.info.systems[0]), old)
    assert "add-system" in str(refusal.value)


def test_no_utterance_in_common_is_refused(tmp_path: Path) -> None:
    frame = two_system_frame()
    old = one_system(tmp_path / "old", "old", frame.iloc[:200])
    new = one_system(tmp_path / "new", "new", frame.iloc[200:])
    with pytest.raises(QuestionError, match="no utterance in common"):
        compare(new, CompareQuestion(old.info.systems[0], new.info.systems[0]), old)


@pytest.mark.parametrize(
    ("change", "standing"),
    [
        ({}, "badge"),
        ({"aligner": {"id": "sclite", "version": "1"}}, "refused"),
        ({"normalizer": {"id": "basic", "version": "99", "sha256": "0"}}, "refused"),
        ({"has_text": False}, "refused"),
        ({"cluster_unit": "call"}, "refused"),
        ({"inputs": ()}, "badge"),
    ],
)
def test_what_two_builds_must_share(build: Build, change: dict[str, object], standing: str) -> None:
    other = replace(build.info, path=Path("/elsewhere.duckdb"), **change)  # type: ignore[arg-type]
    found = comparability(build.info, other)
    assert found.standing == standing
    assert all(reason.endswith(".") for reason in found.reasons)
    assert comparability(build.info, build.info).standing == "comparable"


def test_systems_of_two_builds_are_named_in_order(build: Build) -> None:
    assert systems_of_two_builds(build, build, "old,new") == ("old", "new")
    with pytest.raises(QuestionError, match="A one of old, new"):
        systems_of_two_builds(build, build, None)


# ------------------------------------------------------------------ the matched-pairs test


def test_mapsswe_is_labelled_and_counts_the_difference_of_errors(build: Build) -> None:
    question = CompareQuestion("old", "new")
    found = compare_segments(build, question)
    document = compare_document(build.info, compare(build, question), found)
    sums = [rates(build, RatesQuestion(name)).whole.statistics.numerator[0] for name in ("old", "new")]
    assert found.mean * found.n_segments == pytest.approx(sums[1] - sums[0])
    assert document["segments"]["label"] == SEGMENTS_LABEL
    assert document["segments"]["p"] == found.p
    assert "segments" not in compare_document(build.info, compare(build, question))


def test_mapsswe_needs_texts_and_word_errors(build: Build, tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match="counts word errors"):
        compare_segments(build, CompareQuestion("old", "new", metric="deletion-rate"))
    source = tmp_path / "counts.csv"
    lines = [f"s{k},North,{k % 7},{k % 5},40,40" for k in range(20)]
    source.write_text("speaker_id,accent,errors_a,errors_b,words_a,words_b\n" + "\n".join(lines), "utf-8")
    counts = open_build(ingest(IngestOptions("counts", (source,)), tmp_path / "home").path)
    with pytest.raises(QuestionError, match="counts alone"):
        compare_segments(counts, CompareQuestion("a", "b"))


# ------------------------------------------------------------------ what the page arranges


def test_each_cell_of_the_heatmap_is_the_comparison_of_its_group(build: Build) -> None:
    found = versions(build, VersionsQuestion("old", "new", "accent", "noise"))
    assert found.combinations is not None
    table = found.combinations.table
    answer = compare(build, CompareQuestion("old", "new", ("accent", "noise")))
    np.testing.assert_array_equal(table.judgement.ratio, answer.compared.judgement.ratio)
    np.testing.assert_array_equal(table.statistics.rate, answer.compared.statistics_b.rate)
    np.testing.assert_array_equal(table.contrast.rate, answer.compared.statistics_a.rate)
    assert table.comparator.value == "old"


def test_the_candidate_alone_stands_beside_it_against_its_own_comparator(build: Build) -> None:
    found = versions(build, VersionsQuestion("old", "new", "accent", "noise"))
    assert found.alone is not None
    table = rates(build, RatesQuestion("new", ("accent", "noise"))).table
    np.testing.assert_array_equal(found.alone.table.judgement.verdict, table.judgement.verdict)
    assert versions(build, VersionsQuestion("old", "new", "accent")).alone is None


def test_without_groups_none_is_counted_as_worse(build: Build) -> None:
    found = versions(build, VersionsQuestion("old", "new"))
    assert [one.n_worse for one in found.history] == [None] * len(build.info.systems)


def test_the_history_is_that_of_each_system_alone(build: Build) -> None:
    found = versions(build, VersionsQuestion("old", "new", "accent"))
    assert [one.system for one in found.history] == list(build.info.systems)
    for one in found.history:
        assert one.rate == rates(build, RatesQuestion(one.system)).whole.statistics.rate[0]
    [new] = [one for one in found.history if one.system == "new"]
    assert new.largest is not None
    assert new.largest[0] == "South"
