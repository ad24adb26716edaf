"""How a command line is read: options before the command, and what is said of one that cannot be read.

Owns the words of every refusal that comes before a command runs. What an option means is known by the
command that declares it.
"""

from __future__ import annotations

import argparse
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any, NoReturn

BAD_USAGE = 2
OF_EVERY_COMMAND = ("--home", "--format", "--progress")
"""Options with one value that may also stand before the command."""
WITHOUT_COMMAND = ("-h", "--help", "--version")
"""What is answered without a command."""


class CommandHelp(argparse.RawDescriptionHelpFormatter):
    """Help at the width of the terminal: prose is filled, an example is continued on the next line as a shell reads it."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(f"{indent}{line}" for line in _fitted(text.splitlines(), width - len(indent)))


def _fitted(lines: Sequence[str], width: int) -> Iterator[str]:
    """Lines that are no wider: paragraphs filled, indented lines continued."""
    for is_prose, some in groupby(lines, lambda line: bool(line) and not line.startswith(" ")):
        if is_prose:
            yield from textwrap.wrap(" ".join(some), width, break_on_hyphens=False)
        else:
            for line in some:
                yield from _continued(line, width)


def _continued(line: str, width: int) -> Iterator[str]:
    """A command over several lines, each but the last ending in a backslash; options are kept with their values."""
    first, *options = re.split(r" (?=--)", line)
    written = first
    for option in options:
        if len(f"{written} {option}") + 2 > width:
            yield f"{written} \\"
            written = f"      {option}"
        else:
            written += f" {option}"
    yield written


class CommandParser(argparse.ArgumentParser):
    """A parser that refuses in a sentence which says what to do, with names that are near."""

    actions: Any = None
    """What `add_subparsers` returned, with the parser of each action in `choices`; None: the command has no actions."""

    def add_subparsers(self, **options: Any) -> Any:
        """As in argparse; keeps the actions, whose options a refusal may name."""
        self.actions = super().add_subparsers(**options)
        return self.actions

    def _of_actions(self) -> Iterable[argparse.ArgumentParser]:
        return self.actions.choices.values() if self.actions else ()

    def error(self, message: str) -> NoReturn:
        """Say what cannot be read and end with exit code 2."""
        self.exit(BAD_USAGE, f"{self._sentence(message)}\n`{self.prog} --help` explains every option.\n")

    def _sentence(self, message: str) -> str:
        if unknown := re.fullmatch(r"unrecognized arguments: (.*)", message, re.DOTALL):
            return self._unknown(unknown[1])
        if missing := re.fullmatch(r"the following arguments are required: (.*)", message):
            return self._missing(missing[1].split(", "))
        if value := re.fullmatch(r"argument (\S+): invalid (\w+) value: '(.*)'", message, re.DOTALL):
            kind = {"int": "a whole number", "float": "a number"}.get(value[2], "something else")
            return f'{value[1]} "{value[3]}": expected {kind}.'
        if chosen := re.fullmatch(
            r"argument (\S+): invalid choice: '?(.*?)'? \(choose from (.*)\)", message, re.DOTALL
        ):
            names = chosen[3].replace("'", "").split(", ")
            return f'{chosen[1]} "{chosen[2]}" is not known.{near_names(chosen[2], names)} There is {", ".join(names)}.'
        if alone := re.fullmatch(r"argument (\S+): expected (?:one|at least one) argument", message):
            return (
                f"{alone[1]} needs a value after it. One that begins with a dash is written {alone[1]}=VALUE."
            )
        return f"{message[:1].upper()}{message[1:]}."

    def _unknown(self, given: str) -> str:
        first = given.split(maxsplit=1)[0]
        if not first.startswith("-"):
            return (
                f'{self.prog} does not know what to do with "{given}". A name with spaces stands in quotation marks, as in '
                '--system "System A".'
            )
        name = first.split("=")[0]
        own, of_actions = _long_options(self), set().union(*map(_long_options, self._of_actions()))
        if name in own:
            return f'{name} stands behind "--", where every word is taken for a name. Put it before that.'
        if name in of_actions:
            return f"{name} comes after the action: {self.prog} ACTION {name} …"
        return f"{self.prog} has no option {name}.{near_names(name, sorted(own | of_actions))}"

    def _missing(self, names: Sequence[str]) -> str:
        hint = " `fairhearing list` names the evaluations." if "EVAL" in names else ""
        return f"{' and '.join(names)} {'is' if len(names) == 1 else 'are'} missing.{hint}"


def near_names(name: str, known: Iterable[str]) -> str:
    """A question for the names that are like this one, after a space; nothing where none is."""
    from difflib import get_close_matches

    near = get_close_matches(name, list(known), n=2, cutoff=0.7)
    return f" Did you mean {' or '.join(near)}?" if near else ""


def _long_options(parser: argparse.ArgumentParser) -> set[str]:
    # argparse has no other way to ask for them.
    return {name for name in parser._option_string_actions if name.startswith("--")}  # noqa: SLF001


def with_command_first(given: Sequence[str]) -> list[str]:
    """The words of a command line with options of every command moved behind it, unless it has them there too.

    Left out before `--help` and `--version`, which need none; returned as they are where something else stands
    before the command.
    """
    leading: list[tuple[str, list[str]]] = []
    rest = list(given)
    while rest and (name := rest[0].partition("=")[0]) in OF_EVERY_COMMAND:
        length = 1 if "=" in rest[0] else 2
        leading.append((name, rest[:length]))
        rest = rest[length:]
    if rest and rest[0] in WITHOUT_COMMAND:
        return rest
    if not rest or rest[0].startswith("-"):
        return list(given)
    # Behind two dashes every word is a name.
    end = rest.index("--") if "--" in rest else len(rest)
    typed = {word.partition("=")[0] for word in rest[:end]}
    moved = [word for name, words in leading if name not in typed for word in words]
    return [*rest[:end], *moved, *rest[end:]]


def forgotten_value(given: Sequence[str], commands: Iterable[str]) -> str | None:
    """What is said of a line without a command where an option has taken its word; None where none has."""
    known = set(commands)
    for option, word in pairwise(given):
        if option in OF_EVERY_COMMAND and word in known:
            return (
                f'{option} needs a value after it. "{word}" was taken for that, and no command is left: '
                f"fairhearing {option} VALUE {word} …"
            )
    return None
