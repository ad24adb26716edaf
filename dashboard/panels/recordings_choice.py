"""What a list of recordings is narrowed to: an error, words, a group, an order.

Owns the boxes above a list. They change which recordings are listed and no number of the page, so
they stand beside the list and not in the selection. Draws no recording.
"""

from __future__ import annotations

import streamlit as st

from dashboard import state
from dashboard.answers.utterances import ListQuestion
from dashboard.loading import EvaluationInfo
from dashboard.wording import NOT_STATED, attribute_label
from dashboard.wording_recordings import (
    ALL_GROUPS,
    ERROR_LABEL,
    ERRORS,
    GROUP_LABEL,
    ORDER_LABEL,
    ORDERS,
    WORDS_EXAMPLE,
    WORDS_HELP,
    WORDS_LABEL,
)

_ERROR, _WORDS, _GROUP, _ORDER = "error", "heard", "among", "first"


def chosen_recordings(info: EvaluationInfo, has_item: bool) -> ListQuestion:
    """What the reader wants listed; where one wrong word is listed already, only a group can be added."""
    if not (info.show_text or info.show_audio):
        return ListQuestion("errors")
    orders = list(ORDERS) if info.show_audio else ["errors"]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        error = "any" if has_item else _chosen(_ERROR, ERROR_LABEL, ERRORS, "any")
        words = "" if has_item or not info.show_text else _chosen_words()
        group = _chosen_group(info)
        has_orders = len(orders) > 1 and not has_item
        order = _chosen(_ORDER, ORDER_LABEL, ORDERS, orders[0]) if has_orders else orders[0]
    return ListQuestion(order, error, words, group)


def _chosen(key: str, label: str, options: dict[str, str], default: str) -> str:
    state.prepare(key, list(options), default)
    chosen = str(st.selectbox(label, list(options), format_func=options.__getitem__, key=key, width=190))
    state.record({key: None if chosen == default else chosen})
    return chosen


def _chosen_words() -> str:
    state.prepare(_WORDS, None, "")
    words = st.text_input(
        WORDS_LABEL, key=_WORDS, placeholder=WORDS_EXAMPLE, help=WORDS_HELP, max_chars=100, width=230
    )
    state.record({_WORDS: words.strip() or None})
    return words.strip()


def _chosen_group(info: EvaluationInfo) -> tuple[str, str | None] | None:
    """A group of any attribute; the list of a subgroup of a thousand recordings is narrowed to one of them."""
    groups = {
        f"{attribute_label(attribute.name)}: {level or NOT_STATED}": (attribute.name, level)
        for attribute in info.attributes
        for level in (*attribute.levels, None)
    }
    state.prepare(_GROUP, list(groups), ALL_GROUPS)
    chosen = st.selectbox(GROUP_LABEL, [ALL_GROUPS, *groups], key=_GROUP, width=260)
    state.record({_GROUP: None if chosen == ALL_GROUPS else chosen})
    return groups.get(chosen)
