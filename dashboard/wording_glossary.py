"""The glossary: every technical word that a reader meets, in plain words, and the lines of help made of them.

The one source of the Guide's glossary, of `docs/glossary.md` and of the help beside a number.
Metrics and verdicts are defined by their own registries; here they are told to somebody who
meets them for the first time. It computes nothing and knows no Streamlit.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.settings import DEFAULTS
from dashboard.wording_verdicts import margin_text, verdict_label, verdict_mark

TITLE, VERDICTS = "Glossary", "The five verdicts"
LEAD = "Every technical word on the pages, in plain words."


@dataclass(frozen=True)
class Term:
    """A word of the field with what it means here."""

    word: str
    meaning: str
    """One or two plain sentences."""
    also: tuple[str, ...] = ()
    """Other forms under which a reader meets it."""


TERMS = (
    Term(
        "adjusted p",
        "How surprising a difference would be if there were none, made stricter for every other group that was looked at "
        "with it: who looks at many groups meets some large differences by chance.",
        ("corrected", "correction"),
    ),
    Term(
        "aligner",
        "What lays the words of reference and hypothesis side by side, so that each is right, replaced, left out or added.",
        ("alignment", "aligned"),
    ),
    Term(
        "attribute",
        "Something known of every recording: accent, age, noise, device. It is about the speaker, the condition or the content.",
    ),
    Term(
        "audience",
        "Whose eyes a page or file is for. Internal shows exact numbers; public withholds small groups and rounds the rest.",
        ("internal", "public"),
    ),
    Term(
        "build",
        "One loading of an evaluation, called by digits that depend on its files and options. It never changes; new files "
        "make a new build.",
    ),
    Term(
        "candidate",
        "The system one may move to, held against the current one on the same recordings.",
        ("current system",),
    ),
    Term(
        "can’t tell yet",
        "The recordings settle it neither way: the difference may be there or not. It is not equality. Beside it stands how "
        "large a difference would have been seen, and how many speakers it would take.",
        ("undecided", "can’t be told yet"),
    ),
    Term(
        "card",
        "A document about one system with figures, counts, method and limits, to be filed or handed out.",
    ),
    Term(
        "catastrophic error rate",
        "The share of recordings with more than one error for every two words spoken.",
    ),
    Term("character error rate", "Errors for every character of the reference instead of every word."),
    Term(
        "claim",
        "A sentence of the card that the evidence carries. One that it does not carry is refused, with the reason.",
    ),
    Term(
        "comparator",
        "Whom a group is compared with: its peers, everybody else, or others in the same mix of conditions.",
        ("compared with",),
    ),
    Term("complement", "Everybody who is not in the group.", ("everybody else", "all others")),
    Term(
        "condition",
        "How a recording was made: noise, device, room. What conditions do to errors is robustness, and is not laid on the people.",
    ),
    Term(
        "confirmed",
        "Of a slice: found on one half of the speakers, and there again on the other half.",
    ),
    Term(
        "coverage",
        "Which combinations of groups were recorded with enough speakers to be judged.",
        ("not tested",),
    ),
    Term(
        "declared",
        "Said in the plan before anybody looked at results. Everything else is exploratory.",
        ("planned",),
    ),
    Term("deletion", "A word that was spoken and left out of the output."),
    Term(
        "detectable ratio",
        "The smallest ratio these recordings would have shown, had it been there.",
        ("could have been seen",),
    ),
    Term(
        "doctor",
        "The check of a loaded evaluation for faults of meaning, each with its consequence and what to do.",
    ),
    Term(
        "effective speakers",
        "How many equally long speakers the recordings are worth: fewer than were counted where one of them said most.",
    ),
    Term("empty output rate", "The share of recordings of speech for which the system wrote nothing."),
    Term("evaluation", "References, what one or more systems wrote, and what is known of each recording."),
    Term(
        "evidence",
        "What stands behind a claim. As a file for auditors: counts per speaker under random names, without texts.",
    ),
    Term(
        "excess",
        "What a group’s rate is above that of its comparator; as errors, how many more there were.",
        ("excess errors",),
    ),
    Term("exploratory", "Not declared in advance: a reason to look closer, not a result to file."),
    Term(
        "false discovery rate",
        "In a long list, the share of shown differences that may be chance; it is kept to one in twenty.",
    ),
    Term("family", "The groups that are judged together, for whose number p is corrected."),
    Term("finding", "Something a person put on record for the card. It is asked again of every new build."),
    Term("floor", "A rate that no group may exceed; the plan may name one."),
    Term("gap", "The difference between a group and its comparator, as a ratio or in points."),
    Term(
        "gate",
        "A rule for a release: pass, fail or undecided. To pass, every group has to be shown within the bound.",
    ),
    Term("group", "Everybody with the same value of an attribute, such as all with the noise “street”."),
    Term("grouping", "One attribute or several by which a table is made."),
    Term(
        "Holm’s correction",
        f"A way to adjust p for usually up to {DEFAULTS.holm_limit} groups, so that one false alarm among all of them stays rare.",
    ),
    Term("hypothesis", "What a system wrote for a recording."),
    Term("insertion", "A word in the output that nobody said."),
    Term(
        "interval by speaker",
        f"In {100 * DEFAULTS.level:g} of 100 such evaluations, unless settings say another level, the true value lies within it. "
        "It is worked out by leaving out one speaker at a time, because ten recordings of one person are not ten people.",
        ("interval", "intervals by speaker"),
    ),
    Term(
        "jackknife",
        "Leaving out one speaker at a time and working the number out again: how far it moves is how sure it is.",
    ),
    Term("keyword", "A word or phrase of a list the owner gave, whose misses are counted by themselves."),
    Term(
        "label",
        "The word that puts a speaker or a recording into a group. Its source is said: the speaker, an annotator, the place, software.",
    ),
    Term(
        "margin",
        f"The ratio that matters in practice, {margin_text(DEFAULTS.margin_ratio)} unless plan or settings say another. From there "
        "a difference that is shown is called worse.",
    ),
    Term(
        "match error rate",
        "The word error rate with inserted words counted below the line too, so that it stays below 1.",
    ),
    Term("metric", "What is counted, and divided by what."),
    Term(
        "mix of conditions",
        "In which noise and on which devices a group was recorded, and how much of it. Groups with different mixes are compared with "
        "others in the same mix.",
        ("same mix",),
    ),
    Term(
        "modelled",
        "Of a gap: worked out with a factor for each group and each condition, which are taken to multiply.",
    ),
    Term(
        "normaliser",
        "What decides which spellings count as the same word, before texts are compared.",
        ("normalised",),
    ),
    Term("not stated", "Nobody said to which group it belongs. It is shown as a row and never judged."),
    Term("overall", "All recordings that are selected, whatever their group.", ("all recordings",)),
    Term(
        "peers in the same conditions",
        "Other speakers recorded in the same noise and on the same device. Against them, noise is not mistaken for accent.",
        ("peers", "in the same"),
    ),
    Term(
        "plan",
        "What was declared before looking: who the system is for, which groups count, which margin matters.",
    ),
    Term("points", "Percentage points: from 20 % to 23 % is three points."),
    Term(
        "Poisson regression",
        "A model of how many errors a speaker makes for every word, with a factor for the group and for each condition.",
    ),
    Term("provenance", "Which files, options and versions an evaluation was made of."),
    Term("q", "Like adjusted p, for long lists: the false discovery rate at which an item would be named."),
    Term(
        "ratio", "A group’s rate over that of its comparator: 1× is equal, 1.5× is half as many errors again."
    ),
    Term("reference", "What was said, as a person wrote it down."),
    Term("robustness", "How a system bears noise, devices and content, whoever speaks."),
    Term(
        "role",
        "What an attribute is about: speaker, condition or content. It decides who is compared with whom.",
    ),
    Term("selection", "Which recordings are looked at; the sidebar always says it in words.", ("selected",)),
    Term("sentence error rate", "The share of recordings with at least one error."),
    Term(
        "shown",
        "Said of a difference whose interval and adjusted p leave no reasonable doubt on these recordings.",
    ),
    Term(
        "sign-off", "A person’s name under a card of one build. A card on synthetic voices cannot have one."
    ),
    Term(
        "slice", "A combination of groups that a search found, such as an accent in one noise on one device."
    ),
    Term(
        "speaker",
        "One person, however many recordings. The unit of every interval and every minimum.",
        ("voice", "voices"),
    ),
    Term(
        "standardised",
        "Of a gap: both sides compared within each condition, then averaged with the same weights.",
    ),
    Term("subgroup", "Recordings one chose oneself, by any condition. It can be saved under a name."),
    Term("substitution", "A word that was spoken and written as another."),
    Term("synthetic voices", "Voices a program made. Results on them say nothing about people."),
    Term("system", "A speech recogniser in one version and configuration."),
    Term("utterance", "One recording with its reference.", ("recording", "recordings")),
    Term("verdict", "One of five sentences about a group against its comparator, by a fixed rule."),
    Term(
        "withheld",
        "Not shown to the public, because the group is small or would give a small one away.",
        ("suppressed",),
    ),
    Term(
        "word error rate",
        "Words replaced, left out and added, for every word spoken. It is not “words wrong” and can exceed 100 %.",
        ("WER",),
    ),
    Term(
        "word F1 error",
        "Errors shared over the words spoken and the words written: 0 where all are right, 1 where none is.",
    ),
    Term(
        "word information loss",
        "What a reader of the output misses or is misled by: 1 where nothing is right.",
    ),
)
"""In alphabetical order."""

VERDICT_MEANINGS = {
    "worse": "The system is shown to make more errors for the group, and the gap may be as large as the margin.",
    "slightly worse": "It is shown to make more errors, and shown that the gap is below the margin.",
    "within": "Whatever difference there is, it is shown to stay below the margin.",
    "better": "The system is shown to make fewer errors for the group than for its comparator.",
    "undecided": "Neither is shown. It is not equality: more speakers would tell.",
}

_BY_WORD = {term.word: term for term in TERMS}


def what_is(word: str) -> str:
    """A word of the glossary with its meaning, as one line of help."""
    term = _BY_WORD[word]
    return f"{term.word[0].upper()}{term.word[1:]}: {term.meaning[0].lower()}{term.meaning[1:]}"


def help_with(*words: str) -> str:
    """Several words of the glossary with their meanings, a paragraph each, for the sign beside a picture's facts."""
    return "\n\n".join(map(what_is, words))


def glossary_lines() -> str:
    """The whole glossary as a Markdown list."""
    return "\n".join(f"- **{term.word}**: {term.meaning}" for term in TERMS)


def glossary_document() -> str:
    """`docs/glossary.md`."""
    verdicts = "\n".join(
        f"- {verdict_mark(verdict)} **{verdict_label(verdict, DEFAULTS.margin_ratio)}** (`{verdict}`): {meaning}"
        for verdict, meaning in VERDICT_MEANINGS.items()
    )
    return f"# {TITLE}\n\n{LEAD}\n\n{glossary_lines()}\n\n## {VERDICTS}\n\n{verdicts}\n"
