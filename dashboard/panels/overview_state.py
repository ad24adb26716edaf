"""What stands behind the overview, a line each: ranges, other mixes, conditions, the plan, the doctor, what was tested.

It comes after the pictures and computes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import loading
from dashboard.answers.coverage import CoverageQuestion
from dashboard.answers.layouts import default_layout
from dashboard.answers.overview import Overview
from dashboard.answers.rates import RatesAnswer, RatesQuestion
from dashboard.state import View
from dashboard.wording_coverage import coverage_sentence
from dashboard.wording_markup import plain
from dashboard.wording_mixes import Said
from dashboard.wording_overview import BEHIND, lines_behind
from dashboard.wording_overview_move import COVERAGE, COVERAGE_OF_BUILD, DOCTOR, plan_named
from dashboard.wording_sensitivity import KNOWN, known_sentence
from dashboard.wording_trust import found_sentence


def draw_state(view: View, answer: Overview, first: Sequence[Said]) -> None:
    """All lines, those of the heading first; of a public view not those that name what is withheld."""
    lines = [*first, *lines_behind(answer, view.synthetic), plan_named(view.info)]
    if not view.is_public:
        quick = loading.known_findings_of(view.info) is None
        lines.append((DOCTOR, found_sentence(loading.quick_doctor_of(view.info), quick)))
        if answer.groups and (
            counted := loading.known_sensitivity_of(view.info, _same_asked(view, answer.groups))
        ):
            lines.append((KNOWN, known_sentence(counted)))
        if coverage := _coverage_line(view):
            lines.append((COVERAGE, coverage))
    with st.container(gap="xxsmall"):
        with st.container(key="behind_heading"):
            st.markdown(f"**{BEHIND}**")
        for name, said in lines:
            lead = f"**{plain(name)}** " if name else ""
            st.markdown(f":small[{lead}{plain(said)}]")


def _coverage_line(view: View) -> str | None:
    """The combinations of the heatmap that opens first; None where nothing is described."""
    attributes = view.info.attributes
    if all(attribute.derived for attribute in attributes):
        return None
    answer = loading.coverage_of(
        view.info, CoverageQuestion(view.system, default_layout(attributes), metric=view.metric)
    )
    return f"{coverage_sentence(answer, view.synthetic)} {COVERAGE_OF_BUILD}"


def _same_asked(view: View, groups: RatesAnswer) -> RatesQuestion:
    """The question of the Trust page about the groups of this one."""
    return RatesQuestion(view.system, groups.question.by, view.metric, view.where)
