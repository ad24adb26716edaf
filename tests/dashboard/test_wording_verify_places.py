"""Places of a card's JSON, as the Card page names them."""

from __future__ import annotations

import pytest

from analysis.settings import DEFAULTS
from dashboard.answers.verify import Verification
from dashboard.answers.verify_differences import Compared
from dashboard.answers.verify_reading import HandedIn
from dashboard.wording_verify_places import place_words


@pytest.fixture
def found() -> Verification:
    rows = [{"group": {"accent": "North", "noise": None}}, {"group": "odd"}]
    evidence = {"groupings": [{"rows": rows}, "odd"], "grid": {"rows": rows}}
    card = HandedIn({}, evidence, "A", "wer", 0.95, DEFAULTS, "internal", "fairness", ())
    return Verification(card, Compared(0, ()), ())


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("evidence.groupings[0].rows[0].rate", "North (accent), not stated (noise): rate"),
        ("evidence.groupings[0].rows[0].versus.verdict", "North (accent), not stated (noise): verdict"),
        ("evidence.grid.rows[0].n_speakers", "North (accent), not stated (noise): number of speakers"),
        ("evidence.groupings[0].rows[1].rate", "A group: rate"),
        ("evidence.groupings[1].rows[0].rate", "A group: rate"),
        ("evidence.groupings[9].rows[9].rate", "A group: rate"),
        ("evidence.overall.high", "All recordings: upper end of the interval"),
        ("claims[2].text[0]", "Claim 3: its sentence"),
        ("evidence.findings[0].recorded.rate", "Finding 1: rate"),
        ("evidence.plan.sha256", "The plan"),
        ("evidence.endorsement", "Something no card holds"),
        ("", "Something no card holds"),
        ("\x1b[2J.[[", "Something no card holds"),
    ],
)
def test_a_place_is_named_after_what_stands_there(found: Verification, path: str, words: str) -> None:
    assert place_words(found, path) == words
