"""From file to build: counts, rows, what is scored, and what identifies a build."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import jiwer
import pytest

from data.columns import ColumnMapping
from data.ingest import ingest
from data.ingest_options import IngestOptions
from data.store import Build, open_build
from tests.data.made_up import HEADER, ROWS, SMALL, Make

COUNTS = "n_words, n_hypothesis_words, hits, substitutions, deletions, insertions"


def rows(build: Build, sql: str) -> list[tuple[Any, ...]]:
    return build.cursor().execute(sql).fetchall()


def test_counts_are_those_of_the_normalised_words(make: Make) -> None:
    build = open_build(make().path)
    assert rows(
        build, f"SELECT utterance_id, {COUNTS} FROM utterance JOIN score USING (row_id) ORDER BY 1"
    ) == [
        ("u1", 3, 3, 3, 0, 0, 0),
        ("u2", 3, 2, 1, 1, 1, 0),
        ("u3", 2, 3, 2, 0, 0, 1),
        ("u4", 0, 1, 0, 0, 0, 1),
        ("u5", 2, 0, 0, 0, 2, 0),
    ]


def test_counts_are_those_of_jiwer(make: Make) -> None:
    texts = [("a b c d", "a c d e"), ("one two three", "one three three"), ("x", "y z")]
    content = "id,speaker,ref,hyp\n" + "".join(f"u{i},s{i},{r},{h}\n" for i, (r, h) in enumerate(texts))
    found = rows(
        open_build(make(content).path), "SELECT hits, substitutions, deletions, insertions FROM score"
    )
    expected = [jiwer.process_words(reference, hypothesis) for reference, hypothesis in texts]
    assert found == [(e.hits, e.substitutions, e.deletions, e.insertions) for e in expected]


def test_texts_are_kept_as_they_were_written(make: Make) -> None:
    build = open_build(make().path)
    assert rows(build, "SELECT reference FROM utterance WHERE utterance_id = 'u3'") == [("Hello there!",)]


def test_rows_of_a_speaker_lie_together_and_codes_are_dense(make: Make) -> None:
    build = open_build(make("id,speaker,ref,hyp\nu1,b,a,a\nu2,a,a,a\nu3,b,a,a\nu0,c,a,a\n").path)
    found = rows(
        build, "SELECT row_id, utterance_id, speaker, speaker_id FROM utterance JOIN speaker USING (speaker)"
    )
    assert sorted(found) == [(0, "u2", 0, "a"), (1, "u1", 1, "b"), (2, "u3", 1, "b"), (3, "u0", 2, "c")]


def test_the_build_says_what_it_was_made_of(make: Make) -> None:
    info = open_build(make(about={"synthetic_voices": True}, show_text=True, note="first").path).info
    assert (info.name, info.systems, info.cluster_unit, info.note) == (
        "small",
        ("hypothesis",),
        "speaker",
        "first",
    )
    assert info.counts == {"utterances": 5, "speakers": 3, "words": 10, "scored": {"hypothesis": 5}}
    assert info.normalizer["id"] == "basic"
    assert [(item["name"], item["rows"]) for item in info.inputs] == [("small.csv", 5)]
    assert (info.show_text, info.show_audio) == (True, False)
    assert info.notice == "Synthetic voices: says nothing about people"


def test_a_reference_without_hypothesis_is_unscored_when_allowed(make: Make, tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text("id,hyp\nu1,the cat\nu3,\n")
    build = open_build(make(systems={"B": tmp_path / "b.csv"}, allow_missing=True).path)
    assert build.info.counts["scored"] == {"hypothesis": 5, "B": 2}
    scored = rows(
        build, "SELECT utterance_id FROM utterance JOIN score USING (row_id) WHERE system = 1 ORDER BY 1"
    )
    assert scored == [("u1",), ("u3",)]


def test_a_null_hypothesis_is_an_empty_output(make: Make) -> None:
    build = open_build(make("id,speaker,ref,hyp\nu1,s,a,null\n", null_hypothesis="null").path)
    assert rows(build, "SELECT hypothesis, deletions FROM score") == [("", 1)]


def test_a_null_in_json_is_no_hypothesis_but_an_empty_text_is_one(make: Make) -> None:
    content = '{"id":"u1","speaker":"s","ref":"a","hyp":""}\n{"id":"u2","speaker":"s","ref":"a","hyp":null}\n'
    assert open_build(make(content, allow_missing=True).path).info.counts["scored"] == {"hypothesis": 1}


def test_unknown_speakers_are_left_out_or_one(make: Make) -> None:
    content = SMALL + "u6,,us,clean,1,a,a\nu7,,us,clean,1,a,a\n"
    assert open_build(make(content, missing_speaker="drop").path).info.counts["utterances"] == 5
    counts = open_build(make(content, missing_speaker="one").path).info.counts
    assert (counts["utterances"], counts["speakers"]) == (7, 4)


def test_another_sampling_unit_takes_the_place_of_the_speaker(make: Make) -> None:
    build = open_build(make("id,call,ref,hyp\nu1,c1,a,a\nu2,c1,a,a\nu3,c2,a,a\n", cluster="call").path)
    assert build.info.cluster_unit == "call"
    assert build.info.counts["speakers"] == 2
    assert build.info.attributes == ()


def test_several_sources_are_read_as_one(tmp_path: Path, home: Path) -> None:
    (tmp_path / "a.csv").write_text(HEADER + ROWS[: ROWS.index("u3")])
    (tmp_path / "b.csv").write_text(HEADER + ROWS[ROWS.index("u3") :])
    both = IngestOptions("x", (tmp_path / "a.csv", tmp_path / "b.csv"))
    done = ingest(both, home)
    assert open_build(done.path).info.counts["utterances"] == 5
    assert ingest(replace(both, sources=both.sources[::-1]), home).build == done.build


def test_the_three_formats_give_the_same_counts(make: Make) -> None:
    tsv = SMALL.replace(",", "\t")
    header, *lines = [line.split(",") for line in SMALL.splitlines()]
    import json

    jsonl = "\n".join(json.dumps(dict(zip(header, line, strict=True))) for line in lines)
    found = [rows(open_build(make(text).path), f"SELECT {COUNTS} FROM score") for text in (SMALL, tsv, jsonl)]
    assert found[0] == found[1] == found[2]


def test_a_moved_file_gives_the_same_build(make: Make, tmp_path: Path) -> None:
    first = make()
    (tmp_path / "elsewhere").mkdir()
    shutil.copy(tmp_path / "small.csv", tmp_path / "elsewhere" / "renamed.txt")
    again = ingest(IngestOptions("small", (tmp_path / "elsewhere" / "renamed.txt",)), first.path.parents[1])
    assert (again.build, again.is_new) == (first.build, False)


def test_a_note_does_not_change_the_build(make: Make) -> None:
    first, again = make(note="a"), make(note="b")
    assert again.build == first.build
    assert open_build(again.path).info.build == first.build


OTHER_OPTIONS: list[dict[str, Any]] = [
    {"normalizer": "none"},
    {"attributes": ("accent",)},
    {"roles": {"accent": "content"}},
    {"label_sources": {"accent": "self"}},
    {"bins": {"snr_db": (10.0,)}},
    {"orders": {"noise": ("street", "clean")}},
    {"missing": ("clean",)},
    {"null_hypothesis": "oh"},
    {"cluster": "noise"},
    {"about": {"title": "x"}},
    {"show_text": True},
    {"show_audio": True},
    {"maps": ("hypothesis=hypothesis",)},
]


def test_every_other_option_gives_another_build(make: Make) -> None:
    found = {make().build, *(make(**options).build for options in OTHER_OPTIONS)}
    assert len(found) == len(OTHER_OPTIONS) + 1
    assert all(len(build) == 12 and int(build, 16) >= 0 for build in found)


def test_another_byte_gives_another_build(make: Make) -> None:
    assert make(SMALL + "\n").build != make(SMALL).build


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".hidden", "a b", "x" * 101, "é", "a."])
def test_a_name_that_could_leave_the_folder_is_refused(make: Make, name: str) -> None:
    with pytest.raises(ValueError, match="cannot be the name of an evaluation"):
        make(name=name)


def test_mapping_is_a_value() -> None:
    assert ColumnMapping.parse(["id=a"]) == ColumnMapping.parse(["id=a"])


def test_white_space_around_ids_and_speakers_is_no_part_of_them(make: Make, tmp_path: Path) -> None:
    hypotheses = tmp_path / "h.csv"
    hypotheses.write_text("id,hyp\nu1,a\n u2,a\nu3 ,a\n")
    content = "id,speaker,reference\nu1,s1 ,a\nu2,s1,a\nu3, s1,a\n"
    build = open_build(make(content, systems={"A": hypotheses}).path)
    assert build.info.counts["speakers"] == 1
    assert rows(build, "SELECT utterance_id FROM utterance ORDER BY 1") == [("u1",), ("u2",), ("u3",)]
    assert build.info.counts["scored"]["A"] == 3
