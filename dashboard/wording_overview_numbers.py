"""The numbers a product manager reads first: each with its label, what stands behind it, and what it means.

Takes an overview or the document of a gate and computes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.judgement import UNDECIDED
from analysis.rates import SUPPRESSED
from dashboard.answers.overview import Overview
from dashboard.wording import (
    attribute_name,
    interval_text,
    listed,
    number,
    people,
    percent,
    plural,
    ratio_text,
)
from dashboard.wording_audience import WITHHELD_IN_CELL
from dashboard.wording_gate import OUTCOME_LABELS, case_name
from dashboard.wording_glossary import what_is
from dashboard.wording_sentences import comparator_phrase, guessed_by_software, rate_in_words
from dashboard.wording_verdicts import margin_text

NO_INTERVAL = "no interval from so few speakers"
GATE_HELP = (
    "Each group’s rate over that of those it is compared with, held against one ratio. It passes only where every group is shown to stay below; "
    "whoever cannot be told yet has not passed. The Versions page has the gate group by group, and other ratios."
)
_MOST_NAMED = 2


@dataclass(frozen=True)
class NumberCard:
    """One number with its words."""

    label: str
    value: str
    detail: str
    help: str


def overall_card(answer: Overview, before: str = "") -> NumberCard:
    """The rate of everything selected; `before` says what it was with the system that a move starts from."""
    whole = answer.overall.whole
    rate, low, high = (
        float(v[0]) for v in (whole.statistics.rate, whole.intervals.low, whole.intervals.high)
    )
    in_words = rate_in_words(whole.metric, rate) if np.isfinite(rate) else ""
    detail = (
        f"{interval_text(low, high) if np.isfinite(low) else NO_INTERVAL} · {before or in_words}"
        if np.isfinite(rate)
        else WITHHELD_IN_CELL
        if whole.status[0] == SUPPRESSED
        else "nobody was recorded"
    )
    explained = f"{f'{in_words.capitalize()}. ' if before else ''}{whole.metric.sentence}\n\n{what_is('interval by speaker')}"
    return NumberCard(f"{whole.metric.label}, mix as tested", percent(rate), detail, explained)


def largest_card(answer: Overview, synthetic: bool) -> NumberCard | None:
    """The largest gap that is shown, and for whom."""
    if answer.groups is None or answer.counts is None or not answer.counts.n_groups:
        return None
    table, i = answer.groups.table, answer.largest
    name = table.attributes[0].name
    against = comparator_phrase(table, synthetic)
    text = f"The group’s rate over that of {against}. A gap stands here only where its verdict is shown."
    if guessed_by_software(table.attributes):
        return NumberCard(
            "Largest gap shown", "none", f"{attribute_name(name)} was guessed by software", text
        )
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
    if answer.groups is None or answer.counts is None or not answer.counts.n_groups:
        return None
    table = answer.groups.table
    if guessed_by_software(table.attributes):
        return None
    count = answer.counts.counts["undecided"]
    margin = margin_text(table.settings.margin_ratio)
    needed = table.judgement.speakers_needed[table.judgement.verdict == UNDECIDED]
    known = needed[np.isfinite(needed)]
    if not count:
        every = "it" if answer.counts.n_groups == 1 else f"every one of {answer.counts.n_groups}"
        detail = f"{every} can be told at {margin}"
    elif len(known):
        detail = f"up to {number(float(known.max()))} {people(synthetic)} in a group would show a ratio of {margin}"
    else:
        detail = "too few speakers, words or errors"
    value = f"{count} of {answer.counts.n_groups}"
    return NumberCard("Can’t tell yet", value, detail, what_is("can’t tell yet"))


def gate_card(document: Mapping[str, Any]) -> NumberCard | None:
    """What a release gate would say, and for whom it fails; None where nobody was tested."""
    rows, result = document["rows"], document["result"]
    if not rows:
        return None
    undecided = sum(row["outcome"] == "undecided" for row in rows)
    missing = f"{undecided:,} of {len(rows):,} can’t be told yet"
    failed = [case_name(row) for row in rows if row["outcome"] == "fail"]
    if result == "fail":
        more = len(failed) - _MOST_NAMED
        names = listed(failed) if more <= 0 else f"{', '.join(failed[:_MOST_NAMED])} and {more:,} more"
        detail = f"worse for {names}" + (f" · {missing}" if undecided else "")
    elif result == "pass":
        detail = f"every one of {len(rows):,} groups, taken whole, is shown to stay below"
    elif undecided == len(rows):
        detail = f"none of {len(rows):,} can be told yet"
    else:
        detail = f"no group fails · {missing}"
    label = f"Release gate, {margin_text(document['max_ratio'])}"
    return NumberCard(label, OUTCOME_LABELS[result], detail, GATE_HELP)
