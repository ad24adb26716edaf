"""A slice in the card says that a search found it and what others said of it, and that cannot be polished."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from dashboard.answers.findings import add_subgroup_finding
from dashboard.answers.findings_check import check_findings, findings_document
from dashboard.answers.slices import SlicesAnswer, slices
from dashboard.answers.slices_kept import NOT_TESTED, PUT_ASIDE, search_of, within
from dashboard.answers.slices_rows import SlicesQuestion
from dashboard.answers.subgroup import SubgroupQuestion
from dashboard.commands.main import main
from data.findings import stored_findings
from data.store import Build
from tests.answers.made_up import made_up_build

WORDS = "one two three four five six seven eight nine ten".split()


def frame() -> pd.DataFrame:
    """Half of the words of East in babble are wrong, and of few elsewhere."""
    random = np.random.default_rng(3)
    rows = []
    for speaker in range(120):
        accent, device = ("North", "South", "East")[speaker % 3], ("headset", "phone")[speaker // 3 % 2]
        for k in range(8):
            noise = ("clean", "babble")[k % 2]
            wrong = int(random.binomial(10, 0.5 if (accent, noise) == ("East", "babble") else 0.15))
            rows.append(
                {
                    "utterance_id": f"u{speaker}-{k}",
                    "speaker_id": f"s{speaker}",
                    "accent": accent,
                    "noise": noise,
                    "device": device,
                    "reference": " ".join(WORDS),
                    "hypothesis": " ".join(["oops"] * wrong + WORDS[wrong:]),
                }
            )
    return pd.DataFrame(rows)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept") / "home"


@pytest.fixture(scope="module")
def build(home: Path) -> Build:
    return made_up_build(home, frame())


@pytest.fixture(scope="module")
def answer(build: Build) -> SlicesAnswer:
    return slices(build, SlicesQuestion(attributes=("accent", "noise", "device")), quiet)


@pytest.fixture(scope="module")
def kept(home: Path, build: Build, answer: SlicesAnswer) -> dict[str, Any]:
    """A confirmed slice on record."""
    [planted] = [one for one in answer.found if {*one.where} == {("accent", "East"), ("noise", "babble")}]
    found = search_of(answer, planted)
    asked = SubgroupQuestion(within(answer.question.where, planted.selection), answer.system)
    add_subgroup_finding(home, build, asked, "hear it", "me", search=found)
    return found


def quiet(_step: str, _done: int, _total: int) -> None:
    pass


def carded(home: Path, folder: Path, audience: str = "internal") -> tuple[Path, str]:
    """A card, as JSON and as text."""
    options = ["--home", str(home), "--audience", audience, "--out", str(folder), "--formats", "json,md"]
    assert main(["card", "made-up", *options]) == 0
    return folder / "card.json", (folder / "card.md").read_text(encoding="utf-8")


def verified(
    home: Path, card: Path, data: str, capsys: pytest.CaptureFixture[str]
) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = main(["verify", str(card), "--data", data, "--home", str(home), "--format", "json"])
    return code, json.loads(capsys.readouterr().out)


def test_a_finding_keeps_how_it_was_found_and_what_others_said(
    home: Path, build: Build, answer: SlicesAnswer, kept: dict[str, Any]
) -> None:
    [finding] = stored_findings(home, "made-up")
    assert finding.numbers["search"] == kept
    assert (kept["result"], kept["seed"], kept["searched"]) == ("confirmed", 0, answer.searched)
    assert answer.split is not None
    assert (kept["discovery_speakers"], kept["confirmation_speakers"]) == (60, 60)
    assert kept["confirm"]["low"] > 1
    document = findings_document(build.info, check_findings(home, build))
    assert document["findings"][0]["then"]["search"] == kept
    assert "search" not in document["findings"][0]["then"]["row"]


def test_what_was_put_aside_or_not_put_to_the_test_says_so(answer: SlicesAnswer) -> None:
    assert search_of(answer, answer.explained[0])["result"] == PUT_ASIDE
    untested = replace(answer, split=None)
    alone = search_of(untested, replace(answer.found[0], test=None))
    assert (alone["result"], alone["seed"], alone["confirm"]) == (NOT_TESTED, None, None)


def test_the_card_prints_it_and_is_green(
    home: Path, kept: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    card, text = carded(home, tmp_path / "card")
    [line] = [line for line in text.splitlines() if "Came from" in line]
    assert f"a search of {kept['searched']:,} slices" in line
    assert "not declared in advance" in line
    assert "60 speakers, put to the test on 60 others (seed 0), who confirm it" in line
    assert verified(home, card, "made-up", capsys)[0] == 0
    evidence = tmp_path / "evidence.parquet"
    assert main(["evidence", "made-up", "--home", str(home), "--out", str(evidence)]) == 0
    assert verified(home, card, str(evidence), capsys)[0] == 0


@pytest.mark.parametrize(("key", "value"), [("searched", 3), ("result", "confirmed indeed"), ("seed", 9)])
def test_a_polished_search_is_found(
    home: Path,
    kept: dict[str, Any],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    key: str,
    value: object,
) -> None:
    card, _ = carded(home, tmp_path / "card")
    plain = json.loads(card.read_text(encoding="utf-8"))
    plain["evidence"]["findings"][0]["search"][key] = value
    card.write_text(json.dumps(plain), encoding="utf-8")
    code, found = verified(home, card, "made-up", capsys)
    assert code == 1
    assert f"evidence.findings[0].search.{key}" in [one["path"] for one in found["numbers"]["differences"]]


def test_the_public_hears_of_the_search_without_numbers_of_the_group(
    home: Path, kept: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    card, text = carded(home, tmp_path / "card", "public")
    [line] = [line for line in text.splitlines() if "Came from" in line]
    assert "half of the speakers" in line
    assert "who confirm it" in line
    assert "×" not in line
    search = json.loads(card.read_text(encoding="utf-8"))["evidence"]["findings"][0]["search"]
    assert not {"confirm", "found", "sha256", "explained_by"} & set(search)
    assert verified(home, card, "made-up", capsys)[0] == 0


def test_where_nobody_kept_it_that_is_said(
    home: Path, kept: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    card, _ = carded(home, tmp_path / "card")
    made_up_build(tmp_path / "elsewhere", frame())
    code, found = verified(tmp_path / "elsewhere", card, "made-up", capsys)
    assert (code, found["reservations"], "tried" in found["elsewhere"]) == (0, [], True)
    assert any("the search that finding 1 came from" in one for one in found["not_checked"])
