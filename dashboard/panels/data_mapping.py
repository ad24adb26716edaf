"""Which column of a file is what: the guess, its first rows, and a select box for each field.

Gives back what differs from the guess as items of `--map`. It reads no file itself.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard import loading
from dashboard.answers.preview import Preview, PreviewQuestion
from dashboard.panels.data_source import Source
from dashboard.panels.html_table import draw_table
from dashboard.wording_data import FIELD_LABELS, file_sentence, problem_sentence, taken_as
from dashboard.wording_markup import plain

_ALWAYS = ("reference", "speaker", "id")
_LONGEST = 48


def draw_mapping(source: Source, question: PreviewQuestion) -> tuple[PreviewQuestion, Preview]:
    """The question with the reader's choices, and what the file looks like under them."""
    guessed = loading.preview_of(question)
    table, choices = st.container(), st.container()
    with choices:
        items = [*_draw_fields(guessed, source), *_draw_systems(guessed, source)]
    chosen = replace(question, mapping=tuple(items))
    seen = loading.preview_of(chosen) if items else guessed
    with table:
        st.markdown(f"**{plain(file_sentence(source.shown, seen))}**")
        _draw_first_rows(seen)
        for notice in seen.notices:
            st.caption(plain(notice))
    with choices:
        for problem in seen.problems:
            st.markdown(f":orange[{plain(problem_sentence(problem))}]")
    return chosen, seen


def _draw_first_rows(seen: Preview) -> None:
    """What each column is taken for, and its first values."""
    taken = {"Row": "is", **{name: taken_as(name, seen) for name in seen.columns}}
    rows = [
        {"Row": row, **{name: _short(value) for name, value in zip(seen.columns, values, strict=True)}}
        for row, values in seen.rows
    ]
    draw_table([taken, *rows], seen.columns, "The first rows, and what each column is taken for")


def _short(value: str | None) -> str:
    if value is None:
        return ""
    return value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1]}…"


def _draw_fields(guessed: Preview, source: Source) -> list[str]:
    """One box per field; those that are seldom there stand apart."""
    always = ("speaker",) if guessed.counted else _ALWAYS
    items = []
    for column, field in zip(st.columns(len(_ALWAYS)), always, strict=False):
        with column:
            items.append(_draw_field(field, guessed, source))
    with st.expander("Other columns with a meaning", type="compact"):
        others = [field for field in FIELD_LABELS if field not in always]
        for column, field in zip(st.columns(len(others)), others, strict=True):
            with column:
                items.append(_draw_field(field, guessed, source))
    return [item for item in items if item]


def _draw_field(field: str, guessed: Preview, source: Source) -> str | None:
    """The item of `--map` where the choice is not the guess."""
    guess = guessed.fields.get(field)
    chosen = st.selectbox(
        FIELD_LABELS[field],
        guessed.columns,
        index=guessed.columns.index(guess) if guess else None,
        key=f"field {field} {source.token}",
        placeholder="none",
        filter_mode=None,
    )
    return f"{field}={chosen}" if chosen is not None and chosen != guess else None


def _draw_systems(guessed: Preview, source: Source) -> list[str]:
    """Which columns hold what a system wrote, and what each system is called."""
    if guessed.counted:
        return []
    names = {column: system for system, column in guessed.systems.items()}
    chosen = st.multiselect(
        "What systems wrote (one column each)",
        guessed.columns,
        default=list(names),
        key=f"systems {source.token}",
        placeholder="none recognised",
    )
    for column in [column for column in names if column not in chosen]:
        st.caption(
            plain(f"“{column}” is read as a system because of its name; rename the column to leave it out.")
        )
    items = []
    for start in range(0, len(chosen), 3):
        for place, column in zip(st.columns(3), chosen[start : start + 3], strict=False):
            with place:
                system = st.text_input(
                    f"Name of the system in {plain(column)}",
                    value=names.get(column, column),
                    key=f"system {column} {source.token}",
                ).strip()
            if system and system != names.get(column):
                items.append(f"system:{system}={column}")
    return items
