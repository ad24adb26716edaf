"""What stands beside the words of a subgroup: its pictures in words, whose recordings they are, and how all of it is computed.

Takes results of `answers` and computes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.words import MIN_ERRORS, MIN_SPEAKERS
from dashboard.answers.words import WordsAnswer
from dashboard.wording import counts_text, level_text
from dashboard.wording_markup import plain
from dashboard.wording_methods import selection_label
from dashboard.wording_words import EVERY_NUMBER, KIND_LABELS, others_of


def largest_excess(kind: str) -> str:
    """What the table and the picture of a kind hold."""
    return f"{KIND_LABELS[kind]} with the largest excess"


def words_picture(kind: str) -> str:
    """The picture for those who do not see it."""
    return f"{largest_excess(kind)} and their intervals; “{EVERY_NUMBER}” has the table"


def words_facts(answer: WordsAnswer, synthetic: bool) -> str:
    """What stands under the pictures: selection, counts, whom it is compared with and how many they are, level."""
    own, other = (
        counts_text(side.n_speakers, side.n_utterances, side.n_words, synthetic)
        for side in (answer.own, answer.other)
    )
    level = level_text(answer.question.level)
    compared = f"compared with {others_of(answer, synthetic)} ({other})"
    return f"{selection_label(answer.question.where)} · {own} · {compared} · {level} intervals by speaker"


def words_method(answer: WordsAnswer, normalizer: Mapping[str, Any]) -> str:
    """Kinds, words, parts, intervals and looks, as Markdown."""
    level, alpha = level_text(answer.question.level), level_text(answer.question.settings.alpha)
    against = selection_label(answer.sides.pool)
    return "\n\n".join(
        (
            (
                "**Excess.** The subgroup’s word error rate less that of the others, as they were recorded: their mix of "
                "conditions is not made alike. Errors are added up before they are divided."
            ),
            f"**The others.** {plain(against)}{'' if answer.sides.overlapping else ', without the subgroup'}.",
            "**Kinds of error.** From the stored counts of all recordings; their excesses add up to the whole.",
            (
                f"**Words.** From the texts, aligned again as they were scored: normaliser “{normalizer['id']}”, version "
                f"{normalizer['version']}. A word’s errors are divided by all reference words of its side."
            ),
            (
                "**Parts.** What is recognised less often when said, other words said, and insertions: the decomposition of a "
                "difference of rates (Kitagawa 1955). They add up."
            ),
            f"**Intervals.** {level}, leaving out one speaker at a time on both sides at once.",
            (
                f"**What stands out.** Exact p-values on effective counts, Benjamini and Hochberg’s q of at most {alpha} over the list, "
                f"and an interval above 0; looked at from {MIN_ERRORS} errors by {MIN_SPEAKERS} speakers. Nothing was declared in advance."
            ),
        )
    )
