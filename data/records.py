"""The one form of a loaded evaluation between the readers and the build.

Owns `Recordings`, column by column as Arrow arrays. Readers and `columns.py` make
it, checks and the build read it. It knows neither a file format nor a database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analysis.attributes import Attribute


@dataclass(frozen=True)
class Recordings:
    """Every utterance of an evaluation, one row each; all columns have the same length."""

    utterance_ids: pa.Array
    """Strings, as written."""
    speaker_ids: pa.Array
    """Strings; the sampling unit when `--cluster` names another one. Null: not stated."""
    references: pa.Array
    """Strings; "" where nobody spoke."""
    hypotheses: Mapping[str, pa.Array]
    """Strings by name of the system, in the order of the systems. "" is an empty output, null is unscored."""
    columns: Mapping[str, pa.Array]
    """Every other column of the source as it was read, by name: what attributes are made of."""
    audio: pa.Array
    """Strings: path of the clip, relative to the source's folder; null where there is none."""
    duration_s: pa.Array
    """Float64; null where it is not stated."""
    rows: pa.Array
    """Int64: row of the source, counted as in `Fault.row`."""
    files: pa.Array
    """Dictionary of strings: name of the file the row came from."""
    second_references: pa.Array | None = None
    """Strings: what another person wrote down; null where nobody did. None when the source has no such column."""
    counts: Mapping[str, Mapping[str, pa.Array]] = field(default_factory=dict)
    """Int64 by system and name of the count, for a source without texts; null is unscored. Empty for texts."""

    def __len__(self) -> int:
        return len(self.utterance_ids)

    def take(self, order: pa.Array) -> Recordings:
        """The rows at these positions, in this order."""
        return replace(
            self,
            utterance_ids=self.utterance_ids.take(order),
            speaker_ids=self.speaker_ids.take(order),
            references=self.references.take(order),
            hypotheses={name: texts.take(order) for name, texts in self.hypotheses.items()},
            columns={name: values.take(order) for name, values in self.columns.items()},
            audio=self.audio.take(order),
            duration_s=self.duration_s.take(order),
            rows=self.rows.take(order),
            files=self.files.take(order),
            second_references=None if self.second_references is None else self.second_references.take(order),
            counts={
                system: {name: values.take(order) for name, values in counts.items()}
                for system, counts in self.counts.items()
            },
        )


@dataclass(frozen=True)
class AttributeColumn:
    """One attribute and its value on every row of the recordings."""

    attribute: Attribute
    codes: npt.NDArray[np.int32]
    """Position in the attribute's levels; -1 is not stated."""
    numbers: npt.NDArray[np.float64] | None
    """The number itself, NaN where it is not stated; None for a category."""
