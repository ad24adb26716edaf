"""What the owner says about system and data: a form for the card's facts, and the same as they stand in a build."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard import loading_data
from dashboard.loading import EvaluationInfo, InputError
from dashboard.panels.data_memory import chosen_before, keep
from dashboard.wording_data_about import (
    ABOUT_CHANGES,
    ABOUT_DATA,
    ABOUT_NOTHING,
    ABOUT_SYSTEM,
    DATA_FIELDS,
    LONG_FIELDS,
    NOT_STATED_YET,
    SYNTHETIC,
    SYSTEM_FIELDS,
    TRAINING,
    TRAINING_ANSWERS,
    TRAINING_QUESTION,
    about_lines,
)
from dashboard.wording_data_boxes import now_current
from dashboard.wording_data_controls import CHANGE_SAID, MAKE_SAYING, OF_SYSTEM
from dashboard.wording_markup import plain

_MADE = "about changed"


def draw_about(systems: Sequence[str], token: str, before: Mapping[str, Any]) -> dict[str, Any]:
    """The form; gives back what it says, without what was left empty. What it has no field for stays."""
    about = {
        key: value
        for key, value in before.items()
        if key not in {*DATA_FIELDS, TRAINING, "systems", "synthetic_voices"}
    }
    st.markdown(f"**{ABOUT_DATA}**")
    fields = [*DATA_FIELDS, TRAINING]
    for start in range(0, len(fields), 2):
        for place, key in zip(st.columns(2), fields[start : start + 2], strict=False):
            with place:
                about[key] = (
                    _draw_training(token, before)
                    if key == TRAINING
                    else _draw_text(
                        DATA_FIELDS[key], f"about {key} {token}", before.get(key), key in LONG_FIELDS
                    )
                )
    key = f"about synthetic {token}"
    is_synthetic = chosen_before(key, before.get("synthetic_voices") is True)
    about["synthetic_voices"] = keep(key, st.checkbox(SYNTHETIC, value=is_synthetic, key=key))
    about["systems"] = _draw_systems(systems, token, before)
    return {key: value for key, value in about.items() if value}


def _draw_training(token: str, before: Mapping[str, Any]) -> str:
    """Yes, no, or not known; an answer in other words stays one to choose."""
    answers, key = list(TRAINING_ANSWERS), f"about training {token}"
    stated = str(before.get(TRAINING) or "")
    if stated not in answers:
        answers.append(stated)
    chosen = st.selectbox(
        TRAINING_QUESTION,
        answers,
        index=answers.index(chosen_before(key, stated)),
        format_func=lambda answer: TRAINING_ANSWERS.get(answer, answer),
        key=key,
        filter_mode=None,
    )
    return keep(key, chosen)


def _draw_systems(systems: Sequence[str], token: str, before: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Facts of each system, one system at a time where there are several."""
    if not systems:
        return {}
    st.markdown(f"**{ABOUT_SYSTEM}**")
    shown = systems[0]
    if len(systems) > 1:
        shown = st.selectbox(OF_SYSTEM, systems, key=f"about which {token}", filter_mode=None)
    known = before.get("systems")
    said = {}
    for system in systems:
        of_system = dict(known.get(system) or {}) if isinstance(known, Mapping) else {}
        if system == shown:
            places = [*st.columns(3), *st.columns(3)]
            for place, (key, label) in zip(places, SYSTEM_FIELDS.items(), strict=False):
                with place:
                    of_system[key] = _draw_text(label, f"about {system} {key} {token}", of_system.get(key))
        else:
            for key in SYSTEM_FIELDS:
                of_system[key] = chosen_before(f"about {system} {key} {token}", of_system.get(key) or "")
        said[system] = {key: value for key, value in of_system.items() if value}
    return {system: facts for system, facts in said.items() if facts}


def _draw_text(label: str, key: str, before: object, is_long: bool = False) -> str:
    held = chosen_before(key, "" if before is None else str(before))
    if is_long:
        return keep(key, st.text_area(label, value=held, key=key, height=90, max_chars=5_000)).strip()
    return keep(key, st.text_input(label, value=held, key=key, max_chars=500)).strip()


def draw_about_of_build(info: EvaluationInfo) -> None:
    """What was said, and the form that makes a build of other words."""
    if st.session_state.pop(_MADE, None) == info.build:
        st.markdown(plain(now_current(info.name)))
    lines = about_lines(info.about)
    with st.container(gap="xsmall"):
        for name, value in lines:
            st.markdown(f"**{plain(name)}:** {plain(value)}")
    if not lines:
        st.markdown(ABOUT_NOTHING)
    with st.expander(CHANGE_SAID, type="compact"):
        st.caption(ABOUT_CHANGES)
        about = draw_about(info.systems, info.build, info.about)
        changed = about != {key: value for key, value in info.about.items() if value}
        if not changed:
            st.caption(NOT_STATED_YET)
        if st.button(MAKE_SAYING, key=f"about {info.build}", disabled=not changed):
            try:
                made = loading_data.change_about(info, about)
            except InputError as problem:
                st.markdown(f":orange[{plain(str(problem))}]")
                return
            st.session_state[_MADE] = made.build
            st.rerun()
