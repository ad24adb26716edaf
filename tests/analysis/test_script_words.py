"""`unicode-marks` on samples written for these tests and worked out by hand, and its properties on any text."""

from __future__ import annotations

import unicodedata

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.align import align_texts
from analysis.normalize import normalize_texts
from analysis.script_words import (
    WITHOUT_SPACES,
    is_scored_by_character,
    words_of_any_script,
)

ZWNJ, ZWJ, ZWSP, NUKTA, VIRAMA = "\u200c", "\u200d", "\u200b", "\u093c", "\u094d"


def normalized(text: str) -> str:
    (found,) = normalize_texts("unicode-marks", pa.array([text], pa.string())).to_pylist()
    return str(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("नमस्ते। आप कैसे हैं?", "नमस्ते आप कैसे हैं"),
        ("मेरे पास ५ किताबें हैं", "मेरे पास 5 किताबें हैं"),
        (f"क{VIRAMA}{ZWJ}ष क{VIRAMA}{ZWNJ}ष", f"क{VIRAMA}ष क{VIRAMA}ष"),
        ("\u0958 क\u093c", f"क{NUKTA} क{NUKTA}"),
        ("அவள் வீட்டிற்கு போனாள்.", "அவள் வீட்டிற்கு போனாள்"),
        ("അവന\u0d4d\u200d", "അവ\u0d7b"),
        ("مرحبًا، كيف حالك؟", "مرحبًا كيف حالك"),
        (f"می{ZWNJ}خواهم", "میخواهم"),
        ("الســـلام ٢٥", "السلام 25"),
        ("\u200fשלום\u200e, עולם!", "שלום עולם"),
        ("ﻻ ﷲ", "لا الله"),
        ("བོད་སྐད།", "བོད སྐད"),
        ("ሰላም፡ዓለም", "ሰላም ዓለም"),
        ("น้ำเย็นมาก", "น้ำ เ ย็ น ม า ก"),
        ("น\u0e4d\u0e49า", "น้ำ"),
        (f"ไป{ZWSP}กิน", "ไ ป กิ น"),
        ("ຂອງນ້ຳ", "ຂ ອ ງ ນ້ຳ"),
        ("ខ្មែរ", "ខ្មែ រ"),
        ("မြန်မာ", "မြ န် မာ"),
        ("東京へ行きます。", "東 京 へ 行 き ま す"),
        ("コーヒーを３杯", "コ ー ヒ ー を 3 杯"),
        ("ｶﾞｷﾞか\u3099", "ガ ギ が"),
        ("私はNHKが好き", "私 は nhk が 好 き"),
        ("我们去北京吧！", "我 们 去 北 京 吧"),
        ("안녕하세요, 여러분", "안녕하세요 여러분"),
        ("STRASSE Straße ΟΔΟΣ οδός", "strasse strasse οδοσ οδόσ"),
        ("п'ять п’ять п\u02bcять", "пять пять пять"),
        ("don't don´t don’t Well-known", "dont dont dont wellknown"),
        ("cafe\u0301 café", "café café"),
        ("1\ufe0f\u20e3 👍🏽 👨\u200d👩\u200d👧 5€ 3½", "1 5 3 1 2"),
        ("\u202bab\u202c \ufeffc\u00add", "ab cd"),
        ("… — !", ""),
        ("", ""),
    ],
)
def test_words_of_many_scripts_are_those_a_reader_sees(text: str, expected: str) -> None:
    assert normalized(text) == unicodedata.normalize("NFC", expected)


@pytest.mark.parametrize(
    ("language", "reference", "hypothesis", "by_hand"),
    [
        # (words or characters, substitutions, deletions, insertions), counted on paper.
        ("Hindi", "वह कल दिल्ली गया था।", "वह कल दिल्ली गयी था", (5, 1, 0, 0)),
        ("Hindi", "क्या तुम घर जा रहे हो?", "क्या क्या तुम घर रहे हो", (6, 0, 1, 1)),
        ("Hindi", "पानी पी लो", "पानि पी लो", (3, 1, 0, 0)),
        ("Arabic", "ذهبتُ إلى السوق، ثم عدت.", "ذهبتُ إلى سوق ثم", (5, 1, 1, 0)),
        ("Arabic", "الكتاب على الطاولة", "الكـــتاب على الطاولة الآن", (3, 0, 0, 1)),
        ("Thai", "ฉันกินข้าว", "ฉันกินขาว", (7, 1, 0, 0)),
        ("Thai", "เขาไปน้ำตก", "เขาไปตก", (8, 0, 1, 0)),
        ("Japanese", "今日は雨です。", "今日は飴です", (6, 1, 0, 0)),
        ("Japanese", "コーヒーをください", "コーヒをください", (9, 0, 1, 0)),
        ("Japanese", "駅はどこですか？", "駅はここですか", (7, 1, 0, 0)),
    ],
)
def test_samples_score_as_a_person_would_by_hand(
    language: str, reference: str, hypothesis: str, by_hand: tuple[int, int, int, int]
) -> None:
    texts = (normalize_texts("unicode-marks", pa.array([text])) for text in (reference, hypothesis))
    found = align_texts(*texts)
    counts = (found.n_words, found.substitutions, found.deletions, found.insertions)
    assert tuple(int(count[0]) for count in counts) == by_hand
    assert is_scored_by_character(reference) is (language in {"Thai", "Japanese"})


@pytest.mark.parametrize(
    ("text", "by_character"),
    [
        ("สวัสดี", True),
        ("ສະບາຍດີ", True),
        ("សួស្តី", True),
        ("မင်္ဂလာပါ", True),
        ("日本語です", True),
        ("ﾃｽﾄ", True),
        ("你好", True),
        ("hello 你好", False),
        ("我买了 iPad 电脑很好", True),
        ("नमस्ते", False),
        ("مرحبا", False),
        ("안녕", False),
        ("hello", False),
        ("123 …", False),
        ("", False),
    ],
)
def test_a_text_is_scored_by_character_where_most_letters_are_of_scripts_without_spaces(
    text: str, by_character: bool
) -> None:
    assert is_scored_by_character(text) is by_character


def test_vowel_signs_that_tell_words_apart_stay() -> None:
    for one, other in (("कल", "काल"), ("दिन", "दीन"), ("ขาว", "ข้าว"), ("மணி", "மண")):
        assert normalized(one) != normalized(other)


@given(
    st.text(max_size=40)
    | st.text(st.sampled_from("กาำํ้เခ်္မទ្រ日ーがｶﾞ\u3099\u200d\u200cनि्´é1٣.'a \u0301"), max_size=20)
)
@settings(max_examples=800, deadline=None)
def test_words_have_no_signs_and_are_left_alone_by_a_second_time(text: str) -> None:
    once = normalized(text)
    assert normalized(once) == once
    assert once == " ".join(once.split())
    assert not {unicodedata.category(one)[0] for one in once if one != " "} & {"P", "S"}


@given(st.text(st.characters(max_codepoint=127), max_size=40))
def test_plain_text_needs_no_unicode_and_comes_out_the_same(text: str) -> None:
    the_long_way = words_of_any_script(text + " é").split()[:-1]
    assert words_of_any_script(text).split() == the_long_way


@given(st.text(max_size=40))
@settings(deadline=None)
def test_composed_and_decomposed_texts_are_one(text: str) -> None:
    composed, decomposed = (normalized(unicodedata.normalize(form, text)) for form in ("NFC", "NFD"))
    assert composed == decomposed


@pytest.mark.parametrize("script", WITHOUT_SPACES)
def test_every_letter_of_these_scripts_stands_alone(script: str) -> None:
    letters = [
        chr(code)
        for first, last in WITHOUT_SPACES[script]
        for code in range(first, min(last, 0x9FFF) + 1)
        if unicodedata.category(chr(code)) == "Lo" and chr(code) not in "\u0e33\u0eb3"
    ][:200]
    assert len(normalized("".join(letters)).split()) >= len(letters)
