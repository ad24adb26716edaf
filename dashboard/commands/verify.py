"""`fairhearing verify`: work every number of a card out again, and check its signature.

Reads its options, asks `answers.verify_files` and prints what was found. Exits 1 where anything differs.
"""

from __future__ import annotations

import argparse
from pathlib import Path

EXAMPLE = """examples:
  fairhearing verify card.json --data my-evaluation
  fairhearing verify card.json --data evidence.parquet --format json
  fairhearing verify card.json --from-source results.csv system-b.tsv
  fairhearing verify card.json --data my-evaluation --key signer.pub.pem

Exits 0 where every number is equal, 1 where one is not or a signature does not hold, 2 for what is no card."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.epilog = EXAMPLE
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("card", metavar="CARD.json", type=Path, help="the card's JSON")
    data = parser.add_mutually_exclusive_group(required=True)
    data.add_argument(
        "--data", metavar="EVAL|FILE.parquet", help="evaluation, or evidence file, to work it out from"
    )
    data.add_argument(
        "--from-source",
        metavar="FILE",
        nargs="+",
        type=Path,
        help="the files the build was read from; they are ingested again with the card's options",
    )
    parser.add_argument(
        "--keywords",
        metavar="FILE",
        type=Path,
        help="with --from-source: the list of keywords, which cards for the public do not print",
    )
    parser.add_argument("--key", metavar="KEY.pem", type=Path, help="public key of the signer")
    parser.add_argument(
        "--signature", metavar="FILE", type=Path, help="the signature, where it is not CARD.json.sig"
    )
    parser.add_argument("--home", metavar="DIR", help="folder of evaluations (default: $FAIRHEARING_HOME)")
    parser.add_argument(
        "--format", choices=("table", "json"), default="table", help="table (default) or json"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print what was found; raises the errors that `main` turns into sentences."""
    from dashboard.answers import verify_files as files
    from dashboard.answers.signing import MOST_BYTES
    from dashboard.commands.aligned_table import print_document
    from data.errors import InputError
    from data.store import evaluations_home

    if arguments.keywords and not arguments.from_source:
        raise InputError("--keywords goes with --from-source; an evaluation knows its own list.")
    home, document = evaluations_home(arguments.home), files.card_file(arguments.card)
    key = files.read_limited(arguments.key, MOST_BYTES, "key") if arguments.key else None
    signature = files.signature_file(arguments.card, arguments.signature)
    if arguments.from_source:
        found = files.verify_from_source(document, home, arguments.from_source, arguments.keywords)
    else:
        found = files.verify_against(document, home, arguments.data)
    found = files.with_signature(found, signature, key)
    if arguments.format == "json":
        print_document(files.verification_document(found))
    else:
        from dashboard.wording_verify import (
            difference_lines,
            not_checked_sentence,
            numbers_sentence,
            other_plan_sentence,
            other_settings_sentence,
            text_sentence,
        )

        print(numbers_sentence(found))
        for line in difference_lines(found):
            print(f"  {line}")
        if found.other_plan:
            print(other_plan_sentence(found))
        if found.other_settings:
            print(other_settings_sentence(found))
        print(text_sentence(found))
        print(not_checked_sentence(found))
    return 0 if files.succeeded(found, key_named=key is not None) else 1
