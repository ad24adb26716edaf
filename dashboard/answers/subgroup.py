"""How does a subgroup that somebody defined fare against the others?

A subgroup is any selection. Its comparison runs through the same engine as every grouping:
the subgroup and the rest of a pool are two groups. The pool is everybody (complement) or
those in the same conditions (peers): the selection without what it says about speakers. Where
it says nothing else, peers are all others, weighted by the subgroup's mix of conditions.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from analysis.attributes import Attribute
from analysis.memberships import shared_members
from analysis.metrics import Metric
from analysis.mix_of_conditions import ConditionMix, in_the_same_mix, possible_conditions
from analysis.publication import published
from analysis.published_digits import Digits
from analysis.rates import NOBODY, GroupedCounts, RateTable, grouped_counts, rate_table, whole_statistics
from analysis.roles import Comparator
from analysis.selection import Selection
from analysis.selection_words import attributes_named
from analysis.settings import DEFAULTS, Settings
from dashboard.answers.audience import INTERNAL, PUBLIC, Audience, publishable
from dashboard.answers.choices import (
    chosen_metric,
    chosen_recordings,
    chosen_system,
    known_totals,
)
from dashboard.answers.families import settings_of_one, settled
from dashboard.answers.rates import RatesQuestion, rates
from dashboard.answers.subgroup_comparators import comparison_pool, declared_others, names_role
from dashboard.answers.subgroup_row import groups_of_a_row
from data.pair_counts import PairCounts
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
    """peers, complement or ATTRIBUTE=VALUE; None is peers where the subgroup names speakers and conditions, or speakers alone who
    were recorded in another mix of conditions; else complement."""
    level: float = DEFAULTS.level
    settings: Settings = DEFAULTS
    audience: Audience = INTERNAL
    digits: Digits = "printed"
    """How far the public's numbers are rounded."""
    by_plan: bool = True
    """Whether a declared group is judged by the plan's margin and minimum speakers; False where several subgroups are judged
    together, by one margin."""


@dataclass(frozen=True)
class SubgroupAnswer:
    """The subgroup against the rest of its pool."""

    question: SubgroupQuestion
    system: str
    table: RateTable
    """Two rows: REST and SUBGROUP. Only the subgroup is judged, as a family of one."""
    comparator: str
    """peers, complement or ATTRIBUTE=VALUE."""
    pool: Selection
    """Whom the subgroup is compared within, the subgroup included."""
    others: Selection | None
    """The group it is compared with where one was named; None where it is the rest of the pool."""
    about_speakers: bool
    """Whether the subgroup says anything about speakers; otherwise a difference is robustness, not fairness."""
    guessed: bool
    """Whether software guessed what it says of speakers: then nothing may be claimed of them."""

    @property
    def mixed(self) -> tuple[str, ...]:
        """Conditions in whose mix the others are compared with it; empty where they are compared as recorded."""
        mix = self.table.mix
        return mix.strata if mix is not None and mix.used else ()


def subgroup(build: Build, question: SubgroupQuestion) -> SubgroupAnswer:
    """Contrast a subgroup with its peers or its complement.

    Raises `QuestionError` for a comparator that cannot be had, `SelectionError` for
    an unknown attribute or value; each message says what to do.
    """
    question = settled(build, question)
    where = chosen_recordings(build, question.where)
    system = chosen_system(build, question.system)
    chosen = chosen_metric(build, question.metric)
    conditions = _conditions(build, question, chosen)
    # Peers of speakers alone are found among all recordings.
    against = "complement" if conditions else question.against
    kind, pool = comparison_pool(question.where, build.info.attributes, against)
    within = chosen_recordings(build, pool)
    if question.by_plan:
        own = settings_of_one(build.info, question.where, chosen.id, question.against, question.settings)
        question = replace(question, settings=own)
    finer = membership_counts(build.cursor(), system, where, within, chosen, conditions)
    pairs = finer.rolled_up([0], [2])
    counts = chosen.by_speaker(pairs.group, pairs.speaker, pairs.columns, len(pairs.codes))
    membership = Attribute("subgroup", "content", "category", ("the rest", "subgroup"), has_missing=False)
    comparator = Comparator("complement")
    grouped = grouped_counts([membership], pairs.codes, pairs.totals(), counts, comparator)
    grouped = replace(grouped, totals=known_totals(build, grouped.totals))
    if conditions:
        row_of = _mix_of_its_table(build, question)
        grouped = _in_its_mix(grouped, finer, conditions, question, chosen, row_of)
        kind = "peers" if grouped.mix and grouped.mix.used else "complement"
    whole = whole_statistics(counts)
    # One question is asked, about the subgroup; the rest is its mirror image and no second test.
    table = rate_table(
        chosen, [membership], grouped, comparator, whole, question.level, question.settings, mirrored=(REST,)
    )
    if question.audience == PUBLIC:
        table = for_the_public(
            build, system, table, (question.where, pool), question.settings, question.digits
        )
    about_speakers = names_role(question.where, build.info.attributes, speaker=True)
    others = declared_others(question.where, build.info.attributes, question.against)
    named = attributes_named(question.where)
    guessed = any(one.guessed for one in build.info.attributes if one.name in named)
    return SubgroupAnswer(
        question, build.info.systems[system], table, kind, pool, others, about_speakers, guessed
    )


def _conditions(build: Build, question: SubgroupQuestion, chosen: Metric) -> tuple[Attribute, ...]:
    """Conditions over which a subgroup of speakers alone may have to be compared in its own mix; none for any other."""
    known = build.info.attributes
    alone = names_role(question.where, known, speaker=True) and not names_role(
        question.where, known, speaker=False
    )
    several = set(attributes_named(question.where)) & set(shared_members(known))
    if question.against not in (None, "peers") or several or not (alone and chosen.is_ratio):
        return ()
    return possible_conditions(known)


def _in_its_mix(
    grouped: GroupedCounts,
    finer: PairCounts,
    conditions: tuple[Attribute, ...],
    question: SubgroupQuestion,
    chosen: Metric,
    row_of: ConditionMix | None,
) -> GroupedCounts:
    """The comparison in the subgroup's own mix, where that is called for; as in the table it is a row of, if it is one."""
    if row_of is not None and not row_of.used:
        unknown = np.full(len(grouped.codes), np.nan)
        return replace(grouped, mix=replace(row_of, share_present=unknown))
    cells = chosen.by_speaker(finer.group, finer.speaker, finer.columns, len(finer.codes))
    codes, limit = finer.codes, None if question.against == "peers" else question.settings.mix_limit
    if row_of is not None:
        kept = [place for place, one in enumerate(conditions) if one.name in row_of.strata]
        codes, limit = codes[:, [0, *(1 + place for place in kept)]], None
        conditions = tuple(conditions[place] for place in kept)
    asked = grouped.codes[:, 0] == SUBGROUP
    mix, contrast = in_the_same_mix(
        cells, codes, conditions, grouped.statistics, grouped.contrast, limit, asked, question.settings
    )
    return replace(grouped, mix=mix, contrast=contrast)


def _mix_of_its_table(build: Build, question: SubgroupQuestion) -> ConditionMix | None:
    """How a table of which the subgroup is one row compares its groups, so that both say the same; None: it is no row."""
    groups = groups_of_a_row(question.where)
    if groups is None:
        return None
    asked = RatesQuestion(
        question.system,
        tuple(groups),
        question.metric,
        against=question.against,
        level=question.level,
        settings=question.settings,
    )
    return rates(build, asked).table.mix


def for_the_public(
    build: Build,
    system: int,
    table: RateTable,
    selections: tuple[Selection, Selection],
    settings: Settings,
    digits: Digits = "printed",
) -> RateTable:
    """Both rows where the subgroup and its pool may be published, else neither: the rest is their difference."""
    minimum = settings.public_min_speakers
    withheld = [publishable(build, system, (), one, table.metric, minimum).whole for one in selections]
    hidden = np.full(len(table), any(withheld)) & (table.status != NOBODY)
    few = (table.statistics.n_speakers > 0) & (table.statistics.n_speakers < minimum)
    return published(table, np.full(len(table), bool((hidden | few).any())), digits=digits)


def subgroup_query(build: Build, question: SubgroupQuestion) -> Query:
    """The SQL behind a subgroup's comparison."""
    _, pool = comparison_pool(question.where, build.info.attributes, question.against)
    inside, within = (chosen_recordings(build, one) for one in (question.where, pool))
    chosen = chosen_metric(build, question.metric)
    return membership_query(chosen_system(build, question.system), inside, within, chosen)
