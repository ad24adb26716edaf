"""One more system: the same build as if all files had been ingested at once, and nothing else touched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from data.add_system import Added, add_systems
from data.add_system_options import AddedOptions
from data.column_names import ColumnMapping
from data.errors import InputError
from data.home import builds, current_build
from data.ingest import ingest
from data.ingest_options import IngestOptions
from data.store import Build, find_evaluation, open_build
from tests.data.made_up import SMALL, Make

REFERENCES = "id,speaker,accent,ref,reference_2\nu1,s1,us,a b c,a b c\nu2,s2,uk,a b,a\nu3,s1,us,c d,\nu4,s3,,one two,\n"
FILES = {
    "refs.csv": REFERENCES,
    "a.csv": "id,hyp\nu1,a b c\nu2,a\nu3,d\nu4,one two\n",
    "b.csv": "id,hyp\nu4,two\nu3,c d e\nu2,null\nu1,x b c\n",
    "c.csv": "path,output\nu1.wav,a\nu2.wav,b\nu3.wav,\nu4.wav,one\n",
    "part.csv": "id,hyp\nu1,a\nu3,c\n",
    "headless.tsv": "u1\ta b\nu2\tb\nu3\tc d\nu4\tone\n",
    "age.csv": "speaker,age\ns1,20\ns2,30\ns3,40\n",
    "counts.csv": "id,speaker,accent,words,errors\nu1,s1,us,3,1\nu2,s2,uk,2,0\n",
    "kinds.csv": "id,speaker,accent,words,sub,del,ins\nu1,s1,us,3,1,0,0\nu2,s2,uk,2,0,0,1\n",
    "more_counts.csv": "id,words,errors\nu2,2,1\nu1,3,3\n",
    "forms.txt": "x = a\n",
    "keywords.txt": "one\nb c\n",
    "keyword.txt": "one\n",
    "nameless.csv": "id,speaker,accent,ref\nu1,s1,us,a b c\nu2,s2,uk,a b\nu3,,us,c d\nu4,s3,,one two\n",
}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for name, content in FILES.items():
        (tmp_path / name).write_text(content)
    return tmp_path


def tables(build: Build) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table in the order of the file, except the order of what a build says of itself."""
    cursor = build.cursor()
    names = [
        name for (name,) in cursor.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()
    ]
    found = {
        name: [tuple(map(repr, row)) for row in cursor.execute(f'FROM "{name}"').fetchall()] for name in names
    }
    return {**found, "meta": sorted(found["meta"])}


def add(home: Path, name: str, systems: Mapping[str, Path], **options: Any) -> Added:
    return add_systems(open_build(find_evaluation(home, name).path), AddedOptions(systems, **options))


# Options of the first ingest, the systems it has and those that are added, options of both, options of adding alone.
LISTS: dict[str, Any] = {"equivalences": "forms.txt", "keywords": "keywords.txt", "aligner": "sclite"}
LISTS_OF_A: dict[str, Any] = {"keywords": "keyword.txt", "allow_missing": True}
AT_ONCE: dict[str, tuple[str, tuple[str, ...], tuple[str, ...], dict[str, Any], dict[str, Any]]] = {
    "one more": ("refs.csv", ("a.csv",), ("b.csv",), {}, {}),
    "two at once": ("refs.csv", ("a.csv",), ("b.csv", "headless.tsv"), {}, {}),
    "a part, allowed when added": ("refs.csv", ("a.csv",), ("part.csv",), {}, {"allow_missing": True}),
    "a part, allowed from the first": ("refs.csv", ("part.csv",), ("a.csv",), {"allow_missing": True}, {}),
    "null is empty when added": ("refs.csv", ("a.csv",), ("b.csv",), {}, {"null_hypothesis": "null"}),
    "null is empty from the first": ("refs.csv", ("b.csv",), ("a.csv",), {"null_hypothesis": "null"}, {}),
    "a mapped column": (
        "refs.csv",
        ("a.csv",),
        ("c.csv",),
        {},
        {"mapping": ColumnMapping({}, {"c": "output"})},
    ),
    "another normaliser": ("refs.csv", ("a.csv",), ("b.csv",), {"normalizer": "whisper-english"}, {}),
    "lists and weights": ("refs.csv", ("a.csv",), ("b.csv",), LISTS, {}),
    "keywords that only the new one was given": ("refs.csv", ("part.csv",), ("a.csv",), LISTS_OF_A, {}),
    "counts": ("counts.csv", (), ("more_counts.csv",), {}, {}),
    "counts by kind": ("kinds.csv", (), ("more_counts.csv",), {}, {}),
    "speakers left out": ("nameless.csv", ("a.csv",), ("b.csv",), {"missing_speaker": "drop"}, {}),
}


@pytest.mark.parametrize("case", AT_ONCE)
def test_the_build_is_that_of_ingesting_everything_at_once(files: Path, case: str) -> None:
    source, first, added, options, more = AT_ONCE[case]
    paths = {path.split(".")[0]: files / path for path in (*first, *added)}
    options = {
        name: files / value if name in {"equivalences", "keywords"} else value
        for name, value in options.items()
    }
    extra = {} if source in {"counts.csv", "kinds.csv"} else {"attribute_files": (files / "age.csv",)}
    everything = IngestOptions(
        "x", (files / source,), paths, about={"purpose": "test", "n": 1.5}, **extra, **options
    )
    early = {path.split(".")[0]: files / path for path in first}
    ingest(replace(everything, systems=early), files / "home")
    for path in (source, "age.csv"):
        (files / path).rename(files / f"gone {path}")
    done = add(files / "home", "x", {name: paths[name] for name in paths if name not in early}, **more)
    for path in (source, "age.csv"):
        (files / f"gone {path}").rename(files / path)

    at_once = ingest(replace(everything, **more), files / "elsewhere")
    assert (done.made.build, done.made.is_new) == (at_once.build, True)
    assert tables(open_build(done.made.path)) == tables(open_build(at_once.path))


def test_the_older_build_stays_and_the_new_one_is_shown(make: Make, home: Path, tmp_path: Path) -> None:
    first = make(note="kept")
    (tmp_path / "b.csv").write_text("id,hyp\n" + "".join(f"u{n},a\n" for n in range(1, 6)))
    before = first.path.read_bytes()
    done = add(home, "small", {"B": tmp_path / "b.csv"})
    info = find_evaluation(home, "small")
    assert (info.build, info.systems, info.note) == (done.made.build, ("hypothesis", "B"), "kept")
    assert (first.path.read_bytes(), len(builds(home / "small"))) == (before, 2)
    assert [Path(path).name for path in open_build(info.path).info.inputs[1:][0].values() if path == "b.csv"]

    again = add_systems(open_build(first.path), AddedOptions({"B": tmp_path / "b.csv"}, note="new"))
    assert (again.made.build, again.made.is_new) == (done.made.build, False)
    assert find_evaluation(home, "small").note == "new"


def test_a_name_that_is_taken_says_what_to_do(make: Make, home: Path, tmp_path: Path) -> None:
    make()
    with pytest.raises(
        InputError, match=r'has a system "hypothesis" already\. Add the file under another name, or'
    ):
        add(home, "small", {"hypothesis": tmp_path / "b.csv"})


def test_a_file_of_references_is_no_file_of_a_system(make: Make, home: Path, tmp_path: Path) -> None:
    make()
    with pytest.raises(InputError, match=r"is the file that the references were read from \(small.csv\)"):
        add(home, "small", {"B": tmp_path / "small.csv"})


FAULTY = {
    'b.csv, row 2, id: The id "u9" is not among the references.': "id,hyp\nu9,a\nu1,a\nu2,a\nu3,a\nu4,a\nu5,a\n",
    'b.csv, row 3, id: "u1" is a second hypothesis for "u1", after row 2.': "id,hyp\nu1,a\nu1,b\n",
    'b.csv, B: The utterance "u5" has no hypothesis of "B". Add it': "id,hyp\nu1,a\nu2,a\nu3,a\nu4,a\n",
    'b.csv: The file has no hypotheses of "B".': "id,hyp\n",
    "b.csv, hypothesis: No column holds the hypothesis": "id,output\nu1,a\n",
    "b.csv, row 2: The row holds a NUL byte": "id,hyp\nu1,a\0\nu2,a\nu3,a\nu4,a\nu5,a\n",
    "b.csv: The file is UTF-16": "id,hyp\nu1,a\n".encode("utf-16"),  # type: ignore[dict-item]
}


@pytest.mark.parametrize("sentence", FAULTY)
def test_a_broken_file_is_refused_as_at_ingest(make: Make, home: Path, tmp_path: Path, sentence: str) -> None:
    make()
    content = FAULTY[sentence]
    (tmp_path / "b.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    before = sorted(home.rglob("*"))
    with pytest.raises(InputError) as refusal:
        add(home, "small", {"B": tmp_path / "b.csv"})
    assert any(str(fault).startswith(sentence) for fault in refusal.value.faults), str(refusal.value)
    assert sorted(home.rglob("*")) == before


def test_faults_of_several_files_come_together(make: Make, home: Path, tmp_path: Path) -> None:
    make()
    for name in "bc":
        (tmp_path / f"{name}.csv").write_text("id,output\nu1,a\n")
    with pytest.raises(InputError) as refusal:
        add(home, "small", {"B": tmp_path / "b.csv", "C": tmp_path / "c.csv"})
    assert [fault.file for fault in refusal.value.faults] == ["b.csv", "c.csv"]


def test_texts_cannot_be_added_to_counts_nor_counts_to_texts(files: Path) -> None:
    ingest(IngestOptions("counts", (files / "counts.csv",)), files / "home")
    with pytest.raises(InputError, match="The references are counts without texts"):
        add(files / "home", "counts", {"A": files / "part.csv"})
    ingest(IngestOptions("texts", (files / "refs.csv",), {"a": files / "a.csv"}), files / "home")
    with pytest.raises(InputError, match="No column holds the hypothesis"):
        add(files / "home", "texts", {"B": files / "more_counts.csv"})


def test_an_option_for_one_system_gives_an_id_of_its_own(files: Path) -> None:
    everything = IngestOptions("x", (files / "refs.csv",), {"b": files / "b.csv"})
    ingest(everything, files / "home")
    (files / "n.csv").write_text("id,hyp\nu1,null\nu2,null\nu3,null\nu4,null\n")
    # "null" is what system b wrote down, so the option cannot hold for all.
    done = add(files / "home", "x", {"n": files / "n.csv"}, null_hypothesis="null")
    both = {"b": files / "b.csv", "n": files / "n.csv"}
    ids = [
        ingest(replace(everything, systems=both, null_hypothesis=null), files / "elsewhere").build
        for null in (None, "null")
    ]
    assert done.made.build not in ids
    written = (
        open_build(done.made.path)
        .cursor()
        .execute("SELECT hypothesis FROM score WHERE hypothesis IN ('', 'null') ORDER BY system")
    )
    assert written.fetchall() == [("null",), ("",), ("",), ("",), ("",)]
    assert add(files / "home", "x", {"m": files / "a.csv"}).made.is_new


def test_a_map_of_what_a_systems_file_has_not_is_refused(make: Make, home: Path, tmp_path: Path) -> None:
    make()
    for item, sentence in {
        "speaker=who": 'a system\'s file has "id", "hypothesis"',
        "system:C=text": "names a system that is not added",
    }.items():
        with pytest.raises(InputError, match=sentence):
            add(home, "small", {"B": tmp_path / "b.csv"}, mapping=ColumnMapping.parse([item]))


def test_a_build_of_another_version_is_not_mixed(
    make: Make, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make()
    monkeypatch.setattr("data.build_id.SCHEMA_VERSION", 10_000)
    with pytest.raises(InputError, match="was scored by another version of Fair Hearing"):
        add(home, "small", {"B": tmp_path / "b.csv"})


def test_recordings_that_were_left_out_are_counted_not_faulted(files: Path) -> None:
    options = IngestOptions("x", (files / "nameless.csv",), {"a": files / "a.csv"}, missing_speaker="drop")
    ingest(options, files / "home")
    assert add(files / "home", "x", {"b": files / "b.csv"}).left_out == {"b": 1}
    (files / "d.csv").write_text(FILES["b.csv"] + "u9,a\nu8,a\n")
    with pytest.raises(InputError, match='"u9" is not among'):
        add(files / "home", "x", {"d": files / "d.csv"})


def test_a_failing_write_leaves_what_was_there(
    make: Make, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = make()
    (tmp_path / "b.csv").write_text(SMALL)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("data.add_system.append_systems", fail)
    (tmp_path / "c.csv").write_text("id,hyp\n" + "".join(f"u{n},a\n" for n in range(1, 6)))
    before = sorted(path.name for path in (home / "small").iterdir())
    with pytest.raises(InputError, match="the disk is full"):
        add(home, "small", {"C": tmp_path / "c.csv"})
    assert sorted(path.name for path in (home / "small").iterdir()) == before
    assert current_build(home / "small") == first.build


def test_of_two_processes_that_add_at_once_the_second_is_told_to_try_again(files: Path) -> None:
    """Else the system of the first would be gone from the current build, and both would have been told of success."""
    ingest(IngestOptions("x", (files / "refs.csv",), {"A": files / "a.csv"}), files)
    interrupted = []

    def meanwhile(step: str, _done: int, _total: int) -> None:
        if step == "writing" and not interrupted:
            interrupted.append(add(files, "x", {"B": files / "b.csv"}, null_hypothesis="null"))

    def again() -> Added:
        build = open_build(find_evaluation(files, "x").path)
        return add_systems(build, AddedOptions({"C": files / "headless.tsv"}), meanwhile)

    with pytest.raises(InputError, match="Another process changed x meanwhile"):
        again()
    assert open_build(find_evaluation(files, "x").path).info.systems == ("A", "B")
    again()
    assert open_build(find_evaluation(files, "x").path).info.systems == ("A", "B", "C")
