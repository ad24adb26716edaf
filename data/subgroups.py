"""Subgroups that people saved under a name: what each is, who saved it, and everything that became of it.

Owns one table of HOME/workspace.sqlite that is only ever added to: a name never comes to mean
other recordings silently. They belong to the name of an evaluation, so new builds keep them. What
a selection may say is known by `analysis/`; whether it still fits a build is asked by the answers.
"""

from __future__ import annotations

import json
import re
import secrets
import sqlite3
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.selection import Selection, SelectionError, from_json, to_json
from analysis.selection_form import canonical, tidy
from data.errors import Fault, InputError, near_names
from data.workspace import now, read_only, writing

LONGEST_NAME = 60
LONGEST_NOTE = 20_000
LONGEST_AUTHOR = 200
MOST_SAVED = 500
_NAME = re.compile(r"[^\W_][\w\u0300-\u036f-]*")
SAVED, RENAMED, DELETED = "saved", "renamed", "deleted"
_TAKEN = "There is a subgroup @{name} of other recordings already. Choose another name, or rename or delete that one first."
_SCHEMA = """
CREATE TABLE IF NOT EXISTS subgroup_log (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,  -- the order in which things happened
    evaluation TEXT NOT NULL,
    at         TEXT NOT NULL,                      -- UTC, ISO 8601
    what       TEXT NOT NULL CHECK (what IN ('saved', 'renamed', 'deleted')),
    subgroup   TEXT NOT NULL,                      -- twelve hexadecimal digits
    name       TEXT NOT NULL,                      -- after it happened; when deleted, the last one
    selection  TEXT NOT NULL,                      -- JSON of analysis/selection.py; '' unless saved
    note       TEXT NOT NULL,
    author     TEXT NOT NULL                       -- as typed, not checked
);
CREATE TRIGGER IF NOT EXISTS subgroup_log_is_added_to BEFORE UPDATE ON subgroup_log
BEGIN SELECT RAISE(ABORT, 'the log of subgroups is only added to'); END;
"""
_ROWS = "SELECT at, what, subgroup, name, selection, note, author FROM subgroup_log WHERE evaluation = ? ORDER BY id"


@dataclass(frozen=True)
class NewSubgroup:
    """What somebody wants to save."""

    name: str
    selection: Selection
    note: str = ""
    author: str = ""
    """As typed, not checked."""


@dataclass(frozen=True)
class SavedSubgroup:
    """A subgroup as it was saved, under the name it has now."""

    id: str
    name: str
    selection: Selection | None
    """None: it was saved by another version of the product that knows other conditions."""
    note: str
    author: str
    saved: str
    """UTC, ISO 8601."""


def checked_subgroup_name(name: str) -> str:
    """A name that can be typed after @, in one spelling; raises `InputError`."""
    spelled = unicodedata.normalize("NFC", name.strip().removeprefix("@"))
    if _NAME.fullmatch(spelled) is None or len(spelled) > LONGEST_NAME:
        raise InputError(
            f'"{spelled[:LONGEST_NAME]}" cannot be the name of a subgroup. Write one word of letters, digits, - and _ '
            f"that begins with a letter or digit, at most {LONGEST_NAME}, such as scots-in-noise."
        )
    return spelled


def saved_subgroups(home: Path, evaluation: str) -> list[SavedSubgroup]:
    """The saved subgroups of an evaluation, by name. Writes nothing."""
    return _current(read_only(home, _ROWS, (evaluation,)))


def save_subgroups(
    home: Path,
    evaluation: str,
    wanted: Iterable[tuple[int, NewSubgroup]],
    file: str = "subgroups",
    faults: Sequence[Fault] = (),
) -> list[SavedSubgroup]:
    """Save them all or none; returns the new ones. One that is saved already under its name changes nothing.

    wanted: each with its place in the file, from 1. faults: what else is wrong with the file, which is called `file`.
    Raises `InputError` with all of that, every name or note that cannot be, and every name of other recordings.
    """
    with writing(home, _SCHEMA) as connection:
        # The write that opens every connection holds the lock, so nobody saves between these lines.
        new, found = _new_ones(_current(connection.execute(_ROWS, (evaluation,))), wanted, file, faults)
        if found:
            raise InputError(found)
        return [_saved(connection, evaluation, one) for one in new]


def faults_of_all(
    home: Path,
    evaluation: str,
    wanted: Iterable[tuple[int, NewSubgroup]],
    file: str,
    faults: Sequence[Fault] = (),
) -> list[Fault]:
    """Everything for which `save_subgroups` would refuse the same; none where it would save them. Writes nothing."""
    return _new_ones(saved_subgroups(home, evaluation), wanted, file, faults)[1]


def _new_ones(
    saved: Iterable[SavedSubgroup],
    wanted: Iterable[tuple[int, NewSubgroup]],
    file: str,
    faults: Sequence[Fault],
) -> tuple[list[NewSubgroup], list[Fault]]:
    """Which of the wanted ones are not saved yet, and everything that is wrong."""
    found, new = list(faults), []
    known = {one.name.casefold(): one for one in saved}
    for place, one in wanted:
        problems = faults_of(one)
        if not problems:
            spelled = replace(one, name=checked_subgroup_name(one.name), selection=tidy(one.selection))
            other = known.setdefault(spelled.name.casefold(), _as_if_saved(spelled))
            if other.id == "" and other.selection is spelled.selection:
                new.append(spelled)
            elif other.selection is None or canonical(other.selection) != canonical(spelled.selection):
                problems = [_TAKEN.format(name=other.name)]
        found += [Fault(file, None, f"subgroup {place}", problem, "") for problem in problems]
    if len(known) > MOST_SAVED:
        found.append(Fault(file, None, None, f"At most {MOST_SAVED} subgroups are kept.", "Delete some."))
    # What was wrong with the file comes first otherwise, whichever entry it is about.
    return new, sorted(found, key=lambda one: _place_of(one.field))


def _place_of(field: str | None) -> int:
    """The place that a fault names; after all of them where it names none."""
    number = (field or "").removeprefix("subgroup ")
    return int(number) if number.isdigit() else MOST_SAVED * LONGEST_NOTE


def faults_of(new: NewSubgroup) -> list[str]:
    """Everything that is wrong with a name, note and author, as sentences."""
    problems = []
    try:
        checked_subgroup_name(new.name)
    except InputError as problem:
        problems.append(str(problem))
    for what, text, limit in (("note", new.note, LONGEST_NOTE), ("author", new.author, LONGEST_AUTHOR)):
        if len(text) > limit:
            problems.append(f"The {what} has {len(text):,} characters; at most {limit:,} are kept.")
        if any("\ud800" <= character <= "\udfff" for character in text):
            problems.append(f"The {what} holds a character that no text file can hold.")
    return problems


def _as_if_saved(new: NewSubgroup) -> SavedSubgroup:
    """What a later line of the same file meets."""
    return SavedSubgroup("", new.name, new.selection, new.note, new.author, "")


def rename_subgroup(home: Path, evaluation: str, name: str, to: str, author: str = "") -> SavedSubgroup:
    """Give a saved subgroup another name; raises `InputError` where the name is not there or is taken."""
    new_name = checked_subgroup_name(to)
    with writing(home, _SCHEMA) as connection:
        known = _current(connection.execute(_ROWS, (evaluation,)))
        held = _named(known, name)
        if any(one.name.casefold() == new_name.casefold() and one.id != held.id for one in known):
            raise InputError(f"There is a subgroup @{new_name} already. Choose another name.")
        _append(connection, evaluation, RENAMED, replace(held, name=new_name, author=author, note=""))
    return replace(held, name=new_name)


def delete_subgroup(home: Path, evaluation: str, name: str, author: str = "") -> SavedSubgroup:
    """Forget a saved subgroup, which the log keeps; raises `InputError` where the name is not there."""
    with writing(home, _SCHEMA) as connection:
        held = _named(_current(connection.execute(_ROWS, (evaluation,))), name)
        _append(connection, evaluation, DELETED, replace(held, author=author, note=""))
    return held


def _named(known: Sequence[SavedSubgroup], name: str) -> SavedSubgroup:
    wanted = unicodedata.normalize("NFC", name.strip().removeprefix("@"))
    for one in known:
        if one.name.casefold() == wanted.casefold():
            return one
    near = near_names(wanted, [one.name for one in known]) or "None is saved for this evaluation."
    raise InputError(f'There is no saved subgroup "{wanted}". {near}')


def _current(rows: Iterable[sqlite3.Row]) -> list[SavedSubgroup]:
    """What the log adds up to."""
    held: dict[str, SavedSubgroup] = {}
    for row in rows:
        if row["what"] == SAVED:
            selection = _read(row["selection"])
            held[row["subgroup"]] = SavedSubgroup(
                row["subgroup"], row["name"], selection, row["note"], row["author"], row["at"]
            )
        elif row["what"] == RENAMED and row["subgroup"] in held:
            held[row["subgroup"]] = replace(held[row["subgroup"]], name=row["name"])
        else:
            held.pop(row["subgroup"], None)
    return sorted(held.values(), key=lambda one: one.name.casefold())


def _read(text: str) -> Selection | None:
    try:
        return from_json(json.loads(text))
    except (SelectionError, ValueError, RecursionError):
        return None


def _saved(connection: sqlite3.Connection, evaluation: str, new: NewSubgroup) -> SavedSubgroup:
    one = SavedSubgroup(
        secrets.token_hex(6), new.name, new.selection, new.note.strip(), new.author.strip(), now()
    )
    _append(connection, evaluation, SAVED, one)
    return one


def _append(connection: sqlite3.Connection, evaluation: str, what: str, one: SavedSubgroup) -> None:
    text = ""
    if what == SAVED and one.selection is not None:
        text = json.dumps(to_json(one.selection), ensure_ascii=False, allow_nan=False)
    connection.execute(
        "INSERT INTO subgroup_log (evaluation, at, what, subgroup, name, selection, note, author) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (evaluation, now(), what, one.id, one.name, text, one.note, one.author),
    )
