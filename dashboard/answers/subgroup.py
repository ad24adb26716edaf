"""How does a subgroup that somebody defined fare against the others?

A subgroup is any selection. Its comparison runs through the same engine as every grouping:
the subgroup and the rest of a pool are two groups. The pool is everybody (complement) or
those in the same conditions (peers): the selection without what it says about speakers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.attributes import Attribute
from analysis.rates import RateTable, grouped_counts, rate_table, whole_statistics
from analysis.roles import Comparator
from analysis.selection import AllOf, AnyOf, Between, Everything, Not, NotStated, OneOf, Selection
from analysis.selection_check import check
from analysis.settings import DEFAULTS, Settings
from analysis.speaker_counts import SpeakerCounts
from dashboard.answers.choices import QuestionError, chosen_metric, chosen_system, known_totals
from data.queries import Query, membership_counts, membership_query
from data.store import Build

REST, SUBGROUP = 0, 1


@dataclass(frozen=True)
class SubgroupQuestion:
    """What is asked of one subgroup; a frozen value, so that it can be a cache key."""

    where: Selection
    system: str | None = None
    metric: str = "wer"
    against: str | None = None
    """peers or complement; None is peers where the subgroup names speakers and conditions, else complement."""
    level: float = DEFAULTS.level
    settings: Settings = DEFAULTS


@dataclass(frozen=True)
class SubgroupAnswer:
    """The subgroup against the rest of its pool."""

    question: SubgroupQuestion
    system: str
    table: RateTable
    """Two rows: REST and SUBGROUP. Only the subgroup is judged, as a family of one."""
    comparator: str
    """peers or complement."""
    pool: Selection
    """Whom the subgroup is compared within, the subgroup included."""
    about_speakers: bool
    """Whether the subgroup says anything about speakers; otherwise a difference is robustness, not fairness."""


def subgroup(build: Build, question: SubgroupQuestion) -> SubgroupAnswer:
    """Contrast a subgroup with its peers or its complement.

    Raises `QuestionError` for a comparator that cannot be had, `SelectionError` for
    an unknown attribute or value; each message says what to do.
    """
    check(question.where, build.info.attributes)
    kind, pool = comparison_pool(question.where, build.info.attributes, question.against)
    system = chosen_system(build, question.system)
    chosen = chosen_metric(build, question.metric)
    pairs = membership_counts(build.cursor(), system, question.where, pool)
    counts = SpeakerCounts.of(
        pairs.group, pairs.speaker, chosen.errors(pairs.columns), chosen.size(pairs.columns), len(pairs.codes)
    )
    membership = Attribute("subgroup", "content", "category", ("the rest", "subgroup"), has_missing=False)
    comparator = Comparator("complement")
    grouped = grouped_counts([membership], pairs.codes, pairs.totals(), counts, comparator)
    grouped = replace(grouped, totals=known_totals(build, grouped.totals))
    whole = whole_statistics(counts)
    # One question is asked, about the subgroup; the rest is its mirror image and no second test.
    table = rate_table(
        chosen, [membership], grouped, comparator, whole, question.level, question.settings, mirrored=(REST,)
    )
    about_speakers = names_role(question.where, build.info.attributes, speaker=True)
    return SubgroupAnswer(question, build.info.systems[system], table, kind, pool, about_speakers)


def subgroup_query(build: Build, question: SubgroupQuestion) -> Query:
    """The SQL behind a subgroup's comparison."""
    _, pool = comparison_pool(question.where, build.info.attributes, question.against)
    return membership_query(chosen_system(build, question.system), question.where, pool)


def comparison_pool(
    where: Selection, attributes: tuple[Attribute, ...], against: str | None
) -> tuple[str, Selection]:
    """The kind of comparison and the pool: everything, or the same conditions with any speaker."""
    if against not in (None, "peers", "complement"):
        raise QuestionError(f"'{against}' is not a comparison of a subgroup. Use peers or complement.")
    if against == "complement":
        return "complement", Everything()
    conditions = _without_speakers(where, attributes)
    if conditions is None or not names_role(where, attributes, speaker=True):
        if against == "peers":
            raise QuestionError(
                "Peers are other speakers in the same conditions, so the subgroup must name both speakers and "
                "conditions, joined by AND. Compare it with its complement instead."
            )
        return "complement", Everything()
    return "peers", conditions


def names_role(where: Selection, attributes: tuple[Attribute, ...], speaker: bool) -> bool:
    """Whether a selection has a condition on an attribute of the speaker (or, if not `speaker`, on any other)."""
    role = {attribute.name: attribute.role for attribute in attributes}
    match where:
        case OneOf(attribute=name) | Between(attribute=name) | NotStated(attribute=name):
            return (role.get(name) == "speaker") == speaker
        case Not(part):
            return names_role(part, attributes, speaker)
        case AllOf(parts) | AnyOf(parts):
            return any(names_role(part, attributes, speaker) for part in parts)
    return False


def _without_speakers(where: Selection, attributes: tuple[Attribute, ...]) -> Selection | None:
    """The conditions of a conjunction that do not concern speakers; None where there are none to share."""
    parts = where.parts if isinstance(where, AllOf) else (where,)
    shared = tuple(part for part in parts if not names_role(part, attributes, speaker=True))
    if not shared or shared == (Everything(),):
        return None
    return shared[0] if len(shared) == 1 else AllOf(shared)
