"""`fairhearing findings`: put findings on record, change their state, and ask them again of a build.

Reads its options, asks `answers.findings` and `answers.findings_check`, prints. Computes nothing.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING

from dashboard.commands.evaluation_options import chosen_build, chosen_names, chosen_selection

if TYPE_CHECKING:
    from dashboard.answers.findings_check import Retest
    from data.store import Build

EXAMPLE = """examples:
  fairhearing findings list my-evaluation
  fairhearing findings add my-evaluation --by accent --group accent=Scottish --claim "More errors, shown"
  fairhearing findings add my-evaluation --where "accent = 'Scottish' and snr_db < 10" --note "hear u17"
  fairhearing findings change my-evaluation 3f2a90 --state accepted --reason "until the next release"
  fairhearing findings withdraw my-evaluation 3f2a90 --reason "it was the street"
  fairhearing findings check my-evaluation --format json

Nothing is ever deleted: a change keeps what was said before. `check` asks every finding again of the build."""
ACTIONS = ("list", "add", "change", "withdraw", "check")
STATES = ("open", "mitigated", "accepted", "withdrawn")
"""Names of `data.findings.STATES`, which `--help` must not load; a test compares them."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.epilog = EXAMPLE
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("action", choices=ACTIONS, help="what to do")
    parser.add_argument("evaluation", metavar="EVAL", help="name, name@build or path of an evaluation")
    parser.add_argument("finding", metavar="ID", nargs="?", help="change, withdraw: the id, or how it begins")
    parser.add_argument("--home", metavar="DIR", help="folder of evaluations (default: $FAIRHEARING_HOME)")
    parser.add_argument("--system", help="which system; may be left out where there is only one")
    asked = parser.add_argument_group("add")
    asked.add_argument("--by", metavar="A,B", help="attributes of the table the group stands in")
    asked.add_argument(
        "--group", metavar="A=VALUE", action="append", default=[], help="the group, once per attribute"
    )
    asked.add_argument("--where", metavar="EXPR", help="the subgroup, or the recordings the table is of")
    asked.add_argument("--metric", default="wer", help="wer (default), substitution-rate, deletion-rate, …")
    asked.add_argument("--against", help="peers, complement, overall or ATTRIBUTE=VALUE")
    said = parser.add_argument_group("add, change, withdraw")
    said.add_argument("--claim", help="what is claimed, in one sentence")
    said.add_argument("--note", help="anything else")
    said.add_argument("--author", default="", help="who says so, as typed")
    said.add_argument("--state", choices=STATES, help="change: the new state")
    said.add_argument("--place", metavar="N", help="change: where it stands in the list, from 1")
    said.add_argument("--reason", default="", help="why the state changes; needed for it")
    parser.add_argument("--all", action="store_true", help="list, check: withdrawn ones too")
    parser.add_argument(
        "--format", choices=("table", "json"), default="table", help="table (default) or json"
    )


def run(arguments: argparse.Namespace) -> int:
    """Do it and print the findings it is about; raises the errors that `main` turns into sentences."""
    build = chosen_build(arguments)
    if arguments.action == "add":
        changed = _added(arguments, build)
    elif arguments.action in ("change", "withdraw"):
        changed = _changed(arguments, build)
    else:
        changed = None
    _print(arguments, build, changed)
    return 0


def _added(arguments: argparse.Namespace, build: Build) -> str:
    from dashboard.answers.choices import QuestionError
    from dashboard.answers.findings import add_finding, add_subgroup_finding
    from dashboard.answers.rates import RatesQuestion
    from dashboard.answers.subgroup import SubgroupQuestion
    from data.store import evaluations_home

    home, by = evaluations_home(arguments.home), chosen_names("--by", arguments.by)
    where = chosen_selection(arguments, build)
    said = {"note": arguments.note or "", "author": arguments.author, "claim": arguments.claim or ""}
    if not by:
        if not arguments.where or arguments.group:
            raise QuestionError("Name a group with --by and --group, or a subgroup with --where.")
        asked = SubgroupQuestion(where, arguments.system, arguments.metric, arguments.against)
        return add_subgroup_finding(home, build, asked, **said).id
    group: dict[str, str | None] = {}
    for pair in arguments.group:
        name, _, value = pair.partition("=")
        group[name.strip()] = value.strip() or None
    if set(group) != set(by):
        raise QuestionError(
            f"--group names a value for each of {', '.join(by)}, such as --group {by[0]}=VALUE."
        )
    question = RatesQuestion(arguments.system, by, arguments.metric, where, arguments.against)
    return add_finding(home, build, question, group, **said).id


def _changed(arguments: argparse.Namespace, build: Build) -> str:
    from dashboard.answers.choices import QuestionError
    from dashboard.answers.findings import change_finding
    from data.store import evaluations_home

    if arguments.finding is None:
        raise QuestionError(
            f"Name the finding to {arguments.action} by its id; `fairhearing findings list` shows them."
        )
    given = {key: getattr(arguments, key) for key in ("claim", "note", "place", "state")}
    if arguments.action == "withdraw":
        given["state"] = "withdrawn"
    changes = {key: value for key, value in given.items() if value is not None}
    if not changes:
        raise QuestionError("Nothing to change: give --state with --reason, --claim, --note or --place.")
    home = evaluations_home(arguments.home)
    return change_finding(
        home, build.info.name, arguments.finding, changes, arguments.author, arguments.reason
    ).id


def _print(arguments: argparse.Namespace, build: Build, changed: str | None) -> None:
    from dashboard.answers.findings_check import check_findings, findings_document
    from dashboard.commands.aligned_table import print_document
    from dashboard.wording_findings import changed_sentence
    from data.store import evaluations_home

    everything = arguments.all or changed is not None
    system = arguments.system if arguments.action in ("list", "check") else None
    found = check_findings(evaluations_home(arguments.home), build, system, withdrawn=everything)
    places = {one.finding.id: place for place, one in enumerate(found, 1)}
    if changed is not None:
        found = [one for one in found if one.finding.id == changed]
    if arguments.format == "json":
        print_document(findings_document(build.info, found))
        return
    if not found:
        print(
            f"Nothing is on record for {build.info.name}{' that was not withdrawn' if not everything else ''}."
        )
    print_retests(build, found, places)
    if arguments.action == "check" and found:
        print(changed_sentence(found))


def print_retests(build: Build, found: list[Retest], places: Mapping[str, int] | None = None) -> None:
    """Each finding with what became of it; `ingest` and `add-system` print the same.

    places: where each stands in the whole list, by id; None where the whole list is given.
    """
    from dashboard.answers.families import margin_in_force
    from dashboard.wording_findings import finding_name, retest_sentence

    margin = margin_in_force(build.info)
    for number, one in enumerate(found, 1):
        kept = one.finding
        place = (places or {}).get(kept.id, number)
        why = f": {kept.reason}" if kept.reason else ""
        by = f" ({', '.join(kept.by)})" if kept.by else ""
        name = f"{finding_name(one)}{by}"
        print(f"{place}. {kept.id}  {name}  [{kept.system}, {kept.metric}]  {kept.state}{why}")
        for line in (kept.claim, retest_sentence(one, margin), kept.note):
            if line:
                print(f"   {line}")
