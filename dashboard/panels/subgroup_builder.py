"""The builder of the Subgroup page: one line per condition, and a line to add one.

Draws the rows of the draft and hands every change to it (`subgroup_draft.py`). It decides
nothing about selections and asks no question of an evaluation.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from analysis.attributes import Attribute
from dashboard.panels.subgroup_conditions import Range, Row, empty_rows, fault_of
from dashboard.panels.subgroup_draft import (
    Draft,
    add_row,
    change_row,
    current_draft,
    held_row,
    join_rows,
    remove_row,
)
from dashboard.panels.subgroup_texts import draw_text_row
from dashboard.state import View
from dashboard.wording import attribute_label, group_name
from dashboard.wording_markup import plain
from dashboard.wording_saved import REFERENCE_CHOICE
from dashboard.wording_subgroup_controls import (
    ADD_CONDITION,
    ADD_CONDITION_ON,
    CHOOSE_GROUPS,
    GROUPS_OR_RANGE,
    IS_OR_NOT,
    NESTED,
    NO_ATTRIBUTE,
    REMOVE,
    THAT_MEET,
    groups_of_box,
    is_or_is_not,
)

MOST_IN_SIGHT = 24
_MISSING = -1
_ADD = "subgroup_add"
_JOIN = "subgroup_join"
_JOINED = {False: "all of these", True: "any of these"}


def draw_builder(view: View) -> None:
    """Draw the conditions of the subgroup on screen."""
    draft = current_draft(view)
    if draft is None:
        st.text(NESTED)
        return
    if not view.info.attributes and view.info.texts_refused:
        st.text(NO_ATTRIBUTE)
        return
    if len(draft.numbers) > 1:
        _draw_join(draft)
    for number in draft.numbers:
        row = draft.row(number)
        if row.text is None:
            _draw_row(view.info.attribute(row.attribute), row, number)
        else:
            draw_text_row(row.text, row, number)
    _draw_add(view)


def _draw_join(draft: Draft) -> None:
    st.session_state[_JOIN] = draft.rows.any_of
    st.segmented_control(
        THAT_MEET,
        list(_JOINED),
        format_func=_JOINED.__getitem__,
        required=True,
        key=_JOIN,
        on_change=lambda: join_rows(any_of=bool(st.session_state[_JOIN])),
    )


def _draw_row(attribute: Attribute, row: Row, number: int) -> None:
    key, readable = f"subgroup_{number}", attribute_label(attribute.name)
    name, sign, what, away = st.columns([1.5, 1.6, 5.4, 1], vertical_alignment="center")
    with name:
        st.markdown(f"**{plain(readable)}**")
    with sign:
        st.session_state.setdefault(f"{key}_is", row.is_not)
        st.selectbox(
            is_or_is_not(readable),
            list(IS_OR_NOT),
            format_func=IS_OR_NOT.__getitem__,
            key=f"{key}_is",
            label_visibility="collapsed",
            filter_mode=None,
            on_change=_changed,
            args=(attribute, number),
        )
    with what:
        if row.span is None:
            _draw_groups(attribute, row, number)
        else:
            _draw_range(attribute, row.span, number)
    with away:
        st.button(REMOVE, key=f"{key}_remove", type="tertiary", on_click=remove_row, args=(number,))
    if fault := fault_of(row):
        st.text(fault)


def _draw_groups(attribute: Attribute, row: Row, number: int) -> None:
    """Few groups are all in sight; many are chosen from a list."""
    key, readable = f"subgroup_{number}_groups", attribute_label(attribute.name)
    chosen = [attribute.levels.index(value) for value in row.values if value in attribute.levels]
    st.session_state.setdefault(key, chosen + [_MISSING] * row.or_not_stated)
    offers_missing = attribute.has_missing or row.or_not_stated
    options = [*range(len(attribute.levels)), *([_MISSING] if offers_missing else [])]

    def name(code: int) -> str:
        return group_name(None if code == _MISSING else attribute.levels[code])

    if len(options) <= MOST_IN_SIGHT:
        st.pills(
            groups_of_box(readable),
            options,
            selection_mode="multi",
            format_func=lambda code: plain(name(code)),
            key=key,
            label_visibility="collapsed",
            on_change=_changed,
            args=(attribute, number),
            wrap=True,
        )
        return
    st.multiselect(
        groups_of_box(readable),
        options,
        format_func=name,
        key=key,
        label_visibility="collapsed",
        placeholder=CHOOSE_GROUPS,
        on_change=_changed,
        args=(attribute, number),
    )


def _draw_range(attribute: Attribute, span: Range, number: int) -> None:
    low, high = st.columns(2)
    ends = (
        (low, "low", span.low, "at least" if span.low_included else "above"),
        (high, "high", span.high, "at most" if span.high_included else "below"),
    )
    for column, end, value, words in ends:
        key = f"subgroup_{number}_{end}"
        st.session_state.setdefault(key, value)
        with column:
            st.number_input(
                f"{attribute_label(attribute.name)} {words}",
                value=None,
                format="%g",
                key=key,
                label_visibility="collapsed",
                placeholder=words,
                on_change=_changed,
                args=(attribute, number),
            )


def _changed(attribute: Attribute, number: int) -> None:
    """A widget of a row was changed: the row as its widgets now say."""
    key = f"subgroup_{number}"
    is_not = bool(st.session_state[f"{key}_is"])
    if f"{key}_groups" in st.session_state:
        codes = st.session_state[f"{key}_groups"]
        values = tuple(attribute.levels[code] for code in codes if code != _MISSING)
        change_row(number, Row(attribute.name, is_not, values, _MISSING in codes))
        return
    ends = {end: st.session_state[f"{key}_{end}"] for end in ("low", "high")}
    span = replace(held_row(number).span or Range(), **ends)
    change_row(number, Row(attribute.name, is_not, span=span))


def _draw_add(view: View) -> None:
    choices = empty_rows(view.info.attributes, texts=not view.info.texts_refused)
    st.selectbox(
        ADD_CONDITION,
        range(len(choices)),
        index=None,
        format_func=lambda i: _choice(choices[i], choices),
        key=_ADD,
        placeholder=ADD_CONDITION_ON,
        label_visibility="collapsed",
        on_change=_added,
        args=(choices,),
        width=280,
    )


def _added(choices: list[Row]) -> None:
    chosen = st.session_state[_ADD]
    st.session_state[_ADD] = None
    if chosen is not None:
        add_row(choices[chosen])


def _choice(row: Row, choices: list[Row]) -> str:
    if row.text is not None:
        return REFERENCE_CHOICE
    readable = attribute_label(row.attribute)
    is_number = sum(choice.attribute == row.attribute for choice in choices) > 1
    if not is_number:
        return readable
    return f"{readable}: {GROUPS_OR_RANGE[row.span is not None]}"
