"""What a reader takes away from a subgroup: data, text, link, method, and a finding for the card."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from analysis.rates import NOBODY, SUPPRESSED
from dashboard import loading, state
from dashboard.answers.subgroup import SUBGROUP, SubgroupAnswer
from dashboard.charts.pair import chart_pair
from dashboard.exports.subgroup_csv import export_subgroup_csv
from dashboard.panels.add_to_card import draw_add_subgroup
from dashboard.panels.save_view import Kept, still_lines
from dashboard.panels.takeaway import Takeaway, draw_query, draw_takeaway
from dashboard.state import View
from dashboard.wording_controls import COPY_LINK, LINK_HELP, SUMS_BY_SIDE
from dashboard.wording_glossary import help_with
from dashboard.wording_labels import labels_sentence, sources_named
from dashboard.wording_markup import plain
from dashboard.wording_methods import source_line
from dashboard.wording_subgroup import (
    copied_subgroup,
    subgroup_badge,
    subgroup_facts,
    subgroup_method,
)
from dashboard.wording_subgroup_tables import subgroup_rows


def draw_subgroup_footer(view: View, answer: SubgroupAnswer, headline: str, elsewhere: str) -> None:
    """Facts in one line, then the ways out; `elsewhere` says that its table gives another verdict, if it does."""
    info = view.info
    labels = labels_sentence(sources_named(info.attributes, answer.question.where)).rstrip(".")
    st.caption(
        plain(" · ".join(filter(None, (subgroup_facts(answer, view.synthetic), labels)))),
        help=help_with(
            "word error rate", "peers in the same conditions", "interval by speaker", "can’t tell yet"
        ),
    )
    source = source_line(info.name, info.build, answer.system, answer.table.metric)
    source = ". ".join(filter(None, (labels, source)))
    text = copied_subgroup(
        answer, headline, source, info.notice, view.synthetic, subgroup_badge(info, answer), elsewhere
    )
    given = Takeaway(
        "subgroup",
        text,
        lambda: export_subgroup_csv(info, answer, loading.mean_spans_beside_of(info, answer.question)),
        _kept(view, answer, headline),
        subgroup_method(answer, info.normalizer),
        lambda: draw_query(loading.subgroup_query_of(info, answer.question), SUMS_BY_SIDE),
    )
    draw_takeaway(view, given, lambda: _draw_beside(view, answer))


def _draw_beside(view: View, answer: SubgroupAnswer) -> None:
    """The address of the page, and a finding for the card where there is one."""
    with st.popover(COPY_LINK, type="tertiary", key="subgroup_link"):
        st.code(_link(view), language=None, wrap_lines=True)
        st.caption(LINK_HELP)
    if answer.table.status[SUBGROUP] not in (NOBODY, SUPPRESSED):
        draw_add_subgroup(view, "add_subgroup_to_card", answer.question)


def _kept(view: View, answer: SubgroupAnswer, headline: str) -> Kept:
    """The picture of the comparison, where there is one, and the counts of both sides."""
    drawn = answer.table.contrast.denominator[SUBGROUP] > 0
    return Kept(
        lambda: [still_lines(chart_pair(answer), headline)] if drawn else [],
        lambda: subgroup_rows(answer, view.synthetic),
    )


def _link(view: View) -> str:
    """The address of this page with everything that is on it."""
    kept = {name: st.query_params[name] for name in (state.AGAINST, state.SPLIT) if name in st.query_params}
    address = (st.context.url or "").partition("?")[0]
    return f"{address}?{urlencode(view.link(**kept))}"
