"""How a card speaks of groups, of those they are compared with, and of who gave the labels.

Owns these phrases, so that every sentence uses the same. "Speakers who reported" is said
only of labels that people gave of themselves.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.card.evidence import Evidence
from analysis.card.rows import NOT_STATED, Grouping, Row
from analysis.card.sections import Count, Label, Name, Text, Token, joined
from analysis.verdict_reasons import ALONE_ONLY, REASONS

LABEL_SOURCES = {
    "self": "reported by the speakers",
    "annotator": "given by annotators",
    "location": "taken from a location",
    "inferred": "guessed by software",
    "unknown": "source not stated",
    "derived": "worked out from the references",
}
CORRECTIONS = {
    "none": "no correction was needed",
    "holm": "Holm’s correction",
    "benjamini-hochberg": "the Benjamini-Hochberg correction",
    "benjamini-yekutieli": "the Benjamini-Yekutieli correction",
}


def quoted(value: str) -> Text:
    """A value of the data inside a sentence."""
    return ("“", Label(value), "”")


def group_phrase(evidence: Evidence, row: Row, by: tuple[str, ...]) -> Text:
    """The group as people or recordings: speakers who reported “Scottish” (accent), in recordings with …"""
    people: list[Text] = []
    recordings: list[Text] = []
    for name in by:
        attribute = evidence.attribute(name)
        value = row.group[name]
        if attribute["role"] == "speaker":
            people.append(_speakers(name, value, attribute["label_source"]))
        else:
            recordings.append((*quoted(NOT_STATED if value is None else value), " (", Name(name), ")"))
    if not people:
        return ("recordings with ", *joined(recordings))
    phrase: tuple[Token, ...] = (f"{evidence.people} ", *joined(people))
    return (*phrase, ", in recordings with ", *joined(recordings)) if recordings else phrase


def _speakers(name: str, value: str | None, source: str) -> Text:
    """What is said after the word "speakers"."""
    attribute: Text = (" (", Name(name), ")")
    if value is None:
        return ("whose ", Name(name), " is not stated")
    verbs = {
        "self": "who reported ",
        "annotator": "labelled by annotators as ",
        "location": "labelled by location as ",
        "inferred": "labelled by software as ",
    }
    return (verbs.get(source, "labelled "), *quoted(value), *attribute)


def comparator_phrase(evidence: Evidence, grouping: Grouping) -> Text:
    """Whom the groups of a grouping are compared with."""
    people = grouping.is_about_people
    if grouping.comparator == "complement":
        return (f"all other {evidence.people}" if people else "all other recordings",)
    if grouping.comparator == "overall":
        return ("all recordings, the group included",)
    if grouping.comparator == "peers":
        shared = [name for name in grouping.by if evidence.attribute(name)["role"] != "speaker"]
        if not shared:
            strata = grouping.mix["strata"] if grouping.mix else ()
            return (
                f"other {evidence.people} in the same mix of ",
                *joined([(Name(name),) for name in strata]),
            )
        return (f"other {evidence.people} in the same ", *joined([(Name(name),) for name in shared]))
    return ("the group ", *quoted(grouping.comparator))


def comparator_of_row(evidence: Evidence, by: Sequence[str], comparator: str) -> Text:
    """Whom one row is compared with, where its table is not beside it; `by` is empty for a subgroup."""
    if comparator == "complement":
        return ("all others",)
    if comparator == "overall":
        return ("all recordings",)
    if comparator != "peers":
        return (Label(comparator),)
    roles = {attribute["name"]: attribute["role"] for attribute in evidence.attributes}
    shared = [name for name in by if roles.get(name) != "speaker"]
    if shared:
        return (f"other {evidence.people} in the same ", *joined([(Name(name),) for name in shared]))
    # A subgroup names its conditions, and its title says which; speakers by themselves were recorded in several.
    mix = "mix of " if by else ""
    return (f"other {evidence.people} in the same {mix}conditions",)


def nobody_compared(evidence: Evidence) -> Text:
    """Why a card without a table of groups of people says nothing about them."""
    named = [one["name"] for one in evidence.attributes if one["role"] == "speaker"]
    if not named:
        return (
            "This evaluation names no attribute of the speaker, so nothing can be said about groups of people.",
        )
    names: Text = joined([(Name(name),) for name in named])
    if evidence.is_public:
        return ("Groups by ", *names, " are not published, so this card says nothing about groups of people.")
    return ("There is no table of groups by ", *names, ", so this card says nothing about groups of people.")


def noun(count: float | None, plural: str) -> str:
    """A noun after a count: "speaker" after 1, else as given."""
    return plural[:-1] if count == 1 else plural


def counted(parts: Sequence[tuple[int, str]]) -> list[Text]:
    """Counts with what is said of each, without those of none; {has}, {was} and {are} follow the number."""
    forms = ({"has": "have", "was": "were", "are": "are"}, {"has": "has", "was": "was", "are": "is"})
    return [(Count(count), " ", what.format(**forms[count == 1])) for count, what in parts if count]


def reason_text(evidence: Evidence, reason: str | None) -> str:
    """Why something is undecided or not shown, in the words of this evaluation."""
    text = reason or ""
    return text if evidence.notice is None else text.replace("speakers", "voices").replace("speaker", "voice")


def plan_phrase(evidence: Evidence) -> Text:
    """When the groups of planned tables were declared; only for evidence with a plan."""
    plan = evidence.plan or {}
    if plan.get("before_results"):
        return ("as declared before results were first opened",)
    day = str(plan.get("set") or "")[:10]
    when: Text = (" of ", Label(day)) if day else ()
    return ("as declared in a plan", *when, ", set after results had been opened")


def stands_alone(row: Row) -> bool:
    """Whether a group would be told from others if it were the only one looked at."""
    return (row.versus.reason or "").startswith(REASONS[ALONE_ONLY].partition(",")[0])


def labels_phrase(grouping: Grouping) -> Text:
    """Who gave the labels of a grouping, for the caption of its tables."""
    result: list[Token] = [" Labels: "]
    for number, name in enumerate(grouping.by):
        source = grouping.label_sources.get(name, "unknown")
        result.extend(["; "] if number else [])
        result.extend([Name(name), ": ", LABEL_SOURCES.get(source, LABEL_SOURCES["unknown"])])
    return (*result, ".")


def attributes_phrase(by: tuple[str, ...]) -> Text:
    """The attributes of a grouping: accent × noise × device."""
    result: list[Token] = []
    for number, name in enumerate(by):
        result.extend([" × "] if number else [])
        result.append(Name(name))
    return tuple(result)
