"""Words of the card's files for other tools: a group in one line, who bears a gap, what is done about it.

Owns the percentages of formats that want them and the names of formats a person reads.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping

from analysis.card.content import Card
from analysis.card.outlines import DEFAULT_TEMPLATE
from analysis.card.phrases import comparator_phrase
from analysis.card.rows import Grouping, Row
from analysis.metrics import DEFAULT_METRIC
from dashboard.wording import interval_text, percent, ratio_text, verdict_label
from dashboard.wording_card import NOT_STATED, plain_text

SPEECH_RECOGNITION = "Speech Recognition"
FORMAT_LABELS = {
    "pdf": "PDF",
    "html": "HTML",
    "docx": "Word",
    "md": "Markdown",
    "json": "JSON",
    "cyclonedx": "CycloneDX",
    "hf": "Hugging Face",
}
"""What the formats are called, in the order a page offers them."""
ALL_AS_ZIP = "All, as zip"
FORMAT_GROUPS = {
    "To read": ("pdf", "html", "docx", "md"),
    "For programs": ("json", "cyclonedx", "hf"),
}
FORMAT_USES = {
    "pdf": "A4, to be printed and kept; tagged for screen readers.",
    "html": "One file for a browser. It fetches nothing and prints on A4.",
    "docx": "To be put into a document of your own.",
    "md": "Plain text, for a repository.",
    "json": "The card itself, of which all others are made: what is verified, signed and compared.",
    "cyclonedx": "For a bill of materials of a machine-learning model (ML-BOM 1.6).",
    "hf": "The results at the top of a model’s page on Hugging Face (model-index).",
}
"""What each is good for."""
ZIP_USE = "Every file above, with a manifest of their SHA-256."

SAME_BYTES = "The command that writes the same bytes:"
OUTLINE = "Outline"
OUTLINE_HELP = (
    "In which order the sections stand, and whether headings under which only an owner can write are part of it. No outline "
    "leaves out a section that the data give."
)
TEMPLATE_LABELS = {
    "fairness": "Only what the data give",
    "classic": "Whole card, classic",
    "2025": "Whole card, since 2025",
}
"""The outlines a person chooses from; what only an owner can write is printed as not stated."""


def same_bytes(card: Card, *, is_current: bool) -> str:
    """Which command gives the files of a page again; a build that is not the current one is named."""
    evidence = card.evidence
    build = evidence.evaluation if is_current else f"{evidence.evaluation}@{evidence.build[:8]}"
    options = ["--system", evidence.system, "--audience", evidence.audience]
    options += ["--metric", str(evidence.metric["id"])] if evidence.metric["id"] != DEFAULT_METRIC else []
    options += ["--template", card.template] if card.template != DEFAULT_TEMPLATE else []
    return shlex.join(["fairhearing", "card", build, *options])


def slice_text(group: Mapping[str, str | None]) -> str:
    """A group in one line: accent=Scottish, noise=clean."""
    return ", ".join(f"{name}={NOT_STATED if value is None else value}" for name, value in group.items())


def as_percentage(rate: float) -> float:
    """A fraction as a percentage, for formats that have no fractions."""
    return float(f"{100 * rate:.10g}")


def what_a_group_bears(card: Card, grouping: Grouping, row: Row, margin: float) -> str:
    """The gap of one group in a sentence: its rate, its ratio and what is established."""
    versus = row.versus
    rate = percent(row.rate)
    if row.low is not None and row.high is not None:
        rate = f"{rate} ({interval_text(row.low, row.high)})"
    ratio = ratio_text(versus.ratio, versus.low, versus.high) if versus.ratio is not None else ""
    metric = str(card.evidence.metric["label"])
    against = plain_text(comparator_phrase(card.evidence, grouping), margin)
    return f"{metric} {rate}, {ratio} against {against}: {verdict_label(versus.verdict, margin)}."


def mitigation_text(card: Card) -> str:
    """What was decided to do about gaps, as its author wrote it."""
    decided = card.evidence.decision or {}
    return str(decided.get("mitigation") or NOT_STATED)
