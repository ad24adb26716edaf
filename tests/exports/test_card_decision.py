"""A decision in every format a person reads: what nobody stated of it is printed."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from analysis.card.content import compose
from dashboard.exports.card_bundle import card_files
from tests.analysis.card_evidence import made_evidence

DECIDED = {"choice": "ship", "build": "0123456789ab"}
ALL_STATED = {**DECIDED, "reason": "no gap is shown", "review": "2027-01-01", "by": "the board"}
UNSAID = "Reason of the decision, date of the decision’s review, who decided."


@pytest.mark.parametrize(("decided", "is_told"), [(DECIDED, True), (ALL_STATED, False)])
def test_what_a_decision_does_not_state_is_printed_as_not_stated(
    decided: dict[str, Any], is_told: bool
) -> None:
    made = card_files(compose(made_evidence(decision=decided)), ("md", "html", "docx"))
    with zipfile.ZipFile(io.BytesIO(made["card.docx"])) as archive:
        texts = [
            made["card.md"].decode(),
            made["card.html"].decode(),
            archive.read("word/document.xml").decode(),
        ]
    assert [UNSAID in text for text in texts] == [is_told] * 3
    assert [("reason and decider not stated" in text) for text in texts] == [is_told] * 3
