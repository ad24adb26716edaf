"""The result of a subgroup: it and the others as a picture, the comparison, the counts, and a split.

Draws answers; it computes nothing. What a reader takes away (data, text, link, card) is
`subgroup_footer.py`.
"""

from __future__ import annotations

import streamlit as st

from analysis.rates import NOBODY, SUPPRESSED
from dashboard import loading, state
from dashboard.answers.rates import RatesAnswer, RatesQuestion
from dashboard.answers.rows import rate_row
from dashboard.answers.subgroup import SUBGROUP, SubgroupAnswer, SubgroupQuestion
from dashboard.charts.forest import chart_forest
from dashboard.charts.pair import chart_pair
from dashboard.panels.figure_footer import draw_footer
from dashboard.panels.grid_table import rate_line
from dashboard.panels.html_table import draw_table
from dashboard.panels.themed import PLOTLY, current_palette
from dashboard.state import View
from dashboard.wording import attribute_label, attribute_name
from dashboard.wording_markup import plain
from dashboard.wording_sentences import status_note, undecided_note
from dashboard.wording_subgroup import (
    COMPARISONS,
    WHO,
    comparison_items,
    comparison_label,
    family_note,
    mix_note,
    split_caption,
    subgroup_rows,
)

_NO_SPLIT = "none"


def chosen_comparison(view: View) -> str | None:
    """Peers or complement as the reader wishes; None is the rule's choice. Drawn only where both can be had."""
    usual = SubgroupQuestion(view.where, view.system, view.metric, audience=view.audience)
    answer = loading.subgroup_of(view.info, usual)
    default = answer.comparator
    if default != "peers":
        state.record({state.AGAINST: None})
        return None
    state.prepare(state.AGAINST, list(COMPARISONS), default)
    chosen = st.segmented_control(
        "Compared with",
        list(COMPARISONS),
        required=True,
        format_func=lambda kind: comparison_label(kind, answer.mixed),
        key=state.AGAINST,
    )
    against = None if chosen == default else chosen
    state.record({state.AGAINST: against})
    return against


def draw_comparison(view: View, answer: SubgroupAnswer, headline: str) -> None:
    """The subgroup and the others: picture, comparison, counts."""
    table = answer.table
    if table.status[SUBGROUP] in (NOBODY, SUPPRESSED):
        return
    if table.contrast.denominator[SUBGROUP] > 0:
        st.plotly_chart(
            chart_pair(answer, current_palette()),
            theme=None,
            config=PLOTLY,
            key="subgroup_pair",
            alt=f"{headline} The tables below have every number.",
        )
        items = dict(comparison_items(answer, view.synthetic))
        draw_table([items], set(items), "The subgroup compared with the others")
    draw_table(subgroup_rows(answer, view.synthetic), {WHO}, "The subgroup and the others in numbers")
    for note in (
        status_note(table, SUBGROUP, view.synthetic),
        undecided_note(table, SUBGROUP, view.synthetic),
        mix_note(answer, view.synthetic),
        family_note(answer),
    ):
        if note:
            st.caption(plain(note))


def draw_split(view: View) -> None:
    """The rates of the selection by one attribute, as a picture and as a table."""
    names = [attribute.name for attribute in view.info.attributes]
    if not names:
        return
    state.prepare(state.SPLIT, names, _NO_SPLIT)
    split = st.selectbox(
        "Split by",
        [_NO_SPLIT, *names],
        format_func=lambda name: "nothing" if name == _NO_SPLIT else attribute_label(name),
        key=state.SPLIT,
        filter_mode=None,
        width=280,
    )
    state.record({state.SPLIT: None if split == _NO_SPLIT else split})
    if split == _NO_SPLIT:
        return
    answer = loading.rates_of(
        view.info, RatesQuestion(view.system, (split,), view.metric, view.where, audience=view.audience)
    )
    _draw_groups(view, answer)


def _draw_groups(view: View, answer: RatesAnswer) -> None:
    table, overall = answer.table, float(answer.whole.statistics.rate[0])
    name = table.attributes[0].name
    if (table.status == NOBODY).all():
        st.text("Nobody is selected, so there is nothing to split.")
        return
    caption = split_caption(name, table.judgement.family_size)
    st.caption(plain(caption))
    st.plotly_chart(
        chart_forest(table, overall, current_palette(), view.system, view.synthetic),
        theme=None,
        config=PLOTLY,
        key="subgroup_split",
        alt=f"{table.metric.label} by {attribute_name(name)} with intervals and verdicts; the table below has every number",
    )
    margin = table.settings.margin_ratio
    counted = table.metric.counted
    rows = [rate_line(rate_row(table, i), margin, view.synthetic, counted) for i in range(len(table))]
    draw_table(rows, {attribute_label(name), "Verdict"}, f"Rates by {attribute_name(name)}")
    draw_footer(view, answer, caption, "split")
