"""What a command prints where a terminal cannot write every character, and files that are whole or not there."""

from __future__ import annotations

import io
import json
import sys
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


def test_where_one_file_cannot_be_written_none_is(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(FileNotFoundError) as refused:
        write_whole({tmp_path / "a": b"new", tmp_path / "no" / "b": b"more"})
    assert refused.value.filename == str(tmp_path / "no" / "b")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old"}
