"""Whole sentences about numbers: what a page leads with, what a cell says, what would be needed to tell.

The system is the subject of every sentence, a group is named only where its verdict is shown,
and the voices of a synthetic evaluation are never called people. Takes results of `answers`
and computes nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from analysis.attributes import Attribute
from analysis.judgement import VERDICTS
from analysis.metrics import Metric
from analysis.rates import NOBODY, SUPPRESSED, RateTable
from analysis.roles import is_fairness
from dashboard.answers.grid import VerdictCounts
from dashboard.answers.rows import status_reason
from dashboard.answers.worse_places import WorsePlaces
from dashboard.wording import (
    as_people,
    attribute_name,
    counts_text,
    group_name,
    group_phrase,
    listed,
    number,
    people,
    percent,
    rate_text,
    ratio_text,
)
from dashboard.wording_audience import ALL_WITHHELD, COUNTS_WITHHELD, withheld_count, withheld_sentence
from dashboard.wording_mixes import mix_phrase
from dashboard.wording_verdicts import NO_CLAIM, margin_text, none_shown, unjudged, verdict_in_sentence

_EVENTS = {
    "wer": ("error", "word"),
    "cer": ("character error", "character"),
    "mer": ("error", "word spoken or inserted"),
    "substitution-rate": ("word heard as another", "word"),
    "deletion-rate": ("word left out", "word"),
    "insertion-rate": ("word that nobody said", "word"),
    "word-f1-error": ("error", "word spoken or written"),
    "sentence-error-rate": ("recording with an error", "recording"),
    "empty-output-rate": ("recording with nothing written", "recording"),
    "catastrophic-rate": ("recording with more than one error for every two words", "recording"),
    "keyword-miss-rate": ("keyword missed", "keyword"),
}
_PLACED = {"device": "on", "microphone": "on", "channel": "on", "noise": "in", "room": "in"}
COUNTS_ERRORS = ("wer", "cer", "mer", "word-f1-error")
"""Metrics of which it can be said that a system makes so many."""
_SHARES = ("substitution-rate", "deletion-rate")
MOST_NAMED = 4


def rate_in_words(metric: Metric, rate: float) -> str:
    """A rate as something that happens: "about 90 errors for every 100 words", "1 word in 6 is left out"."""
    if metric.id in _SHARES and 0.01 <= rate <= 0.5:
        return f"about 1 {metric.counted} in {number(1 / rate)} {'left out' if metric.id == 'deletion-rate' else 'heard as another'}"
    if metric.id not in _EVENTS:
        return f"{percent(rate)} {metric.label.lower()}"
    event, unit = _EVENTS[metric.id]
    base = base_of(rate)
    count = of_base(rate, base)
    said = f"about {count:,} {_events(event, count)} for every {base:,} {_events(unit, 2)}"
    return said.replace("word", metric.counted)


def of_base(rate: float, base: int) -> int:
    """How many of a round number, from the rate as it is printed: whoever has only that says the same."""
    return int((Decimal(f"{100 * rate:.1f}") * base / 100).to_integral_value(ROUND_HALF_UP))


def base_of(rate: float) -> int:
    """The round number of words a rate is told for: 10 where errors outnumber words, more where they are rare."""
    if rate >= 1:
        return 10
    return 1_000 if rate < 0.02 else 100


def _events(event: str, count: int) -> str:
    if event == "character error":
        return event if count == 1 else f"{event}s"
    first, _, rest = event.partition(" ")
    return event if count == 1 else f"{first}s {rest}".rstrip()


def comparator_phrase(table: RateTable, synthetic: bool) -> str:
    """Whom a group is compared with: "other voices in the same noise and device"."""
    others = people(synthetic)
    kind = table.comparator.kind
    if kind == "peers":
        shared = [attribute_name(a.name) for a in table.attributes if a.role != "speaker"]
        if not shared:
            return f"other {others} {mix_phrase(table.mix.strata if table.mix else ())}"
        return f"other {others} in the same {listed(shared)}"
    if kind == "reference":
        return f"{attribute_name(str(table.comparator.attribute))} {table.comparator.value}"
    if kind == "system":
        return str(table.comparator.value)
    if kind == "overall":
        return "all recordings"
    about_speakers = any(a.role == "speaker" for a in table.attributes)
    return f"all other {others}" if about_speakers else "all other recordings"


def cell_sentence(table: RateTable, i: int, system: str, synthetic: bool) -> str:
    """What is known of one group, as a sentence with the system as its subject."""
    if table.status[i] == SUPPRESSED:
        return withheld_sentence(table.settings, synthetic)
    if table.status[i] == NOBODY:
        return "Nobody was recorded here, or nobody of what is selected."
    rate, other = float(table.statistics.rate[i]), float(table.contrast.rate[i])
    first = (
        f"{system} makes {rate_in_words(table.metric, rate)}"
        if _is_event(table.metric)
        else (f"{system}: {rate_in_words(table.metric, rate)}")
    )
    if table.comparator.kind == "overall" or not table.contrast.denominator[i] > 0:
        return f"{first}."
    judged = table.judgement
    ratio = ratio_text(float(judged.ratio[i]), float(judged.low[i]), float(judged.high[i]))
    verdict = no_verdict(table, i) or verdict_in_sentence(
        VERDICTS[int(judged.verdict[i])], table.settings.margin_ratio
    )
    against = f"{of_base(other, base_of(rate)):,}" if base_of(rate) == base_of(other) else percent(other)
    return f"{first}, against {against} for {comparator_phrase(table, synthetic)}: {ratio}, {verdict}."


def _is_event(metric: Metric) -> bool:
    return metric.id in COUNTS_ERRORS


def undecided_note(table: RateTable, i: int, synthetic: bool) -> str | None:
    """Why it cannot be told yet, what could have been seen, and what it would take; None where it can."""
    judged = table.judgement
    if VERDICTS[int(judged.verdict[i])] != "undecided" or table.status[i] == SUPPRESSED:
        return None
    reason = judged.reason_text(i, table.settings) or ""
    note = f"{reason[:1].upper()}{reason[1:]}." if reason else ""
    needed = judged.speakers_needed[i]
    if math.isfinite(needed) and needed > table.statistics.n_speakers[i] and table.status[i] != NOBODY:
        margin = margin_text(table.settings.margin_ratio)
        note += f" About {number(float(needed))} {people(synthetic)} here would show a ratio of {margin}."
    return as_people(note, synthetic).strip() or None


def status_note(table: RateTable, i: int, synthetic: bool) -> str | None:
    """Why a group is not simply shown; None where it is."""
    if table.status[i] == SUPPRESSED:
        return withheld_sentence(table.settings, synthetic)
    reason = status_reason(table, i)
    return None if reason is None else as_people(f"Never judged here: {reason}.", synthetic)


def counts_sentence(table: RateTable, i: int, synthetic: bool) -> str:
    """How much stands behind one group; no count of what is withheld."""
    if table.status[i] == SUPPRESSED:
        return COUNTS_WITHHELD
    totals = table.totals
    n_speakers = int(table.statistics.n_speakers[i])
    n_utterances, n_words = int(totals["n_utterances"][i]), int(totals["n_words"][i])
    return counts_text(n_speakers, n_utterances, n_words, synthetic, table.metric.counted)


def three_means(
    table: RateTable,
    i: int,
    synthetic: bool,
    of_speakers: tuple[float, float],
    of_utterances: tuple[float, float],
) -> str:
    """The rate of all added up, and the means in which every speaker or every utterance counts once, with intervals."""
    ways = (
        ("pooled", table.statistics.rate[i], (table.intervals.low[i], table.intervals.high[i])),
        (f"mean of {people(synthetic)}", table.statistics.speaker_mean[i], of_speakers),
        ("mean of utterances", table.utterance_mean[i], of_utterances),
    )
    return " · ".join(f"{name} {_with_interval(float(rate), *map(float, ends))}" for name, rate, ends in ways)


def _with_interval(rate: float, low: float, high: float) -> str:
    return rate_text(None if math.isnan(rate) else rate, low, high)


def error_shares(table: RateTable, i: int) -> str | None:
    """What the errors of a group are; None where it has none, or the evaluation does not tell them apart."""
    kinds = {name: table.count(name, i) for name in ("substitutions", "deletions", "insertions")}
    total = table.count("errors", i)
    if not total or None in kinds.values():
        return None
    return " · ".join(f"{percent((count or 0) / total, 0)} {name}" for name, count in kinds.items())


def makes_more(metric: Metric) -> str:
    return "makes more errors" if metric.id in COUNTS_ERRORS else f"has a higher {metric.label.lower()}"


def guessed_by_software(attributes: Sequence[Attribute]) -> tuple[str, ...]:
    """Attributes of speakers that software guessed: nothing may be claimed of the groups they make."""
    return tuple(a.name for a in attributes if a.guessed)


def no_verdict(table: RateTable, i: int) -> str:
    """Why a row is told no verdict: nothing is asked of it, or software guessed its groups; "" of a group that has one."""
    reason = unjudged(table.judgement.reason_text(i, table.settings))
    return reason or (NO_CLAIM if guessed_by_software(table.attributes) else "")


def guessed_headline(guessed: Sequence[str], system: str) -> str:
    """What is said instead of a finding."""
    names = listed([attribute_name(name) for name in guessed])
    verb = "was" if len(guessed) == 1 else "were"
    return f"The {names} of the speakers {verb} guessed by software, so nothing is claimed of {system} by it."


def grid_headline(table: RateTable, counts: VerdictCounts, places: WorsePlaces, system: str) -> str:
    """What the heatmap says: in how many combinations the system errs more, and for which groups."""
    worse = counts.counts["worse"]
    if not counts.n_groups:
        return ALL_WITHHELD if counts.n_withheld else "Nobody was recorded in this selection."
    if guessed := guessed_by_software(table.attributes):
        return guessed_headline(guessed, system)
    groups = f"{counts.n_groups:,} {'published ' if counts.n_withheld else ''}{'combination' if counts.n_groups == 1 else 'combinations'}"
    slightly, margin = counts.counts["slightly worse"], margin_text(table.settings.margin_ratio)
    if slightly and not worse:
        return f"{system} {makes_more(table.metric)}, but by less than {margin}, in {slightly:,} of {groups}."
    if not worse:
        among = f"of {groups}" if counts.n_groups > 1 else f"the only {groups.removeprefix('1 ')}"
        doing = f"{system} {makes_more(table.metric)} in"
        return none_shown(doing, among, counts.counts["undecided"], counts.n_groups)
    where = f"{worse:,} of {groups}"
    rest = f" In {slightly:,} more it does by less than {margin}." if slightly else ""
    return f"{system} {makes_more(table.metric)} in {where}. By {attribute_name(places.attribute)}: {named_in(places)}.{rest}"


def named_in(places: WorsePlaces) -> str:
    """Groups with the number of combinations they are shown to be worse in: Corvan in 3, all on telephone; Eastvale in 1."""
    named = [
        f"{group_name(group)} in {n}{_all_alike(n, places.shared.get(group, ()))}"
        for group, n in places.counts.items()
        if n
    ]
    several = len(named) > 1 and bool(places.shared)
    if len(named) > MOST_NAMED:
        named = [*named[:MOST_NAMED], "others"]
    return "; ".join(named) if several else listed(named)


def _all_alike(n: int, shared: Sequence[tuple[str, str | None]]) -> str:
    """What all of a group's combinations have in common: ", all on telephone"; "" for nothing."""
    how = " and ".join(_at_level(attribute, level) for attribute, level in shared)
    return f", {'both' if n == 2 else 'all'} {how}" if how else ""


def _at_level(attribute: str, level: str | None) -> str:
    """A condition where something happens: on telephone, in babble, with signal-to-noise ratio 7 dB."""
    phrase = group_phrase(attribute, level)
    if phrase == level and (placed := _PLACED.get(attribute.casefold())):
        return f"{placed} {level}"
    return f"with {attribute_name(attribute)} {level}" if phrase == level else f"with {phrase}"


def grid_caption(table: RateTable, counts: VerdictCounts, synthetic: bool) -> str:
    """What each cell is compared with, and how many cannot be told yet."""
    parts = [f"Each cell against {comparator_phrase(table, synthetic)}"]
    undecided = counts.counts["undecided"]
    # Where nothing is shown to be worse, the heading says how many cannot be told.
    is_said = undecided and not (counts.counts["worse"] or counts.counts["slightly worse"])
    if counts.n_groups and not is_said:
        parts.append(f"{undecided:,} can’t be told yet" if undecided else "all can be told")
    if counts.n_empty:
        parts.append(f"{counts.n_empty:,} not tested")
    if counts.n_withheld:
        parts.append(withheld_count(counts.n_withheld))
    if not is_fairness(table.attributes):
        parts.append("differences between recordings, not between people: robustness, not fairness")
    return " · ".join(parts)
