"""`fairhearing evidence`: counts per pseudonymised speaker and groups, for an auditor.

Reads its options, asks `answers.evidence` and says what was written. Computes nothing.
"""

from __future__ import annotations

import argparse

from dashboard.commands.evaluation_options import chosen_build

EXAMPLE = """example:
  fairhearing evidence my-evaluation --out evidence.parquet
  fairhearing verify card.json --data evidence.parquet

The file holds no text, no audio and no name; speakers have random names that no other file has. It is
restricted all the same: it counts single people. See docs/verify.md."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.epilog = EXAMPLE
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("evaluation", metavar="EVAL", help="name, name@build or path of an evaluation")
    parser.add_argument("--out", metavar="FILE", required=True, help="Parquet file to write")
    parser.add_argument("--home", metavar="DIR", help="folder of evaluations (default: $FAIRHEARING_HOME)")
    parser.add_argument(
        "--format", choices=("table", "json"), default="table", help="table (default) or json"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the file; raises the errors that `main` turns into sentences."""
    from pathlib import Path

    from dashboard.answers import evidence
    from dashboard.commands.aligned_table import print_document
    from data.errors import InputError
    from data.store import evaluations_home

    if not arguments.out.endswith(".parquet"):
        raise InputError(
            f"--out {arguments.out}: an evidence file ends in .parquet, by which `verify` knows it."
        )
    build = chosen_build(arguments, shows_results=False)
    rows = evidence.write(build, evaluations_home(arguments.home), Path(arguments.out))
    info = build.info
    if arguments.format == "json":
        from analysis.selection import EVERYTHING
        from dashboard.answers.documents import document_head
        from dashboard.answers.families import settings_in_force

        head = document_head(info, settings_in_force(info), EVERYTHING)
        print_document({**head, "file": arguments.out, "rows": rows, "restricted": evidence.RESTRICTED})
    else:
        print(f"{arguments.out}: {rows:,} rows of {info.name}@{info.build}")
        print(evidence.RESTRICTED)
    return 0
