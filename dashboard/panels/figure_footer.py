"""What stands under every picture: whose recordings, how many, compared with whom; data, text, file, method.

Draws the facts of one table of rates and the ways out of it. It computes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard import loading
from dashboard.answers.rates import RatesAnswer
from dashboard.exports.table_csv import export_rates_csv
from dashboard.exports.view_html import Picture
from dashboard.panels.grid_table import rate_lines
from dashboard.panels.save_view import Kept
from dashboard.panels.takeaway import Takeaway, draw_query, draw_takeaway
from dashboard.state import View
from dashboard.wording_controls import SUMS_BY_GROUP
from dashboard.wording_glossary import help_with
from dashboard.wording_markup import plain
from dashboard.wording_methods import copied_text, figure_facts, method_text, source_line
from dashboard.wording_plan import family_sentence

_WORDS = ("word error rate", "peers in the same conditions", "interval by speaker", "can’t tell yet")


def draw_footer(
    view: View,
    answer: RatesAnswer,
    headline: str,
    name: str,
    pictures: Callable[[], Sequence[Picture]],
    move: str = "",
    beside: Callable[[], None] | None = None,
) -> None:
    """Facts in one line, then data, copy, file and method.

    `name` tells the footers of one page apart; `pictures` are those of the page, made when somebody saves it.
    `move` is what is copied beside them of a move to the system, after everything that is of it alone. `beside` draws
    what else can be done with the numbers.
    """
    info = view.info
    source = source_line(info.name, info.build, answer.system, answer.table.metric)
    text = copied_text(headline, answer, source, info.notice, view.synthetic, move)
    method = method_text(answer, info.normalizer, family_sentence(answer.family, info))
    st.caption(plain(figure_facts(answer, view.synthetic)), help=help_with(*_WORDS))
    given = Takeaway(
        name,
        text,
        lambda: export_rates_csv(
            info,
            answer,
            loading.disagreement_beside(info, answer.question),
            loading.mean_spans_of_rows(info, answer),
        ),
        Kept(pictures, lambda: rate_lines(answer, view.synthetic)),
        method,
        lambda: draw_query(loading.query_of(info, answer.question), SUMS_BY_GROUP),
    )
    draw_takeaway(view, given, beside)
