"""What came of an ingest: the faults of the file, or the evaluation with the doctor's first findings."""

from __future__ import annotations

import csv
import io

import streamlit as st

from dashboard import loading, state
from dashboard.answers.ingest_process import Made, Refused
from dashboard.panels.doctor_findings import draw_findings
from dashboard.panels.html_table import draw_table
from dashboard.wording_data import made_headline, options_legend, refused_headline
from dashboard.wording_markup import plain
from dashboard.wording_trust import QUICK_FINDINGS, findings_sentence
from data.errors import Fault, InputError

MOST_SHOWN = 100


def draw_refused(refused: Refused, stored: str, shown: str) -> None:
    """Every fault with its row and what to do; those beyond the table are in the file to take away."""
    with st.container(border=True):
        st.subheader(plain(refused_headline(refused)), anchor=False)
        if not refused.faults:
            return
        rows = [_row(fault, stored, shown) for fault in refused.faults]
        draw_table(rows[:MOST_SHOWN], [*rows[0]], "Faults of the file")
        if refused.n_faults > MOST_SHOWN:
            st.caption(f"The first {MOST_SHOWN:,} of {refused.n_faults:,}.")
            st.download_button(
                f"All {len(rows):,} as CSV",
                _as_csv(rows),
                file_name="faults.csv",
                mime="text/csv",
                key="faults_csv",
                on_click="ignore",
            )
        if legend := options_legend(refused.faults):
            st.caption(plain(legend))


def _row(fault: Fault, stored: str, shown: str) -> dict[str, str]:
    def named(text: str) -> str:
        return text.replace(stored, shown)

    return {
        "Row": f"{fault.row:,}" if fault.row is not None else "–",
        "Column or field": named(fault.field or "–"),
        "What is wrong": named(fault.what),
        "What to do": named(fault.advice) or "–",
        "File": named(fault.file),
    }


def _as_csv(rows: list[dict[str, str]]) -> bytes:
    written = io.StringIO()
    writer = csv.DictWriter(written, [*rows[0]])
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode("utf-8-sig")


def draw_made(made: Made) -> None:
    """The evaluation that is there now, what the doctor says at first sight, and the way on."""
    with st.container(border=True):
        st.subheader(plain(made_headline(made)), anchor=False)
        try:
            info = loading.evaluation(f"{made.name}@{made.build}")
        except InputError as problem:
            st.markdown(plain(str(problem)))
            return
        link = state.start_link(info)
        with st.container(horizontal=True, gap="medium"):
            for page, label, icon in (
                ("heatmap", "Open the heatmap", ":material/grid_on:"),
                ("overview", "Overview", ":material/insights:"),
                ("trust", "All the doctor finds", ":material/stethoscope:"),
            ):
                st.page_link(f"app_pages/{page}.py", label=label, icon=icon, query_params=link)
        findings = loading.quick_doctor_of(info)
        st.markdown(plain(f"{findings_sentence(findings)} {QUICK_FINDINGS}"))
        draw_findings(findings)
