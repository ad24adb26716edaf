"""The attributes of speakers and recordings: who gave the labels, how many are stated, whether they hold still.

Owns the checks of one attribute at a time. Words that are used as groups are
`values.py`, pairs of attributes `confounding.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from analysis.attributes import Attribute
from data.doctor.examined import Examined
from data.doctor.faults import EVERYWHERE, DoctorFault, FaultKind, Severity, counted, listed, of
from data.doctor.groups import speaker_table
from data.queries_doctor import Ints

VARIES = FaultKind(
    "attribute-varies-within-speaker",
    "Attributes with the role speaker that have two or more groups among one speaker's recordings; blanks "
    "and "
    "words such as NA are left aside. Conditions and contents may vary, and so may everything where another "
    "unit than the speaker was sampled. An error from one speaker in twenty on, because then the "
    "role or the ids are in doubt, not single labels.",
    "A speaker stands on both sides of a comparison of groups of people, and a gap between them is in part a "
    "gap within one person.",
    "Correct the labels or the speaker ids; if it is about the recording and not the person, ingest with "
    "`--role ATTRIBUTE=condition`.",
)
MISSING = FaultKind(
    "missing-attribute",
    "Recordings that state no value of an attribute (a warning from one in five on, a note from one in "
    "twenty), "
    "columns without any value, and an evaluation without any attribute about speakers.",
    "Recordings without a value stand in a row of their own and inside complements. If people who state "
    "nothing "
    "differ from the others, the groups do not show the whole.",
    "Fill the values in where they are known, and report the row of those not stated.",
)
INFERRED = FaultKind(
    "inferred-labels",
    "Label sources as given with `--label-source`: a warning for attributes guessed by software, a note "
    "for attributes "
    "about speakers whose source was not given.",
    "Software errs on accent, gender and age, and not equally for everybody; a difference between guessed "
    "groups can be "
    "a difference between those it guessed wrong. No claim is made from such groups.",
    "Ask the speakers, or have people label; keep the guess as a condition at most.",
)


def varies_within_speaker(examined: Examined) -> Iterator[DoctorFault]:
    """Labels of people that change from recording to recording."""
    if examined.info.cluster_unit != "speaker":
        return
    known = examined.is_known_speaker[examined.speaker]
    for attribute, _ in examined.groups():
        if attribute.role != "speaker":
            continue
        codes = np.where(known, examined.stated(attribute), -1)
        group, who, total = speaker_table(codes, examined.speaker)
        recordings = np.bincount(who, total, len(examined.speaker_ids))
        groups = np.bincount(who, minlength=len(examined.speaker_ids))
        several = int((recordings >= 2).sum())
        varying = np.flatnonzero(groups >= 2)
        if len(varying) == 0:
            continue
        what = (
            f"{of(len(varying), several)} speakers with two or more recordings that state {attribute.name} "
            f"{'has' if len(varying) == 1 else 'have'} more than one {attribute.name}."
        )
        examples = [
            _speaker_example(examined, attribute, one, group[who == one], total[who == one])
            for one in varying[:5]
        ]
        severity: Severity = "error" if len(varying) >= 0.05 * several else "warning"
        yield VARIES.found(severity, what, attribute.name, len(varying), examples)


def _speaker_example(
    examined: Examined, attribute: Attribute, speaker: int, codes: Ints, totals: Ints
) -> str:
    parts = [f"{attribute.levels[code]} in {total:,}" for code, total in zip(codes, totals, strict=True)]
    return f"{examined.speaker_ids[int(speaker)]}: {', '.join(parts[:4])}"


def missing_attribute(examined: Examined) -> Iterator[DoctorFault]:
    """Values that are not stated, and attributes that are not there."""
    if not any(attribute.role == "speaker" for attribute in examined.info.attributes):
        what = "No attribute is about the speakers."
        consequence = (
            "The evaluation can say how the system copes with conditions, and nothing about groups of people."
        )
        advice = (
            "Add columns such as accent, gender or age, or give one its role: `--role ATTRIBUTE=speaker`."
        )
        yield MISSING.found("warning", what, EVERYWHERE, 0, consequence=consequence, advice=advice)
    empty = [
        name for name, reason in examined.info.not_attributes.items() if reason == "has no value in any row"
    ]
    if empty:
        verb = "has" if len(empty) == 1 else "have"
        what = f"{listed(empty)} {verb} no value in any row and cannot be compared by."
        yield MISSING.found(
            "note", what, ", ".join(empty[:6]), len(empty), empty, consequence="Nothing is shown by it."
        )
    for attribute, codes in examined.groups():
        number = int((codes < 0).sum())
        if number < 0.05 * len(codes):
            continue
        what = f"{of(number, len(codes))} utterances do not state {attribute.name}."
        partly = _partly_stated(examined, codes) if attribute.role == "speaker" else 0
        if partly:
            what += (
                f" {counted(partly, 'speaker')} {'states' if partly == 1 else 'state'} it in some of their "
                "recordings only."
            )
        severity: Severity = "warning" if number >= 0.2 * len(codes) else "note"
        yield MISSING.found(severity, what, attribute.name, number)


def _partly_stated(examined: Examined, codes: Ints) -> int:
    n_all = len(examined.speaker_ids)
    without = np.bincount(examined.speaker[codes < 0], minlength=n_all) > 0
    with_value = np.bincount(examined.speaker[codes >= 0], minlength=n_all) > 0
    return int((without & with_value & examined.is_known_speaker).sum())


def inferred_labels(examined: Examined) -> Iterator[DoctorFault]:
    """Labels that software guessed, or that nobody vouched for."""
    guessed = [a.name for a in examined.info.attributes if a.label_source == "inferred"]
    if guessed:
        what = f"The labels of {listed(guessed)} were guessed by software."
        yield INFERRED.found("warning", what, ", ".join(guessed[:6]), len(guessed), guessed)
    unknown = [
        a.name for a in examined.info.attributes if a.role == "speaker" and a.label_source == "unknown"
    ]
    if unknown:
        what = f"Who gave the labels of {listed(unknown)} is not stated."
        consequence = (
            "A reader cannot tell what people said of themselves from what others or software guessed; every "
            "table carries the source as unknown."
        )
        advice = "Ingest with `--label-source ATTRIBUTE=self` (or annotator, location, inferred)."
        yield INFERRED.found(
            "note",
            what,
            ", ".join(unknown[:6]),
            len(unknown),
            unknown,
            consequence=consequence,
            advice=advice,
        )
