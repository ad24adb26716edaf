"""Alignments where kinds of error cost differently, against hand-worked examples and the plain table."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import weighted_alignment
from analysis.align import Operation, align_texts, aligned_words
from analysis.aligners import ALIGNERS, DEFAULT_ALIGNER, Aligner, UnknownAlignerError, aligner

SCLITE = ALIGNERS["sclite"]
TEXTS = st.lists(st.sampled_from("abcde"), max_size=9)
Edit = tuple[int, int, int]


def edits(pairs: list[tuple[list[str], list[str]]], by: Aligner) -> list[list[Edit]]:
    references, hypotheses = (
        pa.array([" ".join(pair[side]) for pair in pairs], pa.string()) for side in (0, 1)
    )
    found = align_texts(references, hypotheses, by).operations
    rows: list[list[Edit]] = [[] for _ in pairs]
    for pair, *edit in zip(
        found.pair, found.operation, found.reference_position, found.hypothesis_position, strict=True
    ):
        rows[int(pair)].append((int(edit[0]), int(edit[1]), int(edit[2])))
    return rows


def plain_table(spoken: list[str], heard: list[str], by: Aligner) -> list[Edit]:
    """Cell by cell, with the tie rule of sclite written out."""
    cost = {(0, 0): 0}
    step = {}
    for i in range(len(spoken) + 1):
        for j in range(len(heard) + 1):
            ways = []
            if i and j:
                same = spoken[i - 1] == heard[j - 1]
                ways.append((cost[i - 1, j - 1] + (0 if same else by.substitution), "both"))
            if j:
                ways.append((cost[i, j - 1] + by.insertion, "insert"))
            if i:
                ways.append((cost[i - 1, j] + by.deletion, "delete"))
            if ways:
                cost[i, j] = min(way[0] for way in ways)
                step[i, j] = next(name for price, name in ways if price == cost[i, j])
    found: list[Edit] = []
    i, j = len(spoken), len(heard)
    while i or j:
        way = step[i, j]
        i, j = i - (way != "insert"), j - (way != "delete")
        if way == "delete":
            found.append((Operation.DELETION, i, j))
        elif way == "insert":
            found.append((Operation.INSERTION, i, j))
        elif spoken[i] != heard[j]:
            found.append((Operation.SUBSTITUTION, i, j))
    return found[::-1]


@pytest.mark.parametrize(
    ("reference", "hypothesis", "fewest_errors", "by_weight"),
    [
        # Two substitutions cost 8, a deletion and an insertion around a hit 6.
        ("a b", "b a", 2, (0, 1, 1)),
        # Three substitutions cost 12, and so do two deletions and two insertions around a hit: side by side first.
        ("p q a", "a r s", 3, (3, 0, 0)),
        # Five substitutions cost 20, three deletions and three insertions around two hits 18: one error more.
        ("p q r a b", "a b s t u", 5, (0, 3, 3)),
        ("the cat sat", "cat sat down", 2, (0, 1, 1)),
        ("", "a b", 2, (0, 0, 2)),
        ("a b", "", 2, (0, 2, 0)),
        ("a b", "a b", 0, (0, 0, 0)),
    ],
)
def test_hand_worked_pairs_are_aligned_by_weight(
    reference: str, hypothesis: str, fewest_errors: int, by_weight: tuple[int, ...]
) -> None:
    def counted(by: Aligner) -> tuple[int, int, int]:
        found = align_texts(pa.array([reference]), pa.array([hypothesis]), by)
        return int(found.substitutions[0]), int(found.deletions[0]), int(found.insertions[0])

    assert sum(counted(DEFAULT_ALIGNER)) == fewest_errors
    assert counted(SCLITE) == by_weight


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=12))
def test_many_pairs_at_once_are_aligned_as_the_plain_table_aligns_each(
    pairs: list[tuple[list[str], list[str]]],
) -> None:
    assert edits(pairs, SCLITE) == [plain_table(*pair, SCLITE) for pair in pairs]


def test_small_batches_give_the_same_alignments(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = np.random.default_rng(5)
    pairs = [
        (draw.choice(list("abcdef"), size=size).tolist(), draw.choice(list("abcdef"), size=other).tolist())
        for size, other in draw.integers(0, 15, (200, 2)).tolist()
    ]
    whole = edits(pairs, SCLITE)
    monkeypatch.setattr(weighted_alignment, "_MOST_CELLS", 300)
    assert edits(pairs, SCLITE) == whole


@given(TEXTS, TEXTS)
def test_the_cheapest_alignment_costs_no_more_than_the_one_with_fewest_errors(
    spoken: list[str], heard: list[str]
) -> None:
    def cost(by: Aligner) -> int:
        [found] = edits([(spoken, heard)], by)
        return sum(4 if edit[0] == Operation.SUBSTITUTION else 3 for edit in found)

    assert cost(SCLITE) <= cost(DEFAULT_ALIGNER)


@given(TEXTS, TEXTS)
def test_equal_costs_need_as_few_errors_as_the_default(spoken: list[str], heard: list[str]) -> None:
    assert len(plain_table(spoken, heard, DEFAULT_ALIGNER)) == len(
        edits([(spoken, heard)], DEFAULT_ALIGNER)[0]
    )


def test_two_texts_are_shown_with_the_aligners_own_errors() -> None:
    kinds = [word.kind for word in aligned_words("a b", "b a", SCLITE)]
    assert kinds == ["deletion", "hit", "insertion"]


def test_an_unknown_aligner_is_refused_with_near_names() -> None:
    with pytest.raises(UnknownAlignerError, match=r'known: levenshtein-words, sclite.*mean "sclite"'):
        aligner("sclit")


def test_every_aligner_says_its_tie_rule_and_has_another_version_to_rise_to() -> None:
    for name, one in ALIGNERS.items():
        assert one.id == name
        assert one.version == "1"
        assert one.tie_rule.endswith(".")
