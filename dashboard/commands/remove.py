"""`fairhearing remove`: delete an evaluation with all its builds, after asking."""

from __future__ import annotations

import argparse
import sys


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.epilog = "example:\n  fairhearing remove my-evaluation --yes"
    parser.add_argument("evaluation", metavar="NAME", help="name of the evaluation")
    parser.add_argument("--home", metavar="DIR", help="folder of evaluations (default: $FAIRHEARING_HOME)")
    parser.add_argument("--yes", action="store_true", help="do not ask")


def run(arguments: argparse.Namespace) -> int:
    """Delete it; raises `InputError` when there is none of that name."""
    from data.errors import InputError
    from data.home import builds, checked_name, remove_evaluation
    from data.store import evaluations_home, find_evaluation
    from data.workspace import forget_evaluation

    home = evaluations_home(arguments.home)
    name = checked_name(arguments.evaluation)
    find_evaluation(home, name)
    n_builds = len(builds(home / name))
    if not arguments.yes:
        if not sys.stdin.isatty():
            raise InputError(f"{name} has {n_builds} build(s). Add --yes to delete it without being asked.")
        answer = input(f"Delete {name} with its {n_builds} build(s)? Type its name to go on: ")
        if answer.strip() != name:
            print("Nothing was deleted.")
            return 0
    remove_evaluation(home / name)
    n_findings = forget_evaluation(home, name)
    print(f"{name} is deleted{f', with {n_findings} findings' if n_findings else ''}.")
    return 0
