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

from analysis.attributes import Attribute
from analysis.expression_order import (
    EVERYTHING,
    KEYWORDS,
    OF_TEXTS,
    REFERENCE,
    Token,
    check_order,
    check_parentheses,
    fault,
    refuse,
)
from analysis.selection import SelectionError
from analysis.selection_check import shown, unknown_attribute, unknown_saved
from analysis.selection_texts import NOT_BY_HYPOTHESIS

MAX_CHARACTERS = 4000
_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+)
    |(?P<comment>--|/\*)
    |(?P<separator>;)
    |(?P<text>'(?:[^']|'')*')
    |(?P<name>"(?:[^"]|"")*")
    |(?P<saved>@[^\W_][\w\u0300-\u036f-]*)
    |(?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w.]))
    |(?P<word>[^\W\d]\w*)
    |(?P<sign><>|!=|<=|>=|[=<>(),-])""",
    re.VERBOSE,
)
_MATCHING = frozenset({"like", "ilike", "glob", "similar", "regexp", "rlike"})
_QUERY = frozenset(
    {"select", "with", "from", "where", "union", "exists", "values", "insert", "update", "delete", "drop"}
)


def read_tokens(
    text: str, attributes: Sequence[Attribute], saved: Sequence[str] = (), texts_refused: str = ""
) -> list[Token]:
    """All words of the expression, or a `SelectionError` that points at the first that does not belong.

    saved: names of saved subgroups. texts_refused: why there is no `reference`; "" where there is.
    """
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
        token = _token(match, text, _Known(attributes, saved, texts_refused, tokens))
        if token is not None:
            tokens.append(token)
        position = match.end()
    if not tokens:
        raise SelectionError(
            f"The expression is empty. Write a condition such as accent = 'Scottish', or {EVERYTHING} for all recordings."
        )
    check_parentheses(tokens, text)
    check_order(tokens, text)
    return tokens


@dataclass(frozen=True)
class _Known:
    """What decides how a word is read."""

    attributes: Sequence[Attribute]
    saved: Sequence[str]
    texts_refused: str
    before: Sequence[Token]
    """The tokens so far."""

    @property
    def after_reference(self) -> bool:
        """Whether `reference` or `reference not` stands right before."""
        roles = [token.role for token in self.before[-2:]]
        return roles[-1:] == [REFERENCE] or roles == [REFERENCE, "not"]


def _token(match: re.Match[str], text: str, known: _Known) -> Token | None:
    """The token of a match; None for white space."""
    written, start = match.group(), match.start()
    match match.lastgroup:
        case "space":
            return None
        case "comment":
            raise fault(f"Comments are not part of an expression. Remove {written}.", text, start)
        case "separator":
            raise fault("An expression is one condition; ';' does not belong in it. Remove it.", text, start)
        case "text":
            return Token("text", written[1:-1].replace("''", "'"), start)
        case "name":
            return Token("name", _quoted_name(written, text, start, known.attributes), start)
        case "saved":
            return Token("saved", _saved_name(written[1:], text, start, known.saved), start)
        case "number":
            return Token("number", written, start)
        case "sign":
            return Token("sign", written, start)
        case _:
            return _word(written, text, start, known)


def _word(written: str, text: str, start: int, known: _Known) -> Token:
    lower = written.lower()
    if lower in KEYWORDS:
        if lower == REFERENCE and known.texts_refused:
            refuse(known.texts_refused, text, start)
        return Token("word", lower, start)
    if lower in OF_TEXTS and known.after_reference:
        return Token("word", lower, start)
    attribute = _named(written, known.attributes)
    if attribute is not None:
        return Token("name", attribute, start)
    following = text[start + len(written) :].lstrip()
    raise fault(_unknown_word(written, following, known.attributes), text, start)


def _unknown_word(written: str, following: str, attributes: Sequence[Attribute]) -> str:
    """Why a word does not belong in an expression."""
    lower = written.lower()
    if lower == "hypothesis":
        return NOT_BY_HYPOTHESIS
    if lower in _MATCHING | OF_TEXTS:
        return (
            f"{lower} is not asked of an attribute; its values are named whole, with = or in (…). "
            "Only what was said is searched: reference contains 'word', reference matches 'pattern'."
        )
    if lower in _QUERY:
        return f"A query ({written.upper()}) is not part of an expression. Write conditions on attributes."
    if following.startswith("("):
        return f"Functions such as {shown(written)}() are not part of an expression."
    levels = (level for attribute in attributes for level in attribute.levels)
    # The first word of a value of several is as good a sign that its quotation marks are missing.
    if following.startswith("'") or any(f"{level} ".startswith(f"{written} ") for level in levels):
        return f"'{shown(written)}' is no attribute. A value stands in single quotation marks."
    return unknown_attribute(written, attributes)


def _saved_name(written: str, text: str, start: int, saved: Sequence[str]) -> str:
    folded = unicodedata.normalize("NFC", written).casefold()
    for name in saved:
        if name.casefold() == folded:
            return name
    raise fault(unknown_saved(written, saved), text, start)


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
    if character == "@":
        return "The name of a saved subgroup follows @ at once, as in @scots-in-noise."
    if character.isdigit() or character == ".":
        return "This is not a number. Write it like 12, 0.5 or 1e-3."
    name = unicodedata.name(character, f"U+{ord(character):04X}")
    return f"{name} is not part of an expression. A name that needs it stands in double quotation marks."
