"""A release gate as JUnit XML, the form that build servers read: one test case for every group.

A group that cannot be decided is a failure of type "undecided", or skipped where that was allowed.
The same gate gives the same bytes: no time, no machine.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree as ET

from dashboard.wording_gate import case_details, case_message, case_name

SUITES, SUITE, CASE = "testsuites", "testsuite", "testcase"
# What XML 1.0 cannot hold, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def export_junit(document: dict[str, Any], allow_undecided: bool = False) -> bytes:
    """The document of a gate as JUnit XML, in UTF-8."""
    counts = document["counts"]
    failures = counts["fail"] + (0 if allow_undecided else counts["undecided"])
    skipped = counts["undecided"] if allow_undecided else 0
    numbers = {
        "tests": str(len(document["rows"])),
        "failures": str(failures),
        "errors": "0",
        "skipped": str(skipped),
        "time": "0",
    }
    name = f"fairhearing gate {document['evaluation']}"
    suites = ET.Element(SUITES, {"name": _clean(name), **_without(numbers, "skipped")})
    suite = ET.SubElement(suites, SUITE, {"name": _clean(name), **numbers})
    properties = ET.SubElement(suite, "properties")
    for key in (
        "result",
        "evaluation",
        "build",
        "system",
        "baseline",
        "metric",
        "max_ratio",
        "family",
        "notice",
    ):
        if document[key] is not None:
            ET.SubElement(properties, "property", {"name": key, "value": _clean(str(document[key]))})
    if document["plan"]:
        ET.SubElement(properties, "property", {"name": "plan", "value": document["plan"]["sha256"]})
    for row in document["rows"]:
        _add_case(suite, document, row, allow_undecided)
    ET.indent(suites)
    return bytes(ET.tostring(suites, encoding="utf-8", xml_declaration=True)) + b"\n"


def _add_case(suite: ET.Element, document: dict[str, Any], row: dict[str, Any], allowed: bool) -> None:
    kind = document["evaluation"].replace(".", "_")
    names = {"classname": _clean(f"fairhearing.{kind}"), "name": _clean(case_name(row)), "time": "0"}
    case = ET.SubElement(suite, CASE, names)
    if row["outcome"] == "pass":
        return
    message = _clean(case_message(row, document["max_ratio"]))
    if row["outcome"] == "undecided" and allowed:
        ET.SubElement(case, "skipped", {"message": message})
        return
    problem = "undecided" if row["outcome"] == "undecided" else "worse"
    failure = ET.SubElement(case, "failure", {"type": problem, "message": message})
    failure.text = _clean(case_details(row))


def _without(values: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in values.items() if key != name}


def _clean(text: str) -> str:
    """The text without what XML cannot hold; a replacement character stands where something was."""
    return _FORBIDDEN.sub("\ufffd", text)
