"""`fairhearing compare`: who gets worse if we move from one system to another.

Reads its options, asks `answers.compare` and prints. Computes nothing.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from dashboard.commands.evaluation_options import (
    add_by_option,
    add_evaluation_options,
    add_format_option,
    add_metric_option,
)

if TYPE_CHECKING:
    from analysis.plan_families import Family
    from data.store import Build

EXAMPLE = """example:
  fairhearing compare synthetic-voices --systems "System A,System B" --by accent
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.epilog = EXAMPLE
    add_evaluation_options(parser, one_system=False)
    parser.add_argument(
        "--systems", metavar="A,B", help="from which to which; may be left out where there are two"
    )
    parser.add_argument(
        "--first-in", metavar="EVAL", help="evaluation or build that A is in (default: the same as B)"
    )
    add_by_option(parser, "attributes to group by")
    add_metric_option(parser)
    parser.add_argument(
        "--mapsswe",
        action="store_true",
        help="also the matched-pairs test of segments, which assumes that utterances are independent",
    )
    add_format_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the comparison; raises the errors that `main` turns into sentences."""
    from dashboard.answers.compare import CompareQuestion, compare
    from dashboard.answers.compare_document import compare_document
    from dashboard.answers.compare_segments import compare_segments
    from dashboard.answers.versions_comparable import comparability
    from dashboard.commands.aligned_table import print_document
    from dashboard.commands.evaluation_options import (
        chosen_build,
        chosen_names,
        chosen_selection,
        other_build,
    )
    from dashboard.wording_labels import several_groups_sentence
    from dashboard.wording_versions import without_claims

    build, first_of = chosen_build(arguments), other_build(arguments, arguments.first_in)
    first, second = _systems(build, first_of, arguments.systems)
    by = chosen_names("--by", arguments.by)
    where = chosen_selection(arguments, build)
    asked = CompareQuestion(first, second, by, where, metric=arguments.metric)
    answer = compare(build, asked, first_of)
    segments = compare_segments(build, asked, first_of) if arguments.mapsswe else None
    said = comparability(first_of.info, build.info).reasons if first_of else ()
    document = compare_document(build.info, answer, segments, said)
    if arguments.format == "json":
        print_document(document)
    elif arguments.format == "csv":
        _print_csv(document)
    else:
        _print_table(without_claims(document, answer.attributes), answer.family)
        if several := several_groups_sentence(answer.attributes):
            print(several)
    return 0


def _systems(build: Build, first_of: Build | None, names: str | None) -> tuple[str, str]:
    """The two systems meant; A is one of `first_of` where that is given."""
    from dashboard.answers.choices import two_systems
    from dashboard.answers.versions_comparable import systems_of_two_builds

    return two_systems(build, names) if first_of is None else systems_of_two_builds(first_of, build, names)


def _print_csv(document: dict[str, Any]) -> None:
    import sys

    from dashboard.exports.comparison_csv import export_comparison_csv

    sys.stdout.buffer.write(export_comparison_csv(document))


def _print_table(document: dict[str, Any], family: Family) -> None:
    from analysis.verdict_reasons import NOT_SELECTED, REASONS
    from dashboard.commands.aligned_table import group_cells, print_aligned, print_facts
    from dashboard.wording import UNDEFINED, people, rate_text, ratio_text, verdict_label
    from dashboard.wording_labels import labels_sentence
    from dashboard.wording_plan import filter_facts
    from dashboard.wording_verdicts import unjudged
    from dashboard.wording_versions import points_text, segments_sentence, shared_sentence, undecided_text

    if document["notice"]:
        print(f"{document['notice']}\n")
    print(f"From {document['a']} to {document['b']}: {document['selection']['sentence']}")
    print(f"{shared_sentence(document)} · a verdict of worse means {document['b']} is worse")
    for sentence in document["beside"]:
        print(sentence)
    margin, by = document["settings"]["margin_ratio"], document["by"]
    synthetic = document["notice"] is not None
    lines = []
    rows = [row for row in document["rows"] if row["reason"] != REASONS[NOT_SELECTED]]
    for row in [{**document["overall"], "group": dict.fromkeys(by, "all")}, *rows]:
        why = undecided_text(row, synthetic)
        verdict = unjudged(row["reason"]) or verdict_label(row["verdict"], margin)
        numbers = [
            rate_text(row["rate_a"], row["low_a"], row["high_a"]),
            rate_text(row["rate_b"], row["low_b"], row["high_b"]),
            ratio_text(row["ratio"], row["low"], row["high"]),
            f"{row['speakers_worse']:,} of {row['n_speakers']:,}" if row["n_speakers"] else UNDEFINED,
            points_text(row["worst_tenth"]),
        ]
        said = f"{verdict}: {why}" if why and not unjudged(row["reason"]) else verdict
        lines.append([*group_cells(row, by), *numbers, said])
    print()
    head = [document["a"], document["b"], "ratio", f"{people(synthetic)} worse", "worst tenth", "verdict"]
    print_aligned([*by, *head], lines)
    print_facts(filter_facts(family))
    _print_gaps(document)
    if by:
        print(f"\n{labels_sentence(document['label_sources'])}")
    if "segments" in document:
        print(f"\n{segments_sentence(document['segments'])}")


def _print_gaps(document: dict[str, Any]) -> None:
    """Whose gap to the others changed from the first system to the second; nothing where there is no gap."""
    from dashboard.commands.aligned_table import group_cells, print_aligned
    from dashboard.wording_versions_gaps import gap_line, gaps_note

    rows = [row for row in document["gap_changes"] if row["factor"] is not None]
    if not rows:
        return
    margin, synthetic = document["settings"]["margin_ratio"], document["notice"] is not None
    lines = [gap_line(row, margin, synthetic) for row in rows]
    head = [name for name in lines[0] if name != "Group"]
    print(f"\n{gaps_note(document)}\n")
    cells = [
        [*group_cells(row, document["by"]), *(str(line[name]) for name in head)]
        for row, line in zip(rows, lines, strict=True)
    ]
    print_aligned([*document["by"], *(name.lower() for name in head)], cells)
