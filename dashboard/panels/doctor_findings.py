"""The doctor's findings as plain sentences: what was found, what it means, what to do; examples folded.

Findings of one kind with the same consequence stand together, so that it is said once.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from dashboard.wording_controls import EXAMPLES, more_of_the_same
from dashboard.wording_data import options_legend
from dashboard.wording_markup import plain
from dashboard.wording_trust import (
    BLIND,
    ON_THE_DATA_PAGE,
    SEVERITY_LABELS,
    looked_for,
    means,
    to_do,
    where_unsaid,
)
from data.doctor import DoctorFault
from data.doctor.registry import KINDS

_COLOURS = {"error": "red", "warning": "orange", "note": "gray"}
_SHOWN_TOGETHER = 6


def draw_findings(findings: Sequence[DoctorFault]) -> None:
    """Every finding, in the doctor's order."""
    for (severity, _code, consequence, advice), group in groupby(
        findings, key=lambda one: (one.severity, one.code, one.consequence, one.advice)
    ):
        same = list(group)
        with st.container(border=True, gap="xxsmall"):
            st.markdown(f":small[:{_COLOURS[severity]}[**{plain(SEVERITY_LABELS[severity])}**]]")
            _draw_found(same)
            st.markdown(means(_with_code(consequence)))
            st.markdown(to_do(_with_code(advice)))
            _draw_examples(same)


def draw_looked_for(findings: Sequence[DoctorFault]) -> None:
    """Where a page has what the advice names, everything that was looked for, and what cannot be seen."""
    if legend := options_legend((finding.advice for finding in findings), ON_THE_DATA_PAGE):
        st.caption(plain(legend))
    with st.expander(looked_for(len(KINDS)), type="compact"):
        st.markdown("\n".join(f"- {_with_code(kind.checked)}" for kind in KINDS))
    st.caption(BLIND)


def _draw_found(same: Sequence[DoctorFault]) -> None:
    """What was found and where; the first few at once."""
    for fault in same[:_SHOWN_TOGETHER]:
        st.markdown(f"**{plain(fault.what)}**{_where(fault)}")
    rest = same[_SHOWN_TOGETHER:]
    if rest:
        with st.expander(more_of_the_same(len(rest)), type="compact"):
            for fault in rest:
                st.markdown(f"{plain(fault.what)}{_where(fault)}")


def _where(fault: DoctorFault) -> str:
    unsaid = where_unsaid(fault)
    return f" :small[({plain(unsaid)})]" if unsaid else ""


def _draw_examples(same: Sequence[DoctorFault]) -> None:
    examples = [(fault, example) for fault in same for example in fault.examples]
    if examples:
        with st.expander(EXAMPLES, type="compact"):
            for fault, example in examples:
                place = f"{plain(fault.where)}: " if len(same) > 1 else ""
                st.markdown(f"{place}{plain(example)}")


def _with_code(text: str) -> str:
    """Backticks of the doctor's own sentences as code; all else exactly as it is written."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return plain(text)
    return "".join(f"`{part}`" if place % 2 else _with_ends(part) for place, part in enumerate(parts))


def _with_ends(part: str) -> str:
    """Escaped, with the spaces at its ends that separate it from code."""
    return f"{' ' * part.startswith(' ')}{plain(part)}{' ' * part.endswith(' ')}" if part.strip() else part
