"""A subgroup against its peers or its complement, by the same engine as every grouping."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.selection import AllOf, Not, NotStated, OneOf, Selection
from dashboard.answers.choices import QuestionError
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.answers.rows import rate_row
from dashboard.answers.subgroup import REST, SUBGROUP, SubgroupQuestion, comparison_pool, subgroup
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
