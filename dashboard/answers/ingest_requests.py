"""What a page asks of an ingest, as arguments of the command that a terminal would run.

Owns how a choice is written so that no name of a column, system or group can be taken for an option. It runs nothing:
that is `ingest_process.py`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class IngestRequest:
    """What is asked of an ingest, in the words of its options."""

    sources: tuple[Path, ...]
    name: str
    home: Path
    systems: tuple[tuple[str, Path], ...] = ()
    """A file of outputs by name of the system."""
    attribute_files: tuple[Path, ...] = ()
    mapping: Pairs = ()
    """Column by field, or by `system:NAME`."""
    attributes: tuple[str, ...] | None = None
    """None leaves the choice to the ingest."""
    roles: Pairs = ()
    label_sources: Pairs = ()
    multi: Pairs = ()
    """What stands between the labels of one value, by attribute."""
    missing: tuple[str, ...] = ()
    missing_speaker: str | None = None
    null_hypothesis: str = ""
    allow_missing: bool = False
    normalizer: str = ""
    """"" leaves the choice to the letters of the references."""
    aligner: str = ""
    """"" is the usual one."""
    equivalences: Path | None = None
    keywords: Path | None = None
    about: Mapping[str, Any] = field(default_factory=dict)
    """What the owner says about system and data."""
    show_text: bool = False
    show_audio: bool = False
    note: str = ""
    bins: Pairs = ()
    """Inner edges of a number's bins as they were typed, by attribute."""
    orders: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Groups in their order, by attribute."""
    format: str = ""
    """"" is told by the content of each file."""
    cluster: str = ""
    """Column of the sampling unit; "" is the speaker."""

    def arguments(self) -> list[str]:
        """The same as arguments of the command.

        A value is joined to its option, whatever it begins with, and written as JSON where a comma or an equals sign
        in a name would be taken for one of the option's own.
        """
        paths = {"--equivalences": self.equivalences, "--keywords": self.keywords}
        chosen = {
            "--from": self.format,
            "--cluster": self.cluster,
            "--normalizer": self.normalizer,
            "--aligner": self.aligner,
            "--missing-speaker": self.missing_speaker,
            "--null-hypothesis": self.null_hypothesis,
            "--note": self.note,
            **{option: str(path.absolute()) for option, path in paths.items() if path},
        }
        written = {
            "--system": {name: str(path.absolute()) for name, path in self.systems},
            "--map": dict(self.mapping),
            "--role": dict(self.roles),
            "--label-source": dict(self.label_sources),
            "--multi": dict(self.multi),
            "--bins": dict(self.bins),
            "--order": {name: [*groups] for name, groups in self.orders},
            "--missing": [*self.missing],
            "--about": dict(self.about),
        }
        return [
            "ingest",
            *(str(path.absolute()) for path in self.sources),
            f"--name={self.name}",
            f"--home={self.home}",
            *(f"--attributes-from={path.absolute()}" for path in self.attribute_files),
            *(f"{option}={json.dumps(value)}" for option, value in written.items() if value),
            *(f"{option}={value}" for option, value in chosen.items() if value),
            # An empty list means that no column is wanted.
            *([] if self.attributes is None else [f"--attributes={json.dumps(self.attributes)}"]),
            *(["--allow-missing"] if self.allow_missing else []),
            *(["--show-text"] if self.show_text else []),
            *(["--show-audio"] if self.show_audio else []),
            "--format=json",
            "--progress=json",
        ]


@dataclass(frozen=True)
class AddSystemRequest:
    """What is asked of `add-system`."""

    evaluation: str
    """NAME@BUILD."""
    home: Path
    system: str
    path: Path
    mapping: Pairs = ()
    """Column by field: id, hypothesis."""
    null_hypothesis: str = ""
    """"" is read as the build's own files were."""
    allow_missing: bool = False

    def arguments(self) -> list[str]:
        """The same as arguments of the command."""
        return [
            "add-system",
            self.evaluation,
            f"--home={self.home}",
            f"--system={json.dumps({self.system: str(self.path.absolute())})}",
            *([f"--map={json.dumps(dict(self.mapping))}"] if self.mapping else []),
            *([f"--null-hypothesis={self.null_hypothesis}"] if self.null_hypothesis else []),
            *(["--allow-missing"] if self.allow_missing else []),
            "--format=json",
            "--progress=json",
        ]


@dataclass(frozen=True)
class SampleRequest:
    """The bundled evaluation is asked for."""

    home: Path

    def arguments(self) -> list[str]:
        """The same as arguments of the command."""
        return ["sample", f"--home={self.home}", "--format=json", "--progress=json"]


Request = IngestRequest | AddSystemRequest | SampleRequest
