"""Names of columns that are recognised, and what `--map` says instead.

Owns the recognised names and the words with which a missing or unknown column is
reported. Which column of a file is what is decided in `columns.py`.
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
        "audio": ("audio", "audio_path", "audio_filepath"),
        "duration": ("duration", "duration_s"),
        "reference_2": ("reference_2", "text_2", "sentence_2"),
    }
)
"""Names of columns that are recognised without `--map`, in any case."""

INSTEAD_OF_AN_ID = ("path", "audio_filepath")
"""Columns that name the utterance where no column is called an id; the clip is what tells rows apart there."""

COUNTED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "words": ("words", "n_words", "n", "ref_words", "n_ref"),
        "substitutions": ("substitutions", "n_substitutions", "subs", "sub", "s"),
        "deletions": ("deletions", "n_deletions", "dels", "del", "d"),
        "insertions": ("insertions", "n_insertions", "ins", "i"),
        "errors": ("errors", "n_errors", "errs"),
    }
)
"""Names of columns of counts, which are recognised where a source has no texts; `errors_NAME` is the system NAME."""

SYSTEM_PREFIXES = ("hypothesis_", "hyp_", "pred_text_")
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
    """Column by field, a key of `RECOGNISED` or `COUNTED`."""
    systems: Mapping[str, str] = field(default_factory=dict)
    """Column of hypotheses by name of the system."""

    @staticmethod
    def parse(items: Iterable[str]) -> ColumnMapping:
        """Read `FIELD=COLUMN` and `system:NAME=COLUMN`; raises `InputError`."""
        return ColumnMapping.of(map(ColumnMapping.sides, items))

    @staticmethod
    def sides(item: str) -> tuple[str, str]:
        """Field and column of `FIELD=COLUMN`; raises `InputError`."""
        name, separator, column = item.partition("=")
        if not (separator and name.removeprefix("system:") and column):
            raise InputError(f'--map "{item}": expected FIELD=COLUMN, such as --map id=path.')
        return name, column

    @staticmethod
    def of(pairs: Iterable[tuple[str, str]]) -> ColumnMapping:
        """The mapping of fields (and `system:NAME`) to columns, whatever signs these hold; raises `InputError`."""
        fields: dict[str, str] = {}
        systems: dict[str, str] = {}
        for name, column in pairs:
            item = f"{name}={column}"
            target, key = (
                (systems, name.removeprefix("system:")) if name.startswith("system:") else (fields, name)
            )
            if target is fields and key not in {*RECOGNISED, *COUNTED}:
                known = [*RECOGNISED, *COUNTED, "system:NAME"]
                raise InputError(f'--map "{item}": "{key}" is not a field. {near_names(key, known)}')
            if key in target:
                raise InputError(
                    f'--map names two columns for "{name}": "{target[key]}" and "{column}". Keep one.'
                )
            target[key] = column
        return ColumnMapping(fields, systems)


def recognised_as(column: str) -> str | None:
    """The field that a column's name stands for; None when it is not a recognised name."""
    folded = column.casefold()
    return next((name for name, known in RECOGNISED.items() if folded in known), None)


def unknown_column(file: str, item: str, name: str, column: str, columns: Sequence[str]) -> Fault:
    """The fault of a `--map` to a column that is not there."""
    what = f"--map {item} names a column that is not there (found: {', '.join(columns)})."
    return Fault(
        file, None, name, what, near_names(column, columns) if _near(column, columns) else "Check its name."
    )


def missing_column(file: str, candidates: Sequence[str], name: str, columns: Sequence[str]) -> Fault:
    """The fault of a field without a column, with the nearest name among the candidates."""
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
