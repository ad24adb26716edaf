"""CycloneDX and model-index: the shape their readers ask for, and the numbers of the card's own JSON."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from analysis.card.content import Card, compose
from dashboard.exports.card_cyclonedx import card_cyclonedx, shown_rows
from dashboard.exports.card_huggingface import card_huggingface
from tests.analysis.card_evidence import made_evidence, made_grouping, made_row

STRINGS = {"type": "string", "minLength": 1}
METRIC = {
    "type": "object",
    "required": ["type", "value"],
    "properties": {
        "type": STRINGS,
        "value": STRINGS,
        "slice": STRINGS,
        "confidenceInterval": {
            "type": "object",
            "required": ["lowerBound", "upperBound"],
            "properties": {"lowerBound": STRINGS, "upperBound": STRINGS},
            "additionalProperties": False,
        },
    },
    "additionalProperties": False,
}
ASSESSMENT = {
    "type": "object",
    "properties": dict.fromkeys(("groupAtRisk", "benefits", "harms", "mitigationStrategy"), STRINGS),
    "additionalProperties": False,
}
# The part of the format's schema that a model card needs, as its standard describes it.
MODEL_CARD: dict[str, Any] = {
    "type": "object",
    "properties": {
        "modelParameters": {"type": "object", "properties": {"task": STRINGS}, "additionalProperties": False},
        "quantitativeAnalysis": {
            "type": "object",
            "properties": {"performanceMetrics": {"type": "array", "items": METRIC}},
            "additionalProperties": False,
        },
        "considerations": {
            "type": "object",
            "properties": {
                "technicalLimitations": {"type": "array", "items": STRINGS},
                "fairnessAssessments": {"type": "array", "items": ASSESSMENT},
            },
            "additionalProperties": False,
        },
        "properties": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name", "value"],
                "properties": {"name": STRINGS, "value": {"type": "string"}},
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}


@pytest.fixture(scope="module")
def card() -> Card:
    return compose(made_evidence())


def bill(card: Card) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(card_cyclonedx(card))
    return document


def model_card(card: Card) -> dict[str, Any]:
    [component] = bill(card)["components"]
    found: dict[str, Any] = component["modelCard"]
    return found


def test_the_bill_names_format_version_and_system(card: Card) -> None:
    document = bill(card)
    assert (document["bomFormat"], document["specVersion"], document["version"]) == ("CycloneDX", "1.6", 1)
    [component] = document["components"]
    assert component["type"] == "machine-learning-model"
    assert (component["name"], component["version"]) == ("System A", "1.0")


def test_the_model_card_has_the_shape_of_the_format(card: Card) -> None:
    from jsonschema import Draft202012Validator

    assert [error.message for error in Draft202012Validator(MODEL_CARD).iter_errors(model_card(card))] == []


def test_every_rate_with_its_interval_is_a_metric_of_a_slice(card: Card) -> None:
    metrics = model_card(card)["quantitativeAnalysis"]["performanceMetrics"]
    assert "slice" not in metrics[0]
    for metric, (_, row) in zip(metrics, shown_rows(card), strict=True):
        assert float(metric["value"]) == row.rate
        interval = metric["confidenceInterval"]
        assert (float(interval["lowerBound"]), float(interval["upperBound"])) == (row.low, row.high)
    assert "accent=South" in [metric.get("slice") for metric in metrics]


def test_a_group_shown_to_be_worse_is_a_group_at_risk(card: Card) -> None:
    [assessment] = model_card(card)["considerations"]["fairnessAssessments"]
    assert assessment["groupAtRisk"] == "accent=South"
    assert "1.40× (1.20–1.60)" in assessment["harms"]
    assert assessment["mitigationStrategy"] == "not stated"


def test_a_group_at_risk_is_compared_with_whom_the_card_names() -> None:
    rows = [made_row({"accent": "North"}), made_row({"accent": "South"}, "worse", 0.3)]
    mix = {"strata": ["noise", "device"], "left_out": [], "difference": 0.2, "used": True, "reason": None}
    table = {**made_grouping(["accent"], rows), "comparator": "peers", "mix": mix}
    [assessment] = model_card(compose(made_evidence(groupings=[table])))["considerations"][
        "fairnessAssessments"
    ]
    assert "against other speakers in the same mix of noise and device: Worse" in assessment["harms"]


def test_of_labels_that_software_guessed_nobody_is_said_to_be_at_risk() -> None:
    rows = [made_row({"accent": "North"}), made_row({"accent": "South"}, "worse", 0.3)]
    guessed = compose(made_evidence(groupings=[made_grouping(["accent"], rows, source="inferred")]))
    assert model_card(guessed)["considerations"]["fairnessAssessments"] == []


def test_counts_and_verdicts_go_into_properties(card: Card) -> None:
    known = {one["name"]: one["value"] for one in model_card(card)["properties"]}
    south = json.loads(known["fairhearing:slice:accent=South"])
    assert (south["speakers"], south["words"], south["verdict"]) == (20, 2000, "worse")
    assert known["fairhearing:build"] == "0123456789ab"
    assert known["fairhearing:labels:accent"] == "self"


def test_what_is_withheld_stands_in_neither_file() -> None:
    rows = [made_row({"accent": "North"}), made_row({"accent": "Secret"}, status="suppressed")]
    public = compose(made_evidence(audience="public", groupings=[made_grouping(["accent"], rows)], grid=None))
    assert b"Secret" not in card_huggingface(public)
    metrics = model_card(public)["quantitativeAnalysis"]["performanceMetrics"]
    assert "accent=Secret" not in [metric.get("slice") for metric in metrics]


def results(card: Card) -> list[dict[str, str]]:
    """The results of a model-index, key to written value, read line by line."""
    lines = card_huggingface(card).decode().splitlines()
    assert (lines[0], lines[2]) == ("model-index:", "  results:")
    found: list[dict[str, str]] = []
    for line in lines[3:]:
        if line.startswith("  - task:"):
            found.append({"task": line})
            part = ""
        elif line in {"    dataset:", "    metrics:"}:
            part = line.strip().rstrip(":")
        else:
            key, value = line.strip().removeprefix("- ").split(": ", 1)
            found[-1][f"{part}.{key}"] = value
    return found


def test_every_result_has_the_keys_that_are_required(card: Card) -> None:
    for result in results(card):
        assert "type: automatic-speech-recognition" in result["task"]
        assert {"dataset.type", "dataset.name", "metrics.type", "metrics.value"} <= result.keys()
        for key, value in result.items():
            assert key == "task" or json.loads(value) is not None


def test_there_is_one_result_for_each_slice_with_its_interval_and_counts(card: Card) -> None:
    found = results(card)
    for result, (_, row) in zip(found, shown_rows(card), strict=True):
        assert json.loads(result["metrics.value"]) == pytest.approx(100 * (row.rate or 0))
        about = json.loads(result["metrics.args"])
        assert about["ci95"] == pytest.approx([100 * (row.low or 0), 100 * (row.high or 0)])
        assert about["speakers"] == row.n_speakers
    assert json.loads(found[1]["metrics.args"])["labels"] == {"accent": "self"}
    names = [json.loads(result["dataset.config"]) for result in found]
    assert names[:3] == ["all", "accent-north", "accent-south"]
    assert all(re.fullmatch(r"[\w.\-]+", name) for name in names)


def test_what_must_stand_beside_everything_stands_in_both_files() -> None:
    notice = "Synthetic voices: says nothing about people"
    card = compose(made_evidence(notice=notice))
    assert card_huggingface(card).decode().splitlines()[0] == f"# {notice}"
    assert {"name": "fairhearing:notice", "value": notice} in model_card(card)["properties"]
