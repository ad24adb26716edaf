"""The doctor's findings as plain sentences: what was found, what it means, what to do; long examples folded.

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
    commands_legend,
    looked_for,
    means,
    names_example,
    to_do,
)
from data.doctor import DoctorFault
from data.doctor.registry import KINDS

_COLOURS = {"error": "red", "warning": "orange", "note": "gray"}
_SHOWN_TOGETHER = 6
_EXAMPLES_AT_ONCE, _SHORT = 3, 120


def draw_findings(findings: Sequence[DoctorFault]) -> None:
    """Every finding, in the doctor's order, with where the dashboard has what its advice names."""
    for (severity, _code, consequence, advice), group in groupby(
        findings, key=lambda one: (one.severity, one.code, one.consequence, one.advice)
    ):
        same = list(group)
        examples = _examples(same)
        # A few short ones may be all there is, and tell more than the sentence above them.
        at_once = len(examples) <= _EXAMPLES_AT_ONCE and all(len(one) <= _SHORT for one in examples)
        with st.container(border=True, gap="xxsmall"):
            st.markdown(f":small[:{_COLOURS[severity]}[**{plain(SEVERITY_LABELS[severity])}**]]")
            _draw_found(same)
            for example in examples if at_once else ():
                st.markdown(plain(example))
            st.markdown(means(_with_code(consequence)))
            st.markdown(to_do(_with_code(advice)))
            for legend in (options_legend([advice], ON_THE_DATA_PAGE), commands_legend([advice])):
                if legend:
                    st.caption(plain(legend))
            if not at_once:
                with st.expander(EXAMPLES, type="compact"):
                    for example in examples:
                        st.markdown(plain(example))


def draw_looked_for() -> None:
    """Everything that was looked for, and what cannot be seen."""
    with st.expander(looked_for(len(KINDS)), type="compact"):
        st.markdown("\n".join(f"- {_with_code(kind.checked)}" for kind in KINDS))
    st.caption(BLIND)


def _draw_found(same: Sequence[DoctorFault]) -> None:
    """What was found, each in the sentence that names its place; the first few at once."""
    for fault in same[:_SHOWN_TOGETHER]:
        st.markdown(f"**{plain(fault.what)}**")
    rest = same[_SHOWN_TOGETHER:]
    if rest:
        with st.expander(more_of_the_same(len(rest)), type="compact"):
            for fault in rest:
                st.markdown(plain(fault.what))


def _examples(same: Sequence[DoctorFault]) -> list[str]:
    """Those that the sentences do not name, each with its place where there are several."""
    return [
        f"{f'{fault.where}: ' if len(same) > 1 else ''}{example}"
        for fault in same
        for example in fault.examples
        if not names_example(fault.what, example)
    ]


def _with_code(text: str) -> str:
    """Backticks of the doctor's own sentences as code; all else exactly as it is written."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return plain(text)
    return "".join(f"`{part}`" if place % 2 else _with_ends(part) for place, part in enumerate(parts))


def _with_ends(part: str) -> str:
    """Escaped, with the spaces at its ends that separate it from code."""
    return f"{' ' * part.startswith(' ')}{plain(part)}{' ' * part.endswith(' ')}" if part.strip() else part
