"""What the public is told of the doctor's findings: each kind of fault in a sentence, without a number or a name.

Owns these sentences. How often a fault was found, and in which group, could give a small group away.
"""

from __future__ import annotations

TOLD: dict[str, tuple[str, str]] = {
    "misaligned-hypotheses": (
        "Some outputs seem to belong to another recording.",
        "They are held against the wrong sentences, so nearly every word counts as an error that the system did not make.",
    ),
    "identical-systems": (
        "Two systems gave the same output throughout.",
        "They are one system twice, or one file under two names.",
    ),
    "near-identical-systems": (
        "Two systems gave almost the same output throughout.",
        "A difference between them rests on few utterances.",
    ),
    "no-errors": (
        "A system is said to have made no error at all.",
        "Its outputs may be a copy of the references: then every rate is zero by making, and no group can differ.",
    ),
    "reference-differs-between-systems": (
        "The references differ between systems.",
        "The systems were measured against different references, so their rates cannot be compared.",
    ),
    "no-speaker-id": (
        "It is not known of every recording who speaks.",
        "Intervals take speakers as what was sampled; where people are not known they may be too narrow.",
    ),
    "attribute-varies-within-speaker": (
        "Some speakers stand in several groups of one attribute.",
        "A gap between such groups is in part a gap within one person.",
    ),
    "normaliser-damages-script": (
        "The normaliser changes words of this script.",
        "Different words become equal, or whole clauses count as one word: the rate is not what a person would count.",
    ),
    "mixed-languages": (
        "There is more than one language or script.",
        "Error rates of different languages are not one measure; a rate over all of them depends on the mix.",
    ),
    "one-sided-normalisation": (
        "References and outputs write some words differently: capitals, punctuation, digits or hyphens.",
        "Words that were heard right count as errors for the way they are written, for some groups more than for others.",
    ),
    "non-finite-number": (
        "A column of numbers could not be read as numbers throughout.",
        "Recordings are then in no range of numbers, or in the wrong one.",
    ),
    "unequal-utterances": (
        "Not every recording was scored for every system.",
        "Rates of systems are taken over different recordings; one without outputs where recognition is hard looks better than it is.",
    ),
    "empty-output-by-group": (
        "The system gave no output more often in some group than elsewhere.",
        "Such a group's rate is in part about whether the system answered at all.",
    ),
    "runaway-output": (
        "Some outputs repeat themselves or are far too long.",
        "A single such output can hold more errors than words were spoken.",
    ),
    "duplicate-id": (
        "Some recordings may be there twice.",
        "A recording that occurs twice counts twice.",
    ),
    "empty-reference": (
        "Some references have no words.",
        "Whatever the system writes there counts as inserted words.",
    ),
    "placeholder-value": (
        "Some values seem to stand for “not known”.",
        "What was not stated may be counted as if it were a group, a number or a word.",
    ),
    "near-duplicate-values": (
        "Some groups of one attribute differ in spelling alone.",
        "One group of people may be shown as two.",
    ),
    "confounded-attributes": (
        "Nearly all recordings of some group share a condition or another attribute.",
        "Its rate is also that of the condition: the two cannot be told apart.",
    ),
    "dominant-speaker": (
        "One speaker makes a large part of some group.",
        "The group's rate is to a large part the rate of one person.",
    ),
    "few-speakers": (
        "Some groups have too few speakers to be tested.",
        "No verdict is given for them, however large the gap; the smallest are withheld from this card.",
    ),
    "missing-attribute": (
        "Recordings lack a value of some attribute.",
        "They are in none of its groups. If people who state nothing differ from the others, the groups do not show the whole.",
    ),
    "inferred-labels": (
        "Labels were guessed by software, or nobody stated who gave them.",
        "A gap between groups may be one of the labels; nothing is claimed of groups whose labels software guessed.",
    ),
    "wer-sensitive-to-estimator": (
        "For some groups, means over speakers order the groups otherwise than rates over words.",
        "Which group has more errors then depends on whether words, people or recordings count equally.",
    ),
}  # fmt: skip
_ORDER = ("error", "warning", "note")


def told_of(code: str) -> tuple[str, str]:
    """What was found and what it does to the results; a kind that is not listed says no more than that there is one."""
    return TOLD.get(code, ("A fault that is told in the card for internal use.", "It may change results."))


def graver(one: str, other: str) -> str:
    """The graver of two severities."""
    return min(one, other, key=_ORDER.index)
