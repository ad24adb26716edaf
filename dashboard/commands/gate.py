"""`fairhearing gate`: may a system be released? Pass 0, fail 1, undecided 3.

Reads its options, asks `answers.gate`, prints, and turns the result into an exit code. Computes nothing.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from dashboard.commands.evaluation_options import (
    add_against_option,
    add_by_option,
    add_evaluation_options,
    add_format_option,
    add_metric_option,
)

if TYPE_CHECKING:
    from dashboard.answers.gate import GateQuestion
    from data.store import Build

EXAMPLE = """example:
  fairhearing gate synthetic-voices --system "System B" --by accent --max-ratio 1.5 --junit gate.xml

exit codes: 0 shown to stay below the ratio for every group · 1 shown to be worse for some group ·
2 bad input · 3 undecided, or 0 with --allow-undecided
"""
EXIT_CODES = {"pass": 0, "fail": 1, "undecided": 3}


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.epilog = EXAMPLE
    add_evaluation_options(parser)
    add_by_option(parser, "attributes to group by (default: every grouping of the plan)")
    parser.add_argument(
        "--max-ratio",
        type=float,
        metavar="RATIO",
        help="largest ratio to stay below (default: the plan's margin, else 1.25)",
    )
    parser.add_argument(
        "--baseline", metavar="SYSTEM", help="compare with this system in each group, not with other speakers"
    )
    parser.add_argument(
        "--baseline-in", metavar="EVAL", help="evaluation or build the baseline is in (default: the same)"
    )
    add_metric_option(parser)
    add_against_option(parser, "peers, complement or ATTRIBUTE=VALUE")
    parser.add_argument("--junit", metavar="FILE", help="also write the result as JUnit XML")
    parser.add_argument(
        "--allow-undecided",
        action="store_true",
        help="exit with 0 where nothing fails but not all can be told",
    )
    add_format_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the result and return its exit code; raises the errors that `main` turns into sentences."""
    from pathlib import Path

    from dashboard.answers.choices import QuestionError
    from dashboard.answers.gate import gate
    from dashboard.answers.gate_document import gate_document
    from dashboard.commands.evaluation_options import chosen_build, other_build

    if arguments.baseline_in and not arguments.baseline:
        raise QuestionError("--baseline-in says where the baseline is; name the system with --baseline.")
    build = chosen_build(arguments)
    answer = gate(build, _question(arguments, build), other_build(arguments, arguments.baseline_in))
    document = gate_document(build.info, answer)
    if arguments.junit:
        from dashboard.commands.written_files import write_whole
        from dashboard.exports.junit import export_junit

        write_whole({Path(arguments.junit): export_junit(document, arguments.allow_undecided)})
    _print(document, build, arguments.format)
    undecided_is_fine = answer.result == "undecided" and arguments.allow_undecided
    return 0 if undecided_is_fine else EXIT_CODES[answer.result]


def _question(arguments: argparse.Namespace, build: Build) -> GateQuestion:
    from dashboard.answers.gate import GateQuestion
    from dashboard.commands.evaluation_options import chosen_names, chosen_selection

    return GateQuestion(
        system=arguments.system,
        by=chosen_names("--by", arguments.by),
        max_ratio=arguments.max_ratio,
        baseline=arguments.baseline,
        metric=arguments.metric,
        where=chosen_selection(arguments, build),
        against=arguments.against,
    )


def _print(document: dict[str, Any], build: Build, output_format: str) -> None:
    from dashboard.answers.documents import plan_line
    from dashboard.commands.aligned_table import print_document, print_document_csv
    from dashboard.wording_plan import NO_PLAN_LINE

    if output_format == "json":
        print_document(document)
    elif output_format == "csv":
        print_document_csv(document, document["rows"])
    else:
        plan = f"Plan {plan_line(build.info)}." if build.info.plan else f"{NO_PLAN_LINE}."
        _print_table(document, plan)


def _print_table(document: dict[str, Any], plan: str) -> None:
    from dashboard.commands.aligned_table import print_aligned
    from dashboard.wording import as_people, people, rate_text, ratio_text
    from dashboard.wording_gate import OUTCOME_LABELS, case_name, gate_sentence, needed_text
    from dashboard.wording_labels import labels_sentence

    if document["notice"]:
        print(f"{document['notice']}\n")
    print(f"{gate_sentence(document)}\n{document['selection']['sentence']} · {document['family']}\n{plan}\n")
    lines, synthetic = [], document["notice"] is not None
    for row in document["rows"]:
        reason = as_people(row["reason"], synthetic)
        why = " · ".join(part for part in (reason, needed_text(row, synthetic)) if part)
        ratio = ratio_text(row["ratio"], row["low"], row["high"])
        outcome = OUTCOME_LABELS[row["outcome"]].lower()
        speakers = f"{row['n_speakers']:,}"
        lines.append(
            [
                case_name(row),
                rate_text(row["rate"], row["rate_low"], row["rate_high"]),
                ratio,
                speakers,
                outcome,
                why,
            ]
        )
    if lines:
        print_aligned(["group", "rate", "ratio", people(synthetic), "outcome", "reason"], lines)
        grouped = {name for names in document["by"] for name in names}
        sources = {name: who for name, who in document["label_sources"].items() if name in grouped}
        if sources:
            print(f"\n{labels_sentence(sources)}")
