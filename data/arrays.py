"""Arrow columns as the rooms of an ingest want them: one chunk, strings, blanks told from values.

Owns conversions without judgement: nothing here finds a fault.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


def combined(values: pa.ChunkedArray | pa.Array) -> pa.Array:
    """The same values in one chunk."""
    if isinstance(values, pa.Array):
        return values
    if pa.types.is_dictionary(values.type):
        values = values.unify_dictionaries()
    whole = values.combine_chunks()
    return whole if isinstance(whole, pa.Array) else pa.concat_arrays(whole.chunks)


def stacked(parts: Sequence[pa.Array]) -> pa.Array:
    """The parts one after the other, as strings where their types differ."""
    if len({part.type for part in parts}) > 1:
        parts = [string_column(part) for part in parts]
    return combined(pa.chunked_array(parts))


def string_column(values: pa.ChunkedArray | pa.Array) -> pa.Array:
    """The values as strings: numbers as `plain_number` spells them, nulls stay null."""
    whole = combined(values)
    if pa.types.is_dictionary(whole.type):
        whole = whole.cast(whole.type.value_type)
    if pa.types.is_floating(whole.type) or pa.types.is_decimal(whole.type):
        spelled = [None if number is None else plain_number(float(number)) for number in whole.to_pylist()]
        return pa.array(spelled, pa.string())
    return whole.cast(pa.string())


def key_column(values: pa.ChunkedArray | pa.Array) -> pa.Array:
    """The values as ids or names of speakers: strings without the white space around them."""
    return pc.utf8_trim_whitespace(string_column(values))


def plain_number(number: float) -> str:
    """A number in its shortest decimal spelling without exponent: 5, 0.35, -2.5."""
    return np.format_float_positional(number, trim="-") if np.isfinite(number) else str(number)


def blank(texts: pa.Array, missing: Sequence[str] = ()) -> pa.Array:
    """Whether each text is null, white space, or one of the values that mean "not stated"; never null."""
    trimmed = pc.utf8_trim_whitespace(texts)
    stated_nothing = pc.is_in(trimmed, value_set=pa.array(["", *missing], pa.string()))
    return pc.or_(pc.is_null(texts), stated_nothing)


def silent(hypotheses: pa.Array, null_hypothesis: str | None) -> pa.Array:
    """The hypotheses with the text that means "heard nothing" made empty."""
    if null_hypothesis is None:
        return hypotheses
    return pc.if_else(pc.fill_null(pc.equal(hypotheses, null_hypothesis), False), "", hypotheses)


def numbers(texts: pa.Array) -> pa.Array:
    """Float64: the number each text spells, NaN where it spells none or no finite one, null where it is null."""
    trimmed = pc.utf8_trim_whitespace(texts)
    spells_number = pc.match_substring_regex(trimmed, r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$")
    bare = pc.replace_substring_regex(trimmed, r"^\+", "")
    parsed = pc.if_else(
        spells_number, bare, pc.if_else(pc.is_null(texts), pa.scalar(None, pa.string()), "nan")
    )
    values = parsed.cast(pa.float64())
    return pc.if_else(pc.is_inf(values), float("nan"), values)


def without_nan(values: pa.Array) -> pa.Array:
    """Floats with null for NaN."""
    return pc.if_else(pc.is_nan(values), pa.scalar(None, pa.float64()), values)


def positions(mask: pa.Array) -> list[int]:
    """Where a mask without nulls is true."""
    found: list[int] = np.flatnonzero(mask.to_numpy(zero_copy_only=False)).tolist()
    return found
