"""Which words of a typed expression may follow which.

Owns the value of one word with its place, the words of the grammar, and the order they may
stand in. Most slips of a typist show here, before any parser sees the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NoReturn

from analysis.selection import SelectionError
from analysis.selection_check import shown

MAX_PARENTHESES = 25
EVERYTHING = "everything"
REFERENCE, CONTAINS, MATCHES = "reference", "contains", "matches"
KEYWORDS = frozenset({"and", "or", "not", "in", "between", "is", "null", EVERYTHING, REFERENCE})
OF_TEXTS = frozenset({CONTAINS, MATCHES})
"""Words only after `reference`, so that an attribute may be called so too."""

_OPERAND = frozenset({"name", "text", "number", "-"})
_CONDITION = _OPERAND | {"(", "not", EVERYTHING, REFERENCE, "saved"}
_AFTER_CONDITION = frozenset({"and", "or", ")", "end"})
_FOLLOWERS: dict[str, frozenset[str]] = {
    "start": _CONDITION,
    "and": _CONDITION,
    "or": _CONDITION,
    "(": _CONDITION,
    "not": _CONDITION | {"in", "between", *OF_TEXTS},
    REFERENCE: OF_TEXTS | {"not"},
    CONTAINS: frozenset({"text"}),
    MATCHES: frozenset({"text"}),
    "saved": _AFTER_CONDITION,
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
_UNNAMED = frozenset({"number", "-", REFERENCE, "saved"})
"""What messages do not list among the words that may follow; the document does."""


@dataclass(frozen=True)
class Token:
    """One word of an expression."""

    kind: Literal["text", "name", "number", "word", "sign", "saved"]
    value: str
    """Without quotation marks; names as the evaluation and its saved subgroups write them, a word in lower case."""
    start: int
    """Index of its first character in what was typed."""

    @property
    def role(self) -> str:
        """What decides which tokens may follow."""
        if self.kind == "sign":
            return self.value if self.value in "(),-" else "comparison"
        return self.value if self.kind == "word" else self.kind


def fault(sentence: str, text: str, position: int) -> SelectionError:
    """The error for one place of what was typed."""
    place = text[position : position + 24]
    where = f"character {position + 1}: {shown(place)}" if place.strip() else "at the end"
    return SelectionError(f"{sentence} ({where})", min(position, len(text)))


def refuse(sentence: str, text: str, position: int) -> NoReturn:
    """Raise the error for one place of what was typed."""
    raise fault(sentence, text, position)


def check_parentheses(tokens: list[Token], text: str) -> None:
    """Raise `SelectionError` at a parenthesis without its other half, or inside too many others."""
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


def check_order(tokens: list[Token], text: str) -> None:
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
    if found == previous == "comparison":
        return "Two comparisons in a row; expected one, such as = or <=."
    called = sorted(_NAMES_OF_CLASSES.get(role, f"'{role}'") for role in _FOLLOWERS[previous] - _UNNAMED)
    wanted = ", ".join(called[:-1]) + " or " * (len(called) > 1) + "".join(called[-1:]) or "a number"
    after = (
        "At the start" if previous == "start" else f"After {_NAMES_OF_CLASSES.get(previous, repr(previous))}"
    )
    return f"{after} expected {wanted}; found {_NAMES_OF_CLASSES.get(found, repr(found))}."
