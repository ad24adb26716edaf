"""Which column of a file is what: recognised names, `--map`, systems, and everything else.

Owns the recognised names and the choice between them. It looks at names only, never
at values, and collects what is missing or ambiguous instead of stopping at it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import MappingProxyType

from data.errors import Fault, InputError, near_names, quoted_list

RECOGNISED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "id": ("id", "utterance_id", "utt_id"),
        "speaker": ("speaker_id", "speaker", "client_id"),
        "reference": ("reference", "text", "sentence", "ref"),
        "hypothesis": ("hypothesis", "prediction", "pred_text", "transcription", "hyp"),
        "audio": ("audio", "audio_path"),
        "duration": ("duration", "duration_s"),
    }
)
"""Names of columns that are recognised without `--map`, in any case."""

SYSTEM_PREFIXES = ("hypothesis_", "hyp_")
LONE_SYSTEM = "hypothesis"
"""Name of the system when one column holds hypotheses and nothing names its system."""

_MEANING = {
    "id": "names the utterance",
    "speaker": "names the speaker",
    "reference": "holds the reference",
    "hypothesis": "holds the hypothesis",
}


@dataclass(frozen=True)
class ColumnMapping:
    """What `--map` says; it holds for every file."""

    fields: Mapping[str, str] = field(default_factory=dict)
    """Column by field, a key of `RECOGNISED`."""
    systems: Mapping[str, str] = field(default_factory=dict)
    """Column of hypotheses by name of the system."""

    @staticmethod
    def parse(items: Iterable[str]) -> ColumnMapping:
        """Read `FIELD=COLUMN` and `system:NAME=COLUMN`; raises `InputError`."""
        fields: dict[str, str] = {}
        systems: dict[str, str] = {}
        for item in items:
            name, separator, column = item.partition("=")
            target, key = (
                (systems, name.removeprefix("system:")) if name.startswith("system:") else (fields, name)
            )
            if not (separator and key and column):
                raise InputError(f'--map "{item}": expected FIELD=COLUMN, such as --map id=path.')
            if target is fields and key not in RECOGNISED:
                known = [*RECOGNISED, "system:NAME"]
                raise InputError(f'--map "{item}": "{key}" is not a field. {near_names(key, known)}')
            if key in target:
                raise InputError(
                    f'--map names two columns for "{name}": "{target[key]}" and "{column}". Keep one.'
                )
            target[key] = column
        return ColumnMapping(fields, systems)


@dataclass(frozen=True)
class ColumnFields:
    """The columns of one file by what they are."""

    fields: Mapping[str, str]
    """Column by field; a field the file lacks is absent."""
    systems: Mapping[str, str]
    """Column of hypotheses by name of the system, in the order of the file."""
    others: tuple[str, ...]
    """Columns that may be attributes."""
    left_out: Mapping[str, str]
    """Columns that are another name for a field, with the reason why they are no attribute."""


def reference_fields(
    file: str,
    columns: Sequence[str],
    mapping: ColumnMapping,
    systems_elsewhere: frozenset[str],
    needs_speaker: bool,
    is_also_system: bool,
) -> tuple[ColumnFields, list[Fault]]:
    """The fields of a file of references.

    `systems_elsewhere` are the systems that have a file of their own; `is_also_system`
    says that this very file is one of them, so that its lone hypothesis column is that system.
    """
    faults: list[Fault] = []
    required = ["id", "reference", *(["speaker"] if needs_speaker else [])]
    chosen = {
        name: column
        for name in ("id", "speaker", "reference", "audio", "duration")
        if (column := _field(file, columns, mapping, name, name in required, faults)) is not None
    }
    systems = _systems(file, columns, mapping, systems_elsewhere, is_also_system, faults)
    used = {*chosen.values(), *systems.values()}
    if not systems and not systems_elsewhere and all(fault.field != "hypothesis" for fault in faults):
        faults.append(_missing(file, [name for name in columns if name not in used], "hypothesis", columns))
    left_out = {
        name: f"another name for the {other}, which is in {quoted_list([chosen.get(other, 'other files')])}"
        for name in columns
        if name not in used and (other := _recognised_as(name)) is not None and other != "duration"
    }
    others = tuple(name for name in columns if name not in used and name not in left_out)
    return ColumnFields(chosen, systems, others, left_out), faults


def hypothesis_fields(
    file: str, columns: Sequence[str], mapping: ColumnMapping, system: str
) -> tuple[dict[str, str], list[Fault]]:
    """The columns `id` and `hypothesis` of a file that holds one system's hypotheses."""
    faults: list[Fault] = []
    chosen: dict[str, str] = {}
    for name in ("id", "hypothesis"):
        mapped = mapping.systems.get(system) if name == "hypothesis" else None
        mapped = mapped or mapping.fields.get(name)
        if mapped is not None and mapped in columns:
            chosen[name] = mapped
        elif (column := _recognised(file, columns, name, faults)) is not None:
            chosen[name] = column
        elif not faults or faults[-1].field != name:
            faults.append(_missing(file, columns, name, columns))
    return chosen, faults


def _field(
    file: str, columns: Sequence[str], mapping: ColumnMapping, name: str, required: bool, faults: list[Fault]
) -> str | None:
    mapped = mapping.fields.get(name)
    if mapped is not None:
        if mapped in columns:
            return mapped
        faults.append(_unknown_column(file, f"{name}={mapped}", name, mapped, columns))
        return None
    n_faults = len(faults)
    column = _recognised(file, columns, name, faults)
    if column is None and required and len(faults) == n_faults:
        unclaimed = [
            other
            for other in columns
            if other not in mapping.fields.values() and _recognised_as(other) is None
        ]
        faults.append(_missing(file, unclaimed, name, columns))
    return column


def _recognised(file: str, columns: Sequence[str], name: str, faults: list[Fault]) -> str | None:
    fitting = [column for column in columns if _recognised_as(column) == name]
    if len(fitting) > 1:
        what = f"{quoted_list(fitting)} may each be the {name}."
        faults.append(Fault(file, None, name, what, f"Choose one with --map {name}={fitting[0]}."))
    return fitting[0] if len(fitting) == 1 else None


def _recognised_as(column: str) -> str | None:
    folded = column.casefold()
    return next((name for name, known in RECOGNISED.items() if folded in known), None)


def _systems(
    file: str,
    columns: Sequence[str],
    mapping: ColumnMapping,
    elsewhere: frozenset[str],
    is_also_system: bool,
    faults: list[Fault],
) -> dict[str, str]:
    by_column: dict[str, str] = {}
    for system, column in mapping.systems.items():
        if system in elsewhere:
            continue
        if column in columns:
            by_column[column] = system
        else:
            faults.append(_unknown_column(file, f"system:{system}={column}", "hypothesis", column, columns))
    mapped_lone = mapping.fields.get("hypothesis")
    if mapped_lone is not None and mapped_lone in columns:
        by_column.setdefault(mapped_lone, LONE_SYSTEM)
    elif mapped_lone is not None and not elsewhere:
        faults.append(_unknown_column(file, f"hypothesis={mapped_lone}", "hypothesis", mapped_lone, columns))
    for column in columns:
        prefix = next((prefix for prefix in SYSTEM_PREFIXES if column.casefold().startswith(prefix)), None)
        if prefix is not None and column not in mapping.fields.values() and len(column) > len(prefix):
            by_column.setdefault(column, column[len(prefix) :])
    free = [column for column in columns if column not in by_column and column not in mapping.fields.values()]
    if mapped_lone is None and not is_also_system and (lone := _recognised(file, free, "hypothesis", faults)):
        by_column[lone] = LONE_SYSTEM
    return _by_system(file, columns, by_column, elsewhere, faults)


def _by_system(
    file: str,
    columns: Sequence[str],
    by_column: dict[str, str],
    elsewhere: frozenset[str],
    faults: list[Fault],
) -> dict[str, str]:
    systems: dict[str, str] = {}
    for column in columns:
        system = by_column.get(column)
        if system is None:
            continue
        if system in elsewhere:
            what = f'The column "{column}" and a file of --system both give hypotheses of "{system}".'
            faults.append(
                Fault(file, None, column, what, "Leave one out, or name the column with --map system:NAME.")
            )
        elif system in systems:
            what = f'"{systems[system]}" and "{column}" both give hypotheses of "{system}".'
            faults.append(Fault(file, None, column, what, f"Name one with --map system:NAME={column}."))
        else:
            systems[system] = column
    return systems


def _unknown_column(file: str, item: str, name: str, column: str, columns: Sequence[str]) -> Fault:
    what = f"--map {item} names a column that is not there (found: {', '.join(columns)})."
    return Fault(
        file, None, name, what, near_names(column, columns) if _near(column, columns) else "Check its name."
    )


def _missing(file: str, candidates: Sequence[str], name: str, columns: Sequence[str]) -> Fault:
    what = (
        f"No column {_MEANING[name]}: expected {quoted_list(RECOGNISED[name])} (found: {', '.join(columns)})."
    )
    near = next((match for known in RECOGNISED[name] for match in _near(known, candidates)), None)
    advice = (
        f'Did you mean "{near}"? Then add --map {name}={near}.'
        if near
        else f"Name it with --map {name}=COLUMN."
    )
    if name == "hypothesis":
        advice += " A file of its own goes in --system NAME=FILE."
    if name == "speaker":
        advice += " Intervals need speakers; --missing-speaker one counts all recordings as one speaker's."
    return Fault(file, None, name, what, advice)


def _near(name: str, columns: Sequence[str]) -> list[str]:
    folded = {column.casefold(): column for column in columns}
    return [folded[match] for match in get_close_matches(name.casefold(), folded, n=1, cutoff=0.75)]
