"""Each format loads 10,000 rows as they were written, whatever it is packed in."""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from data.ingest import ingest
from data.ingest_options import IngestOptions
from data.store import open_build

N = 10_000
WORDS = "turn the lights on off please good morning what is weather like today play some music".split()
random.seed(3)
ROWS = [
    {
        "id": f"s{row % 97}-u{row}",
        "speaker": f"s{row % 97}",
        "gender": "fm"[row % 97 % 2],
        "reference": " ".join(said := random.choices(WORDS, k=random.randint(1, 14))),
        "hypothesis": " ".join(word for word in said if random.random() > 0.07),
    }
    for row in range(N)
]
REFERENCES = [(row["id"], row["reference"]) for row in ROWS]
HYPOTHESES = [(row["id"], row["hypothesis"]) for row in ROWS]
FRAME = pd.DataFrame(ROWS)
Files = dict[str, bytes]


def delimited(separator: str, columns: list[str]) -> bytes:
    return FRAME[columns].to_csv(sep=separator, index=False).encode()


def lines(rows: list[str]) -> bytes:
    return ("\n".join(rows) + "\n").encode()


def kaldi(pairs: list[tuple[str, str]]) -> bytes:
    return lines([f"{utterance} {words}".rstrip() for utterance, words in pairs])


def trn(pairs: list[tuple[str, str]]) -> bytes:
    return lines([f"{words} ({utterance})" for utterance, words in pairs])


def stm(column: str) -> bytes:
    return lines([f"call A {row['speaker']} {i}.00 {i}.50 {row[column]}" for i, row in enumerate(ROWS)])


def seglst(column: str) -> bytes:
    segments = [
        {
            "session_id": "call",
            "speaker": row["speaker"],
            "start_time": i,
            "end_time": i + 0.5,
            "words": row[column],
        }
        for i, row in enumerate(ROWS)
    ]
    return json.dumps(segments).encode()


def pra() -> bytes:
    """Alignments over lines of at most six words, as sclite wraps them."""
    found = []
    for row in ROWS:
        said, heard = row["reference"].split(), row["hypothesis"].split()
        aligned, place = [], 0
        for word in said:
            is_heard = place < len(heard) and heard[place] == word
            aligned.append(word if is_heard else "*" * len(word))
            place += is_heard
        deleted = sum(word[0] == "*" for word in aligned)
        found += [f"id: ({row['id']})", f"Scores: (#C #S #D #I) {len(said) - deleted} 0 {deleted} 0"]
        for start in range(0, len(said), 6):
            mark = ">> " if start else ""
            found += [
                f"{mark}REF: {' '.join(said[start : start + 6])}",
                f"{mark}HYP: {' '.join(aligned[start : start + 6])}",
            ]
            found += [f"{mark}Eval:", ""]
    return lines(found)


def parquet(frame: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.to_parquet(buffer)
    return buffer.getvalue()


def dataset() -> Files:
    buffer = io.BytesIO()
    table = pa.Table.from_pandas(FRAME, preserve_index=False)
    with pa.ipc.new_stream(buffer, table.schema) as writer:
        writer.write_table(table, max_chunksize=1000)
    state = json.dumps({"_data_files": [{"filename": "data-00000-of-00001.arrow"}]})
    return {"in/state.json": state.encode(), "in/data-00000-of-00001.arrow": buffer.getvalue()}


def zipped(files: Files) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


ALL = ["id", "speaker", "gender", "reference", "hypothesis"]
SPEAKERS = lines(["speaker,gender", *(f"s{s},{'fm'[s % 2]}" for s in range(97))])
KALDI: Files = {
    "in/text": kaldi(REFERENCES),
    "in/utt2spk": lines([f"{row['id']} {row['speaker']}" for row in ROWS]),
    "in/spk2gender": lines([f"s{s} {'fm'[s % 2]}" for s in range(97)]),
}

CASES: dict[str, Callable[[], Files]] = {
    "csv": lambda: {"in": delimited(",", ALL)},
    "tsv and a file without header": lambda: {
        "in": delimited("\t", ALL[:4]),
        "h": lines([f"{utterance}.wav\t{words}" for utterance, words in HYPOTHESES]),
    },
    "csv.gz": lambda: {"in": gzip.compress(delimited(";", ALL))},
    "csv.zip": lambda: {"in": zipped({"folder/results.csv": delimited("|", ALL)})},
    "jsonl.zst": lambda: {
        "in": pa.Codec("zstd").compress(lines([json.dumps(row) for row in ROWS]), asbytes=True)
    },
    "nemo": lambda: {
        "in": lines(
            [
                json.dumps(
                    {
                        "audio_filepath": f"{r['id']}.wav",
                        "duration": 1.5,
                        "speaker": r["speaker"],
                        "gender": r["gender"],
                    }
                    | {"text": r["reference"], "pred_text_A": r["hypothesis"]}
                )
                for r in ROWS
            ]
        )
    },
    "parquet": lambda: {"in": parquet(FRAME)},
    "hive": lambda: {
        f"in/gender={gender}/part-0.parquet": parquet(FRAME[FRAME["gender"] == gender].drop(columns="gender"))
        for gender in "fm"
    },
    "huggingface": dataset,
    "kaldi": lambda: {**KALDI, "h": kaldi(HYPOTHESES)},
    "kaldi.zip": lambda: {
        "in": zipped({f"data/{name}": one for name, one in KALDI.items()}),
        "h": kaldi(HYPOTHESES),
    },
    "trn": lambda: {"in": trn(REFERENCES), "h": trn(HYPOTHESES), "a": SPEAKERS},
    "pra": lambda: {"in": pra(), "a": delimited(",", ["id", "speaker", "gender"])},
    "stm": lambda: {"in": stm("reference"), "h": stm("hypothesis"), "a": SPEAKERS},
    "seglst": lambda: {"in": seglst("reference"), "h": seglst("hypothesis"), "a": SPEAKERS},
}


@pytest.mark.parametrize("case", CASES)
def test_ten_thousand_rows_are_all_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str) -> None:
    monkeypatch.setattr("data.marginals.write_marginals", lambda _connection: None)
    for name, content in CASES[case]().items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    systems = {"A": tmp_path / "h"} if (tmp_path / "h").exists() else {}
    tables = (tmp_path / "a",) if (tmp_path / "a").exists() else ()
    options = IngestOptions("x", (tmp_path / "in",), systems, attribute_files=tables)
    build = open_build(ingest(options, tmp_path / "home").path)
    n_words = sum(len(row["reference"].split()) for row in ROWS)
    n_heard = sum(len(row["hypothesis"].split()) for row in ROWS)
    assert {**build.info.counts, "scored": None} == {
        "utterances": N,
        "speakers": 97,
        "words": n_words,
        "scored": None,
    }
    sql = "SELECT sum(n_hypothesis_words), sum(deletions), sum(substitutions + insertions) FROM score"
    assert build.cursor().execute(sql).fetchall() == [(n_heard, n_words - n_heard, 0)]
    assert build.info.attribute("gender").levels == ("f", "m")


@pytest.mark.parametrize(("columns", "expected"), [(["S", "D", "I"], (0, 3, 1)), (["errors"], (4, 0, 0))])
def test_ten_thousand_rows_of_counts_are_all_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, columns: list[str], expected: tuple[int, int, int]
) -> None:
    monkeypatch.setattr("data.marginals.write_marginals", lambda _connection: None)
    values = {"S": "0", "D": "3", "I": "1", "errors": "4"}
    rows = [f"s{row % 97},7,{','.join(values[name] for name in columns)}" for row in range(N)]
    (tmp_path / "in").write_bytes(lines([f"speaker,N,{','.join(columns)}", *rows]))
    build = open_build(ingest(IngestOptions("x", (tmp_path / "in",)), tmp_path / "home").path)
    assert (build.info.has_text, build.info.counts["words"]) == (False, 7 * N)
    sql = "SELECT sum(substitutions), sum(deletions), sum(insertions) FROM score"
    assert build.cursor().execute(sql).fetchall() == [tuple(N * count for count in expected)]
