"""What is packed is unpacked in memory up to a size, whatever it declares."""

from __future__ import annotations

import gzip
import io
import zipfile

import pyarrow as pa
import pytest

from data.errors import Fault
from data.formats.packed import Unpacked, unpacked

CONTENT = b"id,text\n" * 2_000


def zipped(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


PACKED = {
    "gzip": gzip.compress(CONTENT),
    "zstd": pa.Codec("zstd").compress(CONTENT, asbytes=True),
    "zip": zipped(a=CONTENT),
    "gzip in zip": zipped(a=gzip.compress(CONTENT)),
    "two gzips in a row": gzip.compress(CONTENT[:800]) + gzip.compress(CONTENT[800:]),
    "nothing": CONTENT,
}


@pytest.mark.parametrize("kind", PACKED)
def test_what_was_packed_comes_out(kind: str) -> None:
    inside = unpacked("x", PACKED[kind])
    assert isinstance(inside, Unpacked)
    assert (inside.content, inside.members) == (CONTENT, None)


@pytest.mark.parametrize("kind", [kind for kind in PACKED if kind != "nothing"])
def test_more_than_the_limit_is_refused_while_it_comes_out(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.formats.packed.MEGABYTE", 10)
    inside = unpacked("x", PACKED[kind])
    assert isinstance(inside, Fault)
    assert "10,000 bytes are unpacked here" in inside.advice


def test_a_folder_in_an_archive_is_seen_through() -> None:
    inside = unpacked("x", zipped(outer__data__text=b"u1 a\n", outer__data__utt2spk=b"u1 s\n"))
    assert isinstance(inside, Unpacked)
    assert inside.members == {"text": b"u1 a\n", "utt2spk": b"u1 s\n"}


def test_paths_that_lead_out_of_an_archive_lead_nowhere() -> None:
    inside = unpacked("x", zipped(a=b"1", **{"..__..__etc__passwd": b"2"}))
    assert inside == Unpacked("x/a", b"1")


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.formats.packed.MOST_MEMBERS", 1)
    inside = unpacked("x", zipped(a=b"1", b=b"2"))
    assert isinstance(inside, Fault)
    assert inside.what == "The archive holds 2 files, more than 1."
