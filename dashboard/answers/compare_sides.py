"""Which scores stand on the two sides of a comparison of systems, and what cannot be compared.

Called by `compare.py`. It counts nothing.
"""

from __future__ import annotations

from dashboard.answers.choices import QuestionError, chosen_system
from dashboard.answers.versions_comparable import refuse_incomparable
from data.queries_paired import Scores, SharedUtterances, scores_from
from data.store import Build


def both_systems(build: Build, first: str, second: str, first_of: Build | None) -> tuple[Scores, Scores]:
    """Scores of both systems; `first_of` is the build the first is of, None: the same.

    Raises `QuestionError` where a system is unknown, compared with itself or of a build that cannot be compared.
    """
    of_second = Scores(chosen_system(build, second))
    if first_of is None or first_of.path == build.path:
        of_first = Scores(chosen_system(build, first))
        if of_first.system == of_second.system:
            raise QuestionError(f"'{first}' is compared with itself. Name two systems: --systems A,B.")
        return of_first, of_second
    refuse_incomparable(first_of.info, build.info)
    number = chosen_system(first_of, first)
    return scores_from(build.cursor(), first_of.cursor(), number), of_second


def refuse_other_references(first: str, second: str, shared: SharedUtterances) -> None:
    """Raise `QuestionError` where the two were not scored on the same references, or on nothing in common."""
    if shared.other_references:
        raise QuestionError(
            f"{shared.other_references:,} of {shared.both:,} rows have other numbers of reference words for "
            f"{first} than for {second}: their references were not the same, so they cannot be "
            "compared word for word. See `fairhearing doctor`."
        )
    alone = shared.only_first + shared.only_second + shared.not_here
    if not shared.both and alone:
        raise QuestionError(
            f"{first} and {second} were scored on no utterance in common, so they cannot be "
            "compared. Score both on the same utterances: see `fairhearing add-system --help`."
        )
