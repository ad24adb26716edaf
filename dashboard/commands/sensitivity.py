"""`fairhearing sensitivity`: the same rates under each normaliser, and which ratios move.

Reads its options, asks `answers.sensitivity` and prints. Computes nothing.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from dashboard.commands.evaluation_options import (
    add_against_option,
    add_by_option,
    add_evaluation_options,
    add_format_option,
    add_metric_option,
)
from dashboard.commands.progress import add_progress_option, progress_reporter

if TYPE_CHECKING:
    from dashboard.answers.sensitivity import Sensitivity
    from data.store import EvaluationInfo

EXAMPLE = """example:
  fairhearing sensitivity synthetic-voices --system "System A" --by accent
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.epilog = EXAMPLE
    add_evaluation_options(parser)
    add_by_option(parser, "attributes to group by; without it only the overall rates")
    add_metric_option(parser)
    add_against_option(parser)
    add_format_option(parser)
    add_progress_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print rates under each normaliser; raises the errors that `main` turns into sentences."""
    from dashboard.answers.rates import RatesQuestion
    from dashboard.answers.saved import note_normalisers
    from dashboard.answers.sensitivity import sensitivity
    from dashboard.answers.sensitivity_document import sensitivity_document
    from dashboard.commands.aligned_table import print_document
    from dashboard.commands.evaluation_options import chosen_build, chosen_names, chosen_selection
    from dashboard.exports.sensitivity_csv import export_sensitivity_csv

    build = chosen_build(arguments)
    by = chosen_names("--by", arguments.by)
    where = chosen_selection(arguments, build)
    asked = RatesQuestion(arguments.system, by, arguments.metric, where, arguments.against)
    answer = sensitivity(build, asked, progress_reporter(arguments.progress))
    note_normalisers(build.info, [one.id for one in answer.under if not one.is_own])
    if arguments.format == "json":
        print_document(sensitivity_document(build.info, answer))
    elif arguments.format == "csv":
        sys.stdout.buffer.write(export_sensitivity_csv(build.info, answer))
    else:
        _print_table(build.info, answer)
    return 0


def _print_table(info: EvaluationInfo, answer: Sensitivity) -> None:
    from dashboard.commands.aligned_table import print_aligned
    from dashboard.wording_labels import labels_sentence, several_groups_sentence, sources_of
    from dashboard.wording_sensitivity import (
        overall_line,
        sensitivity_caption,
        sensitivity_line,
        sensitivity_sentence,
        verdicts_sentence,
        warning_sentences,
    )

    if info.notice:
        print(f"{info.notice}\n")
    print(f"{info.name}@{info.build} · {answer.system} · {answer.own.table.metric.label.lower()}")
    for one in answer.under:
        print(f"  {overall_line(one)}")
    for sentence in warning_sentences(answer):
        print(sentence)
    if not answer.attributes:
        return
    print(f"\n{sensitivity_sentence(answer, info.synthetic)}")
    if verdicts := verdicts_sentence(answer):
        print(verdicts)
    lines = [sensitivity_line(answer, i, info.synthetic) for i in range(len(answer.own.table))]
    print()
    print_aligned(list(lines[0]), [[str(value) for value in line.values()] for line in lines])
    print(f"\n{sensitivity_caption(answer, info.synthetic)}")
    print(labels_sentence(sources_of(answer.attributes)))
    if several := several_groups_sentence(answer.attributes):
        print(several)
