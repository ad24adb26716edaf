"""Files from the browser: under names made here, no longer than needed, and never larger than said."""

from __future__ import annotations

import os
import time
import tomllib
from pathlib import Path

import pytest

from data import uploads
from data.errors import InputError
from data.limits import UPLOADED
from data.store import evaluation_names
from data.uploads import forget_upload, keep_upload

ROOT = Path(__file__).resolve().parents[2]


def test_the_server_takes_as_much_as_the_page_promises() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["server"]["maxUploadSize"] == UPLOADED.usual_mb


def test_an_upload_lies_under_a_name_made_here_and_is_no_evaluation(tmp_path: Path) -> None:
    first, second = keep_upload(tmp_path, b"a"), keep_upload(tmp_path, b"b")
    assert first != second
    assert (first.parent.parent, first.read_bytes()) == (tmp_path / uploads.FOLDER, b"a")
    assert evaluation_names(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("results.csv", "results.csv"),
        ("my <b>results.csv", "my-b-results.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\data\\a.tsv", "a.tsv"),
        (".ssh", "ssh"),
        ("..", "upload"),
        ("", "upload"),
        ("--home=x", "home-x"),
        ("नमस्ते.csv", "csv"),
        ("a" * 200 + ".csv", "a" * 76 + ".csv"),
        ("null\0byte", "null-byte"),
    ],
)
def test_a_name_from_outside_gives_its_letters_and_no_place(tmp_path: Path, name: str, kept: str) -> None:
    path = keep_upload(tmp_path, b"a", name)
    assert path.name == kept
    assert path.parent.parent == tmp_path / uploads.FOLDER


def test_a_forgotten_upload_goes_after_a_day(tmp_path: Path) -> None:
    old = keep_upload(tmp_path, b"old")
    os.utime(old.parent, (time.time() - 90_000,) * 2)
    new = keep_upload(tmp_path, b"new")
    assert [*(tmp_path / uploads.FOLDER).iterdir()] == [new.parent]


def test_only_uploads_are_deleted(tmp_path: Path) -> None:
    kept = keep_upload(tmp_path, b"a")
    own = tmp_path / "own.csv"
    own.write_bytes(b"a")
    forget_upload(tmp_path, own)
    forget_upload(tmp_path, kept)
    assert (own.exists(), kept.exists()) == (True, False)


def test_what_is_too_large_is_refused_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MEGABYTE", 0)
    with pytest.raises(InputError, match="larger than 200 MB"):
        keep_upload(tmp_path / "home", b"a")
    assert not (tmp_path / "home").exists()


def test_half_an_upload_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def half(path: Path, content: bytes) -> int:
        with path.open("wb") as file:
            file.write(content[:1])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)
    with pytest.raises(InputError, match=r"cannot be kept .* No space left on device"):
        keep_upload(tmp_path, b"abc")
    assert [*(tmp_path / uploads.FOLDER).iterdir()] == []


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    with pytest.raises(InputError, match="cannot be kept"):
        keep_upload(tmp_path / "home", b"a")
