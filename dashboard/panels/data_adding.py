"""Add a system: a file joins the recordings of an evaluation, and becomes one more system of a new build."""

from __future__ import annotations

import streamlit as st

from dashboard import loading, loading_data, state
from dashboard.answers.file_parts import system_name
from dashboard.answers.ingest_process import Made
from dashboard.answers.ingest_requests import AddSystemRequest
from dashboard.answers.join_preview import Joined
from dashboard.loading import EvaluationInfo, InputError
from dashboard.panels.data_evaluations import pick_evaluation
from dashboard.panels.data_files import draw_join
from dashboard.panels.data_memory import chosen_before, keep
from dashboard.panels.data_run import Work, draw_run, last_made
from dashboard.panels.data_source import GivenFile, draw_source, token_of
from dashboard.panels.doctor_findings import draw_findings
from dashboard.panels.retests import draw_retests
from dashboard.wording_data import FIELD_LABELS
from dashboard.wording_data_adding import (
    ADD,
    ADD_LEAD,
    ADDED_WAYS_ON,
    OUTPUT,
    UNSCORED,
    added_headline,
    name_taken,
)
from dashboard.wording_data_controls import EMPTY_EXAMPLE, EMPTY_OUTPUT, NOTHING_CHOSEN, SYSTEM_NAME
from dashboard.wording_markup import plain
from dashboard.wording_plan import plan_line, status_sentences
from dashboard.wording_trust import found_sentence

PLACE = "add"
Pairs = tuple[tuple[str, str], ...]


def draw_adding() -> None:
    """Evaluation, file, what joins, the button; then the way to the comparison."""
    st.markdown(ADD_LEAD)
    info = pick_evaluation(PLACE)
    if info is None:
        return
    try:
        files = draw_source(PLACE, several=False)[:1]
        if made := last_made(PLACE, files):
            _draw_added(made)
        if files:
            _draw_file(info, files[0])
    except InputError as problem:
        st.markdown(f":orange[{plain(str(problem))}]")


def _draw_file(info: EvaluationInfo, file: GivenFile) -> None:
    token = token_of(info.name, file.known_as)
    left, right = st.columns(2, gap="large")
    key = f"added {token}"
    name = left.text_input(
        SYSTEM_NAME, value=chosen_before(key, system_name(file.shown)), key=key, max_chars=100
    )
    name = keep(key, name).strip()
    key = f"added null {token}"
    null = right.text_input(EMPTY_OUTPUT, value=chosen_before(key, ""), key=key, placeholder=EMPTY_EXAMPLE)
    null = keep(key, null).strip()
    guess = loading_data.join_of(info, file.path, name, ())
    found_place = st.container()
    mapping = _draw_fields(guess, token)
    found = loading_data.join_of(info, file.path, name, mapping) if mapping else guess
    with found_place:
        draw_join(found, file.shown, name)
    allow = st.checkbox(UNSCORED, key=f"added allow {token}")
    if name in info.systems:
        st.markdown(f":orange[{plain(name_taken(info.name, name))}]")
    request = AddSystemRequest(
        f"{info.name}@{info.build}", loading_data.evaluations_home(), name, file.path, mapping, null, allow
    )
    allowed = bool(name) and name not in info.systems and not found.problems
    draw_run(Work(PLACE, ADD, (file,), lambda: (request, ())), allowed)


def _draw_fields(guess: Joined, token: str) -> Pairs:
    """The columns that were chosen otherwise than guessed."""
    chosen = []
    labels = {"id": FIELD_LABELS["id"], "hypothesis": OUTPUT}
    for place, (field, label) in zip(st.columns(2, gap="large"), labels.items(), strict=True):
        known = guess.fields.get(field)
        if not guess.columns or (known not in guess.columns and known is not None):
            continue
        key = f"added {field} {token_of(token, *guess.columns)}"
        before = chosen_before(key, known)
        column = place.selectbox(
            label,
            guess.columns,
            index=guess.columns.index(before) if before in guess.columns else None,
            key=key,
            placeholder=NOTHING_CHOSEN,
            filter_mode=None,
        )
        keep(key, column)
        if column is not None and column != known:
            chosen.append((field, column))
    return tuple(chosen)


def _draw_added(made: Made) -> None:
    """The system that is there now, how the plan fits, the doctor's first look, and the ways on."""
    try:
        info = loading.evaluation(f"{made.name}@{made.build}")
    except InputError as problem:
        st.markdown(plain(str(problem)))
        return
    system = info.systems[-1]
    st.header(plain(added_headline(made, system)), anchor=False)
    with st.container(horizontal=True, gap="medium"):
        for page, label, icon in ADDED_WAYS_ON:
            link = {**state.start_link(info), state.SYSTEM: system}
            st.page_link(f"app_pages/{page}.py", label=label, icon=icon, query_params=link)
    status = loading_data.plan_of(info)
    st.markdown(plain(" ".join(status_sentences(status) if status.held else [f"{plan_line(info)}."])))
    draw_retests(info)
    findings = loading.quick_doctor_of(info)
    st.markdown(plain(found_sentence(findings, loading.known_findings_of(info) is None)))
    draw_findings(findings or ())
