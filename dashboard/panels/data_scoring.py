"""What more decides that a word is wrong: forms that count as the same, keywords, the aligner.

Seldom needed, so it stands folded. The lists are written here and handed on as files.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from analysis.aligners import ALIGNERS, DEFAULT_ALIGNER
from dashboard.panels.data_memory import chosen_before, keep
from dashboard.panels.data_source import Source
from dashboard.wording_data import (
    ALIGNER,
    ALIGNER_LABELS,
    EQUIVALENCES,
    EQUIVALENCES_EXAMPLE,
    EQUIVALENCES_HELP,
    KEYWORDS,
    KEYWORDS_EXAMPLE,
    KEYWORDS_HELP,
    MORE_ON_SCORING,
)

LONGEST = 200_000


@dataclass(frozen=True)
class MoreScoring:
    """What was chosen beside the normaliser."""

    equivalences: str = ""
    """Lines as `--equivalences` reads them; "" is no list."""
    keywords: str = ""
    aligner: str = ""
    """"" is the usual one."""


def draw_scoring(source: Source, counted: bool) -> MoreScoring:
    """Two lists and the aligner; nothing for counts, whose words were compared elsewhere."""
    if counted:
        return MoreScoring()
    with st.expander(MORE_ON_SCORING, type="compact"):
        left, right = st.columns(2)
        with left:
            same = _draw_list(
                EQUIVALENCES, f"equivalences {source.token}", EQUIVALENCES_EXAMPLE, EQUIVALENCES_HELP
            )
        with right:
            keywords = _draw_list(KEYWORDS, f"keywords {source.token}", KEYWORDS_EXAMPLE, KEYWORDS_HELP)
        key = f"aligner {source.token}"
        names = list(ALIGNERS)
        aligner = st.selectbox(
            ALIGNER,
            names,
            index=names.index(chosen_before(key, DEFAULT_ALIGNER.id)),
            format_func=lambda name: ALIGNER_LABELS.get(name, name),
            key=key,
            filter_mode=None,
        )
        keep(key, aligner)
    return MoreScoring(same, keywords, "" if aligner == DEFAULT_ALIGNER.id else aligner)


def _draw_list(label: str, key: str, example: str, explained: str) -> str:
    typed = st.text_area(
        label,
        value=chosen_before(key, ""),
        key=key,
        placeholder=example,
        help=explained,
        height=120,
        max_chars=LONGEST,
    )
    return keep(key, typed).strip()
