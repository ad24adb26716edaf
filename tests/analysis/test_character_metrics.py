"""Metrics of texts that are compared character by character are named so, and count as before."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from analysis.character_metrics import in_characters
from analysis.metrics import METRICS


@pytest.mark.parametrize("metric_id", list(METRICS))
def test_names_change_and_numbers_do_not(metric_id: str) -> None:
    usual, renamed = METRICS[metric_id], in_characters(METRICS[metric_id])
    assert (
        replace(renamed, label=usual.label, unit=usual.unit, sentence=usual.sentence, counted="word") == usual
    )
    assert renamed.counted == "character"
    said = f"{renamed.label} {renamed.unit} {renamed.sentence}".replace("between words", "")
    assert re.search(r"\bwords?\b", said, re.IGNORECASE) is None


def test_every_metric_has_a_name_of_its_own() -> None:
    renamed = [in_characters(metric) for metric in METRICS.values()]
    assert len({metric.label for metric in renamed}) == len(METRICS)
    assert renamed[0].label == "Character error rate"
    assert "no spaces" in renamed[0].sentence
