"""A card that was handed in, held against the evaluation on screen. The file is read, never kept."""

from __future__ import annotations

import streamlit as st

from dashboard import loading_card
from dashboard.answers.verify import Verification
from dashboard.panels.html_table import draw_table
from dashboard.state import View
from dashboard.wording_card_page import (
    CARD_FILE,
    DIFFERENCE_COLUMNS,
    DIFFERENCES,
    KEY_FILE,
    OTHER_BUILD,
    SIGNATURE_FILE,
    SIGNATURE_PARTS,
    VERIFY_INTRO,
)
from dashboard.wording_markup import plain
from dashboard.wording_verify import (
    MOST_DIFFERENCES,
    difference_cells,
    not_checked_sentence,
    numbers_sentence,
    other_plan_sentence,
    other_settings_sentence,
    text_sentence,
)

LARGEST_MB, LARGEST_SMALL_MB = 20, 1


def draw_verify(view: View) -> None:
    """Let the reader hand in a card, and say what was found."""
    st.markdown(VERIFY_INTRO)
    document = _uploaded(CARD_FILE, "verify_card", LARGEST_MB, "json")
    with st.expander(SIGNATURE_PARTS):
        signature = _uploaded(SIGNATURE_FILE, "verify_signature", LARGEST_SMALL_MB)
        key = _uploaded(KEY_FILE, "verify_key", LARGEST_SMALL_MB)
    if document is None:
        return
    try:
        found = loading_card.verification_of(view.info, document, signature, key)
    except ValueError as problem:
        # A card that is none, of a system or an audience that this evaluation has not.
        st.error(plain(str(problem)))
        return
    _draw_found(view, found)


def _uploaded(label: str, key: str, largest_mb: int, kind: str | None = None) -> bytes | None:
    file = st.file_uploader(label, type=kind, key=key, max_upload_size=largest_mb)
    return file.getvalue() if file is not None else None


def _draw_found(view: View, found: Verification) -> None:
    named = str(found.card.evidence.get("build"))
    if named != view.info.build:
        st.warning(plain(OTHER_BUILD.format(card=named, build=view.info.build)))
    shown = st.success if found.holds else st.error
    shown(plain(numbers_sentence(found)))
    if found.numbers.differences:
        st.caption(DIFFERENCES)
        rows = [
            dict(zip(DIFFERENCE_COLUMNS, difference_cells(one), strict=True))
            for one in found.numbers.differences[:MOST_DIFFERENCES]
        ]
        draw_table(rows, DIFFERENCE_COLUMNS, DIFFERENCES)
    if found.other_plan:
        st.warning(plain(other_plan_sentence(found)))
    if found.other_settings:
        st.warning(plain(other_settings_sentence(found)))
    st.markdown(plain(text_sentence(found)))
    st.caption(plain(not_checked_sentence(found)))
