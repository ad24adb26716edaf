"""What the Trust and Data pages say in short: missing combinations together, sources once, options by their names on the pages."""

from __future__ import annotations

from dashboard.answers.ingest_process import Refused
from dashboard.wording_coverage import missing_together
from dashboard.wording_data import NOTHING_WRITTEN, UNEXPECTED, options_legend, refused_headline
from dashboard.wording_labels import labels_sentence
from dashboard.wording_provenance import options_of_build
from dashboard.wording_recordings import has_clips
from dashboard.wording_trust import commands_legend, names_example


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
    said = options_legend(["Ingest with `--label-source accent=self`."], "On the Data page")
    assert said == (
        "On the Data page --label-source is the second box of each attribute under “What describes the recordings”."
    )


def test_advice_with_commands_says_where_the_dashboard_has_them() -> None:
    said = commands_legend(["Compare alike (`fairhearing adjust`); `fairhearing coverage` says how many."])
    assert said == (
        "In the dashboard fairhearing adjust is the tab Conditions of the page Subgroup; "
        "fairhearing coverage is the tab Coverage of the page Trust."
    )
    assert commands_legend(["Correct the labels."]) is None


def test_an_example_that_the_finding_names_is_not_said_twice() -> None:
    assert names_example('Who gave the labels of "accent" is not stated.', "accent")
    assert not names_example("1 pair of groups of accent differs in writing alone.", "cent")


def test_sound_is_withheld_only_where_clips_were_handed_in() -> None:
    assert not has_clips([{"columns": {"id": "utterance"}}])
    assert has_clips([{"columns": {"id": "utterance"}}, {"columns": {"audio": "path"}}])
    assert has_clips([])


def test_only_an_expected_refusal_says_that_nothing_was_written() -> None:
    assert NOTHING_WRITTEN in refused_headline(Refused("The disk is full.", (), 0))
    unexpected = f"{UNEXPECTED} (KeyError: 'x'). Run it again with FAIRHEARING_DEBUG=1."
    assert NOTHING_WRITTEN not in refused_headline(Refused(unexpected, (), 0))
