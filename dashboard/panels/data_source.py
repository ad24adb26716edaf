"""Where files come from: handed in through the browser, or paths on this machine.

An upload is kept on the disk until its evaluation is made or another file is chosen; the
name that came with it is only ever shown.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard import loading_data
from dashboard.wording_data import (
    ANOTHER_PATH,
    PATH,
    PATH_EXAMPLE,
    PATH_HELP,
    PATHS_ARE_LOCAL,
    handed_in_again,
    upload_label,
)
from dashboard.wording_markup import plain
from data.limits import UPLOADED

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_MOST_PATHS = 20


@dataclass(frozen=True)
class GivenFile:
    """One file that the reader chose."""

    path: Path
    shown: str
    """What the reader calls it. From outside: show it, never open it."""
    is_upload: bool

    @property
    def known_as(self) -> str:
        """Tells it from the others; a mended upload is known as the one before it."""
        return self.shown if self.is_upload else str(self.path)


@dataclass(frozen=True)
class Source:
    """The files to make one evaluation of."""

    references: tuple[GivenFile, ...]
    """At least one; read as if they were one file."""
    systems: tuple[tuple[str, GivenFile], ...] = ()
    """Files of outputs, by name of the system."""
    attributes: tuple[GivenFile, ...] = ()
    columns: tuple[str, ...] = ()
    """Of the references; empty until they were looked at."""

    @property
    def main(self) -> GivenFile:
        """The file whose columns are shown."""
        return self.references[0]

    @property
    def given(self) -> tuple[GivenFile, ...]:
        """Every file."""
        return (*self.references, *(file for _, file in self.systems), *self.attributes)

    @property
    def names(self) -> dict[str, str]:
        """What the reader calls each file, by the name it has on the disk."""
        return {file.path.name: file.shown for file in self.given}

    @property
    def token(self) -> str:
        """Tells the widgets of one choice of files from those of another; mended files of the same names keep theirs."""
        return token_of(*(file.known_as for file in self.given), *self.columns)


def token_of(*texts: str) -> str:
    """A short key for what belongs to some texts."""
    return hashlib.sha256("\0".join(texts).encode("utf-8", "backslashreplace")).hexdigest()[:8]


def draw_source(place: str = "", several: bool = True) -> list[GivenFile]:
    """Let the reader choose files; none at first. Raises `InputError` where an upload cannot be kept.

    place: tells the boxes of one part of a page from another's.
    """
    left, right = st.columns(2, gap="large")
    with left:
        found = st.file_uploader(
            upload_label(UPLOADED.mb(), several),
            key=_fresh(place, "upload"),
            max_upload_size=UPLOADED.mb(),
            accept_multiple_files=several,
        )
        uploads = _newest(found if isinstance(found, list) else [found] if found else [])
    with right:
        paths = _draw_paths(place, several)
    return [
        *_kept(place, uploads),
        *(GivenFile(Path(one).expanduser(), Path(one).name or one, False) for one in paths),
    ]


def _draw_paths(place: str, several: bool) -> list[str]:
    """Paths, where nobody else can reach the dashboard; below each there is room for one more."""
    if st.get_option("server.address") not in _LOOPBACK:
        st.caption(PATHS_ARE_LOCAL)
        return []
    typed: list[str] = []
    for number in range(_MOST_PATHS if several else 1):
        path = st.text_input(
            ANOTHER_PATH if number else PATH,
            key=_fresh(place, "path") + (f" {number + 1}" if number else ""),
            placeholder="" if number else PATH_EXAMPLE,
            help=None if number else PATH_HELP,
        ).strip()
        if not path:
            break
        typed.append(path)
    return [*dict.fromkeys(typed)]


def _newest(uploads: list[UploadedFile]) -> list[UploadedFile]:
    """Of several uploads with one name the last, which is the one that was mended; it says so."""
    by_name = {base_name(one.name): one for one in uploads}
    names = [base_name(one.name) for one in uploads]
    for name in by_name:
        if names.count(name) > 1:
            st.caption(plain(handed_in_again(name)))
    return [*by_name.values()]


def _kept(place: str, uploads: list[UploadedFile]) -> list[GivenFile]:
    """The uploads as files on the disk; those that were taken away are deleted."""
    key = f"uploads kept {place}"
    before: dict[str, Path] = st.session_state.get(key, {})
    wanted = {one.file_id for one in uploads}
    for file_id, path in before.items():
        if file_id not in wanted:
            loading_data.forget_upload(path)
    kept = {file_id: path for file_id, path in before.items() if file_id in wanted and path.exists()}
    st.session_state[key] = kept
    for one in uploads:
        if one.file_id not in kept:
            kept[one.file_id] = loading_data.keep_upload(one.getvalue(), one.name)
    return [GivenFile(kept[one.file_id], base_name(one.name), True) for one in uploads]


def begin_again(files: tuple[GivenFile, ...], place: str = "") -> None:
    """Empty both ways in from the next run on, and delete uploads."""
    st.session_state[f"made {place}"] = st.session_state.get(f"made {place}", 0) + 1
    for file in files:
        if file.is_upload:
            loading_data.forget_upload(file.path)
    st.session_state.pop(f"uploads kept {place}", None)


def _fresh(place: str, key: str) -> str:
    """A key that changes with each evaluation that was made, because a widget cannot be emptied."""
    return f"{place} {key} {st.session_state.get(f'made {place}', 0)}".strip()


def base_name(name: str) -> str:
    """The last part of a name, whichever system it comes from."""
    return PurePosixPath(name.replace("\\", "/")).name or "upload"
