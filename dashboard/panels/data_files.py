"""Several files for one evaluation: which holds what, as guessed, and a box each to say otherwise.

Reads no file itself.
"""

from __future__ import annotations

import streamlit as st

from dashboard import loading_data
from dashboard.answers.file_parts import PARTS, FileLook, Part, guessed_parts, system_names
from dashboard.answers.join_preview import Joined
from dashboard.panels.data_memory import chosen_before, keep
from dashboard.panels.data_source import GivenFile, Source, token_of
from dashboard.wording_data_boxes import system_in, what_file_holds
from dashboard.wording_data_controls import SYSTEM_NAME_EXAMPLE
from dashboard.wording_data_files import (
    PART_LABELS,
    PARTS_HEAD,
    TWICE,
    join_examples,
    join_sentence,
    look_sentence,
    no_references,
)
from dashboard.wording_markup import plain


def draw_files(files: list[GivenFile]) -> Source | None:
    """What each file is; None while no evaluation can be made of them. Raises `InputError`."""
    if len(files) == 1:
        return Source((files[0],))
    looks = [loading_data.look_of(file.path) for file in files]
    st.header(PARTS_HEAD, anchor=False)
    guesses = guessed_parts(looks)
    called = system_names([(file.shown, "" if file.is_upload else file.path.parent.name) for file in files])
    chosen = [_draw_file(*one) for one in zip(files, looks, guesses, called, strict=True)]
    references = tuple(file for file, (part, _) in zip(files, chosen, strict=True) if part == "references")
    systems = [(name, file) for file, (part, name) in zip(files, chosen, strict=True) if part == "system"]
    names = [name for name, _ in systems]
    twice = sorted({name for name in names if names.count(name) > 1 or not name})
    if not references or twice:
        st.markdown(f":orange[{plain(TWICE.format(', '.join(twice)) if twice else no_references())}]")
        return None
    attributes = tuple(file for file, (part, _) in zip(files, chosen, strict=True) if part == "attributes")
    return Source(references, tuple(systems), attributes)


def _draw_file(file: GivenFile, look: FileLook, guess: Part, called: str) -> tuple[Part, str]:
    """Part and, for a file of outputs, the name of its system."""
    token = token_of(file.known_as, *look.columns)
    key = f"part {token}"
    name, what, of_whom = st.columns([2, 1.3, 1.3], gap="medium", vertical_alignment="center")
    name.markdown(f"**{plain(file.shown)}**  \n:small[{plain(look_sentence(look))}]")
    part = what.selectbox(
        what_file_holds(file.shown),
        PARTS,
        index=PARTS.index(chosen_before(key, guess)),
        format_func=PART_LABELS.__getitem__,
        key=key,
        filter_mode=None,
        label_visibility="collapsed",
    )
    keep(key, part)
    if part != "system":
        return part, ""
    key = f"called {token}"
    typed = of_whom.text_input(
        system_in(file.shown),
        value=chosen_before(key, called),
        key=key,
        label_visibility="collapsed",
        placeholder=SYSTEM_NAME_EXAMPLE,
    )
    return part, keep(key, typed).strip()


def draw_joined(source: Source, joined: tuple[Joined, ...]) -> None:
    """How each further file meets the recordings: matched, unknown, without."""
    others = [*((name, file) for name, file in source.systems), *(("", file) for file in source.attributes)]
    for (system, file), found in zip(others, joined, strict=False):
        draw_join(found, file.shown, system)


def draw_join(found: Joined, shown: str, system: str) -> None:
    """One sentence for what joins, and the first few ids of what does not."""
    sentence = plain(join_sentence(found, shown, system))
    with st.container(gap="xxsmall"):
        st.markdown(sentence if found.is_whole else f":orange[{sentence}]")
        for line in (*join_examples(found), *found.notices):
            st.caption(plain(line))
