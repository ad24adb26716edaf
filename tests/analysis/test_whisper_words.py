"""The fast path of `whisper-english` gives what the package gives, on every text tried, and costs less."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whisper_normalizer.english import EnglishNumberNormalizer, EnglishTextNormalizer

from analysis import whisper_words
from analysis.whisper_words import WordByWord, word_by_word
from tests.analysis.english_texts import (
    CONTRACTED,
    NUMBERS,
    ODD,
    PLAIN,
    SPACES,
    WRITTEN,
    adversarial,
    ordinary,
)

PACKAGE = EnglishTextNormalizer()


class Watched(EnglishTextNormalizer):
    """The package, with a note of every text it rewrote to the end."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def __call__(self, text: str) -> str:
        if isinstance(self.standardize_numbers, EnglishNumberNormalizer):
            self.seen.append(text)
        return str(super().__call__(text))


def differences(texts: Iterable[str]) -> list[str]:
    fast = WordByWord(PACKAGE)
    return [text for text in texts if fast(text).split() != PACKAGE(text).split()]


def test_ordinary_sentences_come_out_as_from_the_package() -> None:
    assert differences(ordinary(10_000, seed=1)) == []


def test_strings_that_look_for_trouble_come_out_as_from_the_package() -> None:
    assert differences(adversarial(25_000, seed=2)) == []


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10, 20))
def test_many_more_strings_come_out_as_from_the_package(seed: int) -> None:
    assert differences(ordinary(20_000, seed)) == []
    assert differences(adversarial(100_000, seed)) == []


def test_every_two_words_beside_each_other_come_out_as_from_the_package() -> None:
    words = ["cat", *NUMBERS, *CONTRACTED[::4], *WRITTEN[::4], *ODD[::4]]
    assert differences(f"{one} {other}" for one in words for other in words[::2]) == []


@given(st.text(max_size=30) | st.text(st.sampled_from("admnstu'’.,-$%105£([)> \u0301\u200d…²"), max_size=30))
@settings(max_examples=1_500, deadline=None)
def test_any_text_comes_out_as_from_the_package(text: str) -> None:
    assert differences([text]) == []


@pytest.mark.parametrize(
    "text",
    [
        "twenty, um, one",
        "a hundred and five and a half",
        "and a half hour",
        "1990 s",
        "1990 ’s",
        "he's got it",
        "he's gotta go",
        "he's\tgot it",
        "he's um got it",
        "rock 'n' roll",
        "it um's him",
        "costs 5$",
        "well...",
        "well... yes",
        "[laughs at him]",
        "one (or two)",
        "two dollars and seven cents",
        "minus and",
        "ΟΔΟΣ οδοσ",
    ],
)
def test_words_that_need_their_neighbours_get_them(text: str) -> None:
    assert differences([text]) == []


@pytest.mark.parametrize("space", [one for one in SPACES if one], ids=ascii)
def test_every_white_space_counts_as_in_the_package(space: str) -> None:
    texts = [
        space.join(words)
        for words in (["he's", "been", "one", "'til", "two"], ["5", "s"], ["", "'s", "um", ""])
    ]
    assert differences(texts) == []


def test_letters_and_signs_of_many_kinds_come_out_as_from_the_package() -> None:
    codes = (*range(0x600), *range(0x900, 0x980), *range(0x2000, 0x2200), *range(0xFF00, 0xFF70))
    characters = [chr(code) for code in codes if unicodedata.category(chr(code)) != "Cn"]
    assert differences(f"x{one}5 {one} one {one}s" for one in characters) == []


def test_ordinary_words_never_reach_the_package_and_others_once() -> None:
    watched = Watched()
    fast = WordByWord(watched)
    for _ in range(3):
        fast("The garden, and the half of it, is GREY; they realise that it's theirs.")
        fast("twenty one people and me")
    assert watched.seen == ["twenty one"]


def test_a_text_it_cannot_take_apart_goes_to_the_package_whole() -> None:
    watched = Watched()
    WordByWord(watched)("She said [laughs] twenty one")
    assert watched.seen == ["She said [laughs] twenty one"]


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whisper_words, "_MOST_WORDS_KEPT", 50)
    monkeypatch.setattr(whisper_words, "_MOST_RUNS_KEPT", 5)
    fast = WordByWord(PACKAGE)
    texts = [f"word{'abc'[i % 3]}{'x' * (i % 40)} is {i} and {i}" for i in range(300)] + ["y" * 500]
    assert [fast(text).split() for text in texts] == [PACKAGE(text).split() for text in texts]
    assert len(fast._vocabulary) <= 50
    assert len(fast._alone) <= 50
    assert len(fast._runs) <= 5


def test_another_version_of_the_package_does_all_the_work_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(word_by_word(PACKAGE), WordByWord)
    monkeypatch.setattr(whisper_words, "TESTED_WITH", "0.0.0")
    assert word_by_word(PACKAGE) is PACKAGE


def test_ordinary_sentences_mostly_go_word_by_word() -> None:
    watched = Watched()
    fast = WordByWord(watched)
    texts = [text for text in ordinary(2_000, seed=3) if len(text) < 60]
    for text in texts:
        fast(text)
    assert sum(text in texts for text in watched.seen) < 0.15 * len(texts)


def test_words_of_a_rule_are_all_known() -> None:
    fast = WordByWord(PACKAGE)
    assert {"um", "hmm", "mr", "cause", "gonna", "twenty", "half", "got"} <= fast._vocabulary._with_a_rule
    assert not set(PLAIN) & (fast._vocabulary._with_a_rule - {"a"})
