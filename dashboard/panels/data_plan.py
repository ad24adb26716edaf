"""The plan: what is set now, a form for another, what is wrong with it, and taking it out of force."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import streamlit as st

from dashboard import loading_data
from dashboard.answers.plan import LARGEST_FILE
from dashboard.loading import EvaluationInfo, InputError
from dashboard.panels.data_evaluations import pick_evaluation
from dashboard.panels.data_plan_form import PlanForm
from dashboard.wording_data_boxes import (
    PLAN_FILE,
    PLAN_REMOVED,
    PLAN_SET,
    meant_not_recorded,
    recorded_not_declared,
)
from dashboard.wording_data_controls import OUT_OF_FORCE
from dashboard.wording_data_plan import (
    ANOTHER_PLAN,
    DOWNLOAD,
    FROM_FILE,
    NO_JSON,
    NOW_SET,
    PLAN_LEAD,
    REMOVE,
    REMOVE_QUESTION,
    SAME_PLAN,
    SET,
    START_AGAIN,
    WHAT_TO_DECLARE,
    after_results,
)
from dashboard.wording_markup import plain
from dashboard.wording_plan import plan_sentences, status_sentences, without_data_words

_SAID = "said of the plan"


def draw_plan() -> None:
    """The evaluation, its plan in sentences, and the form."""
    st.markdown(PLAN_LEAD)
    info = pick_evaluation("plan")
    if info is None:
        return
    if said := st.session_state.pop(_SAID, None):
        st.markdown(f"**{plain(said)}**")
    _draw_status(info)
    if info.plan is None:
        st.header(WHAT_TO_DECLARE, anchor=False)
        _draw_form(info)
    else:
        with st.expander(ANOTHER_PLAN):
            _draw_form(info)


def _draw_status(info: EvaluationInfo) -> None:
    """What holds, and what can be done with it."""
    status = loading_data.plan_of(info)
    st.header(NOW_SET, anchor=False)
    st.markdown(plain(" ".join(status_sentences(status))))
    if status.held is None:
        return
    st.markdown("\n".join(f"- {plain(line)}" for line in plan_sentences(status.held.plan)))
    with st.container(horizontal=True):
        written = json.dumps(status.held.plan.to_json(), ensure_ascii=False, indent=1)
        st.download_button(
            DOWNLOAD, written, "plan.json", "application/json", key="plan json", on_click="ignore"
        )
        with st.popover(REMOVE, icon=":material/delete:"):
            st.markdown(REMOVE_QUESTION)
            if st.button(OUT_OF_FORCE, key=f"remove plan {info.name}"):
                _do(PLAN_REMOVED, lambda: loading_data.remove_plan(info))


def _draw_form(info: EvaluationInfo) -> None:
    revision, start = _start(info)
    form = PlanForm(info, f"{_place(info)} {revision}", start)
    form.draw()
    wanted, faults = form.read()
    form.show_faults(faults)
    held = info.plan
    if wanted is not None:
        check = loading_data.check_of(info, wanted)
        form.show_faults([(fault.field, f"{fault.what} {fault.advice}") for fault in check.faults])
        for note in check.notes:
            st.caption(plain(str(note)))
        if check.without_data:
            st.markdown(plain(meant_not_recorded(without_data_words(check.without_data))))
        if check.not_declared:
            st.caption(plain(recorded_not_declared(without_data_words(check.not_declared))))
    is_same = wanted is not None and held is not None and held.sha256 == wanted.sha256
    if is_same:
        st.caption(SAME_PLAN)
    elif opened := loading_data.plan_of(info).results_opened:
        st.markdown(plain(after_results(opened)))
    with st.container(horizontal=True):
        is_set = st.button(SET, key="set plan", icon=":material/check:", disabled=form.has_faults or is_same)
        if st.button(START_AGAIN, key="draft plan", type="tertiary"):
            _begin(info, loading_data.draft_plan(info).to_json())
            st.rerun()
        with st.popover(FROM_FILE, type="tertiary"):
            _draw_upload(info)
    if is_set and wanted:
        _do(PLAN_SET, lambda: loading_data.set_plan(info, wanted))


def _draw_upload(info: EvaluationInfo) -> None:
    """A plan.json whose content fills the form; it is set no sooner than by its button."""
    revision, _ = _start(info)
    file = st.file_uploader(PLAN_FILE, key=f"plan file {_place(info)} {revision}", max_upload_size=2)
    if file is None:
        return
    try:
        plan = loading_data.read_plan(json.loads(file.getvalue()[:LARGEST_FILE].decode("utf-8-sig")))
    except InputError as problem:
        for fault in problem.faults:
            st.markdown(f":orange[{plain(f'{fault.field}: {fault.what} {fault.advice}')}]")
        return
    except (ValueError, RecursionError):
        st.markdown(f":orange[{NO_JSON}]")
        return
    _begin(info, plan.to_json())
    st.rerun()


def _start(info: EvaluationInfo) -> tuple[int, dict[str, Any]]:
    """What the form holds at first: the plan that is set, else the groups as they were recorded."""
    key = f"plan start {_place(info)}"
    if key not in st.session_state:
        plan = info.plan.plan if info.plan else loading_data.draft_plan(info)
        st.session_state[key] = (0, plan.to_json())
    revision, plain_plan = st.session_state[key]
    return revision, plain_plan


def _begin(info: EvaluationInfo, plain_plan: dict[str, Any]) -> None:
    """Fill the form anew from the next run on; its boxes get new keys, because one that is drawn keeps its value."""
    revision, _ = _start(info)
    st.session_state[f"plan start {_place(info)}"] = (revision + 1, plain_plan)


def _place(info: EvaluationInfo) -> str:
    """Tells one form from another: a new build or another plan in force begins it anew, so that nothing in it is stale."""
    return f"{info.name} {info.build} {info.plan.sha256[:12] if info.plan else ''}"


def _do(said: str, action: Callable[[], None]) -> None:
    try:
        action()
    except (InputError, OSError) as problem:
        st.markdown(f":orange[{plain(str(problem))}]")
        return
    st.session_state[_SAID] = said
    st.rerun()
