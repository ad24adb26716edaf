"""The outlines of a card as data: which sections stand where, and which of them only an owner can write.

Owns the templates. A place is a section the product writes, or a heading under which the owner's
text stands; what nobody wrote is printed as not stated. Every outline holds every section the
product writes, so none can be used to leave one out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from analysis.card.evidence import Evidence
from analysis.card.expectations import texts_of_the_author
from analysis.card.sections import Facts, Section

GLANCE, ANNEX = "glance", "annex"
"""What every outline begins and ends with; the annex only where a table is too long for its section."""


@dataclass(frozen=True)
class Place:
    """A heading of an outline with what stands under it."""

    id: str
    title: str = ""
    """Empty: a section the product writes, under its own title."""
    parts: tuple[Place, ...] = ()
    by_owner: bool = True
    """Whether a reader looks for the owner's words here; False: the heading only holds others together."""

    def walk(self) -> Iterator[Place]:
        """This place and all under it."""
        yield self
        for part in self.parts:
            yield from part.walk()


def _own(*ids: str) -> tuple[Place, ...]:
    return tuple(Place(one) for one in ids)


_CLASSIC = (
    Place(GLANCE),
    Place("overview", "Overview", _own("measured")),
    Place("uses", "Intended uses and limitations", _own("limits")),
    Place(
        "design",
        "Design and testing",
        (
            Place("machine-learning", "Machine learning"),
            *_own("expectations", "testing", "fairness"),
            Place("explainability", "Explainability"),
            Place("robustness"),
            Place("privacy", "Privacy and security"),
            Place("transparency", "Transparency", _own("method")),
            Place("governance", "Governance", _own("decision", "sign-off")),
        ),
        by_owner=False,
    ),
    Place(
        "deployment",
        "Deployment",
        (Place("advice"), Place("oversight", "Human oversight"), Place("drift", "Performance drift")),
        by_owner=False,
    ),
    Place(
        "further", "Further information", _own("findings", "tried", "mapping", "provenance"), by_owner=False
    ),
    Place(ANNEX),
)
_OF_2025 = (
    Place(GLANCE),
    Place("overview", "Overview", _own("measured")),
    Place("uses", "Intended uses and limitations", _own("limits")),
    Place(
        "design",
        "Design and testing",
        (
            Place("machine-learning", "Machine learning"),
            Place("expectations"),
            Place("testing", parts=(Place("red-teaming", "Human evaluation and red teaming"),)),
            Place("fairness"),
            Place("safety", "Safety"),
            Place("privacy", "Privacy"),
            Place("security", "Security"),
            Place("controllability", "Controllability"),
            Place("transparency", "Transparency", _own("method")),
            Place("explainability", "Explainability"),
            Place("veracity", "Veracity"),
            Place("robustness"),
            Place("intellectual-property", "Intellectual property"),
            Place("governance", "Governance", _own("decision", "sign-off")),
        ),
        by_owner=False,
    ),
    Place(
        "deployment",
        "Deployment",
        (
            Place("criteria", "Criteria of effectiveness"),
            Place("configuration", "Configuration"),
            Place("advice"),
            Place("oversight", "Human oversight"),
            Place("drift", "Performance drift"),
            Place("updates", "Updates"),
        ),
        by_owner=False,
    ),
    Place(
        "further", "Further information", _own("findings", "tried", "mapping", "provenance"), by_owner=False
    ),
    Place(ANNEX),
)
_FAIRNESS = _own(
    GLANCE,
    "measured",
    "advice",
    "expectations",
    "fairness",
    "robustness",
    "limits",
    "findings",
    "tried",
    "decision",
    "testing",
    "method",
    "mapping",
    "provenance",
    "sign-off",
    ANNEX,
)
TEMPLATES: Mapping[str, tuple[Place, ...]] = {"fairness": _FAIRNESS, "classic": _CLASSIC, "2025": _OF_2025}
"""By name: the sections the product writes alone, the outline of the first service cards, that of those since 2025."""
DEFAULT_TEMPLATE = "fairness"


class UnknownTemplate(ValueError):
    """An outline that there is not; the message says which there are."""


def arranged(evidence: Evidence, written: Mapping[str, Section], template: str) -> tuple[Section, ...]:
    """The sections in the order of an outline; raises `UnknownTemplate`."""
    if template not in TEMPLATES:
        raise UnknownTemplate(f'There is no template "{template}". There is {", ".join(TEMPLATES)}.')
    places = [place for place in TEMPLATES[template] if place.id != ANNEX or ANNEX in written]
    return tuple(_placed(evidence, written, place) for place in places)


def _placed(evidence: Evidence, written: Mapping[str, Section], place: Place) -> Section:
    parts = tuple(_placed(evidence, written, part) for part in place.parts)
    texts = texts_of_the_author(evidence, place.id)
    if not place.title:
        own = written[place.id]
        return replace(own, blocks=(*texts, *own.blocks), parts=(*own.parts, *parts))
    if texts or not place.by_owner:
        return Section(place.id, (place.title,), texts, parts)
    unstated = Facts((("Text of the owner", ()),))
    return Section(place.id, (place.title,), (unstated,), parts, missing=(place.title.lower(),))
