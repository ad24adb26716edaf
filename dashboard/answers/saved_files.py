"""Saved subgroups as a JSON file, to hand on, and back from one with all its faults at once.

Owns the form of the file. What is read is held against the evaluation before anything is saved.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.expression import to_expression
from analysis.selection import EVERYTHING, Selection, SelectionError, from_json, to_json
from analysis.selection_check import check
from analysis.selection_form import NOBODY, canonical
from analysis.selection_words import to_sentence
from dashboard.answers.saved import SavedSubgroup, kept_under, saved_here, where_typed
from data.errors import Fault, InputError
from data.store import EvaluationInfo
from data.subgroups import (
    NewSubgroup,
    checked_subgroup_name,
    faults_of,
    faults_of_all,
    save_subgroups,
)

FORMAT, VERSION = "fairhearing subgroups", 1
LARGEST_FILE = 5_000_000
"""Bytes."""
_KNOWN = {"name", "selection", "expression", "sentence", "note", "author", "saved"}


def subgroup_document(one: SavedSubgroup) -> dict[str, Any]:
    """A saved subgroup as plain data; `expression` and `sentence` are for readers."""
    selection = one.selection
    return {
        "name": one.name,
        "sentence": to_sentence(selection) if selection else None,
        "expression": to_expression(selection) if selection else None,
        "selection": to_json(selection) if selection else None,
        "note": one.note,
        "author": one.author,
        "saved": one.saved,
    }


def export_document(info: EvaluationInfo) -> dict[str, Any]:
    """The file of an evaluation's saved subgroups; those that cannot be read by this version are left out."""
    kept = [one.saved for one in saved_here(info) if one.saved.selection is not None]
    return {
        "format": FORMAT,
        "version": VERSION,
        "evaluation": info.name,
        "subgroups": [subgroup_document(one) for one in kept],
    }


def export_bytes(info: EvaluationInfo) -> bytes:
    """The same as the bytes of a file."""
    return (json.dumps(export_document(info), ensure_ascii=False, indent=1) + "\n").encode()


@dataclass(frozen=True)
class WantedSubgroup:
    """One entry of a file, before it is saved."""

    name: str
    selection: Selection
    note: str
    author: str
    is_new: bool
    """False: it is saved already, under this name."""


def import_subgroups(info: EvaluationInfo, path: Path) -> list[SavedSubgroup]:
    """Save what a file holds, all of it or nothing; returns those that are new. Raises `InputError` with every fault."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InputError(f"{path} has more than {LARGEST_FILE:,} bytes, which no file of subgroups has.")
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from None
    return import_bytes(info, content, path.name)


def import_bytes(info: EvaluationInfo, content: bytes, file: str) -> list[SavedSubgroup]:
    """The same from the bytes of a file. file: how the faults call it."""
    return import_plain(info, _plain(content, file), file)


def preview(info: EvaluationInfo, content: bytes, file: str) -> list[WantedSubgroup]:
    """What importing these bytes would save; saves nothing. Raises `InputError` with every fault."""
    wanted, faults = _wanted(info, _plain(content, file), file)
    problems = faults_of_all(*kept_under(info), wanted, file, faults)
    if problems:
        raise InputError(problems)
    here = {one.saved.name.casefold() for one in saved_here(info)}
    named = [(checked_subgroup_name(new.name), new) for _, new in wanted]
    return [
        WantedSubgroup(name, new.selection, new.note, new.author, name.casefold() not in here)
        for name, new in named
    ]


def _plain(content: bytes, file: str) -> object:
    if len(content) > LARGEST_FILE:
        raise InputError(f"{file} has more than {LARGEST_FILE:,} bytes, which no file of subgroups has.")
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise InputError(f"{file} is no JSON in UTF-8: {error}.") from None


def import_plain(info: EvaluationInfo, plain: object, file: str) -> list[SavedSubgroup]:
    """The same from plain data. file: how the faults call it."""
    wanted, faults = _wanted(info, plain, file)
    return save_subgroups(*kept_under(info), wanted, file, faults)


def _wanted(
    info: EvaluationInfo, plain: object, file: str
) -> tuple[list[tuple[int, NewSubgroup]], list[Fault]]:
    """The entries of a file with their places, and what is wrong with the others."""
    wanted: list[tuple[int, NewSubgroup]] = []
    faults: list[Fault] = []
    for place, entry in enumerate(_entries(plain, file), start=1):
        new, problems = _new(info, entry)
        faults += [Fault(file, None, f"subgroup {place}", problem, "") for problem in problems]
        if new is not None:
            wanted.append((place, new))
    return wanted, faults


def _entries(plain: object, file: str) -> list[object]:
    if not isinstance(plain, dict) or plain.get("format") != FORMAT:
        raise InputError(
            f'{file} is no file of subgroups: expected "format": "{FORMAT}". Make one with fairhearing subgroups export.'
        )
    if plain.get("version") != VERSION:
        raise InputError(
            f"{file} is of version {plain.get('version')!r}; this program reads version {VERSION}."
        )
    entries = plain.get("subgroups")
    if not isinstance(entries, list):
        raise InputError(f'{file} has no list of "subgroups".')
    return entries


def _new(info: EvaluationInfo, entry: object) -> tuple[NewSubgroup | None, list[str]]:
    """One entry, None where something is wrong with it, and everything that is."""
    if not isinstance(entry, dict):
        return None, ["It is no object with name and selection."]
    problems = []
    if unknown := sorted(set(map(str, entry)) - _KNOWN):
        problems.append(
            f"It has unknown fields: {', '.join(unknown[:5])}. Known: {', '.join(sorted(_KNOWN))}."
        )
    texts = {key: entry.get(key) or "" for key in ("name", "note", "author")}
    problems += [f"Its {key} is no text." for key, text in texts.items() if not isinstance(text, str)]
    try:
        selection = _selection(info, entry)
    except (SelectionError, InputError) as problem:
        problems.append(str(problem))
        selection = EVERYTHING
    if any(not isinstance(text, str) for text in texts.values()):
        return None, problems
    new = NewSubgroup(texts["name"], selection, texts["note"], texts["author"])
    if problems:
        return None, [*problems, *faults_of(new)]
    return new, problems


def _selection(info: EvaluationInfo, entry: dict[str, Any]) -> Selection:
    """Of `selection`, else of `expression`; where both are there they have to mean the same."""
    plain, typed = entry.get("selection"), entry.get("expression")
    if typed is not None and not isinstance(typed, str):
        raise InputError("Its expression is no text.")
    if plain is None and typed is None:
        raise InputError("It has neither a selection nor an expression.")
    selection = where_typed(info, str(typed)) if plain is None else from_json(plain)
    if canonical(selection) in (EVERYTHING, NOBODY):
        raise InputError(f"It selects {to_sentence(selection)}, which needs no name.")
    check(selection, info.attributes, info.texts_refused)
    if typed is not None and canonical(where_typed(info, typed)) != canonical(selection):
        raise InputError("Its selection and its expression mean different recordings. Remove one of them.")
    return selection
