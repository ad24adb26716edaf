"""One sentence of a card with what it rests on, and why it is refused where it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from analysis.card.evidence import Evidence
from analysis.card.rows import Grouping
from analysis.card.sections import Name, Text, joined, text_to_json

KINDS = (
    "overall",
    "floor",
    "parity",
    "worse",
    "slightly worse",
    "better",
    "within",
    "undecided",
    "summary",
    "range",
)


@dataclass(frozen=True)
class Claim:
    """A sentence the evidence carries, or one that was looked at and refused."""

    id: str
    kind: str
    """One of KINDS; a claim about one group has the code of its verdict."""
    by: tuple[str, ...]
    """The grouping it is about; empty for the whole."""
    text: Text
    """What is said; for a refused claim, what would have been said."""
    rows: tuple[int, ...] = ()
    """Positions of the rows it rests on in the grouping's list."""
    reason: Text = ()
    """Why it is refused; empty where the evidence carries it."""

    @property
    def supported(self) -> bool:
        return not self.reason

    def refused(self, reason: Text) -> Claim:
        """The same claim, refused; an empty reason changes nothing."""
        return replace(self, reason=reason) if reason else self

    def to_json(self) -> dict[str, Any]:
        """Plain data for the card."""
        return {
            "id": self.id,
            "kind": self.kind,
            "by": list(self.by),
            "supported": self.supported,
            "text": text_to_json(self.text),
            "reason": text_to_json(self.reason) or None,
            "rows": list(self.rows),
        }


def metric_name(evidence: Evidence) -> str:
    """The metric inside a sentence."""
    label = str(evidence.metric["label"])
    return label[:1].lower() + label[1:]


def labels_refusal(grouping: Grouping) -> Text:
    """Why nothing may be claimed about these groups: software guessed the labels. Empty when it did not."""
    guessed = [name for name in grouping.by if grouping.label_sources.get(name) == "inferred"]
    if not guessed:
        return ()
    names = joined([(Name(name),) for name in guessed])
    return ("The labels of ", *names, " were guessed by software, so nothing is claimed about these groups.")
