"""What does a card of one system rest on? Its evidence, worked out by asking for rates.

Asks `rates.py` for the whole, for each attribute and for speakers by conditions, and reads
findings again. It adds no number of its own but the bound a floor needs, which
`analysis/card/floors.py` works out from the same table. It prints nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from analysis.attributes import Attribute
from analysis.card.content import Card, compose
from analysis.card.evidence import Evidence
from analysis.card.floors import floor_bounds
from analysis.metrics import DEFAULT_METRIC, metric
from analysis.roles import is_fairness
from analysis.selection import Everything
from analysis.settings import DEFAULTS, Settings
from dashboard.answers.choices import chosen_system
from dashboard.answers.documents import document_head
from dashboard.answers.findings import evidence_of, findings
from dashboard.answers.grid import default_layout
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
    """Folder whose workspace holds the findings; None: a card without findings."""
    level: float = DEFAULTS.level
    settings: Settings = DEFAULTS


def card(build: Build, question: CardQuestion) -> Card:
    """The card of one system; raises what `rates` raises."""
    return compose(card_evidence(build, question))


def card_evidence(build: Build, question: CardQuestion) -> Evidence:
    """Everything the card says is worked out from, as one value."""
    info = build.info
    whole = rates(build, _asked(question, ()))
    about = dict(info.about)
    of_systems = about.pop("systems", None)
    head = document_head(info, question.settings, Everything())
    plain = {
        **{key: head[key] for key in ("evaluation", "build", "audience", "settings", "selection", "notice")},
        "system": info.systems[chosen_system(build, question.system)],
        "about": about,
        "system_about": _system_about(about, of_systems, whole.system),
        "metric": _metric_facts(question.metric),
        "normalizer": dict(info.normalizer),
        "aligner": dict(info.aligner),
        "level": question.level,
        "cluster_unit": info.cluster_unit,
        "counts": dict(info.counts),
        "inputs": [dict(one) for one in info.inputs],
        "options": dict(info.options),
        "not_attributes": dict(info.not_attributes),
        "attributes": [attribute.to_json() for attribute in info.attributes],
        "overall": rate_row(whole.whole, 0),
        "groupings": [_grouping(rates(build, _asked(question, (name,)))) for name in _alone(info.attributes)],
        "grid": _grid(build, question),
        "findings": _findings(build, question, whole.system),
        "generator": {"name": "fairhearing", "version": version("fairhearing")},
    }
    return Evidence.from_json(plain)


def _asked(question: CardQuestion, by: tuple[str, ...]) -> RatesQuestion:
    return RatesQuestion(
        question.system, by, question.metric, level=question.level, settings=question.settings
    )


def _alone(attributes: Sequence[Attribute]) -> list[str]:
    """Attributes that get a table of their own."""
    return [attribute.name for attribute in attributes if 0 < len(attribute.levels) <= MOST_GROUPS]


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
        if _size(info, by) <= MOST_GROUPS:
            return _grouping(rates(build, _asked(question, by)))
    return None


def _size(info: EvaluationInfo, by: Sequence[str]) -> int:
    known = [info.attribute(name) for name in by]
    return int(np.prod([len(attribute.levels) + attribute.has_missing for attribute in known]))


def _grouping(answer: RatesAnswer) -> dict[str, Any]:
    """One table of rates as evidence, with the bound that a statement about every group may use."""
    table = answer.table
    bounds = [float(bound) if np.isfinite(bound) else None for bound in floor_bounds(table)]
    rows = [{**row, "floor_bound": bound} for row, bound in zip(rate_rows(table), bounds, strict=True)]
    return {
        "by": [attribute.name for attribute in table.attributes],
        "comparator": table.comparator.label,
        "correction": table.judgement.correction,
        "family_size": table.judgement.family_size,
        "design_effect": table.design_effect if np.isfinite(table.design_effect) else None,
        "rows": rows,
        "label_sources": {attribute.name: attribute.label_source for attribute in table.attributes},
        "is_about_people": is_fairness(table.attributes),
    }


def _metric_facts(metric_id: str) -> dict[str, Any]:
    chosen = metric(metric_id)
    return {
        "id": chosen.id,
        "label": chosen.label,
        "unit": chosen.unit,
        "sentence": chosen.sentence,
        "bounded": chosen.bounded,
    }


def _system_about(about: dict[str, Any], of_systems: object, system: str) -> dict[str, Any]:
    """What was said of this system: under its name, else under keys that begin with "system_"."""
    if isinstance(of_systems, dict) and isinstance(of_systems.get(system), dict):
        return dict(of_systems[system])
    return {key: about[f"system_{key}"] for key in _SYSTEM_FACTS if f"system_{key}" in about}


def _findings(build: Build, question: CardQuestion, system: str) -> list[dict[str, Any]]:
    if question.home is None:
        return []
    kept = findings(question.home, build.info.name, system)
    return [
        evidence_of(build, finding, question.settings)
        for finding in kept
        if finding.metric == question.metric
    ]
