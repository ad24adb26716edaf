"""How far the overview can be relied on, a line each: the plan, what the doctor found, what was tested.

Each line leads to the page that has the whole of it. Computes nothing.
"""

from __future__ import annotations

import streamlit as st

from dashboard import loading
from dashboard.answers.coverage import CoverageQuestion
from dashboard.answers.grid import default_layout
from dashboard.state import View
from dashboard.wording_coverage import coverage_sentence
from dashboard.wording_markup import plain
from dashboard.wording_overview_move import COVERAGE, COVERAGE_OF_BUILD, DOCTOR, plan_named
from dashboard.wording_trust import found_sentence


def draw_state(view: View) -> None:
    """Plan, doctor and coverage; of a public view the plan only, since the others name what is withheld."""
    name, said = plan_named(view.info)
    lines = [(name, said)]
    if not view.is_public:
        quick = loading.known_findings_of(view.info) is None
        lines.append((DOCTOR, found_sentence(loading.quick_doctor_of(view.info), quick)))
        if coverage := _coverage_line(view):
            lines.append((COVERAGE, coverage))
    with st.container(gap="xxsmall"):
        for name, said in lines:
            st.markdown(f":small[**{name}** {plain(said)}]")


def _coverage_line(view: View) -> str | None:
    """The combinations of the heatmap that opens first; None where nothing is described."""
    attributes = view.info.attributes
    if all(attribute.derived for attribute in attributes):
        return None
    answer = loading.coverage_of(
        view.info, CoverageQuestion(view.system, default_layout(attributes), metric=view.metric)
    )
    return f"{coverage_sentence(answer, view.synthetic)} {COVERAGE_OF_BUILD}"
