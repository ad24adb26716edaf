"""`verify --from-source` where a build was not made by one plain ingest: lists, another aligner, systems added later."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from dashboard.commands.main import main

Output = pytest.CaptureFixture[str]
WORDS = "please turn the kitchen light on colour going to call doctor smith now".split()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """References with one system in a CSV, two systems in files of other shapes, and both kinds of lists."""
    monkeypatch.setenv("FAIRHEARING_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    chance = random.Random(5)
    rows, trn, table = ["id,speaker,accent,noise,ref,hyp_A"], [], ["name;said"]
    for speaker in range(24):
        for one in range(4):
            reference = chance.choices(WORDS, k=8)
            heard = [
                " ".join(word for word in reference if chance.random() > share) for share in (0.1, 0.2, 0.15)
            ]
            name = f"s{speaker}u{one}"
            group = ("North", "South")[speaker % 2]
            said = "<none>" if one == 3 else heard[1]
            rows.append(
                f"{name},s{speaker},{group},{('clean', 'street')[one % 2]},{' '.join(reference)},{heard[0]}"
            )
            trn.append(f"{said} ({name})")
            table.append(f"{name};{heard[2]}")
    Path("in.csv").write_text("\n".join(rows) + "\n")
    Path("b.trn").write_text("\n".join(trn) + "\n")
    Path("c.csv").write_text("\n".join(table) + "\n")
    Path("words.txt").write_text("doctor smith\nkitchen  # room\n")
    Path("forms.txt").write_text("colour = color\n")
    return tmp_path


LISTS = [
    "--keywords",
    "words.txt",
    "--equivalences",
    "forms.txt",
    "--aligner",
    "sclite",
    "--normalizer",
    "basic",
]
ADD_B = ["add-system", "x", "--system", "B=b.trn", "--from", "trn", "--null-hypothesis", "<none>"]
ADD_C = ["add-system", "x", "--system", "C=c.csv", "--map", "system:C=said", "--map", "id=name"]


def card_of(system: str, capsys: Output) -> Path:
    assert main(["card", "x", "--system", system, "--out", f"card-{system}", "--formats", "json"]) == 0
    capsys.readouterr()
    return Path(f"card-{system}") / "card.json"


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_keywords_forms_and_aligner_are_used_again(folder: Path, capsys: Output, audience: str) -> None:
    assert main(["ingest", "in.csv", "--name", "x", *LISTS]) == 0
    assert main(["card", "x", "--out", "card", "--formats", "json", "--audience", audience]) == 0
    known = json.loads(Path("card/card.json").read_text())["evidence"]["keywords"]
    verify = ["verify", "card/card.json", "--from-source", "in.csv", "--home", str(folder / "empty")]
    if audience == "internal":
        assert known["phrases"] == ["doctor smith", "kitchen"]
    else:
        assert (set(known), known["n_phrases"]) == ({"sha256", "n_phrases"}, 2)
        capsys.readouterr()
        assert main(verify) == 2
        assert "--keywords FILE" in capsys.readouterr().err
        verify += ["--keywords", "words.txt"]
    assert main(verify) == 0
    assert "recomputed and equal." in capsys.readouterr().out


def test_another_list_than_that_of_a_public_card_is_another_build(folder: Path, capsys: Output) -> None:
    assert main(["ingest", "in.csv", "--name", "x", *LISTS]) == 0
    assert main(["card", "x", "--out", "card", "--formats", "json", "--audience", "public"]) == 0
    Path("other.txt").write_text("light\n")
    verify = ["verify", "card/card.json", "--keywords", "other.txt"]
    assert main([*verify, "--from-source", "in.csv"]) == 1
    assert "evidence.keywords.sha256" in capsys.readouterr().out
    assert main([*verify, "--data", "x"]) == 2
    assert "goes with --from-source" in capsys.readouterr().err


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_an_evidence_file_does_not_hold_the_keywords_and_that_is_said(
    folder: Path, capsys: Output, audience: str
) -> None:
    assert main(["ingest", "in.csv", "--name", "x", *LISTS]) == 0
    assert main(["card", "x", "--out", "card", "--formats", "json", "--audience", audience]) == 0
    assert main(["evidence", "x", "--out", "x.parquet"]) == 0
    capsys.readouterr()
    assert main(["verify", "card/card.json", "--data", "x.parquet", "--format", "json"]) == 0
    assert any("which keywords" in one for one in json.loads(capsys.readouterr().out)["not_checked"])


def test_systems_that_were_added_with_options_of_their_own_are_added_again(
    folder: Path, capsys: Output
) -> None:
    assert main(["ingest", "in.csv", "--name", "x", "--from", "csv", "--null-hypothesis", "-", *LISTS]) == 0
    assert main(ADD_B) == 0
    assert main(ADD_C) == 0
    capsys.readouterr()
    for system in "ABC":
        card = card_of(system, capsys)
        assert "options_of_systems" in json.loads(card.read_text())["evidence"]["options"]
        assert main(["verify", str(card), "--from-source", "c.csv", "in.csv", "b.trn"]) == 0
        assert "recomputed and equal." in capsys.readouterr().out


def test_another_keyword_in_the_card_is_another_build(folder: Path, capsys: Output) -> None:
    assert main(["ingest", "in.csv", "--name", "x", *LISTS]) == 0
    card = card_of("A", capsys)
    plain = json.loads(card.read_text())
    plain["evidence"]["keywords"]["phrases"] = ["light"]
    card.write_text(json.dumps(plain))
    assert main(["verify", str(card), "--from-source", "in.csv"]) == 1
    assert "evidence.build" in capsys.readouterr().out


def test_options_that_nobody_knows_are_refused_in_a_sentence(folder: Path, capsys: Output) -> None:
    assert main(["ingest", "in.csv", "--name", "x"]) == 0
    card = card_of("A", capsys)
    plain = json.loads(card.read_text())
    plain["evidence"]["options"]["of_tomorrow"] = True
    card.write_text(json.dumps(plain))
    assert main(["verify", str(card), "--from-source", "in.csv"]) == 2
    assert "of_tomorrow" in capsys.readouterr().err


def test_with_the_plan_that_was_given_a_card_is_checked_whole_from_its_source(
    folder: Path, capsys: Output
) -> None:
    assert main(["ingest", "in.csv", "--name", "x"]) == 0
    Path("plan.json").write_text(json.dumps({"groupings": [["accent"]], "margin": {"ratio": 1.3}}))
    Path("other.json").write_text(json.dumps({"groupings": [["noise"]]}))
    assert main(["plan", "x", "--file", "plan.json"]) == 0
    card = card_of("A", capsys)
    verify = ["verify", str(card), "--from-source", "in.csv", "--home", str(folder / "empty")]
    assert main(verify) == 3
    assert "Not checked: the plan, how much was tried before." in capsys.readouterr().out
    assert main([*verify, "--plan", "plan.json"]) == 0
    assert "Plan: the one in plan.json, as the card declares it" in capsys.readouterr().out
    assert main([*verify, "--plan", "other.json"]) == 1
    assert "Plan: NOT the one in other.json" in capsys.readouterr().out
