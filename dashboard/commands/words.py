"""`fairhearing words`: the words and kinds of error that make a subgroup's excess over its comparator.

Reads its options, asks `answers.words` and prints. Computes nothing.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from dashboard.commands.evaluation_options import (
    add_against_option,
    add_evaluation_options,
    add_format_option,
)
from dashboard.commands.progress import add_progress_option

if TYPE_CHECKING:
    from dashboard.answers.words import WordsAnswer, WordsQuestion
    from data.store import Build

EXAMPLE = """example:
  fairhearing words synthetic-voices --system "System A" --where "accent = 'Scottish voice' and noise = 'babble'"

The words of an evaluation are shown only where it was loaded with --show-text; its kinds of error always are.
"""
KINDS = ("word", "substitution", "deletion", "insertion", "phrase", "all")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.epilog = EXAMPLE
    add_evaluation_options(parser)
    add_against_option(parser, "peers, complement, overall or ATTRIBUTE=VALUE (default: by rule)")
    parser.add_argument("--kind", choices=KINDS, default="word", help="which list of items (default: word)")
    parser.add_argument(
        "--limit", type=int, default=20, metavar="N", help="rows to print (default: 20; 0: all)"
    )
    parser.add_argument(
        "--level", type=float, help="confidence level of intervals (default: 0.95, or that of the settings)"
    )
    parser.add_argument(
        "--most-utterances",
        type=int,
        metavar="N",
        help="align at most N utterances of each side, of a sample of speakers (default: 200000; 0: all)",
    )
    parser.add_argument("--seed", type=int, default=0, help="which sample of speakers (default: 0)")
    add_format_option(parser)
    add_progress_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the excess by kind and by word; raises the errors that `main` turns into sentences."""
    import sys

    from dashboard.answers.words import words
    from dashboard.answers.words_document import words_document
    from dashboard.commands.aligned_table import print_document
    from dashboard.commands.evaluation_options import chosen_build
    from dashboard.commands.progress import progress_reporter
    from dashboard.exports.words_csv import export_words_csv

    build = chosen_build(arguments)
    answer = words(build, _question(arguments, build), progress_reporter(arguments.progress))
    if arguments.format == "json":
        print_document(words_document(build.info, answer, arguments.kind, arguments.limit))
    elif arguments.format == "csv":
        sys.stdout.buffer.write(export_words_csv(build.info, answer, arguments.kind, arguments.limit))
    else:
        _print_table(build, answer, arguments.kind, arguments.limit)
    return 0


def _question(arguments: argparse.Namespace, build: Build) -> WordsQuestion:
    from dashboard.answers.choices import QuestionError
    from dashboard.answers.words import MOST_UTTERANCES, WordsQuestion
    from dashboard.commands.evaluation_options import chosen_selection, settings_with_level

    for name in ("limit", "most_utterances", "seed"):
        value = getattr(arguments, name)
        if value is not None and value < 0:
            raise QuestionError(f"--{name.replace('_', '-')} is {value}; it must not be negative.")
    if arguments.level is not None and not 0 < arguments.level < 1:
        raise QuestionError(f"--level is {arguments.level:g}; it must lie between 0 and 1, such as 0.95.")
    where = chosen_selection(arguments, build)
    most = MOST_UTTERANCES if arguments.most_utterances is None else arguments.most_utterances
    return WordsQuestion(
        where,
        arguments.system,
        arguments.against,
        settings=settings_with_level(arguments.level, build),
        most_utterances=most,
        seed=arguments.seed,
    )


def _print_table(build: Build, answer: WordsAnswer, kind: str, limit: int) -> None:
    from dashboard.answers.words_document import kind_rows, word_rows
    from dashboard.commands.aligned_table import print_aligned
    from dashboard.wording_labels import labels_sentence, sources_named
    from dashboard.wording_words import (
        characters_note,
        kind_line,
        looks_note,
        parts_sentence,
        sample_note,
        withheld_note,
        word_line,
        words_headline,
    )
    from dashboard.wording_words_sides import few_sentence, result_sentence, side_lines

    info = build.info
    if info.notice:
        print(f"{info.notice}\n")
    print(f"{words_headline(answer, info.synthetic)}\n")
    sides = side_lines(answer, info.synthetic)
    print_aligned(list(sides[0]), [list(line.values()) for line in sides])
    for note in (few_sentence(answer, info.synthetic), result_sentence(answer, info.synthetic)):
        if note:
            print(f"\n{note}")
    print()
    lines = [kind_line(row) for row in kind_rows(answer)]
    print_aligned(list(lines[0]), [list(line.values()) for line in lines])
    rows = [word_line(row, info.synthetic) for row in word_rows(answer, kind, limit)]
    if rows:
        print()
        print_aligned(list(rows[0]), [list(row.values()) for row in rows])
    notes = (
        withheld_note(answer),
        parts_sentence(answer),
        looks_note(answer, kind, info.synthetic),
        sample_note(answer, info.synthetic),
        characters_note(str(info.normalizer["id"])),
        labels_sentence(sources_named(info.attributes, answer.question.where)),
    )
    for note in notes:
        if note:
            print(f"\n{note}")
