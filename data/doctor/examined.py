"""The evaluation under examination: its columns, each loaded once and only when a check asks.

Owns what all checks see of a build. It judges nothing. Texts of many systems are large,
so only as many are held at a time as fit a fixed number of texts.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.attributes import Attribute
from analysis.memberships import memberships
from analysis.normalize import NORMALIZERS, Normalizer
from data import queries_doctor as queries
from data.doctor.faults import counted
from data.doctor.placeholders import is_placeholder
from data.queries_doctor import Floats, Ints, ScoreColumns
from data.store import Build

NO_SPEAKER = "(not stated)"
"""The speaker that `--missing-speaker one` gives all recordings without one."""

_MOST_TEXTS_HELD = 4_000_000
_HASHED_AT_ONCE = 100_000


class Examined:
    """One build as the checks read it. Not for several threads."""

    def __init__(self, build: Build) -> None:
        # What an ingest worked out by itself cannot be at fault, and sets of labels are examined as they are stored.
        given = [attribute for attribute in build.info.attributes if not attribute.derived]
        self.info = replace(build.info, attributes=tuple(attribute.as_stored() for attribute in given))
        self._columns = {attribute.name: attribute.column for attribute in given}
        self._several = {attribute.name: attribute for attribute in given if attribute.multi}
        self._cursor = build.cursor()
        self._counts: dict[int, ScoreColumns] = {}
        self._texts: OrderedDict[tuple[int, str], pa.Array] = OrderedDict()

    @property
    def normalizer(self) -> Normalizer | None:
        """The build's normaliser without its list of forms; None where counts were made elsewhere."""
        known = self.info.normalizer
        return NORMALIZERS.get(str(known.get("base", known["id"])))

    @property
    def systems(self) -> tuple[str, ...]:
        """Names of the systems; a system's number is its position."""
        return self.info.systems

    @cached_property
    def _recordings(self) -> tuple[Ints, dict[str, Ints]]:
        return queries.recording_codes(self._cursor, list(self._columns.values()))

    @property
    def speaker(self) -> Ints:
        """Code of each recording's speaker."""
        return self._recordings[0]

    def codes(self, attribute: Attribute) -> Ints:
        """Group of each recording; -1 is not stated."""
        return self._recordings[1][self._columns[attribute.name]]

    def groups(self) -> Iterator[tuple[Attribute, Ints]]:
        """Every attribute with the codes of all recordings."""
        for attribute in self.info.attributes:
            yield attribute, self.codes(attribute)

    def stated(self, attribute: Attribute) -> Ints:
        """Group of each recording, with values such as "NA" counted as not stated (-1)."""
        return _without_placeholders(self.codes(attribute), attribute)

    def members(self, attribute: Attribute) -> tuple[tuple[str, ...], Ints, Ints]:
        """The groups, and each recording once for every group it is in: its row, and the group as in `stated`."""
        several = self._several.get(attribute.name)
        if several is None:
            return attribute.levels, np.arange(self.n_utterances), self.stated(attribute)
        found = memberships((several,), self.codes(attribute)[:, None])
        groups = found.codes[found.group, 0]
        return several.levels, found.cell, _without_placeholders(groups, several)

    @property
    def n_utterances(self) -> int:
        """Recordings in the build."""
        return len(self.speaker)

    @cached_property
    def speaker_ids(self) -> list[str]:
        """Id of each speaker, by code."""
        return queries.speaker_ids(self._cursor)

    @cached_property
    def is_known_speaker(self) -> npt.NDArray[np.bool_]:
        """By speaker code: whether it stands for one person (or one of another sampling unit)."""
        return np.array([speaker_id != NO_SPEAKER for speaker_id in self.speaker_ids])

    @property
    def n_speakers(self) -> int:
        """Speakers, those that were not stated aside."""
        return int(self.is_known_speaker.sum())

    def units(self, number: int) -> str:
        """`3 speakers`, or `3 values of call` where another unit was sampled."""
        unit = self.info.cluster_unit
        return (
            counted(number, "speaker")
            if unit == "speaker"
            else counted(number, f"value of {unit}", f"values of {unit}")
        )

    @cached_property
    def utterance_ids(self) -> pa.Array:
        """Id of each recording."""
        return queries.utterance_texts(self._cursor, "utterance_id")

    @cached_property
    def references(self) -> pa.Array:
        """Reference of each recording, as written."""
        return queries.utterance_texts(self._cursor, "reference")

    @cached_property
    def audio(self) -> pa.Array:
        """Clip of each recording; null where there is none."""
        return queries.utterance_texts(self._cursor, "audio")

    @cached_property
    def durations(self) -> tuple[Floats, int]:
        """Seconds of each recording, NaN where unknown, and how many are stated but no finite number."""
        return queries.durations(self._cursor)

    def numbers(self, attribute: Attribute) -> tuple[Floats, int]:
        """The finite numbers of an attribute (NaN: none), and how many are stated but not finite."""
        return queries.recording_numbers(self._cursor, attribute.name)

    def counts(self, system: int) -> ScoreColumns:
        """Counts of one system, by scored utterance."""
        if system not in self._counts:
            self._counts[system] = queries.score_columns(self._cursor, system)
        return self._counts[system]

    def has_output(self, system: int) -> npt.NDArray[np.bool_]:
        """By recording: whether the system was scored on it."""
        scored = np.zeros(self.n_utterances, bool)
        scored[self.counts(system).rows] = True
        return scored

    def errors(self, system: int) -> Ints:
        """Errors of a system by recording; 0 where it was not scored."""
        counts, errors = self.counts(system), np.zeros(self.n_utterances, np.int64)
        errors[counts.rows] = counts.errors
        return errors

    def hypotheses(self, system: int) -> pa.Array:
        """What a system wrote, in the order of its counts."""
        return self._held((system, "written"))

    def folded(self, system: int) -> pa.Array:
        """What a system wrote, without capitals and punctuation, in the order of its counts."""
        return self._held((system, "folded"))

    def _held(self, key: tuple[int, str]) -> pa.Array:
        if key not in self._texts:
            system, form = key
            written = (
                queries.hypothesis_texts(self._cursor, system)
                if form == "written"
                else fold(self.hypotheses(system))
            )
            self._texts[key] = written
            while len(self._texts) > max(2, _MOST_TEXTS_HELD // max(1, self.n_utterances)):
                self._texts.popitem(last=False)
        self._texts.move_to_end(key)
        return self._texts[key]

    @cached_property
    def folded_references(self) -> pa.Array:
        """The references without capitals and punctuation."""
        return fold(self.references)

    @cached_property
    def n_words(self) -> Ints:
        """Reference words of each recording; -1 where no system was scored on it."""
        words = np.full(self.n_utterances, -1, np.int64)
        for system in range(len(self.systems)):
            one = self.counts(system)
            words[one.rows] = np.maximum(words[one.rows], one.n_words)
        return words

    @cached_property
    def has_texts(self) -> bool:
        """Whether references were given as text; an evaluation of counts alone has none."""
        return bool(((self.n_words > 0) & (pc.binary_length(self.references).to_numpy() > 0)).any())

    def writes(self, system: int) -> bool:
        """Whether a system's outputs were given as text."""
        has_words = self.counts(system).n_hypothesis_words > 0
        written = pc.binary_length(self.hypotheses(system)).to_numpy() > 0
        return bool((has_words & written).any()) or not has_words.any()

    def cite(self, row: int, text: str | None = None) -> str:
        """A recording as an example: its id, and the text where the evaluation may show texts."""
        utterance_id = self.utterance_ids[int(row)].as_py()
        if text is None or not self.info.show_text:
            return str(utterance_id)
        shown = text if len(text) <= 120 else f"{text[:117]}…"
        return f"{utterance_id}: {shown}"


def _without_placeholders(codes: Ints, attribute: Attribute) -> Ints:
    empty = [code for code, level in enumerate(attribute.levels) if is_placeholder(level, attribute)]
    return np.where(np.isin(codes, empty), -1, codes) if empty else codes


def fold(texts: pa.Array) -> pa.Array:
    """Small letters, no punctuation or signs, one space between words."""
    bare = _replaced(pc.utf8_lower(texts), r"[\p{P}\p{S}]", r"[\p{P}\p{S}]+", "")
    return pc.utf8_trim_whitespace(_replaced(bare, r"[^\S ]|  ", r"\s+", " "))


def _replaced(texts: pa.Array, shown_by: str, pattern: str, replacement: str) -> pa.Array:
    """Texts with a pattern replaced; looking for it takes a tenth of the time, and most texts do not hold it."""
    holds = pc.match_substring_regex(texts, shown_by)
    mended = pc.replace_substring_regex(texts.filter(holds), pattern, replacement)
    return pc.replace_with_mask(texts, holds, mended)


def hashed(texts: pa.Array) -> npt.NDArray[np.uint64]:
    """A number for each text, the same for the same one. As many texts at a time as fit beside their array."""
    pieces = [
        # Most texts occur once, so that looking for equal ones first takes longer than it saves.
        pd.util.hash_array(
            texts[begin : begin + _HASHED_AT_ONCE].to_numpy(zero_copy_only=False), categorize=False
        )
        for begin in range(0, len(texts), _HASHED_AT_ONCE)
    ]
    return np.concatenate(pieces) if pieces else np.zeros(0, np.uint64)
