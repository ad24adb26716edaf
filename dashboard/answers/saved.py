"""Which subgroups have people saved for an evaluation, and which recordings does a typed expression mean?

Owns the questions about saved subgroups that pages and commands ask, the one way in which `@name`
is read, and the entry in the log for every subgroup whose results are looked at. It draws and
prints nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from analysis.expression import from_expression
from analysis.selection import EVERYTHING, Selection, SelectionError
from analysis.selection_check import check
from analysis.selection_form import NOBODY, canonical
from analysis.selection_link import from_link
from analysis.selection_words import to_sentence
from data import subgroups
from data.errors import InputError
from data.looked_at import NORMALIZER, SUBGROUP, record_look
from data.store import EvaluationInfo
from data.subgroups import NewSubgroup, SavedSubgroup

__all__ = ["SavedHere", "SavedSubgroup", "note_subgroup", "saved_here", "where_of_link", "where_typed"]

OTHER_VERSION = "It was saved by another version of Fair Hearing, which knows other conditions."
_MOST_NOTED = 10_000
_NOTED: set[tuple[Path, str, str]] = set()
_LOCK = Lock()


@dataclass(frozen=True)
class SavedHere:
    """A saved subgroup, and whether it can be asked about in this build."""

    saved: SavedSubgroup
    why_not: str | None
    """Why it does not fit this build, such as an attribute that is gone; None where it fits."""


def saved_here(info: EvaluationInfo) -> list[SavedHere]:
    """The saved subgroups of an evaluation by name, each held against this build."""
    return [SavedHere(one, _why_not(info, one)) for one in subgroups.saved_subgroups(*kept_under(info))]


def where_typed(info: EvaluationInfo, text: str) -> Selection:
    """The recordings that a typed expression means here, saved subgroups included; raises `SelectionError`."""
    return from_expression(text, info.attributes, _by_name(info, text), info.texts_refused)


def where_of_link(info: EvaluationInfo, text: str) -> Selection:
    """The recordings that a link means here; raises `SelectionError`."""
    return from_link(text, info.attributes, _by_name(info, text), info.texts_refused)


def save_subgroup(
    info: EvaluationInfo, name: str, where: Selection, note: str = "", author: str = ""
) -> SavedSubgroup:
    """Save a subgroup under a name; raises `InputError`, or `SelectionError` where there is nothing to save.

    The same subgroup under the same name again changes nothing.
    """
    check(where, info.attributes, info.texts_refused)
    if canonical(where) in (EVERYTHING, NOBODY):
        raise SelectionError(
            f"This selects {to_sentence(where)}, which needs no name. Choose some recordings first."
        )
    new = NewSubgroup(name, where, note, author)
    try:
        subgroups.save_subgroups(*kept_under(info), [(1, new)])
    except InputError as problem:
        # One subgroup needs no place in a file.
        raise InputError(" ".join(fault.what for fault in problem.faults) or str(problem)) from None
    wanted = subgroups.checked_subgroup_name(name).casefold()
    return next(one.saved for one in saved_here(info) if one.saved.name.casefold() == wanted)


def rename_subgroup(info: EvaluationInfo, name: str, to: str) -> SavedSubgroup:
    """Give it another name; raises `InputError`."""
    return subgroups.rename_subgroup(*kept_under(info), name, to)


def delete_subgroup(info: EvaluationInfo, name: str) -> SavedSubgroup:
    """Forget it; the log keeps what it was. Raises `InputError`."""
    return subgroups.delete_subgroup(*kept_under(info), name)


def note_subgroup(info: EvaluationInfo, where: Selection) -> None:
    """Put on record, once per build, that results of a subgroup of somebody's own were looked at."""
    if where == EVERYTHING:
        return
    sentence = to_sentence(where)
    key = (info.path, info.build, sentence)
    with _LOCK:
        if key in _NOTED:
            return
        if len(_NOTED) >= _MOST_NOTED:
            _NOTED.clear()
        _NOTED.add(key)
    home, evaluation = kept_under(info)
    record_look(home, evaluation, info.build, SUBGROUP, sentence)


def note_normalisers(info: EvaluationInfo, names: Iterable[str]) -> None:
    """Put on record, once per build, that rates were looked at under other normalisers."""
    home, evaluation = kept_under(info)
    for name in names:
        key = (info.path, info.build, f"normaliser {name}")
        with _LOCK:
            if key in _NOTED:
                continue
            _NOTED.add(key)
        record_look(home, evaluation, info.build, NORMALIZER, name)


def kept_under(info: EvaluationInfo) -> tuple[Path, str]:
    """The folder of evaluations, and the name that all builds of this one share."""
    return info.path.parent.parent, info.path.parent.name


def _by_name(info: EvaluationInfo, text: str) -> Mapping[str, Selection]:
    if "@" not in text:
        return {}
    kept = subgroups.saved_subgroups(*kept_under(info))
    return {one.name: one.selection for one in kept if one.selection is not None}


def _why_not(info: EvaluationInfo, one: SavedSubgroup) -> str | None:
    if one.selection is None:
        return OTHER_VERSION
    try:
        check(one.selection, info.attributes, info.texts_refused)
    except SelectionError as problem:
        return str(problem)
    return None
