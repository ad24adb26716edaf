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
    rows = _Rows.of(cells, group_of_cell, stratum_of_cell)
    found = [_contrast(rows, group, statistics) for group in range(len(statistics.denominator))]
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
    speaker: IntArray
    """Dense, rising."""
    errors: FloatArray
    words: FloatArray
    group: IntArray
    """Of each pair of a group, as the two fields that follow."""
    row: IntArray
    pair_errors: FloatArray
    pair_words: FloatArray
    n_strata: int

    @staticmethod
    def of(cells: SpeakerCounts, group_of_cell: IntArray, stratum_of_cell: IntArray) -> _Rows:
        n_strata = int(stratum_of_cell.max()) + 1 if len(stratum_of_cell) else 0
        _, speaker = np.unique(cells.speaker, return_inverse=True)
        key = speaker * max(n_strata, 1) + stratum_of_cell[cells.group]
        keys, row = np.unique(key, return_inverse=True)
        return _Rows(
            stratum=keys % max(n_strata, 1),
            speaker=keys // max(n_strata, 1),
            errors=np.bincount(row, cells.numerator, len(keys)).astype(np.float64),
            words=np.bincount(row, cells.denominator, len(keys)).astype(np.float64),
            group=group_of_cell[cells.group],
            row=row,
            pair_errors=cells.numerator,
            pair_words=cells.denominator,
            n_strata=n_strata,
        )

    def by_stratum(self, values: FloatArray | BoolArray) -> FloatArray:
        return np.bincount(self.stratum, values, self.n_strata).astype(np.float64)

    def by_speaker(self, values: FloatArray | BoolArray) -> FloatArray:
        return np.bincount(self.speaker, values).astype(np.float64)


def _contrast(rows: _Rows, group: int, statistics: GroupStatistics) -> dict[str, float]:
    """Every number of one group's comparison, by the names of `ContrastStatistics`."""
    own = rows.group == group
    own_errors, own_words = (
        np.bincount(rows.row[own], values[own], len(rows.words)).astype(np.float64)
        for values in (rows.pair_errors, rows.pair_words)
    )
    errors, words = rows.errors - own_errors, rows.words - own_words
    usable = rows.by_stratum(words > 0) >= MIN_SPEAKERS_PER_STRATUM
    kept = usable[rows.stratum]
    own_errors, own_words = np.where(kept, own_errors, 0.0), np.where(kept, own_words, 0.0)
    errors, words = np.where(kept, errors, 0.0), np.where(kept, words, 0.0)
    sides = _Sides(rows, own_errors, own_words, errors, words)
    whole = statistics.denominator[group]
    if sides.own_words <= 0 or words.sum() <= 0:
        return dict(_UNDEFINED)
    return {
        **sides.contrast(float(statistics.rate[group])),
        "share_present": sides.own_words / whole if whole > 0 else 0.0,
    }


@dataclass(frozen=True)
class _Sides:
    """A group and the others, by speaker and stratum; what is left out of the comparison is 0."""

    rows: _Rows
    errors_in: FloatArray
    words_in: FloatArray
    errors_out: FloatArray
    words_out: FloatArray

    @property
    def own_words(self) -> float:
        return float(self.words_in.sum())

    def contrast(self, shown_rate: float) -> dict[str, float]:
        rows = self.rows
        weight, out_words = rows.by_stratum(self.words_in), rows.by_stratum(self.words_out)
        with np.errstate(all="ignore"):
            rate_out = np.where(out_words > 0, rows.by_stratum(self.errors_out) / out_words, 0.0)
            per_word = np.where(out_words > 0, weight / out_words, 0.0)[rows.stratum]
            expected = float(weight @ rate_out)
            observed_without = self.errors_in.sum() - rows.by_speaker(self.errors_in)
            words_without = self.own_words - rows.by_speaker(self.words_in)
            expected_without = expected + rows.by_speaker(self._change(weight, rate_out))
            others_without = expected + rows.by_speaker(self._change_of_others(weight, rate_out))
            concerned = rows.by_speaker(self.words_in + self.words_out + self.errors_in + self.errors_out) > 0
            others = rows.by_speaker(self.words_out + self.errors_out) > 0
            theta = np.log(observed_without / expected_without)
            difference = (observed_without - expected_without) / words_without
            shares = rows.by_speaker(per_word * self.words_out)
        rate = expected / self.own_words
        # The comparison may leave some strata out; the shown rate over the shown ratio is the rate to compare with.
        observed = float(self.errors_in.sum()) / self.own_words
        shown = rate * shown_rate / observed if observed > 0 else rate
        all_words = float(self.words_out.sum())
        return {
            "numerator": shown * all_words,
            "denominator": all_words,
            "n_speakers": float(others.sum()),
            "effective_speakers": float(shares.sum() ** 2 / (shares**2).sum()),
            "largest_numerator": float(rows.by_speaker(per_word * self.errors_out).max())
            * all_words
            / self.own_words,
            "variance": _variance(theta, concerned),
            "variance_log": _variance(np.log(others_without), others) if expected > 0 else np.nan,
            "difference_variance": _variance(difference, concerned),
        }

    def _change(self, weight: FloatArray, rate_out: FloatArray) -> FloatArray:
        """Of the expected errors, when a speaker is left out of both sides of a stratum."""
        stratum = self.rows.stratum
        return (weight[stratum] - self.words_in) * self._rate_without() - weight[stratum] * rate_out[stratum]

    def _change_of_others(self, weight: FloatArray, rate_out: FloatArray) -> FloatArray:
        """Of the expected errors, when a speaker is left out of the others only."""
        stratum = self.rows.stratum
        return weight[stratum] * (self._rate_without() - rate_out[stratum])

    def _rate_without(self) -> FloatArray:
        """The others' rate in the stratum of a row, without its speaker."""
        rows = self.rows
        errors = rows.by_stratum(self.errors_out)[rows.stratum] - self.errors_out
        words = rows.by_stratum(self.words_out)[rows.stratum] - self.words_out
        with np.errstate(all="ignore"):
            return np.where(words > 0, errors / words, 0.0)


def _variance(without: FloatArray, concerned: BoolArray) -> float:
    """Delete-one-speaker variance; NaN where an estimate is undefined or nothing varies."""
    values = without[concerned]
    k = len(values)
    if k < 2 or not np.isfinite(values).all():
        return float("nan")
    variance = (k - 1) / k * float(((values - values.mean()) ** 2).sum())
    return variance if variance > NEGLIGIBLE_VARIANCE else float("nan")
