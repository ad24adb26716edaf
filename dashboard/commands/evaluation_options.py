"""Options that commands over an evaluation share: which one, which system, which recordings.

Turns them into values; the words of the errors come from the rooms that find the fault.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.selection import Selection
    from analysis.settings import Settings
    from data.store import Build

NOT_PUBLISHED = (
    "What this command tells is not published: it gives texts, or numbers that would give small groups away. "
    "Only rates and card have --audience public; use --audience internal and keep the answer inside."
)
AGAINST = "peers, complement, overall or ATTRIBUTE=VALUE"


def add_evaluation_options(
    parser: argparse.ArgumentParser, one_system: bool = True, publishes: bool = False
) -> None:
    """EVAL, --home, --where, --audience and, for commands over one system, --system.

    A command that does not `publishes` refuses the public audience.
    """
    parser.add_argument("evaluation", metavar="EVAL", help="name, name@build or path of an evaluation")
    add_home_option(parser)
    if one_system:
        parser.add_argument("--system", help="which system; may be left out where there is only one")
    parser.add_argument(
        "--where",
        metavar="EXPR",
        help="only these recordings, e.g. \"accent = 'Scottish' and snr_db < 10\", or a saved subgroup: @name",
    )
    add_audience_option(parser)
    parser.set_defaults(publishes=publishes)


def add_audience_option(parser: argparse.ArgumentParser) -> None:
    """--audience internal|public."""
    parser.add_argument(
        "--audience",
        choices=("internal", "public"),
        default="internal",
        help="whose eyes it is for: internal (exact numbers, default) or public (small groups withheld, rounded)",
    )


def add_by_option(parser: argparse.ArgumentParser, help_text: str) -> None:
    """--by A,B; the help says what happens without it."""
    parser.add_argument("--by", default="", metavar="A,B", help=help_text)


def add_metric_option(parser: argparse.ArgumentParser) -> None:
    """--metric, the same words everywhere."""
    parser.add_argument("--metric", default="wer", help="wer (default), substitution-rate, deletion-rate, …")


def add_against_option(parser: argparse.ArgumentParser, help_text: str = AGAINST) -> None:
    """--against WHOM; the help says which comparators a command has."""
    parser.add_argument("--against", metavar="WHOM", help=help_text)


def add_level_option(parser: argparse.ArgumentParser) -> None:
    """--level of the rates' intervals."""
    parser.add_argument(
        "--level", type=float, help="confidence level of the rates' intervals (0.95, or that of the settings)"
    )


def add_home_option(parser: argparse.ArgumentParser) -> None:
    """--home DIR."""
    parser.add_argument("--home", metavar="DIR", help="folder of evaluations (default: $FAIRHEARING_HOME)")


def add_format_option(parser: argparse.ArgumentParser) -> None:
    """--format table|csv|json."""
    parser.add_argument(
        "--format", choices=("table", "csv", "json"), default="table", help="table (default), csv or json"
    )


def chosen_build(arguments: argparse.Namespace, shows_results: bool = True) -> Build:
    """The build that EVAL names; raises `InputError` with near names.

    Unless the command shows no results, `main` puts on record that they were opened, once it has answered.
    """
    from dashboard.answers.choices import QuestionError
    from data.store import evaluations_home, find_evaluation, open_build

    if getattr(arguments, "audience", None) == "public" and not arguments.publishes:
        raise QuestionError(NOT_PUBLISHED)
    build = open_build(find_evaluation(evaluations_home(arguments.home), arguments.evaluation).path)
    arguments.opened = build.info if shows_results else None
    return build


def other_build(arguments: argparse.Namespace, wanted: str | None) -> Build | None:
    """A second evaluation or build beside EVAL, from the same folder; None where none is named."""
    from data.store import evaluations_home, find_evaluation, open_build

    if wanted is None:
        return None
    return open_build(find_evaluation(evaluations_home(arguments.home), wanted).path)


def settings_with_level(level: float | None, build: Build) -> Settings:
    """The settings of the evaluation's folder, with the level that was asked for; None: the folder's."""
    settings = build.info.settings
    return settings if level is None else replace(settings, level=level)


def chosen_names(option: str, text: str | None) -> tuple[str, ...]:
    """Names of attributes from "A,B"; none without a text. Raises `QuestionError` where a name is empty."""
    from dashboard.answers.choices import QuestionError

    names = tuple(name.strip() for name in (text or "").split(","))
    if names == ("",):
        return ()
    if "" in names:
        raise QuestionError(
            f'{option} "{text}" leaves the name of an attribute empty. Write one comma between two names, such as '
            f"{option} accent,noise."
        )
    return names


def chosen_selection(arguments: argparse.Namespace, build: Build) -> Selection:
    """The recordings that --where names, all of them without it; raises `SelectionError`.

    `main` puts on record that a subgroup was looked at, once the command has answered.
    """
    from analysis.selection import Everything

    if not arguments.where:
        return Everything()
    from dashboard.answers.saved import where_typed

    chosen = where_typed(build.info, arguments.where)
    arguments.chosen = chosen
    return chosen
