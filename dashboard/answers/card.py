"""What does a card of one system rest on? Its evidence, worked out by asking for rates.

Asks `rates.py` for the whole, for each attribute and for speakers by conditions, and reads
findings again. It adds no number of its own but the bound a floor needs, which
`analysis/card/floors.py` works out from the same table. It prints nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version
from typing import Any

from analysis.attributes import Attribute
from analysis.card.canonical import canonical
from analysis.card.content import Card, compose
from analysis.card.evidence import Evidence, Finding
from analysis.metrics import Metric
from analysis.publication import published_counts
from analysis.rates import STATUSES, SUPPRESSED
from analysis.selection import Everything
from dashboard.answers.audience import INTERNAL, Audience
from dashboard.answers.card_context import (
    doctor_findings,
    listed_keywords,
    recounted_tables,
    under_normalisers,
)
from dashboard.answers.card_question import CardQuestion, asked, printed
from dashboard.answers.card_said import NOTHING_SAID, Said, said_of
from dashboard.answers.card_tables import card_tables, people_by_conditions, table_evidence
from dashboard.answers.choices import QuestionError, chosen_metric, chosen_system
from dashboard.answers.documents import document_head
from dashboard.answers.families import settled
from dashboard.answers.findings_asked import evidence_of
from dashboard.answers.layouts import first_speaker_attribute
from dashboard.answers.overall_mixes import mixes_document, overall_mixes
from dashboard.answers.rates import rates
from dashboard.answers.rows import rate_row
from data.doctor import examine
from data.store import Build

__all__ = ["CardQuestion", "card", "card_evidence", "evidence_of_data", "with_said"]

_SYSTEM_FACTS = ("name", "version", "region", "configuration", "date")


def card(build: Build, question: CardQuestion) -> Card:
    """The card of one system; raises what `rates` raises."""
    return compose(card_evidence(build, question), question.template)


def card_evidence(build: Build, question: CardQuestion, said: Said | None = None) -> Evidence:
    """Everything the card says is worked out from, as one value.

    said: what people said, in place of what the folder has on record.
    """
    evidence = evidence_of_data(build, question)
    if said is None:
        said = said_of(question.home, build.info.name, evidence.system) if question.home else NOTHING_SAID
    return with_said(build, question, evidence, said)


def with_said(build: Build, question: CardQuestion, evidence: Evidence, said: Said) -> Evidence:
    """The same evidence with what people said, findings asked again of the build."""
    found = canonical(_findings(build, _in_force(build, question), said))
    told = [one for one in found if question.audience == INTERNAL or _may_be_told(one)]
    return replace(
        evidence,
        findings=tuple(Finding.from_json(one) for one in told),
        findings_withheld=len(found) - len(told),
        looked_at=canonical(said.looked_at.to_json()) if said.looked_at else None,
        decision=canonical(said.decision),
        signed_off=canonical(said.signed_off),
    )


def _in_force(build: Build, question: CardQuestion) -> CardQuestion:
    """The question with the settings that hold; a card prints one margin, so the plan's holds for all its tables."""
    question = settled(build, question)
    if build.info.plan is None:
        return question
    return replace(question, settings=build.info.plan.plan.settings_over(question.settings))


def evidence_of_data(build: Build, question: CardQuestion) -> Evidence:
    """What the data give, without anything that people said: it stays the same as long as the build does."""
    question = _in_force(build, question)
    info = build.info
    whole = rates(build, asked(question, ()))
    if whole.whole.status[0] == SUPPRESSED:
        raise QuestionError(
            f"Fewer than {question.settings.public_min_speakers} speakers were recorded, so there is no card for the "
            "public. Use the internal audience and keep the card inside."
        )
    about = dict(info.about)
    of_systems = about.pop("systems", None)
    head = document_head(info, question.settings, Everything(), question.audience)
    grid = people_by_conditions(build, question)
    tables = card_tables(build, question, grid)
    shown = [*tables, *([tuple(grid["by"])] if grid else [])]
    plan = {**head["plan"], "declared": info.plan.plan.to_json()} if info.plan else None
    plain = {
        **{key: head[key] for key in ("evaluation", "build", "audience", "settings", "selection", "notice")},
        "system": info.systems[chosen_system(build, question.system)],
        "about": about,
        "system_about": _system_about(about, of_systems, whole.system),
        "about_systems": of_systems if isinstance(of_systems, dict) else None,
        "metric": _metric_facts(chosen_metric(build, question.metric)),
        "normalizer": dict(info.normalizer),
        "aligner": dict(info.aligner),
        "keywords": listed_keywords(info, question.audience),
        "level": question.level,
        "cluster_unit": info.cluster_unit,
        "counts": dict(info.counts) if question.audience == INTERNAL else published_counts(info.counts),
        "inputs": [dict(one) for one in info.inputs],
        "options": dict(info.options),
        "not_attributes": dict(info.not_attributes),
        "attributes": [_described(one, question.audience) for one in info.attributes if not one.derived],
        "overall": printed(rate_row(whole.whole, 0), question),
        "groupings": [table_evidence(build, question, by) for by in tables],
        "grid": grid,
        "findings": [],
        "plan": plan,
        "overall_mixes": _mixes(build, question),
        **(_context(build, question, whole.system, shown) if question.with_context else {}),
        "generator": {"name": "fairhearing", "version": version("fairhearing")},
    }
    return Evidence.from_json(plain)


def _mixes(build: Build, question: CardQuestion) -> list[dict[str, Any]]:
    """The overall rate under three mixes of the groups that the first page shows; none for the public."""
    first = first_speaker_attribute(build.info.attributes)
    if question.audience != INTERNAL or first is None:
        return []
    return mixes_document(overall_mixes(build, rates(build, asked(question, (first.name,)))))


def _context(
    build: Build, question: CardQuestion, system: str, shown: Sequence[Sequence[str]]
) -> dict[str, Any]:
    """What the doctor says, and whether the gaps of the card's tables depend on the normaliser."""
    people = [one.name for one in build.info.attributes if one.role == "speaker"]
    counted_again = recounted_tables(build.info, shown, people)
    known = examine(build) if question.examined_afresh else None
    return {
        "doctor": doctor_findings(build, system, question.audience, known),
        "normalisers": under_normalisers(build, [asked(question, by) for by in counted_again]),
    }


def _described(attribute: Attribute, audience: Audience) -> dict[str, Any]:
    """An attribute as evidence; which labels occur together could tell one person from all others."""
    plain = attribute.to_json()
    return plain if audience == INTERNAL else {**plain, "label_sets": []}


def _metric_facts(chosen: Metric) -> dict[str, Any]:
    return {
        "id": chosen.id,
        "label": chosen.label,
        "unit": chosen.unit,
        "sentence": chosen.sentence,
        "bounded": chosen.bounded,
        **({} if chosen.counted == "word" else {"counted": chosen.counted}),
    }


def _system_about(about: dict[str, Any], of_systems: object, system: str) -> dict[str, Any]:
    """What was said of this system: under its name, else under keys that begin with "system_"."""
    if isinstance(of_systems, dict) and isinstance(of_systems.get(system), dict):
        return dict(of_systems[system])
    return {key: about[f"system_{key}"] for key in _SYSTEM_FACTS if f"system_{key}" in about}


def _findings(build: Build, question: CardQuestion, said: Said) -> list[dict[str, Any]]:
    found = [
        evidence_of(build, finding, question.settings, question.audience, question.digits)
        for finding in said.findings
        if finding.metric == question.metric
    ]
    rows = ("recorded", "row")
    return [{**one, **{key: one[key] and printed(one[key], question) for key in rows}} for one in found]


def _may_be_told(finding: Mapping[str, Any]) -> bool:
    """Whether the public may know of a finding: not where its group is withheld, or cannot be asked for the public."""
    return finding["row"] is not None and finding["row"]["status"] != STATUSES[SUPPRESSED]
