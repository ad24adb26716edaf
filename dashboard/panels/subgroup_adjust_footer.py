"""What a reader takes away from the Conditions tab: facts, data, text and how it was computed."""

from __future__ import annotations

import streamlit as st

from dashboard import loading_adjust
from dashboard.answers.adjust import AdjustAnswer
from dashboard.charts.adjusted_gaps import chart_adjusted_gaps
from dashboard.exports.adjust_csv import export_adjust_csv
from dashboard.panels.save_view import Kept, still_lines
from dashboard.panels.takeaway import Takeaway, draw_query, draw_takeaway
from dashboard.state import View
from dashboard.wording_adjust_method import adjust_facts, adjust_method, copied_adjustment
from dashboard.wording_adjust_tables import gap_lines
from dashboard.wording_controls import SUMS_BY_CONDITION
from dashboard.wording_markup import plain
from dashboard.wording_methods import source_line


def draw_adjust_footer(view: View, answer: AdjustAnswer, headline: str) -> None:
    """Facts in one line, then the ways out."""
    info = view.info
    st.caption(plain(adjust_facts(info, answer)))
    source = source_line(info.name, info.build, answer.system, answer.asked.metric)
    text = copied_adjustment(info, answer, headline, source)
    drawn = any(row.raw["ratio"] is not None for row in answer.rows)
    given = Takeaway(
        "conditions",
        text,
        lambda: export_adjust_csv(info, answer),
        Kept(
            lambda: [still_lines(chart_adjusted_gaps(answer), headline)] if drawn else [],
            lambda: gap_lines(answer, view.synthetic),
        ),
        adjust_method(answer, info.normalizer),
        lambda: draw_query(loading_adjust.adjust_query_of(info, answer.question), SUMS_BY_CONDITION),
    )
    draw_takeaway(view, given)
