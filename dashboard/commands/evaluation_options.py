"""Options that commands over an evaluation share: which one, which system, which recordings.

Turns them into values; the words of the errors come from the rooms that find the fault.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.selection import Selection
    from data.store import Build


def add_evaluation_options(parser: argparse.ArgumentParser, one_system: bool = True) -> None:
    """EVAL, --home, --where, --audience and, for commands over one system, --system."""
    parser.add_argument("evaluation", metavar="EVAL", help="name, name@build or path of an evaluation")
    parser.add_argument("--home", metavar="DIR", help="folder of evaluations (default: $FAIRHEARING_HOME)")
    if one_system:
        parser.add_argument("--system", help="which system; may be left out where there is only one")
    parser.add_argument(
        "--where", metavar="EXPR", help="only these recordings, e.g. \"accent = 'Scottish' and snr_db < 10\""
    )
    parser.add_argument("--audience", choices=("internal",), default="internal", help="whose eyes it is for")


def add_format_option(parser: argparse.ArgumentParser) -> None:
    """--format table|csv|json."""
    parser.add_argument(
        "--format", choices=("table", "csv", "json"), default="table", help="table (default), csv or json"
    )


def chosen_build(arguments: argparse.Namespace) -> Build:
    """The build that EVAL names; raises `InputError` with near names."""
    from data.store import evaluations_home, find_evaluation, open_build

    return open_build(find_evaluation(evaluations_home(arguments.home), arguments.evaluation).path)


def chosen_selection(arguments: argparse.Namespace, build: Build) -> Selection:
    """The recordings that --where names, all of them without it; raises `SelectionError`."""
    from analysis.selection import Everything

    if not arguments.where:
        return Everything()
    from analysis.expression import from_expression

    return from_expression(arguments.where, build.info.attributes)
