"""A selection as the value of a parameter in a link.

Owns the form in which a subgroup stands in the address of a page: the typed
expression, which people can read and change, or canonical JSON where the
expression would be longer or deeper than one that can be typed. The caller
encodes it for the address. Never pickle: a link comes from anyone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from analysis.attributes import Attribute
from analysis.expression import from_expression, to_expression
from analysis.expression_order import MAX_PARENTHESES
from analysis.expression_tokens import MAX_CHARACTERS
from analysis.selection import Selection, SelectionError, from_json, to_json
from analysis.selection_check import check
from analysis.selection_form import tidy

MAX_LINK = 100_000


def to_link(selection: Selection) -> str:
    """The tidy form of the selection as text; `from_link` reads it back."""
    expression = to_expression(selection)
    if len(expression) <= MAX_CHARACTERS and expression.count("(") <= MAX_PARENTHESES:
        return expression
    return json.dumps(to_json(tidy(selection)), ensure_ascii=False, separators=(",", ":"))


def from_link(
    link: str,
    attributes: Sequence[Attribute],
    saved: Mapping[str, Selection] = MappingProxyType({}),
    texts_refused: str = "",
) -> Selection:
    """The selection of a link, checked against the attributes; `SelectionError` for anything else.

    saved, texts_refused: as for `from_expression`.
    """
    if len(link) > MAX_LINK:
        raise SelectionError(f"The link holds {len(link)} characters; at most {MAX_LINK} are read.")
    if not link.startswith("{"):
        return from_expression(link, attributes, saved, texts_refused)
    try:
        plain = json.loads(link)
    except (ValueError, RecursionError):
        raise SelectionError("The link was cut short or changed: it does not read as a selection.") from None
    selection = tidy(from_json(plain))
    check(selection, attributes, texts_refused)
    return selection
