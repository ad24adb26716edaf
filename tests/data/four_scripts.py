"""Everyday sentences in four scripts with what a recogniser might write, and the errors counted by hand.

Written for these tests. Hindi and Arabic are counted by word, Thai and Japanese by character: a letter
with the vowel signs and tone marks that stand on it is one.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Pair:
    """A sentence, what was heard, and by hand: units of the reference, and errors of each kind."""

    language: str
    reference: str
    heard: str
    n: int
    substitutions: int = 0
    deletions: int = 0
    insertions: int = 0


PAIRS = (
    # आज · बहुत · गर्मी→गरमी · है
    Pair("Hindi", "आज बहुत गर्मी है।", "आज बहुत गरमी है", 4, substitutions=1),
    Pair("Hindi", "मुझे पानी चाहिए।", "मुझे पानी चाहिए", 3),
    # बाज़ार is left out
    Pair("Hindi", "हम कल बाज़ार जाएँगे।", "हम कल जाएँगे", 4, deletions=1),
    # अब is added
    Pair("Hindi", "क्या तुम घर पर हो?", "क्या तुम अब घर पर हो", 5, insertions=1),
    # كوبا→كوب; the comma and the full stop are no words
    Pair("Arabic", "أريد كوبا من الماء، من فضلك.", "أريد كوب من الماء من فضلك", 6, substitutions=1),
    Pair("Arabic", "الجو جميل اليوم.", "الجو جميل اليوم", 3),
    # مع and أخي are left out
    Pair("Arabic", "ذهبت إلى السوق مع أخي.", "ذهبت إلى السوق", 5, deletions=2),
    # هو is added
    Pair("Arabic", "أين المفتاح؟", "أين هو المفتاح", 2, insertions=1),
    # น้ำ · เ · ย็ · น
    Pair("Thai", "น้ำเย็น", "น้ำเย็น", 4),
    # ฉั · น · ช · อ · บ · แ · ม · ว, the last left out
    Pair("Thai", "ฉันชอบแมว", "ฉันชอบแม", 8, deletions=1),
    # ฝ · น · ต · ก · ห · นั · ก, ห left out
    Pair("Thai", "ฝนตกหนัก", "ฝนตกนัก", 7, deletions=1),
    # ไ · ป · ต · ล · า · ด, then นั · ด added
    Pair("Thai", "ไปตลาด", "ไปตลาดนัด", 6, insertions=2),
    # 暑→熱, of the same sound
    Pair("Japanese", "今日は暑いです。", "今日は熱いです", 7, substitutions=1),
    Pair("Japanese", "水をください。", "水をください", 6),
    # は left out
    Pair("Japanese", "駅はどこですか。", "駅どこですか", 7, deletions=1),
    # 大 added
    Pair("Japanese", "猫が好き。", "猫が大好き", 4, insertions=1),
)
LANGUAGES = ("Hindi", "Arabic", "Thai", "Japanese")


def as_csv(n_speakers: int = 3) -> str:
    """The sentences of each language, spoken by so many people, as an evaluation."""
    lines = ["id,speaker,language,reference,hypothesis"]
    for pair in PAIRS:
        for speaker in range(n_speakers):
            who = f"{pair.language.lower()}-{speaker}"
            lines.append(f"{who}-{len(lines)},{who},{pair.language},{pair.reference},{pair.heard}")
    return "\n".join(lines) + "\n"
