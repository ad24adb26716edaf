"""What is said of rates under other normalisers: how many groups move, how far, and what a normaliser damages.

Owns sentences and labels only; the numbers come from `answers/sensitivity.py`. A change is one of the
ratio, told in percent of the ratio under the build's own normaliser.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from analysis.rates import NOBODY
from analysis.sensitivity import NOT_MOVED
from dashboard.answers.rows import rate_row
from dashboard.answers.sensitivity import Sensitivity, UnderNormalizer
from dashboard.wording import (
    UNDEFINED,
    attribute_label,
    attribute_name,
    group_name,
    group_names,
    interval_text,
    listed,
    of_count,
    people,
    percent,
    rate_text,
    ratio_text,
)
from dashboard.wording_markup import plain
from dashboard.wording_methods import method_text, selection_label
from dashboard.wording_sentences import comparator_phrase, counts_sentence

KNOWN = "Other normalisers:"
TITLE = "The same rates under other normalisers"
ASK = "Count the texts again"
WAITING = "The texts are counted again under each normaliser …"
WHAT_IT_DOES = (
    "A normaliser decides what counts as the same word, and it does not move every group alike. Here all texts are "
    "counted again under each one. Large evaluations take some seconds for every 100,000 utterances."
)
NO_ATTRIBUTES = "The recordings are not described by anything, so there are no groups whose ratio could move."
FLAG = "⚑ moves"
MOST_NAMED = 6


def sensitivity_sentence(answer: Sensitivity, synthetic: bool) -> str:
    """The answer in one or two sentences: how many groups move, and which."""
    limit = percent(answer.own.table.settings.sensitivity_limit, 0)
    if len(answer.under) < 2:
        return "There is no second normaliser that can read these texts."
    enough = answer.enough
    comparable = np.isfinite(answer.movements.largest)
    n, moved = int((enough & comparable).sum()), np.flatnonzero(answer.movements.moves)
    what = _groups(answer, n)
    if n == 0:
        return _none_counts(answer, synthetic)
    if len(moved) == 0:
        return f"None of {what} changes by more than {limit} under another normaliser." + _few(
            answer, synthetic
        )
    verb = "changes" if len(moved) == 1 else "change"
    names = [group_names(answer.own.table.group(int(one))) for one in moved]
    shown = [*names[:MOST_NAMED], *([f"{len(names) - MOST_NAMED:,} more"] if len(names) > MOST_NAMED else [])]
    return (
        f"{len(moved):,} of {what} {verb} by more than {limit} under another normaliser: {listed(shown)}."
        + _few(answer, synthetic)
    )


def _groups(answer: Sensitivity, n: int) -> str:
    """12 ratios by accent; ratios, because it is not the groups that change."""
    by = " and ".join(attribute_name(one.name) for one in answer.attributes)
    return f"{n:,} {'ratio' if n == 1 else 'ratios'} by {by}"


def _few(answer: Sensitivity, synthetic: bool) -> str:
    """What is left out of the count: groups with few speakers."""
    small = ~answer.enough & np.isfinite(answer.movements.largest)
    n, n_moved = int(small.sum()), int((small & answer.movements.would_move).sum())
    if n == 0:
        return ""
    group = "group" if n == 1 else "groups"
    moved = f", of which {n_moved:,} would move as far" if n_moved else ""
    return f" Not counted: {n:,} {group} with few {people(synthetic)} here or among the others{moved}."


def _none_counts(answer: Sensitivity, synthetic: bool) -> str:
    """Why there is no ratio that could move."""
    table, who = answer.own.table, people(synthetic)
    if not (table.status != NOBODY).any():
        return "Nobody was recorded among what is selected, so there is no ratio."
    if not np.isfinite(table.judgement.ratio).any():
        return "No group has anybody beside it to be compared with, so there is no ratio."
    return (
        f"No group has enough {who} and errors, here and among the others, for a ratio that another normaliser could move."
        f"{_few(answer, synthetic)}"
    )


def verdicts_sentence(answer: Sensitivity) -> str | None:
    """Which groups get another verdict under another normaliser; None where none does."""
    changed = [i for i in range(len(answer.own.table)) if answer.verdict_changes(i)]
    if not changed:
        return None
    names = [group_names(answer.own.table.group(i)) for i in changed]
    shown = [*names[:MOST_NAMED], *([f"{len(names) - MOST_NAMED:,} more"] if len(names) > MOST_NAMED else [])]
    what = "The verdict of" if len(changed) == 1 else "The verdicts of"
    return f"{what} {listed(shown)} {'depends' if len(changed) == 1 else 'depend'} on the normaliser."


def known_sentence(answer: Sensitivity) -> str:
    """The same in one line for a page that counts no texts itself, also where nothing changes."""
    changed = verdicts_sentence(answer)
    others = listed([one.id for one in answer.under if not one.is_own and not one.damage])
    if changed is None and not others:
        return "None could be compared with this build’s without harm to the script."
    return f"{changed or f'No verdict changes under {others}.'} Trust has the numbers."


def warning_sentences(answer: Sensitivity) -> list[str]:
    """What some normalisers do to these texts, and which could not read them."""
    damaged = [f"{one.damage} It is shown and flags no group." for one in answer.under if one.damage]
    refused = [f"Left out: {name}. {reason}" for name, reason in answer.refusals.items()]
    return [*damaged, *refused]


def normalizer_label(one: UnderNormalizer) -> str:
    """A column's head: its name, and whether it is the build's own or damages the script."""
    own = " (this build’s)" if one.is_own else ""
    return f"{one.id}{own}{' ⚠ damages the script' if one.damage else ''}"


def change_text(change: float) -> str:
    """A change of a ratio with its sign: +7.1%, −12.0%, 0.0%."""
    if not math.isfinite(change):
        return UNDEFINED
    sign = "+" if round(change, 3) > 0 else "−" if round(change, 3) < 0 else ""
    return f"{sign}{percent(abs(change))}"


def sensitivity_line(answer: Sensitivity, position: int, synthetic: bool) -> dict[str, object]:
    """One group as it is written in a table: ratio with interval under each normaliser, and how far it moves."""
    table, moved = answer.own.table, answer.movements
    under = int(moved.under[position])
    change = float(moved.largest[position])
    by = answer.under[under].id if under != NOT_MOVED and round(abs(change), 3) > 0 else ""
    mark = f"{FLAG} " if moved.moves[position] else ""
    few = moved.would_move[position] and not answer.enough[position]
    return {
        **{attribute_label(name): group_name(value) for name, value in table.group(position).items()},
        "Largest change": f"{mark}{change_text(change)}{f' ({by})' if by else ''}{f', few {people(synthetic)}' if few else ''}",
        **{normalizer_label(one): _ratio_cell(one, position) for one in answer.under},
        people(synthetic).capitalize(): rate_row(table, position)["n_speakers"],
    }


def rate_line(answer: Sensitivity, position: int) -> dict[str, object]:
    """The rates and words behind a line of ratios."""
    line: dict[str, object] = {
        attribute_label(name): group_name(value) for name, value in answer.own.table.group(position).items()
    }
    for one in answer.under:
        row = rate_row(one.table, position)
        line[f"{one.id}: rate"] = f"{percent(row['rate'])} ({interval_text(row['low'], row['high'])})"
        line[f"{one.id}: words"] = f"{row['n_words']:,}"
    return line


def _ratio_cell(one: UnderNormalizer, position: int) -> str:
    versus = rate_row(one.table, position)["versus"]
    return ratio_text(versus["ratio"], versus["low"], versus["high"])


def overall_line(one: UnderNormalizer) -> str:
    """Everything selected under one normaliser: unicode-marks: 12.3% (11.0–13.8%) of 10,000 words."""
    row = rate_row(one.whole, 0)
    if row["rate"] is None:
        return f"{normalizer_label(one)}: no rate, {row['reason'] or 'nobody was recorded'}"
    rate = rate_text(row["rate"], row["low"], row["high"]).removesuffix(" (–)")
    return f"{normalizer_label(one)}: {rate}, {of_count(row['n_words'], 'words')}"


def sensitivity_caption(answer: Sensitivity, synthetic: bool) -> str:
    """What the numbers of the table are."""
    limit = percent(answer.own.table.settings.sensitivity_limit, 0)
    against = comparator_phrase(answer.own.table, synthetic)
    return (
        f"Ratios with 95 % intervals by speaker, each group compared with {against}. “Largest change” is how far the "
        f"ratio moves from the one under this build’s normaliser; “{FLAG}” stands beside more than {limit}. The number of words "
        "differs too, because a normaliser may part or join them."
    )


def sensitivity_facts(answer: Sensitivity, synthetic: bool) -> str:
    """Whose recordings they are, how many, and what the numbers of the table mean."""
    counts = counts_sentence(answer.own.whole, 0, synthetic)
    selected = selection_label(answer.question.where)
    return f"{selected} · {counts} · {answer.system}. {sensitivity_caption(answer, synthetic)}"


def sensitivity_method(answer: Sensitivity, normalizer: Mapping[str, Any], declared: str) -> str:
    """How rates are counted under each normaliser, then how those of the build are, as Markdown."""
    others = ", ".join(f"“{one.id}”, version {one.version}" for one in answer.under[1:])
    limit = percent(answer.own.table.settings.sensitivity_limit, 0)
    return "\n\n".join(
        (
            (
                f"**Other normalisers.** Reference and hypothesis of every recording are normalised again ({plain(others)}), aligned as "
                "those of the build are, and counted; rates, ratios and verdicts then follow in the same way."
            ),
            (
                f"**Largest change.** The ratio under another normaliser over that of the build’s. It is marked beyond {limit} where "
                "there are enough speakers and errors on both sides; a normaliser that harms the script of these texts never marks a group."
            ),
            method_text(answer.own.answer, normalizer, declared),
        )
    )
