"""Groups of speakers who were recorded in other conditions: compared in their own mix, everywhere in the same way."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.mix_of_conditions import NOT_A_RATIO
from analysis.plan import Plan
from analysis.selection import EVERYTHING, Between, OneOf
from analysis.settings import DEFAULTS
from dashboard.answers.adjust import AdjustQuestion, adjust_for
from dashboard.answers.documents import rates_document
from dashboard.answers.plan import set_plan
from dashboard.answers.rates import RatesAnswer, RatesQuestion, rates
from dashboard.answers.rows import rate_row
from dashboard.answers.subgroup import SUBGROUP, SubgroupQuestion, subgroup
from dashboard.exports.table_csv import export_rates_csv
from dashboard.wording_mixes import mix_sentence
from data.store import Build, open_build
from tests.answers.made_up import counted, made_up_build

ACCENTS = ("East", "North", "South")


def unequal_frame(seed: int = 3) -> pd.DataFrame:
    """Nobody's accent matters, noise triples the errors, and most of North was recorded in noise."""
    random = np.random.default_rng(seed)
    rows = []
    for speaker in range(150):
        accent = ACCENTS[speaker % 3]
        for k in range(10):
            noisy = random.random() < (0.8 if accent == "North" else 0.2)
            words = ["word"] * int(random.integers(4, 12))
            wrong = 0.36 if noisy else 0.12
            heard = [word if random.random() > wrong else "oops" for word in words]
            rows.append(
                {
                    "utterance_id": f"u{speaker}-{k}",
                    "speaker_id": f"s{speaker}",
                    "accent": accent if speaker < 145 else "",
                    "noise": "babble" if noisy else "quiet",
                    "device": random.choice(["headset", "phone"]),
                    "reference": " ".join(words),
                    "hypothesis": " ".join(heard),
                }
            )
    return pd.DataFrame(rows)


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return made_up_build(tmp_path_factory.mktemp("home"), unequal_frame())


def north(answer: RatesAnswer) -> dict[str, object]:
    row = rate_row(answer.table, answer.table.position({"accent": "North"}) or 0)
    return {"rate": row["rate"], **row["versus"]}


BY_ACCENT = RatesQuestion(by=("accent",))


def test_noise_is_not_laid_on_an_accent_that_was_recorded_in_it(build: Build) -> None:
    usual, raw = north(rates(build, BY_ACCENT)), north(rates(build, replace(BY_ACCENT, against="complement")))
    assert (raw["comparator"], raw["verdict"], raw["share_present"]) == ("complement", "worse", None)
    assert (usual["comparator"], usual["verdict"]) == ("peers", "within")
    assert usual["share_present"] == pytest.approx(1.0)
    assert usual["rate"] == raw["rate"]


def test_the_ratio_is_observed_over_expected_errors(build: Build) -> None:
    rows = counted(unequal_frame())
    own, others = rows[rows["accent"] == "North"], rows[rows["accent"] != "North"]
    expected = 0.0
    for _, cell in own.groupby(["noise", "device"]):
        first = cell.iloc[0]
        same = others[(others["noise"] == first["noise"]) & (others["device"] == first["device"])]
        expected += cell["n_words"].sum() * same["errors"].sum() / same["n_words"].sum()
    assert north(rates(build, BY_ACCENT))["ratio"] == pytest.approx(own["errors"].sum() / expected)


def test_stored_and_recorded_results_agree(build: Build) -> None:
    everyone = Between("words", -1, None)
    stored, recorded = rates(build, BY_ACCENT), rates(build, replace(BY_ACCENT, where=everyone))
    assert (stored.stored, recorded.stored) == (True, False)
    assert [rate_row(stored.table, i) for i in range(4)] == [rate_row(recorded.table, i) for i in range(4)]


def test_another_minimum_of_speakers_is_decided_anew_where_other_groups_decide(tmp_path: Path) -> None:
    frame = unequal_frame()
    frame = frame[
        (frame["accent"] != "North") | frame["speaker_id"].isin([f"s{3 * k + 1}" for k in range(15)])
    ]
    build = made_up_build(tmp_path, frame)
    few, many = (
        rates(build, replace(BY_ACCENT, settings=replace(DEFAULTS, min_speakers=least))) for least in (12, 16)
    )
    assert (few.stored, many.stored) == (True, False)
    assert few.table.mix is not None
    assert many.table.mix is not None
    assert few.table.mix.difference > many.table.mix.difference


def test_another_limit_is_decided_anew_and_never_read_from_the_store(build: Build) -> None:
    generous = rates(build, replace(BY_ACCENT, settings=replace(DEFAULTS, mix_limit=0.95)))
    assert not generous.stored
    assert north(generous)["comparator"] == "complement"
    assert north(generous)["verdict"] == "worse"


def test_a_planned_family_is_judged_in_its_own_mix(tmp_path: Path) -> None:
    build = made_up_build(tmp_path, unequal_frame())
    set_plan(build.info, Plan(groupings=(("accent",),)))
    build = open_build(build.path)
    hidden = rates(build, replace(BY_ACCENT, where=OneOf("accent", ("North",))))
    whole = rates(build, BY_ACCENT)
    assert hidden.family.planned
    assert whole.family.planned
    assert north(hidden) == north(whole)
    assert (north(whole)["family"], north(whole)["comparator"]) == ("planned", "peers")


def test_a_subgroup_and_its_row_agree(build: Build) -> None:
    for against in (None, "peers", "complement"):
        answer = subgroup(build, SubgroupQuestion(OneOf("accent", ("North",)), against=against))
        own = rate_row(answer.table, SUBGROUP)["versus"]
        row = north(rates(build, replace(BY_ACCENT, against=against)))
        assert answer.comparator == row["comparator"]
        assert own["share_present"] == row["share_present"]
        for key in ("ratio", "low", "high", "difference"):
            assert own[key] == pytest.approx(row[key], rel=1e-9)


def test_a_metric_that_is_no_ratio_falls_back_and_says_so(build: Build) -> None:
    answer = rates(build, replace(BY_ACCENT, metric="wil"))
    mix = answer.table.mix
    assert mix is not None
    assert (north(answer)["comparator"], mix.why_not) == ("complement", NOT_A_RATIO)
    assert "as they were recorded" in (mix_sentence(answer.table, False) or "")


def test_adjust_still_shows_the_gap_as_recorded(build: Build) -> None:
    answer = adjust_for(build, AdjustQuestion("accent", ("noise",)))
    [row] = [row for row in answer.rows if row.group == "North"]
    raw = north(rates(build, replace(BY_ACCENT, against="complement")))
    assert row.raw["ratio"] == raw["ratio"]


def test_every_output_says_what_was_made_alike(build: Build) -> None:
    answer = rates(build, BY_ACCENT)
    document = rates_document(build.info, answer)
    assert (document["comparator"], document["condition_mix"]["strata"]) == ("peers", ["noise", "device"])
    assert json.loads(json.dumps(document)) == document
    csv = export_rates_csv(build.info, answer).decode()
    assert "# conditions: Groups were recorded in different mixes of noise and device" in csv
    assert "share_present" in csv


def test_where_one_group_is_shown_it_is_compared_with_those_that_are_not(build: Build) -> None:
    alone = rates(build, replace(BY_ACCENT, where=OneOf("accent", ("North",)), metric="cer"))
    assert alone.question.where != EVERYTHING
    assert north(alone) == north(rates(build, replace(BY_ACCENT, metric="cer")))
