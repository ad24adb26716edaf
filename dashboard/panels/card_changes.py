"""What is different from an earlier card: the causes, the rate of all, and the groups with another verdict.

The earlier card is one that was taken away from here, or a file. Draws what `answers/card_changes.py` found.
"""

from __future__ import annotations

import streamlit as st

from analysis.card.changes import Changes
from analysis.card.content import Card
from dashboard import loading_card
from dashboard.answers.card_changes import TakenCard
from dashboard.panels.html_table import draw_table
from dashboard.wording_card_changes import (
    CAME,
    CAUSE_LABELS,
    CAUSES,
    CHANGES_INTRO,
    HELD_AGAINST,
    MOVE_COLUMNS,
    MOVES,
    NO_CARD,
    OTHER_CARD,
    WENT,
    WHAT_COLUMNS,
    cause_lines,
    changes_sentence,
    listed_groups,
    more_moves,
    move_lines,
    taken_label,
)
from dashboard.wording_markup import plain

LARGEST_MB = 20


def draw_changes(card: Card) -> None:
    """Choose the earlier card, then what is different."""
    st.markdown(CHANGES_INTRO)
    known = loading_card.earlier_cards(card)
    earlier: TakenCard | bytes | None = None
    if known:
        names = {one.id: taken_label(one.build, one.at) for one in known}
        by_id = {one.id: one for one in known}
        chosen = st.selectbox(HELD_AGAINST, list(by_id), format_func=names.__getitem__, key="earlier_card")
        earlier = by_id[chosen]
    else:
        st.markdown(plain(NO_CARD.format(system=card.evidence.system)))
    with st.expander(OTHER_CARD, type="compact"):
        file = st.file_uploader(OTHER_CARD, type="json", key="other_card", max_upload_size=LARGEST_MB)
    if file is not None:
        earlier = file.getvalue()
    if earlier is None:
        return
    try:
        found = loading_card.changes_of(card, earlier)
    except ValueError as problem:
        st.error(plain(str(problem)))
        return
    _draw_found(found)


def _draw_found(found: Changes) -> None:
    st.markdown(f"**{plain(changes_sentence(found))}**")
    if found.causes:
        st.header(CAUSES, anchor=False)
    for cause in found.causes:
        st.caption(CAUSE_LABELS[cause.kind])
        rows = [dict(zip(WHAT_COLUMNS, line, strict=True)) for line in cause_lines(cause)]
        draw_table(rows, WHAT_COLUMNS, CAUSE_LABELS[cause.kind])
    if found.moves:
        st.header(MOVES, anchor=False)
        rows = [dict(zip(MOVE_COLUMNS, line, strict=True)) for line in move_lines(found)]
        draw_table(rows, MOVE_COLUMNS, MOVES)
        st.caption(more_moves(found))
    for groups, words in ((found.came, CAME), (found.went, WENT)):
        if groups:
            st.caption(plain(f"{words}: {listed_groups(groups)}"))
