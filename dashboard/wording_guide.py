"""What the Guide says: the bundled evaluation step by step, for three readers, each step with the view it speaks of.

Owns the sentences and the parameters of the links. It states no number: numbers are on the
pages, and the one sentence that is quoted comes from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

BUNDLED = "synthetic-voices"
"""Name of the evaluation that comes with the product."""

BUNDLED_SYSTEMS = ("System A", "System B")
"""Systems that the steps speak of; an evaluation of the same name without them is somebody's own."""

TITLE = "Guide: one evaluation, three readers"
LEAD = (
    "The bundled evaluation has two systems, A and B, listening to voices in twelve accents, four noises and on four devices. "
    "A real recogniser made the errors; a program made the voices. So it teaches how to read the pages, and says nothing about "
    "people. Every link below opens the view it speaks of; the browser’s back button returns here."
)
NOT_HERE = "The bundled evaluation is not on this machine yet, so the steps below have no links."
NAME_TAKEN = "An evaluation of your own has the name of the bundled one, so the steps below have no links: they would lead to other numbers."
OWN_DATA = "Your own recordings"
OWN_DATA_TEXT = (
    "A file with one row per recording is enough: id, speaker, what was said, what the system wrote, and whatever describes speaker "
    "and recording. docs/tutorial-own-data.md goes from such a file to a card in ten minutes."
)
LOAD_OWN = "Load a file"


@dataclass(frozen=True)
class Step:
    """One thing to look at."""

    title: str
    text: str
    link: str
    """What the link is called; it names the view."""
    page: str
    """File of the page, without its ending."""
    parameters: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Of the link, beside the evaluation."""


_A, _B = ({"system": system} for system in BUNDLED_SYSTEMS)
_ARABIC = {"where": "accent = 'Arabic-L1 rules'"}

READERS: dict[str, tuple[Step, ...]] = {
    "Product manager": (
        Step(
            "Read one sentence",
            "The Overview leads with whom the system is shown to make more errors for. Under it every verdict is counted, also those "
            "that settle nothing. A group is named in the sentence only when its difference is shown.",
            "Overview of System A",
            "overview",
            _A,
        ),
        Step(
            "See where it happens",
            "Each cell is one accent in one noise; each panel is one device. A cell is held against other voices in the same noise and on "
            "the same device, so a loud room is not laid on an accent. ▲ is worse, shown; ? can’t be told yet.",
            "Heatmap by accent, noise and device",
            "heatmap",
            _A,
        ),
        Step(
            "Open one cell",
            "A chosen cell tells its story: the sentence, how sure it is, the words behind it, and the recordings to read and hear. "
            "“Add to card” puts it on record.",
            "Arabic-L1 rules, clean, on a headset",
            "heatmap",
            {**_A, "cell": "Arabic-L1 rules · clean · headset"},
        ),
        Step(
            "Decide between two versions",
            "B was made to help. On the same recordings: who gets better, who gets worse, and for whom that can’t be told yet? The "
            "tab “Release gate” gives pass, fail or undecided for any bound.",
            "Moving from A to B",
            "versions",
            _B,
        ),
        Step(
            "Hand it on",
            "The Card gathers what may be said, with its evidence, and a place for the decision. It is the file to send.",
            "Card of System B",
            "card",
            _B,
        ),
    ),
    "Scientist": (
        Step(
            "How sure is each number?",
            "Show the width of the intervals instead of the rates. They leave out one speaker at a time, because recordings of one "
            "voice are alike: many from one person would make a number look surer than it is.",
            "Heatmap of interval widths",
            "heatmap",
            {**_A, "show": "width"},
        ),
        Step(
            "Ask about a subgroup",
            "Any recordings can be chosen, and held against their peers, everybody else or another group. The link is the question: "
            "send it and somebody else sees the same.",
            "Arabic-L1 rules against the others",
            "subgroup",
            {**_A, **_ARABIC},
        ),
        Step(
            "Read its errors",
            "Which words make the excess, whether other words were said or the same words recognised less often, and every recording "
            "with reference over hypothesis.",
            "Errors of Arabic-L1 rules",
            "subgroup",
            {**_A, **_ARABIC, "tab": "errors"},
        ),
        Step(
            "Is it the accent, or the device?",
            "Three estimates of one gap: as recorded, with conditions held equal, and modelled. Where they agree, the mix of "
            "conditions is not the reason.",
            "Conditions of Arabic-L1 rules",
            "subgroup",
            {**_A, **_ARABIC, "tab": "conditions"},
        ),
        Step(
            "Be suspicious of a gap",
            "Voices called “higher” have more errors. Nobody has such a voice: it is an artefact of the program that made them. A gap "
            "always raises the question of what else differs between the groups.",
            "Voice variant “higher” against the others",
            "subgroup",
            {**_A, "where": "voice_variant = 'higher'"},
        ),
        Step(
            "Find what nobody thought of",
            "A search over all combinations, found on half of the speakers and confirmed on the other half. It says how many it looked "
            "at, and what it could not see.",
            "Search for slices",
            "slices",
            _A,
        ),
    ),
    "Auditor": (
        Step(
            "What was declared beforehand?",
            "The plan says which groups count, which margin matters and for whom the system is meant, and whether that was written "
            "down before anybody opened results. Everything else is marked exploratory.",
            "The plan",
            "data",
            {"tab": "plan"},
        ),
        Step(
            "Can the data be read as they are?",
            "The doctor names faults of meaning, each with its consequence. Beside it: which combinations were tested, whether another "
            "normaliser would change the picture, who gave the labels, and which files it was all made of.",
            "Trust",
            "trust",
            _A,
        ),
        Step(
            "What may be claimed?",
            "Under “Claims” each sentence stands with the evidence behind it, and each refused one with its reason. Nobody can edit a "
            "number.",
            "Claims of the card of System A",
            "card",
            {**_A, "tab": "claims"},
        ),
        Step(
            "What may leave the house?",
            "For the public audience small groups are withheld, with those that would give them away, and numbers are rounded. Slices, "
            "Versions and Trust are not published at all.",
            "Overview for the public",
            "overview",
            {**_A, "audience": "public"},
        ),
        Step(
            "Are the card’s numbers those of the data?",
            "Download the card as JSON and hand it in under “Verify”: every number is worked out again. Change a digit in it "
            "and do it again. This card cannot be signed off, because its voices are synthetic.",
            "Card, to verify",
            "card",
            {**_A, "tab": "verify"},
        ),
    ),
}
"""Steps by reader."""


def quoted(sentence: str) -> str:
    """What the Overview says at this moment, as a remark under the first step."""
    return f"Just now it says: “{sentence}”"
