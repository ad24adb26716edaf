"""A subgroup against its peers or its complement, by the same engine as every grouping."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.selection import AllOf, Not, NotStated, OneOf, Selection
from analysis.settings import DEFAULTS
from dashboard.answers.audience import PUBLIC
from dashboard.answers.choices import QuestionError
from dashboard.answers.mean_spans import mean_spans, mean_spans_beside, mean_spans_of_rows
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.answers.rows import rate_row
from dashboard.answers.subgroup import REST, SUBGROUP, SubgroupAnswer, SubgroupQuestion, subgroup
from dashboard.answers.subgroup_comparators import comparison_pool
from dashboard.answers.subgroup_means import Average, averages
from data.ingest import ingest
from data.ingest_options import IngestOptions
from data.store import Build, open_build
from tests.answers.made_up import brute_rate, brute_ratio, counted, made_up_build, made_up_frame

SOUTH, BABBLE = OneOf("accent", ("South",)), OneOf("noise", ("babble",))
CLOSE = {"rel": 1e-9, "abs": 1e-12}


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return made_up_build(tmp_path_factory.mktemp("home"), made_up_frame(7, n_speakers=60))


def test_a_subgroup_of_speakers_in_a_condition_is_compared_with_its_peers(build: Build) -> None:
    rows = counted(made_up_frame(7, n_speakers=60))
    answer = subgroup(build, SubgroupQuestion(AllOf((SOUTH, BABBLE))))
    same = rows[rows["noise"] == "babble"]
    inside, peers = same[same["accent"] == "South"], same[same["accent"] != "South"]
    row = rate_row(answer.table, SUBGROUP)
    assert answer.comparator == "peers"
    assert (row["rate"], row["low"], row["high"]) == pytest.approx(brute_rate(inside), **CLOSE)
    versus = row["versus"]
    assert (versus["ratio"], versus["low"], versus["high"]) == pytest.approx(
        brute_ratio(inside, peers), **CLOSE
    )
    assert rate_row(answer.table, REST)["rate"] == pytest.approx(brute_rate(peers)[0], **CLOSE)


def test_a_named_group_is_the_comparator_where_one_is_named(build: Build) -> None:
    rows = counted(made_up_frame(7, n_speakers=60))
    answer = subgroup(build, SubgroupQuestion(AllOf((SOUTH, BABBLE)), against="accent=North"))
    same = rows[rows["noise"] == "babble"]
    inside, named = same[same["accent"] == "South"], same[same["accent"] == "North"]
    versus = rate_row(answer.table, SUBGROUP)["versus"]
    assert answer.comparator == "accent=North"
    assert answer.others == AllOf((BABBLE, OneOf("accent", ("North",))))
    assert (versus["ratio"], versus["low"], versus["high"]) == pytest.approx(
        brute_ratio(inside, named), **CLOSE
    )


@pytest.mark.parametrize(
    ("against", "sentence"),
    [
        ("noise=babble", "must name noise in a condition of its own"),
        ("accent=Norht", "did you mean 'North'"),
        ("overall", "Use peers, complement, or ATTRIBUTE=VALUE"),
    ],
)
def test_a_comparator_that_cannot_be_had_is_refused(build: Build, against: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        subgroup(build, SubgroupQuestion(SOUTH, against=against))


def test_every_average_is_only_held_against_the_same_average(build: Build) -> None:
    rows = counted(made_up_frame(7, n_speakers=60))
    rows = rows[rows["n_words"] > 0]
    answer = subgroup(build, SubgroupQuestion(SOUTH, against="complement"))
    found = held_alike(build, answer)
    inside = rows[rows["accent"] == "South"]

    def three(part: pd.DataFrame) -> list[float]:
        own = part.groupby("speaker_id")[["errors", "n_words"]].sum()
        of_utterances = part["errors"] / part["n_words"]
        return [
            part["errors"].sum() / part["n_words"].sum(),
            (own["errors"] / own["n_words"]).mean(),
            of_utterances.mean(),
        ]

    ours, of_all = three(inside), three(rows)
    others = three(rows[rows["accent"] != "South"])
    assert [one.own for one in found] == pytest.approx(ours)
    assert [one.from_everything for one in found] == pytest.approx(np.subtract(ours, of_all))
    assert [one.from_others for one in found] == pytest.approx(np.subtract(ours, others))
    for one in found:
        for rate, (low, high) in zip((one.own, one.others, one.everything), one.spans, strict=True):
            assert 0 <= low < rate < high


def test_intervals_of_both_means_equal_plain_loops_over_speakers(build: Build) -> None:
    rows = counted(made_up_frame(7, n_speakers=60))
    rows = rows[(rows["n_words"] > 0) & (rows["accent"] == "South")]
    rows["own"] = rows["errors"] / rows["n_words"]
    by_speaker = rows.groupby("speaker_id").agg(
        errors=("errors", "sum"), n_words=("n_words", "sum"), own=("own", "sum"), n=("own", "size")
    )
    _, speakers, utterances = held_alike(
        build, subgroup(build, SubgroupQuestion(SOUTH, against="complement"))
    )
    of_people = by_speaker["errors"] / by_speaker["n_words"]
    k = len(by_speaker)
    half = stats.t.ppf(0.975, k - 1) * of_people.std() / np.sqrt(k)
    assert speakers.spans[0] == pytest.approx((of_people.mean() - half, of_people.mean() + half))
    total, n = by_speaker["own"].sum(), by_speaker["n"].sum()
    logs = np.log((total - by_speaker["own"]) / (n - by_speaker["n"]))
    degrees = n**2 / (by_speaker["n"] ** 2).sum() - 1
    half = stats.t.ppf(0.975, degrees) * np.sqrt((k - 1) / k * ((logs - logs.mean()) ** 2).sum())
    ends = total / n * np.exp(-half), total / n * np.exp(half)
    assert utterances.spans[0] == pytest.approx(ends, rel=1e-5)


def test_rows_of_a_table_have_the_intervals_of_their_own_selections(build: Build) -> None:
    answer = rates(build, RatesQuestion(by=("accent", "noise")))
    found = mean_spans_of_rows(build, answer)
    for position in range(len(answer.table)):
        group = answer.table.group(position).items()
        where = AllOf(tuple(NotStated(name) if one is None else OneOf(name, (one,)) for name, one in group))
        alone = mean_spans(build, RatesQuestion(where=where))
        assert found[position].speakers == pytest.approx(alone.speakers, nan_ok=True)
        assert found[position].utterances == pytest.approx(alone.utterances, nan_ok=True)


def test_what_is_withheld_has_no_interval_of_its_means_either(build: Build) -> None:
    settings = replace(DEFAULTS, public_min_speakers=20)
    public = rates(build, RatesQuestion(by=("accent",), audience=PUBLIC, settings=settings))
    withheld = np.isnan(public.table.statistics.rate)
    assert withheld.any()
    for hidden, spans in zip(withheld, mean_spans_of_rows(build, public), strict=True):
        # The mean of utterances is published of nobody.
        assert np.isnan(spans.utterances).all()
        assert np.isnan(spans.speakers).all() == hidden


def held_alike(build: Build, answer: SubgroupAnswer) -> tuple[Average, ...]:
    whole, beside = RatesQuestion(), mean_spans_beside(build, answer.question)
    return averages(answer, rates(build, whole).whole, beside, mean_spans(build, whole))


def test_one_question_is_asked_so_the_family_is_one(build: Build) -> None:
    table = subgroup(build, SubgroupQuestion(SOUTH)).table
    assert table.judgement.family_size == 1
    assert rate_row(table, REST)["versus"]["p"] is None


def test_a_subgroup_of_one_group_equals_that_row_of_the_grouping(build: Build) -> None:
    row = rate_row(subgroup(build, SubgroupQuestion(SOUTH)).table, SUBGROUP)
    table = rates(build, RatesQuestion(by=("accent",))).table
    position = table.position({"accent": "South"})
    assert position is not None
    twin = rate_row(table, position)
    for key in ("rate", "low", "high", "n_speakers", "n_words", "errors", "status"):
        assert row[key] == pytest.approx(twin[key]) if isinstance(row[key], float) else row[key] == twin[key]
    for key in ("ratio", "low", "high", "difference", "p"):
        assert row["versus"][key] == pytest.approx(twin["versus"][key], **CLOSE)


def test_not_stated_recordings_belong_to_the_complement(build: Build) -> None:
    rows = counted(made_up_frame(7, n_speakers=60))
    rest = rate_row(subgroup(build, SubgroupQuestion(SOUTH)).table, REST)
    assert rest["n_utterances"] == (rows["accent"] != "South").sum()


@pytest.mark.parametrize(
    ("where", "kind"),
    [
        (SOUTH, "complement"),
        (BABBLE, "complement"),
        (AllOf((SOUTH, BABBLE)), "peers"),
        (AllOf((Not(SOUTH), BABBLE)), "peers"),
        (AllOf((SOUTH, NotStated("accent"))), "complement"),
    ],
)
def test_peers_are_the_default_only_where_speakers_and_conditions_are_named(
    build: Build, where: Selection, kind: str
) -> None:
    assert comparison_pool(where, build.info.attributes, None)[0] == kind


def test_peers_cannot_be_had_without_conditions(build: Build) -> None:
    with pytest.raises(QuestionError, match="must name both speakers and conditions"):
        subgroup(build, SubgroupQuestion(BABBLE, against="peers"))


def test_a_subgroup_of_speakers_has_the_numbers_of_its_row_whichever_comparison_is_asked_for(
    build: Build,
) -> None:
    for against in (None, "peers", "complement"):
        table = rates(build, RatesQuestion(by=("accent",), against=against)).table
        row = rate_row(table, table.position({"accent": "South"}) or 0)
        answer = subgroup(build, SubgroupQuestion(SOUTH, against=against))
        own = rate_row(answer.table, SUBGROUP)
        assert answer.comparator == row["versus"]["comparator"]
        for key in ("ratio", "low", "high"):
            assert own["versus"][key] == pytest.approx(row["versus"][key], rel=1e-9)
        assert (own["versus"]["share_present"] is None) is (answer.comparator == "complement")


def test_nobody_in_a_subgroup_gives_an_undefined_rate(tmp_path: Path) -> None:
    build = made_up_build(tmp_path, made_up_frame(7))
    row = rate_row(subgroup(build, SubgroupQuestion(AllOf((SOUTH, Not(SOUTH))))).table, SUBGROUP)
    assert (row["rate"], row["status"]) == (None, "empty")


def test_an_evaluation_of_counts_alone_never_shows_a_number_it_does_not_have(tmp_path: Path) -> None:
    rows = [f"s{k},{'North' if k % 2 else 'South'},{k % 7 + 1},40" for k in range(40)]
    source = tmp_path / "counts.csv"
    source.write_text("speaker_id,accent,errors,words\n" + "\n".join(rows), encoding="utf-8")
    build = open_build(ingest(IngestOptions("counts", (source,)), tmp_path / "home").path)
    for table in (
        rates(build, RatesQuestion(by=("accent",))).table,
        subgroup(build, SubgroupQuestion(OneOf("accent", ("North",)))).table,
    ):
        row = rate_row(table, 0)
        assert row["errors"] == round(row["rate"] * row["n_words"])
        kinds = ("substitutions", "deletions", "insertions", "empty_outputs")
        assert [row[kind] for kind in kinds] == [None] * 4
    with pytest.raises(QuestionError, match="Deletion rate is not known"):
        rates(build, RatesQuestion(metric="deletion-rate"))


def test_of_so_few_speakers_that_the_rate_has_no_interval_no_mean_has_one(tmp_path: Path) -> None:
    frame = made_up_frame(3, n_speakers=3)
    few = made_up_build(tmp_path, frame[~((frame["speaker_id"] == "s0") & (frame["utterance_id"] > "u0-1"))])
    answer = rates(few, RatesQuestion())
    assert answer.whole.statistics.n_speakers[0] == 3
    assert np.isnan(answer.whole.intervals.low[0])
    assert np.isnan(mean_spans(few, RatesQuestion()).speakers).all()
    assert np.isnan(mean_spans(few, RatesQuestion()).utterances).all()
