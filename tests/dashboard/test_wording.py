"""Words and numbers as people read them, and what may not be said."""

from __future__ import annotations

import math

import pytest

from analysis.attributes import Attribute, Kind
from analysis.judgement import VERDICTS
from analysis.metrics import METRICS
from analysis.selection import EVERYTHING, AllOf, Between, Not, NotStated, OneOf
from analysis.verdict_reasons import FEW_SPEAKERS, IS_REFERENCE, LARGER, NO_GROUP, NOT_STATED, REASONS
from dashboard.wording import (
    attribute_label,
    attribute_name,
    cell_interval,
    cell_names,
    cell_rate,
    counts_text,
    group_names,
    interval_text,
    listed,
    percent,
    plural,
    ratio_text,
    selection_sentence,
    status_text,
)
from dashboard.wording_audience import file_stem
from dashboard.wording_data import problem_sentence, spoken
from dashboard.wording_grid import own_order
from dashboard.wording_recordings import told_groups
from dashboard.wording_sentences import guessed_by_software, rate_in_words
from dashboard.wording_subgroup_controls import with_readable_names
from dashboard.wording_verdicts import MARKS, legend, verdict_cell, verdict_label
from data.column_names import missing_column
from tests.test_house import NOT_TO_BE_SAID


@pytest.mark.parametrize(
    ("rate", "text"), [(0.326, "32.6%"), (1.084, "108.4%"), (0.0, "0.0%"), (None, "–"), (math.nan, "–")]
)
def test_a_fraction_becomes_a_percentage(rate: float | None, text: str) -> None:
    assert percent(rate) == text


def test_an_interval_is_one_range_or_a_dash() -> None:
    assert interval_text(0.317, 0.333) == "31.7–33.3%"
    assert interval_text(math.nan, 0.3) == "–"
    assert cell_interval(0.38, 0.57) == "38–57"
    assert cell_interval(math.nan, math.nan) == ""


def test_a_rate_in_a_cell_keeps_two_figures() -> None:
    assert [cell_rate(rate) for rate in (0.096, 0.47, 1.08, math.nan)] == ["9.6%", "47%", "108%", "–"]


def test_a_ratio_stands_with_its_interval() -> None:
    assert ratio_text(1.6, 1.31, 1.92) == "1.60× (1.31–1.92)"
    assert ratio_text(2.0, 1.2, math.inf) == "2.00× (1.20–∞)"
    assert ratio_text(1.5) == "1.50×"
    assert ratio_text(None) == "–"


@pytest.mark.parametrize(
    ("name", "readable", "many"),
    [
        ("accent", "accent", "accents"),
        ("voice_variant", "voice variant", "voice variants"),
        ("snr_db", "signal-to-noise ratio in dB", "groups by signal-to-noise ratio in dB"),
        ("reverb_ms", "reverb in milliseconds", "groups by reverb in milliseconds"),
        ("L1", "first language", "first languages"),
        ("Gender", "gender", "genders"),
        ("country", "country", "countries"),
        ("age group", "age group", "age groups"),
    ],
)
def test_a_column_name_becomes_a_phrase(name: str, readable: str, many: str) -> None:
    assert attribute_name(name) == readable
    assert plural(name) == many
    assert attribute_label(name) == readable[0].upper() + readable[1:]


def test_a_number_and_a_blank_say_what_they_are_of() -> None:
    group = {"accent": "Scottish", "snr_db": "<10", "device": None}
    assert group_names(group) == "Scottish · signal-to-noise ratio <10 dB · device not stated"


def test_voices_are_not_called_speakers() -> None:
    assert counts_text(1, 1, 1, synthetic=True) == "1 voice · 1 utterance · 1 word"
    assert counts_text(60, 60, 5480, synthetic=False) == "60 speakers · 60 utterances · 5,480 words"


def test_a_list_reads_as_one() -> None:
    assert [listed(names) for names in ((), ("A",), ("A", "B"), ("A", "B", "C"))] == [
        "",
        "A",
        "A and B",
        "A, B and C",
    ]


@pytest.mark.parametrize(
    ("selection", "sentence"),
    [
        (EVERYTHING, "all recordings"),
        (Between("snr_db", None, 10.0), "recordings with signal-to-noise ratio in dB below 10"),
        (NotStated("voice_variant"), "recordings with voice variant not stated"),
        (
            AllOf((OneOf("accent", ("Scottish",)), Not(OneOf("voice_variant", ("higher",))))),
            "recordings with accent Scottish and voice variant other than higher",
        ),
    ],
)
def test_a_selection_is_said_with_readable_attributes(selection: object, sentence: str) -> None:
    assert selection_sentence(selection) == sentence  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("metric", "rate", "text"),
    [
        ("wer", 0.9, "about 90 errors for every 100 words"),
        ("wer", 1.31, "about 13 errors for every 10 words"),
        ("wer", 0.01, "about 10 errors for every 1,000 words"),
        ("wer", 0.0, "about 0 errors for every 1,000 words"),
        ("deletion-rate", 1 / 6, "about 1 word in 6 left out"),
        ("substitution-rate", 0.25, "about 1 word in 4 heard as another"),
        ("insertion-rate", 0.05, "about 5 words that nobody said for every 100 words"),
        ("empty-output-rate", 0.3, "about 30 recordings with nothing written for every 100 recordings"),
        ("cer", 0.27, "about 27 character errors for every 100 characters"),
        ("mer", 0.36, "about 36 errors for every 100 words spoken or inserted"),
        ("wil", 0.545, "54.5% word information loss"),
        ("keyword-miss-rate", 0.4, "about 40 keywords missed for every 100 keywords"),
    ],
)
def test_a_rate_is_told_as_something_that_happens(metric: str, rate: float, text: str) -> None:
    assert rate_in_words(METRICS[metric], rate) == text


@pytest.mark.parametrize("exact", [0.19461, 0.19549, 0.16449, 0.01249, 1.0549])
def test_a_rate_is_told_alike_from_the_exact_number_and_from_the_published_one(exact: float) -> None:
    published = float(f"{exact:.3f}")
    assert rate_in_words(METRICS["wer"], exact) == rate_in_words(METRICS["wer"], published)


def test_a_misspelt_column_is_named_where_the_page_asks_for_it() -> None:
    fault = missing_column("a.csv", ["refrence"], "reference", ["id", "refrence"])
    assert problem_sentence(fault) == (
        'No column is recognised as “What was said (reference)”. Did you mean "refrence"? Choose it below.'
    )
    far = missing_column("a.csv", ["xyz"], "reference", ["xyz"])
    assert "Did you mean" not in problem_sentence(far)


def test_an_error_rate_is_never_words_wrong() -> None:
    assert not any("1 word in" in rate_in_words(METRICS["wer"], rate / 100) for rate in range(1, 150))


def test_every_verdict_has_a_label_with_its_margin_and_a_mark_of_its_own() -> None:
    labels = [verdict_label(verdict, 1.5) for verdict in VERDICTS]
    assert labels == [
        "Worse, shown",
        "Worse, but by less than 1.5×",
        "Not worse than 1.5×, shown",
        "Better, shown",
        "Can’t tell yet",
    ]
    assert len(set(MARKS.values())) == len(VERDICTS)
    assert all(mark in legend(1.5) for mark in MARKS.values())


def test_only_groups_have_a_verdict_that_may_be_undecided() -> None:
    """A reference, "not stated" and everything together are asked nothing, so nothing of them is undecided."""
    for code in NO_GROUP:
        assert verdict_cell("undecided", REASONS[code], 1.25) not in ("", verdict_label("undecided", 1.25))
    assert verdict_cell("undecided", REASONS[IS_REFERENCE], 1.25) == "Is the comparator"
    assert verdict_cell("undecided", REASONS[NOT_STATED], 1.25) == "Not a group"
    assert verdict_cell("undecided", REASONS[FEW_SPEAKERS], 1.25) == "Can’t tell yet"
    assert verdict_cell("worse", REASONS[LARGER], 1.25) == "Worse, shown"


def test_no_sentence_judges_people() -> None:
    said = [legend(1.25), *(rate_in_words(metric, 0.4) for metric in METRICS.values())]
    assert not [text for text in said if NOT_TO_BE_SAID.search(text)]


def test_what_software_guessed_is_known() -> None:
    guessed = Attribute(
        "accent", "speaker", "category", ("A", "B"), has_missing=False, label_source="inferred"
    )
    heard = Attribute(
        "noise", "condition", "category", ("A", "B"), has_missing=False, label_source="inferred"
    )
    assert guessed_by_software((guessed, heard)) == ("accent",)


def test_labels_of_cells_are_never_alike() -> None:
    cells = [
        {"accent": "a · b", "noise": "c"},
        {"accent": "a", "noise": "b · c"},
        {"accent": "East", "noise": "clean"},
        {"accent": "East", "noise": None},
    ]
    assert cell_names(cells) == [
        "Accent: a · b · Noise: c",
        "Accent: a · Noise: b · c",
        "East · clean",
        "East · noise not stated",
    ]
    assert len({*cell_names(cells * 3)}) == len(cells) * 3


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("shown", "shown"),
        ("few speakers", "too few voices, words or errors: never judged"),
        ("empty", "nobody"),
    ],
)
def test_a_status_is_told_in_words(status: str, words: str) -> None:
    assert status_text(status, synthetic=True) == words


def test_a_long_decimal_that_names_a_group_is_written_with_three_digits() -> None:
    assert group_names({"rare_words": "0.1111111111111111"}) == "rare words 0.111"
    assert group_names({"device": "phone 0.1111111111"}) == "phone 0.1111111111"


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (
            "There is no attribute 'snr'. Known: accent, snr_db, voice_variant.",
            "There is no attribute 'snr'. Known: accent, snr_db (signal-to-noise ratio in dB), voice_variant (voice variant).",
        ),
        (
            "There is no attribute 'x'. Known: snr_db. (character 1: x = 1 and snr_db > 5)",
            "There is no attribute 'x'. Known: snr_db (signal-to-noise ratio in dB). (character 1: x = 1 and snr_db > 5)",
        ),
        ("The text ends too early.", "The text ends too early."),
        ("There is no 'snr_db'. Known: snr_db_2.", "There is no 'snr_db'. Known: snr_db_2."),
    ],
)
def test_a_refusal_names_attributes_as_they_are_typed_and_as_the_pages_call_them(
    refusal: str, said: str
) -> None:
    assert with_readable_names(refusal, ("accent", "snr_db", "voice_variant")) == said


def test_a_recording_says_what_its_groups_are_groups_of() -> None:
    groups = {"voice_variant": "higher", "snr_db": "7", "accent": None}
    assert told_groups(groups) == "voice variant: higher · signal-to-noise ratio 7 dB · accent not stated"


@pytest.mark.parametrize(
    ("kind", "levels", "said"),
    [
        ("category", ("baby", "Child", "old"), "Alphabetical"),
        ("category", ("young", "middle", "old"), "As declared"),
        ("number", ("<5", "5–<10", "≥10"), "By number"),
    ],
)
def test_an_order_nobody_declared_is_not_called_declared(
    kind: Kind, levels: tuple[str, ...], said: str
) -> None:
    assert own_order(Attribute("age", "speaker", kind, levels, has_missing=False)) == said


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("hypothesis_current", "hypothesis_current"),
        ("_hyp-B_", "hyp-B"),
        ("a*b [c](d)", "a b c d"),
        ("__", "the column"),
    ],
)
def test_a_column_is_named_in_a_label_as_in_its_file(column: str, said: str) -> None:
    assert spoken(column) == said


def test_files_of_two_systems_have_two_names() -> None:
    systems = ("System A", "System/A", "b_2", "Система", "?")
    stems = [file_stem("mine", "9e50f236aaaa", system, systems, "internal") for system in systems]
    parts = ["System-A-1", "System-A-2", "b_2", "Система", "system-5"]
    assert stems == [f"mine-{part}-9e50f236" for part in parts]
    assert file_stem("mine", "9e50f236aaaa", "b_2", systems, "public") == "mine-b_2-9e50f236-public"
