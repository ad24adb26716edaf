"""A whole card: evidence → claims → sections, and the plain data of its JSON.

Owns what is written; in which order it stands, `outlines.py` says. A pure function: the same evidence
and template give the same content, whoever asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from analysis.card.advice import advice_section
from analysis.card.annex import annex_section, set_apart
from analysis.card.claim import Claim
from analysis.card.claims import all_claims
from analysis.card.decision import decision_section, sign_off_reason, sign_off_section, sign_off_state
from analysis.card.evidence import SCHEMA, Evidence
from analysis.card.expectations import expectations_section, testing_section
from analysis.card.fairness import fairness_section
from analysis.card.glance import glance_section
from analysis.card.mapping import mapping_section
from analysis.card.method import limits_section, method_section
from analysis.card.outlines import DEFAULT_TEMPLATE, arranged
from analysis.card.provenance import (
    findings_section,
    provenance_section,
    system_facts,
)
from analysis.card.robustness import robustness_section
from analysis.card.sections import Block, Label, Paragraph, Section, Text, stated_facts, unstated
from analysis.card.tried import tried_section

_PUBLIC = (
    "For the public: groups of few speakers are withheld, with those that would give them away. Speakers are rounded down to "
    "fives and every other number once, to what is printed, so that parts need not add up. Verdicts are those of the exact "
    "numbers."
)


@dataclass(frozen=True)
class Card:
    """What every format prints."""

    evidence: Evidence
    title: Text
    subtitle: Text
    claims: tuple[Claim, ...]
    sections: tuple[Section, ...]
    template: str = DEFAULT_TEMPLATE

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
            "template": self.template,
            "evidence": self.evidence.to_json(),
            "claims": [claim.to_json() for claim in self.claims],
            "missing": {section_id: list(missing) for section_id, missing in self.missing},
            "sign_off": {"state": sign_off_state(self.evidence), "reason": reason},
        }


def compose(evidence: Evidence, template: str = DEFAULT_TEMPLATE) -> Card:
    """The card of this evidence in one of the outlines; raises `UnknownTemplate`."""
    claims = all_claims(evidence)
    made = (
        glance_section(evidence, claims),
        _measured(evidence, claims),
        expectations_section(evidence, claims),
        testing_section(evidence),
        fairness_section(evidence, claims),
        robustness_section(evidence, claims),
        findings_section(evidence),
        tried_section(evidence),
        limits_section(evidence),
        advice_section(evidence, claims),
        decision_section(evidence),
        method_section(evidence),
        mapping_section(),
        provenance_section(evidence, template),
        sign_off_section(evidence),
    )
    whole = tuple(set_apart(section) for section in made)
    written = {section.id: section for section in (*whole, *annex_section(whole))}
    sections = arranged(evidence, written, template)
    title: Text = ("Fairness and robustness of ", Label(evidence.system))
    subtitle: Text = ("Evaluation ", Label(evidence.evaluation), ", build ", Label(evidence.build))
    return Card(evidence, title, (*subtitle, f", for {evidence.audience} use"), claims, sections, template)


def _measured(evidence: Evidence, claims: tuple[Claim, ...]) -> Section:
    overall = claims[0]
    text = overall.text if overall.supported else (*overall.text, " ", *overall.reason)
    facts = system_facts(evidence)
    missing = tuple(f"{term.lower()} of the system" for term in unstated(facts))
    noted: tuple[Block, ...] = (Paragraph((_PUBLIC,), "note"),) if evidence.is_public else ()
    blocks: tuple[Block, ...] = (Paragraph(text), *noted, stated_facts(facts))
    return Section("measured", ("What was measured",), blocks, missing=missing)
