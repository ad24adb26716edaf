"""A whole card: evidence → claims → sections, and the plain data of its JSON.

Owns the outline. A pure function: the same evidence gives the same content, whoever asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from analysis.card.claim import Claim
from analysis.card.claims import all_claims
from analysis.card.evidence import SCHEMA, Evidence
from analysis.card.fairness import fairness_section
from analysis.card.method import limits_section, method_section
from analysis.card.provenance import (
    findings_section,
    provenance_section,
    sign_off_reason,
    sign_off_section,
    system_facts,
)
from analysis.card.robustness import robustness_section
from analysis.card.sections import Block, Label, Listing, Paragraph, Section, Text, stated_facts, unstated


@dataclass(frozen=True)
class Card:
    """What every format prints."""

    evidence: Evidence
    title: Text
    subtitle: Text
    claims: tuple[Claim, ...]
    sections: tuple[Section, ...]

    @property
    def missing(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Section by section, what a reader would look for and the evidence does not hold."""
        found = ((section.id, section.missing) for part in self.sections for section in part.walk())
        return tuple((section_id, missing) for section_id, missing in found if missing)

    def to_json(self) -> dict[str, Any]:
        """The canonical document: the evidence, what may be said of it, and what is missing."""
        reason = sign_off_reason(self.evidence)
        return {
            "schema": SCHEMA,
            "evidence": self.evidence.to_json(),
            "claims": [claim.to_json() for claim in self.claims],
            "missing": {section_id: list(missing) for section_id, missing in self.missing},
            "sign_off": {"state": "refused" if reason else "open", "reason": reason},
        }


def compose(evidence: Evidence) -> Card:
    """The card of this evidence."""
    claims = all_claims(evidence)
    sections = (
        _measured(evidence, claims),
        fairness_section(evidence, claims),
        robustness_section(evidence, claims),
        findings_section(evidence),
        method_section(evidence),
        limits_section(evidence),
        provenance_section(evidence),
        sign_off_section(evidence),
    )
    title: Text = ("Fairness and robustness of ", Label(evidence.system))
    subtitle: Text = ("Evaluation ", Label(evidence.evaluation), ", build ", Label(evidence.build))
    return Card(evidence, title, (*subtitle, f", for {evidence.audience} use"), claims, sections)


def _measured(evidence: Evidence, claims: tuple[Claim, ...]) -> Section:
    overall = claims[0]
    text = overall.text if overall.supported else (*overall.text, " ", *overall.reason)
    facts = system_facts(evidence)
    missing = tuple(f"{term.lower()} of the system" for term in unstated(facts))
    summaries = [claim.text for claim in claims if claim.kind == "summary" and claim.supported]
    listed: tuple[Block, ...] = (Listing(tuple(summaries)),) if summaries else ()
    blocks: tuple[Block, ...] = (Paragraph(text), *listed, stated_facts(facts))
    return Section("measured", ("What was measured",), blocks, missing=missing)
