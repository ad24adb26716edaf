"""`fairhearing rates`: error rates of every group, with intervals by speaker and verdicts.

Reads its options, asks `answers.rates` and prints a table, CSV or JSON. Computes nothing.
"""

from __future__ import annotations

import argparse

from dashboard.commands.evaluation_options import (
    add_against_option,
    add_by_option,
    add_evaluation_options,
    add_format_option,
    add_level_option,
)

EXAMPLE = """example:
  fairhearing rates synthetic-voices --system "System B" --by accent,noise --where "device = 'telephone'"
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.epilog = EXAMPLE
    add_evaluation_options(parser, publishes=True)
    add_by_option(parser, "attributes to group by; without it only the overall rate")
    parser.add_argument(
        "--metric", default="wer", help="wer (default), cer, mer, wil, …; all are listed in docs/numbers.md"
    )
    add_against_option(parser)
    add_level_option(parser)
    add_format_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the rates; raises the errors that `main` turns into sentences."""
    from dashboard.answers.choices import QuestionError
    from dashboard.answers.disagreement import disagreement_beside
    from dashboard.answers.documents import rates_document
    from dashboard.answers.gaps import gaps
    from dashboard.answers.mean_spans import mean_spans_of_rows, mean_spans_of_whole, span_keys
    from dashboard.answers.overall_mixes import overall_mixes
    from dashboard.answers.rates import RatesQuestion, rates
    from dashboard.commands.evaluation_options import (
        chosen_build,
        chosen_names,
        chosen_selection,
        settings_with_level,
    )
    from dashboard.commands.rates_output import print_rates

    if arguments.level is not None and not 0.5 <= arguments.level < 1:
        raise QuestionError(f"--level is {arguments.level:g}; give a confidence level such as 0.95.")
    build = chosen_build(arguments)
    by = chosen_names("--by", arguments.by)
    question = RatesQuestion(
        system=arguments.system,
        by=by,
        metric=arguments.metric,
        where=chosen_selection(arguments, build),
        against=arguments.against,
        settings=settings_with_level(arguments.level, build),
        audience=arguments.audience,
    )
    answer, twice = rates(build, question), disagreement_beside(build, question)
    apart, mixes = gaps(build, answer), overall_mixes(build, answer)
    document = rates_document(build.info, answer, twice, apart, mixes)
    means = mean_spans_of_rows(build, answer) if by else []
    document["overall"] |= span_keys(mean_spans_of_whole(build, answer))
    for row, spans in zip(document["rows"], means, strict=True):
        row.update(span_keys(spans))
    print_rates(build.info, answer, twice, means, document, arguments.format)
    return 0
