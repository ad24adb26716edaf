"""`fairhearing verify`: work every number of a card out again, and check its signature.

Reads its options, asks `answers.verify_files` and prints what was found. Exits 1 where anything differs, 3 where not
all could be checked.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.answers.verify import Verification
    from dashboard.exports.card_beside import FilesBeside

EXAMPLE = """examples:
  fairhearing verify card.json --data my-evaluation
  fairhearing verify card.json --data evidence.parquet --format json
  fairhearing verify card.json --from-source results.csv system-b.tsv --plan plan.json
  fairhearing verify card.json --data my-evaluation --key signer.pub.pem

exit codes:
  0  the card holds: what is at hand gives all of it, but for what the first
     line names
  1  a number or sentence is another, a signature does not hold, a file beside
     the card is not its own, or its plan is not that of --plan
  2  this is no card, or there are no such data
  3  every number is equal, and something could not be checked that the first
     line names: a plan nobody here has heard of, other settings, a log that
     may be this folder's, another version's sentences, an earlier form, or
     whether this is the card that was handed out (0 with --allow-unchecked)"""


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
    parser.add_argument(
        "--plan", metavar="FILE", type=Path, help="the plan you were given: the card has to be made by it"
    )
    parser.add_argument("--key", metavar="KEY.pem", type=Path, help="public key of the signer")
    parser.add_argument(
        "--signature", metavar="FILE", type=Path, help="the signature, where it is not CARD.json.sig"
    )
    parser.add_argument(
        "--allow-unchecked",
        action="store_true",
        help="exit 0 also where plan, settings, log or sentences could not be checked",
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
    from dashboard.exports.card_beside import NOTHING_BESIDE, files_beside
    from data.errors import InputError
    from data.store import evaluations_home

    if arguments.keywords and not arguments.from_source:
        raise InputError("--keywords goes with --from-source; an evaluation knows its own list.")
    home, document = evaluations_home(arguments.home), files.card_file(arguments.card)
    key = files.read_limited(arguments.key, MOST_BYTES, "key") if arguments.key else None
    given = files.plan_file(arguments.plan) if arguments.plan else None
    signature = files.signature_file(arguments.card, arguments.signature)
    if arguments.from_source:
        found = files.verify_from_source(document, home, arguments.from_source, arguments.keywords, given)
    else:
        found = files.verify_with_record(document, home, arguments.data, given)
    found = files.with_signature(found, signature, key)
    # Another version may set the same card otherwise, which says nothing of who changed it.
    same_layout = found.holds and not found.other_program
    beside = files_beside(arguments.card, document) if same_layout else NOTHING_BESIDE
    if arguments.format == "json":
        # People read the files beside it, so that one of another's making is no card that holds.
        result = {"result": "does not hold"} if beside.others else {}
        document_of = files.verification_document(found) | result
        print_document({**document_of, "files_beside": beside.to_json()})
    else:
        _print_found(found, beside)
    if beside.others:
        return 1
    return files.exit_code(found, key_named=key is not None, allow_unchecked=arguments.allow_unchecked)


def _print_found(found: Verification, beside: FilesBeside) -> None:
    """Lines of text; what a card holds cannot move the cursor or hide a line."""
    from dashboard.exports.card_text import visible
    from dashboard.wording_verify import (
        beside_sentence,
        difference_lines,
        not_checked_sentence,
        numbers_sentence,
        text_sentence,
        verdict_sentence,
    )
    from dashboard.wording_verify_conditions import condition_lines

    lines = [verdict_sentence(found, beside), numbers_sentence(found)]
    lines += [f"  {line}" for line in difference_lines(found)]
    lines += [*condition_lines(found), text_sentence(found)]
    lines += [beside_sentence(beside)] if beside.equal or beside.others else []
    for line in [*lines, not_checked_sentence(found)]:
        print(visible(line))
