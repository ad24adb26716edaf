"""The result of a subgroup: it and the others as a picture, the comparison, the counts, and a split.

Draws answers; it computes nothing. What a reader takes away (data, text, link, card) is
`subgroup_footer.py`.
"""

from __future__ import annotations

import streamlit as st

from analysis.rates import NOBODY, SUPPRESSED
from analysis.selection import Everything
from dashboard import loading, state
from dashboard.answers.rates import RatesAnswer, RatesQuestion
from dashboard.answers.rows import selected_rows
from dashboard.answers.subgroup import SUBGROUP, SubgroupAnswer, SubgroupQuestion
from dashboard.answers.subgroup_comparators import comparison_pool
from dashboard.answers.subgroup_means import averages
from dashboard.answers.subgroup_row import groups_of_a_row, table_question
from dashboard.charts.forest import chart_forest
from dashboard.charts.lines_html import lines_html
from dashboard.charts.pair import chart_pair
from dashboard.panels.figure_footer import draw_footer
from dashboard.panels.grid_table import rate_lines
from dashboard.panels.html_table import draw_table
from dashboard.panels.save_view import still_lines
from dashboard.state import View
from dashboard.wording import attribute_label
from dashboard.wording_grid import VERDICT
from dashboard.wording_markup import plain
from dashboard.wording_methods import selection_label
from dashboard.wording_subgroup import (
    COMPARISONS,
    comparison_label,
    family_note,
    mix_note,
    split_caption,
    table_note,
)
from dashboard.wording_subgroup_controls import (
    COMPARED_WITH,
    NOBODY_MEETS,
    NOT_SPLIT,
    NOTHING_TO_SPLIT,
    SPLIT_BY,
)
from dashboard.wording_subgroup_means import WAY, average_lines, averages_note
from dashboard.wording_subgroup_tables import (
    STATUS,
    WHO,
    comparison_items,
    difference_note,
    subgroup_rows,
    why_not_judged,
)
from dashboard.wording_tables import (
    EVERYTHING,
    RATE_THREE_WAYS,
    SIDES,
    SIDES_COMPARED,
    rates_by,
    sides_picture,
    split_picture,
)

_NO_SPLIT = "none"
_USUAL = "usual comparison"


def chosen_comparison(view: View) -> str | None:
    """Peers, complement or a named group as the reader or the link wishes; None is the rule's choice.

    Drawn where there is a choice. Raises what the answer raises where a link asks for what cannot be had.
    """
    usual = SubgroupQuestion(view.where, view.system, view.metric, audience=view.audience)
    answer = loading.subgroup_of(view.info, usual)
    default = answer.comparator
    options = list(COMPARISONS) if default == "peers" else [default]
    before = st.session_state.get(_USUAL)
    if before != default and before == st.session_state.get(state.AGAINST):
        # What the rule chose for another subgroup is nobody's wish for this one.
        st.session_state.pop(state.AGAINST, None)
    st.session_state[_USUAL] = default
    state.prepare(state.AGAINST, None, default)
    asked = str(st.session_state[state.AGAINST])
    if asked not in options and _can_be_had(view, asked):
        options.append(asked)
    if asked not in options:
        st.session_state[state.AGAINST] = default
    if len(options) < 2:
        state.record({state.AGAINST: None})
        return None
    chosen = st.segmented_control(
        COMPARED_WITH,
        options,
        required=True,
        format_func=lambda kind: comparison_label(kind, answer.mixed),
        key=state.AGAINST,
    )
    against = None if chosen == default else chosen
    state.record({state.AGAINST: against})
    return against


def _can_be_had(view: View, against: str) -> bool:
    """Whether another subgroup's comparison is one of this one's too; that of a new link has to be."""
    if view.where == Everything() or against in COMPARISONS:
        return False
    try:
        comparison_pool(view.where, view.info.attributes, against)
    except ValueError:
        if state.newly_asked(state.AGAINST):
            raise
        return False
    return True


def verdict_elsewhere(view: View, answer: SubgroupAnswer) -> str:
    """That the table which has this subgroup as a row gives another verdict on it; "" where none does."""
    question = answer.question
    if question.against is not None:
        return ""
    asked = table_question(
        question.where, view.info.attributes, view.system, question.metric, question.audience
    )
    if asked is None:
        return ""
    table = loading.rates_of(view.info, asked).table
    return table_note(answer, table, table.position(groups_of_a_row(question.where) or {}))


def draw_comparison(view: View, answer: SubgroupAnswer, headline: str) -> None:
    """The subgroup and the others: picture, comparison, counts."""
    table = answer.table
    if table.status[SUBGROUP] == NOBODY:
        st.markdown(NOBODY_MEETS)
    if table.status[SUBGROUP] in (NOBODY, SUPPRESSED):
        return
    if view.where == Everything():
        every = {**subgroup_rows(answer, view.synthetic)[0], WHO: selection_label(view.where)}
        draw_table([every], {WHO, STATUS}, EVERYTHING)
        return
    if table.contrast.denominator[SUBGROUP] > 0:
        st.html(lines_html(chart_pair(answer), sides_picture(headline)))
        items = dict(comparison_items(answer, view.synthetic))
        draw_table([items], set(items), SIDES_COMPARED)
    draw_table(subgroup_rows(answer, view.synthetic), {WHO, STATUS}, SIDES)
    _draw_averages(view, answer)
    for note in (
        why_not_judged(table, view.synthetic),
        difference_note(answer),
        mix_note(answer, view.synthetic),
        family_note(answer),
    ):
        if note:
            st.caption(plain(note))


def _draw_averages(view: View, answer: SubgroupAnswer) -> None:
    """The rate averaged in three ways, each against the same average of the others and of all recordings."""
    if view.where == Everything():
        return
    all_of_it = RatesQuestion(view.system, (), view.metric, audience=view.audience)
    whole = loading.rates_of(view.info, all_of_it).whole
    beside = loading.mean_spans_beside_of(view.info, answer.question)
    found = averages(answer, whole, beside, loading.mean_spans_of(view.info, all_of_it))
    draw_table(average_lines(found, answer, view.synthetic), {WAY}, RATE_THREE_WAYS)
    st.caption(plain(averages_note(found)))


def draw_split(view: View, answer: SubgroupAnswer) -> None:
    """The rates of the selection by one attribute, as a picture and as a table; nothing where nobody is selected."""
    names = [attribute.name for attribute in view.info.attributes]
    if not names or answer.table.status[SUBGROUP] == NOBODY:
        return
    state.prepare(state.SPLIT, names, _NO_SPLIT)
    split = st.selectbox(
        SPLIT_BY,
        [_NO_SPLIT, *names],
        format_func=lambda name: NOT_SPLIT if name == _NO_SPLIT else attribute_label(name),
        key=state.SPLIT,
        filter_mode=None,
        width=280,
    )
    state.record({state.SPLIT: None if split == _NO_SPLIT else split})
    if split == _NO_SPLIT:
        return
    rates = loading.rates_of(
        view.info, RatesQuestion(view.system, (split,), view.metric, view.where, audience=view.audience)
    )
    _draw_groups(view, rates)


def _draw_groups(view: View, answer: RatesAnswer) -> None:
    table, overall = answer.table, float(answer.whole.statistics.rate[0])
    name = table.attributes[0].name
    if (table.status == NOBODY).all():
        st.text(NOTHING_TO_SPLIT)
        return
    shown = selected_rows(table)
    caption = split_caption(name, table.judgement.family_size, len(table) - len(shown))
    st.caption(plain(caption))
    picture = chart_forest(table, overall, view.system, view.synthetic, shown)
    st.html(lines_html(picture, split_picture(table)))
    draw_table(rate_lines(answer, view.synthetic), {attribute_label(name), VERDICT}, rates_by(name))
    draw_footer(
        view,
        answer,
        caption,
        "split",
        lambda: [still_lines(picture, caption)],
    )
