"""Evaluations of a few recordings, their finished tables, and who is in each group and its comparator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from analysis.attributes import Attribute
from analysis.metrics import COUNTS, METRICS
from analysis.rates import RateTable, grouped_counts, rate_table, whole_statistics
from analysis.roles import Comparator, default_comparator
from analysis.settings import DEFAULTS, Settings
from analysis.speaker_counts import SpeakerCounts
from tests.analysis import speaker_loops as loops
from tests.analysis.speaker_loops import Side

ACCENT = Attribute("accent", "speaker", "category", ("irish", "scots", "welsh"), has_missing=True)
NOISE = Attribute("noise", "condition", "category", ("quiet", "street"), has_missing=False)
DEVICE = Attribute("device", "condition", "category", ("phone", "room"), has_missing=True)
LENIENT = replace(DEFAULTS, min_speakers=2, min_effective_speakers=1.5, min_expected_errors=3)

Recording = tuple[dict[str, int], int, int, int]
"""Codes by attribute, speaker, errors, words."""


@st.composite
def evaluations(draw: st.DrawFn) -> list[Recording]:
    """Recordings of a few speakers, each with one accent or none stated, in any conditions."""
    accents = draw(st.lists(st.integers(-1, 2), min_size=1, max_size=12))
    recordings = draw(
        st.lists(
            st.tuples(
                st.integers(0, len(accents) - 1),
                st.integers(0, 1),
                st.integers(-1, 1),
                st.integers(0, 12),
                st.sampled_from([0, 10, 25, 400]),
            ),
            min_size=1,
            max_size=60,
        )
    )
    return [
        ({"accent": accents[k], "noise": noise, "device": device}, k, e, n)
        for k, noise, device, e, n in recordings
    ]


def table(
    recordings: Sequence[Recording],
    by: Sequence[Attribute],
    comparator: Comparator | None = None,
    settings: Settings = LENIENT,
) -> RateTable:
    """The product's own path from sums by group and speaker to the finished table."""
    wanted = [tuple(codes[a.name] for a in by) for codes, _, _, _ in recordings]
    codes = sorted(set(wanted))
    group = np.array([codes.index(one) for one in wanted], np.int64)
    _, speaker, e, n = (np.array(column) for column in zip(*((0, *r[1:]) for r in recordings), strict=True))
    counts = SpeakerCounts.of(group, speaker, e, n, len(codes))
    per_row = {"n_utterances": np.ones(len(e)), "n_words": n, "substitutions": e}
    zero = np.zeros(len(e))
    totals = {
        name: np.bincount(group, per_row.get(name, zero), len(codes)).astype(np.int64) for name in COUNTS
    }
    chosen = comparator or default_comparator(by)
    table_of_codes = np.array(codes, np.int64).reshape(len(codes), len(by))
    grouped = grouped_counts(by, table_of_codes, totals, counts, chosen)
    return rate_table(METRICS["wer"], by, grouped, chosen, whole_statistics(counts), settings=settings)


def members(recordings: Sequence[Recording], **codes: int) -> Side:
    """Sums by speaker of the recordings with these codes."""
    rows = [
        (0, speaker, float(e), float(n))
        for found, speaker, e, n in recordings
        if all(found[name] == code for name, code in codes.items())
    ]
    return loops.side(rows, lambda _: True)


def compared(recordings: Sequence[Recording], own: dict[str, int], comparator: Comparator) -> Side:
    """Sums by speaker of whom a group is compared with."""
    if comparator.kind == "overall":
        return members(recordings)
    if comparator.kind == "reference":
        attribute = {a.name: a for a in (ACCENT, NOISE, DEVICE)}[str(comparator.attribute)]
        return members(recordings, **{**own, attribute.name: attribute.levels.index(str(comparator.value))})
    conditions = {name: code for name, code in own.items() if name != "accent"}
    pool = conditions if comparator.kind == "peers" else {}
    others = [
        one
        for one in recordings
        if any(one[0][name] != code for name, code in own.items())
        and all(one[0][name] == code for name, code in pool.items())
    ]
    return members(others)
