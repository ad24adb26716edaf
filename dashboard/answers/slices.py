"""Which slices does a system serve worst, and which combinations are worse than their parts explain?

Reads the rows of a build, has them searched and put to the test, and gives the result names.
Every search is written to the log of searches here, so that no front end can forget it. The
Slices page and `fairhearing slices` call this.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from analysis.selection import Selection
from analysis.slices import Search, SearchPlan, prepared, search
from analysis.slices_audit import Audit, audit
from analysis.slices_confirm import Confirmation, SpeakerSplit, confirm, halves
from analysis.slices_estimates import SliceEstimate, contributions, slice_estimate
from analysis.slices_prune import Explained
from analysis.slices_rows import Items, SearchLimits, SliceRows, peers_of
from dashboard.answers.families import settled
from dashboard.answers.slices_absent import largest_groups, minimum_that_judges
from dashboard.answers.slices_record import put_on_record
from dashboard.answers.slices_rows import (
    SlicesQuestion,
    check_question,
    conditions,
    refuse_too_little,
    searched_attributes,
    selection_of,
    slice_rows,
)
from data.store import Build

Progress = Callable[[str, int, int], None]
MOST_EXPLAINED_SHOWN = 20
BY_CONDITIONS = "recording conditions"


@dataclass(frozen=True)
class Confirmed:
    """What the confirmation speakers say of a slice."""

    estimate: SliceEstimate
    p_holm: float
    """One-sided, adjusted by Holm for all slices put to the test."""
    confirmed: bool
    in_both_halves: bool
    """Whether a search of each half alone lists it."""


@dataclass(frozen=True)
class FoundSlice:
    """One slice; its numbers are those of the speakers that were searched."""

    where: tuple[tuple[str, str], ...]
    """Conditions as (attribute, group)."""
    selection: Selection
    names_speakers: bool
    """False: conditions or content alone, so a matter of robustness."""
    comparator: str
    """peers: other speakers in the same conditions. complement: everything outside the slice."""
    estimate: SliceEstimate
    p: float | None
    """One-sided, from the search; None for a slice that was put aside."""
    q: float | None
    """Benjamini-Hochberg over every slice tested; None for a slice that was put aside."""
    contributions: tuple[tuple[str, str, float], ...]
    """How far each condition moves the rate from the overall one, as (attribute, group, fraction)."""
    explained_by: Selection | str | None = None
    """The slice that explains it, or that the mix of conditions does; None where it says something of its own."""
    test: Confirmed | None = None
    """None where it was not put to the test."""


@dataclass(frozen=True)
class Halves:
    """Which speakers were searched and which were asked to confirm."""

    seed: int
    stratified_by: str | None
    """The attribute in whose groups both halves are alike; None without attributes."""
    n_discovery: int
    n_confirmation: int
    sha256: str
    """Of the numbers of the discovery speakers, to tell whether two searches used the same halves."""

    @staticmethod
    def of(split: SpeakerSplit) -> Halves:
        return Halves(split.seed, split.stratified_by, split.n_discovery, split.n_confirmation, split.sha256)


@dataclass(frozen=True)
class SlicesAnswer:
    """What one search looked at, found, put aside and confirmed."""

    question: SlicesQuestion
    system: str
    attributes: tuple[str, ...]
    searched: int
    """Combinations of groups up to the depth; tested and too few add up to it."""
    tested: int
    too_few: int
    overall_rate: float
    n_speakers: int
    """Speakers of the selection, both halves together."""
    found: tuple[FoundSlice, ...]
    """Confirmed ones first, each part from the surest on."""
    explained: tuple[FoundSlice, ...]
    """Put aside, the surest first; the first twenty."""
    n_explained: int
    cannot_judge: tuple[tuple[tuple[str, str], ...], ...]
    """Groups and pairs of groups with too little data that hold no smaller such, as (attribute, group)."""
    split: Halves | None
    """None where nothing was put to the test."""
    audits: tuple[Audit, ...]
    """The second opinion; empty where nothing was put to the test."""
    seconds: float = field(compare=False)
    without_groups: tuple[tuple[str, int], ...] = ()
    """Attributes none of whose groups has enough speakers, with the most that one of them has in each part that is searched."""
    lower_minimum: int | None = None
    """The minimum with which a group of one of those attributes is judged; None where none does that, or all take part."""
    lower_for: str = ""
    """That attribute; "" where there is no such minimum."""

    @property
    def fewest_asked(self) -> int:
        """Speakers that a slice needs in each part that is searched: half of the minimum in a half of the speakers."""
        asked = self.question.min_speakers
        return asked if self.split is None else -(-asked // 2)


def slices(
    build: Build, question: SlicesQuestion, progress: Progress, *, again: bool = False
) -> SlicesAnswer:
    """Search an evaluation for slices; raises `QuestionError`, `SelectionError` or `UnknownMetric`.

    `progress` is told what is being combined, how many combinations of attributes are done, and how many there are.

    again: it is on record already and is shown once more, so it is no further try.
    """
    started = time.perf_counter()
    question = settled(build, question)
    check_question(build, question)
    rows = slice_rows(build, question)
    limits = SearchLimits(min_speakers=question.min_speakers)
    plan = SearchPlan(question.question, question.baseline, question.depth, limits)
    refuse_too_little(rows, question)
    answer = _confirmed(rows, plan, question, progress) if question.confirm else _listed(rows, plan, progress)
    attributes = tuple(a.name for a in searched_attributes(build.info, question))
    system = question.system or build.info.systems[0]
    answer = replace(
        answer, question=question, system=system, attributes=attributes, seconds=time.perf_counter() - started
    )
    if not again:
        _put_on_record(build, answer)
    return answer


def _listed(rows: SliceRows, plan: SearchPlan, progress: Progress) -> SlicesAnswer:
    """The list of all speakers, gated by its false discovery rate."""
    ready = prepared(rows, plan)
    found = search(ready, plan, progress)
    named = tuple(_named(ready, one.items, one.estimate, one.p, one.q) for one in found.found)
    return _answer(rows, (ready,), found, named, plan)


def _confirmed(
    rows: SliceRows, plan: SearchPlan, question: SlicesQuestion, progress: Progress
) -> SlicesAnswer:
    """What half of the speakers show, tested on the others, with the second opinion."""
    result: Confirmation = confirm(rows, plan, question.seed, progress)
    ready, others = halves(rows, result.split, plan)
    named = tuple(
        replace(
            _named(ready, one.found.items, one.found.estimate, one.found.p, one.found.q),
            test=Confirmed(one.confirm, one.p_holm, one.confirmed, one.in_both_halves),
        )
        for one in result.tested
    )
    progress("second opinion", 0, 1)
    first, second = halves(rows, result.split, SearchPlan())
    audits = tuple(audit(first, second, kind, question.baseline) for kind in ("errors", "residuals"))
    progress("second opinion", 1, 1)
    answer = _answer(rows, (ready, others), result.search, named, plan)
    return replace(answer, split=Halves.of(result.split), audits=audits)


def _answer(
    rows: SliceRows,
    parts: tuple[SliceRows, ...],
    found: Search,
    named: tuple[FoundSlice, ...],
    plan: SearchPlan,
) -> SlicesAnswer:
    """What was found in the first of the parts."""
    limits = plan.limits.halved() if len(parts) > 1 else plan.limits
    absent = tuple(small for small in largest_groups(parts) if small[1] < limits.min_speakers)
    lower = minimum_that_judges(parts, [name for name, _ in absent], plan.limits)
    aside = tuple(_put_aside(parts[0], one) for one in found.explained[:MOST_EXPLAINED_SHOWN])
    return SlicesAnswer(
        SlicesQuestion(),
        "",
        (),
        found.searched,
        found.tested,
        found.too_few,
        rows.overall_rate,
        rows.n_speakers,
        named,
        aside,
        len(found.explained),
        tuple(conditions(rows, one) for one in found.untestable),
        None,
        (),
        0.0,
        absent,
        *(lower or ()),
    )


def _named(
    rows: SliceRows, items: Items, estimate: SliceEstimate, p: float | None, q: float | None
) -> FoundSlice:
    where = conditions(rows, items)
    moved = contributions(rows, items)
    return FoundSlice(
        where,
        selection_of(where),
        any(rows.columns[column].role == "speaker" for column, _ in items),
        "peers" if peers_of(rows.columns, items) else "complement",
        estimate,
        p,
        q,
        tuple((*name, value) for name, (_, value) in zip(where, moved, strict=True)),
    )


def _put_aside(rows: SliceRows, one: Explained) -> FoundSlice:
    by = selection_of(conditions(rows, one.by)) if one.by else BY_CONDITIONS
    return replace(_named(rows, one.items, slice_estimate(rows, one.items), None, None), explained_by=by)


def _put_on_record(build: Build, answer: SlicesAnswer) -> None:
    confirmed = sum(one.test.confirmed for one in answer.found if one.test)
    put_on_record(
        build.info,
        answer.question,
        answer.searched,
        answer.tested,
        len(answer.found),
        confirmed if answer.question.confirm else None,
    )
