"""The SELECTs behind a list of recordings: which of a selection are listed, in which order, a page at a time.

Owns what a list may be narrowed to. That changes the list and no number: whoever is listed was chosen
by what a system wrote, and a rate of recordings chosen by their errors would follow from the choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from analysis.attributes import Attribute
from analysis.selection import Selection
from analysis.selection_sql import quoted, to_sql

ERRORS_SQL = {
    "any": "TRUE",
    "substitution": "s.substitutions > 0",
    "deletion": "s.deletions > 0",
    "insertion": "s.insertions > 0",
    "empty": "s.n_hypothesis_words = 0 AND s.n_words > 0",
    "none": "s.substitutions + s.deletions + s.insertions = 0",
}
"""What is wrong in a recording that is listed, as a condition on its score."""
_ORDERS = {
    "errors": "(s.substitutions + s.deletions + s.insertions) DESC, u.row_id",
    "clips": "(u.audio IS NULL), (s.substitutions + s.deletions + s.insertions) DESC, u.row_id",
}


@dataclass(frozen=True)
class Listing:
    """Which recordings of a selection a list shows, and in which order."""

    order: str = "clips"
    """Either "clips": those with sound first, then those with most errors; or "errors": those with most errors first."""
    error: str = "any"
    """A key of ERRORS_SQL."""
    pattern: str | None = None
    """What RE2 finds in its reference or its hypothesis as they are written (NFC); None for any words."""


@dataclass(frozen=True)
class ScoredUtterance:
    """One recording with what one system wrote, for the drill-down."""

    utterance_id: str
    speaker_id: str
    reference: str
    hypothesis: str
    n_words: int
    substitutions: int
    deletions: int
    insertions: int
    audio: str | None
    """File name of the clip; None where there is none."""
    duration_s: float | None
    groups: dict[str, str | None]
    """Attribute to group; None is not stated."""


def utterances(
    cursor: duckdb.DuckDBPyConnection,
    attributes: Sequence[Attribute],
    system: int,
    selection: Selection,
    limit: int = 20,
    offset: int = 0,
    listing: Listing | None = None,
) -> list[ScoredUtterance]:
    """Listed recordings of a selection with their texts, `limit` of them after the first `offset`."""
    listing = listing or Listing()
    source, values = _listed(system, selection, listing)
    names = [quoted(attribute.column) for attribute in attributes]
    columns = "".join(f", CAST(u.{name} AS VARCHAR)" for name in names)
    sql = (
        "SELECT u.utterance_id, p.speaker_id, u.reference, s.hypothesis, s.n_words, s.substitutions, s.deletions, "
        f"s.insertions, u.audio, u.duration_s{columns}\n{source} ORDER BY {_ORDERS[listing.order]} LIMIT ? OFFSET ?"
    )
    rows = cursor.execute(sql, [*values, limit, offset]).fetchall()
    fixed = 10
    known = [a.name for a in attributes]
    return [ScoredUtterance(*(*row[:fixed], dict(zip(known, row[fixed:], strict=True)))) for row in rows]


def count_utterances(
    cursor: duckdb.DuckDBPyConnection, system: int, selection: Selection, listing: Listing | None = None
) -> tuple[int, int, int]:
    """Utterances, speakers and reference words of a list, all its pages together."""
    source, values = _listed(system, selection, listing or Listing())
    sql = f"SELECT count(*), count(DISTINCT u.speaker), COALESCE(CAST(sum(s.n_words) AS BIGINT), 0)\n{source}"
    [(n_utterances, n_speakers, n_words)] = cursor.execute(sql, values).fetchall()
    return int(n_utterances), int(n_speakers), int(n_words)


def _listed(system: int, selection: Selection, listing: Listing) -> tuple[str, list[Any]]:
    """FROM and WHERE of a list, and their values in order."""
    predicate, values = to_sql(selection)
    conditions, bound = [f"s.system = ? AND {ERRORS_SQL[listing.error]}"], [*values, system]
    if listing.pattern is not None:
        # A hypothesis is asked in the same way as a reference, so that a word is found wherever it stands.
        conditions.append(
            "(regexp_matches(nfc_normalize(u.reference), ?) OR regexp_matches(nfc_normalize(s.hypothesis), ?))"
        )
        bound += [listing.pattern] * 2
    sql = (
        f"FROM (SELECT * FROM utterance WHERE {predicate}) AS u\n"
        "JOIN score AS s ON s.row_id = u.row_id JOIN speaker AS p ON p.speaker = u.speaker\n"
        f"WHERE {' AND '.join(conditions)}"
    )
    return sql, bound
