"""Characters of references and errors in them, against jiwer and a plain table."""

from __future__ import annotations

import jiwer
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.characters import character_counts
from analysis.normalize import normalize_texts
from analysis.script_words import words_of_any_script

WORDS = st.lists(st.text("abcéñहि北", min_size=1, max_size=6), max_size=6).map(" ".join)


def counted(
    references: list[str], hypotheses: list[str], *, parted: bool = False
) -> tuple[list[int], list[int]]:
    n_characters, errors = character_counts(
        pa.array(references, pa.string()), pa.array(hypotheses, pa.string()), parted=parted
    )
    return n_characters.tolist(), errors.tolist()


@pytest.mark.parametrize(
    ("reference", "hypothesis", "expected"),
    [
        ("kitten", "sitting", (6, 3)),
        ("i can spell", "i cam spell", (11, 1)),
        ("a b", "ab", (3, 1)),
        ("", "ab", (0, 2)),
        ("ab", "", (2, 2)),
        ("", "", (0, 0)),
        ("नमस्ते", "नमस्त", (6, 1)),
    ],
)
def test_known_pairs_have_their_characters_and_errors(
    reference: str, hypothesis: str, expected: tuple[int, int]
) -> None:
    assert counted([reference], [hypothesis]) == ([expected[0]], [expected[1]])


@given(st.lists(st.tuples(WORDS.filter(bool), WORDS), min_size=1, max_size=6))
def test_the_rate_of_a_list_is_that_of_jiwer(pairs: list[tuple[str, str]]) -> None:
    references, hypotheses = ([pair[side] for pair in pairs] for side in (0, 1))
    n_characters, errors = counted(references, hypotheses)
    assert sum(errors) / sum(n_characters) == pytest.approx(jiwer.cer(references, hypotheses))


def plain_distance(spoken: str, heard: str) -> int:
    row = list(range(len(heard) + 1))
    for i, one in enumerate(spoken, start=1):
        above, row = row, [i]
        for j, other in enumerate(heard, start=1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (one != other)))
    return row[-1]


@given(WORDS, WORDS)
def test_errors_are_those_of_the_plain_table(spoken: str, heard: str) -> None:
    assert counted([spoken], [heard]) == ([len(spoken)], [plain_distance(spoken, heard)])


@pytest.mark.parametrize(
    ("written", "n_characters"),
    [("東京です。", 4), ("東京 です", 4), ("น้ำเย็น", 7), ("use 東京 now", 8), ("two words", 9)],
)
def test_spaces_that_the_normaliser_put_between_characters_are_not_counted(
    written: str, n_characters: int
) -> None:
    normalized = normalize_texts("unicode-marks", pa.array([written])).to_pylist()
    assert normalized == [" ".join(words_of_any_script(written).split())]
    assert counted(normalized, normalized, parted=True) == ([n_characters], [0])
