"""Which formats there are, and how the content of a file or folder tells which one it is.

A new format is one module with a reader `(name, bytes) -> SourceTable`, or one of a
folder, and one entry in `FORMATS` that says how it is recognised.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from data.errors import Fault, quoted_list
from data.formats.arrow import dataset_members, looks_like_arrow, read_arrow, read_dataset
from data.formats.delimited import read_delimited
from data.formats.jsonl import read_jsonl
from data.formats.kaldi import kaldi_members, looks_like_kaldi, read_kaldi_folder, read_kaldi_text
from data.formats.nemo import looks_like_nemo, read_nemo
from data.formats.packed import Unpacked, unpacked
from data.formats.parquet import parquet_members, read_parquet, read_parquet_folder
from data.formats.pra import looks_like_pra, read_pra
from data.formats.seglst import looks_like_seglst, read_seglst
from data.formats.source_table import SourceTable, empty_table
from data.formats.stm import looks_like_stm, read_stm
from data.formats.text import UTF16
from data.formats.trn import looks_like_trn, read_trn

_START = 65_536
_LINES_LOOKED_AT = 20


@dataclass(frozen=True)
class Format:
    """One format: how its files are read and recognised, and how its folders are where it has any."""

    read: Callable[[str, bytes], SourceTable]
    fits_start: Callable[[bytes], bool] | None = None
    """Whether a file that begins with these bytes is one; None where lines decide."""
    fits_lines: Callable[[list[str]], bool] | None = None
    """Whether a text file that begins with these lines is one; None where bytes decide."""
    read_folder: Callable[[str, Mapping[str, bytes]], SourceTable] | None = None
    members: Callable[[Sequence[str]], list[str]] | None = None
    """The files of a folder that are to be read; none when the folder is of another format."""


FORMATS: dict[str, Format] = {
    "parquet": Format(
        read_parquet,
        lambda start: start.startswith(b"PAR1"),
        read_folder=read_parquet_folder,
        members=parquet_members,
    ),
    "arrow": Format(read_arrow, looks_like_arrow, read_folder=read_dataset, members=dataset_members),
    "seglst": Format(read_seglst, looks_like_seglst),
    "nemo": Format(read_nemo, looks_like_nemo),
    "jsonl": Format(read_jsonl, lambda start: start[:1] in (b"{", b"[")),
    "pra": Format(read_pra, fits_lines=looks_like_pra),
    "stm": Format(read_stm, fits_lines=looks_like_stm),
    "trn": Format(read_trn, fits_lines=looks_like_trn),
    "kaldi": Format(
        read_kaldi_text, fits_lines=looks_like_kaldi, read_folder=read_kaldi_folder, members=kaldi_members
    ),
    "csv": Format(read_delimited, lambda _start: True),
}
"""Formats by the name that `--from` takes, in the order in which content is held against them."""

_UNPACK = "Unpack it yourself and name what is inside; .gz, .zst and .zip are unpacked here."
_AS_TABLE = "Write the table as CSV or Parquet."
_OTHERS = {
    b"RIFF": ("a sound file", "Give the file of references or transcripts instead."),
    b"fLaC": ("a sound file", "Give the file of references or transcripts instead."),
    b"ID3": ("a sound file", "Give the file of references or transcripts instead."),
    b"\xd0\xcf\x11\xe0": ("an old Excel workbook", 'Save the sheet as "CSV UTF-8".'),
    b"OggS": ("a sound file", "Give the file of references or transcripts instead."),
    b"\x89PNG": ("a picture", "Give the table that it shows, as CSV."),
    b"\xff\xd8\xff": ("a picture", "Give the table that it shows, as CSV."),
    b"GIF8": ("a picture", "Give the table that it shows, as CSV."),
    b"%PDF": ("a PDF", "Give the table that was printed in it."),
    b"SQLite format 3": ("an SQLite database", _AS_TABLE),
    b"\x89HDF": ("an HDF5 file", _AS_TABLE),
    b"FEA1": ("a Feather file of the first version", _AS_TABLE),
    b"\x93NUMPY": ("a NumPy array", _AS_TABLE),
    b"\x80\x04\x95": ("a Python pickle", _AS_TABLE),
    b"\x80\x05\x95": ("a Python pickle", _AS_TABLE),
    b"BZh": ("packed with bzip2", _UNPACK),
    b"\xfd7zXZ": ("packed with xz", _UNPACK),
    b"7z\xbc\xaf": ("a 7-Zip archive", _UNPACK),
    b"Rar!": ("a RAR archive", _UNPACK),
    b"version https://git-lfs": (
        "a pointer of Git LFS and not the data",
        "Fetch the data with `git lfs pull`.",
    ),
    b"<!DOCTYPE": ("a web page", "It may be an error page; download the file itself."),
    b"<!doctype": ("a web page", "It may be an error page; download the file itself."),
    b"<html": ("a web page", "It may be an error page; download the file itself."),
}
_TAR_AT, _TAR = 257, b"ustar"


def sniffed_format(content: bytes) -> str:
    """The name of the format that the first bytes look like."""
    if content.startswith(UTF16):
        return "csv"
    start = content[:_START].removeprefix(b"\xef\xbb\xbf")
    text = start.decode("utf-8", errors="replace")
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(content) > _START and len(lines) > 1:
        lines.pop()
    for name, one in FORMATS.items():
        if one.fits_start is not None and one.fits_start(
            start if name in ("parquet", "arrow") else start.lstrip()
        ):
            return name
        if one.fits_lines is not None and one.fits_lines(lines[:_LINES_LOOKED_AT]):
            return name
    return "csv"


def folder_format(paths: Sequence[str], chosen_format: str | None = None) -> tuple[str, list[str]] | None:
    """The format of a folder with files of these names, and those to be read; None when it is of none."""
    for name, one in FORMATS.items():
        if one.members is not None and chosen_format in (None, name) and (wanted := one.members(paths)):
            return name, wanted
    return None


def read_table(path: Path, content: bytes, chosen_format: str | None = None) -> SourceTable:
    """Read a file whose bytes are given, unpacked where it is packed; the format is sniffed unless it was chosen."""
    inside = unpacked(path.name, content)
    if isinstance(inside, Fault):
        return empty_table(path.name, [inside])
    if inside.members is not None:
        return read_folder(inside, chosen_format)
    other = _other_kind(inside.content)
    if other is not None:
        what, advice = other
        return empty_table(path.name, [Fault(path.name, None, None, f"The file is {what}.", advice)])
    name = chosen_format or sniffed_format(inside.content)
    return replace(FORMATS[name].read(inside.name, inside.content), format=name)


def _other_kind(content: bytes) -> tuple[str, str] | None:
    """What a file is that cannot be an evaluation, and what to do; None for all others."""
    if content[_TAR_AT : _TAR_AT + len(_TAR)] == _TAR:
        return "a tar archive", _UNPACK
    return next((known for magic, known in _OTHERS.items() if content.startswith(magic)), None)


def read_folder(folder: Unpacked, chosen_format: str | None = None) -> SourceTable:
    """Read the files of a folder as one table."""
    members = folder.members or {}
    found = folder_format(list(members), chosen_format)
    if found is None:
        return empty_table(folder.name, [no_format(folder.name, list(members), folder.is_archive)])
    name, wanted = found
    read = FORMATS[name].read_folder
    assert read is not None  # noqa: S101 -- `folder_format` names only formats that have one
    return replace(read(folder.name, {path: members[path] for path in wanted}), format=name)


def no_format(name: str, paths: Sequence[str], is_archive: bool = False) -> Fault:
    """The fault of a folder whose files make no evaluation together."""
    what = (
        "The folder is none that can be read: expected Parquet files, the `text` of a Kaldi directory or the `state.json` "
        f"of a saved dataset (found: {quoted_list(sorted(paths), 6) or 'nothing'})."
    )
    advice = "Unpack it and name" if is_archive else "Name"
    return Fault(name, None, None, what, f"{advice} the file with the references in it.")
