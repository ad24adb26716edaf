"""Normalisers against their documented examples, an obvious second reading of the rules, and their form."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from dataclasses import replace
from importlib.metadata import version

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whisper_normalizer.english import EnglishTextNormalizer

from analysis.normalize import (
    NORMALIZERS,
    NormalizationError,
    Normalizer,
    UnknownNormalizerError,
    normalize_texts,
    normalizer,
)

ODD_SPACES = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\u00a0\u1680\u2003\u2028\u2029\u202f\u205f\u3000"


def normalized(normalizer_id: str, text: str) -> str:
    (found,) = normalize_texts(normalizer_id, pa.array([text], pa.string())).to_pylist()
    return str(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gonna", "going to"),
        ("wanna", "want to"),
        ("gotta", "got to"),
        ("y'all", "you all"),
        ("imma", "i am going to"),
        ("finna", "finna"),
        ("tryna", "tryna"),
        ("gon'", "gon"),
        ("aksing", "aksing"),
        ("dem", "dem"),
        ("dis", "dis"),
        ("innit", "innit"),
        ("he don't know nothin'", "he do not know nothin"),
        ("ain't", "aint"),
        ("John's car", "john is car"),
        ("oh my god", "0 my god"),
        ("main st", "main saint"),
        ("St. Mary's", "saint mary is"),
        ("erm, ah", "erm ah"),
        ("um, uh, hmm", ""),
        ("kinda", "kind of"),
        ("dunno", "do not know"),
        ("'cause", "because"),
        ("the colour [laughs] of twenty-one", "the color of 21"),
    ],
)
def test_whisper_english_forgives_some_ways_of_speaking_and_not_others(text: str, expected: str) -> None:
    assert normalized("whisper-english", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Well-known, he said.", "wellknown he said"),
        ("don't DON’T don‘t", "dont dont dont"),
        ("ﬁne ＡＢＣ ½", "fine abc 1⁄2"),
        ("cafe\u0301", "café"),
        ("a—b a…b a_b", "ab ab ab"),
        ("$5 100% 3+4", "$5 100 3+4"),
        ("¿Qué? «Да!» 「はい」。", "qué да はい"),
        ("नमस्ते।", "नमस्ते"),
        ("İ ẞ Σ", "i̇ ß σ"),
        ("... - !", ""),
        ("", ""),
    ],
)
def test_basic_lowers_and_deletes_punctuation_with_nothing_in_its_place(text: str, expected: str) -> None:
    assert normalized("basic", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Yes,  SIR! ", "Yes, SIR!"),
        ("a\u00a0b\u2028c\x1cd", "a b c d"),
        ("cafe\u0301 ﬁne", "cafe\u0301 ﬁne"),
        ("zero\u200bwidth", "zero\u200bwidth"),
        (ODD_SPACES, ""),
    ],
)
def test_none_only_splits_at_white_space(text: str, expected: str) -> None:
    assert normalized("none", text) == expected


@given(st.text(max_size=60) | st.text(st.characters(max_codepoint=127), max_size=60))
@settings(max_examples=500)
def test_basic_does_what_its_steps_say_in_their_order(text: str) -> None:
    result = unicodedata.normalize("NFKC", text).lower()
    for character in set(result):
        if unicodedata.category(character)[0] == "P":
            result = result.replace(character, "")
    assert normalized("basic", text) == " ".join(result.split())


@given(st.text(max_size=60))
@settings(max_examples=300)
def test_whisper_english_is_the_packages_own(text: str) -> None:
    assert normalized("whisper-english", text) == " ".join(EnglishTextNormalizer()(text).split())


@given(st.sampled_from(list(NORMALIZERS)), st.lists(st.none() | st.text(max_size=20), max_size=8))
def test_every_result_is_words_with_single_spaces_in_the_order_given(
    normalizer_id: str, texts: list[str | None]
) -> None:
    results = normalize_texts(normalizer_id, pa.array(texts, pa.string())).to_pylist()
    assert [result is None for result in results] == [text is None for text in texts]
    assert all(result == " ".join(result.split()) for result in results if result is not None)
    present = [text for text in texts if text is not None]
    assert normalizer(normalizer_id).apply(present) == [result for result in results if result is not None]


@pytest.mark.parametrize("space", ODD_SPACES, ids=lambda space: f"U+{ord(space):04X}")
@pytest.mark.parametrize("normalizer_id", NORMALIZERS)
def test_every_white_space_parts_words(normalizer_id: str, space: str) -> None:
    assert normalized(normalizer_id, f"{space}left{space}{space}right{space}") == "left right"


def test_each_distinct_text_is_rewritten_once() -> None:
    seen: list[str] = []

    def watched(text: str) -> str:
        seen.append(text)
        return text

    counted = replace(normalizer("none"), load=lambda: watched)
    assert counted.apply(["a", "b", "a", "a"]) == ["a", "b", "a", "a"]
    assert seen == ["a", "b"]


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())])
def test_texts_may_come_as_any_kind_of_string(kind: pa.DataType) -> None:
    texts = pa.array(["x", "Yes,", None, "Yes,"], pa.string()).cast(kind).slice(1)
    assert normalize_texts("basic", texts).to_pylist() == ["yes", None, "yes"]


def test_chunks_stay_chunks() -> None:
    texts = pa.chunked_array([["A,"], [], ["B."]], pa.string())
    found = normalize_texts("basic", texts)
    assert [chunk.to_pylist() for chunk in found.chunks] == [["a"], [], ["b"]]


@pytest.mark.parametrize(
    ("asked", "suggested"),
    [
        ("Whisper-English", "whisper-english"),
        ("whisper", "whisper-english"),
        ("bsic", "basic"),
        (" none", "none"),
    ],
)
def test_a_misspelt_name_is_answered_with_the_nearest(asked: str, suggested: str) -> None:
    with pytest.raises(UnknownNormalizerError, match=f'Did you mean "{suggested}"') as raised:
        normalizer(asked)
    assert "known: none, basic, whisper-english, unicode-marks" in str(raised.value)


def test_an_unknown_name_is_refused_without_a_guess() -> None:
    with pytest.raises(ValueError, match="known: none, basic, whisper-english, unicode-marks") as raised:
        normalize_texts("sclite", pa.array(["a"]))
    assert "Did you mean" not in str(raised.value)


def test_a_text_the_package_cannot_read_is_named() -> None:
    with pytest.raises(NormalizationError, match="begins “call 999"):
        normalized("whisper-english", "call " + "9" * 5000)


@pytest.mark.parametrize(
    ("normalizer_id", "fingerprint"),
    [
        ("none", "fad9c82d6986d37989758d5a80893a9f9cb5cbcd7dd21232b78ed2310268ddac"),
        ("basic", "c766ff1d1c91b937848e0f40c9b3d7e2b1be5d9ec09400f939e8a514fec4fac3"),
        ("unicode-marks", "539be8b7d1d047ef1179cabdf9dd1c1b46296a34070302a2f5db6ce8135327be"),
    ],
)
def test_fingerprints_do_not_move_by_accident(normalizer_id: str, fingerprint: str) -> None:
    """Rates are comparable while this holds: a new fingerprint needs a new version."""
    assert normalizer(normalizer_id).version == "1"
    assert normalizer(normalizer_id).sha256 == fingerprint


def test_the_packages_version_is_part_of_the_fingerprint() -> None:
    whisper = normalizer("whisper-english")
    assert whisper.version == version("whisper-normalizer")
    assert replace(whisper, version="0.0.1").sha256 != whisper.sha256


def test_rewording_a_description_keeps_the_fingerprint() -> None:
    basic = normalizer("basic")
    assert replace(basic, description="In other words.").sha256 == basic.sha256


@pytest.mark.parametrize("chosen", NORMALIZERS.values(), ids=list(NORMALIZERS))
def test_every_normaliser_is_registered_under_its_name_and_described(chosen: Normalizer) -> None:
    assert NORMALIZERS[chosen.id] is chosen
    assert chosen.description.endswith(".")
    assert chosen.steps


def test_the_package_is_only_imported_when_it_is_used() -> None:
    script = "import sys, analysis.normalize; print('whisper_normalizer' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
