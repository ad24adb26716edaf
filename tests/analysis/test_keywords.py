"""Keywords: hand-made examples, a plain loop over aligned words, and what a list says."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.align import align_texts, aligned_words
from analysis.keywords import Keywords, keywords_of, read_keywords

TEXTS = st.lists(st.sampled_from("abcd"), max_size=8).map(" ".join)
LISTS = st.lists(
    st.lists(st.sampled_from("abcd"), min_size=1, max_size=3).map(" ".join), min_size=1, max_size=5
)


def counted(keywords: Keywords, pairs: list[tuple[str, str]]) -> list[tuple[int, int]]:
    references, hypotheses = (pa.array([pair[side] for pair in pairs], pa.string()) for side in (0, 1))
    n_keywords, misses = keywords.counts(references, align_texts(references, hypotheses))
    return list(zip(n_keywords.tolist(), misses.tolist(), strict=True))


def plainly(keywords: Keywords, reference: str, hypothesis: str) -> tuple[int, int]:
    """Every place of the reference held against every phrase, with the aligned words as shown on a page."""
    spoken = [word for word in aligned_words(reference, hypothesis) if word.reference is not None]
    n_keywords = misses = 0
    for place in range(len(spoken)):
        for phrase in keywords.phrases:
            words = spoken[place : place + len(phrase)]
            if tuple(word.reference for word in words) == phrase:
                n_keywords += 1
                misses += any(word.kind != "hit" for word in words)
    return n_keywords, misses


@pytest.mark.parametrize(
    ("reference", "hypothesis", "expected"),
    [
        ("call the fire brigade now", "call the fire brigade now", (1, 0)),
        ("call the fire brigade now", "call the tire brigade now", (1, 1)),
        ("call the fire brigade now", "call the fire uh brigade now", (1, 0)),
        ("fire in the fire station", "fire in the station", (2, 1)),
        ("call the brigade", "call the fire brigade", (0, 0)),
        ("", "fire", (0, 0)),
    ],
)
def test_an_occurrence_is_missed_unless_all_its_words_are_hits(
    reference: str, hypothesis: str, expected: tuple[int, int]
) -> None:
    keywords = keywords_of(["fire brigade"] if "brigade" in reference else ["fire"])
    assert counted(keywords, [(reference, hypothesis)]) == [expected]


def test_a_phrase_does_not_reach_into_the_next_text() -> None:
    assert counted(keywords_of(["a b"]), [("c a", "c a"), ("b c", "b c")]) == [(0, 0), (0, 0)]


@given(LISTS, st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=6))
def test_counts_are_those_of_a_plain_loop(phrases: list[str], pairs: list[tuple[str, str]]) -> None:
    keywords = keywords_of(phrases)
    assert counted(keywords, pairs) == [plainly(keywords, *pair) for pair in pairs]


def test_equal_lists_are_equal_whatever_the_order_of_their_lines() -> None:
    one, other = keywords_of(["b", "a  c", "b"]), keywords_of(["a c", "b"])
    assert one == other
    assert one.sha256 == other.sha256 != keywords_of(["a c"]).sha256
    assert keywords_of(one.lines) == one


def test_keywords_are_looked_for_in_the_words_of_the_normaliser() -> None:
    assert keywords_of(["Fire Brigade!", "…"], lambda text: text.lower().strip("!…")).phrases == (
        ("fire", "brigade"),
    )


def test_a_list_has_one_phrase_to_a_line_and_remarks() -> None:
    assert read_keywords("# of the call centre\nfire brigade\n\n ambulance # 112\n") == [
        (2, "fire brigade"),
        (4, "ambulance"),
    ]
