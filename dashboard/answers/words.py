"""Which kinds of error, and which words, make a subgroup's excess over its comparator?

Kinds come from the stored counts of all recordings (`words_kinds.py`). Words come from the texts, aligned again
as they were scored, and only where the evaluation allows texts to be shown; where a side is
very large, from a seeded sample of its speakers. Draws nothing and knows no Streamlit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.selection import EVERYTHING, Selection
from analysis.settings import DEFAULTS, Settings
from analysis.words import WordExcess, whole_difference, word_excess
from analysis.words_parts import ExcessParts, excess_parts
from analysis.words_tally import WordTally
from dashboard.answers.choices import chosen_recordings, chosen_system
from dashboard.answers.families import settled
from dashboard.answers.subgroup import SubgroupAnswer, SubgroupQuestion, subgroup
from dashboard.answers.words_kinds import KindExcess, SideTotals, kind_excess, side_totals
from dashboard.answers.words_sides import Aligned, sample_of_speakers, word_sides
from dashboard.answers.words_texts import as_scored
from data.queries import Query
from data.queries_words import Sides, SideSums, side_sums, side_sums_query, texts
from data.scoring import Progress, no_progress
from data.scoring_choice import scoring_of
from data.store import Build, EvaluationInfo

MOST_UTTERANCES = 200_000
"""Utterances of one side that are aligned; of more, a sample of speakers."""


@dataclass(frozen=True)
class WordsQuestion:
    """What is asked; a frozen value, so that it can be a cache key."""

    where: Selection
    system: str | None = None
    against: str | None = None
    """peers, complement, overall or ATTRIBUTE=VALUE; None is peers or complement by rule."""
    level: float = DEFAULTS.level
    settings: Settings = DEFAULTS
    most_utterances: int = MOST_UTTERANCES
    """0 means all, however many."""
    seed: int = 0


@dataclass(frozen=True)
class FoundWords:
    """Words of the recordings that were aligned."""

    table: WordExcess
    parts: ExcessParts
    own: Aligned
    other: Aligned
    excess: float
    """The excess of these recordings, of which words have shares."""


@dataclass(frozen=True)
class WordsAnswer:
    """The excess of a subgroup by kind and by word."""

    question: WordsQuestion
    system: str
    comparator: str
    sides: Sides
    own: SideTotals
    other: SideTotals
    kinds: KindExcess
    result: SubgroupAnswer | None
    """The verdict on the same subgroup, against others in its own mix of conditions where mixes differ; None: none is given."""
    words: FoundWords | None
    """None where texts may not be shown, where there are none, or where there is nobody to compare with."""
    withheld: str | None
    """Why there are no words: "not allowed", "no texts" or "nobody"; None where there are."""


def words(build: Build, question: WordsQuestion, progress: Progress = no_progress) -> WordsAnswer:
    """The excess of a subgroup over its comparator, by kind of error and by word.

    Raises `QuestionError` for a comparator that cannot be had, `SelectionError` for
    an unknown attribute or value; each message says what to do.
    """
    question = settled(build, question)
    comparator, sides = _sides(build, question)
    system = chosen_system(build, question.system)
    sums = side_sums(build.cursor(), system, sides)
    known = "deletion-rate" not in build.info.undefined_metrics
    level, settings = question.level, question.settings
    own, other = (side_totals(sums, on_side, known, level, settings) for on_side in (sums.own, sums.other))
    kinds = kind_excess(sums, level, settings)
    withheld = _withheld(build.info, own, other)
    found = None if withheld else _words(build, question, system, sums, kinds.is_sure, progress)
    name, result = build.info.systems[system], _result(build, question)
    return WordsAnswer(question, name, comparator, sides, own, other, kinds, result, found, withheld)


def words_query(build: Build, question: WordsQuestion) -> Query:
    """The SQL that gives the sums of both sides."""
    return side_sums_query(chosen_system(build, question.system), _sides(build, question)[1])


def _result(build: Build, question: WordsQuestion) -> SubgroupAnswer | None:
    """What is judged of the subgroup; nothing against all recordings, of which it is a part."""
    if question.against == "overall" or question.where == EVERYTHING:
        return None
    asked = SubgroupQuestion(
        question.where,
        question.system,
        against=question.against,
        level=question.level,
        settings=question.settings,
    )
    return subgroup(build, asked)


def _sides(build: Build, question: WordsQuestion) -> tuple[str, Sides]:
    chosen_recordings(build, question.where)
    comparator, sides = word_sides(question.where, build.info.attributes, question.against)
    own, pool = (chosen_recordings(build, one) for one in (sides.own, sides.pool))
    return comparator, Sides(own, pool, sides.overlapping)


def _withheld(info: EvaluationInfo, own: SideTotals, other: SideTotals) -> str | None:
    if not info.has_text:
        return "no texts"
    if not info.show_text:
        return "not allowed"
    return None if own.n_words and other.n_words else "nobody"


def _words(
    build: Build,
    question: WordsQuestion,
    system: int,
    sums: SideSums,
    with_shares: bool,
    progress: Progress,
) -> FoundWords:
    _, sides = _sides(build, question)
    own, other = (
        sample_of_speakers(sums, on_side, question.most_utterances, question.seed)
        for on_side in (sums.own, sums.other)
    )
    tally = WordTally(int(sums.speaker.max()) + 1, scoring_of(build.info).aligner)
    chosen = scoring_of(build.info).normalizer
    done, total = 0, own.n_utterances + other.n_utterances
    for rows in texts(build.cursor(), system, sides, own.speakers, other.speakers):
        progress("aligning", done, total)
        tally.add(as_scored(chosen, rows))
        done += int(rows.own.sum() + rows.other.sum())
    progress("aligning", total, total)
    counts = tally.counts()
    whole = whole_difference(counts)
    excess, degrees = float(whole.difference[0]), float(whole.degrees[0])
    table = word_excess(
        counts,
        excess if with_shares else np.nan,
        question.level,
        question.settings.alpha,
        overlapping=sides.overlapping,
    )
    return FoundWords(table, excess_parts(counts, degrees, question.level), own, other, excess)
