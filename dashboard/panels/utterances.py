"""The recordings behind a number: how many there are, a page of them, what was heard in each, and their sound.

Owns the list that the Subgroup page and a cell of the heatmap show. Whether text and sound
may be shown was decided when the evaluation was loaded; here it is only said. Everything
that comes from outside is drawn as inert HTML (`aligned_text.py`) or as plain text.
"""

from __future__ import annotations

import math

import streamlit as st

from analysis.selection import Selection
from analysis.selection_fault import SelectionError
from analysis.words_items import Item
from dashboard import loading
from dashboard.answers.utterances import EVERY_RECORDING, ShownUtterance, UtterancesAnswer
from dashboard.answers.words_utterances import MOST_FOUND
from dashboard.loading import EvaluationInfo
from dashboard.panels.aligned_text import (
    aligned_html,
    heading_html,
    heard_text,
    legend_html,
    recording_html,
    spoken_text,
    unit_of,
)
from dashboard.panels.recordings_choice import chosen_recordings
from dashboard.wording import counts_text
from dashboard.wording_markup import plain
from dashboard.wording_recordings import (
    COPY,
    COPY_HINT,
    NARROWED,
    NONE_LISTED,
    clip_text,
    copied_text,
    error_counts_text,
    errors_text,
    first_ones_text,
    has_clips,
    not_allowed_text,
    page_text,
    told_groups,
)

PER_PAGE = 10


@st.fragment
def draw_utterances(
    info: EvaluationInfo, system: str, selection: Selection, key: str, item: Item | None = None
) -> None:
    """Draw the recordings of a selection, a page at a time; `key` tells two lists on one page apart.

    Only those in which an item was wrong, where one is named. What the reader narrows the list to
    and its pages are drawn again by themselves: nothing else of the page is worked out anew.
    """
    asked = chosen_recordings(info, item is not None)
    page = _chosen_page(key, (info.build, system, selection, asked, item))
    try:
        answer = loading.utterances_of(info, system, selection, PER_PAGE, (page - 1) * PER_PAGE, asked, item)
    except SelectionError as problem:
        st.markdown(plain(str(problem)))
        return
    _draw_counts(info, answer, page, has_item=item is not None)
    if (asked.error, asked.words, asked.group) != ("any", "", EVERY_RECORDING.group):
        st.caption(NARROWED if answer.n_utterances else NONE_LISTED)
    if not answer.shown:
        return
    if answer.text_allowed:
        st.html(legend_html())
    told = {attribute.name for attribute in info.attributes if attribute.role != "content"}
    for shown in answer.shown:
        _draw_one(shown, told, unit_of(shown.words) if shown.words else info.unit)
    n_pages = math.ceil(answer.n_utterances / PER_PAGE)
    with st.container(horizontal=True, vertical_alignment="center"):
        if n_pages > 1:
            st.pagination(n_pages, key=_page_key(key))
        if answer.text_allowed:
            _draw_copy(answer)


def _draw_counts(info: EvaluationInfo, answer: UtterancesAnswer, page: int, has_item: bool) -> None:
    """How much is listed, and what of it may not be shown."""
    counts = counts_text(answer.n_speakers, answer.n_utterances, answer.n_words, info.synthetic, info.unit)
    found = first_ones_text(answer.n_utterances, MOST_FOUND) if has_item else ""
    place = page_text(page, PER_PAGE, answer.n_utterances) if answer.shown else ""
    st.text(f"{counts}{found}{place}")
    # Sound that nobody handed in is not withheld.
    no_sound_withheld = answer.audio_allowed or not has_clips(info.inputs)
    for sentence in not_allowed_text(answer.text_allowed, no_sound_withheld):
        st.text(sentence)


def _draw_one(shown: ShownUtterance, told: set[str], unit: str) -> None:
    """Who spoke and in which conditions; what it was about is in the words."""
    utterance = shown.utterance
    groups = {name: value for name, value in utterance.groups.items() if name in told}
    counts = error_counts_text(
        utterance.substitutions, utterance.deletions, utterance.insertions, utterance.n_words, unit
    )
    heading = heading_html(utterance.speaker_id, groups, counts)
    if shown.clip is None:
        st.html(recording_html(heading, shown.words))
        return
    with st.container(gap="xxsmall"):
        st.html(recording_html(heading, ()))
        words, sound = st.columns([5, 2], gap="medium", vertical_alignment="center")
    if shown.words:
        words.html(aligned_html(shown.words))
    alt = clip_text(utterance.speaker_id, told_groups(groups))
    sound.audio(str(shown.clip), format=_mime(shown.clip.suffix), alt=alt)


def _draw_copy(answer: UtterancesAnswer) -> None:
    """The page as plain text; words that stand over each other cannot be copied as two lines."""
    with st.popover(COPY, type="tertiary"):
        st.caption(COPY_HINT)
        st.code("\n\n".join(_as_text(shown) for shown in answer.shown), language=None, wrap_lines=True)


def _as_text(shown: ShownUtterance) -> str:
    utterance = shown.utterance
    heading = f"{utterance.utterance_id} · {utterance.speaker_id} · {told_groups(utterance.groups)}"
    return copied_text(heading, spoken_text(shown.words), heard_text(shown.words), errors_text(shown.words))


def _chosen_page(key: str, listed: tuple[object, ...]) -> int:
    """The page of the list; another list begins at its first."""
    if st.session_state.get(f"{key} listed") != listed:
        st.session_state[f"{key} listed"] = listed
        st.session_state.pop(_page_key(key), None)
    return int(st.session_state.get(_page_key(key), 1))


def _page_key(key: str) -> str:
    return f"{key} page"


def _mime(suffix: str) -> str:
    kinds = {".mp3": "audio/mpeg", ".flac": "audio/flac", ".ogg": "audio/ogg", ".opus": "audio/ogg"}
    return kinds.get(suffix.lower(), "audio/wav")
