"""Who said which group a speaker or a recording belongs to, in words: the one place every table takes them from.

Owns the sentence; its phrases are those of the card. Where software guessed, it is said so, and that
no claim is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from analysis.attributes import Attribute
from analysis.card.phrases import LABEL_SOURCES
from analysis.selection import Selection
from analysis.selection_words import attributes_named
from dashboard.wording import attribute_name, listed

NO_LABELS = "none"


def sources_of(attributes: Iterable[Attribute]) -> dict[str, str]:
    """Who gave the labels, by attribute, as documents have it."""
    return {one.name: one.label_source for one in attributes}


def sources_named(attributes: Iterable[Attribute], selection: Selection) -> dict[str, str]:
    """The same for the attributes that a selection names."""
    named = attributes_named(selection)
    return sources_of(one for one in attributes if one.name in named)


def source_phrase(source: str) -> str:
    """Who gave labels: "reported by the speakers", "guessed by software"."""
    return LABEL_SOURCES[source]


def label_source(name: str, source: str) -> str:
    """One attribute and who gave its labels: "accent: reported by the speakers"."""
    return f"{attribute_name(name)}: {source_phrase(source)}"


def label_sources(sources: Mapping[str, str]) -> str:
    """Every attribute of a grouping with its source, in one line; "none" without a grouping."""
    return "; ".join(label_source(name, source) for name, source in sources.items()) or NO_LABELS


def guessed_sentence(sources: Mapping[str, str]) -> str | None:
    """What must stand beside groups that software guessed; None where it guessed none."""
    guessed = [attribute_name(name) for name, source in sources.items() if source == "inferred"]
    if not guessed:
        return None
    return f"Groups by {listed(guessed)} were guessed by software: no claim is made about them."


def labels_sentence(sources: Mapping[str, str]) -> str:
    """What stands under a table: its label sources, and that nothing is claimed of guessed ones; "" without a grouping."""
    if not sources:
        return ""
    guessed = guessed_sentence(sources)
    return f"Labels: {_sources_together(sources)}.{f' {guessed}' if guessed else ''}"


def _sources_together(sources: Mapping[str, str]) -> str:
    """Attributes with the same source named together: "accent and age: reported by the speakers"."""
    together: dict[str, list[str]] = {}
    for name, source in sources.items():
        together.setdefault(source, []).append(attribute_name(name))
    return "; ".join(f"{listed(names)}: {source_phrase(source)}" for source, names in together.items())


def several_groups_sentence(attributes: Iterable[Attribute]) -> str:
    """What a table says once where recordings have several labels; "" where each has one at most."""
    several = [attribute_name(one.name) for one in attributes if one.multi]
    if not several:
        return ""
    return (
        f"Speakers may count in several groups of {listed(several)}; overall and on one side of a comparison everybody "
        "counts once."
    )
