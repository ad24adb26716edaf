"""Which column of a file is what: the guess, its first rows, and a select box for each field.

Gives back what differs from the guess, column by field. It reads no file itself.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard import loading_data
from dashboard.answers.preview import Preview, PreviewQuestion
from dashboard.panels.data_files import draw_joined
from dashboard.panels.data_memory import chosen_before, keep
from dashboard.panels.data_source import Source
from dashboard.panels.html_table import draw_table
from dashboard.wording_data import (
    FIELD_LABELS,
    file_sentence,
    problem_sentence,
    taken_as,
    unread_notice,
)
from dashboard.wording_data_boxes import (
    IN_FILES_OF_THEIR_OWN,
    NONE_RECOGNISED,
    TAKEN_AS,
    read_as_system,
    system_in,
)
from dashboard.wording_data_controls import NOTHING_CHOSEN, OTHER_COLUMNS, ROW, SYSTEM_COLUMNS
from dashboard.wording_markup import plain
from dashboard.wording_tables import FIRST_ROWS

Pairs = list[tuple[str, str]]
_ALWAYS = ("reference", "speaker", "id")
_LONGEST = 30


def draw_mapping(source: Source, question: PreviewQuestion) -> tuple[PreviewQuestion, Preview]:
    """The question with the reader's choices, and what the file looks like under them."""
    guessed = loading_data.preview_of(question)
    table, asked, choices = st.container(), st.container(), st.container()
    with choices:
        items = [*_draw_fields(guessed, source), *_draw_systems(guessed, source)]
    chosen = replace(question, mapping=tuple(items))
    seen = loading_data.preview_of(chosen) if items else guessed
    with table:
        st.markdown(f"**{plain(file_sentence(source.main.shown, seen))}**")
        _draw_first_rows(seen)
        for notice in seen.notices:
            st.caption(plain(notice))
        for notice in unread_notice(seen):
            st.markdown(f":orange[{plain(notice)}]")
    with asked:
        for problem in seen.problems:
            st.markdown(f":orange[{plain(problem_sentence(problem, len(source.given) == 1))}]")
        draw_joined(source, seen.joined)
    return chosen, seen


def _draw_first_rows(seen: Preview) -> None:
    """What each column is taken for, and its first values."""
    head = ROW
    while head in seen.columns:
        head += " "
    taken = {head: TAKEN_AS, **{name: taken_as(name, seen) for name in seen.columns}}
    rows = [
        {head: row, **{name: _short(value) for name, value in zip(seen.columns, values, strict=True)}}
        for row, values in seen.rows
    ]
    draw_table([taken, *rows], seen.columns, FIRST_ROWS)


def _short(value: str | None) -> str:
    if value is None:
        return ""
    return value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1]}…"


def _draw_fields(guessed: Preview, source: Source) -> Pairs:
    """One box per field; those that are seldom there stand apart."""
    always = ("speaker",) if guessed.counted else _ALWAYS
    items: Pairs = []
    for column, field in zip(st.columns(len(_ALWAYS)), always, strict=False):
        with column:
            items += _draw_field(field, guessed, source)
    with st.expander(OTHER_COLUMNS, type="compact"):
        others = [field for field in FIELD_LABELS if field not in always]
        for column, field in zip(st.columns(len(others)), others, strict=True):
            with column:
                items += _draw_field(field, guessed, source)
    return items


def _draw_field(field: str, guessed: Preview, source: Source) -> Pairs:
    """Field and column where the choice is not the guess."""
    guess = guessed.fields.get(field)
    key = f"field {field} {source.token}"
    before = chosen_before(key, guess)
    chosen = st.selectbox(
        FIELD_LABELS[field],
        guessed.columns,
        index=guessed.columns.index(before) if before else None,
        key=key,
        placeholder=NOTHING_CHOSEN,
        filter_mode=None,
    )
    keep(key, chosen)
    return [(field, chosen)] if chosen is not None and chosen != guess else []


def _draw_systems(guessed: Preview, source: Source) -> Pairs:
    """Which columns hold what a system wrote, and what each system is called."""
    if guessed.counted:
        return []
    names = {column: system for system, column in guessed.systems.items()}
    key = f"systems {source.token}"
    chosen = st.multiselect(
        SYSTEM_COLUMNS,
        guessed.columns,
        default=chosen_before(key, list(names)),
        key=key,
        placeholder=IN_FILES_OF_THEIR_OWN if source.systems else NONE_RECOGNISED,
    )
    keep(key, chosen)
    for column in [column for column in names if column not in chosen]:
        st.caption(plain(read_as_system(column)))
    items: Pairs = []
    for start in range(0, len(chosen), 3):
        for place, column in zip(st.columns(3), chosen[start : start + 3], strict=False):
            with place:
                system = _draw_name(column, names.get(column, column), source)
            if system and system != names.get(column):
                items.append((f"system:{system}", column))
    return items


def _draw_name(column: str, guess: str, source: Source) -> str:
    key = f"system {column} {source.token}"
    return keep(key, st.text_input(system_in(column), value=chosen_before(key, guess), key=key)).strip()
