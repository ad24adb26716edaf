"""What a command prints where a terminal cannot write every character, and files that are whole or not there."""

from __future__ import annotations

import io
import json
import os
import sys
import threading
from pathlib import Path

import pytest

from dashboard.commands.aligned_table import print_document
from dashboard.commands.terminal import write_anywhere
from dashboard.commands.written_files import write_whole


def printed(monkeypatch: pytest.MonkeyPatch, encoding: str, text: str) -> bytes:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr(sys, "stdout", stream)
    write_anywhere()
    sys.stdout.write(text)
    sys.stdout.flush()
    return stream.buffer.getvalue()  # type: ignore[attr-defined, no-any-return]


@pytest.mark.parametrize(
    ("encoding", "written"),
    [
        ("ascii", b"37.6% (36.8-38.6%) - 1.25x ?"),
        ("latin-1", "37.6% (36.8-38.6%) · 1.25× ?".encode("latin-1")),
        ("utf-8", "37.6% (36.8–38.6%) · 1.25× 日".encode()),
    ],
)
def test_plain_characters_stand_for_what_an_encoding_has_not(
    monkeypatch: pytest.MonkeyPatch, encoding: str, written: bytes
) -> None:
    assert printed(monkeypatch, encoding, "37.6% (36.8–38.6%) · 1.25× 日") == written


def test_a_closed_stream_swallows_what_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    write_anywhere()
    assert sys.stdout.write("–") == 1
    sys.stdout.close()


def test_names_in_json_survive_every_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", stream)
    print_document({"group": "日本"})
    stream.flush()
    assert json.loads(stream.buffer.getvalue()) == {"group": "日本"}  # type: ignore[attr-defined]


def test_files_are_written_over_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    write_whole({tmp_path / "a": b"new", tmp_path / "b": b"more"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"new", "b": b"more"}


def names_and_contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_where_one_file_cannot_be_written_none_is(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(FileNotFoundError) as refused:
        write_whole({tmp_path / "a": b"new", tmp_path / "no" / "b": b"more"})
    assert refused.value.filename == str(tmp_path / "no" / "b")
    assert names_and_contents(tmp_path) == {"a": b"old"}


def test_a_folder_in_the_place_of_a_file_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    with pytest.raises(IsADirectoryError) as refused:
        write_whole({tmp_path / "a": b"new", tmp_path / "b": b"more"})
    assert refused.value.filename == str(tmp_path / "b")
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


@pytest.mark.parametrize("problem", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_nothing_is_left_beside_when_writing_is_interrupted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, problem: BaseException
) -> None:
    (tmp_path / "a").write_bytes(b"old")

    def interrupted(*_: object) -> None:
        raise problem

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(type(problem)):
        write_whole({tmp_path / "a": b"new", tmp_path / "b": b"more"})
    assert names_and_contents(tmp_path) == {"a": b"old"}


def test_a_file_keeps_its_mode_and_a_link_leads_to_it(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"old")
    (tmp_path / "secret").chmod(0o600)
    (tmp_path / "link").symlink_to("secret")
    write_whole({tmp_path / "link": b"new"})
    assert (tmp_path / "link").is_symlink()
    assert names_and_contents(tmp_path) == {"secret": b"new", "link": b"new"}
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append((tmp_path / "pipe").read_bytes()))
    reader.start()
    write_whole({tmp_path / "pipe": b"new"})
    reader.join(30)
    assert read == [b"new"]
    assert (tmp_path / "pipe").is_fifo()


def test_what_the_shell_writes_to_stays_the_same_file(tmp_path: Path) -> None:
    with (tmp_path / "out").open("wb") as shell:
        write_whole({Path(f"/dev/fd/{shell.fileno()}"): b"new"})
        assert (tmp_path / "out").stat().st_ino == os.fstat(shell.fileno()).st_ino
    assert names_and_contents(tmp_path) == {"out": b"new"}
