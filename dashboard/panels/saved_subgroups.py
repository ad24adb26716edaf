"""Saved subgroups on the Subgroup page: save the one on screen; open, rename, delete, compare, hand on.

Draws what `answers.saved` knows and hands every change to it. It decides nothing.
"""

from __future__ import annotations

import streamlit as st

from analysis.selection import Everything
from dashboard import loading_saved, state
from dashboard.answers.saved import SavedHere
from dashboard.exports.saved_csv import export_saved_csv
from dashboard.loading import InputError
from dashboard.panels.done import draw_done, say_done
from dashboard.panels.html_table import draw_table
from dashboard.panels.saved_import import draw_import
from dashboard.panels.saved_retests import draw_saved_retests
from dashboard.state import View
from dashboard.wording_controls import DATA_CSV
from dashboard.wording_markup import plain
from dashboard.wording_saved import (
    LINK_NOTE,
    PUBLIC_NOTE,
    SAVE_HELP,
    delete_question,
    saved_by,
    saved_cells,
    saved_family_sentence,
    saved_head,
    saved_label,
    saved_sentence,
)
from dashboard.wording_subgroup_controls import (
    COMPARE,
    DELETE_IT,
    DELETE_SAVED,
    EXPORT,
    NAME,
    NAME_EXAMPLE,
    NOTE,
    NOTE_EXAMPLE,
    OPEN,
    RENAME,
    RENAME_IT,
    SAVE,
    SAVE_THIS,
    SAVED_BY,
    saved_as,
    saved_title,
)
from dashboard.wording_tables import SAVED_AGAINST

_NAME, _NOTE, _AUTHOR = "saved_name", "saved_note", "saved_author"
_FAULT, _SAVINGS = "saved fault", "subgroups saved in this session"


def draw_saved(view: View) -> None:
    """Draw the way to save the subgroup on screen, and the list of those that are saved."""
    kept = loading_saved.saved_subgroups_of(view.info)
    with st.container(horizontal=True, gap="small"):
        if view.where != Everything():
            # Under another key after each saving, it is drawn closed.
            key = f"save_subgroup_{st.session_state.get(_SAVINGS, 0)}"
            with st.popover(SAVE_THIS, type="tertiary", icon=":material/bookmark_add:", key=key):
                _draw_form(view)
        if not kept:
            draw_import(view.info)
    draw_done(_SAVINGS, _shown(view))
    if problem := st.session_state.pop(_FAULT, None):
        st.text(str(problem))
    if kept:
        with st.expander(saved_title(len(kept))):
            _draw_list(view, kept)


def _shown(view: View) -> str:
    """What "saved" is said beside: this selection, and these names in the list."""
    return repr((view.where, [saved_label(one.saved) for one in loading_saved.saved_subgroups_of(view.info)]))


def _draw_form(view: View) -> None:
    st.text_input(NAME, key=_NAME, placeholder=NAME_EXAMPLE, help=SAVE_HELP)
    st.text_input(NOTE, key=_NOTE, placeholder=NOTE_EXAMPLE)
    st.text_input(SAVED_BY, key=_AUTHOR)
    st.button(SAVE, on_click=_save, args=(view,), key="saved_save")


def _save(view: View) -> None:
    name, note, author = (str(st.session_state.get(key) or "") for key in (_NAME, _NOTE, _AUTHOR))
    try:
        one = loading_saved.save_subgroup(view.info, name, view.where, note, author)
    except ValueError as problem:
        st.session_state[_FAULT] = problem
        return
    st.session_state[_NAME] = st.session_state[_NOTE] = ""
    st.session_state[_SAVINGS] = st.session_state.get(_SAVINGS, 0) + 1
    say_done(_SAVINGS, _shown(view), saved_as(saved_label(one)))


def _draw_list(view: View, kept: list[SavedHere]) -> None:
    for one in kept:
        _draw_one(view, one)
    st.caption(LINK_NOTE)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.download_button(
            EXPORT,
            lambda: loading_saved.exported_subgroups(view.info),
            file_name=f"{view.info.name}-subgroups.json",
            mime="application/json",
            key="saved_export",
            type="tertiary",
            on_click="ignore",
        )
        draw_import(view.info)
        compares = st.toggle(COMPARE, key="saved_compare")
    if compares:
        _draw_comparison(view)


def _draw_comparison(view: View) -> None:
    answer = loading_saved.saved_rates_of(view.info, view.system, view.metric, view.audience)
    if answer.rows:
        rows = [
            dict(
                zip(
                    map(str.capitalize, saved_head(view.synthetic)),
                    saved_cells(row, view.synthetic),
                    strict=True,
                )
            )
            for row in answer.rows
        ]
        draw_table(rows, {"Subgroup", "Verdict"}, SAVED_AGAINST)
        st.caption(plain(saved_family_sentence(answer)))
        if view.is_public:
            st.caption(PUBLIC_NOTE)
        st.download_button(
            DATA_CSV,
            lambda: export_saved_csv(view.info, answer),
            file_name=f"{view.file_stem}-saved-subgroups.csv",
            mime="text/csv",
            key="saved_csv",
            type="tertiary",
            on_click="ignore",
        )
    if not view.is_public:
        draw_saved_retests(view.info, view.system)


def _draw_one(view: View, one: SavedHere) -> None:
    saved, key = one.saved, f"saved_{one.saved.id}"
    about = " · ".join(filter(None, (saved.note, saved_by(saved))))
    st.markdown(f"**{plain(saved_label(saved))}** {plain(saved_sentence(one))}  \n:small[{plain(about)}]")
    with st.container(horizontal=True, gap="small"):
        if one.why_not is None and saved.selection is not None:
            st.button(
                OPEN, key=f"{key}_open", type="tertiary", on_click=state.choose, args=(saved.selection,)
            )
        with st.popover(RENAME, type="tertiary", key=f"{key}_renames"):
            st.text_input(plain(f"New name of {saved_label(saved)}"), value=saved.name, key=f"{key}_to")
            st.button(RENAME_IT, key=f"{key}_rename", on_click=_rename, args=(view, one))
        with st.popover(DELETE_SAVED, type="tertiary", key=f"{key}_deletes"):
            st.text(delete_question(saved))
            st.button(DELETE_IT, key=f"{key}_delete", on_click=_delete, args=(view, one))


def _rename(view: View, one: SavedHere) -> None:
    key = f"saved_{one.saved.id}"
    try:
        loading_saved.rename_subgroup(view.info, one.saved.name, str(st.session_state[f"{key}_to"]))
    except InputError as problem:
        st.session_state[_FAULT] = problem
        return
    st.session_state.pop(f"{key}_to", None)


def _delete(view: View, one: SavedHere) -> None:
    try:
        loading_saved.delete_subgroup(view.info, one.saved.name)
    except InputError as problem:
        st.session_state[_FAULT] = problem
