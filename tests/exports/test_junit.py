"""A gate as JUnit XML: the shape build servers read, whatever groups are called."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import pytest

from dashboard.exports.junit import export_junit
from tests.hostile_texts import HOSTILE

ATTRIBUTES = {
    "testsuites": {"name", "tests", "failures", "errors", "time"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped", "time"},
    "properties": set(),
    "property": {"name", "value"},
    "testcase": {"classname", "name", "time"},
    "failure": {"type", "message"},
    "skipped": {"message"},
}
CHILDREN = {
    "testsuites": {"testsuite"},
    "testsuite": {"properties", "testcase"},
    "properties": {"property"},
    "testcase": {"failure", "skipped"},
}


def row(group: str, outcome: str) -> dict[str, Any]:
    return {
        "group": {"accent": group},
        "outcome": outcome,
        "reason": "fewer than 10 speakers",
        "rate": 0.2,
        "rate_low": 0.15,
        "rate_high": 0.25,
        "ratio": 1.4,
        "low": 1.2,
        "high": 1.6,
        "p_adjusted": 0.01,
        "verdict": "worse",
        "speakers_needed": 40,
        "n_speakers": 8,
        "n_utterances": 80,
        "n_words": 700,
    }


def document(*rows: dict[str, Any]) -> dict[str, Any]:
    outcomes = [one["outcome"] for one in rows]
    return {
        "evaluation": "made-up",
        "build": "0123456789ab",
        "result": "fail",
        "system": "new",
        "baseline": None,
        "metric": "wer",
        "max_ratio": 1.5,
        "family": "the rows asked for",
        "notice": None,
        "plan": None,
        "counts": {name: outcomes.count(name) for name in ("pass", "fail", "undecided")},
        "rows": list(rows),
    }


THREE = document(row("North", "pass"), row("South", "fail"), row("East", "undecided"))


def read(written: bytes) -> ET.Element:
    return ET.fromstring(written)  # noqa: S314 - bytes of our own making


def assert_shape(element: ET.Element) -> None:
    """Only elements and attributes of the common schema, and every one that it demands."""
    assert set(element.attrib) == ATTRIBUTES[element.tag]
    for child in element:
        assert child.tag in CHILDREN[element.tag]
        assert_shape(child)


@pytest.mark.parametrize("allowed", [False, True])
def test_it_has_the_shape_of_the_common_schema(allowed: bool) -> None:
    root = read(export_junit(THREE, allowed))
    assert root.tag == "testsuites"
    assert_shape(root)


@pytest.mark.parametrize(("allowed", "failures", "skipped"), [(False, 2, 0), (True, 1, 1)])
def test_its_counts_are_those_of_its_cases(allowed: bool, failures: int, skipped: int) -> None:
    [suite] = read(export_junit(THREE, allowed))
    assert (int(suite.attrib["failures"]), len(suite.findall("testcase/failure"))) == (failures, failures)
    assert (int(suite.attrib["skipped"]), len(suite.findall("testcase/skipped"))) == (skipped, skipped)
    assert int(suite.attrib["tests"]) == len(suite.findall("testcase")) == 3


def test_an_undecided_group_is_a_failure_of_its_own_type() -> None:
    [suite] = read(export_junit(THREE))
    assert [found.get("type") for found in suite.iter("failure")] == ["worse", "undecided"]
    message = suite.findall("testcase/failure")[1].attrib["message"]
    assert "can’t tell yet" in message
    assert "about 40 speakers would decide" in message


def test_the_same_gate_gives_the_same_bytes() -> None:
    assert export_junit(THREE) == export_junit(THREE)


@pytest.mark.parametrize("text", [*HOSTILE, "bell \x07, null \x00, half \ud800 a pair", "]]>", "<&\"'"])
def test_any_name_of_a_group_is_readable_xml(text: str) -> None:
    root = read(export_junit(document(row(text, "fail"))))
    [case] = root.iter("testcase")
    assert case.attrib["name"]
    assert [child.tag for child in case] == ["failure"]
