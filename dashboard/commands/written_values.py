"""Options that hold several things: short text with commas and equals signs, or the same as JSON.

Owns how such a text is taken apart. JSON is for names that hold a comma or an equals sign
themselves, and for programs, which would have to avoid both. What the parts mean is known by
whoever asks.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from data.column_names import ColumnMapping
from data.errors import InputError

Pair = tuple[str, str]


def split_list(text: str) -> list[str]:
    """The parts of `A,B`, or of a JSON list of texts such as `["A, B", "C"]`."""
    plain = _from_json(text, "[")
    if isinstance(plain, list) and all(isinstance(one, str) for one in plain):
        return plain
    return [part.strip() for part in text.split(",") if part.strip()]


def written_pairs(text: str) -> list[Pair] | None:
    """Name and value of each entry of a JSON object such as `{"A=B": "C"}`; None for any other text.

    A value may be a text, a list of texts, which stays JSON for `split_list`, or a list of numbers, which becomes `1,2`.
    """
    plain = _from_json(text, "{")
    if not isinstance(plain, dict):
        return None
    found = {name: _one_text(value) for name, value in plain.items()}
    texts = {name: value for name, value in found.items() if value is not None}
    return [*texts.items()] if len(texts) == len(found) else None


def pairs(option: str, items: Iterable[str], example: str) -> Iterator[Pair]:
    """The two sides of each `NAME=VALUE`, split at the first equals sign; a name may stand once."""
    seen: set[str] = set()
    for item in items:
        whole = written_pairs(item)
        for name, value in [_sides(option, item, example)] if whole is None else whole:
            if name in seen:
                raise InputError(f'{option} is given twice for "{name}". Keep one.')
            seen.add(name)
            yield name, value


def listed_pairs(option: str, items: Iterable[str], example: str) -> dict[str, str]:
    """The two sides of each part of `A=X,B=Y`, or of a JSON object."""
    parts = [part for item in items for part in ([item] if written_pairs(item) else split_list(item))]
    return dict(pairs(option, parts, example))


def mapping_from(items: Iterable[str]) -> ColumnMapping:
    """What `--map` says; raises `InputError`."""
    found: list[Pair] = []
    for item in items:
        found += written_pairs(item) or [ColumnMapping.sides(item)]
    return ColumnMapping.of(found)


def _sides(option: str, item: str, example: str) -> Pair:
    name, _, value = item.partition("=")
    name, value = name.strip(), value.strip()
    if not (name and value):
        raise InputError(f'{option} "{item}": expected NAME=VALUE, such as {option} {example}.')
    return name, value


def _one_text(value: object) -> str | None:
    if isinstance(value, list):
        numbers = all(isinstance(one, int | float) for one in value)
        return ",".join(map(str, value)) if numbers else json.dumps(value)
    return value if isinstance(value, str) else None


def _from_json(text: str, start: str) -> object:
    """What a text says as JSON; None where it is none, since a name may begin with a bracket too."""
    if not text.lstrip().startswith(start):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
