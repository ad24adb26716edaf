"""The caches of the Slices page: one search for each question, and the neighbours of a slice.

As `loading.py`: nothing is decided or computed here. A search that is kept is not run a second time, and
one that is on record is not put there once more.
"""

from __future__ import annotations

from dashboard.answers import slices, slices_lattice, slices_record
from dashboard.answers.slices import Progress, SlicesAnswer
from dashboard.answers.slices_lattice import Lattice
from dashboard.answers.slices_rows import SlicesQuestion
from dashboard.build_key import BuildKey, key_of
from dashboard.loading import EvaluationInfo
from dashboard.loading_kept import KEEPER, kept_in_turn
from data import store

Where = tuple[tuple[str, str], ...]


def slices_of(info: EvaluationInfo, question: SlicesQuestion, progress: Progress) -> SlicesAnswer:
    """What a search finds; raises `QuestionError`, `SelectionError` or `UnknownMetric`."""
    return KEEPER.answer(
        (slices_of.__qualname__, key_of(info), question),
        lambda: slices.slices(
            store.open_build(info.path), question, progress, again=slices_record.is_on_record(info, question)
        ),
        "heavy",
    )


def is_on_record(info: EvaluationInfo, question: SlicesQuestion) -> bool:
    """Whether this was searched before; read anew each time, since commands search as well."""
    return slices_record.is_on_record(info, question)


def lattice_of(info: EvaluationInfo, question: SlicesQuestion, where: Where) -> Lattice:
    """A slice among wider and narrower ones."""
    return _lattice(key_of(info), question, where)


@kept_in_turn
def _lattice(key: BuildKey, question: SlicesQuestion, where: Where) -> Lattice:
    return slices_lattice.slice_lattice(store.open_build(key.path), question, where)
