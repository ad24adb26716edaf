"""What is said of the two sides of an excess: their rates with counts and status, and how the gap compares with the verdict.

Owns the words that keep an excess from being read as more than is shown. Takes results of `answers` and computes nothing.
"""

from __future__ import annotations

import math

from analysis.judgement import VERDICTS
from dashboard.answers.subgroup import SUBGROUP, SubgroupAnswer
from dashboard.answers.words import WordsAnswer
from dashboard.answers.words_kinds import SideTotals
from dashboard.wording import (
    counts_text,
    interval_text,
    level_text,
    number,
    people,
    percent,
    rate_text,
    status_text,
)
from dashboard.wording_sentences import undecided_note
from dashboard.wording_subgroup import THIS_SUBGROUP, others_phrase, verdict_words
from dashboard.wording_subgroup_tables import STATUS, WHO, points_text

OTHERS = "The others, as recorded"


def rate_of(side: SideTotals) -> float | None:
    """Errors over words; None where no word was said."""
    return side.n_errors / side.n_words if side.n_words else None


def side_text(side: SideTotals) -> str:
    """One side in a line: rate, interval, counts, status."""
    counts = counts_text(side.n_speakers, side.n_utterances, side.n_words, synthetic=False)
    return f"{rate_text(rate_of(side), side.low, side.high)} · {counts} · {side.status}"


def side_lines(answer: WordsAnswer, synthetic: bool) -> list[dict[str, str]]:
    """Both sides as lines of a table."""
    level, who = level_text(answer.question.level), people(synthetic)
    return [
        {
            WHO: name,
            "Word error rate": percent(rate_of(side)),
            f"{level} interval": interval_text(side.low, side.high),
            who.capitalize(): number(side.n_speakers),
            "Utterances": number(side.n_utterances),
            "Words": number(side.n_words),
            STATUS: status_text(side.status, synthetic),
        }
        for name, side in ((THIS_SUBGROUP, answer.own), (OTHERS, answer.other))
    ]


def few_sentence(answer: WordsAnswer, synthetic: bool) -> str | None:
    """That a side has too few speakers for anything to be said of the excess; None where both have enough."""
    settings = answer.question.settings
    few = [
        f"{number(side.n_speakers)} {people(synthetic, side.n_speakers)} {where}"
        for side, where in ((answer.own, "here"), (answer.other, "on the other side"))
        if side.status == "few speakers"
    ]
    if not few:
        return None
    return (
        f"Too few {people(synthetic)} to say anything of the excess: {' and '.join(few)}, and nothing is judged below "
        f"{settings.min_speakers} ({settings.min_effective_speakers:g} effective)."
    )


def result_sentence(answer: WordsAnswer, synthetic: bool) -> str | None:
    """What is judged of the same subgroup, and why its gap may be another one; None where nothing is judged."""
    found = answer.result
    if found is None or not math.isfinite(float(found.table.judgement.ratio[SUBGROUP])):
        return None
    judged = found.table.judgement
    difference = points_text(
        *(float(v[SUBGROUP]) for v in (judged.difference, judged.difference_low, judged.difference_high))
    )
    said = f"Result against {others_phrase(found, synthetic)}: {verdict_words(found)}; {difference}."
    why = undecided_note(found.table, SUBGROUP, synthetic)
    return " ".join(filter(None, (said, why, _two_gaps(found))))


def verdict_is_shown(answer: WordsAnswer) -> bool:
    """Whether the subgroup, asked for alone, is shown to be served worse or better than the others."""
    found = answer.result
    shown = {VERDICTS.index(verdict) for verdict in ("worse", "slightly worse", "better")}
    return found is not None and int(found.table.judgement.verdict[SUBGROUP]) in shown


def _two_gaps(found: SubgroupAnswer) -> str | None:
    if not found.mixed:
        return None
    return (
        "Words and kinds of error are counted against the others as they were recorded, in whatever conditions, so the excess "
        "here is another number than the difference of the result: conditions are part of it."
    )


def of_thousand_words(excess: str) -> str:
    """An excess with what it is counted in."""
    return f"{excess} in 1,000 words"
