"""What the sidebar says: its labels, the roles of the systems, and how much the build holds."""

from __future__ import annotations

from dashboard.wording import number, of_count, people
from dashboard.wording_markup import plain

EVALUATION_LABEL, METRIC_LABEL, SYSTEM_LABEL = "Evaluation", "Metric", "System"
CURRENT_LABEL, ALONE_LABEL = "Compared with", "no other system"
LETTERS_IN_BOX = 20
CURRENT_HELP = (
    "The current system; the one above is then the candidate, and pages say what a move to it would do. "
    "The system that was added last opens first, compared with the one before it."
)


def roles_sentence(system: str, current: str | None, newest: str) -> str:
    """Which system is on screen and in which role: the newest opens first, against the one before it."""
    what = "the newest here" if system == newest else "not the newest here"
    if current is None:
        return f"{system}, {what}, by itself."
    return f"Candidate: {system}, {what}. Current: {current}."


def build_counts(name: str, build: str, n_utterances: int, n_speakers: int, synthetic: bool) -> str:
    """The build and how much is in it, on two lines; over them the name of the evaluation, where its box cuts it off."""
    who = people(synthetic, n_speakers)
    whole = f"{plain(name)}  \n" if len(name) > LETTERS_IN_BOX else ""
    return f"{whole}build {build[:8]}  \n{of_count(n_utterances, 'utterances')} · {number(n_speakers)} {who}"
