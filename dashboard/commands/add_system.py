"""`fairhearing add-system`: a new build of the same references with one more system."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from dashboard.commands.evaluation_options import add_format_option, add_home_option
from dashboard.commands.progress import add_progress_option, let_be_stopped, progress_reporter
from dashboard.wording_formats import FORMATS

if TYPE_CHECKING:
    from data.add_system_options import AddedOptions

EXAMPLE = """example:
  fairhearing add-system my-evaluation --system B=b.tsv
  fairhearing add-system my-evaluation --system C=c.jsonl --map hypothesis=output --allow-missing

The files of the evaluation are not read again. Findings stay. See docs/ingest.md."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.epilog = EXAMPLE
    parser.add_argument("evaluation", metavar="EVAL", help="name, name@build or path of an evaluation")
    add_home_option(parser)
    parser.add_argument(
        "--system",
        metavar="NAME=FILE",
        action="append",
        default=[],
        required=True,
        help="name and file of the system, joined by id; repeatable",
    )
    parser.add_argument(
        "--from", dest="source_format", choices=sorted(FORMATS), help="format, where content does not tell"
    )
    parser.add_argument(
        "--map",
        metavar="FIELD=COLUMN",
        action="append",
        default=[],
        help="FIELD is id, hypothesis, a count or system:NAME; repeatable",
    )
    parser.add_argument("--null-hypothesis", metavar="TEXT", help="text that stands for an empty output")
    parser.add_argument(
        "--allow-missing", action="store_true", help="references without hypothesis are unscored, not faults"
    )
    parser.add_argument("--note", help="a remark kept beside the build (default: that of the build before)")
    add_format_option(parser)
    add_progress_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Add the systems and say what came out; raises `InputError` with every fault."""
    from dashboard.commands.evaluation_options import chosen_build
    from dashboard.commands.ingest import print_ingested
    from data.add_system import add_systems

    let_be_stopped()
    build = chosen_build(arguments, shows_results=False)
    added = add_systems(build, _options(arguments), progress_reporter(arguments.progress))
    print_ingested(added.made, arguments.format, left_out=dict(added.left_out))
    if arguments.format == "table":
        for name, count in added.left_out.items():
            print(f"\nLeft out of {name} for want of a speaker, as before: {count:,} of its rows.")
    return 0


def _options(arguments: argparse.Namespace) -> AddedOptions:
    from pathlib import Path

    from dashboard.commands.written_values import mapping_from, pairs
    from data.add_system_options import AddedOptions

    return AddedOptions(
        {name: Path(file) for name, file in pairs("--system", arguments.system, "A=a.tsv")},
        arguments.source_format,
        mapping_from(arguments.map),
        arguments.null_hypothesis,
        arguments.allow_missing,
        arguments.note,
    )
