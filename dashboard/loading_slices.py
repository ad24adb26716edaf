"""The caches of the Slices page: one search for each question, and the neighbours of a slice.

As `loading.py`: nothing is decided or computed here. A search is kept by hand instead of by
`st.cache_data`, which refuses functions that move a progress bar; one that is kept is not run,
and so not put on record, a second time.
"""

from __future__ import annotations

import streamlit as st

from dashboard.answers import slices, slices_lattice
from dashboard.answers.slices import Progress, SlicesAnswer
from dashboard.answers.slices_lattice import Lattice
from dashboard.answers.slices_rows import SlicesQuestion
from dashboard.build_key import BuildKey, key_of
from dashboard.loading import MOST_ANSWERS, EvaluationInfo
from data import store

MOST_SEARCHES = 64
Where = tuple[tuple[str, str], ...]


def slices_of(info: EvaluationInfo, question: SlicesQuestion, progress: Progress) -> SlicesAnswer:
    """What a search finds; raises `QuestionError`, `SelectionError` or `UnknownMetric`."""
    key, kept = (key_of(info), question), _searches()
    found = kept.get(key)
    if found is None:
        found = slices.slices(store.open_build(info.path), question, progress)
        for oldest in list(kept)[: max(0, len(kept) - MOST_SEARCHES + 1)]:
            kept.pop(oldest, None)
        kept[key] = found
    return found


def lattice_of(info: EvaluationInfo, question: SlicesQuestion, where: Where) -> Lattice:
    """A slice among wider and narrower ones."""
    return _lattice(key_of(info), question, where)


@st.cache_resource(show_spinner=False)
def _searches() -> dict[tuple[BuildKey, SlicesQuestion], SlicesAnswer]:
    return {}


@st.cache_data(max_entries=MOST_ANSWERS, show_spinner=False)
def _lattice(key: BuildKey, question: SlicesQuestion, where: Where) -> Lattice:
    return slices_lattice.slice_lattice(store.open_build(key.path), question, where)
