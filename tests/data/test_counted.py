"""Which metrics counts that somebody else made do not give."""

from __future__ import annotations

import pyarrow as pa
import pytest

from data.counted import undefined_metrics
from data.records import Recordings

OF_TEXTS = {"cer", "keyword-miss-rate"}
OF_UTTERANCES = {"sentence-error-rate", "catastrophic-rate", "empty-output-rate"}
OF_KINDS = {
    "mer",
    "wil",
    "substitution-rate",
    "deletion-rate",
    "insertion-rate",
    "word-f1-error",
    "empty-output-rate",
}


@pytest.mark.parametrize(
    ("counted", "rows_are_utterances", "undefined"),
    [
        (("words", "substitutions", "deletions", "insertions"), True, OF_TEXTS),
        (("words", "substitutions", "deletions", "insertions"), False, OF_TEXTS | OF_UTTERANCES),
        (("words", "errors"), True, OF_TEXTS | OF_KINDS),
        (("words", "errors"), False, OF_TEXTS | OF_KINDS | OF_UTTERANCES),
    ],
)
def test_a_metric_is_undefined_where_the_counts_it_is_made_of_are_not_there(
    counted: tuple[str, ...], rows_are_utterances: bool, undefined: set[str]
) -> None:
    one = pa.array([1])
    recordings = Recordings(*[one] * 3, {}, {}, *[one] * 4, counts={"A": dict.fromkeys(counted, one)})
    assert {*undefined_metrics(recordings, rows_are_utterances)} == undefined
