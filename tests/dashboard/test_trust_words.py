"""What the Trust and Data pages say in short: missing combinations together, sources once, options by their names on the pages."""

from __future__ import annotations

import pytest

from dashboard.wording_coverage import missing_together
from dashboard.wording_data import options_legend
from dashboard.wording_labels import labels_sentence
from dashboard.wording_provenance import options_of_build
from dashboard.wording_recordings import has_clips
from dashboard.wording_trust import where_unsaid
from data.doctor import EVERYWHERE, DoctorFault


def test_what_is_missing_stands_together_by_what_it_is_a_combination_of() -> None:
    missing = ({"noise": "wind"}, {"accent": "Scots", "noise": "babble"}, {"noise": "rain"})
    assert missing_together(missing) == {"Noise": ["wind", "rain"], "Accent and noise": ["Scots · babble"]}


def test_attributes_with_one_source_share_its_phrase() -> None:
    sources = {"accent": "self", "noise": "annotator", "age": "self"}
    assert labels_sentence(sources) == (
        "Labels: accent and age: reported by the speakers; noise: given by annotators."
    )
    assert "no claim is made" in labels_sentence({"accent": "inferred", "age": "inferred"})


def test_options_speak_of_attributes_as_the_pages_do() -> None:
    said = options_of_build(
        {
            "attributes": ["accent", "snr_db"],
            "roles": {"accent": "speaker", "snr_db": "condition"},
            "label_sources": {"accent": "self", "snr_db": "self"},
            "show_text": True,
        }
    )
    assert said == [
        "attributes: accent, signal-to-noise ratio in dB",
        "what attributes are about: accent about the speaker; signal-to-noise ratio in dB about the conditions",
        "labels: accent and signal-to-noise ratio in dB reported by the speakers",
        "texts are shown",
    ]


def test_advice_with_options_says_where_the_data_page_has_them() -> None:
    said = options_legend(["Choose another (`--normalizer`)."], "On the Data page")
    assert said == "On the Data page --normalizer is “What counts as the same word”."


def test_sound_is_withheld_only_where_clips_were_handed_in() -> None:
    assert not has_clips([{"columns": {"id": "utterance"}}])
    assert has_clips([{"columns": {"id": "utterance"}}, {"columns": {"audio": "path"}}])
    assert has_clips([])


PAIRS = "3 pairs of groups of accent change places with the estimator."


@pytest.mark.parametrize(
    ("what", "where", "unsaid"),
    [
        ("7 of 480 references have no words.", EVERYWHERE, ""),
        ("5 outputs of A are empty.", "A", ""),
        (PAIRS, "a, accent", "a, accent"),
        (PAIRS, "acc, pairs", "acc, pairs"),
        (PAIRS.replace("accent", "accent, native"), "accent, native", ""),
        ("A returns nothing for one group of accent, native.", "A, accent, native", ""),
        ("A returns nothing for one group of accent.", "B, accent", "B, accent"),
        ("2 columns have no value in any row.", "age, gender", "age, gender"),
        ('The labels of "c++" were guessed.', "c++", ""),
    ],
)
def test_a_finding_says_what_it_is_about_unless_its_sentence_names_that_whole(
    what: str, where: str, unsaid: str
) -> None:
    assert where_unsaid(DoctorFault("x", "note", what, where, 1, (), "", "")) == unsaid
