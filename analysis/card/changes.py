"""Two cards of one system, held against each other: what is different, and what in the evidence can be its cause.

Owns the kinds of cause and how each is told from what both cards say they were made of. It judges no
group; with several causes at once it names all of them and shares nothing out among them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.card.evidence import Evidence, group_named
from analysis.card.rows import Grouping, Row

CAUSES = ("question", "system", "data", "labels", "normaliser", "tool", "plan", "settings", "said")
"""In the order they are told. `question`: something else was asked; `said`: what people put on record."""
_MEASURE = frozenset({"question", "normaliser"})
"""Causes after which a rate is of another measure, so that two of them are not held against each other."""
_OF_PLAN = ("margin_ratio", "margin_points", "min_speakers")
"""Settings that a plan declares."""
_READ_AS_LABELS = ("roles", "label_sources", "bins", "orders", "multi", "missing", "attributes")
_OF_SYSTEM = ("map_systems", "null_hypothesis", "allow_missing", "options_of_systems")
"""Options that decide how hypotheses are read."""
_COUNTED = ("n_speakers", "n_utterances", "n_words")
_LOOKS = ("searches", "subgroups", "normalisers", "withdrawn")
_NO_LABELS = ("show_text", "show_audio")


@dataclass(frozen=True)
class Cause:
    """One kind of cause, with every part of the evidence that shows it."""

    kind: str
    """One of CAUSES."""
    parts: tuple[tuple[str, Any, Any], ...]
    """What is different, as it was and as it is; None where there was or is nothing."""


@dataclass(frozen=True)
class Move:
    """A group with another verdict than before."""

    by: tuple[str, ...]
    group: Mapping[str, str | None]
    before: Row
    after: Row


@dataclass(frozen=True)
class Changes:
    """What is different between two cards of one evaluation."""

    before: Evidence
    after: Evidence
    causes: tuple[Cause, ...]
    moves: tuple[Move, ...]
    """Groups of both cards whose verdict is another now, in the order of the later card."""
    n_compared: int
    """Groups that both cards have."""
    came: tuple[tuple[tuple[str, ...], Mapping[str, str | None]], ...]
    """Groups that only the later card has, with their grouping."""
    went: tuple[tuple[tuple[str, ...], Mapping[str, str | None]], ...]

    @property
    def comparable(self) -> bool:
        """Whether the rates of both are of one measure."""
        return not _MEASURE & {cause.kind for cause in self.causes}

    @property
    def is_nothing(self) -> bool:
        return not (self.causes or self.moves or self.came or self.went)


def card_changes(before: Evidence, after: Evidence) -> Changes:
    """Hold an earlier card's evidence against a later one's."""
    then, now = _rows(before), _rows(after)
    shared = [key for key in now if key in then]
    moves = [
        Move(by, dict(group), then[by, group], now[by, group])
        for by, group in shared
        if then[by, group].versus.verdict != now[by, group].versus.verdict
        and not (then[by, group].is_withheld or now[by, group].is_withheld)
    ]
    found = {kind: tuple(parts) for kind, parts in _causes(before, after, then, now)}
    return Changes(
        before,
        after,
        tuple(Cause(kind, found[kind]) for kind in CAUSES if found.get(kind)),
        tuple(moves),
        len(shared),
        tuple((by, dict(group)) for by, group in now if (by, group) not in then),
        tuple((by, dict(group)) for by, group in then if (by, group) not in now),
    )


_Key = tuple[tuple[str, ...], tuple[tuple[str, str | None], ...]]
_Parts = Iterator[tuple[str, Any, Any]]


def _rows(evidence: Evidence) -> dict[_Key, Row]:
    """Every group of every table, and of the heatmap, by grouping and values."""
    tables: list[Grouping] = [*evidence.groupings, *([evidence.grid] if evidence.grid else [])]
    return {
        (table.by, tuple((name, row.group[name]) for name in table.by)): row
        for table in tables
        for row in table.rows
        if row.is_group
    }


def _causes(
    before: Evidence, after: Evidence, then: Mapping[_Key, Row], now: Mapping[_Key, Row]
) -> Iterator[tuple[str, Sequence[tuple[str, Any, Any]]]]:
    """Each kind of cause with what shows it; kinds without anything are there too, and empty."""
    system, data, labels = _of_files(before, after, then, now)
    system += [*_pairs(before.system_about, after.system_about), *_options(before, after, _OF_SYSTEM)]
    data += [*_pairs(_without(before.about), _without(after.about)), *_data_options(before, after)]
    labels += [*_attributes(before, after), *_options(before, after, _READ_AS_LABELS)]
    yield "question", list(_question(before, after))
    yield "system", system
    yield "data", data
    yield "labels", labels
    yield "normaliser", list(_scoring(before, after))
    yield "tool", _pairs(before.generator, after.generator)
    planned = _plan(before, after)
    yield "plan", planned
    own = [one for one in _pairs(before.settings, after.settings) if not (planned and one[0] in _OF_PLAN)]
    yield "settings", own
    yield "said", list(_said(before, after))


def _of_files(
    before: Evidence, after: Evidence, then: Mapping[_Key, Row], now: Mapping[_Key, Row]
) -> tuple[list[tuple[str, Any, Any]], list[tuple[str, Any, Any]], list[tuple[str, Any, Any]]]:
    """What changed files mean for system, data and labels, told by their place and by what is counted in them.

    One file may hold references, labels and transcripts. Then the counts of people and words decide: where those of
    the whole differ it is the data; where only those of groups do, the labels; where none does, the transcripts.
    """
    system = _changed_files(before, after, (before.system, after.system))
    labels = _changed_files(before, after, ("",))
    shared = _changed_files(before, after, (None,))
    # What a word is, the normaliser decides; words are then no sign of other recordings.
    counted = ("n_speakers", "n_utterances") if list(_scoring(before, after)) else _COUNTED
    whole = [
        (name, was, is_now)
        for name in counted
        if (was := getattr(before.overall, name)) != (is_now := getattr(after.overall, name))
    ]
    if whole and not (system and not shared):
        return system, [*shared, *whole], labels
    if not shared:
        return system, [], labels
    if any(
        getattr(then[key], name) != getattr(now[key], name)
        for key in now.keys() & then.keys()
        for name in counted
    ):
        return system, [], [*labels, *shared]
    if before.overall.errors == after.overall.errors and before.overall.rate == after.overall.rate:
        return system, shared, labels
    return [*system, *shared], [], labels


def _changed_files(
    before: Evidence, after: Evidence, places: tuple[str | None, ...]
) -> list[tuple[str, Any, Any]]:
    """Files of one place in the build, by name, whose content is another now."""
    was = {str(one["sha256"]): str(one["name"]) for one in before.inputs if one.get("system") in places}
    is_now = {str(one["sha256"]): str(one["name"]) for one in after.inputs if one.get("system") in places}
    gone = [name for sha256, name in was.items() if sha256 not in is_now]
    new = [name for sha256, name in is_now.items() if sha256 not in was]
    return [("file", ", ".join(gone) or None, ", ".join(new) or None)] if gone or new else []


def _question(before: Evidence, after: Evidence) -> _Parts:
    for name in ("evaluation", "system", "audience", "level"):
        if getattr(before, name) != getattr(after, name):
            yield name, getattr(before, name), getattr(after, name)
    if before.metric["id"] != after.metric["id"]:
        yield "metric", before.metric["id"], after.metric["id"]


def _scoring(before: Evidence, after: Evidence) -> _Parts:
    for name in ("normalizer", "aligner", "keywords"):
        was, is_now = (getattr(one, name) or {} for one in (before, after))
        if any(was.get(key) != is_now.get(key) for key in ("id", "version", "sha256")):
            yield name, _called(was), _called(is_now)


def _called(scoring: Mapping[str, Any]) -> str | None:
    named = [str(scoring[key]) for key in ("id", "version") if scoring.get(key) is not None]
    digest = str(scoring.get("sha256") or "")[:8]
    return " ".join([*named, *([f"({digest})"] if digest else [])]) or None


def _attributes(before: Evidence, after: Evidence) -> _Parts:
    """Attributes that came, went, or are read otherwise."""
    was, is_now = ({str(one["name"]): one for one in some.attributes} for some in (before, after))
    for name in dict.fromkeys((*was, *is_now)):
        if name not in is_now or name not in was:
            yield "attribute", name if name in was else None, name if name in is_now else None
            continue
        for key in ("role", "label_source", "levels"):
            old, new = was[name].get(key), is_now[name].get(key)
            if old != new:
                yield f"{key} of {name}", _listed(old), _listed(new)


def _listed(value: Any) -> Any:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value


def _plan(before: Evidence, after: Evidence) -> list[tuple[str, Any, Any]]:
    was, is_now = ((one.plan or {}).get("sha256") for one in (before, after))
    if was == is_now:
        return []
    parts: list[tuple[str, Any, Any]] = [("plan", was and str(was)[:12], is_now and str(is_now)[:12])]
    changed = [one for one in _pairs(before.settings, after.settings) if one[0] in _OF_PLAN]
    return [*parts, *changed]


def _said(before: Evidence, after: Evidence) -> _Parts:
    yield from _findings(before, after)
    for name in ("decision", "signed_off"):
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            key = "choice" if name == "decision" else "name"
            yield name, old and old.get(key), new and new.get(key)
    for name in _LOOKS:
        old, new = ((some.looked_at or {}).get(name) for some in (before, after))
        if old != new and before.looked_at is not None and after.looked_at is not None:
            yield name, old, new


def _findings(before: Evidence, after: Evidence) -> _Parts:
    """Findings that came, went, or of which something else is said; then their order, where that alone is another."""
    was, is_now = ({one.id: one for one in some.findings} for some in (before, after))
    for known in dict.fromkeys((*was, *is_now)):
        old, new = was.get(known), is_now.get(known)
        if old is None or new is None:
            yield "finding", old and group_named(old), new and group_named(new)
            continue
        for name in ("claim", "note", "state"):
            if getattr(old, name) != getattr(new, name):
                yield f"{name} of the finding on {group_named(new)}", getattr(old, name), getattr(new, name)
    shared = was.keys() & is_now.keys()
    orders = [[one for one in some if one in shared] for some in (was, is_now)]
    if orders[0] != orders[1]:
        then, now = (", ".join(group_named(is_now[one]) for one in order) for order in orders)
        yield "order of findings", then, now


def _options(before: Evidence, after: Evidence, names: Sequence[str]) -> _Parts:
    for name in names:
        was, is_now = before.options.get(name), after.options.get(name)
        if was != is_now:
            yield name, _listed(was), _listed(is_now)


def _data_options(before: Evidence, after: Evidence) -> _Parts:
    """Options that decide which recordings there are and how files are read."""
    names = dict.fromkeys((*before.options, *after.options))
    return _options(
        before, after, [one for one in names if one not in (*_READ_AS_LABELS, *_OF_SYSTEM, *_NO_LABELS)]
    )


def _without(about: Mapping[str, Any]) -> dict[str, Any]:
    """What was said of the data, without what was said of systems."""
    return {key: value for key, value in about.items() if not key.startswith("system")}


def _pairs(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """Entries that differ, by name."""
    names = dict.fromkeys((*before, *after))
    return [
        (name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)
    ]
