"""Which attributes a page or command opens with where nobody has chosen any.

Goes by the roles of the attributes alone; looks at no result.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.attributes import Attribute


def first_speaker_attribute(attributes: Sequence[Attribute]) -> Attribute | None:
    """What speakers are grouped by unless somebody says otherwise: accent, else the first about speakers."""
    about_speakers = [attribute for attribute in attributes if attribute.role == "speaker"]
    return next(
        (a for a in about_speakers if a.name.casefold() == "accent"), next(iter(about_speakers), None)
    )


def default_layout(attributes: Sequence[Attribute]) -> tuple[str, ...]:
    """Rows, columns and panels unless somebody says otherwise: speakers by the first two conditions.

    Where something is missing the next attributes take its place; at most three names, perhaps none.
    """
    # What was worked out from the recordings comes in only where nothing else is known of them.
    attributes = [a for a in attributes if not a.derived] or attributes
    first = first_speaker_attribute(attributes)
    # Numbers are bins that somebody chose; what was recorded as a category says more at first sight.
    by_kind = sorted((a for a in attributes if a.role == "condition"), key=lambda a: a.kind == "number")
    conditions = [a.name for a in by_kind]
    others = [a.name for a in attributes if a.role != "condition" and a is not first]
    # Without conditions a third attribute would mostly make combinations that nobody was recorded in.
    return tuple(([first.name] if first else []) + (conditions[:2] or others[: 1 if first else 2]))[:3]
