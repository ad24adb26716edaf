"""Finds the command that is meant, runs it, turns every failure into a sentence.

Owns the list of commands, exit codes (that of a command that was stopped is `main.py`’s) and everything written to
standard error after a failure. A command is one module with `configure(parser)` and `run(arguments) -> int`;
it is imported only when it is asked for, so that `--help` answers at once. Called by `main.py` alone.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from dashboard.commands.parsing import (
    OF_EVERY_COMMAND,
    CommandHelp,
    CommandParser,
    forgotten_value,
    near_names,
    with_command_first,
)
from dashboard.commands.terminal import write_anywhere

COMMANDS: dict[str, tuple[str, str]] = {
    "ingest": ("dashboard.commands.ingest", "make an evaluation from files of references and hypotheses"),
    "add-system": (
        "dashboard.commands.add_system",
        "a new build of the same references with one more system",
    ),
    "list": (
        "dashboard.commands.list_evaluations",
        "evaluations on this machine, with systems and attributes",
    ),
    "remove": ("dashboard.commands.remove", "delete an evaluation"),
    "doctor": ("dashboard.commands.doctor", "what is wrong with an evaluation, and what to do about it"),
    "plan": ("dashboard.commands.plan", "what is declared in advance: show, check or set it"),
    "rates": ("dashboard.commands.rates", "error rates by group, with intervals and verdicts"),
    "card": ("dashboard.commands.card", "a service card's fairness and robustness sections as files"),
    "findings": (
        "dashboard.commands.findings",
        "what people put on record for the card, asked again of a build",
    ),
    "verify": ("dashboard.commands.verify", "work every number of a card out again from the data"),
    "sign": ("dashboard.commands.sign", "sign a card's JSON with a key of your own"),
    "evidence": (
        "dashboard.commands.evidence",
        "counts per pseudonymised speaker and groups, for an auditor",
    ),
    "compare": ("dashboard.commands.compare", "two systems on the same utterances: who gets worse"),
    "gate": ("dashboard.commands.gate", "release gate: pass, fail or undecided, for pipelines"),
    "slices": (
        "dashboard.commands.slices",
        "find the slices a system serves worst, and confirm them on other speakers",
    ),
    "coverage": ("dashboard.commands.coverage", "which combinations were tested, and whom to record next"),
    "adjust": (
        "dashboard.commands.adjust",
        "is it the accent, or the device: gaps with conditions held equal",
    ),
    "sensitivity": (
        "dashboard.commands.sensitivity",
        "the same rates under each normaliser: which ratios move",
    ),
    "words": ("dashboard.commands.words", "words and kinds of error that make a subgroup's excess"),
    "subgroups": (
        "dashboard.commands.subgroups",
        "subgroups saved under a name: list, add, rename, delete, rates, check, import, export",
    ),
    "sample": ("dashboard.commands.sample", "make the bundled evaluation of synthetic voices"),
    "serve": ("dashboard.commands.serve", "open the dashboard"),
}
"""Module and one line of help by name of the command."""

SUCCESS, BAD_INPUT = 0, 2
MOST_FAULTS_SHOWN = 20

_OWN_ROOMS = ("analysis", "data", "dashboard")


def dispatch(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code, or raises `SystemExit` after help or unknown options."""
    write_anywhere()
    given = with_command_first(sys.argv[1:] if arguments is None else arguments)
    try:
        if not given or given[0] not in COMMANDS:
            return _without_command(given)
        code = _run(given[0], given[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output has seen enough; the interpreter would complain about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return SUCCESS
    except Exception as error:
        if os.environ.get("FAIRHEARING_DEBUG"):
            raise
        return _explain(error, given)
    return code


def _run(name: str, arguments: list[str]) -> int:
    module_name, purpose = COMMANDS[name]
    command = importlib.import_module(module_name)
    parser = CommandParser(
        prog=f"fairhearing {name}",
        description=f"{purpose[0].upper()}{purpose[1:]}.",
        allow_abbrev=False,
    )
    command.configure(parser)
    parser.formatter_class = CommandHelp
    parsed = parser.parse_args(arguments)
    if name != "remove":  # It also takes away what cannot be opened.
        _look_for_evaluation(parsed)
    code: int = command.run(parsed)
    if opened := getattr(parsed, "opened", None):
        from dashboard.answers.plan import note_results_opened

        note_results_opened(opened)
        if chosen := getattr(parsed, "chosen", None):
            from dashboard.answers.saved import note_subgroup

            note_subgroup(opened, chosen)
    return code


def _look_for_evaluation(parsed: argparse.Namespace) -> None:
    """Refuse an evaluation that is not there before a second goes by in importing what would answer."""
    if wanted := getattr(parsed, "evaluation", None):
        from data.home import evaluations_home, find_build

        find_build(evaluations_home(getattr(parsed, "home", None)), wanted)


def _without_command(given: list[str]) -> int:
    wanted = given[0] if given else "--help"
    if wanted in ("-h", "--help", "help"):
        print(_help())
        return SUCCESS
    if wanted == "--version":
        from importlib.metadata import version

        print(f"fairhearing {version('fairhearing')}")
        return SUCCESS
    if forgotten := forgotten_value(given, COMMANDS):
        print(forgotten, file=sys.stderr)
        return BAD_INPUT
    if meant := near_names(wanted, ("--help", "--version")):
        print(f"fairhearing has no option {wanted}.{meant}", file=sys.stderr)
        return BAD_INPUT
    if wanted.startswith("-"):
        print(
            f"A command comes first, then its options: fairhearing COMMAND {wanted} …  Before it may stand only "
            f"{', '.join(OF_EVERY_COMMAND)}. `fairhearing --help` lists the commands.",
            file=sys.stderr,
        )
        return BAD_INPUT
    from difflib import get_close_matches

    near = get_close_matches(wanted, COMMANDS, n=2)
    hint = f"Did you mean {' or '.join(near)}?" if near else f"There is {', '.join(COMMANDS)}."
    print(f'"{wanted}" is not a command. {hint}', file=sys.stderr)
    return BAD_INPUT


def _help() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  {name.ljust(width)}  {purpose}" for name, (_, purpose) in COMMANDS.items()]
    return "\n".join(
        [
            "usage: fairhearing COMMAND …",
            "",
            "Error rates of speech recognition by group, with intervals by speaker.",
            "",
            *lines,
            "",
            "Each command explains itself: fairhearing COMMAND --help",
            "example: fairhearing ingest results.csv --name my-evaluation",
        ]
    )


def _explain(error: Exception, given: Sequence[str]) -> int:
    from dashboard.commands.progress import is_for_programs, write_refusal

    sentence = _sentence(error)
    if is_for_programs(given):
        write_refusal(error, sentence)
        return BAD_INPUT
    if sys.stderr.isatty():
        # A progress bar may still stand on this line.
        print("\r\x1b[K", end="", file=sys.stderr)
    print(sentence, file=sys.stderr)
    return BAD_INPUT


def _sentence(error: Exception) -> str:
    """What a person is told: the first faults with the count of the rest, or one sentence."""
    from data.errors import InputError

    if isinstance(error, InputError) and error.faults:
        shown = error.faults[:MOST_FAULTS_SHOWN]
        rest = len(error.faults) - len(shown)
        count = f"{len(error.faults):,} fault{'s' if len(error.faults) > 1 else ''}"
        more = f", {rest:,} of them not shown" if rest else ""
        return "\n".join([*map(str, shown), f"{count}{more}. Nothing was written."])
    if isinstance(error, ValueError) and type(error).__module__.split(".")[0] in _OWN_ROOMS:
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror}. Nothing was changed."
    from dashboard.wording_data import UNEXPECTED

    return (
        f"{UNEXPECTED} ({type(error).__name__}: {error}). "
        "Run it again with FAIRHEARING_DEBUG=1 for the details to report."
    )
