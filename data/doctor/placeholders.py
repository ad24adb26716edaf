"""Words that stand for "no value" in files that people have, and numbers that do.

Owns the lists and the exceptions from them. What is a group, and what is done about
it, others decide.
"""

from __future__ import annotations

import re

import numpy as np

from analysis.attributes import Attribute
from data.queries_doctor import Floats

# "none" and "other" are missing on purpose: no noise, no impairment and a declared other are answers.
_WORDS = frozenset(
    """
    na n/a n.a. #n/a nan null nil undefined unknown unk unspecified unstated missing outlier default n/k
    not_stated not_specified not_available not_known not_given no_answer no_data prefer_not_to_say tbd ? ?? - -- . xx
    """.split()
)
_TOKENS = frozenset(
    "null none nan na n/a nil undefined unk <unk> [unk] <empty> [empty] <null> [null] <eps> <s> </s> "
    "<silence> [silence] "
    "[noise] <noise> [inaudible] <inaudible> [blank_audio] [no_speech] <no_speech> <nospeech> error none. null. -".split()
)
_SENTINELS = (-9999.0, -999.0, -99.0, 99.0, 999.0, 9999.0)


def is_placeholder(level: str, attribute: Attribute) -> bool:
    """Whether a group's name is a word for "no value".

    "NA" among other codes of two capital letters is a country or a region.
    """
    if attribute.kind != "category":
        return False
    folded = re.sub(r"\s+", "_", level.strip().casefold())
    if folded not in _WORDS:
        return False
    codes = [other for other in attribute.levels if other != level and re.fullmatch("[A-Z]{2}", other)]
    return not (level == "NA" and 2 * len(codes) > len(attribute.levels) - 1)


EMPTY_WORDS = _TOKENS


def sentinel(numbers: Floats) -> tuple[float, int] | None:
    """A number such as -999 that lies further from the rest than the rest spread, and how often; None: there is none."""
    stated = numbers[~np.isnan(numbers)]
    for candidate in _SENTINELS:
        is_it = stated == candidate
        rest = stated[~is_it]
        if is_it.sum() >= 3 and len(rest) and np.abs(rest - candidate).min() > max(np.ptp(rest), 1.0):
            return candidate, int(is_it.sum())
    return None
