"""What the Subgroup page says, as sentences.

Owns the words about one subgroup against the others: its sentence, what it is compared
with, how many questions were asked, and when a difference is about conditions and not
about people. Takes results of `answers` and computes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.judgement import VERDICTS
from analysis.rates import NOBODY, SUPPRESSED, RateTable
from analysis.selection import Everything
from analysis.verdict_reasons import NO_GROUP
from dashboard.answers.families import declared_family, is_compared_as_declared
from dashboard.answers.subgroup import SUBGROUP, SubgroupAnswer
from dashboard.wording import (
    attribute_name,
    level_text,
    listed,
    people,
    percent,
    ratio_text,
    selection_sentence,
)
from dashboard.wording_audience import audience_foot, withheld_sentence
from dashboard.wording_methods import selection_label
from dashboard.wording_mixes import mix_phrase, mix_sentence, share_sentence
from dashboard.wording_plan import family_badge
from dashboard.wording_sentences import COUNTS_ERRORS, base_of, counts_sentence, of_base, rate_in_words
from dashboard.wording_verdicts import NO_CLAIM, margin_text, verdict_in_sentence
from data.store import EvaluationInfo

EXPLORATORY = "Exploratory: not declared in advance"
TABS = {"result": "Result", "errors": "Errors", "conditions": "Conditions"}
"""Tabs of the page, by their name in a link."""
THIS_SUBGROUP = "This subgroup"
WHATEVER_CONDITIONS = (
    "All other recordings were made in whatever conditions, so part of this gap may be that of the conditions and not of who "
    "spoke. “Others in the same conditions” leaves that part out."
)
COMPARISONS = {"peers": "others in the same conditions", "complement": "all other recordings"}


def comparison_label(kind: str, mixed: tuple[str, ...]) -> str:
    """A comparison that can be chosen; `mixed` are the conditions in whose mix the others are taken, if any."""
    if "=" in kind:
        name, _, value = kind.partition("=")
        return f"{attribute_name(name.strip())} {value.strip()}"
    return f"others {mix_phrase(mixed)}" if kind == "peers" and mixed else COMPARISONS[kind]


def subgroup_headline(answer: SubgroupAnswer, synthetic: bool) -> str:
    """What is known of the subgroup, with the system as the subject."""
    table, chosen = answer.table, selection_sentence(answer.question.where)
    if isinstance(answer.question.where, Everything):
        return "Define a subgroup to see how a system does for it."
    if table.status[SUBGROUP] == NOBODY:
        return f"There are no {chosen}, so there is no rate."
    if table.status[SUBGROUP] == SUPPRESSED:
        return withheld_sentence(table.settings, synthetic)
    rate, other = float(table.statistics.rate[SUBGROUP]), float(table.contrast.rate[SUBGROUP])
    counts_errors = table.metric.id in COUNTS_ERRORS
    words = rate_in_words(table.metric, rate)
    first = (
        f"{answer.system} makes {words} in {chosen}"
        if counts_errors
        else f"{answer.system}: {words} in {chosen}"
    )
    if not table.contrast.denominator[SUBGROUP] > 0:
        return f"{first}."
    same_base = counts_errors and base_of(rate) == base_of(other)
    against = f"{of_base(other, base_of(rate)):,}" if same_base else percent(other)
    return f"{first}, against {against} for {others_phrase(answer, synthetic)}: {verdict_words(answer)}."


def verdict_words(answer: SubgroupAnswer) -> str:
    """Ratio and verdict: "1.36× (1.11–1.67), worse, shown"."""
    judged = answer.table.judgement
    verdict = VERDICTS[int(judged.verdict[SUBGROUP])]
    ratio = ratio_text(
        float(judged.ratio[SUBGROUP]), float(judged.low[SUBGROUP]), float(judged.high[SUBGROUP])
    )
    said = verdict_in_sentence(verdict, answer.table.settings.margin_ratio)
    return f"{ratio}, {NO_CLAIM if answer.guessed else said}"


def others_phrase(answer: SubgroupAnswer, synthetic: bool) -> str:
    """Whom the subgroup is compared with, in short."""
    if strata := answer.mixed:
        return f"other {people(synthetic)} {mix_phrase(strata)}"
    if answer.others is not None:
        return selection_sentence(answer.others)
    return (
        "all other recordings"
        if answer.comparator == "complement"
        else f"other {people(synthetic)} in the same conditions"
    )


def comparator_phrase(answer: SubgroupAnswer, synthetic: bool) -> str:
    """Whom the subgroup is compared with, and within which recordings."""
    same_pool = answer.comparator != "peers" or answer.mixed
    pool = "" if same_pool else f" ({selection_sentence(answer.pool)})"
    return f"{others_phrase(answer, synthetic)}{pool}"


def short_comparator(answer: SubgroupAnswer) -> str:
    """The other side of the picture; where mixes are made alike it is still drawn as it was recorded."""
    if answer.mixed:
        return "All others, as recorded"
    if answer.others is not None:
        label = comparison_label(answer.comparator, ())
        return f"{label[0].upper()}{label[1:]}"
    return {"peers": "Others, same conditions", "complement": "All others"}[answer.comparator]


def mix_note(answer: SubgroupAnswer, synthetic: bool) -> str | None:
    """How much of the subgroup is compared with others in its own mix, or why none is; None where neither was called for."""
    mix = answer.table.mix
    if mix is None:
        return None
    if mix.why_not:
        return mix_sentence(answer.table, synthetic)
    return share_sentence(float(mix.share_present[SUBGROUP]), mix.strata, synthetic)


def subgroup_facts(answer: SubgroupAnswer, synthetic: bool) -> str:
    """What stands under the picture: selection, counts, comparator, level."""
    table = answer.table
    parts = [selection_label(answer.question.where), subgroup_counts(answer, synthetic)]
    if table.contrast.denominator[SUBGROUP] > 0:
        parts.append(f"compared with {comparator_phrase(answer, synthetic)}")
    parts.append(f"{level_text(table.level)} intervals by speaker")
    return " · ".join([*parts, audience_foot(answer.question.audience)])


def subgroup_counts(answer: SubgroupAnswer, synthetic: bool) -> str:
    """How much stands behind the subgroup."""
    return counts_sentence(answer.table, SUBGROUP, synthetic)


def subgroup_badge(info: EvaluationInfo, answer: SubgroupAnswer) -> str:
    """Whether the subgroup was declared in advance, as one group of a grouping; its verdict here is of it alone."""
    asked = answer.question
    family = declared_family(info, asked.where, asked.metric, asked.against)
    if family is None:
        return EXPLORATORY
    as_declared = is_compared_as_declared(info, asked.where, answer.comparator)
    others = "" if as_declared else ", and not compared with whom the plan names"
    return f"{family_badge(family, info)}; judged here by itself{others}"


def copied_subgroup(
    answer: SubgroupAnswer,
    headline: str,
    source: str,
    notice: str | None,
    synthetic: bool,
    badge: str = EXPLORATORY,
    beside: str = "",
) -> str:
    """Sentence, numbers, caveat and build, to be pasted somewhere else; `beside` is the verdict of its table where it is another."""
    facts = f"{subgroup_facts(answer, synthetic)}."
    notes = [facts, robustness_note(answer, synthetic), beside, family_note(answer)]
    return "\n".join(line for line in (headline, *notes, f"{badge}.", f"{source}.", notice) if line)


def subgroup_method(answer: SubgroupAnswer, normalizer: Mapping[str, Any]) -> str:
    """Metric, comparison, interval and verdict of a subgroup, as Markdown."""
    table, settings = answer.table, answer.table.settings
    against = "the rest of those in the same conditions"
    if answer.others is not None:
        against = f"{others_phrase(answer, False)}, as this link or the reader names it"
    elif answer.comparator == "complement" or answer.mixed:
        against = "the rest of everybody"
    lines = (
        f"**{table.metric.label}.** {table.metric.sentence} Errors are added up before they are divided.",
        f"**Text.** Compared after the normaliser “{normalizer['id']}”, version {normalizer['version']}.",
        (
            f"**Comparison.** The subgroup against {against}. By rule it is compared with others in the same "
            "conditions where it names speakers and conditions, joined by “all of these”; with others in its own mix of "
            "conditions where it names speakers alone and their mix is another one; else with all others. "
            f"{mix_note(answer, synthetic=False) or ''}"
        ),
        (
            f"**Intervals.** {level_text(table.level)}, leaving out one speaker at a time on the log scale, because recordings "
            "of one speaker are alike. A speaker who is on both sides is left out of both at once."
        ),
        (
            f"**Verdict.** By the 95 % interval of the ratio and a margin of {margin_text(settings.margin_ratio)}. "
            f"{family_note(answer)}"
        ),
        (
            f"**Minima.** Below {settings.min_speakers} speakers, {settings.min_effective_speakers:g} effective speakers or "
            f"{settings.min_expected_errors:g} expected errors on either side nothing is judged."
        ),
    )
    return "\n\n".join(lines)


def family_note(answer: SubgroupAnswer) -> str:
    """How many questions were asked, and what asking many would mean."""
    level = level_text(1 - answer.table.settings.alpha)
    return (
        f"One question was asked, a family of one, so nothing is corrected for. Whoever tries many subgroups until "
        f"one stands out has asked many questions: the {level} then no longer hold."
    )


def table_note(answer: SubgroupAnswer, table: RateTable, position: int | None) -> str:
    """That the same group has another verdict among all groups of its table, and why; "" where it has the same, or none."""
    if position is None or table.status[position] in (NOBODY, SUPPRESSED):
        return ""
    if int(table.judgement.reason[position]) in NO_GROUP:
        return ""
    there = VERDICTS[int(table.judgement.verdict[position])]
    here = VERDICTS[int(answer.table.judgement.verdict[SUBGROUP])]
    if there == here:
        return ""
    by = listed([attribute_name(one.name) for one in table.attributes])
    other = verdict_in_sentence(there, table.settings.margin_ratio)
    if otherwise := _judged_otherwise(answer, table):
        return (
            f"Overview and Heatmap give another verdict on this group: {other}. There it is one of "
            f"{table.judgement.family_size:,} groups by {by}, judged together and {otherwise}; here it is the only question."
        )
    return (
        f"Overview and Heatmap judge all {table.judgement.family_size:,} groups by {by} together, corrected for so many, and "
        f"their verdict on this one is another: {other}. Here it is the only question. If it was picked out there, that "
        "verdict is the one to go by."
    )


def _judged_otherwise(answer: SubgroupAnswer, table: RateTable) -> str:
    """With whom and at which margin a table judges its groups, where it is not as the subgroup is; "" where it is."""
    kind, margin = table.comparator.label, table.settings.margin_ratio
    parts = [f"compared with {comparison_label(kind, ())}"] * (kind != answer.comparator)
    parts += [f"at a margin of {margin_text(margin)}"] * (margin != answer.table.settings.margin_ratio)
    return ", ".join(parts)


def robustness_note(answer: SubgroupAnswer, synthetic: bool) -> str | None:
    """What of a difference is not about who spoke: all of it where no speakers are named, part of it where conditions differ."""
    if isinstance(answer.question.where, Everything):
        return None
    if answer.about_speakers:
        return WHATEVER_CONDITIONS if answer.question.against == "complement" else None
    return (
        f"No attribute of {people(synthetic)} is named. Effects of conditions are robustness, not fairness: "
        f"they are not laid on those who spoke there."
    )


def split_caption(attribute: str, n_groups: int, n_hidden: int = 0) -> str:
    """What the groups of a split are compared with, and how many they are; `n_hidden` are left out by the selection."""
    if not n_groups:
        return f"By {attribute_name(attribute)}, within this selection: nothing that could be judged."
    questions = "one question" if n_groups == 1 else f"a family of {n_groups} questions, corrected together"
    by = f"Each group by {attribute_name(attribute)}"
    if not n_hidden:
        return f"{by} against the rest of this selection: {questions}."
    hidden = (
        "1 group that is not selected is" if n_hidden == 1 else f"{n_hidden} groups that are not selected are"
    )
    return f"{by} against all others, selected or not: {questions}. {hidden} not shown."
