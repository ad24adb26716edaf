"""Hindi, Arabic, Thai and Japanese score as a person would by hand; what would damage them is warned of."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from analysis.align import align_texts, aligned_words
from analysis.normalize import normalize_texts, normalizer
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.answers.rows import rate_rows
from data.doctor.script_damage import damage_of
from data.ingest import ingest
from data.ingest_options import IngestOptions
from data.store import open_build
from tests.data.four_scripts import LANGUAGES, PAIRS, Pair, as_csv


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.language}: {pair.reference}")
def test_a_sentence_has_the_errors_a_person_counts(pair: Pair) -> None:
    spoken, heard = (
        normalize_texts("unicode-marks", pa.array([text])) for text in (pair.reference, pair.heard)
    )
    found = align_texts(spoken, heard)
    counts = (found.n_words[0], found.substitutions[0], found.deletions[0], found.insertions[0])
    assert counts == (pair.n, pair.substitutions, pair.deletions, pair.insertions)


def test_the_rate_of_each_language_is_the_one_worked_out_by_hand(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(as_csv(), encoding="utf-8")
    options = IngestOptions("four", (tmp_path / "in.csv",), normalizer="unicode-marks")
    build = open_build(ingest(options, tmp_path / "home").path)
    found = {
        row["group"]["language"]: row["rate"]
        for row in rate_rows(rates(build, RatesQuestion(by=("language",))).table)
    }
    assert found == pytest.approx({"Hindi": 3 / 16, "Arabic": 4 / 16, "Thai": 4 / 25, "Japanese": 3 / 24})


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.language}: {pair.reference}")
def test_no_mark_is_parted_from_its_letter_in_the_aligned_words(pair: Pair) -> None:
    spoken, heard = normalizer("unicode-marks").apply([pair.reference, pair.heard])
    words = [
        text for word in aligned_words(spoken, heard) for text in (word.reference, word.hypothesis) if text
    ]
    assert words
    # A mark alone would be drawn over a dotted circle.
    assert [word for word in words if not word[0].isalpha()] == []


@pytest.mark.parametrize(
    ("name", "damaged"),
    [
        ("none", {"Thai", "Japanese"}),
        ("basic", {"Thai", "Japanese"}),
        ("whisper-english", {"Hindi", "Arabic", "Thai", "Japanese"}),
        ("unicode-marks", set()),
    ],
)
def test_a_normaliser_that_damages_a_script_is_known_before_it_is_used(name: str, damaged: set[str]) -> None:
    texts = {
        language: [pair.reference for pair in PAIRS if pair.language == language] for language in LANGUAGES
    }
    # A clause is more than a sentence of four words; several stand for a longer one.
    long = {language: ["".join(own) + str(n) for n in range(12)] for language, own in texts.items()}
    unspaced = {
        language: long[language] if language in ("Thai", "Japanese") else own
        for language, own in texts.items()
    }
    found = {language for language, own in unspaced.items() if damage_of(normalizer(name), pa.array(own))}
    assert found == damaged
