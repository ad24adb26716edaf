"""Whatever is in a file, the answer is a build or a list of faults."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.errors import InputError
from data.ingest import ingest
from data.ingest_options import IngestOptions
from data.store import open_build
from tests.data.made_up import SMALL

FEW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
FIELDS = ("id", "speaker", "ref", "hyp", "accent", "duration", "noise")
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
OBJECTS = st.dictionaries(
    st.sampled_from(FIELDS) | st.text(max_size=4), SCALARS | st.lists(SCALARS, max_size=2), max_size=8
)


@pytest.fixture(autouse=True)
def _without_marginals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.marginals.write_marginals", lambda _connection: None)


def build_or_faults(content: bytes, folder: Path) -> None:
    (folder / "in").write_bytes(content)
    try:
        done = ingest(
            IngestOptions("x", (folder / "in",), missing_speaker="one", allow_missing=True), folder / "home"
        )
    except InputError:
        return
    info = open_build(done.path).info
    columns = [row[0] for row in open_build(done.path).cursor().execute("DESCRIBE utterance").fetchall()]
    assert {attribute.name for attribute in info.attributes} <= {*columns}


@FEW
@given(st.lists(st.tuples(st.integers(0, len(SMALL) - 1), st.binary(max_size=3)), max_size=4))
def test_a_damaged_csv(tmp_path: Path, damages: list[tuple[int, bytes]]) -> None:
    content = SMALL.encode()
    for place, replacement in damages:
        content = content[:place] + replacement + content[place + len(replacement) :]
    build_or_faults(content, tmp_path)


@FEW
@given(st.lists(st.lists(st.text(max_size=5), min_size=5, max_size=5), max_size=6))
def test_any_text_as_values(tmp_path: Path, rows: list[list[str]]) -> None:
    lines = [
        "id,speaker,ref,hyp,accent",
        *(",".join(f'"{v.replace(chr(34), "")}"' for v in row) for row in rows),
    ]
    build_or_faults("\n".join(lines).encode(errors="replace"), tmp_path)


@FEW
@given(st.lists(OBJECTS, max_size=5))
def test_any_json_lines(tmp_path: Path, objects: list[dict[str, Any]]) -> None:
    whole = {"id": "u", "speaker": "s", "ref": "a", "hyp": "b"}
    lines = [json.dumps({**whole, "id": f"u{i}", **given_one}) for i, given_one in enumerate(objects)]
    build_or_faults("\n".join(lines).encode(), tmp_path)


@pytest.mark.parametrize(
    "values",
    [
        pa.array([1, 2], pa.uint64()),
        pa.array([1.5, None], pa.float16()),
        pa.array([True, None]),
        pa.array([0, 1], pa.timestamp("us")),
        pa.array([0, 1], pa.date32()),
        pa.array(["1.5", "2"]).cast(pa.decimal128(5, 2)),
        pa.array([b"\xff", b"a"]),
        pa.array([["a"], []]),
        pa.array([{"a": 1}, None]),
        pa.array([None, None]),
        pa.array(["a", "b"], pa.large_string()),
        pa.array(["a", None], pa.string_view()),
        pa.array([1, 2]).dictionary_encode(),
        pa.array(["a", None]).dictionary_encode(),
        pa.array([1.0, float("inf")]),
        pa.array([10**18, -1]),
    ],
    ids=lambda values: str(values.type),
)
def test_any_type_of_a_parquet_column(tmp_path: Path, values: pa.Array) -> None:
    table = pa.table(
        {"id": [1, 2], "speaker": ["s", "t"], "ref": ["a", "b"], "hyp": ["a", "b"], "accent": values}
    )
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    build_or_faults(buffer.getvalue(), tmp_path)


@pytest.mark.parametrize("field", ["id", "speaker", "ref", "hyp", "audio", "duration"])
@pytest.mark.parametrize("values", [pa.array([1, 2]), pa.array([None, 1.5]), pa.array([["a"], []])], ids=str)
def test_any_type_of_a_parquet_field(tmp_path: Path, field: str, values: pa.Array) -> None:
    columns = {
        "id": ["u", "v"],
        "speaker": ["s", "t"],
        "ref": ["a", "b"],
        "hyp": ["a", "b"],
        "accent": ["a", "b"],
    }
    buffer = io.BytesIO()
    pq.write_table(pa.table({**columns, field: values}), buffer)
    build_or_faults(buffer.getvalue(), tmp_path)
