"""From the tree of a typed expression to a selection.

Owns the closed list of nodes that an expression may hold and what each means
for a category and for a number. A node that is not named here is refused at its
place. Names and values come from the tokens, never from the tree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from analysis.attributes import Attribute
from analysis.expression_order import CONTAINS, EVERYTHING, MATCHES, REFERENCE, Token, fault
from analysis.selection import (
    MAX_DEPTH,
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
from analysis.selection_check import check, check_condition, check_is_number, shown

if TYPE_CHECKING:
    from sqlglot import exp

UNREADABLE = "This does not read as a condition. Write attribute, comparison, value, joined by and, or, not."

_T = TypeVar("_T")
_FLIPPED = {"EQ": "EQ", "NEQ": "NEQ", "LT": "GT", "LTE": "GTE", "GT": "LT", "GTE": "LTE"}
_CHILDREN = {"this", "expression", "expressions", "low", "high", "is_string", "quoted"}
_NEGATED = "negate"
"""How the parser may keep the NOT of NOT LIKE."""
SAVED = "saved_"
"""What the name of a saved subgroup begins with where the parser sees it; attributes stand in quotation marks."""
AS_SQL = {CONTAINS: "LIKE", MATCHES: "ILIKE"}
"""Words of an expression that are none of SQL, and operators with the same place in a condition."""
_TEXTS: dict[str, Callable[[str], Selection]] = {"Like": ReferenceContains, "ILike": ReferenceMatches}


class Reader:
    """Rebuilds a selection from the tree, node by node; a node that is not named here is refused."""

    def __init__(
        self,
        text: str,
        tokens: list[Token],
        attributes: Sequence[Attribute],
        saved: Mapping[str, Selection],
        texts_refused: str,
    ) -> None:
        self.text = text
        self.tokens = tokens
        self.attributes = {attribute.name: attribute for attribute in attributes}
        self.saved = saved
        self.texts_refused = texts_refused

    def condition(self, node: exp.Expr, *, leaves_out: bool, depth: int) -> Selection:
        """`leaves_out` inside an odd number of NOTs."""
        if depth > MAX_DEPTH:
            raise self.fault(node, "The expression is nested too deeply. Simplify it.")
        unread = {name for name, value in node.args.items() if value not in (None, False, [])} - _CHILDREN
        if unread - ({_NEGATED} if type(node).__name__ in _TEXTS else set()):
            raise self.fault(node)
        match type(node).__name__:
            case "Paren":
                return self.condition(node.this, leaves_out=leaves_out, depth=depth)
            case "Not":
                return Not(self.condition(node.this, leaves_out=not leaves_out, depth=depth + 1))
            case "And" | "Or" as word:
                sides = self.sides(node, word)
                parts = tuple(self.condition(side, leaves_out=leaves_out, depth=depth + 1) for side in sides)
                return AllOf(parts) if word == "And" else AnyOf(parts)
            case "Column" if node.name == EVERYTHING and not node.this.quoted:
                return Everything()
            case "Column" if node.name.startswith(SAVED) and not node.this.quoted:
                return self.saved_subgroup(self.tokens[int(node.name.removeprefix(SAVED))])
            case "Like" | "ILike" as kind:
                asked = self.text_condition(node, kind)
                return Not(asked) if node.args.get(_NEGATED) else asked
            case _:
                return self.comparison(node, leaves_out)

    def saved_subgroup(self, token: Token) -> Selection:
        """What was saved under a name; one that no longer fits the evaluation says so."""
        selection = self.saved[token.value]
        try:
            check(selection, list(self.attributes.values()), self.texts_refused)
        except SelectionError as problem:
            sentence = f"The saved subgroup @{token.value} does not fit this evaluation. {problem}"
            raise fault(sentence, self.text, token.start) from None
        return selection

    def text_condition(self, node: exp.Expr, kind: str) -> Selection:
        asked, words = node.this, node.args["expression"]
        is_text = type(words).__name__ == "Literal" and words.is_string
        if type(asked).__name__ != "Column" or asked.name != REFERENCE or asked.this.quoted or not is_text:
            raise self.fault(node)
        token = self.tokens[int(words.this)]
        return self.placed(token, lambda: _TEXTS[kind](token.value))

    def sides(self, node: exp.Expr, word: str) -> list[exp.Expr]:
        """The parts of `a and b and c`, without going one level deeper for each."""
        sides = []
        while type(node).__name__ == word:
            sides.append(node.args["expression"])
            node = node.this
        return [node, *reversed(sides)]

    def comparison(self, node: exp.Expr, leaves_out: bool) -> Selection:
        match type(node).__name__:
            case "EQ" | "NEQ" | "LT" | "LTE" | "GT" | "GTE" as sign:
                return self.compared(node, sign, leaves_out)
            case "In" if node.expressions:
                attribute = self.attribute(node.this)
                values = [self.constant(value) for value in node.expressions]
                return AnyOf(tuple(self.equal(attribute, value, leaves_out) for value in values))
            case "Between":
                attribute = self.attribute(node.this)
                first, last = self.constant(node.args["low"]), self.constant(node.args["high"])
                low, high = self.number(attribute, first), self.number(attribute, last)
                return self.placed(first, lambda: Between(attribute.name, low, high, high_included=True))
            case "Is" if type(node.args["expression"]).__name__ == "Null":
                return NotStated(self.attribute(node.this).name)
            case _:
                raise self.fault(node)

    def compared(self, node: exp.Expr, sign: str, leaves_out: bool) -> Selection:
        left, right = node.this, node.args["expression"]
        if any(type(side).__name__ in _FLIPPED for side in (left, right)):
            raise self.fault(node, "Comparisons cannot be chained. Write the two of them, joined by and.")
        if self.is_attribute(left) == self.is_attribute(right):
            pair = "Two attributes" if self.is_attribute(left) else "Two constants"
            advice = "One side is an attribute, the other a 'value' or a number."
            raise self.fault(node, f"{pair} cannot be compared. {advice}")
        if self.is_attribute(right):
            left, right, sign = right, left, _FLIPPED[sign]
        attribute, value = self.attribute(left), self.constant(right)
        if sign == "EQ":
            return self.equal(attribute, value, leaves_out)
        if sign == "NEQ":
            return Not(self.equal(attribute, value, not leaves_out))
        bound = self.number(attribute, value)
        if sign in {"LT", "LTE"}:
            return self.placed(
                value, lambda: Between(attribute.name, None, bound, high_included=sign == "LTE")
            )
        return self.placed(value, lambda: Between(attribute.name, bound, None, low_included=sign == "GTE"))

    def equal(self, attribute: Attribute, value: Token, leaves_out: bool) -> Selection:
        """A bare number compares with the numbers of a number, and as text with the values of a category."""
        if attribute.kind == "number" and value.kind == "number":
            number = self.number(attribute, value)
            return self.placed(value, lambda: Between(attribute.name, number, number, high_included=True))
        chosen = OneOf(attribute.name, (value.value,))
        self.placed(value, lambda: check_condition(chosen, attribute, leaves_out=leaves_out))
        return chosen

    def is_attribute(self, node: exp.Expr) -> bool:
        return type(node).__name__ == "Column" and node.this.quoted is True

    def attribute(self, node: exp.Expr) -> Attribute:
        if not self.is_attribute(node):
            raise self.fault(node, "A condition is about an attribute; here stands none.")
        return self.attributes[self.tokens[int(node.name)].value]

    def constant(self, node: exp.Expr) -> Token:
        kind = type(node).__name__
        if kind == "Literal":
            return self.tokens[int(node.this)]
        if kind == "Neg" and type(node.this).__name__ == "Literal" and not node.this.is_string:
            number = self.tokens[int(node.this.this)]
            return Token("number", f"-{number.value}", number.start)
        raise self.fault(node, "Here a constant is expected: a 'value' or a number.")

    def number(self, attribute: Attribute, value: Token) -> float:
        self.placed(value, lambda: check_is_number(attribute))
        if value.kind != "number":
            advice = f"Write it without quotation marks, such as {shown(attribute.name)} < 10."
            raise fault(
                f"'{shown(attribute.name)}' is compared with a number here. {advice}", self.text, value.start
            )
        return float(value.value)

    def placed(self, token: Token, build: Callable[[], _T]) -> _T:
        """What `build` returns; its refusal gets the place of the token."""
        try:
            return build()
        except SelectionError as error:
            raise fault(str(error), self.text, token.start) from None

    def fault(self, node: exp.Expr, sentence: str = UNREADABLE) -> SelectionError:
        """The refusal of a node, at the first thing in it that was typed."""
        for part in node.walk(bfs=False):
            if type(part).__name__ == "Literal" or (
                type(part).__name__ == "Identifier" and part.args["quoted"]
            ):
                return fault(sentence, self.text, self.tokens[int(part.name)].start)
        return SelectionError(sentence)
