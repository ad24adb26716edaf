"""What does a card of one system rest on? Its evidence, worked out by asking for rates.

Asks `rates.py` for the whole, for each attribute and for speakers by conditions, and reads
findings again. It adds no number of its own but the bound a floor needs, which
`analysis/card/floors.py` works out from the same table. It prints nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from analysis.attributes import Attribute
from analysis.card.canonical import canonical
from analysis.card.content import Card, compose
from analysis.card.evidence import Evidence, Finding
from analysis.card.floors import floor_bounds
from analysis.card.outlines import DEFAULT_TEMPLATE
from analysis.metrics import DEFAULT_METRIC, Metric
from analysis.publication import published_counts
from analysis.rates import STATUSES, SUPPRESSED
from analysis.roles import is_fairness
from analysis.selection import Everything
from analysis.settings import DEFAULTS, Settings
from dashboard.answers.audience import INTERNAL, Audience
from dashboard.answers.card_context import (
    declared_crossings,
    doctor_findings,
    listed_keywords,
    under_normalisers,
)
from dashboard.answers.card_said import NOTHING_SAID, Said, said_of
from dashboard.answers.choices import QuestionError, chosen_metric, chosen_system
from dashboard.answers.documents import document_head, mix_document
from dashboard.answers.families import settled
from dashboard.answers.findings import evidence_of
from dashboard.answers.gaps import gaps, gaps_document
from dashboard.answers.grid import default_layout, first_speaker_attribute
from dashboard.answers.overall_mixes import mixes_document, overall_mixes
from dashboard.answers.rates import RatesAnswer, RatesQuestion, rates
from dashboard.answers.rows import rate_row, rate_rows
from data.store import Build, EvaluationInfo

MOST_GROUPS = 400
"""Groups of a table that a card still prints; a finer grouping is left out."""
_SYSTEM_FACTS = ("name", "version", "region", "configuration", "date")


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
    with_crossings: bool = True
    """Whether declared crossings have tables of their own; cards of version 1 have none."""


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
    whole = rates(build, _asked(question, ()))
    if whole.whole.status[0] == SUPPRESSED:
        raise QuestionError(
            f"Fewer than {question.settings.public_min_speakers} speakers were recorded, so there is no card for the "
            "public. Use the internal audience and keep the card inside."
        )
    about = dict(info.about)
    of_systems = about.pop("systems", None)
    head = document_head(info, question.settings, Everything(), question.audience)
    grid = _grid(build, question)
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
        "overall": rate_row(whole.whole, 0),
        "groupings": [
            _grouping(build, rates(build, _asked(question, by))) for by in _tables(build, question, grid)
        ],
        "grid": grid,
        "findings": [],
        "plan": plan,
        "overall_mixes": _mixes(build, question),
        **(_context(build, question, whole.system) if question.with_context else {}),
        "generator": {"name": "fairhearing", "version": version("fairhearing")},
    }
    return Evidence.from_json(plain)


def _asked(question: CardQuestion, by: tuple[str, ...]) -> RatesQuestion:
    return RatesQuestion(
        question.system,
        by,
        question.metric,
        level=question.level,
        settings=question.settings,
        audience=question.audience,
    )


def _mixes(build: Build, question: CardQuestion) -> list[dict[str, Any]]:
    """The overall rate under three mixes of the groups that the first page shows; none for the public."""
    first = first_speaker_attribute(build.info.attributes)
    if question.audience != INTERNAL or first is None:
        return []
    return mixes_document(overall_mixes(build, rates(build, _asked(question, (first.name,)))))


def _context(build: Build, question: CardQuestion, system: str) -> dict[str, Any]:
    """What the doctor says, and whether the gaps by the first attribute of the speaker depend on the normaliser."""
    first = first_speaker_attribute(build.info.attributes)
    asked = _asked(question, (first.name,) if first else ())
    return {
        "doctor": doctor_findings(build, system, question.audience, afresh=question.examined_afresh),
        "normalisers": under_normalisers(build, asked),
    }


def _tables(build: Build, question: CardQuestion, grid: Mapping[str, Any] | None) -> list[tuple[str, ...]]:
    """Each attribute alone, then the crossings that the plan declares and the grid does not show."""
    alone = [(name,) for name in _alone(build.info.attributes, question.audience)]
    shown = [*alone, *([tuple(grid["by"])] if grid else [])]
    crossed = declared_crossings(build.info, question.audience, shown) if question.with_crossings else []
    return [*alone, *(by for by in crossed if _size(build.info, by) <= MOST_GROUPS)]


def _described(attribute: Attribute, audience: Audience) -> dict[str, Any]:
    """An attribute as evidence; which labels occur together could tell one person from all others."""
    plain = attribute.to_json()
    return plain if audience == INTERNAL else {**plain, "label_sets": []}


def _alone(attributes: Sequence[Attribute], audience: Audience) -> list[str]:
    """Attributes that get a table of their own: not those that were worked out, which nobody collected groups for.

    For the public none by which recordings may be in several groups.
    """
    given = (a for a in attributes if not a.derived and (audience == INTERNAL or not a.multi))
    return [attribute.name for attribute in given if 0 < len(attribute.levels) <= MOST_GROUPS]


def _grid(build: Build, question: CardQuestion) -> dict[str, Any] | None:
    """Speakers by conditions as the heatmap opens; without the panels where they are too many, else nothing."""
    info = build.info
    layout = default_layout(info.attributes)
    role = {attribute.name: attribute.role for attribute in info.attributes}
    people_by_conditions = (
        len(layout) > 1
        and role[layout[0]] == "speaker"
        and all(role[name] != "speaker" for name in layout[1:])
    )
    for by in (layout, layout[:2]) if people_by_conditions else ():
        several = any(info.attribute(name).multi for name in by)
        if _size(info, by) <= MOST_GROUPS and (question.audience == INTERNAL or not several):
            return _grouping(build, rates(build, _asked(question, by)))
    return None


def _size(info: EvaluationInfo, by: Sequence[str]) -> int:
    known = [info.attribute(name) for name in by]
    return int(np.prod([len(attribute.levels) + attribute.has_missing for attribute in known]))


def _grouping(build: Build, answer: RatesAnswer) -> dict[str, Any]:
    """One table of rates as evidence, with the bound that a statement about every group may use."""
    table = answer.table
    bounds = [float(bound) if np.isfinite(bound) else None for bound in floor_bounds(table)]
    rows = [{**row, "floor_bound": bound} for row, bound in zip(rate_rows(table), bounds, strict=True)]
    return {
        "by": [attribute.name for attribute in table.attributes],
        "comparator": table.comparator.label,
        "mix": mix_document(table),
        "gaps": gaps_document(answer, gaps(build, answer)),
        "correction": table.judgement.correction,
        "family_size": table.judgement.family_size,
        "design_effect": table.design_effect if np.isfinite(table.design_effect) else None,
        "rows": rows,
        "label_sources": {attribute.name: attribute.label_source for attribute in table.attributes},
        "is_about_people": is_fairness(table.attributes),
    }


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
    return [
        evidence_of(build, finding, question.settings, question.audience)
        for finding in said.findings
        if finding.metric == question.metric
    ]


def _may_be_told(finding: Mapping[str, Any]) -> bool:
    """Whether the public may know of a finding: not where its group is withheld, or cannot be asked for the public."""
    return finding["row"] is not None and finding["row"]["status"] != STATUSES[SUPPRESSED]
