"""The excess of a subgroup by kind and word: the subgroup's own difference, whom it is compared with, what is withheld."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from analysis.judgement import VERDICTS
from analysis.selection import AllOf, AnyOf, Not, OneOf, Selection, SelectionError
from analysis.words_items import Item
from dashboard.answers.choices import QuestionError
from dashboard.answers.subgroup import SUBGROUP, SubgroupQuestion, subgroup
from dashboard.answers.words import WordsQuestion, words
from dashboard.answers.words_document import kind_rows, part_rows, word_rows
from dashboard.answers.words_texts import as_scored
from dashboard.answers.words_utterances import utterances_with_item
from dashboard.wording_words import words_headline
from dashboard.wording_words_sides import result_sentence, side_lines
from data.ingest import ingest
from data.ingest_options import IngestOptions
from data.queries_words import TextRows
from data.scoring_choice import scoring_of
from data.store import Build, open_build
from tests.answers.made_up import counted, made_up_build, made_up_frame
from tests.answers.test_condition_mix import unequal_frame

SOUTH, BABBLE = OneOf("accent", ("South",)), OneOf("noise", ("babble",))
KINDS = {"wer": 0, "substitution-rate": 1, "deletion-rate": 2, "insertion-rate": 3}


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return made_up_build(tmp_path_factory.mktemp("home"), made_up_frame(7, n_speakers=60), show_text=True)


@pytest.mark.parametrize("metric", KINDS)
@pytest.mark.parametrize(("where", "against"), [(SOUTH, "complement"), (AllOf((SOUTH, BABBLE)), "peers")])
def test_every_kind_has_the_difference_of_the_result_tab(
    build: Build, metric: str, where: Selection, against: str
) -> None:
    answer, judged = (
        words(build, WordsQuestion(where)),
        subgroup(build, SubgroupQuestion(where, metric=metric, against=against)),
    )
    there = judged.table.judgement
    i = KINDS[metric]
    assert answer.comparator == judged.comparator
    assert [answer.kinds.excess[i], answer.kinds.low[i], answer.kinds.high[i]] == pytest.approx(
        [there.difference[SUBGROUP], there.difference_low[SUBGROUP], there.difference_high[SUBGROUP]]
    )


def test_kinds_and_words_and_parts_add_up(build: Build) -> None:
    answer = words(build, WordsQuestion(SOUTH))
    whole, *kinds = kind_rows(answer)
    assert whole["errors"] == sum(row["errors"] for row in kinds)
    assert sum(row["excess"] for row in kinds) == pytest.approx(whole["excess"])
    assert sum(row["excess"] for row in part_rows(answer)) == pytest.approx(whole["excess"])
    assert answer.words is not None
    assert answer.words.excess == pytest.approx(whole["excess"])
    errors = sum(row["errors"] for row in word_rows(answer, "word", 0))
    assert whole["errors"] - kinds[2]["errors"] - errors <= 5


def test_words_are_counted_as_in_a_loop_over_texts(build: Build) -> None:
    rows = counted(made_up_frame(7, n_speakers=60))
    found = {row["reference"]: row for row in word_rows(words(build, WordsQuestion(SOUTH)), "word", 0)}
    inside = rows["accent"] == "South"
    for word in ("alpha", "golf", "mike"):
        said = [
            sum(text.split().count(word) for text in rows["reference"][side]) for side in (inside, ~inside)
        ]
        assert [found[word]["said"], found[word]["other_said"]] == said
        assert found[word]["rate"] == pytest.approx(found[word]["errors"] / rows["n_words"][inside].sum())


def test_all_recordings_and_a_declared_group_can_be_the_comparator(build: Build) -> None:
    rows = counted(made_up_frame(7, n_speakers=60))
    everybody = words(build, WordsQuestion(SOUTH, against="overall"))
    assert everybody.other.n_words == rows["n_words"].sum()
    assert everybody.words is not None
    assert not np.isfinite(everybody.words.table.q).any()
    declared = words(build, WordsQuestion(AllOf((SOUTH, BABBLE)), against="accent=North"))
    same = rows[(rows["accent"] == "North") & (rows["noise"] == "babble")]
    assert (declared.comparator, declared.other.n_words) == ("accent=North", same["n_words"].sum())


@pytest.mark.parametrize(
    ("against", "error", "sentence"),
    [
        ("peers", QuestionError, "must name both speakers and conditions"),
        ("everyone", QuestionError, "Use peers, complement, overall"),
        ("accent=Nort", SelectionError, "did you mean 'North'"),
        ("noise=quiet", QuestionError, "the subgroup must name noise"),
    ],
)
def test_a_comparator_that_cannot_be_had_is_a_sentence(
    build: Build, against: str, error: type[ValueError], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        words(build, WordsQuestion(SOUTH, against=against))


def test_a_condition_inside_another_cannot_be_replaced(build: Build) -> None:
    where = AnyOf((SOUTH, BABBLE))
    with pytest.raises(QuestionError, match="in a condition of its own"):
        words(build, WordsQuestion(where, against="accent=North"))


def test_words_are_withheld_where_texts_may_not_be_shown_and_kinds_are_not(tmp_path: Path) -> None:
    hidden = made_up_build(tmp_path, made_up_frame(7))
    answer = words(hidden, WordsQuestion(SOUTH))
    assert (answer.words, answer.withheld) == (None, "not allowed")
    assert len(kind_rows(answer)) == 4
    shown = utterances_with_item(hidden, None, SOUTH, Item("word", "alpha", None))
    assert (shown.shown, shown.n_utterances) == ((), 0)


def test_counts_alone_give_the_whole_and_no_kinds(tmp_path: Path) -> None:
    rows = [f"s{k},{'North' if k % 2 else 'South'},{k % 7 + 1},40" for k in range(40)]
    source = tmp_path / "counts.csv"
    source.write_text("speaker_id,accent,errors,words\n" + "\n".join(rows), encoding="utf-8")
    build = open_build(ingest(IngestOptions("counts", (source,)), tmp_path / "home").path)
    answer = words(build, WordsQuestion(SOUTH))
    assert answer.withheld == "no texts"
    [whole] = kind_rows(answer)
    assert whole["rate"] == pytest.approx(whole["errors"] / (20 * 40))


def test_nobody_selected_has_no_excess(build: Build) -> None:
    answer = words(build, WordsQuestion(AllOf((SOUTH, Not(SOUTH)))))
    assert (answer.withheld, answer.own.n_words) == ("nobody", 0)
    assert kind_rows(answer)[0]["excess"] is None


def test_a_sample_takes_whole_speakers_and_is_the_same_every_time(build: Build) -> None:
    asked = WordsQuestion(SOUTH, most_utterances=80)
    one, other = words(build, asked).words, words(build, asked).words
    assert one is not None
    assert other is not None
    taken = one.other.speakers
    assert taken is not None
    assert one.other.n_speakers == len(taken) < one.other.of_speakers
    assert one.other.n_utterances == utterances_of_others(build, taken.tolist()) <= 80
    assert one.other.of_utterances == words(build, WordsQuestion(SOUTH)).other.n_utterances
    assert one.table.excess.tobytes() == other.table.excess.tobytes()
    another = words(build, replace(asked, seed=1)).words
    assert another is not None
    assert another.table.excess.tobytes() != one.table.excess.tobytes()
    assert (
        words(build, asked).kinds.excess.tobytes()
        == words(build, WordsQuestion(SOUTH)).kinds.excess.tobytes()
    )


def utterances_of_others(build: Build, speakers: list[int]) -> int:
    """Recordings of these speakers that are not in the subgroup."""
    frame = made_up_frame(7, n_speakers=60)
    ids = [
        row[0] for row in build.cursor().execute("SELECT speaker_id FROM speaker ORDER BY speaker").fetchall()
    ]
    mine = frame["speaker_id"].isin([ids[speaker] for speaker in speakers])
    return int((mine & (frame["accent"] != "South")).sum())


def test_recordings_with_a_word_are_those_in_which_it_is_wrong(build: Build) -> None:
    rows = word_rows(words(build, WordsQuestion(SOUTH)), "substitution", 0)
    row = max(rows, key=lambda one: one["errors"])
    found = utterances_with_item(
        build, None, SOUTH, Item("substitution", row["reference"], row["hypothesis"]), 500
    )
    assert found.n_utterances > 0
    wanted = ("substitution", row["reference"], row["hypothesis"])
    times = 0
    for one in found.shown:
        assert one.utterance.groups["accent"] == "South"
        here = [(word.kind, word.reference, word.hypothesis) for word in one.words].count(wanted)
        assert here >= 1
        times += here
    assert times == row["errors"]


def test_forms_that_count_as_the_same_are_no_errors_among_words(build: Build) -> None:
    stored = {"id": "basic+forms-0", "base": "basic", "equivalences": [["gonna", "going to"]]}
    chosen = scoring_of(replace(build.info, normalizer=stored)).normalizer
    one = np.zeros(1, np.int64)
    texts = pa.array(["I am going to"]), one, pa.array(["i am gonna"])
    chunk = as_scored(chosen, TextRows(one, one == 0, one > 0, *texts))
    assert chunk.references.to_pylist() == chunk.hypotheses.to_pylist() == ["i am going to"]


def test_the_verdict_stands_beside_the_excess_where_others_are_taken_in_the_same_mix(tmp_path: Path) -> None:
    build = made_up_build(tmp_path, unequal_frame())
    answer = words(build, WordsQuestion(OneOf("accent", ("North",))))
    assert answer.result is not None
    assert answer.result.mixed == ("noise", "device")
    [whole, *_] = kind_rows(answer)
    same_mix = float(answer.result.table.judgement.difference[SUBGROUP])
    assert whole["excess"] > 2 * abs(same_mix)
    said = result_sentence(answer, synthetic=False)
    assert said is not None
    assert "in the same mix of noise and device" in said
    assert "another number than the difference of the result" in said


def test_both_sides_of_an_excess_have_interval_counts_and_status(build: Build) -> None:
    sides = side_lines(words(build, WordsQuestion(SOUTH)), synthetic=False)
    for line in sides:
        assert {"Word error rate", "95 % interval", "Speakers", "Utterances", "Words", "Status"} <= set(line)
        assert "–" not in line.values()


def test_an_excess_whose_interval_includes_nothing_is_not_called_one(build: Build) -> None:
    answer = words(build, WordsQuestion(SOUTH))
    [whole, *_] = kind_rows(answer)
    assert whole["low"] < 0 < whole["high"]
    assert "includes 0, so neither more nor fewer errors are shown" in words_headline(answer, synthetic=False)
    shifted = replace(answer.kinds, low=answer.kinds.low - 1, high=answer.kinds.low)
    assert "lies below 0" in words_headline(replace(answer, kinds=shifted), synthetic=False)


def test_a_difference_that_includes_nothing_leaves_the_word_to_a_ratio_that_does_not(build: Build) -> None:
    answer = words(build, WordsQuestion(SOUTH))
    assert answer.result is not None
    table = answer.result.table
    worse = replace(table.judgement, verdict=np.full_like(table.judgement.verdict, VERDICTS.index("worse")))
    shown = replace(answer, result=replace(answer.result, table=replace(table, judgement=worse)))
    assert "the verdict below is that of the ratio" in words_headline(shown, synthetic=False)


def test_of_few_speakers_nothing_is_said(tmp_path: Path) -> None:
    frame = made_up_frame(5, n_speakers=30)
    frame.loc[frame["speaker_id"].isin(["s0", "s1"]), "accent"] = "West"
    answer = words(made_up_build(tmp_path, frame), WordsQuestion(OneOf("accent", ("West",))))
    assert answer.own.status == "few speakers"
    assert kind_rows(answer)[0]["low"] is None
    assert "too few speakers to say anything of it" in words_headline(answer, synthetic=False)
    said = result_sentence(answer, synthetic=False)
    assert said is not None
    assert "Fewer than 10 speakers." in said
