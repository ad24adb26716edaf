"""The published form of card.json: every card has it, tampered ones do not, and the older version is read on."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from analysis.card.content import compose
from analysis.card.evidence import SCHEMA, SCHEMAS
from analysis.card.outlines import TEMPLATES
from analysis.card.searched import for_the_public
from dashboard.exports.card_bundle import FORMATS, card_files
from dashboard.exports.card_json import card_from_json, card_json
from tests.analysis.card_evidence import made_evidence
from tests.answers.tampered_cards import SEARCH
from tests.exports.test_card_formats import FINDING

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED = json.loads((ROOT / "dashboard" / "exports" / "card_schema.json").read_text(encoding="utf-8"))
OLDER = Path(__file__).parent / "golden" / "card-version-1.json"


def faults(document: object) -> list[str]:
    return [error.message for error in Draft202012Validator(PUBLISHED).iter_errors(document)]


def of(**changes: Any) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(card_json(compose(made_evidence(**changes))))
    return document


def test_the_published_form_is_one_of_draft_2020_12_and_of_this_version() -> None:
    Draft202012Validator.check_schema(PUBLISHED)
    assert PUBLISHED["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert PUBLISHED["properties"]["schema"]["enum"] == list(SCHEMAS)
    assert PUBLISHED["properties"]["template"]["enum"] == list(TEMPLATES)
    assert PUBLISHED["$id"].endswith(SCHEMA.partition("/")[2])


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"findings": [FINDING]},
        {"findings": [{**FINDING, "search": SEARCH}]},
        {"findings": [{**FINDING, "search": for_the_public(SEARCH)}], "audience": "public"},
        {"keywords": {"sha256": "0" * 64, "phrases": ["kitchen"]}},
        {"keywords": {"sha256": "0" * 64, "n_phrases": 1}, "audience": "public"},
        {"groupings": [], "grid": None, "attributes": []},
        {"notice": "Synthetic voices: says nothing about people"},
        {"doctor": [{"code": "few-speakers", "severity": "note", "what": "a", "consequence": "b"}]},
        {
            "normalisers": {
                "by": ["accent"],
                "limit": 0.05,
                "normalizers": ["none"],
                "rows": [],
                "reason": None,
            }
        },
        {
            "normalisers": {
                "limit": 0.05,
                "normalizers": ["none"],
                "groupings": [{"by": ["accent"], "few": 1, "rows": []}],
                "reason": None,
            }
        },
    ],
    ids=range(11),
)
def test_every_card_has_the_published_form(changes: dict[str, Any]) -> None:
    assert faults(of(**changes)) == []


@pytest.mark.parametrize(
    "path",
    [
        ("schema",),
        ("template",),
        ("evidence", "build"),
        ("evidence", "doctor"),
        ("evidence", "overall", "rate"),
        ("evidence", "groupings", 0, "rows", 0, "versus", "verdict"),
        ("claims", 0, "supported"),
        ("sign_off", "state"),
    ],
)
def test_a_card_without_what_it_must_hold_has_it_not(path: tuple[str | int, ...]) -> None:
    document: Any = of()
    holder = document
    for step in path[:-1]:
        holder = holder[step]
    del holder[path[-1]]
    assert faults(document)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), "fairhearing-card/99"),
        (("template",), "glossy"),
        (("evidence", "overall", "rate"), "25%"),
        (("evidence", "overall", "n_speakers"), -1),
        (("claims", 0, "kind"), "praise"),
        (("sign_off", "state"), "certified"),
        (("extra",), 1),
    ],
)
def test_a_card_with_what_it_may_not_hold_has_it_not(path: tuple[str, ...], value: object) -> None:
    document: Any = copy.deepcopy(of())
    holder = document
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    assert faults(document)


@pytest.mark.parametrize(
    "changes",
    [
        {"findings": [{**FINDING, "search": {**SEARCH, "praise": "none better"}}]},
        {"findings": [{**FINDING, "search": {**SEARCH, "searched": "abc"}}]},
        {"keywords": {"sha256": "0" * 64, "phrases": ["kitchen"], "n_phrases": 1}},
        {"keywords": {"sha256": "0" * 64}},
    ],
    ids=range(4),
)
def test_searches_and_keywords_hold_nothing_else(changes: dict[str, Any]) -> None:
    document = of()
    document["evidence"] |= changes
    assert faults(document)


def test_a_card_of_the_version_before_has_its_form_and_gives_every_format() -> None:
    document = json.loads(OLDER.read_text(encoding="utf-8"))
    assert document["schema"] == "fairhearing-card/1"
    assert faults(document) == []
    card = card_from_json(OLDER.read_bytes())
    again = json.loads(card_json(card))
    for name, value in document["evidence"].items():
        if name not in {"groupings", "grid", "overall", "findings"}:
            assert again["evidence"][name] == value, name
    assert [row["rate"] for row in again["evidence"]["groupings"][0]["rows"]] == [
        row["rate"] for row in document["evidence"]["groupings"][0]["rows"]
    ]
    assert set(card_files(card)) >= {file for file, _ in FORMATS.values()}


def test_the_outline_of_a_card_is_that_of_its_json() -> None:
    for template in TEMPLATES:
        card = compose(made_evidence(), template)
        assert card_from_json(card_json(card)) == card
