"""Whether a subgroup is one row of a table of groups, as Overview and Heatmap show them, and which table that is.

There all rows are judged together, while the Subgroup page asks one question: where the two verdicts differ, a reader
has to be told. It asks for no number.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.attributes import Attribute
from analysis.selection import Selection
from dashboard.answers.audience import Audience
from dashboard.answers.families import one_group_each
from dashboard.answers.rates import RatesQuestion

MOST_OF_A_ROW = 3
"""Attributes of a table that a subgroup is looked up in."""


def groups_of_a_row(where: Selection) -> dict[str, str] | None:
    """The group of each attribute where a selection is a row of a table; None where it is none, or names too many attributes."""
    groups = one_group_each(where)
    return groups if groups is not None and len(groups) <= MOST_OF_A_ROW else None


def table_question(
    where: Selection, known: Sequence[Attribute], system: str, metric: str, audience: Audience
) -> RatesQuestion | None:
    """The table that has a subgroup as one of its rows, by attributes in the evaluation's order; None where none has."""
    groups = groups_of_a_row(where)
    if groups is None:
        return None
    by = tuple(one.name for one in known if one.name in groups)
    return RatesQuestion(system, by, metric, audience=audience)
