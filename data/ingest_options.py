"""What is asked of one ingest, as a frozen value.

Owns the options and their canonical form, which is part of the build id. Parsing
them from a command line is the command's work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from analysis.aligners import DEFAULT_ALIGNER
from analysis.attributes import LabelSource, Role
from data.columns import ColumnMapping


@dataclass(frozen=True)
class IngestOptions:
    """Sources and options of one ingest."""

    name: str
    sources: tuple[Path, ...]
    """Files with references, read as if they were one."""
    systems: Mapping[str, Path] = field(default_factory=dict)
    """A file of hypotheses by name of the system."""
    attribute_files: tuple[Path, ...] = ()
    """Tables of attributes, joined by utterance or speaker."""
    format: str | None = None
    """A key of `data.formats.registry.FORMATS`; None: told by the content of each file."""
    mapping: ColumnMapping = field(default_factory=ColumnMapping)
    attributes: tuple[str, ...] | None = None
    """Columns that become attributes, in this order; None: all that can."""
    roles: Mapping[str, Role] = field(default_factory=dict)
    label_sources: Mapping[str, LabelSource] = field(default_factory=dict)
    bins: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    """Inner edges of the bins, rising, by attribute; a bin holds its lower edge."""
    orders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Groups in their order, by attribute; groups that are not listed follow alphabetically."""
    multi: Mapping[str, str] = field(default_factory=dict)
    """What stands between the labels of one value, by attribute whose values hold several labels."""
    missing: tuple[str, ...] = ()
    """Values besides blank that mean "not stated"."""
    null_hypothesis: str | None = None
    """The text with which a recogniser says that it heard nothing; read as an empty output."""
    allow_missing: bool = False
    """Whether a reference without hypothesis is unscored instead of a fault."""
    cluster: str | None = None
    """Column of the sampling unit, where that is not the speaker."""
    missing_speaker: Literal["drop", "one"] | None = None
    """What to do with recordings of unknown speakers: leave them out, or count them as one speaker's. None: a fault."""
    normalizer: str | None = None
    """None: chosen by the letters of the references."""
    equivalences: Path | None = None
    """A list of forms that count as the same."""
    aligner: str = DEFAULT_ALIGNER.id
    keywords: Path | None = None
    """A list of words and phrases whose misses are counted."""
    processes: int | None = None
    """How many processes score; None: one per core. Makes no difference to the build."""
    about: Mapping[str, Any] = field(default_factory=dict)
    show_text: bool = False
    show_audio: bool = False
    note: str = ""
    """Kept beside the build, not in it."""

    def to_json(self) -> dict[str, Any]:
        """All that makes a difference to the build besides files and scoring, as plain data; no name, path or note."""
        return {
            "format": self.format,
            "map": dict(self.mapping.fields),
            "map_systems": dict(self.mapping.systems),
            "attributes": None if self.attributes is None else list(self.attributes),
            "roles": dict(self.roles),
            "label_sources": dict(self.label_sources),
            "bins": {name: list(edges) for name, edges in self.bins.items()},
            "orders": {name: list(values) for name, values in self.orders.items()},
            "multi": dict(self.multi),
            "missing": sorted(self.missing),
            "null_hypothesis": self.null_hypothesis,
            "allow_missing": self.allow_missing,
            "cluster": self.cluster,
            "missing_speaker": self.missing_speaker,
            "show_text": self.show_text,
            "show_audio": self.show_audio,
        }
