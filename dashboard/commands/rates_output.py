"""Prints a table of rates: aligned text for people, CSV and JSON for programs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from analysis.selection import EVERYTHING, to_json
from analysis.verdict_reasons import EMPTY, NOBODY_SELECTED, NOT_SELECTED, REASONS
from dashboard.answers.disagreement import DisagreementAnswer
from dashboard.answers.mean_spans import MeanSpans
from dashboard.answers.rates import RatesAnswer
from dashboard.commands.aligned_table import group_cells, print_aligned, print_document, print_facts
from dashboard.wording import (
    UNDEFINED,
    as_people,
    interval_text,
    level_text,
    number,
    of_count,
    people,
    percent,
    rate_text,
    ratio_text,
    verdict_label,
)
from dashboard.wording_audience import PUBLIC_NOTE, WITHHELD_LABEL
from dashboard.wording_labels import labels_sentence, several_groups_sentence
from dashboard.wording_mixes import mix_sentence, omnibus_sentence, other_mixes_sentence, range_sentence
from dashboard.wording_plan import every_group_lines, filter_facts
from dashboard.wording_sentences import guessed_by_software
from dashboard.wording_verdicts import GUESSED, ratio_heading, unjudged
from data.store import EvaluationInfo


def print_rates(
    info: EvaluationInfo,
    answer: RatesAnswer,
    twice: DisagreementAnswer | None,
    means: Sequence[MeanSpans],
    document: dict[str, Any],
    output_format: str,
) -> None:
    """Write the answer to standard output in the format asked for."""
    if output_format == "json":
        print_document(document)
    elif output_format == "csv":
        from dashboard.exports.table_csv import export_rates_csv

        sys.stdout.buffer.write(export_rates_csv(info, answer, twice, means))
    else:
        _print_table(document, answer)


def _overall_lines(document: dict[str, Any], synthetic: bool) -> list[str]:
    """The overall rate with its counts and the two means beside it; where there is no rate, why."""
    overall, who = document["overall"], people(synthetic)
    if overall["rate"] is None:
        selected = document["selection"]["conditions"] != to_json(EVERYTHING)
        nobody = overall["reason"] == REASONS[EMPTY] and selected
        reason = REASONS[NOBODY_SELECTED] if nobody else overall["reason"] or UNDEFINED
        return [as_people(f"no overall rate: {reason}", synthetic)]
    counts = (
        of_count(overall["n_speakers"], who),
        of_count(overall["n_utterances"], "utterances"),
        of_count(overall["n_words"], f"{document['unit']}s"),
    )
    spans = f"{level_text(document['level'])} intervals by speaker"
    if overall["low"] is None:
        spans = f"no interval: too few {who}, or all alike"
    means = [
        f"mean of {name} {_rate(overall, key)}"
        for name, key in ((who, "speaker_mean"), ("utterances", "utterance_mean"))
        if overall[key] is not None
    ]
    return [f"overall {_rate(overall)} · {', '.join(counts)} · {spans}", " · ".join(means)]


def _disagreement_lines(document: dict[str, Any]) -> list[str]:
    """How often two people differ; nothing where none transcribed what another did."""
    twice = document["overall"].get("disagreement")
    if twice is None:
        return []
    n_twice = of_count(twice["n_utterances"], "utterances")
    return [f"two people differ in {_rate(twice)} of the {document['unit']}s of {n_twice}"]


def _print_table(document: dict[str, Any], answer: RatesAnswer) -> None:
    if document["notice"]:
        print(f"{document['notice']}\n")
    print(f"{document['system']}, {document['metric']}, {document['selection']['sentence']}")
    for line in (*_overall_lines(document, document["notice"] is not None), *_disagreement_lines(document)):
        print(line)
    if not document["rows"]:
        return
    rows = [row for row in document["rows"] if row["versus"]["reason"] != REASONS[NOT_SELECTED]]
    if guessed_by_software(answer.table.attributes):
        rows = [{**row, "versus": {**row["versus"], "reason": GUESSED}} for row in rows]
    if not rows:
        print_facts(filter_facts(answer.family))
        return
    _print_rows(document, rows)
    print_facts(filter_facts(answer.family))
    print(f"\n{labels_sentence(document['label_sources'])}")
    if several := several_groups_sentence(answer.table.attributes):
        print(several)
    for line in (*every_group_lines(document), *_whole_lines(document, answer)):
        print(line)
    if document["audience"] == "public":
        print(PUBLIC_NOTE)
    print(f"build {document['build']} · normaliser {document['normalizer']['id']} · {document['family']}")


def _print_rows(document: dict[str, Any], rows: Sequence[dict[str, Any]]) -> None:
    """A line for each group that is shown."""
    by, synthetic = document["by"], document["notice"] is not None
    head = [
        *by,
        "rate",
        f"{level_text(document['level'])} interval",
        people(synthetic),
        f"{document['unit']}s",
        ratio_heading(f"ratio to {document['comparator']}"),
        "verdict",
    ]
    lines = [_cells(row, by, document["settings"]["margin_ratio"], synthetic) for row in rows]
    if "disagreement" in document["overall"]:
        head = [*head[:-1], "two people differ", head[-1]]
        lines = [
            [*line[:-1], _rate(row["disagreement"]), line[-1]] for line, row in zip(lines, rows, strict=True)
        ]
    print_aligned(head, lines)


def _whole_lines(document: dict[str, Any], answer: RatesAnswer) -> list[str]:
    """What is said of all groups together."""
    synthetic = document["notice"] is not None
    lines = (
        mix_sentence(answer.table, synthetic),
        range_sentence(document["gaps"], document["condition_mix"]),
        omnibus_sentence(document["gaps"], document["settings"]["alpha"]),
        other_mixes_sentence(document["overall_mixes"], synthetic),
    )
    return [as_people(line, synthetic) for line in lines if line]


def _cells(row: dict[str, Any], by: list[str], margin: float, synthetic: bool) -> list[str]:
    versus = row["versus"]
    verdict = unjudged(versus["reason"]) or verdict_label(versus["verdict"], margin)
    if row["status"] == "suppressed":
        verdict = WITHHELD_LABEL
    elif unjudged(versus["reason"]):
        pass
    elif versus["verdict"] == "undecided" and versus["reason"]:
        verdict = f"{verdict}: {as_people(versus['reason'], synthetic)}"
        needed = versus["speakers_needed"]
        if needed is not None and needed > row["n_speakers"] > 0:
            verdict += f"; about {needed:,} {people(synthetic)} needed"
    return [
        *group_cells(row, by),
        percent(row["rate"]),
        interval_text(row["low"], row["high"]),
        number(row["n_speakers"]),
        number(row["n_words"]),
        ratio_text(versus["ratio"], versus["low"], versus["high"]),
        verdict,
    ]


def _rate(row: dict[str, Any], key: str = "rate") -> str:
    """A rate with its interval, as everywhere; without one, the rate alone."""
    low, high = ("low", "high") if key == "rate" else (f"{key}_low", f"{key}_high")
    return percent(row[key]) if row[low] is None else rate_text(row[key], row[low], row[high])
