"""At a glance: which verdicts another normaliser would change, that nothing was counted, and of whom nothing is claimed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.analysis.card_evidence import made_attribute
from tests.analysis.test_card_glance import facts, glance


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([True, False], "the verdict would be another for “g0” (by accent)"),
        ([True] * 6 + [False], "the verdict would be another for 6 of 7 groups by accent"),
        ([False, False], None),
    ],
)
def test_verdicts_that_another_normaliser_would_change_stand_on_the_first_page(
    changes: list[bool], said: str | None
) -> None:
    rows = [
        {"group": {"accent": f"g{number}"}, "moves": one, "verdict_changes": one}
        for number, one in enumerate(changes)
    ]
    counted = {
        "limit": 0.1,
        "normalizers": ["basic"],
        "groupings": [{"by": ["accent"], "few": 0, "rows": rows}],
    }
    found = facts(glance(normalisers={**counted, "reason": None}))
    assert found.get("Under other normalisers") == said


COUNTED: dict[str, Any] = {
    "limit": 0.1,
    "normalizers": ["basic"],
    "groupings": [
        {
            "by": ["accent"],
            "few": 0,
            "rows": [{"group": {"accent": "North"}, "moves": True, "verdict_changes": True}],
        }
    ],
    "reason": None,
}


@pytest.mark.parametrize("known", [None, {**COUNTED, "groupings": [], "reason": "There are no texts"}])
def test_where_nothing_was_counted_under_other_normalisers_that_is_said(known: dict[str, Any] | None) -> None:
    assert facts(glance(normalisers=known))["Under other normalisers"] == "not counted"


def test_no_group_that_software_guessed_is_named_for_another_verdict() -> None:
    noise = made_attribute("noise", ["quiet", "babble"], role="condition")
    told = {
        source: facts(
            glance(
                normalisers=COUNTED,
                attributes=[made_attribute("accent", ["North", "South"], source=source), noise],
            )
        ).get("Under other normalisers")
        for source in ("inferred", "self")
    }
    assert told == {"inferred": None, "self": "the verdict would be another for “North” (by accent)"}
