"""What is worked out from the references: words, speaking rate, rare words; when, where, and what it gives way to."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.attributes import Attribute
from analysis.selection import Between
from dashboard.answers.layouts import default_layout
from dashboard.answers.rates import RatesQuestion, rates
from data.content_attributes import rare_words
from data.errors import InputError
from data.ingest import Ingested
from data.store import EvaluationInfo, open_build
from tests.data.made_up import Make

TEXTS = ["one two three", "one two", "One, two three", "four one two five", "", "two three"]


def table(texts: list[str] = TEXTS, **columns: list[object]) -> str:
    """Rows with these references, each of a speaker of its own."""
    head = ",".join(["id", "speaker", "ref", "hyp", *columns])
    rows = [
        ",".join([f"u{i}", f"s{i}", f'"{text}"', "one", *(str(values[i]) for values in columns.values())])
        for i, text in enumerate(texts)
    ]
    return "\n".join([head, *rows, ""])


def info(done: Ingested) -> EvaluationInfo:
    return open_build(done.path).info


def names(done: Ingested) -> list[str]:
    return [attribute.name for attribute in info(done).attributes]


def numbers(done: Ingested, name: str) -> list[float | None]:
    rows = (
        open_build(done.path)
        .cursor()
        .execute(f'SELECT "{name} (number)" FROM utterance ORDER BY utterance_id')
    )
    return [row[0] for row in rows.fetchall()]


def test_words_are_those_of_the_normalised_reference(make: Make) -> None:
    done = make(table(["Well-known fact", "it's - now", "", "a b c d"]))
    assert numbers(done, "words") == [2, 2, 0, 4]
    counted = open_build(done.path).cursor().execute("SELECT n_words FROM score ORDER BY row_id").fetchall()
    assert [words for (words,) in counted] == [2, 2, 0, 4]


def test_a_speaking_rate_needs_a_duration_and_words(make: Make) -> None:
    assert "speaking_rate" not in names(make(table()))
    done = make(table(duration=[2, 1, "", 0, 3, 4]))
    assert numbers(done, "speaking_rate") == [1.5, 2, None, None, None, 0.5]


def test_what_is_worked_out_is_content_that_nobody_labelled(make: Make) -> None:
    done = make(table(duration=[2, 1, 3, 4, 5, 6]))
    found = [info(done).attribute(name) for name in ("words", "speaking_rate", "rare_words")]
    assert {(one.role, one.kind, one.label_source, one.derived) for one in found} == {
        ("content", "number", "derived", True)
    }
    assert not info(done).attribute("duration").derived


def test_it_comes_after_everything_that_was_given(make: Make) -> None:
    done = make(table(zone=list("abcabc"), accent=list("xyxyxy")))
    assert names(done) == ["accent", "zone", "words", "rare_words"]


def test_a_column_of_that_name_wins(make: Make) -> None:
    done = make(table(words=[9, 8, 7, 6, 5, 4], **{"Rare Words": list("abcabc")}))
    assert names(done) == ["words", "Rare Words"]
    assert numbers(done, "words") == [9, 8, 7, 6, 5, 4]


def test_naming_other_attributes_leaves_it_out_and_naming_it_puts_it_there(make: Make) -> None:
    content = table(accent=list("xyxyxy"))
    assert names(make(content, attributes=("accent",))) == ["accent"]
    assert names(make(content, attributes=("words", "accent"))) == ["words", "accent"]


def test_bins_may_be_given(make: Make) -> None:
    done = make(table(), bins={"words": (2.0, 3.0)})
    assert info(done).attribute("words").levels == ("<2", "2–<3", "≥3")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"roles": {"words": "speaker"}}, '--role names "words", which is worked out from the recordings'),
        ({"label_sources": {"words": "self"}}, "--label-source names"),
        ({"attributes": ("speaking_rate",)}, '"speaking_rate", which is no column'),
        ({"attributes": ("accent",), "bins": {"words": (2.0,)}}, "--attributes leaves out"),
    ],
)
def test_options_that_cannot_be_about_it_are_refused(
    make: Make, options: dict[str, object], sentence: str
) -> None:
    with pytest.raises(InputError, match=sentence):
        make(table(accent=list("xyxyxy")), **options)


def test_what_is_the_same_everywhere_divides_nothing(make: Make) -> None:
    assert names(make(table(["a b", "a b", "a b"]))) == []
    assert names(make(table(["a b", "a b", "a b"]), attributes=("words",))) == ["words"]


def test_systems_make_no_difference(make: Make, tmp_path: Path) -> None:
    more = tmp_path / "more.csv"
    more.write_text("id,hyp\nu0,one two\nu3,four\n", encoding="utf-8")
    alone = make(table())
    both = make(table(), systems={"more": more}, allow_missing=True, name="both")
    assert numbers(alone, "rare_words") == numbers(both, "rare_words")
    assert numbers(alone, "words") == numbers(both, "words")


def test_counts_of_utterances_have_words_alone(make: Make) -> None:
    done = make("id,speaker,words,errors\nu0,s0,3,1\nu1,s1,5,2\nu2,s2,,\n", "counts.csv", allow_missing=True)
    assert names(done) == ["words"]
    assert numbers(done, "words") == [3, 5, None]


def test_counts_of_speakers_have_none(make: Make) -> None:
    assert names(make("speaker,words,errors\ns0,300,10\ns1,500,20\n", "counts.csv")) == []


def test_filters_read_the_number_and_groupings_are_not_stored(make: Make) -> None:
    build = open_build(make(table(accent=list("xyxyxy"))).path)
    assert all({*names} <= {"accent"} for names in build.info.marginal_subsets)
    answer = rates(build, RatesQuestion(by=("words",), where=Between("words", 2, None)))
    counts = {
        answer.table.group(i)["words"]: answer.table.count("n_words", i) for i in range(len(answer.table))
    }
    assert counts == {"0": 0, "2": 4, "3": 6, "4": 4}


def test_rare_words_are_those_of_the_fewest_texts() -> None:
    # 10 texts of 10 words: "rare" and "odd" stand in one text each, every other word in two or more.
    common = [f"w{i}" for i in range(9)]
    texts = [" ".join([*common, "x" if i % 2 else "y"]) for i in range(8)]
    texts += [" ".join([*common[:8], "odd", "odd"]), " ".join([*common[:8], "rare", "odder"])]
    share = rare_words(pa.array(texts))
    assert share.tolist() == pytest.approx([0.1] * 8 + [0.2, 0.2])


def test_reading_a_prompt_more_often_makes_no_word_common() -> None:
    once, often = rare_words(pa.array(TEXTS)), rare_words(pa.array(TEXTS * 3 + [TEXTS[3]] * 5))
    np.testing.assert_array_equal(often[: len(TEXTS)], once)


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=6).map(" ".join), min_size=1, max_size=12))
def test_rare_words_equal_a_plain_count(texts: list[str]) -> None:
    different = [text.split() for text in dict.fromkeys(texts)]
    n_texts_with = Counter(word for words in different for word in {*words})
    running = Counter(word for words in different for word in words)
    rare: set[str] = set()
    for most in range(1, len(different) + 1):
        if 10 * sum(running[word] for word in rare) < sum(running.values()):
            rare = {word for word in running if n_texts_with[word] <= most}
    wanted = [
        sum(word in rare for word in text.split()) / len(text.split()) if text else float("nan")
        for text in texts
    ]
    np.testing.assert_array_equal(rare_words(pa.array(texts, pa.string())), wanted)


def test_it_never_displaces_what_was_given() -> None:
    accent = Attribute("accent", "speaker", "category", ("a", "b"), False)
    words = Attribute("words", "content", "number", ("1", "2"), False, "derived")
    assert default_layout((accent, words)) == ("accent",)
    assert default_layout((words,)) == ("words",)
