"""Rates of groups by three estimators: pooled words, mean of speakers, mean of utterances.

Owns the check whether the order of two groups hangs on which of them is taken. The
product's own rates are pooled, and are `analysis/`'s.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np

from analysis.attributes import Attribute
from analysis.settings import DEFAULTS
from data.doctor.examined import Examined
from data.doctor.faults import DoctorFault, FaultKind, counted
from data.doctor.groups import speaker_table
from data.queries_doctor import Floats, Ints, ScoreColumns

_APART = 1.1
_NAMES = ("pooled over words", "mean of speakers", "mean of utterances")

SENSITIVE = FaultKind(
    "wer-sensitive-to-estimator",
    "Pairs of groups of one attribute, both large enough to be tested, of which one has the higher rate "
    "pooled over words and the "
    "other the higher mean of speakers or of utterances, at least a tenth higher each time (smaller "
    "differences swap by chance).",
    "Which group the system serves worse depends on whether words, people or recordings count equally. A "
    "mean of utterances "
    "is ruled by short ones. The rates shown are pooled; figures of others may not be.",
    "Say which estimator a figure uses, give the mean of speakers beside it, and do not order these groups.",
)


def sensitive_to_estimator(examined: Examined) -> Iterator[DoctorFault]:
    """Attributes whose groups change places with the estimator."""
    for system, name in enumerate(examined.systems):
        counts = examined.counts(system)
        for attribute, _ in examined.groups():
            if attribute.role == "content":
                continue
            rates, levels = _rates(examined, attribute, counts)
            swaps = _swaps(rates, [attribute.levels[level] for level in levels])
            if swaps:
                what = (
                    f"For {name}, {counted(len(swaps), 'pair')} of groups of {attribute.name} "
                    f"{'changes' if len(swaps) == 1 else 'change'} places with the estimator."
                )
                yield SENSITIVE.found("note", what, f"{name}, {attribute.name}", len(swaps), swaps)


def _rates(examined: Examined, attribute: Attribute, counts: ScoreColumns) -> tuple[Floats, Ints]:
    """One row per estimator, one column per group that can be tested; and the codes of these groups."""
    n_groups = len(attribute.levels)
    codes, speaker = examined.stated(attribute)[counts.rows], examined.speaker[counts.rows]
    codes = np.where((counts.n_words > 0) & examined.is_known_speaker[speaker], codes, -1)
    group, _, errors = speaker_table(codes, speaker, counts.errors)
    words = speaker_table(codes, speaker, counts.n_words)[2]
    people = np.bincount(group, minlength=n_groups)
    all_errors = np.bincount(group, errors, n_groups)
    all_words = np.bincount(group, words, n_groups)
    stated = codes >= 0
    utterances = np.bincount(codes[stated], minlength=n_groups)
    own = counts.errors[stated] / counts.n_words[stated]
    expected = all_words * errors.sum() / max(1, words.sum())
    enough = np.flatnonzero((people >= DEFAULTS.min_speakers) & (expected >= DEFAULTS.min_expected_errors))
    table = np.stack(
        [
            all_errors[enough] / all_words[enough],
            np.bincount(group, errors / words, n_groups)[enough] / people[enough],
            np.bincount(codes[stated], own, n_groups)[enough] / utterances[enough],
        ]
    )
    return table, enough


def _swaps(rates: Floats, levels: list[str]) -> list[str]:
    found = []
    for a, b in itertools.combinations(range(len(levels)), 2):
        for other in (1, 2):
            pooled, second = rates[0, [a, b]], rates[other, [a, b]]
            high, low = (0, 1) if pooled[0] > pooled[1] else (1, 0)
            if pooled[high] >= _APART * pooled[low] and second[low] >= _APART * second[high]:
                names = (levels[a], levels[b])
                text = (
                    f"{names[high]} {pooled[high]:.3f} and {names[low]} {pooled[low]:.3f} {_NAMES[0]}; "
                    f"{second[high]:.3f} and {second[low]:.3f} as {_NAMES[other]}"
                )
                ratio = (pooled[high] / pooled[low]) * (second[low] / second[high])
                found.append((-ratio, text))
                break
    return [text for _, text in sorted(found)]
