"""How a number was worked out, in words: metric, comparison, intervals, verdicts, normaliser.

Owns the text behind "how this was computed" and "copy as text". What it says has to hold of
`analysis/`; it computes nothing and knows no Streamlit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.metrics import Metric
from analysis.rates import SUPPRESSED, RateTable
from analysis.selection import Selection
from dashboard.answers.rates import RatesAnswer
from dashboard.wording import (
    counts_text,
    interval_text,
    level_text,
    percent,
    selection_sentence,
)
from dashboard.wording_audience import COUNTS_WITHHELD, audience_foot
from dashboard.wording_labels import labels_sentence, several_groups_sentence, sources_of
from dashboard.wording_markup import plain
from dashboard.wording_mixes import mix_sentence
from dashboard.wording_plan import filter_facts
from dashboard.wording_sentences import comparator_phrase
from dashboard.wording_verdicts import margin_text

_CORRECTIONS = {
    "holm": ", with Holm’s correction",
    "benjamini-hochberg": ", with Benjamini and Hochberg’s control of the false discovery rate",
    "benjamini-yekutieli": ", with Benjamini and Yekutieli’s control of the false discovery rate",
    "none": "",
}
_JACKKNIFE = (
    "leaving out one speaker at a time on the log scale, because recordings of one speaker are alike."
)


def figure_facts(answer: RatesAnswer, synthetic: bool) -> str:
    """What stands under every picture: selection, counts, comparator, level."""
    whole, table = answer.whole, answer.table
    sentence = selection_sentence(answer.question.where)
    counts = counts_text(
        int(whole.statistics.n_speakers[0]),
        int(whole.totals["n_utterances"][0]),
        int(whole.totals["n_words"][0]),
        synthetic,
        whole.metric.counted,
    )
    if whole.status[0] == SUPPRESSED:
        counts = COUNTS_WITHHELD
    parts = [f"{sentence[0].upper()}{sentence[1:]}", counts]
    if table.attributes:
        parts.extend(filter_facts(answer.family))
        parts.append(f"compared with {comparator_phrase(table, synthetic)}")
    parts.append(f"{level_text(table.level)} intervals by speaker")
    parts.append(audience_foot(answer.question.audience))
    if table.attributes:
        parts.append(labels_sentence(sources_of(table.attributes)).rstrip("."))
        parts.extend(filter(None, [several_groups_sentence(table.attributes).rstrip(".")]))
    return " · ".join(parts)


def method_text(answer: RatesAnswer, normalizer: Mapping[str, Any], declared: str) -> str:
    """Metric, comparison, intervals and verdicts of a table, as Markdown; `declared` is `wording_plan.family_sentence`."""
    table, settings = answer.table, answer.table.settings
    lines = [
        f"**{table.metric.label}.** {table.metric.sentence} Errors are added up before they are divided.",
        f"**Text.** Compared after the normaliser “{normalizer['id']}”, version {normalizer['version']}.",
        f"**Intervals.** {level_text(table.level)}, {_JACKKNIFE}",
    ]
    if table.attributes:
        lines.append(_comparison_text(table, declared))
        if said := mix_sentence(table, synthetic=False):
            lines.append(f"**Conditions.** {plain(said)}")
        labels = labels_sentence(sources_of(table.attributes)).removeprefix("Labels: ")
        lines.append(f"**Labels.** {plain(f'{labels} {several_groups_sentence(table.attributes)}'.rstrip())}")
    lines.append(
        f"**Minima.** Below {settings.min_speakers} speakers, {settings.min_effective_speakers:g} effective speakers or "
        f"{settings.min_expected_errors:g} expected errors a group is shown and never judged."
    )
    return "\n\n".join(lines)


def _comparison_text(table: RateTable, declared: str) -> str:
    margin, judged = margin_text(table.settings.margin_ratio), table.judgement
    family = judged.family_size
    return (
        f"**Verdicts.** Each group against {plain(comparator_phrase(table, synthetic=False))}, by the 95 % interval of the ratio "
        f"and a margin of {margin}. {family:,} groups are judged together{_CORRECTIONS[judged.correction]}. "
        f"{plain(declared)}"
    )


def metric_choice(label: str, undefined: bool) -> str:
    """A metric in the list of metrics; choosing one that is not known says why. The sign stands where no box cuts it off."""
    return f"n/a · {label}" if undefined else label


def source_line(name: str, build: str, system: str, metric: Metric) -> str:
    """Where a number comes from: evaluation, build, system, metric."""
    return f"Evaluation {name}, build {build} · {system} · {metric.label.lower()}"


def copied_text(
    headline: str, answer: RatesAnswer, source: str, notice: str | None, synthetic: bool, move: str = ""
) -> str:
    """Sentence, numbers, caveat and build, to be pasted somewhere else; `move` names itself and its counts."""
    whole = answer.whole
    rate, low, high = (
        float(values[0]) for values in (whole.statistics.rate, whole.intervals.low, whole.intervals.high)
    )
    overall = f"Overall {whole.metric.label.lower()}: {percent(rate)} ({interval_text(low, high)})."
    declared = "" if answer.family.planned else " Groups were not declared in advance."
    caveat = f"A difference that is not shown is undecided, not absent.{declared}"
    lines = [
        headline,
        overall,
        figure_facts(answer, synthetic) + ".",
        caveat,
        *filter(None, [move]),
        f"{source}.",
    ]
    return "\n".join([*lines, *([notice] if notice else [])])


def selection_label(selection: Selection) -> str:
    """A selection as a label."""
    sentence = selection_sentence(selection)
    return f"{sentence[0].upper()}{sentence[1:]}"
