"""Groupings and selections by an attribute of several labels, through the answers both front ends use."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.roles import ComparatorError
from analysis.selection import AllOf, Not, NotStated, OneOf, Selection
from dashboard.answers.adjust import AdjustQuestion, adjust_for
from dashboard.answers.choices import QuestionError
from dashboard.answers.compare import CompareQuestion, compare
from dashboard.answers.coverage import CoverageQuestion, coverage
from dashboard.answers.grid import GridQuestion, grid
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.answers.rows import rate_rows
from dashboard.answers.subgroup import REST, SUBGROUP, SubgroupQuestion, subgroup
from dashboard.answers.utterances import selected_utterances
from dashboard.commands.main import main
from data.store import Build
from tests.answers.made_up import brute_rate, brute_ratio, counted, made_up_build, made_up_frame

GROUPS = ["East", "North", "South"]


def several_frame() -> pd.DataFrame:
    """The made-up rows; every third speaker has a second accent, every fourth recording a second noise."""
    frame = made_up_frame(5, n_speakers=45)
    speaker = frame["speaker_id"].str[1:].astype(int)
    second = np.where(speaker % 3 == 0, "," + pd.Series(GROUPS)[(speaker // 3) % 3].to_numpy(), "")
    noise = np.where(frame.index % 4 == 0, frame["noise"] + ",babble", frame["noise"])
    return frame.assign(accent=frame["accent"] + second, noise=noise)


def two_systems() -> pd.DataFrame:
    frame = several_frame()
    worse = [" ".join(words.split()[:-1]) for words in frame["hypothesis"]]
    return frame.assign(hypothesis_new=worse).rename(columns={"hypothesis": "hypothesis_old"})


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    home = tmp_path_factory.mktemp("home")
    return made_up_build(home, two_systems(), multi={"accent": ",", "noise": ","}, show_text=True)


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return counted(several_frame())


def having(frame: pd.DataFrame, attribute: str, label: str | None) -> pd.Series:
    """Which recordings have a label, or none (None)."""
    labels = frame[attribute].str.split(",").map(lambda found: {one for one in found if one})
    return labels.map(lambda found: label in found if label else not found)


def test_rates_equal_loops_over_recordings(build: Build, frame: pd.DataFrame) -> None:
    table = rates(build, RatesQuestion("old", ("accent",))).table
    assert [table.group(i)["accent"] for i in range(len(table))] == [*GROUPS, None]
    for row in rate_rows(table):
        inside = having(frame, "accent", row["group"]["accent"])
        assert row["n_utterances"] == inside.sum()
        assert row["n_speakers"] == frame[inside & (frame["n_words"] > 0)]["speaker_id"].nunique()
        found = (row["rate"], row["low"], row["high"])
        assert found == pytest.approx(brute_rate(frame[inside]), rel=1e-9)
        if row["group"]["accent"]:
            versus = row["versus"]
            ratio = brute_ratio(frame[inside], frame[~inside])
            assert versus["ratio"] == pytest.approx(ratio[0], rel=1e-9)
            assert (versus["low"], versus["high"]) == pytest.approx(ratio[1:], rel=1e-6)


def test_peers_share_the_condition_and_lack_the_label(build: Build, frame: pd.DataFrame) -> None:
    table = rates(build, RatesQuestion("old", ("accent", "noise"))).table
    for row in rate_rows(table):
        accent, noise = row["group"]["accent"], row["group"]["noise"]
        if accent:
            pool = having(frame, "noise", noise)
            inside = pool & having(frame, "accent", accent)
            ratio = brute_ratio(frame[inside], frame[pool & ~inside])
            assert row["versus"]["ratio"] == pytest.approx(ratio[0], rel=1e-9)
            assert row["n_utterances"] == inside.sum()


def test_everybody_counts_once_overall(build: Build, frame: pd.DataFrame) -> None:
    answer = rates(build, RatesQuestion("old", ("accent", "noise")))
    overall = rate_rows(answer.whole)[0]
    assert overall["n_utterances"] == len(frame)
    assert overall["n_words"] == frame["n_words"].sum()
    assert overall == rate_rows(rates(build, RatesQuestion("old")).whole)[0]
    assert sum(row["n_utterances"] for row in rate_rows(answer.table)) > len(frame)


@pytest.mark.parametrize(
    ("where", "holds"),
    [
        (OneOf("accent", ("South",)), lambda f: having(f, "accent", "South")),
        (Not(OneOf("accent", ("South",))), lambda f: ~having(f, "accent", "South")),
        (NotStated("accent"), lambda f: having(f, "accent", None)),
        (
            OneOf("accent", ("East",), or_not_stated=True),
            lambda f: having(f, "accent", "East") | having(f, "accent", None),
        ),
        (
            AllOf((OneOf("accent", ("East",)), OneOf("accent", ("North",)))),
            lambda f: having(f, "accent", "East") & having(f, "accent", "North"),
        ),
        (Not(OneOf("accent", ("Nobody's",))), lambda f: f["n_words"] >= 0),
    ],
)
def test_a_selection_takes_whoever_has_the_label(
    build: Build, frame: pd.DataFrame, where: Selection, holds: object
) -> None:
    inside = holds(frame)  # type: ignore[operator]
    overall = rate_rows(rates(build, RatesQuestion("old", where=where)).whole)[0]
    assert (overall["n_utterances"], overall["n_words"]) == (inside.sum(), frame[inside]["n_words"].sum())
    assert selected_utterances(build, "old", where).n_utterances == inside.sum()


def test_a_subgroup_of_one_label_equals_that_row_of_the_grouping(build: Build) -> None:
    alone = subgroup(build, SubgroupQuestion(OneOf("accent", ("South",)), "old"))
    row = rate_rows(rates(build, RatesQuestion("old", ("accent",))).table)[GROUPS.index("South")]
    found = rate_rows(alone.table)[SUBGROUP]
    for key in ("rate", "low", "high", "n_speakers", "n_words"):
        assert found[key] == row[key]
    assert found["versus"]["ratio"] == row["versus"]["ratio"]
    rest = rate_rows(alone.table)[REST]["n_utterances"]
    assert found["n_utterances"] + rest == build.info.counts["utterances"]


def test_two_systems_are_compared_in_every_group_and_once_overall(build: Build, frame: pd.DataFrame) -> None:
    answer = compare(build, CompareQuestion("old", "new", ("accent",)))
    table = rate_rows(rates(build, RatesQuestion("old", ("accent",))).table)
    assert answer.n_words.tolist() == [row["n_words"] for row in table]
    assert answer.compared.statistics_a.rate.tolist() == [row["rate"] for row in table]
    assert answer.whole.statistics_a.denominator.tolist() == [frame["n_words"].sum()]


def test_a_gap_that_changes_is_that_to_whoever_lacks_the_label(build: Build, frame: pd.DataFrame) -> None:
    new = counted(several_frame().assign(hypothesis=two_systems()["hypothesis_new"]))
    gaps = compare(build, CompareQuestion("old", "new", ("accent",))).gaps
    assert gaps is not None
    for place, label in enumerate(GROUPS):
        inside = having(frame, "accent", label)
        factor = brute_ratio(new[inside], new[~inside])[0] / brute_ratio(frame[inside], frame[~inside])[0]
        assert gaps.factor[place] == pytest.approx(factor, rel=1e-9)


def test_coverage_counts_the_people_of_each_label(build: Build, frame: pd.DataFrame) -> None:
    answer = coverage(build, CoverageQuestion("old", ("accent", "noise")))
    assert answer.orders[0].combinations == len(GROUPS) + 2
    assert answer.orders[1].combinations == len(GROUPS) * 2
    few = {
        label
        for label in GROUPS
        if frame[having(frame, "accent", label)]["speaker_id"].nunique()
        < answer.question.settings.min_speakers
    }
    assert {one["accent"] for one in answer.orders[0].missing if "accent" in one} == few


def test_a_heatmap_has_a_row_for_every_label(build: Build) -> None:
    arranged = grid(build, GridQuestion("accent", "noise", system="old"))
    assert arranged.rows.groups == (*GROUPS, None)


@pytest.mark.parametrize("question", [("accent", ("device",)), ("device", ("noise",))])
def test_a_gap_with_others_held_equal_needs_groups_that_share_nobody(
    build: Build, question: tuple[str, tuple[str, ...]]
) -> None:
    with pytest.raises(QuestionError, match="its groups share recordings"):
        adjust_for(build, AdjustQuestion(*question, "old"))


def test_a_label_is_no_declared_reference(build: Build) -> None:
    with pytest.raises(ComparatorError, match="Use complement or peers"):
        rates(build, RatesQuestion("old", ("accent",), against="accent=South"))


def test_texts_are_shown_with_all_labels(build: Build) -> None:
    both = AllOf((OneOf("accent", ("East",)), OneOf("accent", ("South",))))
    shown = selected_utterances(build, "old", both, limit=3).shown
    assert {one.utterance.groups["accent"] for one in shown} == {"East + South"}


def test_a_table_says_once_that_speakers_may_count_in_several_groups(
    build: Build, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (
        ["rates", "--system", "old"],
        ["compare", "--systems", "old,new"],
        ["coverage", "--system", "old"],
    ):
        assert main([command[0], str(build.path), *command[1:], "--by", "accent,device"]) == 0
        assert capsys.readouterr().out.count("Speakers may count in several groups of accent") == 1
    assert main(["rates", str(build.path), "--system", "old", "--by", "device"]) == 0
    assert "several groups" not in capsys.readouterr().out


@pytest.mark.parametrize("by", ["accent,,noise", ",accent", "accent,"])
def test_an_empty_name_in_a_grouping_is_refused(
    build: Build, by: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rates", str(build.path), "--system", "old", "--by", by]) == 2
    assert "leaves the name of an attribute empty" in capsys.readouterr().err


def test_no_answer_hands_a_selection_to_a_query_as_it_was_asked() -> None:
    # What a reader selects is by labels and what a build holds is by sets; `chosen_recordings` is the one way between.
    folder = Path(__file__).parents[2] / "dashboard" / "answers"
    for module in folder.glob("*.py"):
        text = module.read_text(encoding="utf-8")
        assert not re.search(r"cursor\(\)[^\n]*question\.where", text), module.name
        assert "cursor()" not in text or "selection_check import check" not in text, module.name
