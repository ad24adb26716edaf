"""How the files are read and grouped where the usual way does not fit: format, sampling unit, bins, order of groups.

Gives back what the reader typed; whether it can be done is said by the ingest.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from analysis.attributes import Attribute
from dashboard.answers.preview import Preview
from dashboard.panels.data_memory import chosen_before, keep
from dashboard.panels.data_source import Source, token_of
from dashboard.wording_data import (
    BINS_EXAMPLE,
    BINS_HELP,
    BY_CONTENT,
    CLUSTER,
    CLUSTER_HELP,
    CLUSTER_IS_SPEAKER,
    FORMAT_OF_FILE,
    GROUPING,
    GROUPING_HELP,
    GROUPING_WHICH,
    MORE_READING,
    ORDER_EXAMPLE,
    bins_label,
    order_label,
)
from dashboard.wording_data_controls import NOTHING_CHOSEN
from dashboard.wording_formats import FORMATS


@dataclass(frozen=True)
class Grouping:
    """Groups that are made in another way than the usual one."""

    bins: tuple[tuple[str, str], ...]
    """Inner edges as they were typed, by attribute."""
    orders: tuple[tuple[str, tuple[str, ...]], ...]
    """Groups in their order, by attribute; others follow alphabetically."""


def format_chosen(source: Source) -> str:
    """The format that was chosen for these files; "" is told by their content. Asked before they are read."""
    key = _format_key(source)
    return str(st.session_state.get(key, chosen_before(key, "")))


def draw_format(source: Source) -> None:
    """The box for the format, which counts from the next run on."""
    key, formats = _format_key(source), ["", *FORMATS]
    chosen = st.selectbox(
        FORMAT_OF_FILE,
        formats,
        index=formats.index(chosen_before(key, "")),
        format_func=lambda one: FORMATS.get(one, BY_CONTENT),
        key=key,
        filter_mode=None,
    )
    keep(key, chosen)


def cluster_chosen(source: Source) -> str:
    """The column of the sampling unit that was chosen; "" is the speaker. Asked before the file is looked at."""
    key = f"cluster {source.token}"
    return str(st.session_state.get(key, chosen_before(key, "")))


def draw_more_reading(source: Source, guess: Preview) -> None:
    """Format and sampling unit: seldom wanted, so they are folded away."""
    key, columns = f"cluster {source.token}", ["", *guess.columns]
    with st.expander(MORE_READING, type="compact"):
        left, right = st.columns(2, gap="large")
        with left:
            draw_format(source)
        chosen = right.selectbox(
            CLUSTER,
            columns,
            index=columns.index(chosen_before(key, "")),
            format_func=lambda column: column or CLUSTER_IS_SPEAKER,
            key=key,
            filter_mode=None,
            help=CLUSTER_HELP,
        )
        keep(key, chosen)


def draw_grouping(seen: Preview, source: Source) -> Grouping:
    """Boxes for the attributes that are to have bins or an order of their own."""
    attributes = {one.name: one for one in seen.attributes if not one.derived}
    if not attributes:
        return Grouping((), ())
    key = f"grouped {source.token}"
    bins, orders = list[tuple[str, str]](), list[tuple[str, tuple[str, ...]]]()
    with st.expander(GROUPING, type="compact"):
        chosen = st.multiselect(
            GROUPING_WHICH,
            list(attributes),
            default=[name for name in chosen_before(key, list[str]()) if name in attributes],
            key=key,
            placeholder=NOTHING_CHOSEN,
            help=GROUPING_HELP,
        )
        keep(key, chosen)
        for start in range(0, len(chosen), 2):
            for place, name in zip(st.columns(2, gap="large"), chosen[start : start + 2], strict=False):
                with place:
                    if attributes[name].kind == "number":
                        bins += _draw_bins(name, source)
                    else:
                        orders += _draw_order(attributes[name], source)
    return Grouping(tuple(bins), tuple(orders))


def _draw_bins(name: str, source: Source) -> list[tuple[str, str]]:
    key = f"bins {name} {source.token}"
    typed = st.text_input(
        bins_label(name), value=chosen_before(key, ""), key=key, placeholder=BINS_EXAMPLE, help=BINS_HELP
    )
    return [(name, typed.strip())] if keep(key, typed).strip() else []


def _draw_order(attribute: Attribute, source: Source) -> list[tuple[str, tuple[str, ...]]]:
    key = f"order {attribute.name} {source.token}"
    held = [level for level in chosen_before(key, list[str]()) if level in attribute.levels]
    chosen = st.multiselect(
        order_label(attribute.name), attribute.levels, default=held, key=key, placeholder=ORDER_EXAMPLE
    )
    return [(attribute.name, tuple(chosen))] if keep(key, chosen) else []


def _format_key(source: Source) -> str:
    return f"format {token_of(*(file.known_as for file in source.given))}"
