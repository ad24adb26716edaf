"""`fairhearing subgroups`: subgroups saved under a name: list, add, rename, delete, rates, check, hand on.

Reads its options, asks `answers.saved` and its neighbours, and prints. Computes nothing.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.commands.parsing import CommandHelp

if TYPE_CHECKING:
    from dashboard.answers.saved_check import SavedRetest
    from data.store import EvaluationInfo

EXAMPLE = """examples:
  fairhearing subgroups add synthetic-voices scots-in-noise --where "accent = 'Scottish voice' and noise = 'babble'"
  fairhearing rates synthetic-voices --system "System A" --by device --where "@scots-in-noise and not device = 'telephone'"
  fairhearing subgroups rates synthetic-voices --system "System A"
  fairhearing subgroups export synthetic-voices > subgroups.json
  fairhearing subgroups import synthetic-voices subgroups.json
"""
ACTIONS = {
    "list": "the saved subgroups",
    "add": "save a subgroup under a name",
    "rename": "give a saved subgroup another name",
    "delete": "forget a saved subgroup; the log keeps it",
    "rates": "every saved subgroup against its comparator, as one family of questions",
    "check": "every saved subgroup in this build and in the one before: was 1.4×, now 1.1×",
    "export": "print all of them as JSON",
    "import": "save those of a file, all or none",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.epilog = EXAMPLE
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    made = {}
    for name, purpose in ACTIONS.items():
        one = actions.add_parser(
            name,
            help=purpose,
            description=f"{purpose[0].upper()}{purpose[1:]}.",
            epilog=EXAMPLE,
            formatter_class=CommandHelp,
            allow_abbrev=False,
        )
        one.add_argument("evaluation", metavar="EVAL", help="name, name@build or path of an evaluation")
        one.add_argument("--home", metavar="DIR", help="folder of evaluations (default: $FAIRHEARING_HOME)")
        made[name] = one
    for name in ("add", "rename", "delete"):
        made[name].add_argument("name", metavar="NAME", help="letters, digits, - and _")
    made["add"].add_argument(
        "--where",
        required=True,
        metavar="EXPR",
        help='the recordings, e.g. "accent = \'Scottish\'" or "@other and …"',
    )
    made["add"].add_argument("--note", default="", help="what it is for")
    made["add"].add_argument("--author", default="", help="who saves it; kept as typed")
    made["rename"].add_argument("to", metavar="NEW", help="its new name")
    made["import"].add_argument(
        "file", metavar="FILE", type=Path, help="a file that `subgroups export` printed"
    )
    made["rates"].add_argument("--system", help="which system; may be left out where there is only one")
    made["check"].add_argument("--system", help="which system (default: all)")
    for name in ("rates", "check"):
        made[name].add_argument("--metric", default="wer", help="wer (default), cer, mer, …")
    made["rates"].add_argument(
        "--audience", choices=("internal", "public"), default="internal",
        help="whose eyes it is for (default: internal)",
    )  # fmt: skip
    made["rates"].add_argument(
        "--format", choices=("table", "csv", "json"), default="table", help="table (default), csv or json"
    )
    for name in ("list", "check"):
        made[name].add_argument(
            "--format", choices=("table", "json"), default="table", help="table (default) or json"
        )


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked; raises the errors that `main` turns into sentences."""
    from dashboard.answers import saved
    from data.store import evaluations_home, find_evaluation

    info = find_evaluation(evaluations_home(arguments.home), arguments.evaluation)
    match arguments.action:
        case "list":
            _list(info, arguments.format)
        case "add":
            where = saved.where_typed(info, arguments.where)
            one = saved.save_subgroup(info, arguments.name, where, arguments.note, arguments.author)
            _say(info, f"@{one.name} stands for {_sentence(where)}.")
        case "rename":
            one = saved.rename_subgroup(info, arguments.name, arguments.to)
            _say(info, f"It is called @{one.name} now.")
        case "delete":
            one = saved.delete_subgroup(info, arguments.name)
            _say(info, f"@{one.name} is deleted.")
        case "rates":
            _rates(info, arguments)
        case "check":
            _check(info, arguments)
        case "export":
            from dashboard.answers.saved_files import export_bytes

            sys.stdout.buffer.write(export_bytes(info))
        case _:
            from dashboard.answers.saved_files import import_subgroups

            new = import_subgroups(info, arguments.file)
            names = ", ".join(f"@{one.name}" for one in new)
            _say(info, f"Saved: {names}." if new else "Everything in the file is saved already.")
    return 0


def _say(info: EvaluationInfo, sentence: str) -> None:
    print(f"{info.name}: {sentence}")


def _sentence(where: object) -> str:
    from dashboard.wording import selection_sentence

    return selection_sentence(where)  # type: ignore[arg-type]


def _list(info: EvaluationInfo, output_format: str) -> None:
    from analysis.selection import EVERYTHING
    from dashboard.answers.documents import document_head
    from dashboard.answers.families import settings_in_force
    from dashboard.answers.saved import saved_here
    from dashboard.answers.saved_files import subgroup_document
    from dashboard.commands.aligned_table import print_document
    from dashboard.wording_saved import NONE_SAVED, saved_by, saved_label, saved_sentence

    kept = saved_here(info)
    if output_format == "json":
        rows = [
            {**subgroup_document(one.saved), "fits": one.why_not is None, "reason": one.why_not}
            for one in kept
        ]
        print_document({**document_head(info, settings_in_force(info), EVERYTHING), "subgroups": rows})
        return
    if not kept:
        print(NONE_SAVED)
    for one in kept:
        print(f"{saved_label(one.saved)}: {saved_sentence(one)}")
        print("  " + " · ".join(filter(None, (saved_by(one.saved), one.saved.note))))


def _rates(info: EvaluationInfo, arguments: argparse.Namespace) -> None:
    from dashboard.answers.saved_rates import saved_rates, saved_rates_document
    from dashboard.commands.aligned_table import print_aligned, print_document
    from dashboard.wording_audience import PUBLIC_NOTE
    from dashboard.wording_saved import NONE_SAVED, saved_cells, saved_family_sentence, saved_head
    from data.store import open_build

    build = open_build(info.path)
    answer = saved_rates(build, arguments.system, arguments.metric, audience=arguments.audience)
    arguments.opened = info
    if arguments.format == "csv":
        from dashboard.exports.saved_csv import export_saved_csv

        sys.stdout.buffer.write(export_saved_csv(info, answer))
        return
    if arguments.format == "json":
        print_document(saved_rates_document(build, answer))
        return
    if info.notice:
        print(f"{info.notice}\n")
    print(f"{answer.system}, {answer.metric}")
    if not answer.rows:
        print(NONE_SAVED)
        return
    print_aligned(saved_head(info.synthetic), [saved_cells(row, info.synthetic) for row in answer.rows])
    print(f"\n{saved_family_sentence(answer)}")
    if answer.audience == "public":
        print(PUBLIC_NOTE)


def _check(info: EvaluationInfo, arguments: argparse.Namespace) -> None:
    from dashboard.answers.saved_check import check_saved, saved_check_document
    from dashboard.commands.aligned_table import print_document
    from dashboard.wording_saved import NONE_SAVED
    from data.store import open_build

    found = check_saved(open_build(info.path), arguments.system, arguments.metric)
    arguments.opened = info
    if arguments.format == "json":
        print_document(saved_check_document(info, found))
        return
    if info.notice:
        print(f"{info.notice}\n")
    if found:
        print_saved_retests(found)
    else:
        print(NONE_SAVED)


def print_saved_retests(found: list[SavedRetest]) -> None:
    """Each saved subgroup with what became of it; `ingest` and `add-system` print the same."""
    from dashboard.commands.aligned_table import print_aligned
    from dashboard.wording_saved import retested_cells, retested_head, retested_sentence

    print_aligned([one.lower() for one in retested_head()], [retested_cells(one) for one in found])
    print(retested_sentence(found))
