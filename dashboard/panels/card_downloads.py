"""The files of a card to take away: the bytes that `fairhearing card` writes."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis.card.content import Card
from dashboard.exports.card_bundle import FORMATS, MEDIA_TYPES, card_archive, card_files
from dashboard.state import View

LABELS = {"html": "HTML", "md": "Markdown", "json": "JSON"}


def draw_downloads(view: View, card: Card) -> None:
    """One button for each format and one for all; files are made when asked for."""
    stem = f"{view.info.name}-{view.info.build[:8]}"
    with st.container(gap="xsmall"):
        st.markdown("**Take it away**")
        with st.container(horizontal=True, gap="small"):
            for name, label in LABELS.items():
                st.download_button(
                    label,
                    partial(FORMATS[name][1], card),
                    file_name=f"{stem}-card.{name}",
                    mime=MEDIA_TYPES[name],
                    key=f"card_{name}",
                    on_click="ignore",
                )
            st.download_button(
                "All, as zip",
                lambda: card_archive(card_files(card)),
                file_name=f"{stem}-card.zip",
                mime="application/zip",
                key="card_zip",
                on_click="ignore",
            )
        st.caption("The same bytes as the command `fairhearing card`.")
