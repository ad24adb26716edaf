"""Selections against tables of what they become, an evaluation in pandas and their own round trips."""

from __future__ import annotations

import json
import pickle
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    from_json,
    to_json,
)
from analysis.selection_check import check
from analysis.selection_form import canonical, tidy
from analysis.selection_link import from_link, to_link
from analysis.selection_sql import complement_sql, to_sql
from analysis.selection_words import to_sentence
from tests.analysis.selection_meaning import ALL_LEVELS, ATTRIBUTES, EDGES, FRAME, LEVELS, SELECTIONS, mask

SCOTS = OneOf("accent", ("Scottish",))
NOISY = Between("snr_db", None, 10)
HEADSET = OneOf("device", ("headset",))


@pytest.fixture(scope="module")
def cursor() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    names = ['"' + name.replace('"', '""') + '"' for name in FRAME.columns]
    kinds = {f"{name} (number)": "DOUBLE" for name in EDGES} | {"row_id": "INTEGER", "reference": "VARCHAR"}
    for place, (name, levels) in enumerate(ALL_LEVELS.items()):
        listed = ", ".join("'" + level.replace("'", "''") + "'" for level in levels)
        connection.execute(f"CREATE TYPE levels_{place} AS ENUM ({listed})")
        kinds[name] = f"levels_{place}"
    columns = [f"{quoted} {kinds[name]}" for quoted, name in zip(names, FRAME.columns, strict=True)]
    connection.execute(f"CREATE TABLE utterance ({', '.join(columns)})")
    rows = [
        [None if pd.isna(value) else value for value in row]
        for row in FRAME.itertuples(index=False, name=None)
    ]
    connection.executemany(f"INSERT INTO utterance VALUES ({', '.join('?' * len(names))})", rows)
    return connection


def chosen(cursor: duckdb.DuckDBPyConnection, condition: tuple[str, tuple[str | float, ...]]) -> set[int]:
    sql, params = condition
    return {row[0] for row in cursor.execute(f"SELECT row_id FROM utterance WHERE {sql}", params).fetchall()}


TABLE: list[tuple[Selection, str, tuple[str | float, ...], str]] = [
    (Everything(), "TRUE", (), "all recordings"),
    (Not(Everything()), "(TRUE) IS NOT TRUE", (), "no recordings"),
    (SCOTS, '"accent" IN (?)', ("Scottish",), "recordings with accent Scottish"),
    (
        OneOf("accent", ("A", "B", "C"), or_not_stated=True),
        '("accent" IN (?, ?, ?) OR "accent" IS NULL)',
        ("A", "B", "C"),
        "recordings with accent A, B, C or not stated",
    ),
    (NotStated("accent"), '"accent" IS NULL', (), "recordings with accent not stated"),
    (Not(NotStated("accent")), '("accent" IS NULL) IS NOT TRUE', (), "recordings with accent stated"),
    (NOISY, '"snr_db (number)" < ?', (10.0,), "recordings with snr_db below 10"),
    (Between("snr_db", 5, None), '"snr_db (number)" >= ?', (5.0,), "recordings with snr_db at least 5"),
    (
        Between("snr_db", 5, 10),
        '("snr_db (number)" >= ? AND "snr_db (number)" < ?)',
        (5.0, 10.0),
        "recordings with snr_db from 5 to below 10",
    ),
    (
        Between("snr_db", 0.5, 10, low_included=False, high_included=True),
        '("snr_db (number)" > ? AND "snr_db (number)" <= ?)',
        (0.5, 10.0),
        "recordings with snr_db above 0.5 up to and including 10",
    ),
    (Not(NOISY), '("snr_db (number)" < ?) IS NOT TRUE', (10.0,), "recordings with snr_db not below 10"),
    (
        AllOf((OneOf("accent", ("Scottish", "Indian")), NOISY, Not(HEADSET))),
        '("accent" IN (?, ?) AND "snr_db (number)" < ? AND ("device" IN (?)) IS NOT TRUE)',
        ("Scottish", "Indian", 10.0, "headset"),
        "recordings with accent Scottish or Indian, snr_db below 10, and device other than headset",
    ),
    (
        AnyOf((AllOf((SCOTS, NOISY)), HEADSET)),
        '(("accent" IN (?) AND "snr_db (number)" < ?) OR "device" IN (?))',
        ("Scottish", 10.0, "headset"),
        "recordings with (accent Scottish and snr_db below 10), or device headset",
    ),
    (
        Not(AllOf((SCOTS, NOISY))),
        '(("accent" IN (?) AND "snr_db (number)" < ?)) IS NOT TRUE',
        ("Scottish", 10.0),
        "recordings other than those with accent Scottish and snr_db below 10",
    ),
    (
        ReferenceContains(" thank\tyou "),
        'regexp_matches(nfc_normalize("reference"), ?)',
        (ReferenceContains("thank you").pattern,),
        'recordings with reference containing the words "thank you"',
    ),
    (
        Not(ReferenceMatches("colou?r")),
        '(regexp_matches("reference", ?)) IS NOT TRUE',
        ("colou?r",),
        'recordings with reference not matching the pattern "colou?r"',
    ),
    (
        AllOf((SCOTS, ReferenceContains("and"))),
        '("accent" IN (?) AND regexp_matches(nfc_normalize("reference"), ?))',
        ("Scottish", ReferenceContains("and").pattern),
        'recordings with accent Scottish, and reference containing the word "and"',
    ),
    (
        OneOf('a"b', ("' OR 1=1 --", "x, y", "a\nb")),
        '"a""b" IN (?, ?, ?)',
        ("' OR 1=1 --", "x, y", "a\nb"),
        r'''recordings with "a\"b" "' OR 1=1 --", "x, y" or "a\nb"''',
    ),
]


@pytest.mark.parametrize(("selection", "sql", "params", "sentence"), TABLE)
def test_what_a_selection_becomes(
    selection: Selection, sql: str, params: tuple[str | float, ...], sentence: str
) -> None:
    assert to_sql(selection) == (sql, params)
    assert complement_sql(selection) == (f"({sql}) IS NOT TRUE", params)
    assert to_sentence(selection) == sentence


@given(SELECTIONS)
@settings(deadline=None)
def test_database_and_pandas_choose_the_same_recordings(
    cursor: duckdb.DuckDBPyConnection, selection: Selection
) -> None:
    wanted = set(FRAME.row_id[mask(selection)])
    assert chosen(cursor, to_sql(selection)) == wanted
    assert chosen(cursor, complement_sql(selection)) == set(FRAME.row_id) - wanted
    assert chosen(cursor, to_sql(canonical(selection))) == wanted


@given(SELECTIONS)
@settings(deadline=None)
def test_every_form_reads_back(selection: Selection) -> None:
    assert from_json(json.loads(json.dumps(to_json(selection)))) == selection
    assert from_expression(to_expression(selection), ATTRIBUTES) == tidy(selection)
    assert from_link(to_link(selection), ATTRIBUTES) == tidy(selection)
    assert hash(pickle.loads(pickle.dumps(selection))) == hash(selection)  # noqa: S301
    check(selection, ATTRIBUTES)


@given(SELECTIONS, st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_change_the_canonical_form(selection: Selection, chance: Any) -> None:
    def shuffled(node: Selection) -> Selection:
        match node:
            case OneOf(name, values, or_not_stated):
                return OneOf(
                    name,
                    tuple(chance.sample([*values, *values[:1]], len(values) + bool(values))),
                    or_not_stated,
                )
            case Not(part):
                return Not(shuffled(part))
            case AllOf(parts) | AnyOf(parts):
                several = [shuffled(part) for part in (*parts, parts[0])]
                return type(node)(tuple(chance.sample(several, len(several))))
            case _:
                return node

    assert canonical(shuffled(selection)) == canonical(selection)
    assert canonical(canonical(selection)) == canonical(selection)
    assert tidy(tidy(selection)) == tidy(selection)
    assert canonical(tidy(selection)) == canonical(selection)


@pytest.mark.parametrize(
    ("selection", "plainest"),
    [
        (AllOf((SCOTS, AllOf((NOISY, SCOTS)))), AllOf((SCOTS, NOISY))),
        (
            AnyOf((SCOTS, HEADSET, OneOf("accent", ("Indian",)))),
            AnyOf((OneOf("accent", ("Scottish", "Indian")), HEADSET)),
        ),
        (AnyOf((SCOTS, NotStated("accent"))), OneOf("accent", ("Scottish",), or_not_stated=True)),
        (AllOf((Between("snr_db", 5, None), NOISY)), Between("snr_db", 5, 10)),
        (Not(Not(SCOTS)), SCOTS),
        (AllOf((Everything(), SCOTS)), SCOTS),
        (AnyOf((Everything(), SCOTS)), Everything()),
        (AllOf((Everything(),)), Everything()),
        (AllOf((SCOTS, Not(Everything()))), Not(Everything())),
        (OneOf("accent", (), or_not_stated=True), NotStated("accent")),
    ],
)
def test_the_plainest_form(selection: Selection, plainest: Selection) -> None:
    assert tidy(selection) == plainest


def test_equal_ranges_are_equal_values() -> None:
    assert Between("snr_db", None, 10, low_included=False) == Between("snr_db", None, 10.0)
    assert hash(Between("snr_db", -0.0, None)) == hash(Between("snr_db", 0, None, high_included=True))


@pytest.mark.parametrize("depth", [30, 55])
def test_a_selection_too_long_or_deep_to_type_still_has_a_link(depth: int) -> None:
    deep: Selection = OneOf("in", LEVELS["in"])
    for level in range(depth):
        deep = (AllOf if level % 2 else AnyOf)((deep, NotStated("accent") if level % 3 else NOISY))
    many = Attribute("town", "speaker", "category", tuple(f"town number {n}" for n in range(600)), False)
    long = OneOf("town", many.levels)
    for selection in (deep, long):
        assert to_link(selection).startswith("{")
        assert from_link(to_link(selection), [*ATTRIBUTES, many]) == tidy(selection)
