"""Two systems of one build, and gaps with conditions held equal, through the answers both front ends use."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.selection import AllOf, OneOf
from dashboard.answers.adjust import AdjustQuestion, adjust_for, held_equal_by_default
from dashboard.answers.adjust_document import adjust_document
from dashboard.answers.choices import QuestionError, two_systems
from dashboard.answers.compare import CompareQuestion, compare
from dashboard.answers.compare_document import compare_document
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.answers.rows import rate_rows
from dashboard.wording_adjust_base import base_sentence, strata_sentence
from data.ingest import ingest
from data.ingest_options import IngestOptions
from data.store import Build, open_build
from tests.answers.made_up import brute_ratio, counted, made_up_build, made_up_frame


def two_system_frame() -> pd.DataFrame:
    """The made-up rows with a second system that leaves out every third word of "South"."""
    frame = made_up_frame(11, n_speakers=60).rename(columns={"hypothesis": "hypothesis_old"})

    def heard(row: pd.Series) -> str:
        words = str(row["hypothesis_old"]).split()
        return " ".join(w for i, w in enumerate(words) if row["accent"] != "South" or i % 3)

    return frame.assign(hypothesis_new=frame.apply(heard, axis=1))


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return made_up_build(tmp_path_factory.mktemp("home"), two_system_frame())


def test_a_system_that_hurts_one_group_is_worse_there_and_nowhere_else(build: Build) -> None:
    answer = compare(build, CompareQuestion("old", "new", ("accent",)))
    verdicts = {r["group"]["accent"]: r["verdict"] for r in compare_document(build.info, answer)["rows"]}
    assert verdicts["South"] == "worse"
    assert verdicts["North"] == "within"
    assert verdicts[None] == "undecided"


def test_rates_of_a_comparison_equal_the_table_of_rates(build: Build) -> None:
    rows = compare_document(build.info, compare(build, CompareQuestion("old", "new", ("accent", "noise"))))[
        "rows"
    ]
    for system, key in (("old", "rate_a"), ("new", "rate_b")):
        table = rate_rows(rates(build, RatesQuestion(system=system, by=("accent", "noise"))).table)
        assert [row[key] for row in rows] == [row["rate"] for row in table]
        assert [row["n_words"] for row in rows] == [row["n_words"] for row in table]


def test_a_selection_is_compared_like_the_rows_it_names(build: Build) -> None:
    answer = compare(build, CompareQuestion("old", "new", (), OneOf("noise", ("babble",))))
    frame = two_system_frame()
    rows = frame[frame["noise"] == "babble"]
    old = counted(rows.assign(hypothesis=rows["hypothesis_old"]))["errors"].sum()
    new = counted(rows.assign(hypothesis=rows["hypothesis_new"]))["errors"].sum()
    assert answer.whole.judgement.ratio[0] == pytest.approx(new / old)


def test_utterances_of_only_one_system_are_left_out_and_counted(tmp_path: Path) -> None:
    frame = two_system_frame()
    source = tmp_path / "new.csv"
    frame.head(100)[["utterance_id", "hypothesis_new"]].rename(
        columns={"hypothesis_new": "hypothesis"}
    ).to_csv(source, index=False)
    one = frame.drop(columns="hypothesis_new")
    build = made_up_build(tmp_path / "home", one, systems={"new": source}, allow_missing=True)
    answer = compare(build, CompareQuestion("old", "new"))
    assert (answer.shared.both, answer.shared.only_first, answer.shared.only_second) == (
        100,
        len(frame) - 100,
        0,
    )


def test_documents_hold_only_what_json_can_say(build: Build) -> None:
    question = CompareQuestion("old", "new", ("accent", "device"))
    adjusted = adjust_for(build, AdjustQuestion("accent", ("noise", "device"), "old"))
    for document in (
        compare_document(build.info, compare(build, question)),
        adjust_document(build.info, adjusted),
    ):
        assert json.loads(json.dumps(document, allow_nan=False)) == document
        assert document["family"].endswith("exploratory: not declared in advance")
        assert document["label_sources"]["accent"] == "unknown"


def test_a_group_called_none_keeps_its_own_gap(tmp_path: Path) -> None:
    frame = two_system_frame()
    frame["accent"] = frame["accent"].replace("South", "None")
    build = made_up_build(tmp_path, frame)
    rows = {
        row.group: row.raw["ratio"]
        for row in adjust_for(build, AdjustQuestion("accent", ("noise",), "new")).rows
    }
    table = rate_rows(rates(build, RatesQuestion(system="new", by=("accent",), against="complement")).table)
    [expected] = [row["versus"]["ratio"] for row in table if row["group"]["accent"] == "None"]
    assert rows["None"] == expected


def test_a_filter_on_what_is_grouped_leaves_the_other_groups_empty(build: Build) -> None:
    answer = compare(build, CompareQuestion("old", "new", ("accent", "noise"), OneOf("noise", ("babble",))))
    rows = compare_document(build.info, answer)["rows"]
    assert {row["verdict"] for row in rows if row["group"]["noise"] == "quiet"} == {"undecided"}
    assert any(row["rate_a"] is not None for row in rows)


def test_nobody_selected_is_said_and_no_failure(build: Build) -> None:
    nobody = AllOf((OneOf("noise", ("babble",)), OneOf("noise", ("quiet",))))
    row = compare_document(build.info, compare(build, CompareQuestion("old", "new", ("accent",), nobody)))[
        "overall"
    ]
    assert (row["rate_a"], row["verdict"]) == (None, "undecided")
    with pytest.raises(QuestionError, match="Nobody was recorded among what is selected"):
        adjust_for(build, AdjustQuestion("accent", ("noise",), "old", where=nobody))


def test_one_group_alone_has_nobody_to_be_compared_with(build: Build) -> None:
    where = OneOf("accent", ("South",))
    with pytest.raises(QuestionError, match="Only one group of accent"):
        adjust_for(build, AdjustQuestion("accent", ("noise",), "old", where=where))


@pytest.fixture(scope="module")
def unstated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Build, pd.DataFrame]:
    """A quarter of the recordings without a device, one speaker without any, and some without an accent."""
    frame = two_system_frame()
    frame.loc[(frame.index % 4 == 0) | (frame["speaker_id"] == "s3"), "device"] = ""
    return made_up_build(tmp_path_factory.mktemp("unstated"), frame), frame


def test_recordings_whose_condition_is_not_stated_are_missing_from_the_mix(
    unstated: tuple[Build, pd.DataFrame],
) -> None:
    build, frame = unstated
    words = frame["reference"].str.split().str.len()
    rows = adjust_for(build, AdjustQuestion("accent", ("device",), "old")).rows
    stated = words[frame["device"] != ""].sum() / words.sum()
    assert max(row.standardised.strata_present for row in rows) == pytest.approx(stated)


def test_every_gap_is_against_the_same_others_those_of_no_stated_group_included(
    unstated: tuple[Build, pd.DataFrame],
) -> None:
    """Within one device, held equal, nothing is left to standardise or to model: all three agree."""
    build, frame = unstated
    assert (frame["accent"] == "").any()
    phone = OneOf("device", ("phone",))
    answer = adjust_for(build, AdjustQuestion("accent", ("device",), "old", where=phone))
    rows = counted(frame.assign(hypothesis=frame["hypothesis_old"]))
    rows = rows[rows["device"] == "phone"]
    assert answer.left_out.n_utterances == 0
    for row in answer.rows:
        expected = brute_ratio(rows[rows["accent"] == row.group], rows[rows["accent"] != row.group])
        assert row.raw["ratio"] == pytest.approx(expected[0])
        assert row.standardised.ratio == pytest.approx(expected[0])
        assert row.modelled is not None
        assert row.modelled.ratio == pytest.approx(expected[0])
        assert (row.raw["low"], row.raw["high"]) == pytest.approx(expected[1:])


def test_what_no_gap_rests_on_is_counted_and_said(unstated: tuple[Build, pd.DataFrame]) -> None:
    build, frame = unstated
    answer = adjust_for(build, AdjustQuestion("accent", ("noise", "device"), "old"))
    missing = frame[frame["device"] == ""]
    document = adjust_document(build.info, answer)
    assert document["left_out"] == {
        "n_speakers": 1,
        "n_utterances": len(missing),
        "n_words": int(missing["reference"].str.split().str.len().sum()),
        "not_stated": {"device": len(missing)},
        "model_words": 0,
    }
    said = base_sentence(answer, synthetic=False)
    assert f"{len(missing)} recordings" in said
    assert f"not stated: device in {len(missing)}" in said
    assert "every recording of 1 speaker;" in said
    rows = counted(frame[frame["device"] != ""].assign(hypothesis=lambda kept: kept["hypothesis_old"]))
    for row in answer.rows:
        expected = brute_ratio(rows[rows["accent"] == row.group], rows[rows["accent"] != row.group])
        assert row.raw["ratio"] == pytest.approx(expected[0])


def test_a_combination_that_one_side_lacks_is_counted(tmp_path: Path) -> None:
    frame = two_system_frame()
    frame = frame[(frame["accent"] != "South") | (frame["device"] != "car")]
    build = made_up_build(tmp_path, frame)
    answer = adjust_for(build, AdjustQuestion("accent", ("device",), "old"))
    words = int(frame[frame["device"] == "car"]["reference"].str.split().str.len().sum())
    left = {
        row.group: (row.standardised.strata_left_out, row.standardised.words_left_out) for row in answer.rows
    }
    assert left == {"East": (0, 0.0), "North": (0, 0.0), "South": (1, words)}
    assert f"up to 1 of these values of device ({words:,} words) are left out" in strata_sentence(answer)


def test_counts_on_other_references_are_not_compared(tmp_path: Path) -> None:
    rows = [f"s{k},{'North' if k % 2 else 'South'},{k % 7 + 1},40,{k % 5 + 1},36" for k in range(40)]
    source = tmp_path / "counts.csv"
    head = "speaker_id,accent,errors_old,words_old,errors_new,words_new\n"
    source.write_text(head + "\n".join(rows), encoding="utf-8")
    build = open_build(ingest(IngestOptions("counts", (source,)), tmp_path / "home").path)
    with pytest.raises(QuestionError, match="other numbers of reference words"):
        compare(build, CompareQuestion("old", "new"))


@pytest.mark.parametrize("twice", [("accent", "accent"), ("noise", "noise")])
def test_an_attribute_named_twice_is_refused(build: Build, twice: tuple[str, ...]) -> None:
    with pytest.raises(QuestionError, match="named twice"):
        compare(build, CompareQuestion("old", "new", twice))


def test_raw_gaps_are_those_of_the_table_of_rates(build: Build) -> None:
    answer = adjust_for(build, AdjustQuestion("accent", ("noise",), "old"))
    table = rate_rows(rates(build, RatesQuestion(system="old", by=("accent",), against="complement")).table)
    expected = {row["group"]["accent"]: row["versus"]["ratio"] for row in table}
    assert {row.group: row.raw["ratio"] for row in answer.rows} == {
        group: ratio for group, ratio in expected.items() if group is not None
    }


def test_conditions_are_held_equal_by_default(build: Build) -> None:
    assert held_equal_by_default(build.info.attributes, "accent") == ("noise", "device")
    assert held_equal_by_default(build.info.attributes, "noise") == ("device",)


def test_a_determined_attribute_is_found_and_named(tmp_path: Path) -> None:
    frame = two_system_frame()
    frame["device"] = np.where(frame["accent"] == "South", "phone", "headset")
    build = made_up_build(tmp_path, frame)
    answer = adjust_for(build, AdjustQuestion("accent", ("device",), "old"))
    assert answer.associations[0].cramers_v == pytest.approx(1.0)
    assert answer.model_reason is not None
    assert [row.standardised.ratio for row in answer.rows if row.group == "South"] == [None]


@pytest.mark.parametrize(
    ("names", "says"),
    [
        ("old", "is one name; write two"),
        ("old,older", "There is no system 'older'; did you mean 'old'?"),
        ("new,old,x", "names 3 systems; write two"),
    ],
)
def test_systems_that_are_not_two_are_refused_by_name(build: Build, names: str, says: str) -> None:
    with pytest.raises(QuestionError, match=says):
        two_systems(build, names)


def test_two_systems_need_no_names_and_a_system_is_not_compared_with_itself(build: Build) -> None:
    assert two_systems(build, None) == ("old", "new")
    assert two_systems(build, "new,old") == ("new", "old")
    with pytest.raises(QuestionError, match="compared with itself"):
        compare(build, CompareQuestion("old", "old"))


@pytest.mark.parametrize("held", [(), ("accent",)])
def test_something_else_must_be_held_equal(build: Build, held: tuple[str, ...]) -> None:
    with pytest.raises(QuestionError, match="at least one other attribute"):
        adjust_for(build, AdjustQuestion("accent", held, "old"))
