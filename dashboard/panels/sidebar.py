"""The sidebar: what is on screen, and the means to change it.

Draws evaluation, build, system, metric and selection, writes them to the address, and gives
back the view they add up to. It asks no question of an evaluation.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.character_metrics import metrics_in
from analysis.metrics import DEFAULT_METRIC
from analysis.publication import published_counts
from dashboard import loading, state
from dashboard.answers.audience import AUDIENCES, INTERNAL, PUBLIC, Audience
from dashboard.loading import EvaluationInfo
from dashboard.panels.saved_choice import draw_saved_choice
from dashboard.state import NotHereError, View
from dashboard.wording import number, people
from dashboard.wording_audience import AUDIENCE_HELP, AUDIENCE_LABELS
from dashboard.wording_markup import plain
from dashboard.wording_methods import metric_choice, selection_label


def draw_sidebar() -> View | None:
    """Draw it and return what is to be shown; None where there is no evaluation.

    Raises `NotHereError` where the address asks for something that is not on this machine.
    """
    info = state.evaluation_to_show()
    if info is None:
        return None
    state.refuse_unknown(state.SYSTEM, info.systems, "system")
    metrics = metrics_in(info.unit)
    state.refuse_unknown(state.METRIC, metrics, "metric")
    state.refuse_unknown(state.AUDIENCE, AUDIENCES, "audience")
    with st.sidebar:
        counts = _draw_evaluation(info)
        system = _choice("System", info.systems, info.systems[0], state.SYSTEM)
        metric = _choice(
            "Metric",
            list(metrics),
            DEFAULT_METRIC,
            state.METRIC,
            lambda name: metric_choice(metrics[name].label, name in info.undefined_metrics),
        )
        audience = _draw_audience()
        _draw_counts(counts, info, audience)
        state.prepare(state.WHERE, None, "")
        with st.container(gap="xxsmall"):
            view = _draw_selection(info, system, metric, audience)
    state.record(
        {
            **dict.fromkeys((state.METRIC, state.WHERE, state.AUDIENCE)),
            **view.link(),
        }
    )
    return view


def _draw_audience() -> Audience:
    """Whose eyes the pages are for."""
    state.prepare(state.AUDIENCE, AUDIENCES, INTERNAL)
    chosen = st.segmented_control(
        "Audience",
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
            "Evaluation",
            loading.evaluation_names(),
            info.name,
            state.EVALUATION,
            changed=state.choose_everything,
        )
        place = st.empty()
        if loading.evaluation(info.name).build != info.build:
            st.caption("This is not its newest build.")
            st.button("Show the newest", on_click=state.ask_for_newest_build, type="tertiary")
    return place


def _draw_counts(place: DeltaGenerator, info: EvaluationInfo, audience: Audience) -> None:
    counts = info.counts if audience == INTERNAL else published_counts(info.counts)
    n_speakers = int(counts["speakers"])
    place.caption(
        f"build {info.build[:8]}  \n{number(counts['utterances'])} utterances · "
        f"{number(n_speakers)} {people(info.synthetic, n_speakers)}"
    )


def _choice(
    label: str,
    options: Sequence[str],
    default: str,
    key: str,
    worded: Callable[[str], str] = str,
    changed: Callable[[], None] | None = None,
) -> str:
    state.prepare(key, options, default)
    return st.selectbox(
        label, options, format_func=worded, key=key, on_change=changed or "rerun", filter_mode=None
    )


def _draw_selection(info: EvaluationInfo, system: str, metric: str, audience: Audience) -> View:
    """The selection in words, the means to change it, and to clear it even where it cannot be read."""
    words = st.container()
    with st.container(horizontal=True, gap="xsmall"):
        with st.popover("Change", type="tertiary"):
            st.text_input(
                "Recordings to show",
                key=state.WHERE,
                placeholder="accent = 'Scottish' and not noise = 'clean'",
                help="A condition on the attributes of the recordings. The Subgroup page builds it for you.",
            )
        draw_saved_choice(info)
        if st.session_state[state.WHERE]:
            st.button("Clear", on_click=state.choose_everything, type="tertiary")
    try:
        view = View(info, system, metric, state.selection_to_show(info), audience)
    except NotHereError:
        words.markdown(":small[Selection]  \n**cannot be shown**")
        raise
    words.markdown(f":small[Selection]  \n**{plain(selection_label(view.where))}**")
    return view
