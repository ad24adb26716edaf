"""Which column is what: recognised names, --map, systems, and the joining of hypothesis files."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.columns import ColumnMapping, hypothesis_fields, reference_fields
from data.errors import InputError
from data.ingest import ingest
from data.ingest_options import IngestOptions
from data.store import open_build
from tests.data.made_up import Make


def fields_of(columns: str, *maps: str, elsewhere: tuple[str, ...] = (), is_also_system: bool = False):
    return reference_fields(
        "x.csv",
        columns.split(),
        ColumnMapping.parse(maps),
        frozenset(elsewhere),
        needs_speaker=True,
        is_also_system=is_also_system,
    )


@pytest.mark.parametrize(
    "columns",
    [
        "id speaker reference hypothesis",
        "utt_id client_id sentence pred_text",
        "UTTERANCE_ID Speaker_Id Text HYP",
    ],
)
def test_names_of_the_field_are_recognised(columns: str) -> None:
    fields, faults = fields_of(columns)
    assert faults == []
    assert list(fields.fields.values()) == columns.split()[:3]
    assert fields.systems == {"hypothesis": columns.split()[3]}


def test_several_hypothesis_columns_are_several_systems() -> None:
    fields, _ = fields_of("id speaker ref hypothesis_A hyp_B accent")
    assert fields.systems == {"A": "hypothesis_A", "B": "hyp_B"}
    assert fields.others == ("accent",)


def test_a_map_wins_over_a_recognised_name_which_is_then_left_out() -> None:
    fields, faults = fields_of("path id speaker speaker_id text hyp", "id=path", "speaker=speaker")
    assert faults == []
    assert fields.fields == {"id": "path", "speaker": "speaker", "reference": "text"}
    assert fields.left_out.keys() == {"id", "speaker_id"}


def test_a_map_gives_a_system_its_name() -> None:
    fields, faults = fields_of("id speaker text transcription", "system:w2v=transcription")
    assert faults == []
    assert fields.systems == {"w2v": "transcription"}


def test_a_source_that_is_a_system_file_too_is_one_system_only() -> None:
    fields, faults = fields_of("id speaker text transcription", elsewhere=("A", "B"), is_also_system=True)
    assert faults == []
    assert fields.systems == {}


def test_a_column_and_a_file_for_one_system_are_a_fault() -> None:
    _, faults = fields_of("id speaker text hypothesis_A", elsewhere=("A",))
    assert [fault.what for fault in faults] == [
        'The column "hypothesis_A" and a file of --system both give hypotheses of "A".'
    ]


@pytest.mark.parametrize("item", ["id", "=x", "id=", "system:=x", "speeker=x"])
def test_a_badly_written_map_is_refused(item: str) -> None:
    with pytest.raises(InputError, match="--map"):
        ColumnMapping.parse([item])


def test_a_field_mapped_twice_names_both_columns() -> None:
    with pytest.raises(InputError, match='"a" and "b"'):
        ColumnMapping.parse(["id=a", "id=b"])


def hypotheses_of(make: Make, tmp_path: Path, ids: list[str], file_ids: list[str]) -> list[tuple[str, str]]:
    references = "id,speaker,ref\n" + "".join(f"{id_},s,a\n" for id_ in ids)
    (tmp_path / "a.csv").write_text("id,hyp\n" + "".join(f"{id_},{id_}\n" for id_ in file_ids))
    build = open_build(make(references, systems={"A": tmp_path / "a.csv"}).path)
    sql = "SELECT utterance_id, hypothesis FROM utterance JOIN score USING (row_id) ORDER BY 1"
    return build.cursor().execute(sql).fetchall()


def test_hypotheses_are_joined_by_id_in_any_order(make: Make, tmp_path: Path) -> None:
    assert hypotheses_of(make, tmp_path, ["u1", "u2"], ["u2", "u1"]) == [("u1", "u1"), ("u2", "u2")]


def test_ids_that_differ_in_their_extension_only_are_joined(make: Make, tmp_path: Path) -> None:
    joined = hypotheses_of(make, tmp_path, ["a/x.mp3", "y.mp3"], ["y.wav", "a/x.WAV"])
    assert joined == [("a/x.mp3", "a/x.WAV"), ("y.mp3", "y.wav")]


@pytest.mark.parametrize(
    ("ids", "file_ids"),
    [(["x.1"], ["x.2"]), (["x.mp3", "x.flac"], ["x.wav", "x.ogg"]), (["a/x.mp3"], ["b/x.wav"])],
)
def test_ids_that_differ_in_more_are_not_joined(
    make: Make, tmp_path: Path, ids: list[str], file_ids: list[str]
) -> None:
    with pytest.raises(InputError, match="is not among the references"):
        hypotheses_of(make, tmp_path, ids, file_ids)


def test_a_map_holds_for_every_file(tmp_path: Path, home: Path) -> None:
    (tmp_path / "ref.tsv").write_text("client_id\tpath\tsentence\ns\tu.mp3\ta b\n")
    (tmp_path / "hyp.tsv").write_text("path\tprediction\nu.wav\ta\n")
    options = IngestOptions(
        "x", (tmp_path / "ref.tsv",), {"A": tmp_path / "hyp.tsv"}, mapping=ColumnMapping.parse(["id=path"])
    )
    assert open_build(ingest(options, home).path).info.counts["scored"] == {"A": 1}


@pytest.mark.parametrize(
    ("columns", "hypothesis"),
    [
        (["id", "text"], "text"),
        (["Text", "utterance_id"], "Text"),
        (["id", "sentence"], None),
        (["id", "speaker", "text"], None),
        (["text", "note"], None),
    ],
)
def test_the_text_of_ids_and_texts_is_what_a_system_wrote(columns: list[str], hypothesis: str | None) -> None:
    fields, _ = hypothesis_fields("hyp.csv", columns, ColumnMapping(), "A")
    assert fields.get("hypothesis") == hypothesis
