"""What came of an ingest: the faults of the file, or the evaluation with the doctor's first findings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import loading, state
from dashboard.answers.ingest_process import Made, Refused
from dashboard.exports.faults_csv import export_faults_csv
from dashboard.panels.doctor_findings import draw_findings
from dashboard.panels.html_table import draw_table
from dashboard.panels.retests import draw_retests
from dashboard.panels.saved_retests import draw_saved_retests
from dashboard.wording_controls import OPEN_HEATMAP
from dashboard.wording_data import LIST_NAMES, made_headline, options_legend, refused_headline
from dashboard.wording_data_boxes import (
    faults_to_download,
    first_faults,
    rows_together,
    what_to_do_for_all,
)
from dashboard.wording_data_controls import ALL_FOUND, FIELD, FILE, OVERVIEW, ROW, TO_DO, WHAT_IS_WRONG
from dashboard.wording_markup import plain
from dashboard.wording_tables import FAULTS
from dashboard.wording_trust import found_sentence
from data.errors import Fault, InputError

MOST_SHOWN = 30
_WAYS_ON = (
    ("heatmap", OPEN_HEATMAP, ":material/grid_on:"),
    ("overview", OVERVIEW, ":material/insights:"),
    ("trust", ALL_FOUND, ":material/stethoscope:"),
)


def draw_refused(refused: Refused, names: Mapping[str, str]) -> None:
    """Every fault with its row and what to do; those beyond the table are in the file to take away.

    names: what the reader calls each file, by the name it has on the disk.
    """
    is_one_file = len(names) == 1 and {fault.file for fault in refused.faults} <= {*names}
    names = {**LIST_NAMES, **names}
    with st.container(border=True):
        st.header(plain(_named(refused_headline(refused, is_one_file), names)), anchor=False)
        if legend := options_legend(f"{one.what} {one.advice}" for one in refused.faults):
            st.caption(plain(legend))
        if refused.faults:
            _draw_faults([_row(fault, names) for fault in refused.faults], refused.n_faults, is_one_file)


def draw_unreadable(faults: tuple[Fault, ...], names: Mapping[str, str]) -> None:
    """Why nothing can be made of a file at all."""
    draw_refused(Refused("", faults, len(faults)), names)


def _named(text: str, names: Mapping[str, str]) -> str:
    """A sentence with the files as the reader calls them."""
    for stored in sorted(names, key=len, reverse=True):
        text = text.replace(stored, names[stored])
    return text


def _draw_faults(rows: list[dict[str, str]], n_faults: int, is_one_file: bool) -> None:
    names = [name for name in rows[0] if name != FILE or not is_one_file]
    advice = {row[TO_DO] for row in rows}
    if len(rows) > 1 and len(advice) == 1:
        names.remove(TO_DO)
        st.markdown(plain(what_to_do_for_all(*advice)))
    lines = _together(rows)
    draw_table([{name: line[name] for name in names} for line in lines[:MOST_SHOWN]], names, FAULTS)
    if len(lines) > MOST_SHOWN:
        st.caption(first_faults(MOST_SHOWN, len(lines)))
    if len(lines) > MOST_SHOWN or len(lines) < len(rows) or n_faults > len(rows):
        st.download_button(
            faults_to_download(len(rows), n_faults),
            export_faults_csv(rows),
            file_name="faults.csv",
            mime="text/csv",
            key="faults_csv",
            on_click="ignore",
        )


def _together(rows: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Faults that differ in their row alone as one line; the first of each kind says where it stands."""
    places: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        places.setdefault(tuple(row[name] for name in row if name != ROW), []).append(row[ROW])
    others = [name for name in rows[0] if name != ROW]
    return [
        {name: rows_together(found) if name == ROW else said[others.index(name)] for name in rows[0]}
        for said, found in places.items()
    ]


def _row(fault: Fault, names: Mapping[str, str]) -> dict[str, str]:
    return {
        FILE: _named(fault.file, names),
        ROW: f"{fault.row:,}" if fault.row is not None else "–",
        FIELD: _named(fault.field or "–", names),
        WHAT_IS_WRONG: _named(fault.what, names),
        TO_DO: _without_ticks(_named(fault.advice, names)) or "–",
    }


def _without_ticks(text: str) -> str:
    """Commands of an advice in quotation marks: a table shows no code."""
    return re.sub(r"`([^`]*)`", r"“\1”", text)


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
    draw_retests(info)
    draw_saved_retests(info)
    findings = loading.quick_doctor_of(info)
    st.markdown(plain(found_sentence(findings, loading.known_findings_of(info) is None)))
    draw_findings(findings or ())
