"""Heatmap: the error rate by any two attributes, in panels by a third; click a cell for its story."""

from __future__ import annotations

import streamlit as st

from dashboard import loading, state
from dashboard.answers.grid import verdict_counts
from dashboard.answers.worse_places import worse_places
from dashboard.charts.heatmap_layout import Look
from dashboard.panels.cell_choice import PICTURE, cell_labels, choose_cell, take_click
from dashboard.panels.cell_story import draw_cell_story
from dashboard.panels.figure_footer import draw_footer
from dashboard.panels.grid_controls import draw_grid_controls
from dashboard.panels.grid_picture import draw_grid_picture
from dashboard.panels.grid_table import draw_grid_table
from dashboard.panels.headline import draw_headline
from dashboard.panels.save_view import still_heatmap
from dashboard.panels.themed import current_palette
from dashboard.panels.way_out import draw_load_groups, draw_without_selection
from dashboard.panels.what_next import draw_next
from dashboard.wording_audience import FEWER_ATTRIBUTES, withheld_sentence
from dashboard.wording_controls import NEEDS_ATTRIBUTE, NOT_DESCRIBED
from dashboard.wording_markup import plain
from dashboard.wording_plan import family_badge
from dashboard.wording_sentences import grid_caption, grid_headline

view = state.on_screen()
if not view.info.attributes:
    draw_headline(NOT_DESCRIBED)
    draw_load_groups(NEEDS_ATTRIBUTE)
    st.stop()

top = st.container()
choice = draw_grid_controls(view)
grid = loading.grid_of(view.info, choice.question)
counts = verdict_counts(grid.table, grid.place.reshape(-1), grid.everything)
headline = grid_headline(grid.table, counts, worse_places(grid), view.system)
with top:
    caption = grid_caption(grid.table, counts, view.synthetic)
    badge = family_badge(grid.answer.family, view.info)
    draw_headline(headline, f"{caption} · {badge}" if counts.n_groups or counts.n_withheld else None)

if not counts.n_groups and not counts.n_withheld:
    draw_without_selection(view)
    st.stop()

if not counts.n_groups:
    st.markdown(plain(f"{withheld_sentence(grid.table.settings, view.synthetic)} {FEWER_ATTRIBUTES}"))
labels = cell_labels(grid)
position = choose_cell(labels)
if choice.as_table:
    draw_grid_table(grid, view)
elif counts.n_groups:
    look = Look(current_palette(), choice.show, position)
    draw_grid_picture(grid, look, view.synthetic, PICTURE, lambda: take_click(labels))

if counts.n_groups:
    draw_cell_story(view, grid.answer, labels, position, choice.as_table)
draw_footer(
    view,
    grid.answer,
    headline,
    "heatmap",
    lambda: [still_heatmap(grid, choice.show, position, view.synthetic)],
)
draw_next("heatmap", view)
