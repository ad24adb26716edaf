"""`fairhearing card`: the card of one system as files, the same bytes as the Card page hands out.

Reads its options, asks `answers.card` and writes what `exports/` made of it. Computes nothing.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from dashboard.commands.evaluation_options import (
    add_audience_option,
    add_home_option,
    add_level_option,
    add_metric_option,
    chosen_build,
    settings_with_level,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from analysis.card.content import Card
    from dashboard.answers.card import CardQuestion
    from data.store import Build

EXAMPLE = """example:
  fairhearing card synthetic-voices --system "System B" --out card --formats pdf,docx,json

Writes card.md, card.html, card.pdf, card.docx, card.json, card.cdx.json (CycloneDX), card.hf.yaml
(Hugging Face) and manifest.json with the SHA-256 of each. The same evaluation, findings and settings
give the same bytes; with --system-fonts those of the PDF depend on the fonts of this computer.

Then says what is different from the last card of this system that was taken away, and what can be the cause."""
FORMATS = "md,html,pdf,docx,json,cyclonedx,hf"
TEMPLATES = ("fairness", "classic", "2025")
BAD_INPUT = 2


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.epilog = EXAMPLE
    parser.add_argument("evaluation", metavar="EVAL", help="name, name@build or path of an evaluation")
    parser.add_argument(
        "--out", metavar="DIR", required=True, help="folder to write to; made if it is not there"
    )
    parser.add_argument("--system", help="which system; may be left out where there is only one")
    add_metric_option(parser)
    parser.add_argument(
        "--formats", default=FORMATS, metavar="A,B", help=f"which of {FORMATS} to write (default: all)"
    )
    parser.add_argument(
        "--template",
        choices=TEMPLATES,
        default=TEMPLATES[0],
        help="outline: what the product can say alone (default), that of the first service cards, or that of those since 2025",
    )
    parser.add_argument(
        "--system-fonts",
        action="store_true",
        help="let the PDF use the fonts of this computer for other scripts",
    )
    parser.add_argument(
        "--since",
        metavar="CARD.json",
        help="an earlier card to hold this one against (default: the last one)",
    )
    add_audience_option(parser)
    parser.set_defaults(publishes=True)
    add_level_option(parser)
    add_home_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the files and name them; raises the errors that `main` turns into sentences."""
    refusal = _refusal(arguments)
    if refusal:
        print(refusal, file=sys.stderr)
        return BAD_INPUT
    from analysis.card.content import compose
    from dashboard.answers.card import card
    from dashboard.answers.card_changes import keep_card
    from dashboard.exports.card_bundle import card_files, checked_formats
    from dashboard.exports.card_json import card_json
    from data.store import evaluations_home

    formats = checked_formats([name.strip() for name in arguments.formats.split(",") if name.strip()])
    build = chosen_build(arguments)
    home = evaluations_home(arguments.home)
    made = card(build, _question(arguments, build, home))
    files = card_files(made, formats, arguments.system_fonts)
    # One outline for all, so that the choice of another is no change.
    document = card_json(compose(made.evidence))
    changes = _changes(arguments, home, made, document)
    written = _written(arguments.out, files)
    keep_card(home, made, document)
    for path in written:
        print(path)
    if build.info.notice:
        print(f"{build.info.notice}. A card made from it cannot be signed off.")
    for line in changes:
        print(line)
    return 0


def _question(arguments: argparse.Namespace, build: Build, home: Path) -> CardQuestion:
    from dashboard.answers.card import CardQuestion

    settings = settings_with_level(arguments.level, build)
    return CardQuestion(
        arguments.system,
        arguments.metric,
        home,
        settings.level,
        settings,
        audience=arguments.audience,
        template=arguments.template,
    )


def _written(out: str, files: Mapping[str, bytes]) -> list[Path]:
    """Write the files into a folder, which is made where it is missing; returns where each is."""
    from pathlib import Path

    from dashboard.commands.written_files import write_whole

    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    placed = {folder / name: content for name, content in files.items()}
    write_whole(placed)
    return list(placed)


def _changes(arguments: argparse.Namespace, home: Path, made: Card, document: bytes) -> list[str]:
    """What is different from an earlier card, line by line."""
    from pathlib import Path

    from dashboard.answers.card_changes import changes_since, last_document
    from dashboard.answers.verify_files import card_file
    from dashboard.wording_card_changes import change_lines

    named = Path(arguments.since) if arguments.since else None
    earlier = card_file(named) if named else last_document(home, made, document)
    return change_lines(changes_since(earlier, made)) if earlier is not None else []


def _refusal(arguments: argparse.Namespace) -> str | None:
    """Why no card is written; None where one is."""
    if arguments.level is not None and not 0.5 <= arguments.level < 1:
        return f"--level is {arguments.level:g}; give a confidence level such as 0.95. Nothing was written."
    return None
