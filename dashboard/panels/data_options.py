"""How a file is read and what its evaluation is called; asks before an evaluation of that name gets a new build."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal, cast

import streamlit as st

from analysis.normalize import NORMALIZERS
from dashboard import loading
from dashboard.answers.ingest_process import IngestRequest
from dashboard.answers.preview import PreviewQuestion
from dashboard.panels.data_attributes import AttributeChoices
from dashboard.panels.data_memory import chosen_before, keep
from dashboard.panels.data_source import Source
from dashboard.wording_data import MISSING_SPEAKER_LABELS, overwrite_label
from dashboard.wording_markup import plain
from data.errors import InputError
from data.home import checked_name


@dataclass(frozen=True)
class Reading:
    """What decides how values are read."""

    missing: tuple[str, ...]
    missing_speaker: Literal["drop", "one"] | None
    null_hypothesis: str
    allow_missing: bool


def draw_reading(source: Source) -> Reading:
    """Options that change what the file says."""
    missing_key, speaker_key = f"missing {source.token}", f"missing speaker {source.token}"
    null_key, allow_key = f"null {source.token}", f"allow {source.token}"
    handlings = list(MISSING_SPEAKER_LABELS)
    left, middle, right = st.columns(3)
    missing = left.text_input(
        "Values that mean “not stated”",
        value=chosen_before(missing_key, ""),
        key=missing_key,
        placeholder="NA, null",
        help="Besides blank, with commas between them.",
    )
    speaker = middle.selectbox(
        "Recordings without speaker",
        handlings,
        index=handlings.index(chosen_before(speaker_key, "fault")),
        format_func=MISSING_SPEAKER_LABELS.__getitem__,
        key=speaker_key,
        filter_mode=None,
    )
    null = right.text_input(
        "Text that stands for an empty output",
        value=chosen_before(null_key, ""),
        key=null_key,
        placeholder="null",
    )
    allow = st.checkbox(
        "Leave recordings without output unscored, instead of calling them a fault",
        value=chosen_before(allow_key, otherwise=False),
        key=allow_key,
    )
    for key, value in ((missing_key, missing), (speaker_key, speaker), (null_key, null), (allow_key, allow)):
        keep(key, value)
    values = tuple(part.strip() for part in missing.split(",") if part.strip())
    return Reading(
        values, None if speaker == "fault" else cast("Literal['drop', 'one']", speaker), null.strip(), allow
    )


def draw_evaluation(source: Source) -> tuple[str, str, bool, bool, str]:
    """Name, normaliser, whether texts and clips may be shown, and a remark."""
    left, right = st.columns(2, gap="large")
    with left:
        name = st.text_input(
            "Name of the evaluation",
            value=name_from(source.shown),
            key=f"name {source.token}",
            max_chars=100,
            help="Letters a–z, digits, “-”, “_” and “.”.",
        ).strip()
        note = st.text_input("A remark, kept beside it", key=f"note {source.token}", max_chars=500).strip()
    with right:
        normalizer = st.selectbox(
            "What counts as the same word (normaliser)",
            list(NORMALIZERS),
            index=list(NORMALIZERS).index("basic"),
            key=f"normalizer {source.token}",
            filter_mode=None,
        )
        st.caption(plain(NORMALIZERS[normalizer].description))
    show_text = st.checkbox(
        "Show texts: pages may show what was said and written", key=f"show text {source.token}"
    )
    show_audio = not source.is_upload and st.checkbox(
        "Play clips: pages may play the recordings", key=f"show audio {source.token}"
    )
    return name, normalizer, show_text, show_audio, note


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
    n_builds = len(loading.build_ids(name))
    if not n_builds:
        return True
    return st.checkbox(plain(overwrite_label(name, n_builds)), key=f"replace {name} {source.token}")


def request_of(
    source: Source,
    question: PreviewQuestion,
    reading: Reading,
    attributes: AttributeChoices,
    evaluation: tuple[str, str, bool, bool, str],
) -> IngestRequest:
    """Everything chosen, as one value; raises `InputError` for what an option cannot hold."""
    name, normalizer, show_text, show_audio, note = evaluation
    _refuse_signs_of_options(question, attributes)
    from_upload = f"Uploaded as {source.shown}." if source.is_upload else ""
    return IngestRequest(
        source.path,
        name,
        loading.evaluations_home(),
        question.mapping,
        attributes.attributes,
        attributes.roles,
        attributes.label_sources,
        reading.missing,
        reading.missing_speaker,
        reading.null_hypothesis,
        reading.allow_missing,
        normalizer,
        show_text,
        show_audio,
        " ".join(filter(None, [note, from_upload])),
    )


def _refuse_signs_of_options(question: PreviewQuestion, attributes: AttributeChoices) -> None:
    """An option is split at commas and equals signs, so no name in it may hold one."""
    chosen = [
        *(attributes.attributes or ()),
        *(one for one, _ in (*attributes.roles, *attributes.label_sources)),
    ]
    for column in chosen:
        if "," in column or "=" in column:
            raise InputError(
                f"The column “{column}” has a comma or an equals sign in its name, so nothing can be said about it alone. "
                "Rename it in the file, or leave every box of the attributes as it was."
            )
    for item in question.mapping:
        if item.startswith("system:") and "=" in item.removeprefix("system:").rpartition("=")[0]:
            raise InputError(
                f"“{item.removeprefix('system:')}”: neither a system nor its column can hold “=”. Rename it."
            )
