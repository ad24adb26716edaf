"""`fairhearing plan`: show, check, set or remove what is declared before results are opened.

Reads its options, asks `answers.plan` and prints text or JSON. Computes nothing.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.commands.evaluation_options import add_home_option

if TYPE_CHECKING:
    from analysis.plan_check import PlanCheck
    from dashboard.answers.plan import PlanStatus
    from data.store import EvaluationInfo

EXAMPLE = """examples:
  fairhearing plan synthetic-voices
  fairhearing plan my-evaluation --draft > plan.json
  fairhearing plan my-evaluation --check plan.json
  fairhearing plan my-evaluation --file plan.json
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.epilog = EXAMPLE
    parser.add_argument("evaluation", metavar="EVAL", help="name, name@build or path of an evaluation")
    add_home_option(parser)
    action = parser.add_mutually_exclusive_group()
    action.add_argument("--file", metavar="PLAN.json", type=Path, help="check this plan and set it")
    action.add_argument(
        "--check", metavar="PLAN.json", type=Path, help="check this plan and leave all as it is"
    )
    action.add_argument("--remove", action="store_true", help="take the plan out of force; the log keeps it")
    action.add_argument("--draft", action="store_true", help="print a plan to start from, as JSON")
    parser.add_argument(
        "--format", choices=("table", "json"), default="table", help="table (default) for people, or json"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the plan's state; raises the errors that `main` turns into sentences."""
    from dashboard.answers import plan as plans
    from data.store import evaluations_home, find_evaluation

    info = find_evaluation(evaluations_home(arguments.home), arguments.evaluation)
    if arguments.draft:
        print(json.dumps(plans.draft_plan(info).to_json(), ensure_ascii=False, indent=1))
        return 0
    if arguments.check is not None:
        return _print_check(info, plans.checked(info, plans.read_plan(arguments.check)), arguments)
    done = ""
    if arguments.file is not None:
        before = info.record.plan
        status = plans.set_plan(info, plans.read_plan(arguments.file), arguments.file.name)
        is_same = before is not None and status.held is not None and before.sha256 == status.held.sha256
        done = "This plan was in force already." if is_same else "The plan is set."
    elif arguments.remove:
        status, done = plans.remove_plan(info), "The plan is removed."
    else:
        status = plans.plan_of(info)
    _print_status(info, status, done, arguments.format)
    return 0


def _print_status(info: EvaluationInfo, status: PlanStatus, done: str, output_format: str) -> None:
    from dashboard.answers.plan import plan_document
    from dashboard.commands.aligned_table import print_document
    from dashboard.wording_plan import plan_sentences, status_sentences

    if output_format == "json":
        print_document(plan_document(info, status))
        return
    print(f"{info.name}@{info.build}{f' · {info.notice}' if info.notice else ''}")
    for line in [*([done] if done else []), *status_sentences(status)]:
        print(line)
    if status.held is not None:
        print(f"\nplan {status.held.sha256[:12]}")
        for line in plan_sentences(status.held.plan):
            print(f"  {line}")
    print("\nlog")
    for entry in status.log:
        what = f" of build {entry.build}" if entry.build else f" {entry.sha256[:12]}" if entry.sha256 else ""
        print(f"  {entry.at}  {entry.what}{what}")
    if not status.log:
        print("  nothing yet")


def _print_check(info: EvaluationInfo, check: PlanCheck, arguments: argparse.Namespace) -> int:
    from analysis.selection import EVERYTHING
    from dashboard.answers.documents import document_head
    from dashboard.answers.families import settings_in_force
    from dashboard.answers.plan import check_document
    from dashboard.commands.aligned_table import print_document
    from dashboard.commands.dispatch import BAD_INPUT, SUCCESS
    from dashboard.wording_plan import check_sentences

    if arguments.format == "json":
        print_document({**document_head(info, settings_in_force(info), EVERYTHING), **check_document(check)})
    else:
        fits = "does not fit" if check.faults else "fits"
        print(f"{arguments.check.name} {fits} {info.name}@{info.build}. Nothing was set.")
        for line in check_sentences(check):
            print(line)
    return BAD_INPUT if check.faults else SUCCESS
