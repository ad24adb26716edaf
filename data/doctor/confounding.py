"""Attributes that go together, so that a gap between groups of one may be a gap of the other.

Owns the check of pairs of attributes. How large the gap is with the mix held equal is
for `fairhearing adjust` to say; here it is only found that the question arises.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.stats import binom

from analysis.attributes import Attribute
from analysis.settings import DEFAULTS
from data.doctor.examined import Examined
from data.doctor.faults import DoctorFault, FaultKind, Severity, of
from data.doctor.groups import most_common_group, speaker_table
from data.queries_doctor import Ints

_NEARLY_ALL = 0.9
_SHARE_APART = 0.3
_CHANCE = 0.001

CONFOUNDED = FaultKind(
    "confounded-attributes",
    f"Groups of people ({DEFAULTS.min_speakers} speakers or more) of which at least nine in ten, by "
    "speakers and by recordings, "
    "share one device, noise, domain or another attribute of speakers, while at most six in ten of the "
    "others do; chance would do it "
    "once in a thousand pairs at most. Attributes of which each group lies within one group of another "
    "(a country within a continent) are named once, as a note. Contents that are numbers are left out: "
    "length and pace are how people speak.",
    "The rate of the group is also the rate of that device, noise or other group: the two cannot be told "
    "apart, or only on the "
    "few recordings where they differ.",
    "Compare within the same conditions (`--against peers`, `fairhearing adjust`), and record the group "
    "under the other ones too.",
)


def confounded_attributes(examined: Examined) -> Iterator[DoctorFault]:
    """Groups of people that hardly occur without a certain condition, content or other group."""
    attributes = [a for a in examined.info.attributes if len(a.levels) >= 2]
    for first in attributes:
        if first.role != "speaker":
            continue
        for second in attributes:
            if second is not first and not (second.role == "content" and second.kind == "number"):
                yield from _pair(examined, first, second)


def _pair(examined: Examined, first: Attribute, second: Attribute) -> Iterator[DoctorFault]:
    known = examined.is_known_speaker[examined.speaker]
    a, b = examined.stated(first), examined.stated(second)
    both = known & (a >= 0) & (b >= 0)
    a, b = np.where(both, a, -1), np.where(both, b, -1)
    recordings = _table(a[both], b[both], first, second)
    speakers = _speakers_table(examined, a, b, first, second)
    nested = (recordings > 0).sum(axis=1).max(initial=0) == 1
    groups = recordings.sum(axis=1) > 0
    if (
        nested
        and groups.sum() > 2
        and (recordings.sum(axis=0) > 0).sum() >= 2
        and groups.sum() > (recordings.sum(axis=0) > 0).sum()
    ):
        what = (
            f"Every group of {first.name} lies within one group of {second.name}: {second.name} is a "
            f"coarser {first.name}, or was given by it."
        )
        advice = "Read one of the two at a time."
        yield CONFOUNDED.found("note", what, f"{first.name}, {second.name}", int(groups.sum()), advice=advice)
        return
    found = [text for _, text in sorted(_groups(first, second, recordings, speakers))]
    if found:
        number = "One group" if len(found) == 1 else f"{len(found)} groups"
        verb = "is" if len(found) == 1 else "are"
        what = (
            f"{number} of {first.name} {verb} almost wholly of one {second.name}, which the others mostly "
            "are not."
        )
        severity: Severity = "note" if second.role == "content" else "warning"
        yield CONFOUNDED.found(severity, what, f"{first.name}, {second.name}", len(found), found)


def _groups(
    first: Attribute, second: Attribute, recordings: Ints, speakers: Ints
) -> Iterator[tuple[float, str]]:
    for code, level in enumerate(first.levels):
        own, own_people = recordings[code], speakers[code]
        n, people = int(own.sum()), int(own_people.sum())
        if people < DEFAULTS.min_speakers:
            continue
        most = int(own.argmax())
        others = recordings.sum(axis=0) - own
        other_people = speakers.sum(axis=0) - own_people
        if others.sum() == 0 or other_people.sum() == 0:
            continue
        share, elsewhere = own[most] / n, others[most] / others.sum()
        people_share, people_elsewhere = own_people[most] / people, other_people[most] / other_people.sum()
        by_chance = float(binom.sf(own_people[most] - 1, people, people_elsewhere))
        if (
            min(share, people_share) >= _NEARLY_ALL
            and max(elsewhere, people_elsewhere) <= _NEARLY_ALL - _SHARE_APART
            and by_chance <= _CHANCE
        ):
            text = (
                f"{first.name} = {level}: {of(int(own[most]), n)} recordings have {second.name} = "
                f"{second.levels[most]}, "
                f"of the others {of(int(others[most]), int(others.sum()))}"
            )
            yield -share, text


def _table(a: Ints, b: Ints, first: Attribute, second: Attribute) -> Ints:
    shape = (len(first.levels), len(second.levels))
    return np.bincount(a * shape[1] + b, minlength=shape[0] * shape[1]).reshape(shape).astype(np.int64)


def _speakers_table(examined: Examined, a: Ints, b: Ints, first: Attribute, second: Attribute) -> Ints:
    """Speakers by group of the first attribute and their most common group of the second within it."""
    group, who, _ = speaker_table(a, examined.speaker)
    width = len(examined.speaker_ids)
    pair = np.where(a >= 0, a * width + examined.speaker, 0)
    most = most_common_group(np.where(a >= 0, b, -1), pair, int(pair.max()) + 1)
    return _table(group, most[group * width + who], first, second)
