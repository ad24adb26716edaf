"""Evidence files: the counts of a build and nothing that names a person or holds a text."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dashboard.answers import evidence
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.answers.rows import rate_rows
from data.errors import InputError
from data.evidence_file import evidence_head, opened_evidence
from data.store import Build
from tests.answers.made_up import made_up_build, made_up_frame


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return made_up_build(tmp_path_factory.mktemp("home"), made_up_frame(5, n_speakers=30))


@pytest.fixture(scope="module")
def file(build: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("file") / "evidence.parquet"
    evidence.write(build, build.path.parents[1], path)
    return path


def test_the_sums_are_those_of_the_recordings(build: Build, file: Path) -> None:
    table = pq.read_table(file)
    frame = made_up_frame(5, n_speakers=30)
    assert sum(table["n_utterances"].to_pylist()) == len(frame)
    assert sum(table["n_words"].to_pylist()) == sum(len(text.split()) for text in frame["reference"])
    assert len(set(table["speaker"].to_pylist())) == 30


@pytest.mark.parametrize("metric", ["wer", "cer", "wil", "sentence-error-rate", "empty-output-rate"])
@pytest.mark.parametrize("by", [("accent",), ("accent", "noise"), ("device",)])
def test_every_rate_of_the_build_is_that_of_the_file(
    build: Build, file: Path, metric: str, by: tuple[str, ...]
) -> None:
    question = RatesQuestion(by=by, metric=metric)
    with opened_evidence(file) as counts:
        again = rate_rows(rates(counts, question).table)
    for row, expected in zip(again, rate_rows(rates(build, question).table), strict=True):
        assert row["group"] == expected["group"]
        assert row["versus"]["verdict"] == expected["versus"]["verdict"]
        for key in ("rate", "low", "high", "n_speakers", "n_utterances", "errors", "utterance_mean"):
            assert row[key] == pytest.approx(expected[key], rel=1e-12)


def test_no_text_and_no_id_is_in_the_file(build: Build, file: Path) -> None:
    content = file.read_bytes()
    head = json.dumps(evidence_head(file))
    texts = [str(value) for name in ("speaker",) for value in pq.read_table(file)[name].to_pylist()]
    for secret in ("u0-0", "s0", "s29", "bravo", "oops"):
        assert secret not in texts
        assert f'"{secret}"' not in head
    assert b"bravo" not in content
    assert {"reference", "hypothesis", "utterance_id", "audio"}.isdisjoint(pq.read_schema(file).names)


def test_two_files_share_no_pseudonym_and_neither_has_the_order_of_the_ids(
    build: Build, tmp_path: Path
) -> None:
    names = []
    for number in range(2):
        path = tmp_path / f"{number}.parquet"
        evidence.write(build, build.path.parents[1], path)
        names.append(pq.read_table(path)["speaker"].to_pylist())
    assert set(names[0]).isdisjoint(names[1])
    assert names[0] == sorted(names[0])


def test_it_says_that_it_is_restricted(file: Path) -> None:
    assert "Restricted" in evidence_head(file)["restricted"]


def test_a_file_that_is_none_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "text.parquet").write_text("nothing of the kind")
    pq.write_table(pa.table({"a": [1]}), tmp_path / "other.parquet")
    for name in ("text.parquet", "other.parquet", "absent.parquet"):
        with pytest.raises(InputError, match=name):
            evidence_head(tmp_path / name)


def damaged(file: Path, folder: Path, table: pa.Table) -> Path:
    path = folder / "damaged.parquet"
    pq.write_table(table.replace_schema_metadata(pq.read_schema(file).metadata), path)
    return path


def test_damaged_files_are_refused_in_a_sentence(file: Path, tmp_path: Path) -> None:
    table = pq.read_table(file)
    place = table.schema.get_field_index("attribute: accent")
    unknown = table.set_column(place, "attribute: accent", pa.array(["elsewhere"] * len(table)))
    words = table.set_column(
        table.schema.get_field_index("n_words"), "n_words", pa.array(["many"] * len(table))
    )
    for broken in (
        unknown,
        words,
        table.drop_columns(["errors"] if "errors" in table.column_names else ["deletions"]),
    ):
        with pytest.raises(InputError, match="damaged"), opened_evidence(damaged(file, tmp_path, broken)):
            pass


def test_a_range_of_numbers_cannot_be_asked_of_a_file(file: Path) -> None:
    with opened_evidence(file) as counts:
        assert not counts.has_numbers
        assert counts.info.texts_refused
