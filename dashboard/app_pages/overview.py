"""Overview: one system at a glance. A sentence, four numbers, every group with its interval, and where to go on."""

from __future__ import annotations

import streamlit as st

from dashboard import loading, state
from dashboard.answers.overview import OverviewQuestion
from dashboard.charts.forest import ROW_PX, chart_forest
from dashboard.charts.heatmap import chart_heatmap
from dashboard.charts.heatmap_layout import Look
from dashboard.panels.figure_footer import draw_footer
from dashboard.panels.headline import draw_headline
from dashboard.panels.overview_numbers import draw_numbers
from dashboard.panels.themed import PLOTLY, current_palette
from dashboard.wording import attribute_label, attribute_name, plural
from dashboard.wording_markup import plain
from dashboard.wording_overview import (
    effects_sentence,
    groups_sentences,
    mixes_sentence,
    overview_headline,
    overview_rest,
)
from dashboard.wording_plan import plan_line

view = state.on_screen()
answer = loading.overview_of(
    view.info, OverviewQuestion(view.system, view.metric, view.where, audience=view.audience)
)
palette = current_palette()
metric = answer.overall.whole.metric

headline = overview_headline(answer, view.system)
settings = (answer.groups or answer.overall).table.settings
rest = overview_rest(answer.counts, settings.margin_ratio) if answer.counts else None
draw_headline(headline, rest)

draw_numbers(answer, view.synthetic)

if answer.groups is not None:
    table = answer.groups.table
    attribute = table.attributes[0].name
    left, right = st.columns([1.35, 1], gap="medium") if answer.small else (st.container(), None)
    with left:
        st.markdown(f"**{metric.label} by {plain(attribute_name(attribute))}** · dashed: all recordings")
        overall = float(answer.overall.whole.statistics.rate[0])
        st.plotly_chart(
            chart_forest(table, overall, palette, view.system, view.synthetic, answer.shown),
            theme=None,
            config=PLOTLY,
            key="forest",
            alt=f"{metric.label} of {plural(attribute)} with intervals and verdicts; the data button has every number",
        )
        with st.container(gap="xxsmall"):
            for sentence in groups_sentences(answer, view.synthetic):
                st.caption(plain(sentence))
    if answer.small is not None and right is not None:
        with right:
            columns = answer.small.columns.attribute
            across = attribute_name(columns.name) if columns else ""
            st.markdown(f"**{plain(attribute_label(attribute))} × {plain(across)}**")
            st.plotly_chart(
                chart_heatmap(answer.small, Look(palette, row_px=ROW_PX, small=True), view.synthetic),
                theme=None,
                config=PLOTLY,
                key="small_heatmap",
                alt=f"{metric.label} by {attribute_name(attribute)} and {across}; the Heatmap page has it as a table",
            )
            st.page_link(
                "app_pages/heatmap.py",
                label="Open the heatmap",
                icon=":material/arrow_forward:",
                query_params=view.link(),
            )

with st.container(gap="xxsmall"):
    if mixes := mixes_sentence(answer, view.synthetic):
        st.caption(plain(mixes))
    st.caption(plain(plan_line(view.info)))
    if effects := effects_sentence(answer.effects):
        st.caption(plain(effects))
    draw_footer(view, answer.groups or answer.overall, headline, "overview")
