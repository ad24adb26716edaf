"""Options of `ingest` from text to values. What is badly written is refused here, with an example."""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

from analysis.attributes import LABEL_SOURCES, ROLES
from dashboard.commands.written_values import listed_pairs, mapping_from, pairs, split_list, written_pairs
from data.about_facts import check_about
from data.errors import InputError, quoted_list
from data.formats.text import decoded_text
from data.ingest_options import IngestOptions


def options_from(arguments: argparse.Namespace) -> IngestOptions:
    """The options as one value; raises `InputError` when one is badly written."""
    return IngestOptions(
        name=arguments.name,
        sources=tuple(map(Path, arguments.sources)),
        systems={name: Path(file) for name, file in pairs("--system", arguments.system, "A=a.tsv")},
        attribute_files=tuple(map(Path, arguments.attributes_from)),
        format=arguments.source_format,
        mapping=mapping_from(arguments.map),
        attributes=None if arguments.attributes is None else tuple(split_list(arguments.attributes)),
        roles=_choices("--role", arguments.role, ROLES, "accent=speaker"),  # type: ignore[arg-type]
        label_sources=_choices("--label-source", arguments.label_source, LABEL_SOURCES, "gender=self"),  # type: ignore[arg-type]
        bins={name: _edges(name, text) for name, text in pairs("--bins", arguments.bins, "snr_db=5,10")},
        orders={
            name: tuple(split_list(text))
            for name, text in pairs("--order", arguments.order, "age=teens,twenties")
        },
        multi=_separators(arguments.multi),
        missing=tuple(value for text in arguments.missing for value in split_list(text)),
        null_hypothesis=arguments.null_hypothesis,
        allow_missing=arguments.allow_missing,
        cluster=arguments.cluster,
        missing_speaker=arguments.missing_speaker,
        normalizer=arguments.normalizer,
        equivalences=Path(arguments.equivalences) if arguments.equivalences else None,
        aligner=arguments.aligner,
        keywords=Path(arguments.keywords) if arguments.keywords else None,
        processes=arguments.processes,
        about=_about(arguments.about) if arguments.about else {},
        show_text=arguments.show_text,
        show_audio=arguments.show_audio,
        note=arguments.note,
    )


def _about(text: str) -> dict[str, Any]:
    """What `--about` says: the name of a file, or the JSON itself."""
    return (
        about_from(Path(text)) if not text.lstrip().startswith(("{", "[")) else _one_object("--about", text)
    )


def about_from(path: Path) -> dict[str, Any]:
    """What the owner says about system and data; raises `InputError` unless the file is one JSON object."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"There is no file {path} (--about).") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from None
    text, faults = decoded_text(path.name, content)
    if faults:
        raise InputError(faults)
    return _one_object(str(path), text)


def _one_object(where: str, text: str) -> dict[str, Any]:
    try:
        about = json.loads(text, parse_constant=_no_number)
    except ValueError as error:
        raise InputError(f"{where} is not JSON: {error}.") from None
    except RecursionError:
        raise InputError(f"{where} is not JSON that can be read: it is nested too deeply.") from None
    if not isinstance(about, dict):
        raise InputError(f'{where} must be one JSON object, such as {{"title": "My evaluation"}}.')
    check_about(where, about)
    return about


def _no_number(spelled: str) -> Any:
    raise ValueError(f"{spelled} is no number of JSON")


def _separators(items: Iterable[str]) -> dict[str, str]:
    """The separator of each attribute as it was written, which may be white space."""
    separators: dict[str, str] = {}
    for name, separator in (pair for item in items for pair in written_pairs(item) or [_untouched(item)]):
        if not (name and separator):
            raise InputError(
                f'--multi "{name}={separator}": expected the attribute and what stands between its labels, such as '
                "--multi accent=,"
            )
        if name in separators:
            raise InputError(f'--multi is given twice for "{name}". Keep one.')
        separators[name] = separator
    return separators


def _untouched(item: str) -> tuple[str, str]:
    name, _, separator = item.partition("=")
    return name.strip(), separator


def _choices(option: str, items: Iterable[str], allowed: tuple[str, ...], example: str) -> dict[str, str]:
    chosen = listed_pairs(option, items, example)
    for name, choice in chosen.items():
        if choice not in allowed:
            raise InputError(f'{option} {name}={choice}: "{choice}" is none of {quoted_list(allowed)}.')
    return chosen


def _edges(name: str, text: str) -> tuple[float, ...]:
    try:
        edges = tuple(float(part) for part in split_list(text))
    except ValueError:
        edges = ()
    if "=" in text:
        raise InputError(f"--bins {name}={text}: {_one_option_each(f'{name}={text}')}")
    rising = all(low < high for low, high in pairwise(edges))
    if not edges or not rising or not all(map(math.isfinite, edges)):
        raise InputError(f"--bins {name}={text}: expected rising numbers, such as --bins {name}=5,10.")
    return edges


def _one_option_each(written: str) -> str:
    """How to write the bins of several attributes that were given in one option."""
    several: list[str] = []
    for part in written.split(","):
        if "=" in part or not several:
            several.append(part)
        else:
            several[-1] += f",{part}"
    options = " ".join(f"--bins {one}" for one in several)
    return f"give --bins once for each attribute: {options if len(several) > 1 else 'such as --bins snr_db=5,10'}."
