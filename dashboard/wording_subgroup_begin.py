"""What the Subgroup page says while nothing is selected."""

from __future__ import annotations

from dashboard.wording import attribute_name

BEGIN = "Begin with one of these, or describe a subgroup above"
NONE_OFFERED = "Describe a subgroup above"
SAVED_ONES = "Saved subgroups:"


def begin_sentence(attribute: str | None, system: str, any_shown: bool) -> str:
    """Why these groups are offered, or why none is; attribute None: no attribute about speakers has two groups."""
    if attribute is None:
        return "No attribute about the speaker divides these recordings, so no group is offered."
    if not any_shown:
        return f"For no group by {attribute_name(attribute)} is {system} shown to be worse, so none is offered here."
    return f"Groups by {attribute_name(attribute)} for which {system} is shown to be worse:"
