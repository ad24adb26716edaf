"""Putting what is on screen on record for the card: whom it is about, a claim, a note, who says so.

Owns the one form of it; every page that shows a group or a subgroup uses it. The numbers are asked anew
when it is kept (`answers/findings.py`); nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from hashlib import sha256
from typing import Any

import streamlit as st

from analysis.rates import FEW, NOBODY, SUPPRESSED, RateTable
from analysis.selection import EVERYTHING
from dashboard import loading_card
from dashboard.answers.rates import RatesQuestion
from dashboard.answers.subgroup import SubgroupQuestion
from dashboard.loading import InputError
from dashboard.panels.done import draw_done, say_done
from dashboard.state import View
from dashboard.wording import group_names, selection_sentence
from dashboard.wording_card_page import (
    ADD_TO_CARD,
    AUTHOR,
    AUTHOR_HELP,
    CLAIM,
    CLAIM_HELP,
    GROUP,
    KEEP_FINDING,
    NOTE,
    NOTE_HELP,
    WHOM,
    kept_sentence,
)
from dashboard.wording_markup import plain

LONGEST = 500
_AUTHOR = "who says so"
Group = Mapping[str, str | None]
Keep = Callable[[Mapping[str, str]], None]


def draw_add_group(
    view: View, key: str, question: RatesQuestion, groups: Sequence[Group], note: str = ""
) -> None:
    """Put one of some groups of a table on record; `note` is what the field begins with."""
    by_name = {group_names(group): group for group in groups}

    def keeper(group: Group) -> Keep:
        return lambda said: loading_card.keep_finding(view.info, question, group, said)

    _draw(
        key, _about(view, question, by_name, note), {name: keeper(one) for name, one in by_name.items()}, note
    )


def draw_add_subgroup(
    view: View,
    key: str,
    question: SubgroupQuestion,
    note: str = "",
    search: Mapping[str, Any] | None = None,
) -> None:
    """Put a subgroup on record; nothing where everything is selected. search: the search that found it."""
    if question.where != EVERYTHING:
        name = selection_sentence(question.where)
        keep = {name: lambda said: loading_card.keep_subgroup(view.info, question, said, search)}
        _draw(key, _about(view, question, keep, note), keep, note)


def groups_to_keep(table: RateTable) -> list[Group]:
    """Groups of a table that a finding may be about: those that were recorded and are not withheld."""
    return _stated(
        table, [place for place in range(len(table)) if table.status[place] not in (NOBODY, SUPPRESSED)]
    )


def few_speakers(table: RateTable) -> list[Group]:
    """Groups with nobody or too few to be tested, so that what was not tested can be put on record."""
    return _stated(table, [place for place in range(len(table)) if table.status[place] in (NOBODY, FEW)])


def _stated(table: RateTable, rows: Sequence[int]) -> list[Group]:
    return [group for group in map(table.group, rows) if None not in group.values()]


def _about(view: View, question: RatesQuestion | SubgroupQuestion, names: Collection[str], note: str) -> str:
    """Short for what a form is about: a claim typed for one cell or comparison must not be kept of another."""
    told = (view.info.name, view.info.build, view.system, question, tuple(names), note)
    return sha256(repr(told).encode()).hexdigest()[:16]


def _draw(key: str, about: str, choices: Mapping[str, Keep], note: str) -> None:
    if not choices:
        return
    # Another name after each one kept, so that the form is closed and empty again.
    count = st.session_state.setdefault(f"kept {key}", 0)
    mark = f"{key} {count} {about}"
    with st.popover(ADD_TO_CARD, icon=":material/add:", type="tertiary", key=f"popover {mark}"):
        with st.form(f"form {mark}", border=False):
            names = list(choices)
            if len(names) == 1:
                st.markdown(f"**{plain(names[0])}**")
                name: str | None = names[0]
            else:
                name = st.selectbox(GROUP, names, None, key=f"whom {mark}", placeholder=WHOM)
            claim = st.text_input(CLAIM, key=f"claim {mark}", max_chars=LONGEST, help=CLAIM_HELP)
            written = st.text_area(
                NOTE, note, key=f"note {mark}", max_chars=LONGEST * 10, height=80, help=NOTE_HELP
            )
            known = str(st.session_state.get(_AUTHOR, ""))
            author = st.text_input(AUTHOR, known, key=f"author {mark}", max_chars=LONGEST, help=AUTHOR_HELP)
            done = st.form_submit_button(KEEP_FINDING, key=key)
        if done and name is None:
            st.error(WHOM)
        elif done and name is not None:
            _keep(key, about, name, choices[name], {"claim": claim, "note": written, "author": author})
    draw_done(key, about)


def _keep(key: str, about: str, name: str, keep: Keep, said: Mapping[str, str]) -> None:
    try:
        keep(said)
    except (InputError, ValueError) as problem:
        st.error(plain(str(problem)))
        return
    st.session_state[_AUTHOR] = said["author"]
    st.session_state[f"kept {key}"] += 1
    say_done(key, about, kept_sentence(name))
    st.rerun()
