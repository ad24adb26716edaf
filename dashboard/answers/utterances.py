"""Which recordings are behind a number, and what went wrong in each?

Gives the recordings of a selection with reference and hypothesis aligned word by word.
Text is read here only, and only where the evaluation allows it to be shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from analysis.align import AlignedWord, aligned_words
from analysis.normalize import normalize_texts
from analysis.selection import AllOf, Everything, NotStated, OneOf, Selection
from analysis.selection_texts import pattern_in_any_text
from dashboard.answers.choices import chosen_recordings, chosen_system
from data.queries_recordings import Listing, ScoredUtterance, count_utterances, utterances
from data.scoring_choice import scoring_of
from data.store import Build


@dataclass(frozen=True)
class ShownUtterance:
    """One recording as it may be shown."""

    utterance: ScoredUtterance
    words: tuple[AlignedWord, ...]
    """Normalised reference and hypothesis, word against word; empty where text may not be shown."""
    clip: Path | None
    """The recording's file; None where there is none or audio may not be shown."""


@dataclass(frozen=True)
class ListQuestion:
    """What a list of recordings is narrowed to. It changes the list and no number."""

    order: str = "clips"
    error: str = "any"
    """What is wrong in a recording that is listed: a key of `ERRORS_SQL` in data/queries_recordings.py."""
    words: str = ""
    """Words that were said or heard, one after the other; "" for any."""
    group: tuple[str, str | None] | None = None
    """Attribute and group (None: not stated) of every recording listed; None for all groups."""


EVERY_RECORDING = ListQuestion()


@dataclass(frozen=True)
class UtterancesAnswer:
    """A page of a list of recordings, and how many there are on all its pages."""

    shown: tuple[ShownUtterance, ...]
    n_utterances: int
    n_speakers: int
    n_words: int
    text_allowed: bool
    audio_allowed: bool


def selected_utterances(
    build: Build,
    system: str | None,
    selection: Selection,
    limit: int = 10,
    offset: int = 0,
    asked: ListQuestion = EVERY_RECORDING,
) -> UtterancesAnswer:
    """Recordings of a selection with aligned words, `limit` at a time.

    Raises `SelectionError` where there is nothing to look for in what was asked. Words are not
    looked for where texts may not be shown: how many there are would give away what they say.
    """
    info, number = build.info, chosen_system(build, system)
    selection = chosen_recordings(build, in_group(selection, asked.group))
    pattern = pattern_in_any_text(asked.words) if asked.words.strip() and info.show_text else None
    listing = Listing(asked.order, asked.error, pattern)
    counts = count_utterances(build.cursor(), number, selection, listing)
    found = []
    if info.show_text or info.show_audio:
        found = utterances(build.cursor(), info.attributes, number, selection, limit, offset, listing)
    return UtterancesAnswer(as_shown(build, found), *counts, info.show_text, info.show_audio)


def in_group(selection: Selection, group: tuple[str, str | None] | None) -> Selection:
    """The recordings of a selection that belong to a group as well; all of them where none is named."""
    if group is None:
        return selection
    attribute, value = group
    part = NotStated(attribute) if value is None else OneOf(attribute, (value,))
    return part if selection == Everything() else AllOf((selection, part))


def as_shown(build: Build, found: list[ScoredUtterance]) -> tuple[ShownUtterance, ...]:
    """Recordings with their words aligned and their clips, as far as the evaluation allows."""
    words = _aligned(build, found) if build.info.show_text else [()] * len(found)
    return tuple(
        ShownUtterance(utterance, aligned, _clip(build, utterance))
        for utterance, aligned in zip(found, words, strict=True)
    )


def _aligned(build: Build, found: list[ScoredUtterance]) -> list[tuple[AlignedWord, ...]]:
    """Texts as they were scored: by the normaliser, the list of forms and the aligner that the build says."""
    scoring = scoring_of(build.info)
    chosen = scoring.normalizer
    spoken = normalize_texts(chosen, pa.array([u.reference for u in found], pa.string()))
    heard = normalize_texts(chosen, pa.array([u.hypothesis for u in found], pa.string()))
    pairs = zip(spoken.to_pylist(), chosen.agreed(spoken, heard).to_pylist(), strict=True)
    return [tuple(aligned_words(*pair, scoring.aligner)) for pair in pairs]


def _clip(build: Build, utterance: ScoredUtterance) -> Path | None:
    """The clip's file inside the evaluation's folder of audio; a path that leads out of it is not followed."""
    info = build.info
    if not (info.show_audio and info.audio_folder and utterance.audio):
        return None
    folder = Path(info.audio_folder).resolve()
    clip = (folder / utterance.audio).resolve()
    return clip if clip.is_relative_to(folder) and clip.is_file() else None
