"""Columns into attributes: which ones, their groups in order, their roles and label sources.

Owns the choice of attributes and the naming of what is left out. It sees the rows
sorted by speaker; it writes nothing. Bins are `number_groups.py`, guesses of roles
`attribute_roles.py`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.attributes import ROLES, Attribute
from data.arrays import blank, string_column
from data.attribute_memberships import membership_column
from data.attribute_names import attribute_name_faults
from data.attribute_roles import role_from_name, sticks_to_speaker
from data.checks import holds_only_numbers, number_faults, read_numbers
from data.errors import Fault, near_names
from data.ingest_options import IngestOptions
from data.number_groups import grouped_numbers
from data.records import AttributeColumn, Recordings

MOST_GROUPS = 200
"""A column of words with more different values is left out unless it is asked for."""
NOT_CHOSEN = "not among --attributes"
"""Why a column is no attribute when `--attributes` names others."""
_MOST_GROUPS_EVER = 10_000
_FREE_TEXT_LENGTH = 200

_RESULT = re.compile(
    r"(^|[_\W])(wer|cer|mer|wil|wip|ser)($|[_\W])|^(n_)?(errors|hits|substitutions|deletions|insertions)$"
)


@dataclass(frozen=True)
class AttributeColumns:
    """The attributes of an evaluation and the columns that are none."""

    attributes: tuple[AttributeColumn, ...]
    not_attributes: Mapping[str, str]
    """Columns that were left out, each with the reason."""
    faults: tuple[Fault, ...]


def attribute_columns(
    recordings: Recordings,
    left_out: Mapping[str, str],
    options: IngestOptions,
    derivable: Sequence[str] = (),
) -> AttributeColumns:
    """Make every attribute; `left_out` are columns that the reader has put aside, with the reasons.

    `derivable` are names that an ingest adds by itself (`content_attributes.py`), which options may name.
    """
    file = recordings.files.dictionary[0].as_py() if len(recordings.files.dictionary) else ""
    names = list(dict.fromkeys(recordings.columns if options.attributes is None else options.attributes))
    faults = attribute_name_faults(file, names, recordings.columns, left_out, options, derivable)
    not_attributes = dict(left_out)
    made: list[AttributeColumn] = []
    for name in names:
        if name not in recordings.columns:
            continue
        reason = _make(name, recordings, options, made, faults)
        if reason is not None:
            not_attributes[name] = reason
    for name in recordings.columns:
        if name not in names:
            not_attributes[name] = NOT_CHOSEN
    speakers = _speaker_codes(recordings)
    with_roles = [_with_role(column, speakers, options) for column in made]
    if options.attributes is None:
        # What people look for first comes first, and stored results reach only so many attributes.
        with_roles.sort(key=lambda column: ROLES.index(column.attribute.role))
    return AttributeColumns(tuple(with_roles), not_attributes, tuple(faults))


def _speaker_codes(recordings: Recordings) -> npt.NDArray[np.int32]:
    encoded = recordings.speaker_ids.dictionary_encode()
    codes = pc.fill_null(encoded.indices, len(encoded.dictionary))
    return np.asarray(codes.to_numpy(zero_copy_only=False), np.int32)


def _make(
    name: str,
    recordings: Recordings,
    options: IngestOptions,
    made: list[AttributeColumn],
    faults: list[Fault],
) -> str | None:
    """Append the attribute to `made`, or say why the column is none."""
    values = recordings.columns[name]
    named = (options.attributes or (), options.roles, options.bins, options.orders, options.multi)
    asked_for = any(name in names for names in named)
    if not asked_for and _RESULT.search(name.casefold()):
        return "holds results of a recogniser, which are what is measured; ask for it with --attributes"
    if name in options.bins or (name not in options.multi and holds_only_numbers(values, options.missing)):
        files = recordings.files.to_pylist()
        faults.extend(number_faults(values, name, options.missing, files, recordings.rows.to_pylist()))
    if name in options.multi:
        column = membership_column(name, values, options)
    else:
        column = _number(name, values, options) or _category(name, values, options)
    if not column.attribute.levels or not (column.codes >= 0).any():
        return "has no value in any row"
    if column.attribute.kind == "category":
        reason = _too_many(column, values)
        n_values = len(column.attribute.stored_levels)
        if asked_for and n_values > _MOST_GROUPS_EVER:
            what = f"The column has {n_values:,} different values, more than {_MOST_GROUPS_EVER:,}."
            faults.append(
                Fault(recordings.files[0].as_py(), None, name, what, "Leave it out of --attributes.")
            )
        if reason is not None and not asked_for:
            return reason
    _check_order(name, column.attribute, options, recordings.files[0].as_py(), faults)
    made.append(column)
    return None


def _number(name: str, values: pa.Array, options: IngestOptions) -> AttributeColumn | None:
    """The column as a number; None when it holds words."""
    if name in options.orders or pa.types.is_dictionary(values.type):
        return None
    if pa.types.is_string(values.type) and name not in options.bins and _are_codes(values):
        return None
    read = read_numbers(values, options.missing)
    numbers = read.to_numpy(zero_copy_only=False).astype(np.float64)
    if name not in options.bins and (len(read) == read.null_count or pc.any(pc.is_nan(read)).as_py()):
        return None
    edges, levels, codes = grouped_numbers(numbers, options.bins.get(name, ()))
    attribute = Attribute(name, "content", "number", levels, bool((codes < 0).any()), bin_edges=edges)
    return AttributeColumn(attribute, codes, numbers)


def _are_codes(values: pa.Array) -> bool:
    """Whether leading zeros show that digits are names, as in 007."""
    return bool(pc.any(pc.match_substring_regex(values, r"^\s*0\d")).as_py())


def _category(name: str, values: pa.Array, options: IngestOptions) -> AttributeColumn:
    texts = pc.utf8_trim_whitespace(string_column(values))
    encoded = pc.if_else(
        blank(texts, options.missing), pa.scalar(None, pa.string()), texts
    ).dictionary_encode()
    found: list[str] = encoded.dictionary.to_pylist()
    if name in options.orders:
        declared = [level for level in options.orders[name] if level in {*found}]
    elif pa.types.is_dictionary(values.type):
        declared = [level.strip() for level in values.dictionary.to_pylist() if level is not None]
    else:
        declared = []
    rank = {level: place for place, level in enumerate(declared)}
    levels = sorted(found, key=lambda level: (rank.get(level, len(rank)), level.casefold(), level))
    place_of = {level: place for place, level in enumerate(levels)}
    recode = np.array([place_of[level] for level in found] or [0], np.int32)
    indices = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False)
    codes = np.where(indices < 0, np.int32(-1), recode[indices]).astype(np.int32)
    attribute = Attribute(name, "content", "category", tuple(levels), bool((codes < 0).any()))
    return AttributeColumn(attribute, codes, None)


def _too_many(column: AttributeColumn, values: pa.Array) -> str | None:
    levels = column.attribute.levels
    if len(levels) > MOST_GROUPS:
        reason = f"has {len(levels):,} different values, more than {MOST_GROUPS}"
        words = [level for level, is_word in zip(levels, _are_words(levels), strict=True) if is_word]
        if len(words) <= 5 and pa.types.is_string(values.type):
            reason += f"; all but {', '.join(words)} are numbers: with --missing {','.join(words)} they would be bins"
        return reason
    if len(levels) > 20 and len(levels) > len(column.codes) / 2:
        return "is free text: more than half of the rows have a value of their own"
    if max(map(len, levels)) > _FREE_TEXT_LENGTH:
        return f"is free text: some values are longer than {_FREE_TEXT_LENGTH} characters"
    return None


def _are_words(levels: tuple[str, ...]) -> list[bool]:
    words: list[bool] = pc.is_nan(read_numbers(pa.array(levels, pa.string()))).to_pylist()
    return words


def _check_order(
    name: str, attribute: Attribute, options: IngestOptions, file: str, faults: list[Fault]
) -> None:
    declared = options.orders.get(name, ())
    for level in dict.fromkeys(level for level in declared if declared.count(level) > 1):
        what = f'--order lists "{level}" more than once for "{name}".'
        faults.append(Fault(file, None, name, what, "List each group once."))
    for level in declared:
        if level not in attribute.levels:
            what = f'--order lists "{level}", which is no value of the column.'
            faults.append(Fault(file, None, name, what, near_names(level, attribute.levels)))


def _with_role(
    column: AttributeColumn, speakers: npt.NDArray[np.int32], options: IngestOptions
) -> AttributeColumn:
    name = column.attribute.name
    role = options.roles.get(name) or role_from_name(name)
    if role is None:
        role = "speaker" if sticks_to_speaker(column.codes, speakers) else "content"
    source = options.label_sources.get(name, "unknown")
    return replace(column, attribute=replace(column.attribute, role=role, label_source=source))
