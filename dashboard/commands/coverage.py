"""`fairhearing coverage`: which combinations of groups were tested, and whom to record next.

Asks `answers.coverage`; the Trust page shows the same.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from dashboard.commands.evaluation_options import add_evaluation_options

if TYPE_CHECKING:
    from dashboard.answers.coverage import Coverage
    from data.store import EvaluationInfo

EXAMPLE = """example:
  fairhearing coverage synthetic-voices --system "System A" --by accent,noise,device
  fairhearing coverage synthetic-voices --system "System A" --by accent,noise --format json
"""
_MISSING_SHOWN = 20


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.epilog = EXAMPLE
    add_evaluation_options(parser)
    parser.add_argument(
        "--by", metavar="A,B,C", help="attributes (default: those of the heatmap that opens first)"
    )
    parser.add_argument("--metric", default="wer", help="which rate the intervals are of (default: wer)")
    parser.add_argument(
        "--format", choices=("table", "json"), default="table", help="table (default) for people, or json"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print coverage; raises the errors that `main` turns into sentences."""
    from dashboard.answers.coverage import CoverageQuestion, coverage
    from dashboard.answers.coverage_document import coverage_document
    from dashboard.commands.aligned_table import print_document
    from dashboard.commands.evaluation_options import chosen_build, chosen_names, chosen_selection

    build = chosen_build(arguments)
    by = chosen_names("--by", arguments.by)
    question = CoverageQuestion(arguments.system, by, chosen_selection(arguments, build), arguments.metric)
    answer = coverage(build, question)
    if arguments.format == "json":
        print_document(coverage_document(build.info, answer))
    else:
        _print(build.info, answer)
    return 0


def _print(info: EvaluationInfo, answer: Coverage) -> None:
    from dashboard.wording import group_names, selection_sentence
    from dashboard.wording_coverage import (
        coverage_sentence,
        left_over,
        no_sessions_reason,
        no_widths_note,
        order_detail,
        order_label,
        order_value,
        session_sentences,
    )
    from dashboard.wording_labels import labels_sentence, several_groups_sentence, sources_of

    if info.notice:
        print(f"{info.notice}\n")
    selected = selection_sentence(answer.question.where)
    print(
        f"{info.name}@{info.build} · {answer.system} · {selected}\n{coverage_sentence(answer, info.synthetic)}\n"
    )
    for order in answer.orders:
        print(f"  {order_label(order):<22} {order_value(order):>16}  {order_detail(order)}")
    if answer.missing:
        print("\nnot tested enough")
        for combination in answer.missing[:_MISSING_SHOWN]:
            print(f"  {group_names(combination)}")
        rest = len(answer.missing) - _MISSING_SHOWN
        if rest > 0:
            print(f"  and {rest:,} more; --format json has all")
    print("\nwhat to record next")
    for sentence in session_sentences(answer.sessions, info.synthetic):
        print(f"  {sentence}")
    if not answer.sessions:
        print(f"  {no_sessions_reason()}")
    for note in (left_over(answer, info.synthetic), no_widths_note(answer, info.synthetic)):
        if note:
            print(f"  {note}")
    print(f"\n{labels_sentence(sources_of(answer.attributes))}")
    if several := several_groups_sentence(answer.attributes):
        print(several)
