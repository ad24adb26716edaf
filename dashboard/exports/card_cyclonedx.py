"""A card as a CycloneDX machine-learning bill of materials, with the `modelCard` of the system.

Owns the projection onto that format: every number is a string, a group is a `slice`, and what
the format has no place for goes into `properties`. The lossless document is `card.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from analysis.card.content import Card
from analysis.card.rows import Grouping, Row
from analysis.card.sections import Listing, Section
from dashboard.exports.card_text import visible
from dashboard.wording_card import plain_text
from dashboard.wording_card_files import mitigation_text, slice_text, what_a_group_bears

SPEC_VERSION = "1.6"
_PREFIX = "fairhearing"


def card_cyclonedx(card: Card) -> bytes:
    """The document as UTF-8; it holds no time and no random number."""
    evidence = card.evidence
    component: dict[str, Any] = {
        "type": "machine-learning-model",
        "bom-ref": "system",
        "name": visible(evidence.system),
        "modelCard": {
            "modelParameters": {"task": "automatic-speech-recognition"},
            "quantitativeAnalysis": {"performanceMetrics": list(_metrics(card))},
            "considerations": _considerations(card),
            "properties": _properties(card),
        },
    }
    version = evidence.system_about.get("version")
    if version not in {None, ""}:
        component["version"] = visible(str(version))
    plain = {"bomFormat": "CycloneDX", "specVersion": SPEC_VERSION, "version": 1, "components": [component]}
    return f"{json.dumps(plain, ensure_ascii=False, sort_keys=True, indent=1)}\n".encode()


def shown_rows(card: Card) -> Iterator[tuple[Grouping | None, Row]]:
    """The whole and every group with a rate that this audience may see, in the order of the card."""
    evidence = card.evidence
    yield None, evidence.overall
    for grouping in (*evidence.groupings, *([evidence.grid] if evidence.grid else [])):
        for row in grouping.rows:
            if row.rate is not None and not row.is_withheld:
                yield grouping, row


def _metrics(card: Card) -> Iterator[dict[str, Any]]:
    kind = str(card.evidence.metric["id"])
    for grouping, row in shown_rows(card):
        if row.rate is None:
            continue
        metric: dict[str, Any] = {"type": kind, "value": _number(row.rate)}
        if grouping is not None:
            metric["slice"] = visible(slice_text(row.group))
        if row.low is not None and row.high is not None:
            metric["confidenceInterval"] = {"lowerBound": _number(row.low), "upperBound": _number(row.high)}
        yield metric


def _considerations(card: Card) -> dict[str, Any]:
    """Who bears what the evidence shows, and what the numbers cannot tell."""
    assessments = []
    margin = card.evidence.settings["margin_ratio"]
    for grouping in card.evidence.fairness_groupings:
        if "inferred" in grouping.label_sources.values():
            continue
        for row in grouping.rows:
            if row.is_group and row.versus.verdict in {"worse", "slightly worse"} and not row.is_withheld:
                assessments.append(
                    {
                        "groupAtRisk": visible(slice_text(row.group)),
                        "harms": visible(what_a_group_bears(card, grouping, row, margin)),
                        "mitigationStrategy": visible(mitigation_text(card)),
                    }
                )
    limits = next((part for section in card.sections for part in section.walk() if part.id == "limits"), None)
    known: dict[str, Any] = {"fairnessAssessments": assessments}
    if limits is not None:
        known["technicalLimitations"] = _items(limits, margin)
    return known


def _items(section: Section, margin: float) -> list[str]:
    listed = [block for block in section.blocks if isinstance(block, Listing)]
    return [visible(plain_text(item, margin)) for block in listed for item in block.items]


def _properties(card: Card) -> list[dict[str, str]]:
    """What the format has no place for: where the numbers come from, and each group's counts and verdict."""
    evidence = card.evidence
    found: list[tuple[str, object]] = [
        ("evaluation", evidence.evaluation),
        ("build", evidence.build),
        ("audience", evidence.audience),
        ("metric", evidence.metric["label"]),
        ("unit", evidence.metric["unit"]),
        ("normalizer", f"{evidence.normalizer['id']} {evidence.normalizer['version']}"),
        ("aligner", f"{evidence.aligner['id']} {evidence.aligner['version']}"),
        ("level", _number(evidence.level)),
        *((f"setting:{name}", value) for name, value in sorted(evidence.settings.items())),
    ]
    found += [(f"labels:{one['name']}", one["label_source"]) for one in evidence.attributes]
    if evidence.notice:
        found.append(("notice", evidence.notice))
    for grouping, row in shown_rows(card):
        name = slice_text(row.group) if grouping is not None else ""
        found.append((f"slice:{name}", json.dumps(_of_a_row(row), ensure_ascii=False, sort_keys=True)))
    return [{"name": visible(f"{_PREFIX}:{name}"), "value": visible(str(value))} for name, value in found]


def _of_a_row(row: Row) -> dict[str, Any]:
    versus = row.versus
    return {
        "speakers": row.n_speakers,
        "utterances": row.n_utterances,
        "words": row.n_words,
        "status": row.status,
        **(
            {
                "comparator": versus.comparator,
                "ratio": versus.ratio,
                "ratio_low": versus.low,
                "ratio_high": versus.high,
                "p_adjusted": versus.p_adjusted,
                "verdict": versus.verdict,
                "family": versus.family,
            }
            if row.group and row.is_group
            else {}
        ),
    }


def _number(value: float) -> str:
    """A fraction as the format wants it: digits in a string."""
    return f"{value:.10g}"
