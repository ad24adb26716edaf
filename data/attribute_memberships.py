"""A column of several labels per value into an attribute of sets: memberships, not one more group per combination.

Owns how a value is taken apart at its separator and which sets of labels occur. What
sets mean for counts and selections is `analysis/memberships.py`.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.attributes import Attribute
from data.arrays import blank, string_column
from data.ingest_options import IngestOptions
from data.records import AttributeColumn


def membership_column(name: str, values: pa.Array, options: IngestOptions) -> AttributeColumn:
    """The attribute with its labels as groups; a row's code is the position of its set of labels.

    White space around labels is taken off, and labels that are blank or mean "not stated" are no labels.
    """
    encoded = string_column(values).dictionary_encode()
    written: list[str] = encoded.dictionary.to_pylist()
    labels = [_labels(value, name, options) for value in written]
    found = {label for of_value in labels for label in of_value}
    declared = [label for label in options.orders.get(name, ()) if label in found]
    rank = {label: place for place, label in enumerate(declared)}
    levels = sorted(found, key=lambda label: (rank.get(label, len(rank)), label.casefold(), label))
    place_of = {label: place for place, label in enumerate(levels)}
    sets = [tuple(sorted(place_of[label] for label in of_value)) for of_value in labels]
    distinct = sorted({one for one in sets if one})
    position: dict[tuple[int, ...], int] = {one: place for place, one in enumerate(distinct)}
    recode = np.array([position.get(one, -1) for one in sets] or [-1], np.int32)
    indices = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False)
    codes = np.where(indices < 0, np.int32(-1), recode[indices]).astype(np.int32)
    attribute = Attribute(
        name, "content", "category", tuple(levels), bool((codes < 0).any()), label_sets=tuple(distinct)
    )
    return AttributeColumn(attribute, codes, None)


def _labels(value: str, name: str, options: IngestOptions) -> frozenset[str]:
    pieces = pa.array(value.split(options.multi[name]), pa.string())
    trimmed = pc.utf8_trim_whitespace(pieces)
    stated = trimmed.filter(pc.invert(blank(trimmed, options.missing)))
    return frozenset(stated.to_pylist())
