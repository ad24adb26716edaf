"""A subgroup's gap with conditions held equal: any selection, against the others, in one document."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from analysis.selection import EVERYTHING, AllOf, Not, OneOf, Selection
from dashboard.answers.adjust import AdjustQuestion, adjust_for
from dashboard.answers.adjust_document import adjust_document, condition_rows, gap_rows, spread_rows
from dashboard.answers.choices import QuestionError
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.answers.rows import rate_row
from dashboard.answers.subgroup import SUBGROUP, SubgroupQuestion, subgroup
from data.store import Build
from tests.answers.made_up import counted, made_up_build, made_up_frame

SOUTH, BABBLE = OneOf("accent", ("South",)), OneOf("noise", ("babble",))
HELD = ("noise", "device")


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return made_up_build(tmp_path_factory.mktemp("home"), made_up_frame(11, n_speakers=60))


def of_subgroup(build: Build, where: Selection, held: tuple[str, ...] = HELD, **more: str) -> dict:
    return adjust_document(build.info, adjust_for(build, AdjustQuestion(None, held, where=where, **more)))


def test_a_subgroup_of_one_group_has_the_gap_of_that_group(tmp_path: Path) -> None:
    build = made_up_build(tmp_path, made_up_frame(11, n_speakers=60, missing=0.0))
    [alone] = of_subgroup(build, SOUTH)["rows"]
    rows = adjust_document(build.info, adjust_for(build, AdjustQuestion("accent", HELD)))["rows"]
    [among] = [row for row in rows if row["group"]["accent"] == "South"]
    for kind in ("raw", "standardised"):
        assert alone[kind] == pytest.approx(among[kind])
    assert alone["modelled"]["ratio"] == pytest.approx(among["modelled"]["ratio"], rel=0.02)
    assert alone["strata_present"] == pytest.approx(among["strata_present"])


@pytest.mark.parametrize("where", [SOUTH, Not(SOUTH), AllOf((SOUTH, BABBLE)), AllOf((Not(SOUTH), BABBLE))])
@pytest.mark.parametrize("against", [None, "complement"])
def test_the_raw_gap_is_that_of_the_result_tab(build: Build, where: Selection, against: str | None) -> None:
    found = adjust_for(build, AdjustQuestion(None, ("device",), where=where, against=against))
    kind = "peers" if against is None and isinstance(where, AllOf) else "complement"
    result = rate_row(subgroup(build, SubgroupQuestion(where, against=kind)).table, SUBGROUP)
    [row] = gap_rows(found)
    assert row["raw"] == {key: result["versus"][key] for key in ("ratio", "low", "high")}
    assert row["n_words"] == result["n_words"]


def test_a_subgroup_and_the_rest_have_inverse_gaps(build: Build) -> None:
    inside, outside = (of_subgroup(build, where)["rows"][0] for where in (SOUTH, Not(SOUTH)))
    for kind in ("raw", "standardised", "modelled"):
        assert inside[kind]["ratio"] * outside[kind]["ratio"] == pytest.approx(1)


def test_spread_and_gaps_within_conditions_are_plain_counts(build: Build) -> None:
    answer = adjust_for(build, AdjustQuestion(None, ("noise",), where=SOUTH))
    frame = counted(made_up_frame(11, n_speakers=60))
    for row in spread_rows(answer):
        side = (frame["accent"] == "South") == (row["group"] == "subgroup")
        assert row["n_utterances"] == (side & (frame["noise"] == row["value"])).sum()
        assert row["share"] == pytest.approx(row["n_utterances"] / side.sum())
    for row in condition_rows(answer):
        there = frame[frame["noise"] == row["value"]]
        own, other = there[there["accent"] == "South"], there[there["accent"] != "South"]
        assert row["rate"] == pytest.approx(own["errors"].sum() / own["n_words"].sum())
        assert row["other_rate"] == pytest.approx(other["errors"].sum() / other["n_words"].sum())
        assert row["difference"] == pytest.approx(row["rate"] - row["other_rate"])


def test_a_gap_within_a_condition_has_the_interval_that_a_table_of_rates_gives_it(build: Build) -> None:
    for row in condition_rows(adjust_for(build, AdjustQuestion(None, ("noise",), where=SOUTH))):
        there = OneOf("noise", (row["value"],))
        table = rates(build, RatesQuestion(by=("accent",), where=there, against="complement")).table
        [i] = [i for i in range(len(table)) if table.group(i)["accent"] == "South"]
        judged = table.judgement
        for key, known in (
            ("ratio", judged.ratio),
            ("ratio_low", judged.low),
            ("ratio_high", judged.high),
            ("difference", judged.difference),
            ("difference_low", judged.difference_low),
            ("difference_high", judged.difference_high),
        ):
            assert row[key] == pytest.approx(known[i], rel=1e-6), key


def test_a_document_holds_only_what_json_can_say(build: Build) -> None:
    document = of_subgroup(build, AllOf((SOUTH, BABBLE)), ("device",))
    assert json.loads(json.dumps(document, allow_nan=False)) == document
    assert document["comparator"] == "peers"
    assert document["comparator_selection"]["sentence"] == "recordings with noise babble"
    assert set(document["label_sources"]) == {"accent", "noise", "device"}
    assert [one["condition"] for one in document["interaction"]] == ["device"]
    # Values that nobody in the pool has are left out.
    assert {row["value"] for row in document["spread"]} == {"headset", "phone", "car"}


def test_the_closer_look_is_at_the_group_asked_for(build: Build) -> None:
    asked = AdjustQuestion("accent", ("noise",), closer="North")
    assert {row["group"] for row in condition_rows(adjust_for(build, asked))} == {"North"}
    assert condition_rows(adjust_for(build, AdjustQuestion("accent", ("noise",)))) == []
    with pytest.raises(QuestionError, match="no group 'Nort' of accent"):
        adjust_for(build, AdjustQuestion("accent", ("noise",), closer="Nort"))


def test_a_subgroup_of_everybody_has_nobody_beside_it(build: Build) -> None:
    with pytest.raises(QuestionError, match="leaves nobody"):
        of_subgroup(build, EVERYTHING)
    with pytest.raises(QuestionError, match="nobody to be compared with"):
        of_subgroup(build, OneOf("noise", ("babble", "quiet")), ("device",))
    with pytest.raises(QuestionError, match="Nobody was recorded among what is selected"):
        of_subgroup(build, AllOf((SOUTH, OneOf("accent", ("North",)))))


def test_a_group_of_one_speaker_has_no_modelled_gap(tmp_path: Path) -> None:
    frame = made_up_frame(11, n_speakers=60, missing=0.0)
    frame["accent"] = np.where(frame["speaker_id"] == "s3", "Alone", frame["accent"])
    build = made_up_build(tmp_path, frame)
    rows = {row.group: row for row in adjust_for(build, AdjustQuestion("accent", ("noise",))).rows}
    assert rows["Alone"].modelled is None
    assert rows["Alone"].standardised.ratio is None
    assert rows["South"].modelled is not None
    assert rows["South"].modelled.high is not None
