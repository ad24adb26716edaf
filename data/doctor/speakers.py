"""The people an evaluation rests on: how many there are, how evenly they speak, whether they are known.

Owns the checks of speakers within groups. Every interval of the product is taken over
speakers, so what is wrong with them is wrong with every number.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from analysis.settings import DEFAULTS
from data.doctor.examined import NO_SPEAKER, Examined
from data.doctor.faults import EVERYWHERE, DoctorFault, FaultKind, Severity, counted, listed, of
from data.doctor.groups import n_speakers, speaker_table
from data.queries_doctor import Ints

_LARGEST_SHARE = 0.25
_NAMES_FOR_NOBODY = frozenset("unknown unk na n/a nan null none anonymous missing ? - unspecified".split())

FEW_SPEAKERS = FaultKind(
    "few-speakers",
    f"Groups of each attribute, and the whole evaluation, with fewer than {DEFAULTS.min_speakers} "
    "speakers: the setting "
    "`min_speakers`, below which a group is never tested. Recordings of nobody in particular are not "
    "counted.",
    "The numbers of such a group are shown but never tested: it stays undecided however large the gap is, "
    "and one more "
    "person can turn it around.",
    "Record more speakers of these groups, or ask for a coarser grouping. `fairhearing coverage` says how "
    "many.",
)
DOMINANT_SPEAKER = FaultKind(
    "dominant-speaker",
    f"Groups of at least {DEFAULTS.min_speakers} speakers in which one speaker holds a quarter of the "
    "words or more, or "
    f"whose effective number of speakers is below {DEFAULTS.min_effective_speakers:.0f} (the setting "
    "`min_effective_speakers`, below which a group is never tested).",
    "The group's rate is to a large part the rate of one person; its interval is wide for that reason, and "
    "a gap may be "
    "about that person alone.",
    "Look at the group without this speaker, and record others as much.",
)
NO_SPEAKER_ID = FaultKind(
    "no-speaker-id",
    "Recordings that `--missing-speaker one` counted as one speaker's, recordings that `--missing-speaker "
    "drop` left "
    "out, speaker ids that are words for nobody (`unknown`, `NA`), a speaker of its own for every one of "
    "20 or more "
    "utterances, and another sampling unit than the speaker.",
    "Intervals take speakers as what was sampled. Where people are not known they are too narrow, or rest "
    "on a person "
    "who does not exist.",
    "Name the column with `--map speaker=COLUMN`, or fill it in.",
)


def few_speakers(examined: Examined) -> Iterator[DoctorFault]:
    """Groups that are too small to be tested."""
    floor = DEFAULTS.min_speakers
    if examined.n_speakers < floor:
        what = f"The whole evaluation has {examined.units(examined.n_speakers)}, fewer than {floor}."
        consequence = "No group can be tested against another; nothing can be said about people in general."
        yield FEW_SPEAKERS.found(
            "error",
            what,
            EVERYWHERE,
            examined.n_speakers,
            consequence=consequence,
            advice="Record more speakers.",
        )
        return
    known = examined.is_known_speaker[examined.speaker]
    for attribute, _ in examined.groups():
        levels, row, codes = examined.members(attribute)
        number = n_speakers(np.where(known[row], codes, -1), examined.speaker[row], len(levels))
        present = np.unique(codes[codes >= 0])
        few = sorted((int(number[code]), levels[code]) for code in present if number[code] < floor)
        if few:
            verb = "has" if len(few) == 1 else "have"
            what = (
                f"{of(len(few), len(present))} groups of {attribute.name} {verb} fewer than {floor} speakers."
            )
            examples = (f"{level}: {examined.units(count)}" for count, level in few)
            yield FEW_SPEAKERS.found("note", what, attribute.name, len(few), examples)


def dominant_speaker(examined: Examined) -> Iterator[DoctorFault]:
    """Groups that are mostly one person."""
    everybody = np.arange(examined.n_utterances)
    overall = _dominated(examined, (EVERYWHERE,), everybody, np.zeros_like(everybody))
    if overall:
        yield DOMINANT_SPEAKER.found("warning", f"{overall[0]}.", EVERYWHERE, 1)
    for attribute, _ in examined.groups():
        found = _dominated(examined, *examined.members(attribute))
        if found:
            what = (
                f"{counted(len(found), 'group')} of {attribute.name} "
                f"{'rests' if len(found) == 1 else 'rest'} largely on one speaker."
            )
            severity: Severity = "warning" if attribute.role == "speaker" else "note"
            yield DOMINANT_SPEAKER.found(severity, what, attribute.name, len(found), found)


def _dominated(examined: Examined, levels: tuple[str, ...], row: Ints, codes: Ints) -> list[str]:
    known = examined.is_known_speaker[examined.speaker] & (examined.n_words > 0)
    group, who, words = speaker_table(
        np.where(known[row], codes, -1), examined.speaker[row], np.maximum(examined.n_words, 0)[row]
    )
    found = []
    for code in np.unique(group):
        own = words[group == code].astype(np.float64)
        share, effective = own.max() / own.sum(), own.sum() ** 2 / (own**2).sum()
        if len(own) >= DEFAULTS.min_speakers and (
            share >= _LARGEST_SHARE or effective < DEFAULTS.min_effective_speakers
        ):
            largest = examined.speaker_ids[int(who[group == code][own.argmax()])]
            text = (
                f"{levels[code]}: {of(int(own.max()), int(own.sum()))} words are by the speaker {largest}, "
                f"one of {len(own):,} (as good as {effective:.1f} equal ones)"
            )
            found.append((-share, text))
    return [text for _, text in sorted(found)]


def no_speaker_id(examined: Examined) -> Iterator[DoctorFault]:
    """Recordings whose speaker is not known, in each way that an ingest lets through."""
    yield from _one_for_all(examined)
    yield from _dropped(examined)
    yield from _names_for_nobody(examined)
    unit = examined.info.cluster_unit
    if unit != "speaker":
        what = f"Intervals are taken over {unit} (--cluster), not over speakers."
        consequence = (
            f"A person who occurs with several values of {unit} counts as several, and intervals are then "
            "too narrow."
        )
        advice = f"Keep it where a value of {unit} is one person; otherwise ingest again with the speaker."
        yield NO_SPEAKER_ID.found(
            "note", what, EVERYWHERE, examined.n_speakers, consequence=consequence, advice=advice
        )
    if 20 <= examined.n_utterances == len(examined.speaker_ids):
        what = f"Each of the {examined.n_utterances:,} utterances has its own {unit}."
        consequence = (
            "If the ids are of recordings, people who were recorded more than once count as several, and "
            "every interval is too narrow."
        )
        advice = "Check what the column holds. Where each person was recorded once, nothing is wrong."
        yield NO_SPEAKER_ID.found(
            "warning", what, EVERYWHERE, examined.n_utterances, consequence=consequence, advice=advice
        )


def _one_for_all(examined: Examined) -> Iterator[DoctorFault]:
    if NO_SPEAKER not in examined.speaker_ids or examined.info.options.get("missing_speaker") != "one":
        return
    number = int((~examined.is_known_speaker[examined.speaker]).sum())
    what = f"{of(number, examined.n_utterances)} utterances have no speaker and count as one speaker's."
    # From a twentieth on they can move a rate by more than the intervals of most evaluations are wide.
    severity: Severity = "error" if number > 0.05 * examined.n_utterances else "warning"
    yield NO_SPEAKER_ID.found(severity, what, EVERYWHERE, number)


def _dropped(examined: Examined) -> Iterator[DoctorFault]:
    if examined.info.options.get("missing_speaker") != "drop":
        return
    rows = sum(int(one["rows"]) for one in examined.info.inputs if one.get("system") is None)
    number = rows - examined.n_utterances
    if number > 0:
        what = f"{of(number, rows)} rows have no speaker and were left out (--missing-speaker drop)."
        consequence = (
            "The evaluation is about the recordings whose speakers are known; the others may differ from "
            "them."
        )
        yield NO_SPEAKER_ID.found("warning", what, EVERYWHERE, number, consequence=consequence)


def _names_for_nobody(examined: Examined) -> Iterator[DoctorFault]:
    nobody = [
        code for code, one in enumerate(examined.speaker_ids) if one.strip().casefold() in _NAMES_FOR_NOBODY
    ]
    number = int(np.isin(examined.speaker, nobody).sum()) if nobody else 0
    if number > 1:
        names = [examined.speaker_ids[code] for code in nobody]
        what = (
            f"{of(number, examined.n_utterances)} utterances have a speaker called {listed(names)}, which "
            "looks like a word for nobody."
        )
        advice = "If it is one, leave the field blank and ingest with `--missing-speaker drop` or `one`."
        yield NO_SPEAKER_ID.found("warning", what, EVERYWHERE, number, advice=advice)
