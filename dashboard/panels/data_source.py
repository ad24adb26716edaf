"""Where the file comes from: handed in through the browser, or a path on this machine.

An upload is kept under a name made here until its evaluation is made or another file is
chosen; the name that came with it is only ever shown.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import streamlit as st

from dashboard import loading
from dashboard.wording_data import PATHS_ARE_LOCAL
from data.uploads import MOST_UPLOADED_MB

_KEPT = "upload kept"
_MADE = "evaluations made here"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Source:
    """A file to make an evaluation of."""

    path: Path
    shown: str
    """What the reader calls it. From outside: show it, never open it."""
    is_upload: bool
    columns: tuple[str, ...] = ()
    """Empty until the file was looked at."""

    @property
    def token(self) -> str:
        """Tells the widgets of one file from those of another; a mended file of the same name keeps what was chosen."""
        return hashlib.sha256("\0".join([self.shown, *self.columns]).encode()).hexdigest()[:8]


@dataclass(frozen=True)
class _Kept:
    file_id: str
    path: Path


def draw_source() -> Source | None:
    """Let the reader choose a file; None until there is one. Raises `InputError` where it cannot be kept."""
    left, right = st.columns(2, gap="large")
    with left:
        uploaded = st.file_uploader(
            f"Upload a file, up to {MOST_UPLOADED_MB} MB",
            key=_fresh("upload"),
            max_upload_size=MOST_UPLOADED_MB,
        )
    with right:
        typed = _draw_path()
    kept: _Kept | None = st.session_state.get(_KEPT)
    if kept is not None and (uploaded is None or uploaded.file_id != kept.file_id):
        _forget(kept.path)
        kept = None
    if uploaded is not None:
        if kept is None or not kept.path.exists():
            kept = _Kept(uploaded.file_id, loading.keep_upload(uploaded.getvalue()))
            st.session_state[_KEPT] = kept
        return Source(kept.path, base_name(uploaded.name), is_upload=True)
    return Source(Path(typed).expanduser(), Path(typed).name or typed, is_upload=False) if typed else None


def _draw_path() -> str:
    """A path, where nobody else can reach the dashboard."""
    if st.get_option("server.address") not in _LOOPBACK:
        st.caption(PATHS_ARE_LOCAL)
        return ""
    return st.text_input(
        "Or a path on this machine",
        key=_fresh("path"),
        placeholder="/home/anna/results.csv",
        help="A file, or a folder of Parquet, Kaldi or a saved dataset.",
    ).strip()


def begin_again(source: Source) -> None:
    """Empty both ways in from the next run on, and delete an upload."""
    st.session_state[_MADE] = st.session_state.get(_MADE, 0) + 1
    if source.is_upload:
        _forget(source.path)


def _fresh(key: str) -> str:
    """A key that changes with each evaluation that was made, because a widget cannot be emptied."""
    return f"{key} {st.session_state.get(_MADE, 0)}"


def _forget(path: Path) -> None:
    loading.forget_upload(path)
    st.session_state.pop(_KEPT, None)


def base_name(name: str) -> str:
    """The last part of a name, whichever system it comes from."""
    return PurePosixPath(name.replace("\\", "/")).name or "upload"
