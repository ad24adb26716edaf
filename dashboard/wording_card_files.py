"""Words of the card's files for other tools: a group in one line, who bears a gap, what is done about it.

Owns the percentages of formats that want them and the names of formats a person reads.
"""

from __future__ import annotations

from collections.abc import Mapping

from analysis.card.content import Card
from analysis.card.outlines import DEFAULT_TEMPLATE
from analysis.card.phrases import comparator_words
from analysis.card.rows import Row
from dashboard.wording import interval_text, percent, ratio_text, verdict_label
from dashboard.wording_card import NOT_STATED

SPEECH_RECOGNITION = "Speech Recognition"
FORMAT_LABELS = {
    "html": "HTML",
    "pdf": "PDF",
    "docx": "Word",
    "md": "Markdown",
    "json": "JSON",
    "cyclonedx": "CycloneDX",
    "hf": "Hugging Face",
}
"""What the formats are called, in the order a page offers them."""

OUTLINE = "Outline"
TEMPLATE_LABELS = {
    "fairness": "Fairness section only",
    "classic": "Whole card, classic",
    "2025": "Whole card, since 2025",
}
"""The outlines a person chooses from; what only an owner can write is printed as not stated."""


def same_bytes(audience: str, template: str) -> str:
    """Which command gives the files of a page again."""
    options = f" --audience {audience}" + ("" if template == DEFAULT_TEMPLATE else f" --template {template}")
    return f"The same bytes as the command `fairhearing card{options}`."


def slice_text(group: Mapping[str, str | None]) -> str:
    """A group in one line: accent=Scottish, noise=clean."""
    return ", ".join(f"{name}={NOT_STATED if value is None else value}" for name, value in group.items())


def as_percentage(rate: float) -> float:
    """A fraction as a percentage, for formats that have no fractions."""
    return float(f"{100 * rate:.10g}")


def what_a_group_bears(card: Card, row: Row, margin: float) -> str:
    """The gap of one group in a sentence: its rate, its ratio and what is established."""
    versus = row.versus
    rate = percent(row.rate)
    if row.low is not None and row.high is not None:
        rate = f"{rate} ({interval_text(row.low, row.high)})"
    ratio = ratio_text(versus.ratio, versus.low, versus.high) if versus.ratio is not None else ""
    metric = str(card.evidence.metric["label"])
    return f"{metric} {rate}, {ratio} against {comparator_words(versus.comparator, card.evidence.people)}: {verdict_label(versus.verdict, margin)}."


def mitigation_text(card: Card) -> str:
    """What was decided to do about gaps, as its author wrote it."""
    decided = card.evidence.decision or {}
    return str(decided.get("mitigation") or NOT_STATED)
