"""The typed expression of a selection, as in `accent in ('Scottish','Indian') and snr_db < 10`.

Owns the grammar of `--where`, of the page's text field and of links; documented
in `docs/selections.md`. sqlglot is asked for the shape of the condition only: it
sees numbers in place of names and values, and its tree is rebuilt from a closed
list of nodes, so nothing that was typed can reach a database as text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import accumulate
from types import MappingProxyType
from typing import TYPE_CHECKING

from analysis.attributes import Attribute
from analysis.expression_order import CONTAINS, EVERYTHING, KEYWORDS, MATCHES, REFERENCE, Token, fault
from analysis.expression_reader import AS_SQL, SAVED, UNREADABLE, Reader
from analysis.expression_tokens import read_tokens
from analysis.selection import (
    AllOf,
    AnyOf,
    Between,
    Everything,
    Not,
    NotStated,
    OneOf,
    ReferenceContains,
    ReferenceMatches,
    Selection,
    SelectionError,
)
from analysis.selection_form import tidy
from analysis.selection_sql import quoted
from analysis.selection_words import number_text

if TYPE_CHECKING:
    from sqlglot import exp


def from_expression(
    text: str,
    attributes: Sequence[Attribute],
    saved: Mapping[str, Selection] = MappingProxyType({}),
    texts_refused: str = "",
) -> Selection:
    """The selection that was typed, in the order it was typed; `SelectionError` for anything else.

    saved: subgroups that may be named as @name, by name.
    texts_refused: why recordings cannot be chosen by their references; "" where they can.
    """
    tokens = read_tokens(text, attributes, tuple(saved), texts_refused)
    reader = Reader(text, tokens, attributes, saved, texts_refused)
    return tidy(reader.condition(_shape(text, tokens), leaves_out=False, depth=0))


def to_expression(selection: Selection) -> str:
    """What a person would type for this selection; `from_expression` gives its tidy form back."""
    return _written(tidy(selection))[0]


def _shape(text: str, tokens: list[Token]) -> exp.Expr:
    """The tree of the expression; each name, value and number in it is the position of its token."""
    import sqlglot
    from sqlglot.errors import ParseError

    spelled = [_spelled(token, index) for index, token in enumerate(tokens)]
    try:
        trees = sqlglot.parse(" ".join(spelled), read="duckdb")
    except ParseError as error:
        ends = accumulate(len(written) + 1 for written in spelled)
        at = next(
            (token for token, end in zip(tokens, ends, strict=True) if end > error.errors[0]["col"]),
            tokens[-1],
        )
        raise fault(UNREADABLE, text, at.start) from None
    except RecursionError:
        raise SelectionError("The expression is nested too deeply. Simplify it.") from None
    except Exception as error:  # noqa: BLE001
        # Whatever a parser trips over, the person who typed the text is owed a sentence and not a traceback.
        raise SelectionError(f"{UNREADABLE} ({type(error).__name__})") from None
    if len(trees) != 1 or trees[0] is None:
        raise SelectionError(UNREADABLE)
    return trees[0]


def _spelled(token: Token, index: int) -> str:
    """What the parser sees of a token: its position in place of what was typed, and SQL for words that are none."""
    marks = {"name": '"{}"', "text": "'{}'", "number": "{}", "saved": SAVED + "{}"}
    return marks.get(token.kind, AS_SQL.get(token.value, token.value)).format(index)


def _written(selection: Selection) -> tuple[str, str]:
    """The text of a tidy selection and the word that joins its parts, "" where nothing needs parentheses."""
    match selection:
        case Everything():
            return EVERYTHING, ""
        case OneOf(attribute, values, or_not_stated):
            chosen = f"{_name(attribute)} {_among(values)}"
            return (f"{chosen} or {_name(attribute)} is null", "or") if or_not_stated else (chosen, "")
        case Between():
            return _range(selection)
        case NotStated(attribute):
            return f"{_name(attribute)} is null", ""
        case Not(NotStated(attribute)):
            return f"{_name(attribute)} is not null", ""
        case ReferenceContains(words):
            return f"{REFERENCE} {CONTAINS} {_constant(words)}", ""
        case ReferenceMatches(pattern):
            return f"{REFERENCE} {MATCHES} {_constant(pattern)}", ""
        case Not(part):
            text, word = _written(part)
            return (f"not ({text})" if word else f"not {text}"), ""
        case AllOf(parts):
            return _joined("and", parts), "and"
        case AnyOf(parts):
            return _joined("or", parts), "or"


def _joined(word: str, parts: tuple[Selection, ...]) -> str:
    pairs = map(_written, parts)
    return f" {word} ".join(text if inner in {"", word} else f"({text})" for text, inner in pairs)


def _among(values: tuple[str, ...]) -> str:
    constants = [_constant(value) for value in values]
    return f"= {constants[0]}" if len(constants) == 1 else f"in ({', '.join(constants)})"


def _constant(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _range(span: Between) -> tuple[str, str]:
    name = _name(span.attribute)
    if span.low is not None and span.low == span.high:
        return f"{name} = {number_text(span.low)}", ""
    if span.low is not None and span.high is not None and span.low_included and span.high_included:
        return f"{name} between {number_text(span.low)} and {number_text(span.high)}", ""
    ends = ((span.low, ">=" if span.low_included else ">"), (span.high, "<=" if span.high_included else "<"))
    texts = [f"{name} {sign} {number_text(bound)}" for bound, sign in ends if bound is not None]
    return " and ".join(texts), "and" if len(texts) > 1 else ""


def _name(attribute: str) -> str:
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", attribute) and attribute.lower() not in KEYWORDS:
        return attribute
    return quoted(attribute)
