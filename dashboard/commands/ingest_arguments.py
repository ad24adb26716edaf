"""Options of `ingest` from text to values. What is badly written is refused here, with an example."""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from analysis.attributes import LABEL_SOURCES, ROLES
from data.columns import ColumnMapping
from data.errors import InputError, quoted_list
from data.ingest_options import IngestOptions


def options_from(arguments: argparse.Namespace) -> IngestOptions:
    """The options as one value; raises `InputError` when one is badly written."""
    return IngestOptions(
        name=arguments.name,
        sources=tuple(map(Path, arguments.sources)),
        systems={name: Path(file) for name, file in _pairs("--system", arguments.system, "A=a.tsv")},
        attribute_files=tuple(map(Path, arguments.attributes_from)),
        format=arguments.source_format,
        mapping=ColumnMapping.parse(arguments.map),
        attributes=None if arguments.attributes is None else tuple(_split(arguments.attributes)),
        roles=_choices("--role", arguments.role, ROLES, "accent=speaker"),  # type: ignore[arg-type]
        label_sources=_choices("--label-source", arguments.label_source, LABEL_SOURCES, "gender=self"),  # type: ignore[arg-type]
        bins={name: _edges(name, text) for name, text in _pairs("--bins", arguments.bins, "snr_db=5,10")},
        orders={
            name: tuple(_split(text))
            for name, text in _pairs("--order", arguments.order, "age=teens,twenties")
        },
        missing=tuple(value for text in arguments.missing for value in _split(text)),
        null_hypothesis=arguments.null_hypothesis,
        allow_missing=arguments.allow_missing,
        cluster=arguments.cluster,
        missing_speaker=arguments.missing_speaker,
        normalizer=arguments.normalizer,
        about=about_from(Path(arguments.about)) if arguments.about else {},
        show_text=arguments.show_text,
        show_audio=arguments.show_audio,
        note=arguments.note,
    )


def about_from(path: Path) -> dict[str, Any]:
    """What the owner says about system and data; raises `InputError` unless the file is one JSON object."""
    try:
        about = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(f"There is no file {path} (--about).") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from None
    except ValueError as error:
        raise InputError(f"{path} is not JSON: {error}.") from None
    if not isinstance(about, dict):
        raise InputError(f'{path} must be one JSON object, such as {{"title": "My evaluation"}}.')
    return about


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _pairs(option: str, items: Iterable[str], example: str) -> Iterator[tuple[str, str]]:
    """The two sides of each `NAME=VALUE`, split at the first equals sign; a name may stand once."""
    seen: set[str] = set()
    for item in items:
        name, _, value = item.partition("=")
        name, value = name.strip(), value.strip()
        if not (name and value):
            raise InputError(f'{option} "{item}": expected NAME=VALUE, such as {option} {example}.')
        if name in seen:
            raise InputError(f'{option} is given twice for "{name}". Keep one.')
        seen.add(name)
        yield name, value


def _choices(option: str, items: Iterable[str], allowed: tuple[str, ...], example: str) -> dict[str, str]:
    chosen = dict(_pairs(option, [part for item in items for part in _split(item)], example))
    for name, choice in chosen.items():
        if choice not in allowed:
            raise InputError(f'{option} {name}={choice}: "{choice}" is none of {quoted_list(allowed)}.')
    return chosen


def _edges(name: str, text: str) -> tuple[float, ...]:
    try:
        edges = tuple(float(part) for part in _split(text))
    except ValueError:
        edges = ()
    rising = all(low < high for low, high in pairwise(edges))
    if not edges or not rising or not all(map(math.isfinite, edges)):
        raise InputError(f"--bins {name}={text}: expected rising numbers, such as --bins {name}=5,10.")
    return edges
