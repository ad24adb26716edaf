"""Findings beside their build: the same as if the doctor looked again, and never those of other rules."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from dashboard import loading
from dashboard.answers import doctor as answers
from dashboard.commands.main import main
from dashboard.loading_kept import KEEPER
from dashboard.wording_trust import NOT_LOOKED, found_sentence
from data.doctor import examine, kept_findings, quick_examine
from data.home import builds, remove_build, sweep
from data.sidecar import findings_path
from data.store import open_build

ROWS = "id,speaker,accent,ref,hyp_A\nu1,s1,us,a b,a b\nu2,s2,uk,a b,a c\nu3,s3,uk,d e,d\n"

SECONDS_TO_LOOK = 20


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FAIRHEARING_HOME", str(tmp_path / "home"))
    (tmp_path / "in.csv").write_text(ROWS)
    assert main(["ingest", str(tmp_path / "in.csv"), "--name", "x", "--format", "json"]) == 0
    answers._KEPT.clear()
    answers._EXAMINED.clear()
    return builds(tmp_path / "home" / "x")[0]


def test_an_ingest_leaves_what_the_doctor_finds_beside_the_build(build: Path) -> None:
    found = kept_findings.kept_findings(build)
    assert found is not None
    assert found == examine(open_build(build))
    assert len(found) > 0


def test_who_asks_next_of_a_large_build_gets_what_is_kept(
    build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = kept_findings.kept_findings(build)
    monkeypatch.setattr(answers, "MOST_EXAMINED", 0)
    monkeypatch.setattr(answers, "examine", lambda _: pytest.fail("The doctor looked again."))
    assert answers.doctor(open_build(build)) == kept == answers.quick_doctor(open_build(build))


@pytest.mark.parametrize(
    "change",
    ["other rules", "another build", "edited", "build of other bytes", "no JSON", "no findings", "missing"],
)
def test_what_is_not_of_this_build_under_these_rules_is_worked_out_again(build: Path, change: str) -> None:
    path, plain = findings_path(build), json.loads(findings_path(build).read_text())
    expected = kept_findings.kept_findings(build)
    match change:
        case "other rules":
            path.write_text(json.dumps({**plain, "rules": "0" * 12, "faults": []}))
        case "another build":
            path.write_text(json.dumps({**plain, "build": "0" * 12, "faults": []}))
        case "edited":
            path.write_text(json.dumps({**plain, "faults": plain["faults"][1:]}))
        case "build of other bytes":
            path.write_text(json.dumps({**plain, "seal": "0" * 64}))
        case "no JSON":
            path.write_text("{")
        case "no findings":
            path.write_text(json.dumps({**plain, "faults": [{"code": "x"}]}))
        case "missing":
            path.unlink()
    assert kept_findings.kept_findings(build) is None
    assert answers.doctor(open_build(build)) == expected == kept_findings.kept_findings(build)


def test_a_forged_file_hides_nothing_from_who_examines(build: Path) -> None:
    expected = kept_findings.kept_findings(build)
    kept_findings.keep_findings(build, ())
    assert kept_findings.kept_findings(build) == ()
    assert answers.doctor(open_build(build)) == expected == kept_findings.kept_findings(build)


def test_a_folder_that_cannot_be_written_keeps_nothing_and_says_the_same(
    build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = kept_findings.kept_findings(build)
    findings_path(build).unlink()

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(kept_findings, "write_findings", refuse)
    assert answers.doctor(open_build(build)) == expected
    assert not findings_path(build).exists()


def test_findings_go_with_their_build(build: Path) -> None:
    source = build.parent.parent.parent / "in.csv"
    main(["ingest", str(source), "--name", "x", "--normalizer", "none", "--format", "json"])
    assert findings_path(build).exists()
    remove_build(build.parent, build.stem)
    assert not findings_path(build).exists()
    findings_path(build).write_text("{}")
    sweep(build.parent)
    assert not findings_path(build).exists()
    assert len(list(build.parent.glob("*.doctor.json"))) == 1


def test_pages_have_every_finding_as_soon_as_the_doctor_is_done(
    build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    KEEPER.forget()
    info = open_build(build).info
    findings_path(build).unlink()
    cheap = loading.quick_doctor_of(info)
    assert cheap == quick_examine(open_build(build))
    every = (*cheap, *examine(open_build(build)))
    monkeypatch.setattr(answers, "examine", lambda _: every)
    assert loading.doctor_of(info) == every
    assert loading.quick_doctor_of(info) == every
    answers._KEPT.clear()
    KEEPER.forget()


def test_a_quick_look_at_a_small_build_waits_for_nobody_s_card(build: Path) -> None:
    KEEPER.forget()
    info = open_build(build).info
    findings_path(build).unlink()
    done = threading.Event()
    with KEEPER.turns.taken("heavy"):
        looks = threading.Thread(target=lambda: (loading.quick_doctor_of(info), done.set()), daemon=True)
        looks.start()
        assert done.wait(SECONDS_TO_LOOK)
    looks.join()


def test_nobody_waits_for_a_look_at_a_large_build_who_did_not_ask_for_it(
    build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = open_build(build).info
    findings_path(build).unlink()
    monkeypatch.setattr(answers, "quick_examine", lambda _: pytest.fail("The doctor looked."))
    monkeypatch.setattr(loading, "LARGE", int(info.counts["utterances"]))
    found = loading.quick_doctor_of(info)
    assert found is None
    assert found_sentence(found, quick=True) == NOT_LOOKED


def test_what_is_known_of_a_large_build_is_said(build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    info = open_build(build).info
    monkeypatch.setattr(loading, "LARGE", int(info.counts["utterances"]))
    assert loading.quick_doctor_of(info) == kept_findings.kept_findings(build) != ()
