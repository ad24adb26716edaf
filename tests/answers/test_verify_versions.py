"""Cards of an earlier version of the form keep verifying: every number as it was rounded then, sentences apart."""

from __future__ import annotations

import json
from pathlib import Path

from dashboard.answers.verify_files import verify_against
from tests.answers.tampered_cards import as_bytes

KEPT = Path(__file__).parents[1] / "exports" / "golden"


def test_a_card_that_was_stored_once_keeps_verifying() -> None:
    # Neither file is ever written anew: they stand for cards and evidence that are out in the world.
    found = verify_against(
        (KEPT / "kept-card-2.json").read_bytes(), KEPT, str(KEPT / "kept-evidence-2.parquet")
    )
    assert found.numbers.checked > 200
    assert found.numbers.differences == ()
    assert any("an earlier version worded" in note for note in found.not_checked)


def test_a_stored_card_for_the_public_is_held_to_the_rounding_of_its_version() -> None:
    evidence_file = str(KEPT / "kept-evidence-2.parquet")
    kept = json.loads((KEPT / "kept-public-card-2.json").read_bytes())
    assert verify_against(as_bytes(kept), KEPT, evidence_file).numbers.differences == ()
    rows = kept["evidence"]["groupings"][0]["rows"]
    shown = next(row for row in rows if row["versus"]["difference_low"])
    shown["versus"]["difference_low"] = round(shown["versus"]["difference_low"], 3) + 0.001
    [found] = verify_against(as_bytes(kept), KEPT, evidence_file).numbers.differences
    assert found.path.endswith("versus.difference_low")
