"""Wording of limits and counts: a lower limit is never rounded up, and "not stated" is no group."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from analysis.card.content import compose
from analysis.card.rows import Row
from analysis.rates import RateTable
from dashboard.wording_card import plain_text, plot_description
from dashboard.wording_mixes import mix_sentence, share_sentence
from tests.analysis.card_evidence import made_evidence, made_grouping, made_row
from tests.analysis.test_card_advice import lines


def of_mix(share: float) -> RateTable:
    """No more of a table than the sentence on mixes reads."""
    mix = SimpleNamespace(
        why_not=None,
        used=True,
        strata=("noise",),
        left_out=(),
        difference=0.2,
        share_present=np.array([share, 1.0]),
    )
    return cast("RateTable", SimpleNamespace(mix=mix, judgement=SimpleNamespace(ratio=np.array([1.0]))))


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.99499, "over at least 99% of"),
        (0.9994, "over at least 99% of"),
        (0.87, "at least 87% of"),
        (1.0, "over all of"),
    ],
)
def test_at_least_is_never_more_than_there_is(share: float, said: str) -> None:
    assert said in (mix_sentence(of_mix(share), False) or "")


def test_less_than_all_of_a_group_is_not_told_as_all_of_it() -> None:
    assert "; 99% of its words." in (share_sentence(0.998, ("noise",), False) or "")
    assert "; all of its words." in (share_sentence(1.0, ("noise",), False) or "")


def test_the_card_rounds_a_lower_limit_down() -> None:
    mix = {"strata": ["noise"], "left_out": [], "difference": 0.2, "used": True, "reason": None}
    rows = [made_row({"accent": name}, versus={"share_present": 0.99499}) for name in ("North", "South")]
    card = compose(made_evidence(groupings=[{**made_grouping(["accent"], rows), "mix": mix}]))
    parts = [part for section in card.sections for part in section.walk()]
    said = "\n".join(line for part in parts for block in part.blocks for line in lines(block))
    assert "over at least 99.4 % of its words" in said


def drawn(*groups: str | None) -> tuple[tuple[str, Row], ...]:
    rows: list[dict[str, Any]] = [
        made_row({"accent": name}, rate=0.1 * (n + 1)) for n, name in enumerate(groups)
    ]
    return tuple((str(row["group"]["accent"]), Row.from_json(row)) for row in rows)


def test_a_picture_counts_groups_without_those_not_stated() -> None:
    said = plot_description(drawn("North", "South", None), 0.2)
    assert said.startswith(
        "2 groups with their rates and intervals, and recordings whose group is not stated, from 10.0% (North) to "
    )
    assert "20.0% (South)" in said
    assert plot_description(drawn("North", "South"), 0.2).startswith(
        "2 groups with their rates and intervals, from"
    )
    assert plot_description(drawn("North"), 0.2).startswith("1 group with its rate and interval, from")


def test_normalisers_that_were_looked_at_are_not_counted_as_looks() -> None:
    tried = {
        "log": "l",
        "searches": 0,
        "tested": 0,
        "found": 0,
        "confirmed": 0,
        "subgroups": 0,
        "normalisers": 3,
    }
    card = compose(made_evidence(looked_at={**tried, "findings": 0, "withdrawn": 0, "sha256": ""}))
    [section] = [one for one in card.sections if one.id == "tried"]
    said = "\n".join(line for block in section.blocks for line in lines(block))
    assert "3 other normalisers the rates were looked at under" in said
    assert plain_text(section.title, 1.25) == "What was looked at"
