"""Counts that somebody else made: words and errors per row, without any text.

Owns what such counts must keep to, and how they are stored. Where only errors are known,
their kinds are not: they are kept as substitutions up to the number of words and as
insertions beyond it, so that the error rate is right and nothing else may be computed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analysis.metrics import METRICS, Metric
from data.arrays import combined
from data.checks import number_faults, read_numbers
from data.column_counts import CountColumns
from data.errors import Fault
from data.formats.source_table import SourceTable
from data.ingest_options import IngestOptions
from data.records import Recordings
from data.scoring import SystemScores

MOST_IN_A_ROW = 2_000_000_000
"""A larger count in one row is taken for a mistake."""
_KINDS = ("substitutions", "deletions", "insertions")
_ADVICE = "Correct the row."

_NO_KINDS = "The source gives errors without saying which were substitutions, deletions or insertions."
_NO_UTTERANCES = "The source gives counts of several utterances in one row."
_NO_TEXTS = "The source gives counts of words and no texts."
_NO_KEYWORDS = (
    "No keyword is known to have been spoken; list keywords in a file and ingest with --keywords FILE."
)
_FROM_KINDS = frozenset({"n_hypothesis_words", "empty_outputs"})
_FROM_UTTERANCES = frozenset({"wrong_utterances", "empty_outputs", "catastrophic_utterances"})
_FROM_TEXTS = frozenset({"n_characters", "character_errors", "n_keywords", "keyword_misses"})


def checked_counts(
    table: SourceTable, columns: CountColumns, options: IngestOptions, faults: list[Fault]
) -> dict[str, pa.Array]:
    """`words`, and `errors` or the kinds of errors, as int64 with null for unscored; every other value is a fault."""
    named = dict(
        zip(("words", *(_KINDS if columns.kinds else ())), (columns.words, *columns.kinds), strict=True)
    )
    if columns.errors is not None:
        named["errors"] = columns.errors
    counts = {name: _whole_numbers(table, column, options, faults) for name, column in named.items()}
    faulty = {(fault.file, fault.row) for fault in faults}
    stated = [pc.is_valid(values).to_numpy(zero_copy_only=False) for values in counts.values()]
    for place in np.flatnonzero(np.any(stated, axis=0) & ~np.all(stated, axis=0)).tolist():
        file, row = table.place(place)
        blank = ", ".join(named[name] for name, has in zip(named, stated, strict=True) if not has[place])
        if (file, row) not in faulty:
            what, advice = (
                f"The row has no count in {blank}.",
                "Fill it in, or leave all counts of the row blank.",
            )
            faults.append(Fault(file, row, None, what, advice))
    _check_sums(table, columns, counts, faults)
    if columns.kinds and columns.errors is not None:
        del counts["errors"]
    return counts


def counted_scores(recordings: Recordings) -> dict[str, SystemScores]:
    """The counts by system as if they had been made here; hypotheses are "", for there are none."""
    scores = {}
    for system, counts in recordings.counts.items():
        rows = np.flatnonzero(pc.is_valid(counts["words"]).to_numpy(zero_copy_only=False)).astype(np.int32)
        known = {
            name: values.take(pa.array(rows)).to_numpy(zero_copy_only=False).astype(np.int32)
            for name, values in counts.items()
        }
        no_texts = pa.array([""], pa.string()).take(pa.array(np.zeros(len(rows), np.int32)))
        scores[system] = SystemScores(rows, no_texts, _stored(known))
    return scores


def undefined_metrics(recordings: Recordings, rows_are_utterances: bool) -> dict[str, str]:
    """Metrics that such counts do not give, each with the reason."""
    without_kinds = any("errors" in counts for counts in recordings.counts.values())
    undefined = {}
    for name, metric in METRICS.items():
        if _FROM_TEXTS.intersection(metric.counts):
            undefined[name] = _NO_TEXTS
        elif without_kinds and _tells_kinds_apart(metric):
            undefined[name] = _NO_KINDS
        elif not rows_are_utterances and _FROM_UTTERANCES.intersection(metric.counts):
            undefined[name] = _NO_UTTERANCES
    return undefined


def _tells_kinds_apart(metric: Metric) -> bool:
    """Whether a metric is made of other sums than that of all errors, in which every kind weighs the same."""
    sums = [dict(part) for part in (metric.numerator, *metric.further)]
    sums.append(dict.fromkeys(metric.denominator, 1))
    weighs_kinds = any(len({part.get(kind, 0) for kind in _KINDS}) > 1 for part in sums)
    return weighs_kinds or bool(_FROM_KINDS.intersection(metric.counts))


def undefined_without_keywords(scores: Mapping[str, SystemScores]) -> dict[str, str]:
    """The metric of keywords with the reason, where no system was scored on any."""
    spoken = any(
        bool(one.counts["n_keywords"].any()) for one in scores.values() if "n_keywords" in one.counts
    )
    return {} if spoken else {"keyword-miss-rate": _NO_KEYWORDS}


def _stored(known: Mapping[str, npt.NDArray[np.int32]]) -> dict[str, npt.NDArray[np.int32]]:
    words = known["words"]
    if "errors" in known:
        substitutions = np.minimum(known["errors"], words)
        deletions = np.zeros_like(words)
        insertions = known["errors"] - substitutions
    else:
        substitutions, deletions, insertions = (known[kind] for kind in _KINDS)
    return {
        "n_words": words,
        "n_hypothesis_words": words - deletions + insertions,
        "hits": words - substitutions - deletions,
        "substitutions": substitutions,
        "deletions": deletions,
        "insertions": insertions,
    }


def _whole_numbers(table: SourceTable, column: str, options: IngestOptions, faults: list[Fault]) -> pa.Array:
    values = combined(table.columns.column(column))
    read = read_numbers(values, options.missing).to_numpy(zero_copy_only=False).astype(np.float64)
    is_null = pc.is_null(read_numbers(values, options.missing)).to_numpy(zero_copy_only=False)
    files = table.file_names()
    faults.extend(number_faults(values, column, options.missing, files, table.rows.tolist()))
    whole = np.isfinite(read) & (read >= 0) & (read <= MOST_IN_A_ROW) & (read == np.floor(read))
    for place in np.flatnonzero(np.isfinite(read) & ~whole).tolist():
        what = f'"{values[place].as_py()}" is no count, which is a whole number from 0 to {MOST_IN_A_ROW:,}.'
        faults.append(Fault(files[place], int(table.rows[place]), column, what, _ADVICE))
    return pa.array(np.where(whole, read, 0).astype(np.int64), mask=is_null)


def _check_sums(
    table: SourceTable, columns: CountColumns, counts: Mapping[str, pa.Array], faults: list[Fault]
) -> None:
    """Substitutions and deletions are of words that were spoken; errors are the sum of their kinds."""
    if not columns.kinds:
        return
    faulty = {(fault.file, fault.row) for fault in faults}
    known = {name: _zero_for_null(values) for name, values in counts.items()}
    of_words = known["substitutions"] + known["deletions"]
    total = of_words + known["insertions"]
    for place in np.flatnonzero(of_words > known["words"]).tolist():
        what = f"Substitutions and deletions ({of_words[place]}) are more than the words ({known['words'][place]})."
        if table.place(place) not in faulty:
            faults.append(Fault(*table.place(place), columns.words, what, _ADVICE))
    differing = np.flatnonzero(total != known["errors"]).tolist() if columns.errors is not None else []
    for place in differing:
        what = f"The errors ({known['errors'][place]}) are not the sum of their kinds ({total[place]})."
        if table.place(place) not in faulty:
            faults.append(Fault(*table.place(place), columns.errors, what, _ADVICE))


def _zero_for_null(values: pa.Array) -> npt.NDArray[Any]:
    return np.asarray(pc.fill_null(values, 0).to_numpy(zero_copy_only=False), np.int64)
