"""The words of a typed expression.

Owns what may be written at all: names of attributes, quoted values, numbers, a
few words and signs. Everything else, comments and functions among it, is refused
here with its place, before any parser sees the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NoReturn

from analysis.attributes import Attribute
from analysis.selection import SelectionError
from analysis.selection_check import shown, unknown_attribute

MAX_CHARACTERS = 4000
MAX_PARENTHESES = 25
EVERYTHING = "everything"
KEYWORDS = frozenset({"and", "or", "not", "in", "between", "is", "null", EVERYTHING})

_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+)
    |(?P<comment>--|/\*)
    |(?P<separator>;)
    |(?P<text>'(?:[^']|'')*')
    |(?P<name>"(?:[^"]|"")*")
    |(?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w.]))
    |(?P<word>[^\W\d]\w*)
    |(?P<sign><>|!=|<=|>=|[=<>(),-])""",
    re.VERBOSE,
)
_MATCHING = frozenset({"like", "ilike", "glob", "similar", "regexp", "rlike"})
_QUERY = frozenset(
    {"select", "with", "from", "where", "union", "exists", "values", "insert", "update", "delete", "drop"}
)


_OPERAND = frozenset({"name", "text", "number", "-"})
_CONDITION = _OPERAND | {"(", "not", EVERYTHING}
_AFTER_CONDITION = frozenset({"and", "or", ")", "end"})
_FOLLOWERS: dict[str, frozenset[str]] = {
    "start": _CONDITION,
    "and": _CONDITION,
    "or": _CONDITION,
    "(": _CONDITION,
    "not": _CONDITION | {"in", "between"},
    "name": _AFTER_CONDITION | {"comparison", "in", "between", "is", "not"},
    "text": _AFTER_CONDITION | {"comparison", ","},
    "number": _AFTER_CONDITION | {"comparison", ","},
    "comparison": _OPERAND,
    "between": _OPERAND,
    ",": _OPERAND,
    "-": frozenset({"number"}),
    "in": frozenset({"("}),
    "is": frozenset({"null", "not"}),
    "null": _AFTER_CONDITION,
    EVERYTHING: _AFTER_CONDITION,
    ")": _AFTER_CONDITION,
}
_NAMES_OF_CLASSES = {
    "name": "an attribute",
    "text": "a 'value'",
    "comparison": "a comparison",
    "end": "the end",
}
"""What is not called by its own sign in a message."""


@dataclass(frozen=True)
class Token:
    kind: Literal["text", "name", "number", "word", "sign"]
    value: str
    """Without quotation marks; a name as the evaluation writes it, a word in lower case."""
    start: int
    """Index of its first character in what was typed."""

    @property
    def role(self) -> str:
        """What decides which tokens may follow."""
        if self.kind == "sign":
            return self.value if self.value in "(),-" else "comparison"
        return self.value if self.kind == "word" else self.kind


def read_tokens(text: str, attributes: Sequence[Attribute]) -> list[Token]:
    """All words of the expression, or a `SelectionError` that points at the first that does not belong."""
    if len(text) > MAX_CHARACTERS:
        raise SelectionError(
            f"The expression has {len(text)} characters; at most {MAX_CHARACTERS} are read. "
            "Save the subgroup and use its name, or choose fewer values."
        )
    if "\x00" in text:
        refuse("A NUL character is not part of an expression. Remove it.", text, text.index("\x00"))
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            refuse(_no_word(text[position]), text, position)
        token = _token(match, text, attributes)
        if token is not None:
            tokens.append(token)
        position = match.end()
    if not tokens:
        raise SelectionError(
            f"The expression is empty. Write a condition such as accent = 'Scottish', or {EVERYTHING} for all recordings."
        )
    _check_parentheses(tokens, text)
    _check_order(tokens, text)
    return tokens


def fault(sentence: str, text: str, position: int) -> SelectionError:
    """The error for one place of what was typed."""
    place = text[position : position + 24]
    where = f"character {position + 1}: {shown(place)}" if place.strip() else "at the end"
    return SelectionError(f"{sentence} ({where})", min(position, len(text)))


def refuse(sentence: str, text: str, position: int) -> NoReturn:
    raise fault(sentence, text, position)


def _check_parentheses(tokens: list[Token], text: str) -> None:
    opened: list[int] = []
    for token in tokens:
        if token.role == "(":
            opened.append(token.start)
        if token.role == ")" and not opened:
            refuse("This parenthesis closes nothing. Remove it or open one before.", text, token.start)
        if token.role == ")":
            opened.pop()
        if len(opened) > MAX_PARENTHESES:
            limit = f"At most {MAX_PARENTHESES} parentheses inside one another are read."
            refuse(f"{limit} Simplify the expression.", text, token.start)
    if opened:
        refuse("This parenthesis is never closed.", text, opened[-1])


def _check_order(tokens: list[Token], text: str) -> None:
    """Whether each token may follow the one before; most slips of a typist show here, with their place."""
    previous = "start"
    for token in tokens:
        if token.role not in _FOLLOWERS[previous] and (previous, token.role) != ("not", "null"):
            refuse(_out_of_order(previous, token.role), text, token.start)
        previous = token.role
    if "end" not in _FOLLOWERS[previous]:
        refuse(_out_of_order(previous, "end"), text, len(text))


def _out_of_order(previous: str, found: str) -> str:
    if found == "-":
        return "Arithmetic (-) is not part of an expression. Compare an attribute with a constant."
    if found == "null" and previous == "comparison":
        return "Nothing equals null. Write attribute is null for recordings that are not stated."
    if found == "(" and previous == "name":
        return "Functions are not part of an expression. Name an attribute, a comparison and a value."
    called = sorted(
        _NAMES_OF_CLASSES.get(role, f"'{role}'") for role in _FOLLOWERS[previous] - {"number", "-"}
    )
    wanted = ", ".join(called[:-1]) + " or " * (len(called) > 1) + "".join(called[-1:]) or "a number"
    after = (
        "At the start" if previous == "start" else f"After {_NAMES_OF_CLASSES.get(previous, repr(previous))}"
    )
    return f"{after} expected {wanted}; found {_NAMES_OF_CLASSES.get(found, repr(found))}."


def _token(match: re.Match[str], text: str, attributes: Sequence[Attribute]) -> Token | None:
    """The token of a match; None for white space."""
    written, start = match.group(), match.start()
    match match.lastgroup:
        case "space":
            return None
        case "comment":
            refuse(f"Comments are not part of an expression. Remove {written}.", text, start)
        case "separator":
            refuse("An expression is one condition; ';' does not belong in it. Remove it.", text, start)
        case "text":
            return Token("text", written[1:-1].replace("''", "'"), start)
        case "name":
            return Token("name", _quoted_name(written, text, start, attributes), start)
        case "number":
            return Token("number", written, start)
        case "sign":
            return Token("sign", written, start)
        case _:
            return _word(written, text, start, attributes)


def _word(written: str, text: str, start: int, attributes: Sequence[Attribute]) -> Token:
    if written.lower() in KEYWORDS:
        return Token("word", written.lower(), start)
    attribute = _named(written, attributes)
    if attribute is not None:
        return Token("name", attribute, start)
    if written.lower() in _MATCHING:
        refuse(f"{written.upper()} is not offered yet. Name whole values with = or in (…).", text, start)
    if written.lower() in _QUERY:
        refuse(
            f"A query ({written.upper()}) is not part of an expression. Write conditions on attributes.",
            text,
            start,
        )
    following = text[start + len(written) :].lstrip()
    if following.startswith("("):
        refuse(f"Functions such as {shown(written)}() are not part of an expression.", text, start)
    if any(written in attribute.levels for attribute in attributes) or following.startswith("'"):
        refuse(f"'{shown(written)}' is no attribute. A value stands in single quotation marks.", text, start)
    refuse(unknown_attribute(written, attributes), text, start)


def _quoted_name(written: str, text: str, start: int, attributes: Sequence[Attribute]) -> str:
    name = written[1:-1].replace('""', '"')
    attribute = _named(name, attributes)
    if attribute is None:
        advice = "Double quotation marks hold an attribute; a value stands in single ones."
        refuse(f"{unknown_attribute(name, attributes)} {advice}", text, start)
    return attribute


def _named(written: str, attributes: Sequence[Attribute]) -> str | None:
    # Some letters outside ASCII have an ASCII letter as their lower case; they are look-alikes, not spellings.
    for attribute in attributes:
        if attribute.name.lower() == written.lower() and attribute.name.isascii() == written.isascii():
            return attribute.name
    return None


def _no_word(character: str) -> str:
    if character in "'\"":
        return "This quotation mark is never closed. Write a quotation mark inside a value twice."
    if character in "‘’“”„«»`´":
        return f"{character} is not a quotation mark of an expression. Use straight ones: 'value'."
    if character in "+*/%^|&~":
        return f"Arithmetic ({character}) is not part of an expression. Compare an attribute with a constant."
    if character.isdigit() or character == ".":
        return "This is not a number. Write it like 12, 0.5 or 1e-3."
    name = unicodedata.name(character, f"U+{ord(character):04X}")
    return f"{name} is not part of an expression. A name that needs it stands in double quotation marks."
