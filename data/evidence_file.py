"""Evidence files: counts per pseudonymised speaker and combination of groups, and a build made of one again.

Owns the Parquet file that an auditor may get: no text, no audio, no id of a recording or speaker.
Speakers are called by numbers drawn anew for every file and kept nowhere, so nobody can work a name
out of one or match two files. A file is restricted all the same: it holds groups of one person. It is
opened as a build whose scores are sums, so that cards are worked out again by the same answers.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analysis.attributes import Attribute
from analysis.character_metrics import metrics_in
from analysis.metrics import Metric
from analysis.settings import DEFAULTS, Settings, SettingsError
from data.beside import Beside
from data.errors import InputError
from data.evidence_tables import write_evidence_tables
from data.plans import NOTHING_RECORDED
from data.queries_evidence import ATTRIBUTE, count_columns, summed_scores
from data.queries_references import stored_meta
from data.queries_sums import SummedCursor
from data.store import Build

SCHEMA = "fairhearing-evidence/1"
RESTRICTED = (
    "Restricted: counts of single people, under pseudonyms drawn for this file alone. Not for publication."
)
MOST_BYTES = 1_000_000_000
_KEY = b"fairhearing"
_PSEUDONYM_BYTES = 8
_LEFT_OUT = {"keywords", "marginal_subsets", "marginal_mixes", "show_text", "show_audio"}
"""What a build says of itself that a file of counts does not need, or that holds texts."""


def write_evidence(build: Build, path: Path, settings: Settings, also: Mapping[str, Any]) -> int:
    """Write the counts of all systems of a build; returns the number of rows. `also` is kept as it is.

    Attributes that were worked out from the recordings are left out, unless the plan names them.
    """
    info = build.info
    named = {name for by in (info.plan.plan.groupings if info.plan else ()) for name in by}
    attributes = [one for one in info.attributes if not one.derived or one.name in named]
    table = summed_scores(build.cursor(), attributes, _metrics(info.unit, info.undefined_metrics))
    meta = {key: value for key, value in stored_meta(build.cursor()).items() if key not in _LEFT_OUT}
    meta["attributes"] = [one.to_json() for one in attributes]
    head = {
        "schema": SCHEMA,
        "restricted": RESTRICTED,
        "settings": settings.to_json(),
        "meta": meta,
        **also,
    }
    plain = json.dumps(head, ensure_ascii=False, sort_keys=True, allow_nan=False)
    written = _under_pseudonyms(table).replace_schema_metadata({_KEY: plain.encode()})
    pq.write_table(written, path, compression="zstd")
    return int(table.num_rows)


def _under_pseudonyms(table: pa.Table) -> pa.Table:
    """The table with a random name for each speaker, in the order of these names."""
    numbers = table["speaker"].to_numpy()
    known = np.unique(numbers)
    names = np.array([secrets.token_hex(_PSEUDONYM_BYTES) for _ in known])
    called = pa.array(names[np.searchsorted(known, numbers)], pa.string())
    table = table.set_column(table.schema.get_field_index("speaker"), "speaker", called)
    keys = [
        (name, "ascending")
        for name in table.column_names
        if name in ("speaker", "system") or name.startswith(ATTRIBUTE)
    ]
    return table.take(pc.sort_indices(table, sort_keys=keys))


def evidence_head(path: Path) -> dict[str, Any]:
    """What a file says of itself; raises `InputError` for anything that is no evidence file."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError(f"{path} has more than {MOST_BYTES:,} bytes, which no evidence file has.")
        metadata = pq.read_schema(path).metadata or {}
        head = json.loads(metadata[_KEY])
        schema = head["schema"]
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}.") from None
    except (pa.ArrowInvalid, KeyError, TypeError, ValueError, RecursionError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(
            f"{path} is no evidence file. `fairhearing evidence EVAL --out FILE` writes one."
        ) from None
    if schema != SCHEMA:
        raise InputError(f'{path} has the schema "{schema}"; this program reads "{SCHEMA}".')
    return cast("dict[str, Any]", head)


@contextmanager
def opened_evidence(path: Path) -> Iterator[Build]:
    """A build in memory with the counts of a file; raises `InputError` for a file that is damaged."""
    head = evidence_head(path)
    connection = duckdb.connect(":memory:")
    try:
        try:
            settings = DEFAULTS.with_overrides(head["settings"])
            meta = {**head["meta"], "marginal_subsets": [], "show_text": False, "show_audio": False}
            attributes = [Attribute.from_json(plain) for plain in meta["attributes"]]
            columns = count_columns(_metrics(meta.get("unit", "word"), meta.get("undefined_metrics", {})))
            write_evidence_tables(
                connection, _checked(pq.read_table(path), attributes, columns), attributes, columns, meta
            )
        except (duckdb.Error, pa.ArrowException, KeyError, TypeError, ValueError, SettingsError) as error:
            raise InputError(
                f"{path} is damaged as an evidence file: {str(error).splitlines()[0]}."
            ) from None
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        yield _EvidenceBuild(path, connection, settings)
    finally:
        connection.close()


class _EvidenceBuild(Build):
    """A build whose scores are sums over recordings; it lies in memory, and nothing stands beside it."""

    has_numbers = False

    def __init__(self, path: Path, connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
        # A path that no other file has: answers keep what they read under it.
        unique = Path(f"{path.resolve()}#{secrets.token_hex(_PSEUDONYM_BYTES)}")
        super().__init__(unique, connection, Beside(0, settings, NOTHING_RECORDED))

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor that queries know the sums by."""
        return cast("duckdb.DuckDBPyConnection", SummedCursor(super().cursor()))


def _metrics(unit: str, undefined: Mapping[str, str]) -> dict[str, Metric]:
    return {name: one for name, one in metrics_in(unit).items() if name not in undefined}


def _checked(table: pa.Table, attributes: list[Attribute], columns: tuple[str, ...]) -> pa.Table:
    """The table with the columns it must have and no other; raises `KeyError` or `ValueError`."""
    wanted = ["speaker", "system", *(ATTRIBUTE + one.name for one in attributes), *columns]
    table = table.select(wanted)
    for name in columns:
        if table[name].null_count or not pa.types.is_integer(table[name].type):
            raise ValueError(f"the column {name} holds something else than whole numbers")
    if table["speaker"].null_count:
        raise ValueError("a row has no speaker")
    return table
