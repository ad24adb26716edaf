"""The Conditions tab: is it the accent, or the device? Sentence, picture, tables, and what the reader takes away.

Draws an answer; it computes nothing. Tables are `subgroup_adjust_tables.py`, the ways out
`subgroup_adjust_footer.py`.
"""

from __future__ import annotations

import streamlit as st

from analysis.selection import EVERYTHING, Selection
from analysis.selection_words import attributes_named
from dashboard import loading_adjust, state
from dashboard.answers.adjust import AdjustAnswer, AdjustQuestion, held_equal_by_default
from dashboard.answers.choices import QuestionError
from dashboard.answers.subgroup_comparators import speakers_alone
from dashboard.charts.adjusted_gaps import MOST_GROUPS, chart_adjusted_gaps
from dashboard.charts.lines_html import lines_html
from dashboard.panels.subgroup_adjust_footer import draw_adjust_footer
from dashboard.panels.subgroup_adjust_tables import draw_gap_within, draw_gaps, draw_spread
from dashboard.state import View
from dashboard.wording import attribute_label
from dashboard.wording_adjust import (
    HELD_EQUAL,
    HOLD_EQUAL,
    NO_ATTRIBUTES,
    NO_CONDITIONS,
    NONE_BY_ITSELF,
    NOT_PUBLISHED,
    NOTHING_HELD,
    OF_ALL,
    WHOSE,
    adjust_headline,
    every_condition,
    meaning,
    model_note,
    not_all_drawn,
    on_both_sides,
    spread_sentence,
    whose_label,
)
from dashboard.wording_adjust_base import base_sentence, strata_sentence
from dashboard.wording_markup import plain
from dashboard.wording_tables import gaps_picture

_WHOSE, _EQUAL, _CLOSER = "whose", "equal", "closer"
_SUBGROUP = ""
_DRAWN = "held equal as drawn"


def draw_conditions(view: View, against: str | None) -> None:
    """What remains of a gap when conditions are held equal."""
    if view.is_public:
        st.markdown(NOT_PUBLISHED)
        return
    if not view.info.attributes:
        st.markdown(NO_ATTRIBUTES)
        return
    with st.container(horizontal=True, gap="small"):
        attribute = _chosen_attribute(view)
        options = _can_be_held(view, attribute)
        held = _chosen_held(view, attribute, options)
    if not held:
        usual = held_equal_by_default(view.info.attributes, attribute, view.where)
        st.markdown(plain(NOTHING_HELD if usual else NONE_BY_ITSELF if options else NO_CONDITIONS))
        return
    where = EVERYTHING if attribute else view.where
    usual_question = AdjustQuestion(
        attribute, held, view.system, view.metric, where, against=None if attribute else against
    )
    try:
        answer = loading_adjust.adjust_of(view.info, usual_question)
    except QuestionError as problem:
        st.markdown(plain(str(problem)))
        return
    _draw_answer(view, answer)


def _draw_answer(view: View, answer: AdjustAnswer) -> None:
    headline = adjust_headline(answer)
    st.markdown(f"**{plain(headline)}**")
    if said := meaning(answer):
        st.markdown(plain(said))
    _draw_what_is_named(view, answer)
    if any(row.raw["ratio"] is not None for row in answer.rows):
        st.html(lines_html(chart_adjusted_gaps(answer), gaps_picture(headline)))
    draw_gaps(answer, view.synthetic)
    notes = (
        not_all_drawn(len(answer.rows), MOST_GROUPS),
        base_sentence(answer, view.synthetic),
        strata_sentence(answer),
        model_note(answer),
        spread_sentence(answer, view.synthetic),
    )
    for note in notes:
        if note:
            st.caption(plain(note))
    draw_spread(answer)
    closer = draw_gap_within(view, answer, _CLOSER)
    draw_adjust_footer(view, closer, headline)


def _draw_what_is_named(view: View, answer: AdjustAnswer) -> None:
    """What the subgroup on the page has to do with this: its own conditions are on both sides, or it plays no part."""
    if view.where == EVERYTHING:
        return
    if answer.question.attribute is not None:
        st.caption(OF_ALL)
        return
    alone = speakers_alone(view.where, view.info.attributes)
    if alone is None or answer.asked.pool == EVERYTHING:
        return
    st.caption(plain(on_both_sides(view.where, alone)))
    st.button(
        plain(every_condition(alone)),
        icon=":material/arrow_forward:",
        key="every_condition",
        on_click=_take_conditions_out,
        args=(alone,),
    )


def _take_conditions_out(alone: Selection) -> None:
    """The subgroup of speakers alone; what is held equal is then every condition again."""
    state.choose(alone)
    st.session_state.pop(_EQUAL, None)
    state.record({_EQUAL: None})


def _chosen_attribute(view: View) -> str | None:
    """Whose gap: the subgroup on the page where there is one, else the first attribute of speakers; None is the subgroup."""
    names = [attribute.name for attribute in view.info.attributes]
    single = [one for one in view.info.attributes if not one.multi]
    about_speakers = [one.name for one in single if one.role == "speaker"]
    first = [*about_speakers, *(one.name for one in single), *names][0]
    options = names if view.where == EVERYTHING else [_SUBGROUP, *names]
    default = first if view.where == EVERYTHING else _SUBGROUP
    state.prepare(_WHOSE, options, default)
    chosen = st.selectbox(
        WHOSE,
        options,
        format_func=lambda name: whose_label(name or None),
        key=_WHOSE,
        filter_mode=None,
        width=280,
    )
    state.record({_WHOSE: None if chosen == default else chosen})
    return chosen or None


def _can_be_held(view: View, attribute: str | None) -> list[str]:
    """Attributes that the groups are not made by."""
    taken = (attribute,) if attribute else attributes_named(view.where)
    return [one.name for one in view.info.attributes if one.name not in taken and not one.multi]


def _chosen_held(view: View, attribute: str | None, options: list[str]) -> tuple[str, ...]:
    """What is held equal: every condition by default. The address holds the names, joined by commas."""
    taken = (attribute,) if attribute else attributes_named(view.where)
    usual = held_equal_by_default(view.info.attributes, attribute, view.where)
    key = f"{_EQUAL} {attribute} {','.join(taken)}"
    if state.recorded(_EQUAL) is None:
        # What is held equal by default follows the subgroup; only what a reader chose stays.
        st.session_state.pop(_EQUAL, None)
    state.prepare(_EQUAL, None, ",".join(usual))
    written = st.session_state[_EQUAL]
    if key not in st.session_state or written != st.session_state.get(_DRAWN):
        st.session_state[key] = [name for name in options if name in written.split(",")] or list(usual)
    chosen = st.multiselect(
        HELD_EQUAL, options, format_func=attribute_label, key=key, placeholder=HOLD_EQUAL, width=420
    )
    now = ",".join(chosen)
    st.session_state[_EQUAL] = st.session_state[_DRAWN] = now
    state.record({_EQUAL: None if set(chosen) == set(usual) else now})
    return tuple(name for name in options if name in chosen)
