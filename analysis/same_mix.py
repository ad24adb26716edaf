"""A group of speakers against the others in the same mix of recording conditions.

Where a group was recorded in more noise than the others, comparing it with them as they were
recorded lays the noise on its speakers. Here the others' errors are those expected had they
been recorded in the group's own mix: their rate in every stratum, weighted by the group's
words there. The group's rate stays as it is shown. Called for groupings by attributes of
speakers alone; groupings that name the conditions have peers of their own (`roles.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.comparisons import ContrastStatistics
from analysis.counting_sort import distinct_places
from analysis.intervals import NEGLIGIBLE_VARIANCE, GroupStatistics
from analysis.speaker_counts import BoolArray, FloatArray, IntArray, SpeakerCounts

MIN_SPEAKERS_PER_STRATUM = 2


@dataclass(frozen=True)
class SameMix:
    """The comparison of every group, and how much of the group it is about."""

    contrast: ContrastStatistics
    share_present: FloatArray
    """Share of the group's words in strata where others were recorded too; the rest is left out of the comparison."""


def mix_differences(words: FloatArray) -> FloatArray:
    """How far each group's mix of strata lies from the others', 0 to 1 (total variation); NaN where one has no words.

    words: groups × strata.
    """
    others = words.sum(axis=0) - words
    with np.errstate(invalid="ignore"):
        own_mix = words / words.sum(axis=1, keepdims=True)
        other_mix = others / others.sum(axis=1, keepdims=True)
    return np.asarray(np.abs(own_mix - other_mix).sum(axis=1) / 2, np.float64)


def same_mix_contrasts(
    cells: SpeakerCounts, group_of_cell: IntArray, stratum_of_cell: IntArray, statistics: GroupStatistics
) -> SameMix:
    """Each group against all others, their rates weighted by the group's words in every stratum.

    `cells` are the counts of a plain ratio by (group, stratum) and speaker; `statistics` those of the groups.
    Strata where fewer than two other speakers were recorded are left out.
    Source: indirect standardisation (observed over expected errors); joint delete-one-speaker
    jackknife of its logarithm; effective speakers after Kish (1965) with the words so weighted.
    """
    n_groups = len(statistics.denominator)
    rows = _Rows.of(cells, group_of_cell, stratum_of_cell, n_groups)
    found = [_contrast(rows, group, statistics) for group in range(n_groups)]
    columns = {name: np.array([one[name] for one in found], np.float64) for name in _UNDEFINED}
    share, n_speakers = columns.pop("share_present"), columns.pop("n_speakers")
    return SameMix(ContrastStatistics(n_speakers=n_speakers.astype(np.int64), **columns), share)


_UNDEFINED = {
    "numerator": 0.0,
    "denominator": 0.0,
    "n_speakers": 0.0,
    "effective_speakers": 0.0,
    "largest_numerator": 0.0,
    "variance": np.nan,
    "variance_log": np.nan,
    "difference_variance": np.nan,
    "share_present": 0.0,
}


@dataclass(frozen=True)
class _Rows:
    """Sums by speaker and stratum over all groups, and which of them each pair of a group belongs to."""

    stratum: IntArray
    starts: IntArray
    """First row of every speaker; rows of one lie together."""
    errors: FloatArray
    words: FloatArray
    own: tuple[IntArray, ...]
    """By group: the rows it has a part of; what it has of them follows."""
    own_errors: tuple[FloatArray, ...]
    own_words: tuple[FloatArray, ...]
    n_strata: int

    @staticmethod
    def of(cells: SpeakerCounts, group_of_cell: IntArray, stratum_of_cell: IntArray, n_groups: int) -> _Rows:
        n_strata = int(stratum_of_cell.max(initial=0)) + 1
        speakers, speaker = distinct_places(cells.speaker)
        keys, row = distinct_places(speaker * n_strata + stratum_of_cell[cells.group])
        n_rows = len(keys)
        pairs, place = distinct_places(group_of_cell[cells.group] * max(n_rows, 1) + row)
        ends = np.searchsorted(pairs, np.arange(1, n_groups) * max(n_rows, 1))
        return _Rows(
            stratum=keys % n_strata,
            starts=np.searchsorted(keys, np.arange(len(speakers)) * n_strata),
            errors=np.bincount(row, cells.numerator, n_rows).astype(np.float64),
            words=np.bincount(row, cells.denominator, n_rows).astype(np.float64),
            own=tuple(np.split(pairs % max(n_rows, 1), ends)),
            own_errors=tuple(np.split(np.bincount(place, cells.numerator, len(pairs)), ends)),
            own_words=tuple(np.split(np.bincount(place, cells.denominator, len(pairs)), ends)),
            n_strata=n_strata,
        )

    def by_stratum(self, values: FloatArray | BoolArray, rows: IntArray | slice = slice(None)) -> FloatArray:
        return np.bincount(self.stratum[rows], values, self.n_strata).astype(np.float64)

    def by_speaker(self, values: FloatArray) -> FloatArray:
        return np.asarray(np.add.reduceat(values, self.starts), np.float64)


def _contrast(rows: _Rows, group: int, statistics: GroupStatistics) -> dict[str, float]:
    """Every number of one group's comparison, by the names of `ContrastStatistics`."""
    own = rows.own[group]
    errors, words = rows.errors.copy(), rows.words.copy()
    errors[own] -= rows.own_errors[group]
    words[own] -= rows.own_words[group]
    usable = rows.by_stratum(words > 0) >= MIN_SPEAKERS_PER_STRATUM
    if not usable.all():
        kept = usable[rows.stratum]
        errors, words = np.where(kept, errors, 0.0), np.where(kept, words, 0.0)
    there = usable[rows.stratum[own]]
    own_errors, own_words = rows.own_errors[group] * there, rows.own_words[group] * there
    sides = _Sides(rows, own, own_errors, own_words, errors, words)
    whole = statistics.denominator[group]
    if sides.all_own_words <= 0 or words.sum() <= 0:
        return dict(_UNDEFINED)
    return {
        **sides.contrast(float(statistics.rate[group])),
        "share_present": sides.all_own_words / whole if whole > 0 else 0.0,
    }


@dataclass(frozen=True)
class _Sides:
    """A group and the others, by speaker and stratum; what is left out of the comparison is 0."""

    rows: _Rows
    own: IntArray
    """Rows that the group has a part of."""
    errors_in: FloatArray
    """Of those rows only, as the next."""
    words_in: FloatArray
    errors_out: FloatArray
    """Of all rows, as the next."""
    words_out: FloatArray

    @property
    def all_own_words(self) -> float:
        return float(self.words_in.sum())

    def contrast(self, shown_rate: float) -> dict[str, float]:
        rows, own_words, own_errors = self.rows, self.all_own_words, float(self.errors_in.sum())
        weight = rows.by_stratum(self.words_in, self.own)
        out_errors, out_words = rows.by_stratum(self.errors_out), rows.by_stratum(self.words_out)
        errors_of, words_of = self._of_speakers(self.errors_in), self._of_speakers(self.words_in)
        with np.errstate(all="ignore"):
            rate_out = np.where(out_words > 0, out_errors / out_words, 0.0)
            per_word = np.where(out_words > 0, weight / out_words, 0.0)[rows.stratum]
            expected = float(weight @ rate_out)
            rate_without = self._rate_without(out_errors, out_words)
            # What the expected errors become when a speaker is left out of the others, and then of both sides.
            others_without = expected + rows.by_speaker(
                weight[rows.stratum] * (rate_without - rate_out[rows.stratum])
            )
            expected_without = others_without - self._of_speakers(self.words_in * rate_without[self.own])
            observed_without, words_without = own_errors - errors_of, own_words - words_of
            others = rows.by_speaker(self.words_out + self.errors_out) > 0
            concerned = others | (words_of + errors_of > 0)
            theta = np.log(observed_without / expected_without)
            difference = (observed_without - expected_without) / words_without
            shares = rows.by_speaker(per_word * self.words_out)
        rate = expected / own_words
        # The comparison may leave some strata out; the shown rate over the shown ratio is the rate to compare with.
        observed = own_errors / own_words
        shown = rate * shown_rate / observed if observed > 0 else rate
        all_words = float(self.words_out.sum())
        return {
            "numerator": shown * all_words,
            "denominator": all_words,
            "n_speakers": float(others.sum()),
            "effective_speakers": float(shares.sum() ** 2 / (shares**2).sum()),
            "largest_numerator": float(rows.by_speaker(per_word * self.errors_out).max())
            * all_words
            / own_words,
            "variance": _variance(theta, concerned),
            "variance_log": _variance(np.log(others_without), others) if expected > 0 else np.nan,
            "difference_variance": _variance(difference, concerned),
        }

    def _of_speakers(self, values: FloatArray) -> FloatArray:
        """Sums by speaker of values of the group's rows."""
        speaker = np.searchsorted(self.rows.starts, self.own, side="right") - 1
        return np.bincount(speaker, values, len(self.rows.starts)).astype(np.float64)

    def _rate_without(self, out_errors: FloatArray, out_words: FloatArray) -> FloatArray:
        """The others' rate in the stratum of a row, without its speaker; 0 where nobody else is left."""
        words = out_words[self.rows.stratum] - self.words_out
        errors = out_errors[self.rows.stratum] - self.errors_out
        return np.divide(errors, words, out=np.zeros(len(words)), where=words > 0)


def _variance(without: FloatArray, concerned: BoolArray) -> float:
    """Delete-one-speaker variance; NaN where an estimate is undefined or nothing varies."""
    values = without[concerned]
    k = len(values)
    if k < 2 or not np.isfinite(values).all():
        return float("nan")
    variance = (k - 1) / k * float(((values - values.mean()) ** 2).sum())
    return variance if variance > NEGLIGIBLE_VARIANCE else float("nan")
