"""`fairhearing list`: the evaluations on this machine, or everything about one."""

from __future__ import annotations

import argparse
import sys

from dashboard.commands.evaluation_options import add_format_option, add_home_option


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.epilog = "example:\n  fairhearing list\n  fairhearing list synthetic-voices --format json"
    parser.add_argument(
        "evaluation", metavar="EVAL", nargs="?", help="only this one, with its attributes and groups"
    )
    add_home_option(parser)
    add_format_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print what there is."""
    from dashboard.commands import evaluation_output as output
    from dashboard.commands.aligned_table import print_document
    from data.store import evaluations_home, find_evaluation, list_evaluations, unreadable_evaluations

    home = evaluations_home(arguments.home)
    one = arguments.evaluation
    infos = [find_evaluation(home, one)] if one else list_evaluations(home)
    unreadable = {} if one else unreadable_evaluations(home)
    for problem in unreadable.values():
        print(problem, file=sys.stderr)
    if arguments.format == "json":
        documents = [output.evaluation_document(info) for info in infos]
        head = {"evaluation": None, "build": None, "settings": None, "audience": None, "selection": None}
        print_document(
            documents[0]
            if one
            else {**head, "home": str(home), "evaluations": documents, "unreadable": unreadable}
        )
    elif arguments.format == "csv":
        output.print_evaluations_csv(infos)
    elif one:
        output.print_evaluation(infos[0])
        output.print_builds(infos[0])
    elif infos:
        output.print_evaluations(infos)
    elif not unreadable:
        print(
            f"There is no evaluation in {home}. `fairhearing ingest` makes one, `fairhearing sample` the bundled one."
        )
    return 0
