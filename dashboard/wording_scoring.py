"""How the texts of a build were compared, in words: why this normaliser, what is counted, which lists.

Owns the sentences a person reads after an ingest and beside a build's provenance.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.wording import percent
from data.store import EvaluationInfo

CHARACTERS = (
    "The texts are in a script that is written without spaces. They are compared character by character: where a count says "
    "words, it counts characters, and error rates are character error rates, not comparable with word error rates."
)

BY_LETTERS = "chosen by the letters of the references"
BY_LETTERS_EXPLAINED = (
    "basic where the references are in Latin letters, unicode-marks where most of their letters are not. The evaluation says "
    "which was chosen."
)


def scoring_sentences(info: EvaluationInfo) -> list[str]:
    """What is worth saying beyond the names of normaliser and aligner; none where all is as usual and was asked for."""
    said = [
        normalizer_choice(info.normalizer),
        CHARACTERS if info.unit == "character" else "",
        _forms(info.normalizer),
        _keywords(info.keywords),
    ]
    return [sentence for sentence in said if sentence]


def normalizer_choice(normalizer: Mapping[str, Any]) -> str:
    """Why this normaliser, where nobody chose it; "" where somebody did."""
    letters = normalizer.get("letters")
    if letters is None:
        return ""
    name = normalizer["base"]
    if not letters["all"]:
        return f"Normaliser {name} was chosen because the references have no letters; --normalizer chooses another."
    share = letters["latin"] / letters["all"]
    said = percent(share) if name == "basic" else percent(1 - share)
    which = "are Latin" if name == "basic" else "are not Latin"
    return (
        f"Normaliser {name} was chosen because {said} of the letters of the references {which}; "
        "--normalizer chooses another."
    )


def _forms(normalizer: Mapping[str, Any]) -> str:
    groups = normalizer.get("equivalences")
    if groups is None:
        return ""
    n = len(groups)
    return f"{n:,} {'set' if n == 1 else 'sets'} of forms count as the same on either side."


def _keywords(keywords: Mapping[str, Any] | None) -> str:
    if keywords is None:
        return ""
    n = len(keywords["phrases"])
    return f"{n:,} {'keyword was' if n == 1 else 'keywords were'} looked for in the references."
