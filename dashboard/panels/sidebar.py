"""The sidebar: what is on screen, and the means to change it.

Draws evaluation, build, system, metric and selection, writes them to the address, and gives
back the view they add up to. It asks no question of an evaluation.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.character_metrics import metrics_in
from analysis.metrics import DEFAULT_METRIC
from analysis.publication import published_counts
from analysis.selection import EVERYTHING
from dashboard import loading, state, state_evaluation
from dashboard.answers.audience import AUDIENCES, INTERNAL, PUBLIC, Audience
from dashboard.loading import EvaluationInfo
from dashboard.panels.saved_choice import draw_saved_choice
from dashboard.state import NotHereError, View
from dashboard.wording_audience import AUDIENCE_HELP, AUDIENCE_LABELS
from dashboard.wording_controls import (
    AUDIENCE,
    CHANGE_SELECTION,
    CLEAR,
    CONDITION_EXAMPLE,
    CONDITION_HELP,
    NOT_NEWEST,
    RECORDINGS_TO_SHOW,
    SELECTION_NOT_SHOWN,
    SHOW_NEWEST,
)
from dashboard.wording_markup import plain
from dashboard.wording_methods import metric_choice, selection_label
from dashboard.wording_sidebar import (
    ALONE_LABEL,
    CURRENT_HELP,
    CURRENT_LABEL,
    EVALUATION_LABEL,
    METRIC_LABEL,
    SYSTEM_LABEL,
    build_counts,
    roles_sentence,
)

_BOX = "what the box of the current system was drawn for"
"""Evaluation, system, and the current system that the page lent it; None where the one in the box was chosen."""


def draw_sidebar(compares: bool = False) -> View | None:
    """Draw it and return what is to be shown; None where there is no evaluation.

    `compares` says that the page needs two systems, so that one by itself is no choice.
    Raises `NotHereError` where the address asks for something that is not on this machine.
    """
    info = state_evaluation.evaluation_to_show()
    if info is None:
        return None
    state.refuse_unknown(state.SYSTEM, info.systems, "system")
    metrics = metrics_in(info.unit)
    state.refuse_unknown(state.METRIC, metrics, "metric")
    state.refuse_unknown(state.AUDIENCE, AUDIENCES, "audience")
    with st.sidebar:
        counts = _draw_evaluation(info)
        system, current, is_lent = _draw_systems(info, compares)
        metric = _choice(
            METRIC_LABEL,
            list(metrics),
            DEFAULT_METRIC,
            state.METRIC,
            lambda name: metric_choice(metrics[name].label, name in info.undefined_metrics),
        )
        audience = _draw_audience()
        _draw_counts(counts, info, audience)
        state.prepare(state.WHERE, None, "")
        with st.container(gap="xxsmall"):
            view = _draw_selection(View(info, system, metric, EVERYTHING, audience, current, is_lent))
    state.record(
        {
            **dict.fromkeys((state.METRIC, state.WHERE, state.AUDIENCE, state.CURRENT)),
            **view.link(),
        }
    )
    return view


def _draw_audience() -> Audience:
    """Whose eyes the pages are for."""
    state.prepare(state.AUDIENCE, AUDIENCES, INTERNAL)
    chosen = st.segmented_control(
        AUDIENCE,
        AUDIENCES,
        required=True,
        format_func=AUDIENCE_LABELS.__getitem__,
        key=state.AUDIENCE,
        help=AUDIENCE_HELP,
    )
    return PUBLIC if chosen == PUBLIC else INTERNAL


def _draw_evaluation(info: EvaluationInfo) -> DeltaGenerator:
    """The evaluation; returns where its counts stand, which depend on the audience."""
    with st.container(gap="xxsmall"):
        _choice(
            EVALUATION_LABEL,
            loading.evaluation_names(),
            info.name,
            state.EVALUATION,
            changed=state.choose_everything,
        )
        place = st.empty()
        if loading.evaluation(info.name).build != info.build:
            st.caption(NOT_NEWEST)
            st.button(SHOW_NEWEST, on_click=state_evaluation.ask_for_newest_build, type="tertiary")
    return place


def _draw_counts(place: DeltaGenerator, info: EvaluationInfo, audience: Audience) -> None:
    counts = info.counts if audience == INTERNAL else published_counts(info.counts)
    n_speakers = int(counts["speakers"])
    place.caption(build_counts(info.name, info.build, counts["utterances"], n_speakers, info.synthetic))


def _choice(
    label: str,
    options: Sequence[str],
    default: str,
    key: str,
    worded: Callable[[str], str] = str,
    changed: Callable[[], None] | None = None,
    help_text: str | None = None,
) -> str:
    state.prepare(key, options, default)
    return st.selectbox(
        label,
        options,
        format_func=worded,
        key=key,
        on_change=changed or "rerun",
        filter_mode=None,
        help=help_text,
    )


def _draw_systems(info: EvaluationInfo, compares: bool) -> tuple[str, str | None, bool]:
    """The system on screen, the one it would replace, and whether that is lent; their roles in a line under them."""
    with st.container(gap="xsmall"):
        usual = state.usual_system(info.systems)
        system = _choice(SYSTEM_LABEL, info.systems, usual, state.SYSTEM, changed=state.forget_current)
        current, is_lent = _draw_current(info, system, compares)
        if len(info.systems) > 1:
            st.caption(plain(roles_sentence(system, current, newest=usual)))
    return system, current, is_lent


def _draw_current(info: EvaluationInfo, system: str, compares: bool) -> tuple[str | None, bool]:
    """The system that a move to the one on screen would start from, and whether it is lent; None where it stands by itself."""
    alone = state.alone(info.systems)
    state.refuse_unknown(state.CURRENT, (alone, *info.systems), "system")
    if len(info.systems) < 2:
        return None, False
    others = [one for one in info.systems if one != system]
    usual = state.usual_current(info.systems, system)
    is_lent = _prepare_current(info, system, [alone, *others], usual or alone, compares)
    chosen = _choice(
        CURRENT_LABEL,
        others if compares else [alone, *others],
        usual or (others[0] if compares else alone),
        state.CURRENT,
        lambda one: ALONE_LABEL if one == alone else one,
        help_text=CURRENT_HELP,
    )
    return (None if chosen == alone else chosen), is_lent


def _prepare_current(
    info: EvaluationInfo, system: str, options: Sequence[str], usual: str, compares: bool
) -> bool:
    """Fill the box of the current system before it is drawn; true where the page lends one that nobody chose.

    `options` begins with none, the system by itself. A page that compares lends a system that stands by itself another
    one. That stays in the box while page, evaluation and system do, and is in no link: for anything else the box is
    filled from the address, which says what was chosen.
    """
    evaluation, candidate, lent = st.session_state.get(_BOX, (None, None, None))
    same = (evaluation, candidate) == (info.name, system) and not state.is_asked_anew(state.CURRENT)
    stays = lent is not None and st.session_state.get(state.CURRENT) == lent
    if not same or (stays and not compares):
        st.session_state.pop(state.CURRENT, None)
        stays = False
    alone, *others = options
    if not stays:
        state.prepare(state.CURRENT, options, usual)
        stays = compares and st.session_state[state.CURRENT] == alone
        if stays:
            st.session_state[state.CURRENT] = others[0] if usual == alone else usual
    st.session_state[_BOX] = (info.name, system, st.session_state[state.CURRENT] if stays else None)
    return stays


def _draw_selection(shown: View) -> View:
    """The selection in words, the means to change it, and to clear it even where it cannot be read."""
    words = st.container()
    with st.container(horizontal=True, gap="xsmall"):
        with st.popover(CHANGE_SELECTION, type="tertiary"):
            st.text_input(
                RECORDINGS_TO_SHOW,
                key=state.WHERE,
                placeholder=CONDITION_EXAMPLE,
                help=CONDITION_HELP,
            )
        draw_saved_choice(shown.info)
        if st.session_state[state.WHERE]:
            st.button(CLEAR, on_click=state.choose_everything, type="tertiary")
    try:
        view = replace(shown, where=state_evaluation.selection_to_show(shown.info))
    except NotHereError:
        words.markdown(SELECTION_NOT_SHOWN)
        raise
    words.markdown(f":small[Selection]  \n**{plain(selection_label(view.where))}**")
    return view
