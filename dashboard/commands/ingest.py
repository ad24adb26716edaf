"""`fairhearing ingest`: make an evaluation, or a new build of one, from files."""

from __future__ import annotations

import argparse

from dashboard.commands.evaluation_options import add_format_option
from dashboard.commands.progress import add_progress_option, progress_reporter

EXAMPLE = """example:
  fairhearing ingest results.csv --name my-evaluation --role accent=speaker,noise=condition
  fairhearing ingest references.tsv --name ours --map id=path --system A=a.tsv --system B=b.tsv --missing NA

Options and formats are explained in docs/ingest.md."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.epilog = EXAMPLE
    parser.add_argument(
        "sources", metavar="SOURCE", nargs="+", help="file with references: CSV, TSV, JSON lines or Parquet"
    )
    parser.add_argument(
        "--name", required=True, help="name of the evaluation; an existing one gets a new build"
    )
    parser.add_argument("--home", metavar="DIR", help="folder of evaluations (default: $FAIRHEARING_HOME)")
    _add_reading_options(parser.add_argument_group("reading"))
    _add_attribute_options(parser.add_argument_group("attributes"))
    _add_build_options(parser.add_argument_group("the build"))
    add_format_option(parser)
    add_progress_option(parser)


def _add_reading_options(group: argparse._ArgumentGroup) -> None:
    def repeatable(option: str, metavar: str, explained: str) -> None:
        group.add_argument(option, metavar=metavar, action="append", default=[], help=explained)

    group.add_argument(
        "--from",
        dest="source_format",
        choices=("csv", "jsonl", "parquet"),
        help="format, where content does not tell",
    )
    repeatable("--system", "NAME=FILE", "file of one system's hypotheses, joined by id; repeatable")
    repeatable(
        "--map", "FIELD=COLUMN", "FIELD is id, reference, speaker, hypothesis, audio, duration or system:NAME"
    )
    repeatable("--missing", "A,B", 'values that mean "not stated", besides blank')
    group.add_argument("--null-hypothesis", metavar="TEXT", help="text that stands for an empty output")
    group.add_argument(
        "--allow-missing", action="store_true", help="references without hypothesis are unscored, not faults"
    )
    group.add_argument(
        "--cluster", metavar="COLUMN", help="sampling unit where it is not the speaker, e.g. the call"
    )
    group.add_argument(
        "--missing-speaker",
        choices=("drop", "one"),
        help="leave out recordings without speaker, or count them as one speaker's",
    )


def _add_attribute_options(group: argparse._ArgumentGroup) -> None:
    def repeatable(option: str, metavar: str, explained: str) -> None:
        group.add_argument(option, metavar=metavar, action="append", default=[], help=explained)

    group.add_argument(
        "--attributes", metavar="A,B", help="columns to compare by, in this order (default: all that can)"
    )
    repeatable("--role", "A=ROLE,…", "what an attribute is about: speaker, condition or content")
    repeatable(
        "--label-source", "A=WHO,…", "who gave the labels: self, annotator, location, inferred or unknown"
    )
    repeatable("--bins", "A=5,10", "inner edges of a number's bins (default: thirds)")
    repeatable("--order", "A=V1,V2", "groups in their order (default: alphabetical)")


def _add_build_options(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--normalizer", default="basic", help="none, basic (default) or whisper-english")
    group.add_argument("--about", metavar="FILE", help="JSON object about system and data, for the card")
    group.add_argument(
        "--show-text", action="store_true", help="let the dashboard show references and hypotheses"
    )
    group.add_argument("--show-audio", action="store_true", help="let the dashboard play clips")
    group.add_argument("--note", default="", help="a remark kept beside the build")


def run(arguments: argparse.Namespace) -> int:
    """Ingest and say what came out; raises `InputError` with every fault."""
    from dashboard.commands import evaluation_output as output
    from dashboard.commands.ingest_arguments import options_from
    from data.ingest import ingest
    from data.store import evaluations_home, open_build

    options = options_from(arguments)
    done = ingest(options, evaluations_home(arguments.home), progress_reporter(arguments.progress))
    info = open_build(done.path).info
    if arguments.format == "json":
        output.print_json({**output.evaluation_document(info), "is_new": done.is_new})
    elif arguments.format == "csv":
        output.print_evaluations_csv([info])
    else:
        output.print_evaluation(info)
        if not done.is_new:
            print("\nThis build was there already; it is the current one.")
    return 0
