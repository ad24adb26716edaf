"""One form for selections that mean the same.

Owns the rules that take a selection to a plainer one with the same recordings:
nested combinations are flattened, repetitions dropped, values of one attribute
joined, ranges of one attribute cut to their overlap. `tidy` keeps the order in
which a person named the parts, for sentences and expressions; `canonical` sorts
them, for cache keys. Meanings that only a solver could tell to be equal stay apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from analysis.selection import AllOf, AnyOf, Between, Everything, Not, NotStated, OneOf, Selection

NOBODY = Not(Everything())


def tidy(selection: Selection) -> Selection:
    """The same recordings in the plainest form, parts in the order they were named."""
    return _plainest(selection, lambda plain: plain)


def canonical(selection: Selection) -> Selection:
    """The same recordings in the plainest form, parts and values in one fixed order."""
    return _plainest(selection, _in_order)


def _plainest(selection: Selection, arranged: Callable[[Selection], Selection]) -> Selection:
    """Parts are arranged before they are joined, so that equal ones are seen to be equal."""
    match selection:
        case OneOf(attribute, values, or_not_stated):
            return arranged(_one_of(attribute, values, or_not_stated))
        case Not(part):
            inner = _plainest(part, arranged)
            return inner.part if isinstance(inner, Not) else Not(inner)
        case AllOf(parts):
            return arranged(_all_of([_plainest(part, arranged) for part in parts]))
        case AnyOf(parts):
            return arranged(_any_of([_plainest(part, arranged) for part in parts]))
        case _:
            return selection


def _all_of(parts: list[Selection]) -> Selection:
    """`AllOf` of tidy parts."""
    nested = (part.parts if isinstance(part, AllOf) else (part,) for part in parts)
    flat = dict.fromkeys(chain.from_iterable(nested))
    if NOBODY in flat:
        return NOBODY
    flat.pop(Everything(), None)
    spans: dict[str, list[Between]] = {}
    for part in flat:
        if isinstance(part, Between):
            spans.setdefault(part.attribute, []).append(part)
    kept: list[Selection] = []
    for part in flat:
        if not isinstance(part, Between):
            kept.append(part)
        elif part.attribute in spans:
            kept.extend(_overlap(spans.pop(part.attribute)))
    return AllOf(tuple(kept)) if len(kept) > 1 else next(iter(kept), Everything())


def _any_of(parts: list[Selection]) -> Selection:
    """`AnyOf` of tidy parts."""
    nested = (part.parts if isinstance(part, AnyOf) else (part,) for part in parts)
    flat = dict.fromkeys(chain.from_iterable(nested))
    if Everything() in flat:
        return Everything()
    flat.pop(NOBODY, None)
    values: dict[str, list[str]] = {}
    missing: set[str] = set()
    for part in flat:
        if isinstance(part, OneOf):
            values.setdefault(part.attribute, []).extend(part.values)
        if isinstance(part, NotStated) or (isinstance(part, OneOf) and part.or_not_stated):
            missing.add(part.attribute)
    kept: dict[Selection, None] = {}
    for part in flat:
        if isinstance(part, OneOf | NotStated):
            name = part.attribute
            kept[_one_of(name, tuple(values.get(name, ())), name in missing)] = None
        else:
            kept[part] = None
    return AnyOf(tuple(kept)) if len(kept) > 1 else next(iter(kept), NOBODY)


def _one_of(attribute: str, values: tuple[str, ...], or_not_stated: bool) -> Selection:
    if not values:
        return NotStated(attribute)
    return OneOf(attribute, tuple(dict.fromkeys(values)), or_not_stated)


def _overlap(spans: list[Between]) -> Iterator[Between]:
    """One range where they overlap, else the two ends that contradict each other."""
    lows = [(span.low, not span.low_included) for span in spans if span.low is not None]
    highs = [(span.high, span.high_included) for span in spans if span.high is not None]
    name = spans[0].attribute
    low, low_open = max(lows, default=(None, False))
    high, high_included = min(highs, default=(None, False))
    if low is None or high is None or low < high or (low == high and high_included and not low_open):
        yield Between(name, low, high, not low_open, high_included)
    else:
        yield Between(name, low, None, not low_open)
        yield Between(name, None, high, high_included=high_included)


def _in_order(selection: Selection) -> Selection:
    """Values and parts sorted; the parts of a part are sorted already."""
    match selection:
        case OneOf(attribute, values, or_not_stated):
            return OneOf(attribute, tuple(sorted(values)), or_not_stated)
        case AllOf(parts):
            return AllOf(tuple(sorted(map(_in_order, parts), key=repr)))
        case AnyOf(parts):
            return AnyOf(tuple(sorted(map(_in_order, parts), key=repr)))
        case _:
            return selection
