"""`fairhearing slices`: the slices a system serves worst, found on some speakers and confirmed on others.

Reads its options, asks `answers.slices` and prints. Computes nothing.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from dashboard.commands.evaluation_options import add_evaluation_options, add_format_option, add_metric_option
from dashboard.commands.progress import add_progress_option

if TYPE_CHECKING:
    from dashboard.answers.slices import SlicesAnswer
    from data.store import EvaluationInfo

EXAMPLE = """example:
  fairhearing slices synthetic-voices --system "System A"
  fairhearing slices synthetic-voices --system "System A" --question combination --attributes accent,noise,device

Every search is put on record in the folder of evaluations.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.epilog = EXAMPLE
    add_evaluation_options(parser)
    add_metric_option(parser)
    parser.add_argument(
        "--question",
        choices=("worst", "combination"),
        default="worst",
        help="worst (default): against others. combination: worse than its conditions explain one by one",
    )
    parser.add_argument(
        "--baseline",
        choices=("multiplicative", "additive"),
        default="multiplicative",
        help="how effects of single conditions go together, for combinations (default: multiplicative)",
    )
    parser.add_argument(
        "--attributes", metavar="A,B", help="what is combined (default: all that were declared)"
    )
    parser.add_argument(
        "--depth", type=int, default=3, help="most conditions of a slice, 1 to 4 (default: 3)"
    )
    parser.add_argument(
        "--min-speakers", type=int, default=20, metavar="N", help="speakers a slice needs (default: 20)"
    )
    parser.add_argument(
        "--no-confirm", action="store_true", help="search all speakers and put nothing to the test"
    )
    parser.add_argument("--seed", type=int, default=0, help="which halves of the speakers (default: 0)")
    add_format_option(parser)
    add_progress_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the slices; raises the errors that `main` turns into sentences."""
    from dashboard.answers.slices import slices
    from dashboard.answers.slices_document import slices_document
    from dashboard.answers.slices_rows import SlicesQuestion
    from dashboard.commands.aligned_table import print_document
    from dashboard.commands.evaluation_options import chosen_build, chosen_names, chosen_selection
    from dashboard.commands.progress import progress_reporter
    from dashboard.exports.slices_csv import export_slices_csv

    build = chosen_build(arguments)
    question = SlicesQuestion(
        arguments.system,
        arguments.question,
        arguments.metric,
        chosen_selection(arguments, build),
        chosen_names("--attributes", arguments.attributes),
        arguments.depth,
        arguments.min_speakers,
        arguments.baseline,
        not arguments.no_confirm,
        arguments.seed,
    )
    answer = slices(build, question, progress_reporter(arguments.progress))
    if arguments.format == "table":
        _print_table(build.info, answer)
        return 0
    if arguments.format == "json":
        print_document(slices_document(build.info, answer))
    else:
        sys.stdout.buffer.write(export_slices_csv(build.info, answer))
    return 0


def _print_table(info: EvaluationInfo, answer: SlicesAnswer) -> None:
    from dashboard import wording_slices as words
    from dashboard.commands.aligned_table import print_aligned
    from dashboard.wording import as_people, selection_sentence
    from dashboard.wording_labels import labels_sentence, sources_of

    if info.notice:
        print(f"{info.notice}\n")
    selected = selection_sentence(answer.question.where)
    print(f"{info.name}@{info.build} · {answer.system} · {selected}")
    print(words.searched_sentence(answer))
    if absent := words.absent_sentence(answer, info.synthetic):
        print(absent)
    print(as_people(words.question_sentence(answer), info.synthetic))
    print(f"{words.split_sentence(answer, info.synthetic)} {words.outcome_sentence(answer)}")
    if answer.found:
        print()
        print_aligned(
            words.slice_head(answer, info.synthetic), [words.slice_cells(one) for one in answer.found]
        )
        if not all(one.names_speakers for one in answer.found):
            print(words.ROBUSTNESS_NOTE)
    if answer.explained:
        print(f"\nput aside: {answer.n_explained:,}, for example")
        for one in answer.explained[:5]:
            print(f"  {words.explained_text(one)}")
    if answer.audits:
        print("\nsecond opinion")
        for audit in answer.audits:
            print(f"  {words.audit_sentence(audit)}")
    print()
    if unknown := words.cannot_judge_sentence(answer):
        print(unknown)
    print(as_people(words.CANNOT_SEE, info.synthetic))
    searched = [a for a in info.attributes if a.name in answer.attributes]
    print(labels_sentence(sources_of(searched)))
