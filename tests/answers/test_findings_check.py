"""Findings at a new build: asked again, held against what they were only where that means something."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.plan import Plan
from dashboard.answers.findings import add_finding, change_finding, findings
from dashboard.answers.findings_check import Retest, check_findings, findings_document
from dashboard.answers.rates import RatesQuestion
from dashboard.wording_findings import changed_sentence, retest_sentence
from data.errors import InputError
from data.plans import set_plan
from data.store import Build, open_build
from tests.answers.made_up import made_up_build, made_up_frame

QUESTION = RatesQuestion("hypothesis", ("accent",))


def frame(north: str = "") -> pd.DataFrame:
    """Speakers of the North are heard as `north` says in every third recording."""
    made = made_up_frame(3, n_speakers=60, missing=0.0)
    third = (made["accent"] == "North") & (made.index % 3 == 0)
    return made.assign(hypothesis=made["hypothesis"].mask(third, north))


def kept(home: Path, **options: object) -> Build:
    build = made_up_build(home, frame(), **options)
    add_finding(home, build, QUESTION, {"accent": "North"}, claim="More errors")
    return build


def only(found: list[Retest]) -> Retest:
    [one] = found
    return one


def test_on_its_own_build_there_is_one_set_of_numbers(tmp_path: Path) -> None:
    one = only(check_findings(tmp_path, kept(tmp_path)))
    assert one.change == "same build"
    assert one.now is not None
    assert one.now["rate"] == one.then["rate"]
    assert "read from this build" in retest_sentence(one, 1.25)


def test_at_a_new_build_both_numbers_are_told(tmp_path: Path) -> None:
    kept(tmp_path)
    build = made_up_build(tmp_path, made_up_frame(3, n_speakers=60, missing=0.0))
    one = only(check_findings(tmp_path, build))
    assert one.now is not None
    assert (one.then["versus"]["verdict"], one.now["versus"]["verdict"]) == ("worse", "undecided")
    assert one.change == "new verdict"
    sentence = retest_sentence(one, 1.25)
    assert sentence.startswith("was ")
    assert "now " in sentence
    assert one.compared.standing == "badge"
    assert changed_sentence([one]) == "1 finding asked again: 1 another verdict now."


def test_under_another_normaliser_nothing_is_said_of_a_change(tmp_path: Path) -> None:
    kept(tmp_path)
    build = made_up_build(tmp_path, frame(), normalizer="none")
    one = only(check_findings(tmp_path, build))
    assert one.change == "not comparable"
    assert one.compared.standing == "refused"
    assert "another normaliser" in retest_sentence(one, 1.25)


def test_where_the_group_is_gone_the_reason_is_given(tmp_path: Path) -> None:
    kept(tmp_path)
    made = frame()
    build = made_up_build(tmp_path, made[made["accent"] != "North"])
    one = only(check_findings(tmp_path, build))
    assert (one.change, one.now) == ("gone", None)
    assert "There is no group" in retest_sentence(one, 1.25)


def test_a_finding_without_its_measure_is_badged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.answers.findings.measured_with", lambda _: None)
    kept(tmp_path)
    monkeypatch.undo()
    build = made_up_build(tmp_path, frame("oops"))
    assert only(check_findings(tmp_path, build)).compared.standing == "badge"


def test_another_state_needs_a_reason(tmp_path: Path) -> None:
    build = kept(tmp_path)
    [one] = findings(tmp_path, build.info.name)
    with pytest.raises(InputError, match="only with a reason"):
        change_finding(tmp_path, build.info.name, one.id, {"state": "accepted"}, "me", " ")
    changed = change_finding(tmp_path, build.info.name, one.id, {"state": "accepted"}, "me", "until May")
    assert (changed.state, changed.reason) == ("accepted", "until May")
    assert findings(tmp_path, build.info.name) == [changed]


def test_a_finding_keeps_the_plan_that_was_in_force_when_it_was_put_on_record(tmp_path: Path) -> None:
    """Another plan afterwards changes what is asked now, not what the finding was read under."""
    path = made_up_build(tmp_path, frame()).path
    first, second = (Plan((("accent",),), margin_ratio=margin) for margin in (1.3, 1.5))
    set_plan(tmp_path, "made-up", first)
    add_finding(tmp_path, open_build(path), QUESTION, {"accent": "North"})
    set_plan(tmp_path, "made-up", second)
    build = open_build(path)
    [plain] = findings_document(build.info, check_findings(tmp_path, build))["findings"]
    assert first.sha256 != second.sha256
    assert plain["then"]["plan"] == first.sha256
    assert "measured" not in plain["then"]["row"]


def test_a_finding_from_before_any_plan_has_none(tmp_path: Path) -> None:
    build = kept(tmp_path)
    [plain] = findings_document(build.info, check_findings(tmp_path, build))["findings"]
    assert plain["then"]["plan"] is None
