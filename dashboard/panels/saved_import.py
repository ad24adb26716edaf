"""A file of saved subgroups brought in through the page: what it holds and what is wrong with it, before anything is saved.

Draws what `answers.saved_files` reads; it decides nothing.
"""

from __future__ import annotations

import streamlit as st

from dashboard import loading_saved
from dashboard.loading import EvaluationInfo, InputError
from dashboard.panels.done import draw_done, say_done
from dashboard.panels.html_table import draw_table
from dashboard.wording_markup import plain
from dashboard.wording_saved import (
    IMPORT,
    IMPORT_FILE,
    IMPORT_HELP,
    IMPORT_IT,
    imported_sentence,
    preview_cells,
    preview_head,
    preview_sentence,
)

_COUNT = "files of subgroups brought in"
LARGEST_MB = 5


def draw_import(info: EvaluationInfo) -> None:
    """The place to drop a file, then a preview or its faults; only the button saves."""
    # Another key after each file that was saved, so that the place is empty again.
    count = st.session_state.setdefault(_COUNT, 0)
    draw_done(_COUNT, _shown(info))
    with st.popover(IMPORT, type="tertiary", key=f"saved_imports {count}"):
        st.caption(IMPORT_HELP)
        file = st.file_uploader(
            IMPORT_FILE, type="json", key=f"saved_file {info.name} {count}", max_upload_size=LARGEST_MB
        )
        if file is None:
            return
        try:
            wanted = loading_saved.preview_of_file(info, file.getvalue(), file.name)
        except InputError as problem:
            said = [
                " ".join(filter(None, (f.field and f"{f.field}:", f.what, f.advice))) for f in problem.faults
            ]
            st.markdown("\n".join(f"- {plain(one)}" for one in said or [str(problem)]))
            return
        st.markdown(plain(preview_sentence(wanted)))
        draw_table(
            [dict(zip(preview_head(), preview_cells(one), strict=True)) for one in wanted],
            preview_head(),
            IMPORT,
        )
        if any(one.is_new for one in wanted):
            st.button(
                IMPORT_IT, key="saved_import", on_click=_import, args=(info, file.getvalue(), file.name)
            )


def _import(info: EvaluationInfo, content: bytes, name: str) -> None:
    try:
        new = loading_saved.import_file(info, content, name)
    except InputError:
        # Somebody else saved meanwhile: the next run reads the file again and shows the faults.
        return
    st.session_state[_COUNT] += 1
    say_done(_COUNT, _shown(info), imported_sentence(new))


def _shown(info: EvaluationInfo) -> str:
    """What "brought in" is said beside: this evaluation with these names in its list."""
    return repr((info.name, [one.saved.name for one in loading_saved.saved_subgroups_of(info)]))
