"""Typed expressions: what each means, and that the same recordings come out as from pandas."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from analysis.attributes import Attribute
from analysis.expression import from_expression, to_expression
from analysis.selection import (
    AllOf,
    AnyOf,
    Between,
    Everything,
    Not,
    NotStated,
    OneOf,
    ReferenceContains,
    ReferenceMatches,
    Selection,
)
from analysis.selection_sql import to_sql
from analysis.selection_words import to_sentence
from tests.analysis.typed_expressions import FRAME, typed

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "selections.md"
ATTRIBUTES = [
    Attribute("accent", "speaker", "category", ("Scottish", "Indian", "5", "-5", "1e3"), has_missing=True),
    Attribute("device", "condition", "category", ("headset", "phone", "it's"), has_missing=True),
    Attribute(
        "snr_db", "condition", "number", ("<5", "5–<10", "≥10"), has_missing=True, bin_edges=(5.0, 10.0)
    ),
    Attribute("order", "content", "category", ("first", "last"), has_missing=False),
    Attribute("age group", "speaker", "category", ("60s", "70s"), has_missing=True),
    Attribute("In", "content", "category", ("x",), has_missing=False),
]
SCOTS = OneOf("accent", ("Scottish",))
NOISY = Between("snr_db", None, 10)
HEADSET = OneOf("device", ("headset",))
SEVEN = Between("snr_db", 7, 7, high_included=True)


@pytest.mark.parametrize(
    ("text", "selection", "written"),
    [
        (
            "accent in ('Scottish','Indian') and snr_db < 10 and not device = 'headset'",
            AllOf((OneOf("accent", ("Scottish", "Indian")), NOISY, Not(HEADSET))),
            "accent in ('Scottish', 'Indian') and snr_db < 10 and not device = 'headset'",
        ),
        ("ACCENT = 'Scottish'", SCOTS, "accent = 'Scottish'"),
        ("\"Accent\"='Scottish'", SCOTS, "accent = 'Scottish'"),
        ("'Scottish' = accent", SCOTS, "accent = 'Scottish'"),
        ("((\taccent\r\n= 'Scottish' ) )", SCOTS, "accent = 'Scottish'"),
        ("accent = 5", OneOf("accent", ("5",)), "accent = '5'"),
        ("accent = -5", OneOf("accent", ("-5",)), "accent = '-5'"),
        ("accent = 1e3", OneOf("accent", ("1e3",)), "accent = '1e3'"),
        ("device = 'it''s'", OneOf("device", ("it's",)), "device = 'it''s'"),
        ("order = 'last'", OneOf("order", ("last",)), "order = 'last'"),
        ("\"age group\" = '60s'", OneOf("age group", ("60s",)), "\"age group\" = '60s'"),
        ("\"in\" in ('x')", OneOf("In", ("x",)), "\"In\" = 'x'"),
        ("accent <> 'Indian'", Not(OneOf("accent", ("Indian",))), "not accent = 'Indian'"),
        ("accent != 'Gaelic'", Not(OneOf("accent", ("Gaelic",))), "not accent = 'Gaelic'"),
        ("accent not in ('Gaelic')", Not(OneOf("accent", ("Gaelic",))), "not accent = 'Gaelic'"),
        ("not not accent = 'Scottish'", SCOTS, "accent = 'Scottish'"),
        ("accent is null", NotStated("accent"), "accent is null"),
        ("accent is not null", Not(NotStated("accent")), "accent is not null"),
        (
            "accent = 'Scottish' or accent is null",
            OneOf("accent", ("Scottish",), or_not_stated=True),
            "accent = 'Scottish' or accent is null",
        ),
        ("snr_db < 10", NOISY, "snr_db < 10"),
        ("10 > snr_db", NOISY, "snr_db < 10"),
        ("10 <= snr_db", Between("snr_db", 10, None), "snr_db >= 10"),
        ("snr_db > -0.5", Between("snr_db", -0.5, None, low_included=False), "snr_db > -0.5"),
        ("snr_db = 7", SEVEN, "snr_db = 7"),
        ("snr_db <> 7.0", Not(SEVEN), "not snr_db = 7"),
        ("snr_db in (7, '<5')", AnyOf((SEVEN, OneOf("snr_db", ("<5",)))), "snr_db = 7 or snr_db = '<5'"),
        ("snr_db between 5 and 10", Between("snr_db", 5, 10, high_included=True), "snr_db between 5 and 10"),
        (
            "snr_db not between 5 and 10",
            Not(Between("snr_db", 5, 10, high_included=True)),
            "not snr_db between 5 and 10",
        ),
        ("snr_db >= 5 and snr_db < 10", Between("snr_db", 5, 10), "snr_db >= 5 and snr_db < 10"),
        (
            "not (snr_db >= 5 and snr_db < 10) and accent = 'Scottish'",
            AllOf((Not(Between("snr_db", 5, 10)), SCOTS)),
            "not (snr_db >= 5 and snr_db < 10) and accent = 'Scottish'",
        ),
        (
            "accent = 'Scottish' or snr_db < 10 and device = 'headset'",
            AnyOf((SCOTS, AllOf((NOISY, HEADSET)))),
            "accent = 'Scottish' or (snr_db < 10 and device = 'headset')",
        ),
        (
            "Reference CONTAINS 'it''s me' and not reference not matches 'x.y'",
            AllOf((ReferenceContains("it's me"), ReferenceMatches("x.y"))),
            "reference contains 'it''s me' and reference matches 'x.y'",
        ),
        (
            "reference not contains 'colour'",
            Not(ReferenceContains("colour")),
            "not reference contains 'colour'",
        ),
        ("everything", Everything(), "everything"),
        ("not EVERYTHING", Not(Everything()), "not everything"),
        ("everything and accent = 'Scottish'", SCOTS, "accent = 'Scottish'"),
    ],
)
def test_what_an_expression_means_and_how_it_is_written(
    text: str, selection: Selection, written: str
) -> None:
    assert from_expression(text, ATTRIBUTES) == selection
    assert to_expression(selection) == written
    assert from_expression(written, ATTRIBUTES) == selection


SAVED: dict[str, Selection] = {"scots": SCOTS, "Noisy-Ä2": AllOf((NOISY, Not(HEADSET))), "all": Everything()}


@pytest.mark.parametrize(
    ("text", "selection"),
    [
        ("@scots", SCOTS),
        ("@SCOTS", SCOTS),
        ("not @noisy-ä2", Not(AllOf((NOISY, Not(HEADSET))))),
        ("@noisy-A\u03082 and @scots", AllOf((NOISY, Not(HEADSET), SCOTS))),
        ("(@scots or @scots) and device = 'phone'", AllOf((SCOTS, OneOf("device", ("phone",))))),
        ("@all and @scots", SCOTS),
    ],
)
def test_a_saved_subgroup_stands_for_its_conditions(text: str, selection: Selection) -> None:
    assert from_expression(text, ATTRIBUTES, SAVED) == selection


def test_an_attribute_may_be_called_like_a_word_about_texts() -> None:
    attribute = Attribute("contains", "content", "category", ("x",), has_missing=False)
    assert from_expression("contains = 'x' and reference contains 'x'", [attribute]) == AllOf(
        (OneOf("contains", ("x",)), ReferenceContains("x"))
    )


def test_as_much_as_may_be_typed_is_read() -> None:
    nested = "not (" * 25 + "accent = 5" + ")" * 25
    assert from_expression(nested, ATTRIBUTES) == Not(OneOf("accent", ("5",)))
    combined = "snr_db < 10 and not (" * 25 + "accent = 5" + ")" * 25
    selection = from_expression(combined, ATTRIBUTES)
    assert from_expression(to_expression(selection), ATTRIBUTES) == selection
    long = " or ".join(["snr_db=1"] * 333)
    assert 3900 < len(long) <= 4000
    assert from_expression(long, ATTRIBUTES) == Between("snr_db", 1, 1, high_included=True)


def test_the_parser_is_loaded_only_when_something_was_typed() -> None:
    program = "import sys, analysis.expression, analysis.selection_link; sys.exit('sqlglot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.fixture(scope="module")
def cursor() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("CREATE TYPE accents AS ENUM ('Scottish', 'Indian', '5', '-5', '1e3')")
    connection.execute("CREATE TYPE devices AS ENUM ('headset', 'phone', 'it''s')")
    connection.execute(
        'CREATE TABLE utterance (row_id INT, accent accents, device devices, "snr_db (number)" DOUBLE, reference VARCHAR)'
    )
    rows = [[None if pd.isna(value) else value for value in row] for row in FRAME.itertuples(name=None)]
    connection.executemany("INSERT INTO utterance VALUES (?, ?, ?, ?, ?)", rows)
    return connection


def assert_same_recordings(cursor: duckdb.DuckDBPyConnection, seeds: range) -> None:
    for seed in seeds:
        expression = typed(random.Random(seed), depth=seed % 4)
        selection = from_expression(expression.text, ATTRIBUTES)
        sql, params = to_sql(selection)
        rows = cursor.execute(f"SELECT row_id FROM utterance WHERE {sql}", params).fetchall()
        assert {row[0] for row in rows} == set(FRAME.index[expression.rows]), expression.text
        assert from_expression(to_expression(selection), ATTRIBUTES) == selection, expression.text


def test_what_was_typed_selects_what_pandas_selects(cursor: duckdb.DuckDBPyConnection) -> None:
    assert_same_recordings(cursor, range(600))


@pytest.mark.long
def test_ten_thousand_expressions_select_what_pandas_selects(cursor: duckdb.DuckDBPyConnection) -> None:
    assert_same_recordings(cursor, range(600, 10_600))


def examples() -> list[tuple[str, str]]:
    """Rows of the tables in the document: expression and sentence, or expression and refusal."""
    rows = re.findall(r"^\| `(.+?)` \| (.+?) \|$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rows) >= 15
    return rows


@pytest.mark.parametrize(("text", "answer"), examples())
def test_the_documented_examples_are_answered_as_documented(text: str, answer: str) -> None:
    try:
        found = to_sentence(from_expression(text, ATTRIBUTES))
    except ValueError as refusal:
        found = str(refusal)
    assert found == answer


def test_the_document_shows_every_word_of_the_grammar() -> None:
    shown = " ".join(text for text, _ in examples())
    for word in (
        "and",
        "or",
        "not",
        "in",
        "between",
        "is null",
        "is not null",
        "<>",
        "<=",
        ">=",
        "everything",
        "reference contains",
        "reference matches",
        "not matches",
        "@",
    ):
        assert word in shown, word
