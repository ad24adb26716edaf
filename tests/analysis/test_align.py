"""Alignments against documented numbers, a textbook dynamic programme and jiwer itself."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable

import jiwer
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import align
from analysis.align import Alignment, Operation, align_texts
from analysis.aligners import DEFAULT_ALIGNER
from analysis.normalize import normalize_texts

Pair = tuple[str, str]
Edit = tuple[int, int, int, int]

# Only spaces part words here, as in text that a normaliser has made.
AT_SPACES = jiwer.Compose([jiwer.ReduceToListOfListOfWords(word_delimiter=" ")])
ODD_WORDS = [
    *("a\u00a0b", "\u2028", "a\u001cb", "\u3000", "\t", "\u0085x", "\u200b", "\ufeff", "\x00", "\U0010ffff"),
    *("e\u0301", "é", "e", "\u0301", "ﬁ", "fi", "ß", "SS", "İ", "i̇", "🎉", "👩‍👩‍👧", "नमस्ते", "שלום"),
]


def aligned(pairs: Iterable[Pair]) -> Alignment:
    references, hypotheses = zip(*pairs, strict=True)
    return align_texts(pa.array(references, pa.string()), pa.array(hypotheses, pa.string()))


def counts(alignment: Alignment) -> list[tuple[int, int, int, int]]:
    rows = (alignment.hits, alignment.substitutions, alignment.deletions, alignment.insertions)
    return [(int(h), int(s), int(d), int(i)) for h, s, d, i in zip(*rows, strict=True)]


def edits(alignment: Alignment) -> list[Edit]:
    found = alignment.operations
    rows = (found.pair, found.operation, found.reference_position, found.hypothesis_position)
    return [(int(pair), int(code), int(r), int(h)) for pair, code, r, h in zip(*rows, strict=True)]


def jiwer_counts_and_edits(
    pairs: list[Pair], transform: jiwer.Compose = AT_SPACES
) -> tuple[list[tuple[int, int, int, int]], list[Edit]]:
    all_counts, all_edits = [], []
    code = {"substitute": Operation.SUBSTITUTION, "delete": Operation.DELETION, "insert": Operation.INSERTION}
    for place, (reference, hypothesis) in enumerate(pairs):
        found = jiwer.process_words(reference, hypothesis, transform, transform)
        all_counts.append((found.hits, found.substitutions, found.deletions, found.insertions))
        for chunk in found.alignments[0]:
            if chunk.type == "equal":
                continue
            n_reference = chunk.ref_end_idx - chunk.ref_start_idx
            n_hypothesis = chunk.hyp_end_idx - chunk.hyp_start_idx
            for step in range(max(n_reference, n_hypothesis)):
                at_reference = chunk.ref_start_idx + (step if n_reference else 0)
                at_hypothesis = chunk.hyp_start_idx + (step if n_hypothesis else 0)
                all_edits.append((place, int(code[chunk.type]), at_reference, at_hypothesis))
    return all_counts, all_edits


def textbook_distance(reference: list[str], hypothesis: list[str]) -> int:
    """Wagner and Fischer's table, row by row."""
    row = list(range(len(hypothesis) + 1))
    for i, spoken in enumerate(reference, start=1):
        above, row = row, [i]
        for j, heard in enumerate(hypothesis, start=1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (spoken != heard)))
    return row[-1]


def random_pairs(n: int, words: list[str], longest: int, seed: int) -> list[Pair]:
    """Unrelated texts, and texts with words substituted, deleted, inserted and repeated."""
    chance = random.Random(seed)
    pairs = []
    for _ in range(n):
        reference = chance.choices(words, k=chance.randint(0, longest))
        if chance.random() < 0.3:
            hypothesis = chance.choices(words, k=chance.randint(0, longest))
        else:
            spread = chance.choice([0.02, 0.1, 0.4])
            hypothesis = []
            for word in reference:
                what = chance.random()
                if what < spread:
                    hypothesis += chance.choice(
                        [[], [chance.choice(words)], [word, word], [chance.choice(words), word]]
                    )
                else:
                    hypothesis.append(word)
        pairs.append((" ".join(reference), " ".join(hypothesis)))
    return pairs


@pytest.mark.parametrize(
    ("reference", "hypothesis", "expected"),
    [
        ("hello world", "hello duck", (1, 1, 0, 0)),
        ("i like monty python", "i like python", (3, 0, 1, 0)),
        ("short one here", "shoe order one", (1, 1, 1, 1)),
        ("quite a bit of longer sentence", "quite bit of an even longest sentence here", (4, 1, 1, 3)),
    ],
)
def test_the_examples_of_jiwers_documentation_hold(
    reference: str, hypothesis: str, expected: tuple[int, ...]
) -> None:
    assert counts(aligned([(reference, hypothesis)])) == [expected]


@pytest.mark.parametrize(
    ("reference", "hypothesis", "wer"),
    [("X", "X", 0), ("X", "X X Y Y", 3), ("X Y X", "X Z", 2 / 3), ("X", "Y", 1), ("X", "Y Z", 2)],
)
def test_the_table_of_morris_maier_and_green_holds(reference: str, hypothesis: str, wer: float) -> None:
    """The worked examples of "From WER and RIL to MER and WIL" (Interspeech 2004)."""
    ((_, substitutions, deletions, insertions),) = counts(aligned([(reference, hypothesis)]))
    assert (substitutions + deletions + insertions) / len(reference.split()) == wer


@pytest.mark.parametrize(
    ("reference", "hypothesis", "expected", "n_words", "n_hypothesis_words"),
    [
        ("", "", (0, 0, 0, 0), 0, 0),
        ("", "so it goes", (0, 0, 0, 3), 0, 3),
        ("so it goes", "", (0, 0, 3, 0), 3, 0),
        ("so it goes", "so it goes", (3, 0, 0, 0), 3, 3),
        (" so  it goes ", "so it goes", (3, 0, 0, 0), 3, 3),
        ("   ", "", (0, 0, 0, 0), 0, 0),
        ("   ", " so ", (0, 0, 0, 1), 0, 1),
    ],
)
def test_empty_texts_and_spare_spaces_are_no_words(
    reference: str, hypothesis: str, expected: tuple[int, ...], n_words: int, n_hypothesis_words: int
) -> None:
    alignment = aligned([(reference, hypothesis)])
    assert counts(alignment) == [expected]
    assert alignment.n_words.tolist() == [n_words]
    assert alignment.n_hypothesis_words.tolist() == [n_hypothesis_words]


@pytest.mark.parametrize(
    ("words", "longest", "n"),
    [
        (["a", "b"], 12, 3000),
        (["a", "b", "c", "d", "e"], 25, 2000),
        ([f"word{i}" for i in range(400)], 30, 2000),
        (ODD_WORDS, 12, 2000),
        (["a", "b", "c"], 200, 100),
        ([f"w{i}" for i in range(90)], 700, 40),
    ],
    ids=[
        "two words",
        "five words",
        "many words",
        "odd words",
        "long repetitive",
        "longer than one machine word",
    ],
)
def test_every_count_and_operation_equals_jiwers(words: list[str], longest: int, n: int) -> None:
    pairs = random_pairs(n, words, longest, seed=11)
    found = aligned(pairs)
    assert (counts(found), edits(found)) == jiwer_counts_and_edits(pairs)


@pytest.mark.long
def test_operations_equal_jiwers_on_very_long_texts() -> None:
    """Long enough for rapidfuzz to divide the texts (Hirschberg) before it traces back."""
    pairs = random_pairs(12, [f"w{i}" for i in range(300)], 9000, seed=5)
    found = aligned(pairs)
    assert (counts(found), edits(found)) == jiwer_counts_and_edits(pairs)


def test_ids_in_the_range_of_surrogates_are_words_like_others() -> None:
    chance = random.Random(3)
    pairs = []
    for i in range(4_000):
        reference = [f"w{20 * i + j}" for j in range(20)]
        hypothesis = [word for word in reference if chance.random() > 0.1]
        pairs.append((" ".join(reference), " ".join([*hypothesis, reference[0]])))
    found = aligned(pairs)
    assert (counts(found), edits(found)) == jiwer_counts_and_edits(pairs)


@pytest.mark.parametrize(("most_words", "chunk"), [(4, 1000), (12, 3), (60, 7), (10_000, 1)])
def test_more_words_than_characters_change_nothing(
    monkeypatch: pytest.MonkeyPatch, most_words: int, chunk: int
) -> None:
    pairs = random_pairs(150, [f"w{i}" for i in range(50)], 20, seed=2)
    expected = aligned(pairs)
    monkeypatch.setattr(align, "_MOST_DISTINCT_WORDS", most_words)
    monkeypatch.setattr(align, "_CHUNK", chunk)
    found = aligned(pairs)
    assert (counts(found), edits(found)) == (counts(expected), edits(expected))


@pytest.mark.long
def test_more_distinct_words_than_unicode_has_characters_are_told_apart() -> None:
    references = [" ".join(f"{i:x}.{j:x}" for j in range(26)) for i in range(49_000)]
    hypotheses = [text.partition(" ")[2] for text in references]
    found = align_texts(pa.array(references), pa.array(hypotheses))
    assert set(counts(found)) == {(25, 0, 1, 0)}
    assert set(found.operations.reference_position.tolist()) == {0}


@pytest.mark.parametrize(
    "prepared",
    [
        lambda texts: pa.array(["not this", *texts], pa.string()).slice(1),
        lambda texts: pa.array(texts, pa.large_string()),
        lambda texts: pa.array(texts, pa.string()).dictionary_encode(),
        lambda texts: pa.chunked_array([texts[:1], [], texts[1:]], pa.string()),
    ],
    ids=["slice", "large strings", "dictionary", "chunks"],
)
def test_texts_may_come_in_any_layout(prepared: Callable[[list[str]], pa.Array]) -> None:
    pairs = random_pairs(80, ["a", "b", "c", "né"], 9, seed=4)
    plain = aligned(pairs)
    references, hypotheses = (prepared(list(texts)) for texts in zip(*pairs, strict=True))
    found = align_texts(references, hypotheses)
    assert (counts(found), edits(found)) == (counts(plain), edits(plain))


def test_no_pairs_give_empty_arrays_of_the_right_types() -> None:
    nothing = align_texts(pa.array([], pa.string()), pa.array([], pa.string()))
    numbers = [nothing.hits, nothing.substitutions, nothing.deletions, nothing.insertions]
    assert {(len(array), array.dtype) for array in [*numbers, nothing.n_words]} == {(0, np.dtype(np.int32))}
    assert edits(nothing) == []


def test_texts_without_a_partner_are_refused() -> None:
    with pytest.raises(ValueError, match="2 references and 1 hypotheses"):
        align_texts(pa.array(["a", "b"]), pa.array(["a"]))


def test_a_missing_text_is_not_taken_for_an_empty_one() -> None:
    with pytest.raises(ValueError, match="hypothesis is missing in 1 of 2 pairs"):
        align_texts(pa.array(["a", "b"]), pa.array(["a", None]))


@pytest.mark.parametrize("normalizer_id", ["none", "basic"])
def test_odd_white_space_parts_words_once_a_text_is_normalised(normalizer_id: str) -> None:
    pairs = random_pairs(500, [*ODD_WORDS, "Yes,", "don't"], 10, seed=8)
    references, hypotheses = (
        normalize_texts(normalizer_id, pa.array(texts, pa.string())) for texts in zip(*pairs, strict=True)
    )
    found = align_texts(references, hypotheses)
    normalized = list(zip(references.to_pylist(), hypotheses.to_pylist(), strict=True))
    jiwers_own_rules = jiwer.transformations.wer_default
    assert (counts(found), edits(found)) == jiwer_counts_and_edits(normalized, jiwers_own_rules)


def test_the_aligner_says_how_ties_are_broken() -> None:
    assert DEFAULT_ALIGNER.id
    assert DEFAULT_ALIGNER.version
    assert "jiwer 4" in DEFAULT_ALIGNER.tie_rule
    assert DEFAULT_ALIGNER.tie_rule.endswith(".")


any_words = st.lists(st.sampled_from(["a", "b", "c", "né", "e\u0301"]), max_size=12).map(" ".join)
any_pairs = st.lists(st.tuples(any_words, any_words), min_size=1, max_size=12)


@given(any_pairs)
def test_the_errors_are_the_fewest_possible(pairs: list[Pair]) -> None:
    found = [
        substitutions + deletions + insertions
        for _, substitutions, deletions, insertions in counts(aligned(pairs))
    ]
    assert found == [
        textbook_distance(reference.split(), hypothesis.split()) for reference, hypothesis in pairs
    ]


@given(any_pairs)
def test_every_word_of_both_texts_is_counted_once(pairs: list[Pair]) -> None:
    found = aligned(pairs)
    assert (found.hits + found.substitutions + found.deletions).tolist() == [len(r.split()) for r, _ in pairs]
    assert (found.hits + found.substitutions + found.insertions).tolist() == [
        len(h.split()) for _, h in pairs
    ]
    assert found.n_words.tolist() == [len(r.split()) for r, _ in pairs]
    assert found.n_hypothesis_words.tolist() == [len(h.split()) for _, h in pairs]


@given(any_pairs)
def test_swapping_the_texts_keeps_the_errors_and_turns_deletions_into_insertions(pairs: list[Pair]) -> None:
    one_way, other_way = aligned(pairs), aligned((h, r) for r, h in pairs)
    for (_, s, d, i), (_, s2, d2, i2) in zip(counts(one_way), counts(other_way), strict=True):
        assert s + d + i == s2 + d2 + i2
        assert d - i == i2 - d2
