"""What a reader takes away from a search: facts, data, text, and how it was done."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from analysis.expression import to_expression
from analysis.metrics import METRICS
from analysis.selection import EVERYTHING
from dashboard.answers.slices import SlicesAnswer
from dashboard.charts.slices import chart_slices
from dashboard.exports.slices_csv import export_slices_csv
from dashboard.panels.save_view import Kept, still_lines
from dashboard.panels.slices_list import Shown
from dashboard.panels.takeaway import Takeaway, draw_takeaway
from dashboard.state import View
from dashboard.wording_glossary import help_with
from dashboard.wording_labels import labels_sentence, sources_of
from dashboard.wording_markup import plain
from dashboard.wording_methods import source_line
from dashboard.wording_slices import absent_note, split_sentence
from dashboard.wording_slices_method import slices_command, slices_copy, slices_facts, slices_method
from dashboard.wording_slices_page import listed_note, slice_line, surest_sentence


def draw_slices_footer(view: View, answer: SlicesAnswer, headline: str, shown: Shown) -> None:
    """Facts in one line, then the ways out, with the slices on screen in their order there."""
    info = view.info
    labels = labels_sentence(sources_of(one for one in info.attributes if one.name in answer.attributes))
    st.caption(
        plain(f"{slices_facts(answer, view.synthetic)}. {labels}"),
        help=help_with("slice", "peers in the same conditions", "interval by speaker", "confirmed"),
    )
    on_screen = replace(answer, found=tuple(shown.found))
    said = (listed_note(answer, len(shown.found), shown.order), *_said(view, answer, labels))
    given = Takeaway(
        "slices",
        slices_copy(on_screen, headline, [one for one in said if one], view.synthetic),
        lambda: export_slices_csv(info, on_screen),
        Kept(
            lambda: [still_lines(chart_slices(shown.found), headline)] if shown.found else [],
            lambda: [slice_line(answer, one, view.synthetic) for one in shown.found],
        ),
        slices_method(answer, info.normalizer),
        lambda: _draw_command(view, answer),
    )
    draw_takeaway(view, given)


def _said(view: View, answer: SlicesAnswer, labels: str) -> tuple[str, ...]:
    """What is copied under the slices; "" for what there is not to say."""
    info = view.info
    source = source_line(info.name, info.build, answer.system, METRICS[answer.question.metric])
    return (
        surest_sentence(answer, view.synthetic),
        absent_note(answer, view.synthetic),
        split_sentence(answer, view.synthetic),
        labels,
        f"{source}.",
        info.notice or "",
    )


def _draw_command(view: View, answer: SlicesAnswer) -> None:
    where = "" if view.where == EVERYTHING else to_expression(view.where)
    command = slices_command(view.info.name, view.info.build, answer, where)
    st.code(command, language="bash", wrap_lines=True)
