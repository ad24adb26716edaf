"""Overview: sentences, four numbers, every group with its interval, what stands behind it, and where to go on."""

from __future__ import annotations

from dashboard import loading, state
from dashboard.answers.overview import OverviewQuestion
from dashboard.panels.add_to_card import draw_add_group, groups_to_keep
from dashboard.panels.figure_footer import draw_footer
from dashboard.panels.overview_groups import draw_groups, pictures_of
from dashboard.panels.overview_move import draw_lead
from dashboard.panels.overview_numbers import draw_numbers
from dashboard.panels.overview_state import draw_state
from dashboard.panels.way_out import draw_load_groups, draw_without_selection
from dashboard.panels.what_next import draw_next
from dashboard.wording_overview import nobody_selected

view = state.on_screen()
state.tidy_address()
answer = loading.overview_of(
    view.info, OverviewQuestion(view.system, view.metric, view.where, audience=view.audience)
)

lead = draw_lead(view, answer)
if nobody_selected(answer):
    draw_without_selection(view)
elif answer.groups is None:
    draw_load_groups()
draw_numbers(view, answer, lead.before)
draw_groups(view, answer)


def draw_add() -> None:
    """Offer the groups for the card, beside the other things that can be done with them."""
    if answer.groups is not None and not nobody_selected(answer):
        table = answer.groups.table
        draw_add_group(view, "add_group_to_card", answer.groups.question, groups_to_keep(table))


draw_footer(
    view,
    answer.groups or answer.overall,
    lead.alone,
    "overview",
    lambda: pictures_of(view, answer),
    move=lead.move,
    beside=draw_add,
)
draw_state(view, answer, lead.behind)
draw_next("overview", view)
