"""What a card is asked for, and as which version of its form the evidence is gathered.

Owns the question, and what older versions did otherwise. It asks nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.card.evidence import VERSION
from analysis.card.outlines import DEFAULT_TEMPLATE
from analysis.card.rows import MEANS
from analysis.metrics import DEFAULT_METRIC
from analysis.published_digits import Digits
from analysis.settings import DEFAULTS, Settings
from dashboard.answers.audience import INTERNAL, Audience
from dashboard.answers.rates import RatesQuestion

_ROUNDED_TWICE = 2
"""The last version whose public numbers had more digits than are printed."""
_WITH_BARE_MEANS = 2
"""The last version with means of speakers and utterances, which had no interval."""


@dataclass(frozen=True)
class CardQuestion:
    """What is asked. A frozen value, so that it can be a cache key together with the build."""

    system: str | None = None
    """None means the only system; with several it is an error that names them."""
    metric: str = DEFAULT_METRIC
    home: Path | None = None
    """Folder whose workspace holds findings, decision and log; None: a card without them."""
    level: float = DEFAULTS.level
    settings: Settings = DEFAULTS
    audience: Audience = INTERNAL
    template: str = DEFAULT_TEMPLATE
    with_context: bool = True
    """Whether the doctor and other normalisers are asked; False where a build holds no recordings."""
    examined_afresh: bool = False
    """Whether the doctor looks again, whatever findings were kept."""
    version: int = VERSION
    """As which version of the form the evidence is gathered; an older one is asked for where such a card is verified."""

    @property
    def digits(self) -> Digits:
        """How far the public's numbers are rounded."""
        return "printed" if self.version > _ROUNDED_TWICE else "three"


def asked(question: CardQuestion, by: tuple[str, ...]) -> RatesQuestion:
    """The question for one table of the card."""
    return RatesQuestion(
        question.system,
        by,
        question.metric,
        level=question.level,
        settings=question.settings,
        audience=question.audience,
        digits=question.digits,
    )


def printed(row: Mapping[str, Any], question: CardQuestion) -> dict[str, Any]:
    """A row without the means that a card does not print, which would stand there without an interval."""
    if question.version <= _WITH_BARE_MEANS:
        return dict(row)
    return {name: value for name, value in row.items() if name not in MEANS}
