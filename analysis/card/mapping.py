"""The section on where the readers of three documents may look in this card.

Owns the table. Only passages that were read are named by number; of a standard whose clauses were
not read stands its title alone. A place to look is no statement of conformity.
"""

from __future__ import annotations

from analysis.card.sections import Paragraph, Section, Table, Text

_DISCLAIMER = "Where a reader may look; not a conformity assessment."
_AI_ACT = "EU AI Act, Regulation (EU) 2024/1689"
_PLACES: tuple[tuple[str, str, str, str], ...] = (
    (
        _AI_ACT,
        "Annex IV, 2(g)",
        "testing procedures, data, metrics and potentially discriminatory impacts; dated and signed reports",
        "Test-driven methodology · How the data were built · Fairness and bias · Sign-off",
    ),
    (
        _AI_ACT,
        "Annex IV, 3",
        "accuracy overall and for the people the system is meant for; limits",
        "What was measured · Fairness and bias · Coverage and limits",
    ),
    (_AI_ACT, "Annex IV, 4", "why these metrics", "Method"),
    (
        _AI_ACT,
        "Annex IV, 9",
        "how performance is followed after release",
        "Advice for use · Findings on record · Decision",
    ),
    (
        "NIST AI Risk Management Framework 1.0",
        "MEASURE 2.11",
        "fairness and bias are evaluated and results are documented",
        "Fairness and bias · Coverage and limits · Decision",
    ),
    (
        "ISO/IEC TR 24027:2021, Bias in AI systems and AI aided decision making",
        "as a whole",
        "assessment of bias",
        "Fairness and bias · Method",
    ),
)


def mapping_section() -> Section:
    """Passages of three documents and the sections that speak of the same."""
    columns: tuple[Text, ...] = (
        ("Document",),
        ("Passage",),
        ("What it asks about",),
        ("Sections of this card",),
    )
    rows = tuple(tuple((words,) for words in place) for place in _PLACES)
    caption: Text = ("Passages of three documents, and the sections of this card that speak of the same.",)
    table = Table(caption, columns, rows, 2)
    return Section("mapping", ("Where else this is asked for",), (Paragraph((_DISCLAIMER,), "note"), table))
