"""What became of findings: each asked again of a build, and whether the two answers may be held against each other.

Owns the pair of numbers, then and now. Where texts went through another normaliser or aligner the two are
different measures, so nothing is said about a change. It judges nothing beyond the verdicts of both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from analysis.selection import EVERYTHING, from_json
from analysis.selection_words import to_sentence
from analysis.settings import DEFAULTS, Settings
from dashboard.answers.audience import INTERNAL
from dashboard.answers.documents import document_head
from dashboard.answers.families import settings_in_force
from dashboard.answers.findings import StoredFinding, findings
from dashboard.answers.findings_asked import asked_again
from dashboard.answers.versions_comparable import Comparability, comparability
from data.store import Build, EvaluationInfo

Change = Literal["same build", "gone", "not comparable", "new verdict", "same verdict"]
_OTHER_FILES = (
    "The references were read from other files than those of build {build}, so these may be other recordings."
)
_UNKNOWN = "The finding was kept by an earlier version, which did not write down how its texts were compared."


@dataclass(frozen=True)
class Retest:
    """One finding, then and now."""

    finding: StoredFinding
    then: Mapping[str, Any]
    """The row as it was read when the finding was put on record."""
    now: Mapping[str, Any] | None
    """The row that this build gives; None where it cannot be asked any more, `reason` says why."""
    reason: str | None
    compared: Comparability
    change: Change


def check_findings(
    home: Path,
    build: Build,
    system: str | None = None,
    settings: Settings = DEFAULTS,
    *,
    withdrawn: bool = False,
) -> list[Retest]:
    """Every finding of the evaluation asked again of this build, in order."""
    kept = findings(home, build.info.name, system, withdrawn)
    return [check_finding(build, finding, settings) for finding in kept]


def check_finding(build: Build, finding: StoredFinding, settings: Settings = DEFAULTS) -> Retest:
    """One finding asked again of a build."""
    info = build.info
    planned = info.plan.plan.settings_over(settings_in_force(info, settings)) if info.plan else settings
    now, reason = asked_again(build, finding, planned, INTERNAL)
    compared = _comparability(info, finding)
    return Retest(finding, finding.numbers, now, reason, compared, _change(info, finding, now, compared))


def _change(
    info: EvaluationInfo, finding: StoredFinding, now: Mapping[str, Any] | None, compared: Comparability
) -> Change:
    if now is None:
        return "gone"
    if finding.build == info.build:
        return "same build"
    if compared.standing == "refused":
        return "not comparable"
    return "same verdict" if _verdict(finding.numbers) == _verdict(now) else "new verdict"


def _verdict(row: Mapping[str, Any]) -> object:
    versus = row.get("versus")
    return versus.get("verdict") if isinstance(versus, Mapping) else None


def _comparability(info: EvaluationInfo, finding: StoredFinding) -> Comparability:
    """Whether numbers of the build it was read from may be held against this one's; that build may be gone."""
    measured = finding.numbers.get("measured")
    if finding.build == info.build:
        return Comparability("comparable")
    if not isinstance(measured, Mapping):
        return Comparability("badge", (_UNKNOWN,))
    then = replace(
        info,
        build=finding.build,
        path=info.path.with_name(f"{finding.build}.duckdb"),
        normalizer=measured["normalizer"],
        aligner=measured["aligner"],
        cluster_unit=str(measured["cluster_unit"]),
        has_text=bool(measured["has_text"]),
        inputs=tuple({"sha256": sha256, "system": None} for sha256 in measured["references"]),
    )
    if not then.has_text and not info.has_text and measured["references"] == _references(info):
        return Comparability(
            "badge", (f"Numbers of two builds of counts: {finding.build} and {info.build}.",)
        )
    return between_builds(then, info)


def between_builds(then: EvaluationInfo, info: EvaluationInfo) -> Comparability:
    """Whether a number of one build may be held against that of another, each over all recordings of its own."""
    found = comparability(then, info)
    if found.standing != "badge":
        return found
    if _references(then) == _references(info):
        return Comparability("comparable")
    return Comparability("badge", (_OTHER_FILES.format(build=then.build),))


def _references(info: EvaluationInfo) -> list[str]:
    return sorted(str(one["sha256"]) for one in info.inputs if one.get("system") is None)


def selection_sentence(finding: StoredFinding) -> str:
    """The recordings a finding was looked at among."""
    try:
        return to_sentence(from_json(finding.selection))
    except ValueError:
        return "a selection that cannot be read any more"


def findings_document(info: EvaluationInfo, found: Sequence[Retest]) -> dict[str, Any]:
    """The JSON document of `fairhearing findings`; keys are a contract."""
    head = document_head(info, settings_in_force(info), EVERYTHING)
    return {**head, "findings": [retest_document(one) for one in found]}


def retest_document(one: Retest) -> dict[str, Any]:
    """One finding as plain data: what was said, the numbers of then, and those of now."""
    kept = one.finding
    return {
        "id": kept.id,
        "system": kept.system,
        "metric": kept.metric,
        "by": list(kept.by),
        "group": dict(kept.group),
        "selection": {"sentence": selection_sentence(kept), "conditions": dict(kept.selection)},
        "against": kept.against,
        "claim": kept.claim,
        "note": kept.note,
        "author": kept.author,
        "added": kept.added,
        "state": kept.state,
        "reason": kept.reason or None,
        "history": [dict(vars(event)) for event in kept.history],
        "then": {
            "build": kept.build,
            "plan": (one.then.get("measured") or {}).get("plan"),
            "search": one.then.get("search"),
            "row": {key: value for key, value in one.then.items() if key not in ("measured", "search")},
        },
        "now": {"row": one.now, "reason": one.reason},
        "comparable": one.compared.standing,
        "comparable_reasons": list(one.compared.reasons),
        "change": one.change,
    }
