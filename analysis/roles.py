"""Who a group is compared with: peers in the same conditions, everybody else, a declared group, or all.

Owns the comparators and the rule that chooses the default one from the roles of the
attributes. With no accent effect at all, noise and device would make many cells "worse"
than everything else; against peers in the same conditions they make none.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.attributes import Attribute
from analysis.speaker_counts import IntArray

ComparatorKind = Literal["peers", "complement", "overall", "reference", "system"]
"""The last is another system on the same recordings; no question names it, comparisons of systems do."""
NOT_STATED_CODE = -1


class ComparatorError(ValueError):
    """A comparator that cannot be had; the message says which can."""


@dataclass(frozen=True)
class Comparator:
    """A kind of comparison, with the declared group where there is one."""

    kind: ComparatorKind
    attribute: str | None = None
    value: str | None = None
    where_mixes_differ: bool = False
    """Peers of speakers alone: others in the same mix of conditions, but the complement where the mixes agree."""

    @property
    def label(self) -> str:
        """As written on the command line and in documents: peers, complement, overall or ATTRIBUTE=VALUE."""
        return f"{self.attribute}={self.value}" if self.kind == "reference" else self.kind


def is_fairness(attributes: Sequence[Attribute]) -> bool:
    """Whether a grouping is about people; groupings by conditions or content alone are robustness."""
    return any(attribute.role == "speaker" for attribute in attributes)


def is_about_speakers_alone(attributes: Sequence[Attribute]) -> bool:
    """Whether a grouping names speakers and nothing else, so that its peers are others in the same mix of conditions."""
    return bool(attributes) and all(attribute.role == "speaker" for attribute in attributes)


def default_comparator(attributes: Sequence[Attribute]) -> Comparator:
    """Peers where speakers are grouped, else the complement; of speakers alone only where their mixes of conditions differ."""
    if not is_fairness(attributes):
        return Comparator("complement")
    return Comparator("peers", where_mixes_differ=is_about_speakers_alone(attributes))


def comparator_from_text(text: str | None, attributes: Sequence[Attribute]) -> Comparator:
    """Read `--against`; None means the default. Raises `ComparatorError` naming what is possible."""
    if text is None:
        return default_comparator(attributes)
    if text == "peers":
        if not is_fairness(attributes):
            raise ComparatorError(
                "Peers are other speakers in the same conditions, so the grouping needs an attribute of the "
                "speaker. Use --against complement, or add one to --by."
            )
        return Comparator("peers")
    if text in ("complement", "overall"):
        return Comparator("complement" if text == "complement" else "overall")
    name, separator, value = text.partition("=")
    known = {attribute.name: attribute for attribute in attributes}
    if not separator or name not in known:
        near = difflib.get_close_matches(text, ("peers", "complement", "overall"), 1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise ComparatorError(
            f"'{text}' is not a comparator.{hint} Use peers, complement, overall, or ATTRIBUTE=VALUE with one of the "
            f"grouping's attributes ({', '.join(known) or 'none'})."
        )
    if known[name].multi:
        raise ComparatorError(
            f"A recording may have several labels of {name}, so '{value}' may share recordings with the groups "
            "compared with it. Use complement or peers, which leave a group's own recordings out."
        )
    if value not in known[name].levels:
        near = difflib.get_close_matches(value, known[name].levels, 1)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        raise ComparatorError(
            f"'{value}' is not a group of {name}.{hint} Known: {', '.join(known[name].levels)}."
        )
    return Comparator("reference", name, value)


def strata(attributes: Sequence[Attribute], codes: IntArray, comparator: Comparator) -> tuple[IntArray, int]:
    """Number the pool of recordings each group is compared within; returns the numbers and how many.

    codes: one row per group, one column per attribute. Peers share every value of the
    attributes that are not about the speaker; a complement, the overall, or peers of speakers alone are one pool,
    which `mix_of_conditions.py` weighs.
    For a declared reference the pool is the reference group with all else equal (-1: none).
    """
    n_groups = len(codes)
    if comparator.kind == "reference":
        return _reference_groups(attributes, codes, comparator), n_groups
    shared = [column for column, attribute in enumerate(attributes) if attribute.role != "speaker"]
    if comparator.kind != "peers" or not shared:
        return np.zeros(n_groups, np.int64), 1
    _, number = np.unique(codes[:, shared], axis=0, return_inverse=True)
    return number.reshape(-1).astype(np.int64), int(number.max()) + 1 if n_groups else 0


def _reference_groups(attributes: Sequence[Attribute], codes: IntArray, comparator: Comparator) -> IntArray:
    column = [attribute.name for attribute in attributes].index(str(comparator.attribute))
    wanted = codes.copy()
    wanted[:, column] = attributes[column].levels.index(str(comparator.value))
    position = {tuple(row): number for number, row in enumerate(codes.tolist())}
    return np.array([position.get(tuple(row), -1) for row in wanted.tolist()], np.int64)
