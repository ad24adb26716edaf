"""What is said of two people who wrote down the same recordings: how often they differ, beside the system's rate.

Owns sentences and lines of tables only; the numbers come from `answers/disagreement.py` and
`answers/rates.py`.
"""

from __future__ import annotations

from dashboard.answers.disagreement import DisagreementAnswer, disagreement_row
from dashboard.answers.rates import RatesAnswer
from dashboard.answers.rows import rate_row
from dashboard.wording import attribute_label, group_name, interval_text, percent

MEANING = (
    "Two people do not always write down the same words. Where they differ often, part of a system’s error rate is about "
    "how recordings were transcribed, and so may be a gap between groups. Differences are counted as errors of the second "
    "transcription against the first, under the same normaliser; intervals are by speaker. The system’s rates are of all "
    "recordings, also of those that one person alone wrote down."
)


def disagreement_sentence(twice: DisagreementAnswer, answer: RatesAnswer) -> str:
    """How often two people differ over everything selected, and the system's rate beside it."""
    differ, own = disagreement_row(twice.whole, 0), rate_row(answer.whole, 0)
    n_all = own["n_utterances"]
    if not twice.n_utterances:
        return f"None of the {n_all:,} utterances selected was transcribed by two people."
    return (
        f"Two people transcribed {twice.n_utterances:,} of {n_all:,} utterances and differ in {percent(differ['rate'])} of the words "
        f"({interval_text(differ['low'], differ['high'])}); the {answer.table.metric.label.lower()} of {answer.system} is {percent(own['rate'])}."
    )


def disagreement_line(twice: DisagreementAnswer, answer: RatesAnswer, position: int) -> dict[str, object]:
    """One group: how often two people differ in it, over how much, and the system's rate."""
    differ, own = disagreement_row(twice.table, position), rate_row(answer.table, position)
    return {
        **{attribute_label(name): group_name(value) for name, value in own["group"].items()},
        "Two people differ": f"{percent(differ['rate'])} ({interval_text(differ['low'], differ['high'])})",
        "Utterances transcribed twice": differ["n_utterances"],
        "Words": differ["n_words"],
        answer.system: f"{percent(own['rate'])} ({interval_text(own['low'], own['high'])})",
    }
