"""`fairhearing ingest`: make an evaluation, or a new build of one, from files."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from dashboard.commands.evaluation_options import add_format_option, add_home_option
from dashboard.commands.progress import add_progress_option, let_be_stopped, progress_reporter
from dashboard.wording_formats import FORMATS

if TYPE_CHECKING:
    from data.doctor import DoctorFault
    from data.ingest import Ingested
    from data.store import EvaluationInfo

EXAMPLE = """example:
  fairhearing ingest results.csv --name my-evaluation --role accent=speaker,noise=condition
  fairhearing ingest references.tsv --name ours --map id=path --system A=a.tsv --system B=b.tsv --missing NA
  fairhearing ingest data/test --name kaldi --system A=exp/a/hyp.txt --attributes-from speakers.csv

Options are explained in docs/ingest.md, formats in docs/formats.md."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.epilog = EXAMPLE
    parser.add_argument(
        "sources",
        metavar="SOURCE",
        nargs="+",
        help="file or folder with references, or counts: CSV, JSON lines, Parquet, Kaldi and others of docs/formats.md",
    )
    parser.add_argument(
        "--name", required=True, help="name of the evaluation; an existing one gets a new build"
    )
    add_home_option(parser)
    _add_reading_options(parser.add_argument_group("reading"))
    _add_attribute_options(parser.add_argument_group("attributes"))
    _add_build_options(parser.add_argument_group("the build"))
    add_format_option(parser)
    add_progress_option(parser)


def _add_reading_options(group: argparse._ArgumentGroup) -> None:
    def repeatable(option: str, metavar: str, explained: str) -> None:
        group.add_argument(option, metavar=metavar, action="append", default=[], help=explained)

    group.add_argument(
        "--from",
        dest="source_format",
        choices=sorted(FORMATS),
        help="format, where content does not tell",
    )
    repeatable("--system", "NAME=FILE", "file of one system's hypotheses, joined by id; repeatable")
    repeatable("--attributes-from", "FILE", "table of attributes, joined by utterance or speaker; repeatable")
    repeatable(
        "--map",
        "FIELD=COLUMN",
        "FIELD is id, reference, speaker, hypothesis, audio, duration, reference_2, a count or system:NAME",
    )
    repeatable("--missing", "A,B", 'values that mean "not stated", besides blank')
    group.add_argument("--null-hypothesis", metavar="TEXT", help="text that stands for an empty output")
    group.add_argument(
        "--allow-missing", action="store_true", help="references without hypothesis are unscored, not faults"
    )
    group.add_argument(
        "--cluster", metavar="COLUMN", help="sampling unit where it is not the speaker, e.g. the call"
    )
    group.add_argument(
        "--missing-speaker",
        choices=("drop", "one"),
        help="leave out recordings without speaker, or count them as one speaker's",
    )


def _add_attribute_options(group: argparse._ArgumentGroup) -> None:
    def repeatable(option: str, metavar: str, explained: str) -> None:
        group.add_argument(option, metavar=metavar, action="append", default=[], help=explained)

    group.add_argument(
        "--attributes", metavar="A,B", help="columns to compare by, in this order (default: all that can)"
    )
    repeatable("--role", "A=ROLE,…", "what an attribute is about: speaker, condition or content")
    repeatable(
        "--label-source", "A=WHO,…", "who gave the labels: self, annotator, location, inferred or unknown"
    )
    repeatable("--bins", "A=5,10", "inner edges of a number's bins (default: thirds)")
    repeatable("--multi", "A=SEPARATOR", "several labels in one value: each a group, e.g. --multi accent=,")
    repeatable("--order", "A=V1,V2", "groups in their order (default: alphabetical)")


def _add_build_options(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--normalizer",
        metavar="NAME",
        help="none, basic, whisper-english or unicode-marks (default: basic for Latin letters, else unicode-marks)",
    )
    group.add_argument(
        "--equivalences", metavar="FILE", help='forms that count as the same, one "gonna = going to" a line'
    )
    group.add_argument(
        "--aligner",
        metavar="NAME",
        default="levenshtein-words",
        help="levenshtein-words (default, fewest errors) or sclite (weights 4/3/3)",
    )
    group.add_argument("--keywords", metavar="FILE", help="words whose misses are counted, one a line")
    group.add_argument("--about", metavar="FILE", help="JSON object about system and data, for the card")
    group.add_argument(
        "--show-text", action="store_true", help="let the dashboard show references and hypotheses"
    )
    group.add_argument("--show-audio", action="store_true", help="let the dashboard play clips")
    group.add_argument("--note", default="", help="a remark kept beside the build")
    group.add_argument(
        "--processes",
        metavar="N",
        type=int,
        help="processes that compare texts of large inputs (default: one per core)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Ingest and say what came out; raises `InputError` with every fault."""
    from dashboard.commands.ingest_arguments import options_from
    from data.ingest import ingest
    from data.store import evaluations_home

    let_be_stopped()
    options = options_from(arguments)
    done = ingest(options, evaluations_home(arguments.home), progress_reporter(arguments.progress))
    print_ingested(done, arguments.format)
    return 0


def print_ingested(done: Ingested, output_format: str, **more: object) -> None:
    """What came out, for people or programs; `add-system` says the same."""
    from dashboard.answers.doctor import doctor
    from dashboard.answers.findings_check import check_findings, retest_document
    from dashboard.answers.plan import note_results_opened
    from dashboard.answers.saved_check import check_saved_unasked, has_numbers, saved_retest_document
    from dashboard.commands import evaluation_output as output
    from dashboard.commands.aligned_table import print_document
    from dashboard.commands.findings import print_retests
    from dashboard.commands.subgroups import print_saved_retests
    from dashboard.wording_findings import changed_sentence
    from data.store import open_build

    build = open_build(done.path)
    info = build.info
    tells = output_format != "csv"
    again = check_findings(done.path.parent.parent, build) if tells else []
    saved = check_saved_unasked(build) if tells else []
    # Whatever is printed: kept beside the build, so that no reader waits for it.
    faults = doctor(build)
    if output_format == "json":
        document = output.evaluation_document(info)
        found = {
            "findings": [retest_document(one) for one in again],
            "subgroups": [saved_retest_document(one) for one in saved],
        }
        print_document(
            {**document, "is_new": done.is_new, "inputs": [dict(one) for one in info.inputs], **found, **more}
        )
    elif output_format == "csv":
        output.print_evaluations_csv([info])
    else:
        output.print_evaluation(info)
        _print_scoring(info)
        _print_inputs(info)
        _print_doctor(info, faults)
        if again:
            print("\nfindings on record, asked again of this build")
            print_retests(build, again)
            print(changed_sentence(again))
        if saved:
            print("\nsaved subgroups, asked again of this build")
            print_saved_retests(saved)
        if not done.is_new:
            print("\nThis build was there already; it is the current one.")
    if has_numbers([*again, *saved]):
        note_results_opened(info)


def _print_scoring(info: EvaluationInfo) -> None:
    """What was chosen without being asked for, and what a count is of."""
    from dashboard.wording_scoring import scoring_sentences

    for sentence in scoring_sentences(info):
        print(sentence)


def _print_doctor(info: EvaluationInfo, found: tuple[DoctorFault, ...]) -> None:
    """What the doctor found, notes aside, so that nobody reads results before hearing of it."""
    faults = [fault for fault in found if fault.severity != "note"]
    if faults:
        print("\nthe doctor found")
        for fault in faults:
            print(f"  {fault.severity}: {fault.what}")
        print(f"  more, and what to do: fairhearing doctor {info.name}")


def _print_inputs(info: EvaluationInfo) -> None:
    """Which column of which file was taken for what, so that a wrong guess is seen."""
    print("\nread")
    for one in info.inputs:
        taken = ", ".join(f"{field} = {column}" for field, column in one["columns"].items())
        print(f"  {one['name']} ({one['format']}, {one['rows']:,} rows): {taken}")
        for notice in one["notices"]:
            print(f"    {notice}")
    if not info.has_text:
        print(
            "\nThis build holds counts and no texts: recordings cannot be looked at, and the words of errors are unknown."
        )
        for metric, reason in info.undefined_metrics.items():
            print(f"  {metric} is not known. {reason}")
