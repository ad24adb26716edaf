"""Do the gaps between groups depend on the normaliser? The same rates under each one, from the stored texts.

Asks `data/` for counts under every normaliser and `analysis/` for what they mean: the statistics are
those of `rates.py`, and the build's own normaliser is the stored one. Both front ends call this; it
draws nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from analysis.attributes import Attribute
from analysis.normalize import NORMALIZERS, Normalizer
from analysis.rates import SHOWN, SUPPRESSED, RateTable
from analysis.sensitivity import Movements, movements
from analysis.settings import Settings
from analysis.speaker_counts import BoolArray
from analysis.verdict_reasons import (
    FEW_OTHER_EFFECTIVE,
    FEW_OTHER_ERRORS,
    FEW_OTHER_SPEAKERS,
    IS_REFERENCE,
    NOT_STATED,
)
from dashboard.answers.choices import QuestionError, chosen_recordings
from dashboard.answers.rates import RatesAnswer, RatesQuestion, rates
from data.doctor.script_damage import damage_of
from data.queries_doctor import utterance_texts
from data.queries_references import stored_meta
from data.rescoring import Rescored, rescore
from data.scoring import Progress, no_progress
from data.scoring_choice import stored_scoring
from data.store import Build

NO_TEXTS = (
    "This evaluation holds counts and no texts, so they cannot be counted again under another normaliser."
)


@dataclass(frozen=True)
class UnderNormalizer:
    """The rates of all groups under one normaliser."""

    id: str
    version: str
    sha256: str
    is_own: bool
    """Whether it is the build's: its numbers are those of every other page."""
    damage: str | None
    """What it does to the script of these texts; None where it does no harm. Such a one never flags a group."""
    answer: RatesAnswer

    @property
    def table(self) -> RateTable:
        """The groups' rates."""
        return self.answer.table

    @property
    def whole(self) -> RateTable:
        """Everything selected as one row."""
        return self.answer.whole


@dataclass(frozen=True)
class Sensitivity:
    """The same rates under each normaliser, and how far ratios move."""

    question: RatesQuestion
    system: str
    attributes: tuple[Attribute, ...]
    under: tuple[UnderNormalizer, ...]
    """The build's own first."""
    movements: Movements
    """Rows are `under`, columns the groups of the tables."""
    refusals: dict[str, str]
    """Normalisers that cannot read a text of the selection, each with what it cannot read."""

    @property
    def own(self) -> UnderNormalizer:
        """The build's own normaliser."""
        return self.under[0]

    @property
    def enough(self) -> BoolArray:
        """By group: whether there are enough speakers and errors on both sides for a movement to count."""
        return enough_to_count(self.own.table)

    def verdict_changes(self, position: int) -> bool:
        """Whether a normaliser that does no harm to the script gives a group another verdict than the build's own."""
        harmless = [one for one in self.under if one.is_own or not one.damage]
        return len({int(one.table.judgement.verdict[position]) for one in harmless}) > 1


def sensitivity(build: Build, question: RatesQuestion, progress: Progress = no_progress) -> Sensitivity:
    """Rates under each normaliser; raises `QuestionError` for a build without texts, else what `rates` raises."""
    [found] = sensitivities(build, [question], progress)
    return found


def sensitivities(
    build: Build, questions: Sequence[RatesQuestion], progress: Progress = no_progress
) -> tuple[Sensitivity, ...]:
    """The same for several groupings of one system's recordings, whose texts are counted again once for all."""
    if not build.info.has_text:
        raise QuestionError(NO_TEXTS)
    answers = [rates(build, question) for question in questions]
    own = answers[0]
    # Groups are judged together, whichever of them are shown: the recordings of all are needed.
    where = chosen_recordings(build, own.family.within)
    others = [one for name, one in NORMALIZERS.items() if name != str(build.info.normalizer["id"])]
    system, n_utterances = build.info.systems.index(own.system), int(build.info.counts["utterances"])
    scoring = stored_scoring(stored_meta(build.cursor()))
    counted = rescore(build.cursor(), system, where, n_utterances, scoring, others, progress)
    references = utterance_texts(build.cursor(), "reference")
    return tuple(_of_one(build, answer, counted, references) for answer in answers)


def _of_one(build: Build, own: RatesAnswer, counted: Rescored, references: pa.Array) -> Sensitivity:
    under = [_own(build, own, references)]
    for name, scores in counted.scores.items():
        under.append(_other(NORMALIZERS[name], rates(build, own.question, scores), references))
    moved = _movements(under, own.table.settings)
    return Sensitivity(own.question, own.system, own.table.attributes, tuple(under), moved, counted.refusals)


def _own(build: Build, answer: RatesAnswer, references: pa.Array) -> UnderNormalizer:
    """The stored scores, which are what a new count under the build's own normaliser would give."""
    known = build.info.normalizer
    named = NORMALIZERS.get(str(known.get("base", known["id"])))
    return UnderNormalizer(
        id=str(known["id"]),
        version=str(known["version"]),
        sha256=str(known["sha256"]),
        is_own=True,
        damage=damage_of(named, references) if named else None,
        answer=answer,
    )


def _other(named: Normalizer, answer: RatesAnswer, references: pa.Array) -> UnderNormalizer:
    return UnderNormalizer(
        id=named.id,
        version=named.version,
        sha256=named.sha256,
        is_own=False,
        damage=damage_of(named, references),
        answer=answer,
    )


def _movements(under: Sequence[UnderNormalizer], settings: Settings) -> Movements:
    """Ratios of what is a group; "not stated" is none, a reference is not compared with itself, and what is withheld stays so."""
    ratios = np.stack([one.table.judgement.ratio for one in under])
    reason = under[0].table.judgement.reason
    ratios[:, np.isin(reason, (NOT_STATED, IS_REFERENCE))] = np.nan
    ratios[:, np.any([one.table.status == SUPPRESSED for one in under], axis=0)] = np.nan
    counts = np.array([not one.damage for one in under])
    return movements(ratios, 0, counts, settings, enough_to_count(under[0].table))


def enough_to_count(table: RateTable) -> BoolArray:
    """Groups that have enough speakers and errors to be judged, as those have that they are compared with."""
    few_others = (FEW_OTHER_SPEAKERS, FEW_OTHER_EFFECTIVE, FEW_OTHER_ERRORS)
    return np.asarray((table.status == SHOWN) & ~np.isin(table.judgement.reason, few_others), np.bool_)
