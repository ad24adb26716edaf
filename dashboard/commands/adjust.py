"""`fairhearing adjust`: is it the accent, or the device?

Reads its options, asks `answers.adjust` and prints. Computes nothing.
"""

from __future__ import annotations

import argparse
from typing import Any

from dashboard.commands.evaluation_options import add_evaluation_options, add_format_option

EXAMPLE = """example:
  fairhearing adjust synthetic-voices --system "System A" --attribute accent --for noise,device
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.epilog = EXAMPLE
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    add_evaluation_options(parser)
    parser.add_argument("--attribute", required=True, metavar="NAME", help="whose gap is looked at")
    parser.add_argument(
        "--for", dest="held_equal", metavar="A,B", help="what is held equal (default: every condition)"
    )
    parser.add_argument("--metric", default="wer", help="wer (default), substitution-rate, deletion-rate, …")
    add_format_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print three gaps for every group; raises the errors that `main` turns into sentences."""
    from dashboard.answers.adjust import AdjustQuestion, adjust_for, held_equal_by_default
    from dashboard.answers.adjust_document import adjust_document
    from dashboard.commands.aligned_table import print_document, print_document_csv
    from dashboard.commands.evaluation_options import chosen_build, chosen_selection

    build = chosen_build(arguments)
    named = tuple(name.strip() for name in (arguments.held_equal or "").split(",") if name.strip())
    held = named or held_equal_by_default(build.info.attributes, arguments.attribute)
    where = chosen_selection(arguments, build)
    asked = AdjustQuestion(arguments.attribute, held, arguments.system, arguments.metric, where)
    document = adjust_document(build.info, adjust_for(build, asked))
    if arguments.format == "json":
        print_document(document)
    elif arguments.format == "csv":
        print_document_csv(document, document["rows"])
    else:
        _print_table(document)
    return 0


def _print_table(document: dict[str, Any]) -> None:
    from dashboard.commands.aligned_table import group_cells, print_aligned
    from dashboard.wording import percent, ratio_text

    if document["notice"]:
        print(f"{document['notice']}\n")
    held = ", ".join(document["for"])
    print(f"{document['system']}: gap of each {document['attribute']} to everybody else, {held} held equal")
    lines = []
    for row in document["rows"]:
        gaps = [ratio_text(*(row[kind][key] for key in ("ratio", "low", "high"))) for kind in _KINDS]
        group, counts = group_cells(row, [document["attribute"]]), f"{row['n_speakers']:,}"
        lines.append([*group, *gaps, percent(row["strata_present"]), counts, row["status"]])
    print_aligned([document["attribute"], *_KINDS, "of the mix", "speakers", "status"], lines)
    for one in document["association"]:
        print(
            f"\n{document['attribute']} and {one['attribute']}: Cramér's V {one['cramers_v']:.2f}; "
            f"{percent(one['largest_share'])} of {one['group']} is {one['value']}"
        )
    if document["speaker_spread"] is not None:
        print(
            f"\nSpread between speakers (standard deviation of log rates): {document['speaker_spread']:.2f}"
        )
    if document["model_reason"]:
        print(f"\nNo model: {document['model_reason']}")
    print(f"\n{document['scale']}")


_KINDS = ("raw", "standardised", "modelled")
