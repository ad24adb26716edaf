"""What systems returned: nothing at all, loops, or far more than was said.

Owns the checks of single outputs against their own reference. Whether an output belongs
to another recording is `misalignment.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from data.doctor.examined import Examined
from data.doctor.faults import DoctorFault, FaultKind, Severity, of
from data.doctor.groups import clustered_z, n_speakers
from data.queries_doctor import Ints, ScoreColumns

_FEWEST_EMPTY, _FEWEST_SPEAKERS = 10, 5
_FAR_LONGER, _WORDS_MORE = 3, 10
_REPEATS, _LONGEST_PHRASE = 4, 8
_FEWEST_RUNAWAY = 3

EMPTY_BY_GROUP = FaultKind(
    "empty-output-by-group",
    "Outputs without a word where the reference has words. A group is reported when its share is at least "
    "twice that of "
    "the others and four standard errors (by speaker) above it, so that chance does not do it among "
    "hundreds of groups, "
    f"with {_FEWEST_EMPTY} empty outputs of {_FEWEST_SPEAKERS} speakers or more; a system, when one "
    "output in twenty is empty.",
    "Each empty output counts all its words as deletions. The group's rate is then about whether the "
    "system answered at all, "
    "not about how well it understood.",
    "Listen to some of them: find out whether the recording, the service (timeouts, end of speech) or the "
    "speech is the "
    "cause, and report the share of empty outputs beside the rate.",
)
RUNAWAY = FaultKind(
    "runaway-output",
    f"Outputs in which a phrase of up to {_LONGEST_PHRASE} words stands {_REPEATS} or more times in a row "
    "and does not in the "
    f"reference (loops), and outputs at least {_FAR_LONGER} times as long as the reference and "
    f"{_WORDS_MORE} words longer. "
    f"Reported from {_FEWEST_RUNAWAY} outputs or a hundredth of a system's errors on, because a rare "
    "stutter moves no rate. A warning when they make a twentieth of a system's errors or more.",
    "A single such output can count more errors than the reference has words, so that a few of them make "
    "a group's rate.",
    "Look at them, say in the report how many there are, and compare the groups without them as well.",
)


def empty_outputs(examined: Examined) -> Iterator[DoctorFault]:
    """Groups and systems with many outputs that hold nothing."""
    for system, name in enumerate(examined.systems):
        counts = examined.counts(system)
        whole = (counts.n_words > 0).astype(np.int64)
        empty = ((counts.n_hypothesis_words == 0) & (counts.n_words > 0)).astype(np.int64)
        n_empty, n_all = int(empty.sum()), int(whole.sum())
        if n_empty >= _FEWEST_EMPTY and n_empty >= 0.05 * n_all:
            what = f"{of(n_empty, n_all)} outputs of {name} are empty although something was said."
            examples = [examined.cite(row) for row in counts.rows[empty > 0][:5]]
            yield EMPTY_BY_GROUP.found("warning", what, name, n_empty, examples)
        if n_empty >= _FEWEST_EMPTY:
            yield from _by_group(examined, name, counts, empty, whole)


def _by_group(
    examined: Examined, system: str, counts: ScoreColumns, empty: Ints, whole: Ints
) -> Iterator[DoctorFault]:
    speaker = examined.speaker[counts.rows]
    for attribute, _ in examined.groups():
        codes = examined.stated(attribute)[counts.rows]
        people = n_speakers(np.where(empty > 0, codes, -1), speaker, len(attribute.levels))
        found = []
        for code in np.flatnonzero(people >= _FEWEST_SPEAKERS).tolist():
            inside, others = codes == code, (codes != code) & (codes >= 0)
            mine, all_mine = int(empty[inside].sum()), int(whole[inside].sum())
            theirs, all_theirs = int(empty[others].sum()), int(whole[others].sum())
            either = inside | others
            if (
                mine >= _FEWEST_EMPTY
                and all_theirs
                and mine * all_theirs >= 2 * theirs * all_mine
                and clustered_z(empty[either], whole[either], inside[either], speaker[either]) >= 4
            ):
                text = (
                    f"{attribute.levels[code]}: {of(mine, all_mine)}, of all others {of(theirs, all_theirs)}"
                )
                found.append((-mine / all_mine, mine, text))
        if found:
            groups = "one group" if len(found) == 1 else f"{len(found)} groups"
            what = (
                f"{system} returns nothing at least twice as often for {groups} of {attribute.name} as for "
                "all others."
            )
            number = sum(mine for _, mine, _ in found)
            where = f"{system}, {attribute.name}"
            yield EMPTY_BY_GROUP.found("warning", what, where, number, [text for *_, text in sorted(found)])


def runaway_outputs(examined: Examined) -> Iterator[DoctorFault]:
    """Loops, and outputs far longer than their reference."""
    if not examined.has_texts:
        return
    for system, name in enumerate(examined.systems):
        counts = examined.counts(system)
        longer = counts.n_hypothesis_words - counts.n_words
        far = (counts.n_hypothesis_words >= _FAR_LONGER * counts.n_words) & (longer >= _WORDS_MORE)
        loops = _loops(examined, system, counts) if examined.writes(system) else np.zeros(len(far), bool)
        found = np.flatnonzero(far | loops)
        if len(found) >= _FEWEST_RUNAWAY or counts.errors[found].sum() > 0.01 * counts.errors.sum():
            yield _runaway(examined, name, system, found, int(loops.sum()), int(far.sum()))


def _runaway(
    examined: Examined, name: str, system: int, found: Ints, n_loops: int, n_far: int
) -> DoctorFault:
    counts = examined.counts(system)
    errors, all_errors = int(counts.errors[found].sum()), int(counts.errors.sum())
    kinds = []
    if n_loops:
        kinds.append(f"a phrase {_REPEATS} times in a row or more in {n_loops:,}")
    if n_far:
        kinds.append(f"far longer than the reference in {n_far:,}")
    hold = "It holds" if len(found) == 1 else "They hold"
    what = (
        f"Runaway outputs of {name} in {of(len(found), len(counts.rows))} utterances: {', '.join(kinds)}. "
        f"{hold} {of(errors, all_errors)} errors."
    )
    order = found[np.argsort(-counts.errors[found], kind="stable")]
    examples = [_lengths(examined, counts, system, place) for place in order[:5]]
    severity: Severity = "warning" if errors >= 0.05 * all_errors else "note"
    return RUNAWAY.found(severity, what, name, len(found), examples)


def _lengths(examined: Examined, counts: ScoreColumns, system: int, place: int) -> str:
    text = examined.hypotheses(system)[int(place)].as_py()
    cited = examined.cite(counts.rows[place], text)
    return f"{cited} ({counts.n_hypothesis_words[place]:,} words for {counts.n_words[place]:,})"


def _loops(examined: Examined, system: int, counts: ScoreColumns) -> np.ndarray:
    """Whether each output repeats a phrase; looked for only where enough words are wrong for a loop to be there."""
    result = np.zeros(len(counts.rows), bool)
    suspects = np.flatnonzero((counts.n_hypothesis_words >= _REPEATS) & (counts.errors >= _REPEATS - 1))
    texts = examined.folded(system).take(pa.array(suspects)).to_pylist()
    for place, text in zip(suspects.tolist(), texts, strict=True):
        words = text.split()
        if 2 * len({*words}) <= len(words) + 2 and (longest := repeated_phrase(words)):
            spoken = examined.folded_references[int(counts.rows[place])].as_py()
            result[place] = f" {longest} " not in f" {spoken} "
    return result


def repeated_phrase(words: list[str]) -> str:
    """The shortest phrase that stands four times in a row or more, with its first four times; "" where there is none."""
    for size in range(1, _LONGEST_PHRASE + 1):
        run = 0
        for place in range(size, len(words)):
            run = run + 1 if words[place] == words[place - size] else 0
            if run >= (_REPEATS - 1) * size:
                return " ".join(words[place - _REPEATS * size + 1 : place + 1])
    return ""
