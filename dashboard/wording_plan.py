"""What was declared in advance, in words: the plan's state, its content, and whether rows are of a declared family.

Owns these labels and sentences for pages and commands. It decides nothing (`analysis/plan_families.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.metrics import METRICS
from analysis.plan import BY_ROLES, Groups, Plan
from analysis.plan_check import PlanCheck, groups_without_data
from analysis.plan_families import NO_PLAN, Family
from analysis.selection import EVERYTHING
from dashboard.answers.plan import PlanStatus
from dashboard.wording import attribute_name, listed, percent
from dashboard.wording_time import moment
from dashboard.wording_verdicts import margin_text
from data.plans import StoredPlan
from data.store import EvaluationInfo

NO_PLAN_LINE = "No plan: defaults, and every verdict is exploratory"
PLANNED, PLANNED_LATE = "Planned in advance", "Planned, after results were first opened"
EXPLORATORY = "Exploratory: not declared in advance"
_COMPARATORS = {
    BY_ROLES: (
        "others in the same conditions where speakers are grouped with conditions, else all others, in the same mix of "
        "conditions where the mixes differ"
    ),
    "peers": "others in the same conditions",
    "complement": "all others",
}


def before_or_after(held: StoredPlan) -> str:
    """When a plan was set, by the results."""
    return f"{'before' if held.before_results else 'after'} results were first opened"


def plan_line(info: EvaluationInfo) -> str:
    """The state of the plan in one line, with the intended groups nobody was recorded in."""
    if info.plan is None:
        return NO_PLAN_LINE
    plan = info.plan.plan
    families = listed([grouping_words(names) for names in plan.groupings])
    line = (
        f"Plan set {before_or_after(info.plan)}: {families}, by a margin of {margin_text(plan.margin_ratio)}"
    )
    missing = without_data_words(_missing(info))
    return f"{line}. Meant for, but not recorded: {missing}" if missing else line


def _missing(info: EvaluationInfo) -> Groups:
    return groups_without_data(info.plan.plan, info.attributes) if info.plan else ()


def without_data_words(missing: Groups) -> str:
    """Intended groups that nobody was recorded in: "wind (noise); Welsh and Irish (accent)"."""
    return "; ".join(f"{listed(groups)} ({attribute_name(name)})" for name, groups in missing)


def grouping_words(names: tuple[str, ...]) -> str:
    """A grouping as a phrase: accent × noise."""
    return " × ".join(attribute_name(name) for name in names)


def family_badge(family: Family, info: EvaluationInfo) -> str:
    """One line on whether the rows of a table were declared in advance, and why not."""
    if family.planned and info.plan is not None:
        return PLANNED if info.plan.before_results else PLANNED_LATE
    return EXPLORATORY if family.why_not in ("", NO_PLAN) else f"{EXPLORATORY} ({family.why_not})"


def family_sentence(family: Family, info: EvaluationInfo) -> str:
    """The same as the end of a paragraph on method."""
    if family.planned and info.plan is not None:
        return f"The grouping was declared {before_or_after(info.plan)}; filters and sorting do not change its verdicts."
    if family.why_not == NO_PLAN:
        return "There is no plan, so nothing was declared in advance: this is exploratory."
    why = f": {family.why_not}" if family.why_not else ""
    return f"The grouping was not declared in advance{why}, so this is exploratory."


def filter_facts(family: Family) -> list[str]:
    """What a filter does to the verdicts beside it, as parts of a line; nothing where it does nothing to them."""
    facts = []
    if family.within != EVERYTHING:
        facts.append("another selection: groups are compared and judged within it only")
    if family.kept is not None and not all(family.kept):
        hidden = len(family.kept) - sum(family.kept)
        facts.append(
            f"the filter hides {hidden:,} of {len(family.kept):,} rows, which still count in every comparison and verdict"
        )
    return facts


def every_group_lines(document: Mapping[str, Any]) -> list[str]:
    """What is shown of every group at once, from a document of rates; nothing where nobody declared the groups."""
    claims = document["every_group"]
    if claims is None or not claims["floor"]:
        return []
    floor = claims["floor"]
    said = {
        "shown": "shown for every group",
        "broken": f"shown to be exceeded in {len(floor['breaking'])}",
        "undecided": f"not shown yet for {len(floor['missing'])}",
    }
    return [f"The plan's floor, at most {percent(floor['limit'])} in every group: {said[floor['result']]}."]


def _points(points: float) -> str:
    return f"{points:g} percentage {'point' if points == 1 else 'points'}"


def plan_sentences(plan: Plan) -> list[str]:
    """What a plan says, one sentence for each thing it declares."""
    said = [
        f"Families, each corrected for all its groups: {'; '.join(grouping_words(names) for names in plan.groupings)}.",
        f"Compared with {_COMPARATORS.get(plan.comparator, plan.comparator)}.",
        f"Metric: {metric_name(plan.metric)}, {f'after the normaliser {plan.normalizer}' if plan.normalizer else 'normaliser not declared'}.",
        (
            f"Margin {margin_text(plan.margin_ratio)}, and at least {_points(100 * plan.margin_points)}; "
            f"groups are tested from {plan.min_speakers} speakers."
        ),
    ]
    if plan.floor is not None:
        said.append(f"Every group is to stay at or below {percent(plan.floor)}.")
    for name, groups in plan.populations:
        said.append(f"Meant for {attribute_name(name)}: {listed(groups)}.")
    for name, shares in plan.shares:
        parts = listed([f"{group} {percent(share, 0)}" for group, share in shares])
        said.append(f"Expected use by {attribute_name(name)}: {parts}.")
    decided = [f"by {plan.owner}" if plan.owner else "", f"on {plan.date}" if plan.date else ""]
    if any(decided):
        said.append(f"Decided {' '.join(part for part in decided if part)}.")
    return said


def metric_name(metric_id: str) -> str:
    """A metric as a person calls it; one that this version does not know by its id."""
    return METRICS[metric_id].label.casefold() if metric_id in METRICS else metric_id


def status_sentences(status: PlanStatus) -> list[str]:
    """The plan's state: set or not, before or after results, what does not fit, who was not recorded."""
    opened = status.results_opened
    when = (
        f"Results were first opened {moment(opened)}."
        if opened
        else "No results have been opened in this folder."
    )
    if status.held is None or status.check is None:
        return [f"{NO_PLAN_LINE}.", when]
    said = [f"The plan was set {moment(status.held.set_at)}, {before_or_after(status.held)}.", when]
    return [*said, *check_sentences(status.check)]


def check_sentences(check: PlanCheck) -> list[str]:
    """What of a plan does not fit a build, and who was not recorded or not declared."""
    said = [f"Does not fit this build: {one}" for one in check.faults]
    said += [f"Note: {one}" for one in check.notes]
    if check.without_data:
        said.append(f"Meant for, but not recorded: {without_data_words(check.without_data)}.")
    if check.not_declared:
        said.append(f"Recorded, but not declared: {without_data_words(check.not_declared)}.")
    return said
