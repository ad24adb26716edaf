"""`fairhearing sign`: a signature beside a card's JSON, over all that the card says.

Reads the files, asks `answers.signing` and writes one file. A card on synthetic voices is refused.
"""

from __future__ import annotations

import argparse
from pathlib import Path

EXAMPLE = """example:
  openssl genpkey -algorithm ed25519 -out key.pem
  openssl pkey -in key.pem -pubout -out key.pub.pem
  fairhearing sign card.json --key key.pem
  fairhearing verify card.json --data my-evaluation --key key.pub.pem

Writes card.json.sig. Keep key.pem to yourself and publish key.pub.pem where readers know it is yours."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.epilog = EXAMPLE
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("card", metavar="CARD.json", type=Path, help="the card's JSON")
    parser.add_argument(
        "--key", metavar="KEY.pem", type=Path, required=True, help="private Ed25519 key in PEM"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the signature and name it; raises the errors that `main` turns into sentences."""
    from dashboard.answers import verify_files as files
    from dashboard.answers.signing import MOST_BYTES, fingerprint, public_key, sign_card
    from dashboard.answers.verify_reading import read_card

    card = read_card(files.card_file(arguments.card))
    key = files.read_limited(arguments.key, MOST_BYTES, "key")
    signature = sign_card(card.plain, key)
    path = files.signature_path(arguments.card)
    path.write_bytes(signature)
    print(f"{path}: signed by {fingerprint(public_key(key))}")
    return 0
