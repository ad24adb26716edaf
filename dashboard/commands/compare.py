"""`fairhearing compare`: who gets worse if we move from one system to another.

Reads its options, asks `answers.compare` and prints. Computes nothing.
"""

from __future__ import annotations

import argparse
from typing import Any

from dashboard.commands.evaluation_options import add_evaluation_options, add_format_option

EXAMPLE = """example:
  fairhearing compare synthetic-voices --systems "System A,System B" --by accent
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.epilog = EXAMPLE
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    add_evaluation_options(parser, one_system=False)
    parser.add_argument(
        "--systems", metavar="A,B", help="from which to which; may be left out where there are two"
    )
    parser.add_argument("--by", default="", metavar="A,B", help="attributes to group by")
    add_format_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the comparison; raises the errors that `main` turns into sentences."""
    from dashboard.answers.choices import two_systems
    from dashboard.answers.compare import CompareQuestion, compare
    from dashboard.answers.compare_document import compare_document
    from dashboard.commands.aligned_table import print_document, print_document_csv
    from dashboard.commands.evaluation_options import chosen_build, chosen_selection

    build = chosen_build(arguments)
    first, second = two_systems(build, arguments.systems)
    by = tuple(name.strip() for name in arguments.by.split(",") if name.strip())
    asked = CompareQuestion(first, second, by, chosen_selection(arguments, build))
    document = compare_document(build.info, compare(build, asked))
    if arguments.format == "json":
        print_document(document)
    elif arguments.format == "csv":
        print_document_csv(document, document["rows"] or [document["overall"]])
    else:
        _print_table(document)
    return 0


def _print_table(document: dict[str, Any]) -> None:
    from dashboard.commands.aligned_table import group_cells, print_aligned
    from dashboard.wording import percent, ratio_text, verdict_label

    if document["notice"]:
        print(f"{document['notice']}\n")
    shared = document["utterances"]
    print(f"From {document['a']} to {document['b']}: {document['selection']['sentence']}")
    print(
        f"{shared['both']:,} utterances scored for both · a verdict of worse means {document['b']} is worse"
    )
    left_out = shared["only_first"] + shared["only_second"]
    if left_out:
        print(f"{left_out:,} utterances were scored for one of them only and are left out")
    margin, by = document["settings"]["margin_ratio"], document["by"]
    lines = []
    for row in [{**document["overall"], "group": dict.fromkeys(by, "all")}, *document["rows"]]:
        verdict = verdict_label(row["verdict"], margin)
        if row["verdict"] == "undecided" and row["reason"]:
            verdict = f"{verdict}: {row['reason']}"
        people = (
            f"{row['speakers_worse']:,} worse, {row['speakers_better']:,} better of {row['n_speakers']:,}"
        )
        ratio = ratio_text(row["ratio"], row["low"], row["high"])
        lines.append(
            [*group_cells(row, by), percent(row["rate_a"]), percent(row["rate_b"]), ratio, people, verdict]
        )
    print_aligned([*by, document["a"], document["b"], "ratio", "speakers", "verdict"], lines)
