"""Finds evaluations and opens their builds for reading.

Owns the one way a build is opened: one read-only connection per file and process, a
cursor per call, no access to other files. Every reader goes through `open_build`.
The SELECTs over utterances and scores are in `queries.py`; here only `meta` is read.
"""

from __future__ import annotations

import json
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar, cast

import duckdb

from analysis.attributes import Attribute, LabelSource
from analysis.settings import DEFAULTS, Settings
from data.beside import Beside, beside_of
from data.connecting import connect
from data.errors import InputError, near_names
from data.home import checked_home, evaluation_names, evaluations_home, find_build
from data.plans import NOTHING_RECORDED, PlanRecord, StoredPlan
from data.queries_held import HeldColumns, HeldCursor
from data.schema import refuse_other_version
from data.sidecar import Sidecar

__all__ = [
    "SYNTHETIC_NOTICE",
    "Build",
    "EvaluationInfo",
    "evaluation_names",
    "evaluations_home",
    "find_build",
    "find_evaluation",
    "list_evaluations",
    "open_build",
    "unreadable_evaluations",
]

SYNTHETIC_NOTICE = "Synthetic voices: says nothing about people"

T = TypeVar("T")
_MOST_OPEN = 16


@dataclass(frozen=True)
class EvaluationInfo:
    """What is known about one build of an evaluation without looking at its rows."""

    name: str
    build: str
    """The first twelve hexadecimal digits of the build's hash."""
    path: Path
    systems: tuple[str, ...]
    """A system's position here is its number in the tables."""
    attributes: tuple[Attribute, ...]
    normalizer: Mapping[str, Any]
    """`id`, `version`, `sha256`, `description`."""
    aligner: Mapping[str, Any]
    """`id`, `version`, `tie_rule`."""
    counts: Mapping[str, Any]
    """`utterances`, `speakers`, `words` of all references, `scored`: utterances by system, and `transcribed_twice` where
    there is a second reference."""
    about: Mapping[str, Any]
    """What the owner said about system and data; empty when nothing."""
    inputs: tuple[Mapping[str, Any], ...]
    """`name`, `sha256`, `bytes`, `rows`, `format`, `columns` (by field) and `notices` of each file that was read, and
    its `system`: None for references, "" for a table of attributes."""
    options: Mapping[str, Any]
    not_attributes: Mapping[str, str]
    """Columns that were left out, each with the reason."""
    cluster_unit: str
    """ "speaker", or the column that names another sampling unit."""
    show_text: bool
    show_audio: bool
    created: str
    """UTC, ISO 8601; "" when it is not known."""
    note: str
    audio_folder: str | None
    """Folder that paths of clips are relative to; None when it is not known."""
    marginal_subsets: tuple[tuple[str, ...], ...] = ()
    """Groupings whose results are stored; a grouping's position here is its number in table `marginal`."""
    marginal_mixes: Mapping[str, Any] = field(default_factory=dict)
    """How the mixes of conditions differ in stored groupings of speakers, by "system:subset"."""
    has_text: bool = True
    """False for a build of counts, whose references and hypotheses are all ""."""
    undefined_metrics: Mapping[str, str] = field(default_factory=dict)
    """Metrics that the build's counts do not give, each with the reason; empty for a build of texts."""
    unit: str = "word"
    """"character" where the texts are in a script without spaces, so that "words" in the counts are characters."""
    keywords: Mapping[str, Any] | None = None
    """`sha256` and `phrases` of the user's list of keywords; None where there was none."""

    settings: Settings = DEFAULTS
    """Those of the folder of evaluations it lies in."""
    record: PlanRecord = NOTHING_RECORDED
    """Its plan, and when results were opened, as the folder of evaluations knows it."""

    @property
    def plan(self) -> StoredPlan | None:
        """The plan that holds now; None: no plan, so defaults and every verdict exploratory."""
        return self.record.plan

    @property
    def label_sources(self) -> dict[str, LabelSource]:
        """Who gave the labels, by attribute."""
        return {attribute.name: attribute.label_source for attribute in self.attributes}

    @property
    def synthetic(self) -> bool:
        """Whether the voices were made by a program."""
        return self.about.get("synthetic_voices") is True

    @property
    def texts_refused(self) -> str:
        """Why recordings cannot be chosen by what was said; "" where they can.

        Whoever may ask which recordings hold a word can read texts word by word, so it takes leave to show them.
        """
        if not self.has_text:
            return (
                "This evaluation holds counts and no texts, so recordings cannot be chosen by what was said."
            )
        if not self.show_text:
            return (
                "The texts of this evaluation are not shown, so recordings cannot be chosen by what was said: the answers "
                "would give the texts away word by word. Where they may be read, ingest it again with --show-text."
            )
        return ""

    @property
    def notice(self) -> str | None:
        """What must stand beside everything made from this evaluation; None when nothing must."""
        return SYNTHETIC_NOTICE if self.synthetic else None

    def attribute(self, name: str) -> Attribute:
        """The attribute of that name; raises `InputError` with near names."""
        for attribute in self.attributes:
            if attribute.name == name:
                return attribute
        known = [attribute.name for attribute in self.attributes]
        raise InputError(f'"{name}" is not an attribute of {self.name}. {near_names(name, known)}'.rstrip())


class Build:
    """One build, open for reading. Cheap to make again: a file is opened once per process."""

    has_numbers = True
    """Whether recordings can be chosen by a range of numbers; False for an evidence file."""

    def __init__(
        self,
        path: Path,
        connection: duckdb.DuckDBPyConnection,
        beside: Beside | None = None,
        held: HeldColumns | None = None,
    ) -> None:
        self.path = path
        self._connection = connection
        self._held = HeldColumns(connection) if held is None else held
        self.beside = beside_of(path) if beside is None else beside
        self.info = _read_info(path, connection.cursor(), self.beside)

    def read_again(self) -> Build:
        """The same build with what stands beside it as it is now."""
        return Build(self.path, self._connection, held=self._held)

    def judged_under(self, settings: Settings, record: PlanRecord) -> Build:
        """The same build as if other settings and another plan stood beside it."""
        again = copy(self)
        again.info = replace(self.info, settings=settings, record=record)
        return again

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor for one call; never share it between threads."""
        return cast("duckdb.DuckDBPyConnection", HeldCursor(self._connection.cursor(), self._held))

    def remembered(self, question: Hashable, work_out: Callable[[], T]) -> T:
        """Sums of recordings that were worked out for a question before, else now; the question says all they depend on."""
        return self._held.remembered(question, work_out)


_open: OrderedDict[tuple[str, int, int], Build] = OrderedDict()
_opening = threading.Lock()


def open_build(path: str | os.PathLike[str]) -> Build:
    """Open a build for reading; raises `InputError` when the file is none."""
    resolved = Path(path).resolve()
    try:
        state = resolved.stat()
    except OSError:
        raise InputError(f"There is no evaluation at {path}. See `fairhearing list`.") from None
    key = (str(resolved), state.st_ino, state.st_mtime_ns)
    with _opening:
        if key not in _open:
            _open[key] = Build(resolved, connect(resolved))
        elif _open[key].beside != beside_of(resolved):
            # What stands beside the build may change; a file is opened only once.
            _open[key] = _open[key].read_again()
        _open.move_to_end(key)
        while len(_open) > _MOST_OPEN:
            # Cursors that are still in use keep their database open.
            _open.popitem(last=False)
        return _open[key]


def find_evaluation(home: Path, wanted: str) -> EvaluationInfo:
    """The build that `find_build` finds, opened; raises `InputError`.

    A name may mean another build by the time its file is opened, and then that one is meant.
    """
    path = find_build(home, wanted)
    try:
        return open_build(path).info
    except InputError:
        again = find_build(home, wanted)
        if again == path:
            raise
        return open_build(again).info


def list_evaluations(home: Path) -> list[EvaluationInfo]:
    """The current build of every evaluation that can be opened, by name."""
    unreadable = unreadable_evaluations(checked_home(home))
    return [find_evaluation(home, name) for name in evaluation_names(home) if name not in unreadable]


def unreadable_evaluations(home: Path) -> dict[str, str]:
    """Evaluations whose current build cannot be opened, each with the sentence that says why."""
    problems = {}
    for name in evaluation_names(home):
        try:
            find_evaluation(home, name)
        except InputError as problem:
            problems[name] = str(problem)
    return problems


def _read_info(path: Path, cursor: duckdb.DuckDBPyConnection, beside: Beside) -> EvaluationInfo:
    try:
        meta = {
            key: json.loads(value) for key, value in cursor.execute("SELECT key, value FROM meta").fetchall()
        }
        refuse_other_version(meta, path)
        sidecar = Sidecar.read(path)
        return EvaluationInfo(
            name=meta["name"],
            build=meta["build"],
            path=path,
            systems=tuple(meta["systems"]),
            attributes=tuple(Attribute.from_json(plain) for plain in meta["attributes"]),
            normalizer=meta["normalizer"],
            aligner=meta["aligner"],
            counts=meta["counts"],
            about=meta["about"],
            inputs=tuple(meta["inputs"]),
            options=meta["options"],
            not_attributes=meta["not_attributes"],
            cluster_unit=meta["cluster_unit"],
            show_text=meta["show_text"],
            show_audio=meta["show_audio"],
            created=sidecar.created,
            note=sidecar.note,
            audio_folder=sidecar.audio_folder,
            marginal_subsets=tuple(tuple(names) for names in meta.get("marginal_subsets", [])),
            marginal_mixes=meta.get("marginal_mixes", {}),
            has_text=meta.get("has_text", True),
            undefined_metrics=meta.get("undefined_metrics", {}),
            unit=meta.get("unit", "word"),
            keywords=meta.get("keywords"),
            settings=beside.settings,
            record=beside.record,
        )
    except InputError:
        raise
    except (duckdb.Error, KeyError, ValueError, TypeError):
        raise InputError(f"{path} is a DuckDB file but no evaluation of Fair Hearing.") from None
