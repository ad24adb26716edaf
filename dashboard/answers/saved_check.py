"""What became of saved subgroups: each asked of a build and of the one before it.

Owns which build is the one before, and the pair of numbers. Whether the two may be held against each
other is decided where all builds meet (`versions_comparable.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.metrics import DEFAULT_METRIC
from analysis.selection import EVERYTHING
from dashboard.answers.choices import QuestionError
from dashboard.answers.documents import document_head
from dashboard.answers.families import settings_in_force
from dashboard.answers.findings_check import Change, Retest, between_builds
from dashboard.answers.rows import rate_row
from dashboard.answers.saved import SavedHere
from dashboard.answers.saved_files import subgroup_document
from dashboard.answers.saved_rates import SavedRow, saved_rates
from dashboard.answers.subgroup import SUBGROUP
from dashboard.answers.versions_comparable import Comparability
from data.errors import InputError
from data.home import builds
from data.store import Build, EvaluationInfo, open_build


@dataclass(frozen=True)
class SavedRetest:
    """One saved subgroup, then and now."""

    one: SavedHere
    system: str
    before: str | None
    """The build of the numbers of then; None where no build came before."""
    then: Mapping[str, Any] | None
    """None where the build before did not have the system, or the subgroup did not fit it."""
    now: Mapping[str, Any] | None
    """None where it cannot be asked of this build; `reason` says why."""
    reason: str | None
    compared: Comparability
    change: Change
    margin: float
    """The ratio that verdicts of this build are given by."""


def check_saved(
    build: Build, system: str | None = None, metric: str = DEFAULT_METRIC, *, noted: bool = True
) -> list[SavedRetest]:
    """Every saved subgroup for one system, or for each of them, in this build and in the one before.

    noted: whether it goes into the log of what was looked at.
    """
    earlier = build_before(build.info)
    compared = between_builds(earlier.info, build.info) if earlier else Comparability("comparable")
    settings = settings_in_force(build.info)
    margin = (build.info.plan.plan.settings_over(settings) if build.info.plan else settings).margin_ratio
    found = []
    for name in [system] if system else build.info.systems:
        then = _by_id(earlier, name, metric) if earlier else {}
        for row in saved_rates(build, name, metric, noted=noted).rows:
            before, now = then.get(row.one.saved.id), _numbers(row)
            change = _change(earlier is not None, before, now, compared)
            found.append(
                SavedRetest(
                    row.one,
                    name,
                    earlier.info.build if earlier else None,
                    before,
                    now,
                    row.reason,
                    compared,
                    change,
                    margin,
                )
            )
    return found


def check_saved_unasked(build: Build, system: str | None = None) -> list[SavedRetest]:
    """The same where nobody asked for it: nothing goes into the log, and without a build before there is nothing to tell."""
    return [] if build_before(build.info) is None else check_saved(build, system, noted=False)


def has_numbers(found: Sequence[SavedRetest | Retest]) -> bool:
    """Whether who is shown them is shown results."""
    return any(one.now is not None or one.then is not None for one in found)


def build_before(info: EvaluationInfo) -> Build | None:
    """The newest build of the same evaluation that is older than this one; None where there is none that opens."""
    kept = builds(info.path.parent)
    places = [place for place, path in enumerate(kept) if path.stem == info.build]
    for path in kept[places[0] + 1 :] if places else []:
        try:
            return open_build(path)
        except InputError:
            continue
    return None


def _by_id(build: Build, system: str, metric: str) -> dict[str, Mapping[str, Any]]:
    try:
        rows = saved_rates(build, system, metric, noted=False).rows
    except QuestionError:
        return {}
    found = {row.one.saved.id: _numbers(row) for row in rows}
    return {key: value for key, value in found.items() if value is not None}


def _numbers(row: SavedRow) -> Mapping[str, Any] | None:
    return None if row.answer is None else rate_row(row.answer.table, SUBGROUP)


def _change(
    has_before: bool,
    then: Mapping[str, Any] | None,
    now: Mapping[str, Any] | None,
    compared: Comparability,
) -> Change:
    if now is None:
        return "gone"
    if not has_before or then is None:
        return "same build"
    if compared.standing == "refused":
        return "not comparable"
    return "same verdict" if then["versus"]["verdict"] == now["versus"]["verdict"] else "new verdict"


def saved_check_document(info: EvaluationInfo, found: Sequence[SavedRetest]) -> dict[str, Any]:
    """The JSON document of `fairhearing subgroups check`; keys are a contract."""
    head = document_head(info, settings_in_force(info), EVERYTHING)
    return {**head, "subgroups": [saved_retest_document(one) for one in found]}


def saved_retest_document(one: SavedRetest) -> dict[str, Any]:
    """One saved subgroup as plain data, with the numbers of the build before and of this one."""
    return {
        "subgroup": subgroup_document(one.one.saved),
        "system": one.system,
        "then": {"build": one.before, "row": one.then},
        "now": {"row": one.now, "reason": one.reason},
        "comparable": one.compared.standing,
        "comparable_reasons": list(one.compared.reasons),
        "change": one.change,
    }
