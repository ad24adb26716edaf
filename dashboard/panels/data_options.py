"""How files are read and what their evaluation is called; asks before an evaluation of that name gets a new build."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal, cast

import streamlit as st

from analysis.normalize import NORMALIZERS
from dashboard import loading_data
from dashboard.answers.preview import Preview
from dashboard.panels.data_memory import chosen_before, keep
from dashboard.panels.data_source import Source
from dashboard.wording_data import (
    MISSING_SPEAKER_LABELS,
    SEVERAL_LABELS,
    SEVERAL_LABELS_HELP,
    overwrite_label,
)
from dashboard.wording_data_boxes import between_labels, uploaded_as
from dashboard.wording_data_controls import (
    EMPTY_EXAMPLE,
    EMPTY_OUTPUT,
    EVALUATION_NAME,
    EVALUATION_NAME_HELP,
    LABEL_COLUMNS,
    LEAVE_UNSCORED,
    NOT_STATED_EXAMPLE,
    NOT_STATED_HELP,
    NOT_STATED_VALUES,
    NOTHING_CHOSEN,
    PLAY_CLIPS,
    REMARK,
    SAME_WORD,
    SHOW_TEXTS,
    WITHOUT_SPEAKER,
)
from dashboard.wording_markup import plain
from dashboard.wording_scoring import BY_LETTERS, BY_LETTERS_EXPLAINED
from data.errors import InputError
from data.home import checked_name


@dataclass(frozen=True)
class Reading:
    """What decides how values are read."""

    missing: tuple[str, ...]
    missing_speaker: Literal["drop", "one"] | None
    null_hypothesis: str
    allow_missing: bool
    multi: tuple[tuple[str, str], ...]
    """What stands between the labels of one value, by attribute."""


@dataclass(frozen=True)
class Naming:
    """What the evaluation is called and what pages may show of it."""

    name: str
    normalizer: str
    """"" leaves the choice to the letters of the references."""
    show_text: bool
    show_audio: bool
    note: str


def draw_reading(source: Source, guess: Preview) -> Reading:
    """Options that change what the file says."""
    missing_key, speaker_key = f"missing {source.token}", f"missing speaker {source.token}"
    null_key, allow_key = f"null {source.token}", f"allow {source.token}"
    handlings = list(MISSING_SPEAKER_LABELS)
    left, middle, right = st.columns(3)
    missing = left.text_input(
        NOT_STATED_VALUES,
        value=chosen_before(missing_key, ""),
        key=missing_key,
        placeholder=NOT_STATED_EXAMPLE,
        help=NOT_STATED_HELP,
    )
    speaker = middle.selectbox(
        WITHOUT_SPEAKER,
        handlings,
        index=handlings.index(chosen_before(speaker_key, "fault")),
        format_func=MISSING_SPEAKER_LABELS.__getitem__,
        key=speaker_key,
        filter_mode=None,
    )
    null = right.text_input(
        EMPTY_OUTPUT,
        value=chosen_before(null_key, ""),
        key=null_key,
        placeholder=EMPTY_EXAMPLE,
    )
    allow = st.checkbox(
        LEAVE_UNSCORED,
        value=chosen_before(allow_key, otherwise=False),
        key=allow_key,
    )
    for key, value in ((missing_key, missing), (speaker_key, speaker), (null_key, null), (allow_key, allow)):
        keep(key, value)
    values = tuple(part.strip() for part in missing.split(",") if part.strip())
    handling = None if speaker == "fault" else cast("Literal['drop', 'one']", speaker)
    return Reading(values, handling, null.strip(), allow, _draw_several_labels(source, guess))


def _draw_several_labels(source: Source, guess: Preview) -> tuple[tuple[str, str], ...]:
    """Attributes whose values hold several labels, and what stands between these."""
    taken = {*guess.fields.values(), *guess.systems.values()}
    columns = [*dict.fromkeys([*(one.name for one in guess.attributes), *guess.columns])]
    columns = [column for column in columns if column not in taken]
    key = f"multi {source.token}"
    with st.expander(SEVERAL_LABELS, type="compact"):
        before: list[str] = chosen_before(key, [])
        held = [column for column in before if column in columns]
        chosen = st.multiselect(
            LABEL_COLUMNS,
            columns,
            default=held,
            key=key,
            placeholder=NOTHING_CHOSEN,
            help=SEVERAL_LABELS_HELP,
        )
        keep(key, chosen)
        separators = []
        for place, column in zip(st.columns(4) * (len(chosen) // 4 + 1), chosen, strict=False):
            between = f"between {column} {source.token}"
            typed = place.text_input(
                between_labels(column), value=chosen_before(between, ","), key=between, max_chars=10
            )
            separators.append((column, keep(between, typed) or ","))
    return tuple(separators)


def draw_naming(source: Source) -> Naming:
    """Name, normaliser, whether texts and clips may be shown, and a remark."""
    left, right = st.columns(2, gap="large")
    with left:
        name = st.text_input(
            EVALUATION_NAME,
            value=name_from(source.main.shown),
            key=f"name {source.token}",
            max_chars=100,
            help=EVALUATION_NAME_HELP,
        ).strip()
        note = st.text_input(REMARK, key=f"note {source.token}", max_chars=500).strip()
    with right:
        normalizer = st.selectbox(
            SAME_WORD,
            ["", *NORMALIZERS],
            format_func=lambda name: name or BY_LETTERS,
            key=f"normalizer {source.token}",
            filter_mode=None,
        )
        st.caption(plain(NORMALIZERS[normalizer].description if normalizer else BY_LETTERS_EXPLAINED))
    show_text = st.checkbox(SHOW_TEXTS, key=f"show text {source.token}")
    # The folder that clips are relative to is not uploaded with the file.
    show_audio = not source.main.is_upload and st.checkbox(PLAY_CLIPS, key=f"show audio {source.token}")
    uploads = [file.shown for file in source.given if file.is_upload]
    remark = " ".join(filter(None, [note, uploaded_as(uploads)]))
    return Naming(name, normalizer, show_text, show_audio, remark)


def name_from(shown: str) -> str:
    """A name an evaluation can have, made of a file's."""
    stem = PurePath(shown).name.split(".")[0]
    return re.sub(r"[^A-Za-z0-9_-]+", "-", stem).strip("-_")[:60] or "my-evaluation"


def may_be_made(name: str, source: Source) -> bool:
    """Whether the name can be one, and whoever has it gave way."""
    try:
        checked_name(name)
    except InputError as problem:
        st.markdown(f":orange[{plain(str(problem).replace('--name ', ''))}]")
        return False
    n_builds = len(loading_data.build_ids(name))
    if not n_builds:
        return True
    return st.checkbox(plain(overwrite_label(name, n_builds)), key=f"replace {name} {source.token}")
