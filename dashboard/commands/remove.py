"""`fairhearing remove`: delete an evaluation with all its builds, or one build of several, after asking."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from dashboard.commands.evaluation_options import add_home_option


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.epilog = (
        "example:\n  fairhearing remove my-evaluation --yes\n  fairhearing remove my-evaluation@3f2a90c1d4e5"
    )
    parser.add_argument(
        "evaluation", metavar="EVAL", help="name of the evaluation, or name@build for one build"
    )
    add_home_option(parser)
    parser.add_argument("--yes", action="store_true", help="do not ask")


def run(arguments: argparse.Namespace) -> int:
    """Delete it; raises `InputError` when there is none of that name."""
    from data.home import evaluations_home

    home, wanted = evaluations_home(arguments.home), arguments.evaluation
    if "@" in wanted or os.sep in wanted or wanted.endswith(".duckdb"):
        return _remove_build(home, wanted, asks=not arguments.yes)
    return _remove_evaluation(home, wanted, asks=not arguments.yes)


def _remove_evaluation(home: Path, wanted: str, *, asks: bool) -> int:
    from data.home import builds, checked_name, remove_evaluation
    from data.store import evaluation_names, find_build
    from data.workspace import forget_evaluation

    name = checked_name(wanted)
    if name not in evaluation_names(home):
        find_build(home, name)
    n_builds = len(builds(home / name))
    builds_of_it = "its only build" if n_builds == 1 else f"its {n_builds} builds"
    if asks and not _agrees(f"{name} with {builds_of_it}", name):
        return 0
    remove_evaluation(home / name)
    n_findings = forget_evaluation(home, name)
    print(f"{name} is deleted{f', with {n_findings} findings' if n_findings else ''}.")
    return 0


def _remove_build(home: Path, wanted: str, *, asks: bool) -> int:
    from data.errors import InputError
    from data.home import current_build, remove_build
    from data.store import find_build

    path = find_build(home, wanted)
    if current_build(path.parent) is None:
        raise InputError(f"{path} is no build of an evaluation. `fairhearing list` names those there are.")
    if asks and not _agrees(f"the build {path.stem} of {path.parent.name}", path.stem):
        return 0
    shown = remove_build(path.parent, path.stem)
    print(f"The build {path.stem} is deleted; {path.parent.name} shows {shown}.")
    return 0


def _agrees(what: str, name: str) -> bool:
    """Whether somebody types the name; raises `InputError` where nobody can."""
    from data.errors import InputError

    if not sys.stdin.isatty():
        raise InputError(f"This would delete {what}. Add --yes to delete it without being asked.")
    if input(f"Delete {what}? Type {name} to go on: ").strip() == name:
        return True
    print("Nothing was deleted.")
    return False
