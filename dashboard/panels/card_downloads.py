"""The files of a card to take away: the bytes that `fairhearing card` writes."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analysis.card.content import Card, compose
from analysis.card.outlines import TEMPLATES
from dashboard import loading_card, loading_data
from dashboard.exports.card_bundle import FORMATS, MEDIA_TYPES, card_archive, card_files
from dashboard.state import View
from dashboard.wording_card_files import (
    ALL_AS_ZIP,
    FORMAT_GROUPS,
    FORMAT_LABELS,
    FORMAT_USES,
    OUTLINE,
    OUTLINE_HELP,
    SAME_BYTES,
    TEMPLATE_LABELS,
    ZIP_USE,
    same_bytes,
)

WIDTH = 420
"""Of the choice of an outline, in pixels."""


def draw_downloads(view: View, card: Card) -> None:
    """One button for each format and one for all, each with its use; files are made when asked for."""
    template = st.selectbox(
        OUTLINE,
        list(TEMPLATES),
        format_func=TEMPLATE_LABELS.__getitem__,
        key="card_template",
        help=OUTLINE_HELP,
        width=WIDTH,
    )
    card = compose(card.evidence, template)
    for heading, names in FORMAT_GROUPS.items():
        with st.container(gap="small"):
            st.header(heading, anchor=False)
            for name in names:
                file, write = FORMATS[name]
                _draw_file(card, name, f"{view.file_stem}-{file}", write)
    with st.container(gap="xsmall"):
        _draw_file(card, "zip", f"{view.file_stem}-card.zip", lambda card: card_archive(card_files(card)))
    st.caption(SAME_BYTES)
    is_current = loading_data.current_build(view.info.name) == view.info.build
    st.code(same_bytes(card, is_current=is_current), language=None, wrap_lines=True)


def _draw_file(card: Card, name: str, file_name: str, write: Callable[[Card], bytes]) -> None:
    button, use = st.columns([1, 4], gap="xsmall", vertical_alignment="center")
    with button:
        st.download_button(
            FORMAT_LABELS.get(name, ALL_AS_ZIP),
            lambda: _taken(card, write(card)),
            file_name=file_name,
            mime=MEDIA_TYPES.get(name, "application/zip"),
            key=f"card_{name}",
            on_click="ignore",
            width="stretch",
        )
    use.markdown(FORMAT_USES.get(name, ZIP_USE))


def _taken(card: Card, content: bytes) -> bytes:
    """What is handed out; the card is then on record as taken away."""
    loading_card.keep_card(card)
    return content
