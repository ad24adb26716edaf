"""Made-up recordings of a subgroup and of others, tallied by the product, and counted again by plain loops."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass

import jiwer
import numpy as np
import pyarrow as pa

from analysis.speaker_counts import FloatArray
from analysis.words_items import KINDS, SideCounts, TextChunk, WordCounts
from analysis.words_tally import WordTally

WORDS = "the a of red car ran home she saw it".split()


@dataclass(frozen=True)
class Recording:
    """One recording; `own` says on which side of the comparison it is."""

    speaker: int
    own: bool
    reference: str
    hypothesis: str


def made_up_recordings(seed: int, n_speakers: int = 12, per_speaker: int = 5) -> list[Recording]:
    """Speakers 0 to 3 are the subgroup, 4 and 5 are on both sides; some texts are empty."""
    drawn = random.Random(seed)
    made = []
    for speaker in range(n_speakers):
        for _ in range(per_speaker):
            reference = [drawn.choice(WORDS) for _ in range(drawn.choice([0, 3, 5, 8]))]
            heard = [w if drawn.random() > 0.3 else drawn.choice([*WORDS, "", "uh"]) for w in reference]
            heard += ["um"] * (drawn.random() < 0.2)
            own = speaker < 4 or (speaker < 6 and drawn.random() < 0.5)
            made.append(Recording(speaker, own, " ".join(reference), " ".join(w for w in heard if w)))
    return made


def chunk_of(recordings: list[Recording], own: str = "own") -> TextChunk:
    """The recordings as the tally takes them; `own` may be "other" to swap the sides."""
    on_side = np.array([one.own for one in recordings], np.bool_) ^ (own != "own")
    erring = [i for i, one in enumerate(recordings) if one.reference != one.hypothesis]
    return TextChunk(
        np.array([one.speaker for one in recordings], np.int64),
        on_side,
        ~on_side,
        pa.array([one.reference for one in recordings], pa.string()),
        np.array(erring, np.int64),
        pa.array([recordings[i].hypothesis for i in erring], pa.string()),
    )


def tallied(recordings: list[Recording], own: str = "own", chunk: int = 10_000) -> WordCounts:
    """What the product counts, a chunk at a time."""
    tally = WordTally(max(one.speaker for one in recordings) + 1)
    for start in range(0, len(recordings), chunk):
        tally.add(chunk_of(recordings[start : start + chunk], own))
    return tally.counts()


Key = tuple[bool, str, str | None, str | None, int]


def slowly_counted(recordings: list[Recording]) -> Counter[Key]:
    """Errors by side, kind, reference, hypothesis and speaker, from jiwer's alignments and a loop over positions."""
    found: Counter[Key] = Counter()
    for one in recordings:
        spoken, heard = one.reference.split(), one.hypothesis.split()
        wrong: list[int] = []
        for kind, said, written in _errors(spoken, heard):
            reference = None if said is None else spoken[said]
            hypothesis = None if written is None else heard[written]
            found[one.own, kind, reference, hypothesis, one.speaker] += 1
            if said is not None:
                found[one.own, "word", reference, None, one.speaker] += 1
                wrong.append(said)
        for length in (2, 3):
            for begin in wrong:
                if set(range(begin, begin + length)) <= set(wrong):
                    phrase = " ".join(spoken[begin : begin + length])
                    found[one.own, "phrase", phrase, None, one.speaker] += 1
    return found


def _errors(spoken: list[str], heard: list[str]) -> list[tuple[str, int | None, int | None]]:
    if not spoken:
        return [("insertion", None, i) for i in range(len(heard))]
    [steps] = jiwer.process_words(" ".join(spoken), " ".join(heard)).alignments
    found: list[tuple[str, int | None, int | None]] = []
    for step in steps:
        said = range(step.ref_start_idx, step.ref_end_idx)
        written = range(step.hyp_start_idx, step.hyp_end_idx)
        if step.type == "substitute":
            found += [("substitution", i, j) for i, j in zip(said, written, strict=True)]
        elif step.type == "delete":
            found += [("deletion", i, None) for i in said]
        elif step.type == "insert":
            found += [("insertion", None, j) for j in written]
    return found


def by_item(counts: WordCounts) -> Counter[Key]:
    """The product's counts in the form of the slow ones."""
    found: Counter[Key] = Counter()
    for own, side in ((True, counts.own), (False, counts.other)):
        for i, speaker, n in zip(side.items.group, side.items.speaker, side.items.numerator, strict=True):
            items = counts.items
            key = (own, KINDS[items.kind[i]], items.reference[i], items.hypothesis[i], int(speaker))
            found[key] = int(n)
    return found


def dense(counts: WordCounts, side: SideCounts) -> FloatArray:
    """Errors by speaker and item, zeros written out."""
    table = np.zeros((len(side.words), len(counts.items.kind)))
    table[side.items.speaker, side.items.group] = side.items.numerator
    return table
