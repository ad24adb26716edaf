"""A group's gap when the effects of other attributes are estimated alongside: Poisson regression by speaker.

The log of a cell's rate is a sum of one effect per attribute. Estimates need only the
cells' sums; how sure they are comes from leaving out one speaker at a time, taken in one
Newton step with that speaker's leverage, so that nothing is refitted. Effects multiply:
whether they interact depends on that scale.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from analysis.intervals import t_quantile
from analysis.ratio_estimates import RULE_LEVEL
from analysis.settings import DEFAULTS
from analysis.speaker_counts import BoolArray, FloatArray, IntArray

MAX_STEPS = 50
CONVERGED = 1e-10
SPEAKERS_AT_ONCE = 2_000
LEVERAGE_LIMIT = 50_000
"""Above this many speakers no single one moves the fit, and leverage is left out."""


LOG_OF_NOTHING = -18.0
"""Log of the share of the information below which a speaker who is left out takes an effect with them."""


class CannotFit(ValueError):
    """The effects cannot be told apart, or the fit does not settle; the message says which."""


@dataclass(frozen=True)
class ModelRows:
    """Errors and words by speaker and cell; a cell is one value of every attribute of the model."""

    cell: IntArray
    speaker: IntArray
    errors: FloatArray
    words: FloatArray
    cell_codes: IntArray
    """One row per cell, one column per attribute: first the one in question, then those held equal."""


@dataclass(frozen=True)
class RateModel:
    """A fitted model and its leave-one-speaker-out estimates."""

    effects: FloatArray
    """Log effects: the intercept, then the levels of what is held equal, then the groups; each but its first."""
    left_out: FloatArray
    """One row per speaker: the effects without them (one-step)."""
    group_columns: IntArray
    """Column of each group of the first attribute; -1 for the group that the others are measured from."""
    group_words: FloatArray
    group_speakers: IntArray
    """Speakers of each group; the effect of a group with one of them has no leave-one-out spread."""
    speaker_spread: float
    """Standard deviation of speakers' log rates around the model, by moments; 0 where none is seen."""
    effective_speakers: FloatArray
    """Effective speakers (Kish) by group: of the group or of everybody else, whichever side has fewer."""

    @property
    def covariance(self) -> FloatArray:
        """Covariance of the effects: the delete-one-speaker jackknife."""
        k = len(self.left_out)
        centred = self.left_out - self.left_out.mean(axis=0)
        return np.asarray((k - 1) / k * centred.T @ centred, np.float64)


def fit_rate_model(rows: ModelRows) -> RateModel:
    """Fit log rate = sum of effects by maximum likelihood, with leave-one-speaker-out estimates.

    Values of attributes in which nobody erred are left out: as their rates go to 0 they say nothing of the others. A
    group without errors so has no words in the model. Raises `CannotFit` where an attribute is fully determined by the others.
    Source: Poisson regression with offset log words (Liu, Veliche and Peng 2022 use it for
    speech recognition); leverage-corrected cluster estimates after Bell and McCaffrey (2002), one step.
    """
    rows = _with_errors(rows)
    n_cells = len(rows.cell_codes)
    errors = np.bincount(rows.cell, rows.errors, n_cells).astype(np.float64)
    words = np.bincount(rows.cell, rows.words, n_cells).astype(np.float64)
    used = words > 0
    design, group_columns = _design(rows.cell_codes, used)
    effects = _maximum_likelihood(design[used], errors[used], words[used])
    rates = np.exp(design @ effects)
    _, speaker = np.unique(rows.speaker, return_inverse=True)
    left_out = _left_out(rows, speaker, design, rates, effects)
    group_words = np.bincount(rows.cell_codes[:, 0], words, len(group_columns)).astype(np.float64)
    by_group = _words_by_group(rows, speaker, len(group_columns))
    group_speakers = (by_group > 0).sum(axis=1)
    spread = _speaker_spread(rows, speaker, rates)
    return RateModel(
        effects, left_out, group_columns, group_words, group_speakers, spread, _fewer_effective(by_group)
    )


@dataclass(frozen=True)
class ModelledGap:
    """One group against everybody else, with the other attributes' effects held equal."""

    ratio: float
    low: float | None
    """None where a side has too few effective speakers for an interval."""
    high: float | None
    p: float | None


def modelled_gap(model: RateModel, group: int) -> ModelledGap:
    """The group's rate over the others' under any common mix of conditions; the mix cancels."""

    def theta(effects: FloatArray) -> FloatArray:
        padded = np.concatenate([effects, np.zeros((*effects.shape[:-1], 1))], axis=-1)
        levels = padded[..., model.group_columns]
        others = np.where(np.arange(len(model.group_columns)) == group, 0.0, model.group_words)
        return np.asarray(levels[..., group] - np.log(np.exp(levels) @ (others / others.sum())), np.float64)

    estimate = float(theta(model.effects[None, :])[0])
    changed = theta(model.left_out)
    k = len(changed)
    spread = float(((k - 1) / k * ((changed - changed.mean()) ** 2).sum()) ** 0.5)
    effective = float(model.effective_speakers[group])
    if effective < DEFAULTS.min_effective_for_interval:
        return ModelledGap(float(np.exp(estimate)), None, None, None)
    # No side is known better than its own speakers allow, however many the other has.
    degrees = max(1.0, effective - 1)
    half = float(t_quantile(0.5 + RULE_LEVEL / 2, np.array([degrees]))[0]) * spread
    p = float(2 * special.stdtr(degrees, -abs(estimate) / spread)) if spread > 0 else 1.0
    return ModelledGap(
        float(np.exp(estimate)), float(np.exp(estimate - half)), float(np.exp(estimate + half)), p
    )


def _words_by_group(rows: ModelRows, speaker: IntArray, n_groups: int) -> FloatArray:
    """Words of each speaker in each group; one row per group."""
    n_speakers = int(speaker.max()) + 1
    place = rows.cell_codes[rows.cell, 0] * n_speakers + speaker
    return np.bincount(place, rows.words, n_groups * n_speakers).reshape(n_groups, -1).astype(np.float64)


def _fewer_effective(by_group: FloatArray) -> FloatArray:
    """Effective speakers of each group or of the others, whichever are fewer; 0 where there is nobody."""
    sides = (by_group, by_group.sum(axis=0) - by_group)
    found = [words.sum(axis=1) ** 2 / np.maximum((words**2).sum(axis=1), 1e-12) for words in sides]
    return np.asarray(np.minimum(*found), np.float64)


def _with_errors(rows: ModelRows) -> ModelRows:
    """The rows without those of any value of an attribute that has no errors, until every one left has some."""
    codes, kept = rows.cell_codes, np.ones(len(rows.cell), np.bool_)
    while True:
        before = kept
        for column in codes.T:
            value = column[rows.cell]
            kept = kept & (np.bincount(value, np.where(kept, rows.errors, 0.0))[value] > 0)
        if (kept == before).all():
            break
    if not kept.any():
        raise CannotFit("Nobody erred in these recordings, so there is no rate to model.")
    return ModelRows(rows.cell[kept], rows.speaker[kept], rows.errors[kept], rows.words[kept], codes)


def _design(codes: IntArray, used: BoolArray) -> tuple[FloatArray, IntArray]:
    """Intercept and one column per level but the first; and the columns of the first attribute's levels.

    Levels of the attributes held equal that say the same as others (30 dB and "clean") are left out: they
    change no gap. A group of the attribute in question that does so cannot be judged: `CannotFit`.
    """
    columns = [np.ones(len(codes))]
    group_columns = np.full(int(codes[:, 0].max()) + 1, -1, np.int64)
    for attribute in (*range(1, codes.shape[1]), 0):
        for level in np.unique(codes[used, attribute])[1:]:
            column = (codes[:, attribute] == level).astype(np.float64)
            if _adds(columns, column, used):
                if attribute == 0:
                    group_columns[level] = len(columns)
                columns.append(column)
            elif attribute == 0:
                raise CannotFit(
                    "The attributes determine each other in these recordings, so their effects cannot be told "
                    "apart. Hold fewer attributes equal, or record the combinations that are missing."
                )
    return np.stack(columns, axis=1), group_columns


def _adds(columns: list[FloatArray], column: FloatArray, used: BoolArray) -> bool:
    """Whether a column says something that the others do not."""
    known = np.stack(columns, axis=1)[used]
    fitted = known @ np.linalg.lstsq(known, column[used], rcond=None)[0]
    return bool(np.abs(column[used] - fitted).max() > 1e-8)


def _maximum_likelihood(design: FloatArray, errors: FloatArray, words: FloatArray) -> FloatArray:
    """Newton's method on the Poisson likelihood, from the pooled rate."""
    effects = np.zeros(design.shape[1])
    effects[0] = np.log(max(errors.sum(), 0.5) / words.sum())
    for _ in range(MAX_STEPS):
        expected = words * np.exp(np.clip(design @ effects, -30, 5))
        score = design.T @ (errors - expected)
        step = np.linalg.solve(design.T @ (expected[:, None] * design) + 1e-9 * np.eye(len(effects)), score)
        effects = effects + np.clip(step, -2, 2)
        if np.abs(step).max() < CONVERGED:
            return np.asarray(effects, np.float64)
    raise CannotFit(
        "The fit does not settle: too few errors for so many attributes. Hold fewer of them equal."
    )


def _left_out(
    rows: ModelRows, speaker: IntArray, design: FloatArray, rates: FloatArray, effects: FloatArray
) -> FloatArray:
    """Effects without each speaker: one Newton step from the full fit on what remains."""
    n_speakers, width = int(speaker.max()) + 1, design.shape[1]
    residual = rows.errors - rows.words * rates[rows.cell]
    weight = rows.words * rates[rows.cell]
    information = design.T @ (np.bincount(rows.cell, weight, len(design))[:, None] * design)
    order = np.argsort(speaker, kind="stable")
    bounds = np.searchsorted(speaker[order], np.arange(n_speakers + 1))
    result = np.empty((n_speakers, width))
    for first in range(0, n_speakers, SPEAKERS_AT_ONCE):
        last = min(first + SPEAKERS_AT_ONCE, n_speakers)
        part = order[bounds[first] : bounds[last]]
        own = speaker[part] - first
        x = design[rows.cell[part]]
        score = np.zeros((last - first, width))
        np.add.at(score, own, x * residual[part, None])
        remaining = np.broadcast_to(information, (last - first, width, width)).copy()
        if n_speakers <= LEVERAGE_LIMIT:
            np.subtract.at(remaining, own, weight[part, None, None] * x[:, :, None] * x[:, None, :])
        result[first:last] = effects - _steps(information, remaining, score)
    return result


def _steps(information: FloatArray, remaining: FloatArray, score: FloatArray) -> FloatArray:
    """One Newton step for each speaker left out; an effect that hangs on that speaker alone stays as it is."""
    _, whole = np.linalg.slogdet(information)
    sign, left = np.linalg.slogdet(remaining)
    alone = (sign <= 0) | (left - whole < LOG_OF_NOTHING)
    steps = np.zeros_like(score)
    steps[~alone] = np.linalg.solve(remaining[~alone], score[~alone, :, None])[:, :, 0]
    if alone.any():
        # The least step that fits: without the speaker nothing is known of an effect only they bear on.
        inverse = np.linalg.pinv(remaining[alone], rcond=1e-9, hermitian=True)
        steps[alone] = (inverse @ score[alone, :, None])[:, :, 0]
    return steps


def _speaker_spread(rows: ModelRows, speaker: IntArray, rates: FloatArray) -> float:
    """Moments: variance of speakers' errors around the model beyond Poisson, as a log standard deviation."""
    expected = np.bincount(speaker, rows.words * rates[rows.cell])
    errors = np.bincount(speaker, rows.errors)
    beyond = float(((errors - expected) ** 2 - expected).sum() / (expected**2).sum())
    return float(np.sqrt(np.log1p(max(0.0, beyond))))
