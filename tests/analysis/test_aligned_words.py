"""Two texts shown word against word: every word once, in reading order."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.align import AlignedWord, aligned_words

any_words = st.lists(st.sampled_from(["a", "b", "c", "né", "e\u0301"]), max_size=12).map(" ".join)


def test_words_are_shown_against_each_other_in_reading_order() -> None:
    assert aligned_words("the cat sat on the mat", "a cat sat the mat now") == [
        AlignedWord("substitution", "the", "a"),
        AlignedWord("hit", "cat", "cat"),
        AlignedWord("hit", "sat", "sat"),
        AlignedWord("deletion", "on", None),
        AlignedWord("hit", "the", "the"),
        AlignedWord("hit", "mat", "mat"),
        AlignedWord("insertion", None, "now"),
    ]


def test_an_inserted_word_takes_the_place_of_none() -> None:
    assert aligned_words("on the mat", "on on the mat") == [
        AlignedWord("hit", "on", "on"),
        AlignedWord("insertion", None, "on"),
        AlignedWord("hit", "the", "the"),
        AlignedWord("hit", "mat", "mat"),
    ]


def test_two_empty_texts_have_nothing_to_show() -> None:
    assert aligned_words("", "") == []


@given(any_words | st.text(max_size=30), any_words | st.text(max_size=30))
@settings(max_examples=300)
def test_any_two_texts_can_be_aligned_and_read_back(reference: str, hypothesis: str) -> None:
    steps = aligned_words(reference, hypothesis)
    assert [step.reference for step in steps if step.reference is not None] == [
        w for w in reference.split(" ") if w
    ]
    assert [step.hypothesis for step in steps if step.hypothesis is not None] == [
        w for w in hypothesis.split(" ") if w
    ]
    assert all((step.kind == "hit") == (step.reference == step.hypothesis) for step in steps)
