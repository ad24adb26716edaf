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
from analysis.selection import Selection
from analysis.selection_check import check
from dashboard.answers.choices import chosen_system
from data.queries import ScoredUtterance, count_utterances, utterances
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
class UtterancesAnswer:
    """A page of a selection's recordings, those with a clip first, then those with most errors."""

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
    order: str = "clips",
) -> UtterancesAnswer:
    """Recordings of a selection with aligned words, `limit` at a time."""
    check(selection, build.info.attributes)
    number = chosen_system(build, system)
    counts = count_utterances(build.cursor(), number, selection)
    info = build.info
    found = []
    if info.show_text or info.show_audio:
        found = utterances(build.cursor(), info.attributes, number, selection, limit, offset, order)
    words = _aligned(build, found) if info.show_text else [()] * len(found)
    shown = tuple(
        ShownUtterance(utterance, aligned, _clip(build, utterance))
        for utterance, aligned in zip(found, words, strict=True)
    )
    return UtterancesAnswer(shown, *counts, info.show_text, info.show_audio)


def _aligned(build: Build, found: list[ScoredUtterance]) -> list[tuple[AlignedWord, ...]]:
    """Texts as they were scored: normalised as the build says, then aligned."""
    normalizer = str(build.info.normalizer["id"])
    reference = normalize_texts(normalizer, pa.array([u.reference for u in found], pa.string())).to_pylist()
    hypothesis = normalize_texts(normalizer, pa.array([u.hypothesis for u in found], pa.string())).to_pylist()
    return [tuple(aligned_words(r, h)) for r, h in zip(reference, hypothesis, strict=True)]


def _clip(build: Build, utterance: ScoredUtterance) -> Path | None:
    """The clip's file inside the evaluation's folder of audio; a path that leads out of it is not followed."""
    info = build.info
    if not (info.show_audio and info.audio_folder and utterance.audio):
        return None
    folder = Path(info.audio_folder).resolve()
    clip = (folder / utterance.audio).resolve()
    return clip if clip.is_relative_to(folder) and clip.is_file() else None
