"""Data: a file becomes an evaluation; below, what every evaluation here was made of, and deleting one."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard import loading
from dashboard.answers.preview import PreviewQuestion
from dashboard.loading import InputError
from dashboard.panels.data_attributes import draw_attributes
from dashboard.panels.data_evaluations import draw_evaluations
from dashboard.panels.data_mapping import draw_mapping
from dashboard.panels.data_options import draw_evaluation, draw_reading, may_be_made, request_of
from dashboard.panels.data_outcome import draw_unreadable
from dashboard.panels.data_run import draw_last_made, draw_run
from dashboard.panels.data_source import Source, draw_source
from dashboard.wording_data import LEAD, TITLE
from dashboard.wording_markup import plain


def draw_making(source: Source) -> None:
    """From what the file holds to the button that makes an evaluation of it."""
    question = PreviewQuestion.of(source.path)
    guess = loading.preview_of(question)
    if guess.unreadable:
        draw_unreadable(guess.unreadable, source.path.name, source.shown)
        return
    source = replace(source, columns=guess.columns)
    st.header("Which column is what", anchor=False)
    mapping, below = st.container(), st.container()
    with below:
        reading = draw_reading(source)
    with mapping:
        how = replace(question, missing=reading.missing, missing_speaker=reading.missing_speaker)
        question, seen = draw_mapping(source, how)
    attributes = draw_attributes(seen, source)
    st.header("The evaluation", anchor=False)
    evaluation = draw_evaluation(source)
    allowed = may_be_made(evaluation[0], source) and not seen.problems
    draw_run(source, request_of(source, question, reading, attributes, evaluation), allowed)


st.title(TITLE, anchor=False)
st.markdown(LEAD)
try:
    chosen = draw_source()
    draw_last_made(chosen)
    if chosen is not None:
        draw_making(chosen)
except InputError as problem:
    st.markdown(f":orange[{plain(str(problem))}]")
draw_evaluations()
