"""Writes the parts of documents that the code knows: the glossary, and the options of every command.

Run it with `python -m tests.written_documents`; it writes into `docs`. The tests of the documents
say when it is due. Everything else in those documents is written by people.
"""

from __future__ import annotations

import argparse
import importlib
import re
import sys
from collections.abc import Iterator

from dashboard.commands.dispatch import COMMANDS
from dashboard.wording_glossary import glossary_document
from tests.test_house import ROOT

DOCS = ROOT / "docs"
OPTIONS = re.compile(r"(<!-- options of ([\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def parser_of(command: str) -> argparse.ArgumentParser:
    """The parser of a command, as the command line makes it."""
    parser = argparse.ArgumentParser(prog=f"fairhearing {command}", allow_abbrev=False)
    importlib.import_module(COMMANDS[command][0]).configure(parser)
    return parser


def options_table(command: str) -> str:
    """Every option of a command with what its help says; of each action where it has several."""
    parser = parser_of(command)
    lines = ["| option | |", "|---|---|"]
    for action in _actions(parser):
        if isinstance(action, argparse._SubParsersAction):
            for name, one in action.choices.items():
                lines += [_row(f"{name} ", inner) for inner in _actions(one)]
        else:
            lines.append(_row("", action))
    return "\n".join(lines)


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    return (action for action in parser._actions if not isinstance(action, argparse._HelpAction))


def _row(prefix: str, action: argparse.Action) -> str:
    named = action.metavar or ("|".join(map(str, action.choices)) if action.choices else "")
    value = "" if action.nargs == 0 else str(named or action.dest.upper())
    written = " ".join(filter(None, [*action.option_strings[-1:], value]))
    told = (action.help or "").replace("%%", "%")
    # A bar would end the cell, also within code.
    return "| `{}` | {} |".format(*(text.replace("|", r"\|") for text in (prefix + written, told)))


def with_options(document: str) -> str:
    """A document with every table of options as the code has it now."""
    return OPTIONS.sub(lambda found: f"{found[1]}{options_table(found[2])}\n{found[3]}", document)


def main() -> int:
    """Write them."""
    (DOCS / "glossary.md").write_text(glossary_document(), encoding="utf-8")
    commands = DOCS / "commands.md"
    commands.write_text(with_options(commands.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
