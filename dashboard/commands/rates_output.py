"""Prints a table of rates: aligned text for people, CSV and JSON for programs."""

from __future__ import annotations

import sys
from typing import Any

from dashboard.answers.rates import RatesAnswer
from dashboard.commands.aligned_table import group_cells, print_aligned, print_document
from dashboard.wording import percent, ratio_text, verdict_label
from data.store import EvaluationInfo


def print_rates(
    info: EvaluationInfo, answer: RatesAnswer, document: dict[str, Any], output_format: str
) -> None:
    """Write the answer to standard output in the format asked for."""
    if output_format == "json":
        print_document(document)
    elif output_format == "csv":
        from dashboard.exports.table_csv import export_rates_csv

        sys.stdout.buffer.write(export_rates_csv(info, answer))
    else:
        _print_table(document)


def _print_table(document: dict[str, Any]) -> None:
    if document["notice"]:
        print(f"{document['notice']}\n")
    overall = document["overall"]
    print(f"{document['system']}, {document['metric']}, {document['selection']['sentence']}")
    print(
        f"overall {_rate(overall)} · {overall['n_speakers']:,} speakers, {overall['n_utterances']:,} utterances, "
        f"{overall['n_words']:,} words · {document['level']:.2f} intervals by speaker"
    )
    if not document["rows"]:
        return
    by = document["by"]
    head = [*by, "rate", "interval", "speakers", "words", f"ratio to {document['comparator']}", "verdict"]
    lines = [_cells(row, by, document["settings"]["margin_ratio"]) for row in document["rows"]]
    print_aligned(head, lines)
    labels = ", ".join(f"{name}: {document['label_sources'][name]}" for name in by)
    print(f"\nlabels by {labels}")
    guessed = [name for name in by if document["label_sources"][name] == "inferred"]
    if guessed:
        print(f"{', '.join(guessed)}: guessed by software; no claim about these groups is allowed")
    print(f"build {document['build']} · normaliser {document['normalizer']['id']} · {document['family']}")


def _cells(row: dict[str, Any], by: list[str], margin: float) -> list[str]:
    versus = row["versus"]
    verdict = verdict_label(versus["verdict"], margin)
    if versus["verdict"] == "undecided" and versus["reason"]:
        verdict = f"{verdict}: {versus['reason']}"
    return [
        *group_cells(row, by),
        percent(row["rate"]),
        _span(row["low"], row["high"]),
        f"{row['n_speakers']:,}",
        f"{row['n_words']:,}",
        ratio_text(versus["ratio"], versus["low"], versus["high"]),
        verdict,
    ]


def _rate(row: dict[str, Any]) -> str:
    return f"{percent(row['rate'])} ({_span(row['low'], row['high'])})"


def _span(low: float | None, high: float | None) -> str:
    return "–" if low is None or high is None else f"{percent(low)}–{percent(high)}"
