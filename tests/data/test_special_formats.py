"""What is special about each format: wrapped alignments, labels, offsets, classes, partitions, stray tabs."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.formats.registry import FORMATS, read_table, sniffed_format
from data.store import open_build
from tests.data.made_up import Make


@pytest.mark.parametrize(
    ("content", "format_name"),
    [
        (b"turn the lights on (s1-u1)\n (s1-u2)\n", "trn"),
        (b";; from sclite\nturn, on (s1-u1)\n", "trn"),
        (b"s1-u1 turn the lights, on\ns1-u2\n", "kaldi"),
        (b"c A s1 0.0 1.5 <o,f> hello\n", "stm"),
        (b"\n\nSpeaker sentences   0:  s1   #utts: 1\nid: (s1-u1)\n", "pra"),
        (b'[{"session_id": "a", "words": "b"}]', "seglst"),
        (b'{"audio_filepath": "a.wav", "text": "b"}\n', "nemo"),
        (b'{"id": "a", "text": "b"}\n', "jsonl"),
        (b"id,speaker id,text said\nu1,s1,hello there (x)\n", "csv"),
        (b"clip.wav\tthe boy, swore, that (x)\nclip2.wav\tno\n", "csv"),
        (b"ARROW1\0\0", "arrow"),
        ("id,text".encode("utf-16"), "csv"),
    ],
)
def test_a_format_is_told_from_content(content: bytes, format_name: str) -> None:
    assert sniffed_format(content) == format_name


def test_stray_separators_at_the_end_are_left_off_and_said() -> None:
    table = read_table(Path("x"), b"id\ttext\t\nu1\ta\t\nu2\tb\nu3\tc\t\t\n")
    assert table.columns.to_pylist() == [
        {"id": f"u{n}", "text": t} for n, t in ((1, "a"), (2, "b"), (3, "c"))
    ]
    assert table.faults == ()
    assert table.notices == (
        "2 rows end in a stray tab (the first is row 2); nothing stands after it, so it was left off.",
    )


def test_a_last_column_without_name_but_with_values_is_a_column() -> None:
    table = read_table(Path("x"), b"id,text,\nu1,a,x\nu2,b,\n")
    assert table.columns.column_names == ["id", "text", "column 3"]
    assert table.notices == ()


def test_a_comma_in_a_first_line_without_names_does_not_make_it_comma_separated() -> None:
    table = read_table(Path("x"), b"a.wav\tone, two, three, four\nb.wav\tfive\n")
    assert table.header == ("a.wav", "one, two, three, four")


def test_an_alignment_over_several_lines_is_one_text() -> None:
    content = (
        b"Speaker sentences   0:  s1   #utts: 2\nid: (s1-u1)\nScores: (#C #S #D #I) 3 1 1 1\n"
        b"REF:  a b *** C\nHYP:  a b UH  D\nEval:     I   S\n\n>> REF:  d E\n>> HYP:  d *\n>> Eval:   D\n"
        b"id: (s1-u2)\nScores: (#C #S #D #I) 0 0 0 0\nREF:\nHYP:\n"
    )
    table = FORMATS["pra"].read("x", content)
    assert table.columns.to_pylist() == [
        {"utterance_id": "s1-u1", "speaker_id": "s1", "reference": "a b C d E", "hypothesis": "a b UH D d"},
        {"utterance_id": "s1-u2", "speaker_id": "s1", "reference": "", "hypothesis": ""},
    ]


def test_a_transcript_says_where_its_speakers_come_from() -> None:
    table = FORMATS["trn"].read("x", b"a (s1-u1)\nb (s2_u1)\n")
    assert table.columns.column("speaker_id").to_pylist() == ["s1", "s2"]
    assert "before the first" in table.notices[0]


@pytest.mark.parametrize("ids", [("u1", "u2"), ("common_voice_1", "common_voice_2")])
def test_ids_that_name_no_speaker_or_all_the_same_give_none(ids: tuple[str, str]) -> None:
    table = FORMATS["trn"].read("x", "".join(f"a ({one})\n" for one in ids).encode())
    assert table.columns.column_names == ["utterance_id", "text"]


def test_segments_that_are_not_to_be_scored_are_left_out_and_counted() -> None:
    content = b"c A s 0 1 a\nc A s 1 2 IGNORE_TIME_SEGMENT_IN_SCORING\nc A inter_segment_gap 2 3 <o,,>\n"
    table = FORMATS["stm"].read("x", content)
    assert len(table.rows) == 1
    assert table.notices == ("2 segments are marked as not to be scored and left out.",)


def test_utterances_of_one_long_clip_are_told_apart_by_their_offset() -> None:
    lines = [f'{{"audio_filepath": "a.wav", "offset": {offset}, "text": "x"}}\n' for offset in (0, 1.5)]
    ids = FORMATS["nemo"].read("x", "".join(lines).encode()).columns.column("utterance_id").to_pylist()
    assert ids == ["a.wav@0", "a.wav@1.5"]


def test_a_manifest_with_several_systems(make: Make) -> None:
    line = '{"audio_filepath":"a.wav","speaker":"s","text":"a","pred_text_A":"a","pred_text_B":"b"}\n'
    info = open_build(make(line).path).info
    assert (info.systems, info.inputs[0]["format"]) == (("A", "B"), "nemo")


@pytest.mark.parametrize("name", ["words", "n_words", "N"])
def test_counts_of_several_systems_share_their_words(make: Make, name: str) -> None:
    content = f"id,speaker,{name},errors_A,errors_B\nu1,s1,5,1,6\nu2,s2,7,0,2\n"
    build = open_build(make(content).path)
    assert build.info.systems == ("A", "B")
    sql = "SELECT system, sum(n_words), sum(substitutions + deletions + insertions), min(hits) FROM score GROUP BY 1 ORDER BY 1"
    assert build.cursor().execute(sql).fetchall() == [(0, 12, 1, 4), (1, 12, 8, 0)]
    assert "deletion-rate" in build.info.undefined_metrics
    assert "sentence-error-rate" not in build.info.undefined_metrics


def test_counts_may_come_from_a_file_for_each_system(make: Make, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,N,S,D,I\nu2,7,0,1,0\nu1,5,1,0,2\n")
    build = open_build(make("id,speaker,accent\nu1,s1,x\nu2,s2,y\n", systems={"A": tmp_path / "a.csv"}).path)
    sql = "SELECT utterance_id, substitutions, deletions, insertions FROM utterance JOIN score USING (row_id) ORDER BY 1"
    assert build.cursor().execute(sql).fetchall() == [("u1", 1, 0, 2), ("u2", 0, 1, 0)]
    assert set(build.info.undefined_metrics) == {"cer", "keyword-miss-rate"}
    assert build.info.normalizer["id"] == "as-counted"


def test_columns_of_counts_beside_texts_are_not_counts(make: Make) -> None:
    info = open_build(make("id,speaker,reference,hypothesis,words,errors\nu1,s1,a,b,9,9\n").path).info
    assert (info.has_text, info.counts["words"]) == (True, 1)


def test_a_table_of_attributes_may_bring_the_speaker(make: Make, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("utt_id,speaker_id,accent\nu2,s2,y\nu1,s1,x\n")
    (tmp_path / "b.tsv").write_text("client_id\tage\ns1\told\ns2\tyoung\n")
    build = open_build(
        make(
            "id,reference,hypothesis\nu1,a,a\nu2,b,b\n",
            attribute_files=(tmp_path / "a.csv", tmp_path / "b.tsv"),
        ).path
    )
    sql = (
        "SELECT utterance_id, speaker_id, accent, age FROM utterance JOIN speaker USING (speaker) ORDER BY 1"
    )
    assert build.cursor().execute(sql).fetchall() == [("u1", "s1", "x", "old"), ("u2", "s2", "y", "young")]
    assert [one["system"] for one in build.info.inputs] == [None, "", ""]


def test_a_table_of_attributes_makes_another_build(make: Make, tmp_path: Path) -> None:
    builds = set()
    for accent in ("x", "y"):
        (tmp_path / "a.csv").write_text(f"speaker,accent\ns1,{accent}\n")
        builds.add(
            make("id,speaker,reference,hypothesis\nu1,s1,a,a\n", attribute_files=(tmp_path / "a.csv",)).build
        )
    assert len(builds) == 2


def test_a_folder_gives_the_same_build_wherever_it_lies(tmp_path: Path) -> None:
    from data.source_files import load_file

    for place in ("one", "two"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "text").write_text("u1 a\n")
        (tmp_path / place / "clip.wav").write_text(place)
    first, second = load_file(tmp_path / "one"), load_file(tmp_path / "two")
    assert first.sha256 == second.sha256
    assert first.n_bytes == 5
