"""`fairhearing doctor`: what is wrong with the meaning of an evaluation, and what to do about it.

Asks `answers.doctor` and prints its findings. It is a report: findings are no failure,
and the exit code is 0 with them.
"""

from __future__ import annotations

import argparse
import shutil
import textwrap
from typing import TYPE_CHECKING

from dashboard.commands.evaluation_options import add_home_option

if TYPE_CHECKING:
    from data.doctor import DoctorFault
    from data.store import EvaluationInfo

EXAMPLE = """example:
  fairhearing doctor synthetic-voices
  fairhearing doctor synthetic-voices --format json

Every code is explained in docs/doctor.md.
"""
_WIDEST = 100


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.epilog = EXAMPLE
    parser.add_argument("evaluation", metavar="EVAL", help="name, name@build or path of an evaluation")
    add_home_option(parser)
    parser.add_argument(
        "--format", choices=("table", "json"), default="table", help="table (default) for people, or json"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the findings; raises the errors that `main` turns into sentences."""
    from dashboard.answers.doctor import doctor, doctor_document
    from dashboard.commands.aligned_table import print_document
    from dashboard.commands.evaluation_options import chosen_build

    build = chosen_build(arguments, shows_results=False)
    faults = doctor(build)
    if arguments.format == "json":
        print_document(doctor_document(build.info, faults))
    else:
        _print_findings(build.info, faults)
    return 0


def _print_findings(info: EvaluationInfo, faults: tuple[DoctorFault, ...]) -> None:
    from dashboard.answers.doctor import counts_by_severity
    from dashboard.wording_labels import labels_sentence

    if info.notice:
        print(f"{info.notice}\n")
    counts = [
        f"{number} {severity}{'' if number == 1 else 's'}"
        for severity, number in counts_by_severity(faults).items()
        if number
    ]
    print(f"{info.name}@{info.build} · {', '.join(counts) or 'nothing found'}")
    if not faults:
        print(
            "\nWhat the doctor looks for is in docs/doctor.md; it cannot see whether references and labels "
            "are right."
        )
    for fault in faults:
        print(f"\n{fault.severity}  {fault.code}  ({fault.where})")
        _print_wrapped(fault.what)
        for example in fault.examples:
            _print_wrapped(example, bullet="- ")
        _print_wrapped(f"This means: {fault.consequence}")
        _print_wrapped(f"To do: {fault.advice}")
    if labels := labels_sentence(info.label_sources):
        print()
        _print_wrapped(labels)


def _print_wrapped(text: str, bullet: str = "") -> None:
    width = min(_WIDEST, shutil.get_terminal_size((_WIDEST, 24)).columns)
    print(
        textwrap.fill(
            text,
            width,
            initial_indent=f"  {bullet}",
            subsequent_indent=" " * (2 + len(bullet)),
            break_long_words=False,
            break_on_hyphens=False,
        )
    )
