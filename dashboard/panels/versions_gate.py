"""What the release gate would say: the result, every group, and the command that says the same in a pipeline."""

from __future__ import annotations

import streamlit as st

from analysis.expression import to_expression
from analysis.selection import EVERYTHING
from dashboard import loading_versions, state
from dashboard.answers.choices import QuestionError
from dashboard.answers.families import margin_in_force
from dashboard.answers.gate import GateAnswer, GateQuestion
from dashboard.answers.gate_document import gate_document
from dashboard.answers.versions import VersionsQuestion
from dashboard.panels.html_table import draw_table
from dashboard.panels.versions_controls import chosen_groups
from dashboard.state import View
from dashboard.wording_controls import BOUND, HELD_AGAINST
from dashboard.wording_gate import GATE_NOTE, NO_GATE, WORDS_OF_TABLE, gate_command, gate_line, gate_sentence
from dashboard.wording_markup import plain
from dashboard.wording_tables import GATE_GROUPS
from dashboard.wording_verdicts import margin_text
from dashboard.wording_versions import HELD_LABELS, RELEASE_GATE

OTHERS, CURRENT = "others", "current"
_BOUNDS = (1.05, 1.1, 1.15, 1.2, 1.25, 1.3, 1.4, 1.5, 1.75, 2.0, 2.5, 3.0)


def draw_gate_preview(view: View, question: VersionsQuestion) -> None:
    """The same function as the command, with the bound and the comparison as controls."""
    with st.container(horizontal=True, gap="medium"):
        held = _chosen_held(question)
        bound = _chosen_bound(view)
    if held == OTHERS and question.rows is None:
        st.markdown(NO_GATE)
        return
    by = () if question.rows is None else (question.rows,)
    baseline = question.current if held == CURRENT else None
    _draw_gate(view, GateQuestion(view.system, by, bound, baseline, view.metric, view.where))


def draw_gate_alone(view: View) -> None:
    """The gate of an evaluation with one system: each group against the others; nothing where no groups are described."""
    if not view.info.attributes:
        return
    st.header(RELEASE_GATE, anchor=False)
    with st.container(horizontal=True, gap="medium"):
        by = chosen_groups(st.container(width="content"), view)
        bound = _chosen_bound(view)
    _draw_gate(view, GateQuestion(view.system, (by,), bound, metric=view.metric, where=view.where))


def _draw_gate(view: View, asked: GateQuestion) -> None:
    try:
        answer = loading_versions.gate_of(view.info, asked)
    except QuestionError as refused:
        # The rest of the page may be filtered by its own groups; a gate may not.
        st.markdown(plain(str(refused)))
        return
    _draw_result(view, answer)


def _draw_result(view: View, answer: GateAnswer) -> None:
    document = gate_document(view.info, answer)
    st.markdown(f"**{plain(gate_sentence(document))}**")
    if document["rows"]:
        lines = [gate_line(row, view.synthetic) for row in document["rows"]]
        draw_table(lines, WORDS_OF_TABLE, GATE_GROUPS)
    st.caption(plain(GATE_NOTE))
    where = "" if view.where == EVERYTHING else to_expression(view.where)
    st.code(gate_command(document, where), language="bash", wrap_lines=True)


def _chosen_held(question: VersionsQuestion) -> str:
    state.prepare(state.HELD, (OTHERS, CURRENT), OTHERS)
    held = st.selectbox(
        HELD_AGAINST,
        (OTHERS, CURRENT),
        format_func=lambda code: HELD_LABELS[code].format(current=question.current),
        key=state.HELD,
        filter_mode=None,
        width=320,
    )
    state.record({state.HELD: None if held == OTHERS else held})
    return str(held)


def _chosen_bound(view: View) -> float | None:
    """The ratio to stay below; None for the usual one, unless the reader asks for another."""
    margin = margin_in_force(view.info)
    options = [f"{one:g}" for one in sorted({*_BOUNDS, margin})]
    usual = f"{margin:g}"
    state.prepare(state.BOUND, options, usual)
    bound = st.select_slider(
        BOUND,
        options,
        key=state.BOUND,
        format_func=lambda text: margin_text(float(text)),
        width=320,
    )
    state.record({state.BOUND: None if bound == usual else bound})
    return None if bound == usual else float(bound)
