"""The files of a card to take away: the bytes that `fairhearing card` writes."""

from __future__ import annotations

import streamlit as st

from analysis.card.content import Card, compose
from analysis.card.outlines import TEMPLATES
from dashboard import loading_card
from dashboard.exports.card_bundle import FORMATS, MEDIA_TYPES, card_archive, card_files
from dashboard.state import View
from dashboard.wording_audience import file_part
from dashboard.wording_card_files import FORMAT_LABELS, OUTLINE, TEMPLATE_LABELS, same_bytes
from dashboard.wording_controls import ALL_AS_ZIP, TAKE_AWAY


def draw_downloads(view: View, card: Card) -> None:
    """One button for each format and one for all; files are made when asked for."""
    stem = f"{view.info.name}-{view.info.build[:8]}{file_part(view.audience)}"
    with st.container(gap="xsmall"):
        st.markdown(TAKE_AWAY)
        template = st.selectbox(
            OUTLINE, list(TEMPLATES), format_func=TEMPLATE_LABELS.__getitem__, key="card_template"
        )
        card = compose(card.evidence, template)
        with st.container(horizontal=True, gap="small"):
            for name, label in FORMAT_LABELS.items():
                file, write = FORMATS[name]
                st.download_button(
                    label,
                    lambda write=write: _taken(card, write(card)),  # type: ignore[misc]
                    file_name=f"{stem}-{file}",
                    mime=MEDIA_TYPES[name],
                    key=f"card_{name}",
                    on_click="ignore",
                )
            st.download_button(
                ALL_AS_ZIP,
                lambda: _taken(card, card_archive(card_files(card))),
                file_name=f"{stem}-card.zip",
                mime="application/zip",
                key="card_zip",
                on_click="ignore",
            )
        st.caption(same_bytes(view.audience, template))


def _taken(card: Card, content: bytes) -> bytes:
    """What is handed out; the card is then on record as taken away."""
    loading_card.keep_card(card)
    return content
