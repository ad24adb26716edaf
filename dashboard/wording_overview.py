"""What the overview says: its sentence, its verdicts counted, and the lines on what stands behind them."""

from __future__ import annotations

import math

from analysis.rates import NOBODY, SUPPRESSED, RateTable
from analysis.settings import Settings
from dashboard.answers.documents import mix_document
from dashboard.answers.gaps import gaps_document
from dashboard.answers.grid import Grid, VerdictCounts
from dashboard.answers.overall_mixes import mixes_document
from dashboard.answers.overview import ConditionEffect, Overview
from dashboard.wording import (
    attribute_label,
    attribute_name,
    group_phrase,
    listed,
    plural,
    ratio_text,
)
from dashboard.wording_audience import ALL_WITHHELD, withheld_count
from dashboard.wording_mixes import Said, mix_sentence, other_mixes_parts, range_parts
from dashboard.wording_sentences import (
    MOST_NAMED,
    guessed_by_software,
    guessed_headline,
    makes_more,
    named_in,
    rate_in_words,
)
from dashboard.wording_verdicts import margin_text, none_shown

ROBUSTNESS = "Robustness, not fairness:"
BEHIND = "What stands behind it"
COMBINED = "On the heatmap:"
SEE_HEATMAP = "See them on the heatmap"
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
    counts = answer.counts
    more = makes_more(table.metric)
    worse, slightly = (answer.named.get(verdict, ()) for verdict in ("worse", "slightly worse"))
    margin = margin_text(table.settings.margin_ratio)
    if worse and slightly:
        return (
            f"{system} {more} for {_of(len(worse) + len(slightly), counts, name)}: {len(worse)} worse, shown ({_named(worse)}), and "
            f"{len(slightly)} worse, but by less than {margin} ({_named(slightly)})."
        )
    if worse:
        return f"{system} {more} for {_of(len(worse), counts, name)}: {_named(worse)}."
    if slightly:
        return f"{system} {more}, but by less than {margin}, for {_of(len(slightly), counts, name)}: {_named(slightly)}."
    among = _of(0, counts, name).removeprefix("0 ")
    return none_shown(f"{system} {more} for", among, counts.counts["undecided"], counts.n_groups)


def _of(n: int, counts: VerdictCounts, name: str) -> str:
    """For how many groups something holds: 2 of 12 accents; where there is one, the only accent here."""
    published = "published " if counts.n_withheld else ""
    if counts.n_groups == 1:
        return f"the only {published}{attribute_name(name)} here"
    return f"{n} of {counts.n_groups} {published}{plural(name)}"


def combinations_line(answer: Overview) -> str:
    """In which combinations of the heatmap that opens first it errs more, of which the groups alone show nothing; "" for none."""
    found = answer.combinations
    table = (answer.groups or answer.overall).table
    if found is None or not found.counts.counts["worse"] or guessed_by_software(found.attributes):
        return ""
    n, of = found.counts.counts["worse"], found.counts.n_groups
    published = "published " if found.counts.n_withheld else ""
    where = f"In {n:,} of {of:,} {published}combinations of {listed([attribute_name(one.name) for one in found.attributes])}"
    return f"{where} it {makes_more(table.metric)}: {named_in(found.worse)}."


def combinations_behind(answer: Overview) -> tuple[Said, ...]:
    """The same for the lines under the pictures, where it names nobody who is not named for all recordings."""
    line = "" if names_others(answer) else combinations_line(answer)
    return ((COMBINED, f"{line[0].lower()}{line[1:]}"),) if line else ()


def names_somebody(answer: Overview) -> bool:
    """Whether the sentence names a group that it errs more for."""
    return any(answer.named.get(verdict) for verdict in ("worse", "slightly worse"))


def names_others(answer: Overview) -> bool:
    """Whether a group errs more in some combinations that is not named for all its recordings."""
    named = {name for verdict in ("worse", "slightly worse") for name in answer.named.get(verdict, ())}
    worse = answer.combinations.worse.counts if answer.combinations is not None else {}
    return any(n and group not in named for group, n in worse.items())


def _named(groups: tuple[str, ...]) -> str:
    if len(groups) <= MOST_NAMED:
        return listed(groups)
    return f"{', '.join(groups[:MOST_NAMED])} and {len(groups) - MOST_NAMED} more"


def verdicts_counted(answer: Overview, synthetic: bool) -> str:
    """What stands under the sentence: every verdict counted; "" where the sentence says it, or nothing may be claimed."""
    counts = answer.counts
    if answer.groups is None or counts is None or guessed_by_software(answer.groups.table.attributes):
        return ""
    if counts.n_withheld and not counts.n_groups:
        return ""
    all_alike = counts.n_groups == counts.counts["undecided"] and not counts.n_withheld
    settings = answer.groups.table.settings
    return "" if all_alike else overview_rest(counts, settings.margin_ratio, settings, synthetic)


def overview_rest(
    counts: VerdictCounts, margin: float, settings: Settings | None = None, synthetic: bool = False
) -> str:
    """Every verdict, counted and not named; "" where there is no group. With settings also why groups are withheld."""
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
    rest = [withheld_count(counts.n_withheld, settings, synthetic)] if counts.n_withheld else []
    return " · ".join([f"Of {counts.n_groups}: {said}", *rest] if said or not rest else rest)


def _effects(effects: tuple[ConditionEffect, ...]) -> Said | None:
    """How much the conditions matter, kept apart from the people who spoke in them; None where nothing is shown."""
    if not effects:
        return None
    parts = [
        f"{group_phrase(effect.attribute, effect.group)}: {ratio_text(effect.ratio, effect.low, effect.high)}"
        for effect in effects
    ]
    said = "; ".join(parts)
    return ROBUSTNESS, f"the system errs most, against all other recordings, in {said}."


def forest_title(table: RateTable) -> str:
    """What stands over every group with its interval."""
    return f"{table.metric.label} by {attribute_name(table.attributes[0].name)}; dashed: all recordings"


def small_title(grid: Grid) -> str:
    """What stands over the small heatmap: Accent × noise."""
    names = [axis.attribute.name for axis in (grid.rows, grid.columns) if axis.attribute]
    return f"{attribute_label(names[0])} × {listed([attribute_name(name) for name in names[1:]])}"


def lines_behind(answer: Overview, synthetic: bool) -> list[Said]:
    """What is said of all groups together, of other mixes and of conditions: what each is about, and the rest of it."""
    effects = _effects(answer.effects)
    if nobody_selected(answer):
        return [effects] if effects else []
    said = [other_mixes_parts(mixes_document(answer.mixes), synthetic), effects]
    if answer.groups is not None:
        table = answer.groups.table
        ranged = range_parts(gaps_document(answer.groups, answer.apart), mix_document(table))
        mixed = mix_sentence(table, synthetic)
        said = [ranged, ("", mixed) if mixed else None, *said]
    return [one for one in said if one]
