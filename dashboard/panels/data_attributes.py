"""What the other columns say about the recordings: a role and a label source each, or left out.

Gives back what differs from the guess. Columns that become nothing are named with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from analysis.attributes import LABEL_SOURCES, ROLES, Attribute
from dashboard.answers.preview import Preview
from dashboard.panels.data_memory import chosen_before, keep
from dashboard.panels.data_source import Source
from dashboard.wording_data import ROLE_LABELS, SOURCE_LABELS, attribute_caption
from dashboard.wording_data_boxes import about_of, labels_from, more_columns
from dashboard.wording_data_controls import DESCRIBES, left_out_label
from dashboard.wording_markup import plain

MOST_SHOWN = 40
LEFT_OUT = "left out"
_IN_A_ROW = 2


@dataclass(frozen=True)
class AttributeChoices:
    """What the reader decided beside the guesses."""

    attributes: tuple[str, ...] | None
    """None while every guessed attribute is wanted."""
    roles: tuple[tuple[str, str], ...]
    label_sources: tuple[tuple[str, str], ...]


def draw_attributes(seen: Preview, source: Source) -> AttributeChoices:
    """Two boxes for each attribute; no attributes while a column is missing."""
    shown = seen.attributes[:MOST_SHOWN]
    choices: dict[str, tuple[str, str]] = {}
    if shown:
        st.subheader(DESCRIBES, anchor=False)
    for start in range(0, len(shown), _IN_A_ROW):
        for place, attribute in zip(
            st.columns(_IN_A_ROW, gap="large"), shown[start : start + _IN_A_ROW], strict=False
        ):
            with place:
                choices[attribute.name] = _draw_attribute(attribute, source)
    if len(seen.attributes) > MOST_SHOWN:
        st.caption(more_columns(len(seen.attributes) - MOST_SHOWN))
    _draw_left_out(seen)
    return _differing(seen.attributes, choices)


def _draw_attribute(attribute: Attribute, source: Source) -> tuple[str, str]:
    """Role and label source as chosen."""
    name = attribute.name
    role_key, source_key = f"role {name} {source.token}", f"source {name} {source.token}"
    roles = [*ROLES, LEFT_OUT]
    with st.container(gap="xxsmall"):
        st.markdown(f":small[{plain(attribute_caption(attribute))}]")
        boxes = st.container(horizontal=True, gap="small")
    with boxes:
        role = st.selectbox(
            about_of(name),
            roles,
            label_visibility="collapsed",
            index=roles.index(chosen_before(role_key, attribute.role)),
            format_func=lambda role: ROLE_LABELS.get(role, role),
            key=role_key,
            filter_mode=None,
        )
        labelled = st.selectbox(
            labels_from(name),
            LABEL_SOURCES,
            label_visibility="collapsed",
            index=LABEL_SOURCES.index(chosen_before(source_key, attribute.label_source)),
            format_func=SOURCE_LABELS.__getitem__,
            key=source_key,
            filter_mode=None,
        )
    return keep(role_key, role), keep(source_key, labelled)


def _draw_left_out(seen: Preview) -> None:
    if seen.left_out:
        with st.expander(left_out_label(len(seen.left_out)), type="compact"):
            for name, reason in seen.left_out.items():
                st.markdown(f"**{plain(name)}**: {plain(reason)}.")


def _differing(attributes: tuple[Attribute, ...], choices: dict[str, tuple[str, str]]) -> AttributeChoices:
    roles = {one.name: choices.get(one.name, (one.role, ""))[0] for one in attributes}
    wanted = [one for one in attributes if roles[one.name] != LEFT_OUT]
    # The order an ingest gives them by itself, which `--attributes` would replace by its own.
    in_order = sorted(wanted, key=lambda one: [*ROLES].index(roles[one.name]))  # type: ignore[arg-type]
    return AttributeChoices(
        None if len(wanted) == len(attributes) else tuple(one.name for one in in_order),
        tuple((one.name, roles[one.name]) for one in wanted if roles[one.name] != one.role),
        tuple(
            (one.name, choices[one.name][1])
            for one in wanted
            if choices.get(one.name, ("", "unknown"))[1] != "unknown"
        ),
    )
