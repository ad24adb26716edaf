"""What every document says about itself: evaluation, build, settings, audience, selection, notice.

Owns the head that JSON documents, CSV files and cards share, so that a number never
travels without saying what it was worked out from.
"""

from __future__ import annotations

import math
from typing import Any

from analysis.every_group import EveryGroup, kept_floor, not_worse, parity
from analysis.judgement import RULE_LEVEL
from analysis.plan_families import Family
from analysis.rates import RateTable
from analysis.selection import Selection, to_json
from analysis.selection_words import to_sentence
from analysis.settings import Settings
from dashboard.answers.audience import INTERNAL, Audience
from dashboard.answers.disagreement import DisagreementAnswer, disagreement_row
from dashboard.answers.families import settings_in_force
from dashboard.answers.gaps import Gaps, gaps_document
from dashboard.answers.overall_mixes import OverallMix, mixes_document
from dashboard.answers.rates import RatesAnswer
from dashboard.answers.rows import rate_row, rate_rows
from data.store import EvaluationInfo

NOT_DECLARED = "exploratory: not declared in advance"


def document_head(
    info: EvaluationInfo, settings: Settings, selection: Selection, audience: Audience = INTERNAL
) -> dict[str, Any]:
    """The keys every document begins with. `notice` is None where the voices are people's."""
    return {
        "evaluation": info.name,
        "build": info.build,
        "settings": settings_in_force(info, settings).to_json(),
        "plan": plan_stamp(info),
        "audience": audience,
        "unit": info.unit,
        "selection": {"sentence": to_sentence(selection), "conditions": to_json(selection)},
        "notice": info.notice,
        "family": exploratory_sentence(info),
        "label_sources": {a.name: a.label_source for a in info.attributes},
    }


def plan_stamp(info: EvaluationInfo) -> dict[str, Any] | None:
    """The plan in force as every document names it; None: no plan, so the defaults."""
    held = info.plan
    if held is None:
        return None
    return {"sha256": held.sha256, "set": held.set_at, "before_results": held.before_results}


def plan_line(info: EvaluationInfo) -> str:
    """The plan in force in one line, for files whose head is lines."""
    held = info.plan
    if held is None:
        return "none: defaults"
    when = "before" if held.before_results else "after"
    return f"{held.sha256[:12]}, set {held.set_at} {when} results were first opened"


def exploratory_sentence(info: EvaluationInfo, why_not: str = "") -> str:
    """Whose family rows are that nobody declared."""
    why = "no plan: defaults" if info.plan is None else why_not
    return "; ".join(["the rows asked for", *([why] if why else []), NOT_DECLARED])


def family_sentence(info: EvaluationInfo, answer: RatesAnswer) -> str:
    """Whether the rows of a table were declared in advance, and when; else why they are exploratory."""
    if not answer.family.planned or info.plan is None:
        return exploratory_sentence(info, answer.family.why_not)
    names = " × ".join(attribute.name for attribute in answer.table.attributes)
    when = "before" if info.plan.before_results else "after"
    return f"planned: the groups by {names} were declared {when} results were first opened"


def rates_document(
    info: EvaluationInfo,
    answer: RatesAnswer,
    twice: DisagreementAnswer | None = None,
    apart: Gaps | None = None,
    mixes: tuple[OverallMix, ...] = (),
) -> dict[str, Any]:
    """The JSON document of `fairhearing rates`; keys are a contract.

    Where people transcribed recordings twice, every row also says in `disagreement` how often they differ.
    `apart` and `mixes` are how far all groups lie apart and the overall rate under other mixes of them.
    """
    table = answer.table
    normalizer = {key: info.normalizer[key] for key in ("id", "version", "sha256")}
    return {
        **document_head(info, table.settings, answer.question.where, answer.question.audience),
        "family": family_sentence(info, answer),
        "system": answer.system,
        "metric": table.metric.id,
        "normalizer": normalizer,
        "by": [attribute.name for attribute in table.attributes],
        "label_sources": {a.name: a.label_source for a in table.attributes},
        "level": answer.question.level,
        "ratio_level": RULE_LEVEL,
        "comparator": table.comparator.label,
        "condition_mix": mix_document(table),
        "correction": table.judgement.correction,
        **filter_document(answer.family),
        "overall": _with_disagreement(rate_row(answer.whole, 0), twice.whole if twice else None, 0),
        "overall_mixes": mixes_document(mixes),
        "gaps": gaps_document(answer, apart),
        "every_group": every_group_document(info, answer) if table.attributes else None,
        "rows": [
            _with_disagreement(row, twice.table if twice else None, position)
            for position, row in enumerate(rate_rows(table) if table.attributes else [])
        ],
    }


def filter_document(family: Family) -> dict[str, Any]:
    """What a filter does to the rows: how many it hides, and the recordings that all of them are judged over."""
    return {
        "rows_hidden": 0 if family.kept is None else family.kept.count(False),
        "judged_within": {"sentence": to_sentence(family.within), "conditions": to_json(family.within)},
    }


def mix_document(table: RateTable) -> dict[str, Any] | None:
    """How groups of speakers differ in their mix of conditions, and whether they are compared in it; None for others."""
    mix = table.mix
    if mix is None:
        return None
    return {
        "strata": list(mix.strata),
        "left_out": list(mix.left_out),
        "difference": mix.difference if math.isfinite(mix.difference) else None,
        "used": mix.used,
        "reason": mix.why_not or None,
    }


def every_group_document(info: EvaluationInfo, answer: RatesAnswer) -> dict[str, Any] | None:
    """What is shown of every group at once; None where a filter leaves only some of them.

    `floor` is None where the plan declares none for these rows.
    """
    table, kept = answer.table, answer.family.kept
    if kept is not None and not all(kept):
        return None
    plan = info.plan.plan if info.plan and table.planned else None
    found = {"not_worse": not_worse(table), "parity": parity(table)}
    document: dict[str, Any] = {name: _claim(table, claim) for name, claim in found.items()}
    floor = plan.floor if plan else None
    document["floor"] = None if floor is None else {"limit": floor, **_claim(table, kept_floor(table, floor))}
    return document


def _claim(table: RateTable, claim: EveryGroup) -> dict[str, Any]:
    groups = {name: [table.group(i) for i in getattr(claim, name)] for name in ("missing", "breaking")}
    return {"result": claim.result, **groups}


def _with_disagreement(row: dict[str, Any], twice: RateTable | None, position: int) -> dict[str, Any]:
    return row if twice is None else {**row, "disagreement": disagreement_row(twice, position)}
