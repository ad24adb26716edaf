"""What came of an ingest: the faults of the file, or the evaluation with the doctor's first findings."""

from __future__ import annotations

import streamlit as st

from dashboard import loading, state
from dashboard.answers.ingest_process import Made, Refused
from dashboard.exports.faults_csv import export_faults_csv
from dashboard.panels.doctor_findings import draw_findings
from dashboard.panels.html_table import draw_table
from dashboard.wording_data import made_headline, options_legend, refused_headline
from dashboard.wording_markup import plain
from dashboard.wording_trust import QUICK_FINDINGS, findings_sentence
from data.errors import Fault, InputError

MOST_SHOWN = 100
_WAYS_ON = (
    ("heatmap", "Open the heatmap", ":material/grid_on:"),
    ("overview", "Overview", ":material/insights:"),
    ("trust", "All the doctor finds", ":material/stethoscope:"),
)


def draw_refused(refused: Refused, stored: str, shown: str) -> None:
    """Every fault with its row and what to do; those beyond the table are in the file to take away."""
    with st.container(border=True):
        st.header(plain(refused_headline(refused).replace(stored, shown)), anchor=False)
        if refused.faults:
            _draw_faults([_row(fault, stored, shown) for fault in refused.faults], refused.n_faults)
        if legend := options_legend(f"{one.what} {one.advice}" for one in refused.faults):
            st.caption(plain(legend))


def draw_unreadable(faults: tuple[Fault, ...], stored: str, shown: str) -> None:
    """Why nothing can be made of a file at all."""
    draw_refused(Refused("", faults, len(faults)), stored, shown)


def _draw_faults(rows: list[dict[str, str]], n_faults: int) -> None:
    one_file = len({row["File"] for row in rows}) == 1
    names = [name for name in rows[0] if name != "File" or not one_file]
    draw_table(
        [{name: row[name] for name in names} for row in rows[:MOST_SHOWN]], names, "Faults of the file"
    )
    if n_faults > MOST_SHOWN:
        st.caption(f"The first {MOST_SHOWN:,} of {n_faults:,}.")
        st.download_button(
            f"The first {len(rows):,} as CSV" if n_faults > len(rows) else f"All {len(rows):,} as CSV",
            export_faults_csv(rows),
            file_name="faults.csv",
            mime="text/csv",
            key="faults_csv",
            on_click="ignore",
        )


def _row(fault: Fault, stored: str, shown: str) -> dict[str, str]:
    def named(text: str) -> str:
        return text.replace(stored, shown)

    return {
        "File": named(fault.file),
        "Row": f"{fault.row:,}" if fault.row is not None else "–",
        "Column or field": named(fault.field or "–"),
        "What is wrong": named(fault.what),
        "What to do": named(fault.advice) or "–",
    }


def draw_made(made: Made) -> None:
    """The evaluation that is there now, what the doctor says at first sight, and the way on."""
    st.header(plain(made_headline(made)), anchor=False)
    try:
        info = loading.evaluation(f"{made.name}@{made.build}")
    except InputError as problem:
        st.markdown(plain(str(problem)))
        return
    with st.container(horizontal=True, gap="medium"):
        for page, label, icon in _WAYS_ON:
            st.page_link(f"app_pages/{page}.py", label=label, icon=icon, query_params=state.start_link(info))
    findings = loading.quick_doctor_of(info)
    st.markdown(plain(f"{findings_sentence(findings)} {QUICK_FINDINGS}"))
    draw_findings(findings)
    if legend := options_legend(finding.advice for finding in findings):
        st.caption(plain(legend))
