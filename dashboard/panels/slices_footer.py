"""What a reader takes away from a search: facts, data, text, and how it was done."""

from __future__ import annotations

import streamlit as st

from analysis.expression import to_expression
from analysis.metrics import METRICS
from analysis.selection import EVERYTHING
from dashboard.answers.slices import SlicesAnswer
from dashboard.charts.slices import chart_slices
from dashboard.exports.slices_csv import export_slices_csv
from dashboard.panels.save_view import Kept, draw_save_view, still_lines
from dashboard.state import View
from dashboard.wording_controls import COPY_AS_TEXT, DATA_CSV, HOW_COMPUTED
from dashboard.wording_glossary import help_with
from dashboard.wording_labels import labels_sentence, sources_of
from dashboard.wording_markup import plain
from dashboard.wording_methods import source_line
from dashboard.wording_slices import absent_note, split_sentence
from dashboard.wording_slices_method import slices_command, slices_copy, slices_facts, slices_method
from dashboard.wording_slices_page import slice_line, surest_sentence


def draw_slices_footer(view: View, answer: SlicesAnswer, headline: str) -> None:
    """Facts in one line, then the ways out."""
    info = view.info
    labels = labels_sentence(sources_of(one for one in info.attributes if one.name in answer.attributes))
    st.caption(
        plain(f"{slices_facts(answer, view.synthetic)}. {labels}"),
        help=help_with("slice", "peers in the same conditions", "interval by speaker", "confirmed"),
    )
    source = source_line(info.name, info.build, answer.system, METRICS[answer.question.metric])
    said = (
        surest_sentence(answer, view.synthetic),
        absent_note(answer, view.synthetic),
        split_sentence(answer, view.synthetic),
        labels,
        f"{source}.",
        info.notice or "",
    )
    text = slices_copy(answer, headline, [one for one in said if one], view.synthetic)
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            DATA_CSV,
            lambda: export_slices_csv(info, answer),
            file_name=f"{info.name}-{info.build[:8]}-slices.csv",
            mime="text/csv",
            key="slices_csv",
            type="tertiary",
            on_click="ignore",
        )
        with st.popover(COPY_AS_TEXT, type="tertiary", key="slices_copy"):
            st.code(text, language=None, wrap_lines=True)
        draw_save_view(
            view,
            "slices",
            text,
            slices_method(answer, info.normalizer),
            Kept(
                lambda: [still_lines(chart_slices(answer.found), headline)] if answer.found else [],
                lambda: [slice_line(answer, one, view.synthetic) for one in answer.found],
            ),
        )
        with st.popover(HOW_COMPUTED, type="tertiary", key="slices_method"):
            st.markdown(slices_method(answer, info.normalizer))
            where = "" if view.where == EVERYTHING else to_expression(view.where)
            command = slices_command(info.name, info.build, answer, where)
            st.code(command, language="bash", wrap_lines=True)
