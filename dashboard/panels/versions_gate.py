"""What the release gate would say: the result, every group, and the command that says the same in a pipeline."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from analysis.expression import to_expression
from analysis.plan_families import planned_comparator
from analysis.selection import EVERYTHING
from dashboard import loading, loading_versions, state
from dashboard.answers.choices import QuestionError
from dashboard.answers.families import margin_in_force
from dashboard.answers.gate import GateQuestion
from dashboard.answers.gate_document import gate_document
from dashboard.answers.grid import Grid, GridQuestion
from dashboard.answers.layouts import default_layout
from dashboard.answers.overview import combinations_of
from dashboard.answers.versions import Versions, VersionsQuestion
from dashboard.panels.html_table import draw_table
from dashboard.panels.versions_controls import chosen_groups
from dashboard.state import View
from dashboard.wording_controls import BOUND, HELD_AGAINST
from dashboard.wording_gate import (
    AGAINST_OTHERS,
    GATE_NOTE,
    HELD_ALIKE,
    NO_GROUPS,
    WORDS_OF_TABLE,
    combinations_beside,
    compared_with,
    gate_command,
    gate_line,
    gate_sentence,
    held_alike,
)
from dashboard.wording_markup import plain
from dashboard.wording_tables import GATE_GROUPS
from dashboard.wording_verdicts import margin_text
from dashboard.wording_versions import HELD_LABELS, RELEASE_GATE

OTHERS, CURRENT = "others", "current"
_BOUNDS = (1.05, 1.1, 1.15, 1.2, 1.25, 1.3, 1.4, 1.5, 1.75, 2.0, 2.5, 3.0)


def draw_gate_preview(view: View, question: VersionsQuestion, answer: Versions) -> str:
    """The same function as the command, with the bound and the comparison as controls; returns what it says for a memo."""
    if question.rows is None:
        st.markdown(plain(NO_GROUPS.format(current=question.current)))
        alone = GateQuestion(view.system, (), _chosen_bound(view), question.current, view.metric, view.where)
        return _draw_gate(view, alone)
    with st.container(horizontal=True, gap="medium"):
        held = _chosen_held(view, question)
        bound = _chosen_bound(view)
    others = GateQuestion(view.system, (question.rows,), bound, None, view.metric, view.where)
    if held == CURRENT:
        asked = replace(others, baseline=question.current)
        return _draw_gate(view, asked, AGAINST_OTHERS, others, answer.combinations)
    return _draw_gate(view, others, HELD_ALIKE, replace(others, system=question.current), answer.alone)


def draw_gate_alone(view: View) -> None:
    """The gate of an evaluation with one system: each group against the others; nothing where no groups are described."""
    if not view.info.attributes:
        return
    st.header(RELEASE_GATE, anchor=False)
    with st.container(horizontal=True, gap="medium"):
        by = chosen_groups(st.container(width="content"), view)
        bound = _chosen_bound(view)
    across = next((name for name in default_layout(view.info.attributes) if name != by), None)
    combined = GridQuestion(by, across, None, view.system, view.metric, view.where)
    crossed = loading.grid_of(view.info, combined) if across else None
    alone = GateQuestion(view.system, (by,), bound, metric=view.metric, where=view.where)
    _draw_gate(view, alone, crossed=crossed)


def _draw_gate(
    view: View,
    asked: GateQuestion,
    lead: str = "",
    beside: GateQuestion | None = None,
    crossed: Grid | None = None,
) -> str:
    """Result, groups and command; returns the sentences.

    beside: another question whose result stands next to it, after `lead`. crossed: combinations of its groups.
    """
    try:
        document = _document(view, asked)
        other = held_alike(lead, _document(view, beside)) if beside else ""
    except QuestionError as refused:
        # The rest of the page may be filtered by its own groups; a gate may not.
        st.markdown(plain(str(refused)))
        return ""
    combined = ""
    if crossed is not None:
        found = combinations_of(crossed)
        combined = combinations_beside(found, crossed.table.metric, view.system, asked.baseline)
    said = [gate_sentence(document), *filter(None, (other, combined))]
    with st.container(gap="xxsmall"):
        st.markdown(f"**{plain(said[0])}**")
        if said[1:]:
            st.markdown(plain(" ".join(said[1:])))
    _draw_groups(view, document)
    return " ".join(said)


def _document(view: View, asked: GateQuestion) -> dict[str, Any]:
    return gate_document(view.info, loading_versions.gate_of(view.info, asked))


def _draw_groups(view: View, document: dict[str, Any]) -> None:
    """Every group, and the command that gives the same."""
    if document["rows"]:
        lines = [gate_line(row, view.synthetic) for row in document["rows"]]
        draw_table(lines, WORDS_OF_TABLE, GATE_GROUPS)
    st.caption(plain(GATE_NOTE))
    where = "" if view.where == EVERYTHING else to_expression(view.where)
    st.code(gate_command(document, where), language="bash", wrap_lines=True)


def _chosen_held(view: View, question: VersionsQuestion) -> str:
    plan = view.info.plan.plan if view.info.plan else None
    grouped = [one for one in view.info.attributes if one.name == question.rows]
    others = compared_with(planned_comparator(plan, grouped) or "complement")
    state.prepare(state.HELD, (OTHERS, CURRENT), OTHERS)
    held = st.selectbox(
        HELD_AGAINST,
        (OTHERS, CURRENT),
        format_func=lambda code: HELD_LABELS[code].format(current=question.current, others=others),
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
