"""What the overview says: its sentence, its verdicts counted, its four numbers with what stands behind each."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from analysis.judgement import UNDECIDED
from analysis.rates import NOBODY, SUPPRESSED, RateTable
from dashboard.answers.documents import mix_document
from dashboard.answers.gaps import gaps_document
from dashboard.answers.grid import Grid, VerdictCounts
from dashboard.answers.overall_mixes import mixes_document
from dashboard.answers.overview import ConditionEffect, Overview
from dashboard.wording import (
    attribute_label,
    attribute_name,
    group_phrase,
    interval_text,
    listed,
    number,
    people,
    percent,
    plural,
    ratio_text,
)
from dashboard.wording_audience import ALL_WITHHELD, WITHHELD_IN_CELL, withheld_count
from dashboard.wording_glossary import what_is
from dashboard.wording_mixes import mix_sentence, other_mixes_sentence, range_sentence
from dashboard.wording_sentences import (
    MOST_NAMED,
    comparator_phrase,
    guessed_by_software,
    guessed_headline,
    makes_more,
    rate_in_words,
)
from dashboard.wording_verdicts import margin_text

NO_INTERVAL = "no interval from so few speakers"
NOBODY_SELECTED = "Nobody is selected, so there is nothing to compare."


def nobody_selected(answer: Overview) -> bool:
    """Whether no recording is selected, or none that the system was given."""
    return bool(answer.overall.whole.status[0] == NOBODY)


def overview_headline(answer: Overview, system: str) -> str:
    """What the first page says: for how many groups the system is shown to err more, and for which."""
    if nobody_selected(answer):
        return NOBODY_SELECTED
    if answer.groups is None or answer.counts is None:
        rate = float(answer.overall.whole.statistics.rate[0])
        if answer.overall.whole.status[0] == SUPPRESSED:
            return ALL_WITHHELD
        if math.isnan(rate):
            return f"{system} was given no words in this selection."
        words = rate_in_words(answer.overall.whole.metric, rate)
        return f"{system}: {words}. There are no two groups of speakers to compare here."
    table = answer.groups.table
    if guessed := guessed_by_software(table.attributes):
        return guessed_headline(guessed, system)
    name = table.attributes[0].name
    if answer.counts.n_withheld and not answer.counts.n_groups:
        return ALL_WITHHELD
    published = "published " if answer.counts.n_withheld else ""
    of = f"of {answer.counts.n_groups} {published}{plural(name)}"
    more = makes_more(table.metric)
    worse, slightly = (answer.named.get(verdict, ()) for verdict in ("worse", "slightly worse"))
    margin = margin_text(table.settings.margin_ratio)
    if worse and slightly:
        return (
            f"{system} {more} for {len(worse) + len(slightly)} {of}: {len(worse)} worse, shown ({_named(worse)}), and "
            f"{len(slightly)} worse, but by less than {margin} ({_named(slightly)})."
        )
    if worse:
        return f"{system} {more} for {len(worse)} {of}: {_named(worse)}."
    if slightly:
        return f"{system} {more}, but by less than {margin}, for {len(slightly)} {of}: {_named(slightly)}."
    return f"It is not shown that {system} {more} for any {of}."


def _named(groups: tuple[str, ...]) -> str:
    if len(groups) <= MOST_NAMED:
        return listed(groups)
    return f"{', '.join(groups[:MOST_NAMED])} and {len(groups) - MOST_NAMED} more"


def overview_rest(counts: VerdictCounts, margin: float) -> str:
    """Every verdict, counted and not named; "" where there is no group."""
    if not counts.n_groups and not counts.n_withheld:
        return ""
    words = {
        "worse": "worse, shown",
        "slightly worse": f"worse, but by less than {margin_text(margin)}",
        "within": f"not worse than {margin_text(margin)}, shown",
        "better": "better, shown",
        "undecided": "can’t tell yet",
    }
    said = " · ".join(f"{counts.counts[v]} {text}" for v, text in words.items() if counts.counts[v])
    rest = [withheld_count(counts.n_withheld)] if counts.n_withheld else []
    return " · ".join([f"Of {counts.n_groups}: {said}", *rest] if said or not rest else rest)


def effects_sentence(effects: tuple[ConditionEffect, ...]) -> str | None:
    """How much the conditions matter, kept apart from the people who spoke in them; None where nothing is shown."""
    if not effects:
        return None
    parts = [
        f"{group_phrase(effect.attribute, effect.group)}: {ratio_text(effect.ratio, effect.low, effect.high)}"
        for effect in effects
    ]
    said = "; ".join(parts)
    return f"Robustness, not fairness: the system errs most, against all other recordings, in {said}."


def forest_title(table: RateTable) -> str:
    """What stands over every group with its interval."""
    return f"{table.metric.label} by {attribute_name(table.attributes[0].name)}; dashed: all recordings"


def small_title(grid: Grid) -> str:
    """What stands over the small heatmap: Accent × noise."""
    names = [axis.attribute.name for axis in (grid.rows, grid.columns) if axis.attribute]
    return f"{attribute_label(names[0])} × {listed([attribute_name(name) for name in names[1:]])}"


def groups_sentences(answer: Overview, synthetic: bool) -> list[str]:
    """What is said under the groups of all of them together: their range, and their conditions where these differ."""
    if answer.groups is None:
        return []
    said = (
        range_sentence(gaps_document(answer.groups, answer.apart), mix_document(answer.groups.table)),
        mix_sentence(answer.groups.table, synthetic),
    )
    return [sentence for sentence in said if sentence]


def mixes_sentence(answer: Overview, synthetic: bool) -> str | None:
    """The overall rate under other mixes of groups; None where there is none to speak of."""
    return None if nobody_selected(answer) else other_mixes_sentence(mixes_document(answer.mixes), synthetic)


@dataclass(frozen=True)
class NumberCard:
    """One number with its words."""

    label: str
    value: str
    detail: str
    help: str


def overall_card(answer: Overview) -> NumberCard:
    """The rate of everything selected."""
    whole = answer.overall.whole
    rate, low, high = (
        float(v[0]) for v in (whole.statistics.rate, whole.intervals.low, whole.intervals.high)
    )
    detail = (
        f"{interval_text(low, high) if np.isfinite(low) else NO_INTERVAL} · {rate_in_words(whole.metric, rate)}"
        if np.isfinite(rate)
        else WITHHELD_IN_CELL
        if whole.status[0] == SUPPRESSED
        else "nobody was recorded"
    )
    explained = f"{whole.metric.sentence}\n\n{what_is('interval by speaker')}"
    return NumberCard(f"{whole.metric.label}, mix as tested", percent(rate), detail, explained)


def largest_card(answer: Overview, synthetic: bool) -> NumberCard | None:
    """The largest gap that is shown, and for whom."""
    if answer.groups is None:
        return None
    table, i = answer.groups.table, answer.largest
    name = table.attributes[0].name
    against = comparator_phrase(table, synthetic)
    text = f"The group’s rate over that of {against}. A gap stands here only where its verdict is shown."
    if i is None:
        return NumberCard("Largest gap shown", "none", f"between {plural(name)}", text)
    judged = table.judgement
    span = (
        ratio_text(float(judged.ratio[i]), float(judged.low[i]), float(judged.high[i]))
        .partition(" ")[2]
        .strip("()")
    )
    n_speakers = int(table.statistics.n_speakers[i])
    group = table.group(i)[name]
    detail = f"{span} · {group} · {n_speakers:,} {people(synthetic, n_speakers)}"
    return NumberCard("Largest gap shown", ratio_text(float(judged.ratio[i])), detail, text)


def undecided_card(answer: Overview, synthetic: bool) -> NumberCard | None:
    """Groups that cannot be told yet, and what it would take."""
    if answer.groups is None or answer.counts is None:
        return None
    table = answer.groups.table
    count = answer.counts.counts["undecided"]
    margin = margin_text(table.settings.margin_ratio)
    needed = table.judgement.speakers_needed[table.judgement.verdict == UNDECIDED]
    known = needed[np.isfinite(needed)]
    if not count:
        detail = f"every one of {answer.counts.n_groups} can be told at {margin}"
    elif len(known):
        detail = f"up to {number(float(known.max()))} {people(synthetic)} in a group would show a ratio of {margin}"
    else:
        detail = "too few speakers, words or errors"
    value = f"{count} of {answer.counts.n_groups}"
    return NumberCard("Can’t tell yet", value, detail, what_is("can’t tell yet"))


def combinations_card(answer: Overview) -> NumberCard | None:
    """How many of the heatmap's combinations could be judged."""
    counts = answer.combinations
    if counts is None:
        return None
    total = counts.n_groups + counts.n_empty + counts.n_withheld
    parts = [f"{counts.n_few:,} with few speakers"] * bool(counts.n_few) + [
        f"{counts.n_empty:,} not tested"
    ] * bool(counts.n_empty)
    parts += [withheld_count(counts.n_withheld)] * bool(counts.n_withheld)
    detail = listed(parts) if parts else "every combination has enough speakers"
    text = "Combinations of the heatmap with enough speakers, words and expected errors on both sides to be judged."
    return NumberCard("Combinations judged", f"{counts.n_tested:,} of {total:,}", detail, text)
