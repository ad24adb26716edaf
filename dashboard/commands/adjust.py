"""`fairhearing adjust`: is it the accent, or the device?

Reads its options, asks `answers.adjust` and prints. Computes nothing.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from dashboard.commands.evaluation_options import (
    add_against_option,
    add_evaluation_options,
    add_format_option,
    add_metric_option,
)

if TYPE_CHECKING:
    from dashboard.answers.adjust import AdjustAnswer, AdjustQuestion
    from data.store import Build

EXAMPLE = """examples:
  fairhearing adjust synthetic-voices --system "System A" --attribute accent --for noise,device
  fairhearing adjust synthetic-voices --system "System A" --where "accent = 'Arabic-L1 rules'"

With --attribute every group is compared with everybody else; without it, the subgroup that --where describes.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.epilog = EXAMPLE
    add_evaluation_options(parser)
    parser.add_argument(
        "--attribute", metavar="NAME", help="whose groups are looked at (default: the subgroup of --where)"
    )
    parser.add_argument(
        "--for", dest="held_equal", metavar="A,B", help="what is held equal (default: every condition)"
    )
    parser.add_argument(
        "--group", metavar="NAME", help="with --attribute: the group whose gap within each condition is added"
    )
    add_against_option(parser, "of a subgroup: peers or complement (default: by rule)")
    add_metric_option(parser)
    add_format_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print three gaps for every group or for a subgroup; raises the errors that `main` turns into sentences."""
    import sys

    from dashboard.answers.adjust import adjust_for
    from dashboard.answers.adjust_document import adjust_document
    from dashboard.commands.aligned_table import print_document
    from dashboard.commands.evaluation_options import chosen_build
    from dashboard.exports.adjust_csv import export_adjust_csv

    build = chosen_build(arguments)
    answer = adjust_for(build, _question(arguments, build))
    if arguments.format == "json":
        print_document(adjust_document(build.info, answer))
    elif arguments.format == "csv":
        sys.stdout.buffer.write(export_adjust_csv(build.info, answer))
    else:
        _print_table(build, answer)
    return 0


def _question(arguments: argparse.Namespace, build: Build) -> AdjustQuestion:
    from dashboard.answers.adjust import AdjustQuestion, held_equal_by_default
    from dashboard.answers.choices import QuestionError
    from dashboard.commands.evaluation_options import chosen_names, chosen_selection

    attribute: str | None = arguments.attribute
    if attribute and arguments.against:
        raise QuestionError(
            "--against is for a subgroup; with --attribute each group is compared with all others."
        )
    if arguments.group and not attribute:
        raise QuestionError(
            "--group names a group of --attribute; without one, name the subgroup with --where."
        )
    where = chosen_selection(arguments, build)
    held = chosen_names("--for", arguments.held_equal) or held_equal_by_default(
        build.info.attributes, attribute, where
    )
    return AdjustQuestion(
        attribute,
        held,
        arguments.system,
        arguments.metric,
        where,
        against=arguments.against,
        closer=arguments.group,
    )


def _print_table(build: Build, answer: AdjustAnswer) -> None:
    from dashboard.commands.aligned_table import print_aligned
    from dashboard.wording_adjust import adjust_headline
    from dashboard.wording_adjust_method import sentences_beside
    from dashboard.wording_adjust_tables import gap_lines, within_lines

    info = build.info
    if info.notice:
        print(f"{info.notice}\n")
    print(f"{adjust_headline(answer)}\n")
    lines = gap_lines(answer, info.synthetic)
    print_aligned(list(lines[0]), [list(line.values()) for line in lines])
    for one in answer.by_condition:
        if within := within_lines(one, info.synthetic):
            print()
            print_aligned(list(within[0]), [list(line.values()) for line in within])
    for note in sentences_beside(info, answer):
        print(f"\n{note}")
