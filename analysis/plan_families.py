"""Whether a question is one the plan declared, and what its family is: rows, and the recordings they are judged over.

Owns the rule: same attributes, metric, comparator and normaliser, and a filter that says nothing
but which groups of these attributes to show (`hidden_rows.py`). Anything else is another
question, so exploratory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.attributes import Attribute
from analysis.hidden_rows import filtered
from analysis.plan import BY_ROLES, Plan
from analysis.roles import Comparator, comparator_from_text
from analysis.selection import EVERYTHING, Selection
from analysis.speaker_counts import IntArray

NO_PLAN = "no plan"
OTHER_GROUPING = "the plan does not name this grouping"
OTHER_METRIC = "the plan names another metric"
OTHER_COMPARATOR = "the plan names another comparator"
OTHER_NORMALIZER = "the plan names another normaliser"
OTHER_FILTER = "the filter makes it another selection than the one declared"


@dataclass(frozen=True)
class Family:
    """Whether the rows of a table are a declared family, and what of it a filter shows."""

    planned: bool = False
    why_not: str = NO_PLAN
    """Why they are exploratory; "" where they are planned."""
    kept: tuple[bool, ...] | None = None
    """Rows of the full product that the filter leaves; None: all of them."""
    within: Selection = EVERYTHING
    """Recordings the rows are judged over: what the filter asks beside the choice of rows."""


NOTHING_DECLARED = Family()


def planned_comparator(plan: Plan | None, attributes: Sequence[Attribute]) -> str | None:
    """What the plan says a grouping is compared with, as written; None where the roles decide."""
    names = frozenset(attribute.name for attribute in attributes)
    if plan is None or names not in plan.families or plan.comparator == BY_ROLES:
        return None
    if "=" in plan.comparator:
        return plan.comparator if plan.comparator.partition("=")[0] in names else None
    if plan.comparator == "peers" and all(attribute.role != "speaker" for attribute in attributes):
        return None
    return plan.comparator


def family_of(
    plan: Plan | None,
    attributes: Sequence[Attribute],
    metric: str,
    comparator: Comparator,
    normalizer: str,
    where: Selection,
    codes: IntArray,
) -> Family:
    """Decide for one question. codes: the full product of the groups, one column per attribute."""
    shown = filtered(where, attributes, codes)
    why_not = _why_not(plan, attributes, metric, comparator, normalizer, shown.within)
    kept = None if shown.kept is None else tuple(shown.kept.tolist())
    return Family(not why_not, why_not, kept, shown.within)


def _why_not(
    plan: Plan | None,
    attributes: Sequence[Attribute],
    metric: str,
    comparator: Comparator,
    normalizer: str,
    within: Selection,
) -> str:
    """Why a question is none that the plan declared; "" where it is."""
    if plan is None:
        return NO_PLAN
    declared = comparator_from_text(planned_comparator(plan, attributes), attributes)
    rules = (
        (frozenset(a.name for a in attributes) in plan.families, OTHER_GROUPING),
        (metric == plan.metric, OTHER_METRIC),
        (comparator == declared, OTHER_COMPARATOR),
        (plan.normalizer in (None, normalizer), OTHER_NORMALIZER),
        (within == EVERYTHING, OTHER_FILTER),
    )
    return next((why_not for holds, why_not in rules if not holds), "")
