"""Selections against tables of what they become, an evaluation in pandas and their own round trips."""

from __future__ import annotations

import json
import pickle
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
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
    Selection,
    from_json,
    to_json,
)
from analysis.selection_check import check
from analysis.selection_form import canonical, tidy
from analysis.selection_link import from_link, to_link
from analysis.selection_sql import complement_sql, to_sql
from analysis.selection_words import to_sentence

LEVELS = {
    "accent": ("Scottish", "Indian", "5", "not stated"),
    "device": ("headset", "it's, or not", 'say "hi"'),
    "in": ("--", ";", "a\nb", "' OR 1=1 --"),
    'odd "name": Ä': ("", " ", "%", "🎉", "é"),
    "everything": ("x", "X"),
}
EDGES = {"snr_db": (5.0, 10.0), "length (s)": (0.5,)}
ATTRIBUTES = [Attribute(name, "speaker", "category", levels, True) for name, levels in LEVELS.items()] + [
    Attribute(name, "condition", "number", ("low", "middle", "high"), True, bin_edges=edges)
    for name, edges in EDGES.items()
]
ALL_LEVELS = {attribute.name: attribute.levels for attribute in ATTRIBUTES}
NUMBERS = st.sampled_from([-5.0, 0.0, 0.5, 5.0, 7.25, 10.0, 1e22]) | st.floats(
    allow_nan=False, allow_infinity=False
)

SCOTS = OneOf("accent", ("Scottish",))
NOISY = Between("snr_db", None, 10)
HEADSET = OneOf("device", ("headset",))


@st.composite
def ranges(draw: st.DrawFn) -> Between:
    low, high = draw(st.none() | NUMBERS), draw(st.none() | NUMBERS)
    assume(low is not None or high is not None)
    if low is not None and high is not None and low > high:
        low, high = high, low
    flags = (True, True) if low == high else (draw(st.booleans()), draw(st.booleans()))
    return Between(draw(st.sampled_from(list(EDGES))), low, high, *flags)


@st.composite
def choices(draw: st.DrawFn) -> OneOf:
    name = draw(st.sampled_from(list(ALL_LEVELS)))
    values = draw(st.lists(st.sampled_from(ALL_LEVELS[name]), max_size=3))
    return OneOf(name, tuple(values), not values or draw(st.booleans()))


CONDITIONS = choices() | ranges() | st.sampled_from(list(ALL_LEVELS)).map(NotStated) | st.just(Everything())
SELECTIONS = st.recursive(
    CONDITIONS,
    lambda inner: (
        inner.map(Not)
        | st.lists(inner, min_size=1, max_size=4).map(lambda parts: AllOf(tuple(parts)))
        | st.lists(inner, min_size=1, max_size=4).map(lambda parts: AnyOf(tuple(parts)))
    ),
    max_leaves=12,
)


def recordings() -> pd.DataFrame:
    """300 recordings; every attribute lacks a value somewhere."""
    chance = np.random.default_rng(1)
    columns: dict[str, Any] = {"row_id": range(300)}
    for name, levels in ALL_LEVELS.items():
        columns[name] = [(*levels, None)[place] for place in chance.integers(0, len(levels) + 1, 300)]
    for name in EDGES:
        numbers = chance.choice([-5.0, 0.0, 0.5, 5.0, 7.25, 10.0, 1e22, np.nan], 300)
        columns[f"{name} (number)"] = numbers
    return pd.DataFrame({name: pd.Series(values) for name, values in columns.items()})


FRAME = recordings()


@pytest.fixture(scope="module")
def cursor() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    names = ['"' + name.replace('"', '""') + '"' for name in FRAME.columns]
    kinds = {f"{name} (number)": "DOUBLE" for name in EDGES} | {"row_id": "INTEGER"}
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


def mask(selection: Selection) -> pd.Series[bool]:
    """The slow and obvious meaning: a condition holds or does not, NOT is everyone else."""
    match selection:
        case OneOf(name, values, or_not_stated):
            return (
                FRAME[name]
                .map(lambda value: value in values or (or_not_stated and pd.isna(value)))
                .astype(bool)
            )
        case Between(name, low, high, low_included, high_included):
            number = FRAME[f"{name} (number)"]
            above = number.notna() if low is None else (number >= low if low_included else number > low)
            return above & (
                number.notna() if high is None else (number <= high if high_included else number < high)
            )
        case NotStated(name):
            return FRAME[name].isna()
        case Not(part):
            return ~mask(part)
        case AllOf(parts):
            return pd.concat([mask(part) for part in parts], axis=1).all(axis=1)
        case AnyOf(parts):
            return pd.concat([mask(part) for part in parts], axis=1).any(axis=1)
        case Everything():
            return pd.Series(True, index=FRAME.index)


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
