"""What is searched for: question, depth, fewest speakers, attributes; all in the address. And the button that asks.

Nothing runs until it is asked for; what is on record as searched is shown at once, so that a link shows
what its sender saw. Computes nothing.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import get_args

import streamlit as st

from analysis.slices import MAX_DEPTH, SliceQuestion
from analysis.slices_effects import Baseline
from dashboard import loading_slices, state
from dashboard.answers.choices import QuestionError
from dashboard.answers.slices import SlicesAnswer
from dashboard.answers.slices_rows import (
    DEFAULT_DEPTH,
    DEFAULT_MIN_SPEAKERS,
    MINIMA,
    SlicesQuestion,
    left_out_because,
)
from dashboard.state import View
from dashboard.wording import attribute_label
from dashboard.wording_markup import plain
from dashboard.wording_slices import absent_note, least_label
from dashboard.wording_slices_page import (
    ASK_FIRST,
    ASKED,
    CHOOSE_SOME,
    CHOOSE_TWO,
    COMBINED,
    DEPTH,
    EFFECT_LABELS,
    EFFECTS,
    QUESTION,
    QUESTION_LABELS,
    SEARCH,
    SEARCH_HELP,
    STOP,
    fewer_caution,
    progress_text,
    search_with,
)

_QUESTION, _DEPTH, _LEAST, _COMBINED, _EFFECTS = "question", "depth", "least", "combined", "effects"
_ASKED, _STOPPED, _DRAWN, _BOX = "slices asked for", "slices stopped", "combined as drawn", "combined box"
_LEASTS = tuple(map(str, MINIMA))


def draw_controls(view: View) -> SlicesQuestion | None:
    """The controls; None where they hold no question yet, which the page then says."""
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        question = _chosen(_QUESTION, QUESTION, get_args(SliceQuestion), "worst", 420, QUESTION_LABELS)
        deep = range(2 if question == "combination" else 1, MAX_DEPTH + 1)
        depth = _chosen(_DEPTH, DEPTH, tuple(map(str, deep)), str(DEFAULT_DEPTH), 150)
        least = _chosen(_LEAST, least_label(view.synthetic), _LEASTS, str(DEFAULT_MIN_SPEAKERS), 150)
        effects = "multiplicative"
        if question == "combination":
            effects = _chosen(_EFFECTS, EFFECTS, get_args(Baseline), effects, 200, EFFECT_LABELS)
    combined = _chosen_attributes(view)
    if len(combined) < deep[0]:
        st.markdown(CHOOSE_SOME if not combined else CHOOSE_TWO)
        return None
    asked = SlicesQuestion(
        view.system, metric=view.metric, where=view.where, attributes=combined, depth=int(depth),
        min_speakers=int(least),
    )  # fmt: skip
    if question == "combination":
        asked = replace(asked, question="combination")
        return replace(asked, baseline="additive") if effects == "additive" else asked
    return asked


def draw_search(view: View, question: SlicesQuestion) -> SlicesAnswer | None:
    """The button, how far the search has come, and its answer; None where there is none."""
    asked, stopped = (st.session_state.setdefault(name, set()) for name in (_ASKED, _STOPPED))
    key = (view.info.path, view.info.build, question)
    if key not in asked | stopped and loading_slices.is_on_record(view.info, question):
        asked.add(key)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            SEARCH, icon=":material/search:", on_click=asked.add, args=(key,), disabled=key in asked,
            help=SEARCH_HELP,
        )  # fmt: skip
        if key not in asked:
            st.caption(ASK_FIRST)
            return None
        said = st.container(key="searched_note")
    place = st.empty()
    with place.container():
        bar = st.progress(0.0, text=f"{SEARCH} …")
        st.button(STOP, key="stop slices", on_click=_stop, args=(key,))
    try:
        answer = loading_slices.slices_of(
            view.info,
            question,
            lambda step, done, total: _show(bar, step, done, total),
        )
    except QuestionError as problem:
        st.markdown(plain(str(problem)))
        return None
    else:
        said.caption(ASKED)
        return answer
    finally:
        place.empty()


def _stop(key: tuple[Path, str, SlicesQuestion]) -> None:
    """A search on record would begin again by itself."""
    st.session_state[_ASKED].discard(key)
    st.session_state[_STOPPED].add(key)


def draw_lower_minimum(view: View, question: SlicesQuestion, answer: SlicesAnswer) -> None:
    """Why an attribute took no part and, where a lower minimum lets it, the press that searches with that."""
    if not (said := absent_note(answer, view.synthetic)):
        return
    st.markdown(plain(said))
    if (lower := answer.lower_minimum) is None:
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            search_with(lower, view.synthetic),
            icon=":material/search:",
            key="search_smaller",
            on_click=_search_with,
            args=(view, question, lower),
        )
        st.caption(plain(fewer_caution(answer, view.synthetic)))


def _search_with(view: View, question: SlicesQuestion, fewest: int) -> None:
    st.session_state[_LEAST] = str(fewest)
    smaller = replace(question, min_speakers=fewest)
    st.session_state[_ASKED].add((view.info.path, view.info.build, smaller))


def _show(bar: st.delta_generator.DeltaGenerator, step: str, done: int, total: int) -> None:
    bar.progress(min(1.0, done / total) if total else 0.0, text=plain(progress_text(step, done, total)))


def _chosen(
    key: str,
    label: str,
    options: tuple[str, ...],
    default: str,
    width: int,
    labels: dict[str, str] | None = None,
) -> str:
    """One box whose value stands in the address."""
    state.prepare(key, options, default)
    chosen = st.selectbox(
        label,
        options,
        format_func=lambda one: (labels or {}).get(one, one),
        key=key,
        filter_mode=None,
        width=width,
    )
    state.record({key: None if chosen == default else chosen})
    return str(chosen)


def _chosen_attributes(view: View) -> tuple[str, ...]:
    """What is combined: all that was declared by default. The address holds the names, joined by commas."""
    names = [one.name for one in view.info.attributes]
    usual = [one.name for one in view.info.attributes if left_out_because(one) is None]
    box = f"{_BOX} {view.info.name}@{view.info.build}"
    state.prepare(_COMBINED, None, ",".join(usual))
    written = st.session_state[_COMBINED]
    if box not in st.session_state or written != st.session_state.get(_DRAWN):
        st.session_state[box] = [name for name in names if name in written.split(",")] or usual
    chosen = st.pills(COMBINED, names, selection_mode="multi", format_func=attribute_label, key=box)
    now = ",".join(chosen)
    st.session_state[_COMBINED] = st.session_state[_DRAWN] = now
    state.record({_COMBINED: None if set(chosen) == set(usual) else now})
    return tuple(name for name in names if name in chosen)
