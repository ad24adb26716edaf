"""`findings`, `evidence`, `verify` and `sign` as a person or a pipeline runs them."""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from dashboard.commands.dispatch import _look_for_evaluation
from dashboard.commands.main import main
from data.errors import InputError
from data.settings_file import FILE_NAME
from data.store import Build
from tests.answers.made_up import made_up_build, made_up_frame

Output = pytest.CaptureFixture[str]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("FAIRHEARING_DEBUG", raising=False)
    monkeypatch.setenv("FAIRHEARING_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def build(home: Path) -> Build:
    return made_up_build(home, made_up_frame(11, n_speakers=36))


@pytest.fixture
def card(build: Build, tmp_path: Path, capsys: Output) -> Path:
    assert main(["card", "made-up", "--out", str(tmp_path / "card"), "--formats", "json"]) == 0
    capsys.readouterr()
    return tmp_path / "card" / "card.json"


def listed(capsys: Output, *options: str) -> list[dict[str, object]]:
    capsys.readouterr()
    assert main(["findings", "list", "made-up", "--format", "json", *options]) == 0
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)["findings"]
    return found


def tampered(card: Path) -> Path:
    plain = json.loads(card.read_text())
    plain["evidence"]["overall"]["rate"] = 0.01
    card.write_text(json.dumps(plain))
    return card


def test_findings_are_added_changed_withdrawn_and_listed(build: Build, capsys: Output) -> None:
    assert (
        main(["findings", "add", "made-up", "--by", "accent", "--group", "accent=North", "--claim", "More"])
        == 0
    )
    assert main(["findings", "add", "made-up", "--where", "noise = 'babble'", "--note", "loud"]) == 0
    first, second = listed(capsys)
    assert (first["claim"], second["note"]) == ("More", "loud")
    change = ["findings", "change", "made-up", str(first["id"])[:6], "--state", "mitigated"]
    assert main(change) == 2
    assert "only with a reason" in capsys.readouterr().err
    assert main([*change, "--reason", "retrained", "--place", "2"]) == 0
    assert [one["state"] for one in listed(capsys)] == ["open", "mitigated"]
    assert main(["findings", "withdraw", "made-up", str(second["id"]), "--reason", "the street"]) == 0
    assert len(listed(capsys)) == 1
    assert [one["state"] for one in listed(capsys, "--all")] == ["withdrawn", "mitigated"]


def test_a_new_build_asks_the_findings_again(build: Build, home: Path, capsys: Output) -> None:
    assert main(["findings", "add", "made-up", "--by", "accent", "--group", "accent=North"]) == 0
    other = home / "other.csv"
    made_up_frame(12, n_speakers=36).to_csv(other, index=False)
    assert (
        main(
            [
                "ingest",
                str(other),
                "--name",
                "made-up",
                "--role",
                "accent=speaker,noise=condition,device=condition",
            ]
        )
        == 0
    )
    told = capsys.readouterr().out
    assert "findings on record, asked again of this build" in told
    assert "was " in told
    assert main(["findings", "check", "made-up", "--format", "json"]) == 0
    [one] = json.loads(capsys.readouterr().out)["findings"]
    assert one["then"]["build"] == build.info.build
    assert one["change"] in ("same verdict", "new verdict")
    assert one["comparable"] == "badge"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["add", "made-up"], "--by and --group"),
        (["add", "made-up", "--by", "accent", "--group", "noise=babble"], "a value for each of accent"),
        (["add", "made-up", "--by", "accent", "--group", "accent=Nort"], "North"),
        (["change", "made-up", "--state", "open"], "Name the finding"),
        (["change", "made-up", "abc"], "Nothing to change"),
        (["withdraw", "made-up", "abc", "--reason", "x"], "No finding begins"),
    ],
)
def test_a_wrong_call_is_refused_in_a_sentence(
    build: Build, capsys: Output, options: list[str], words: str
) -> None:
    assert main(["findings", *options]) == 2
    assert words in capsys.readouterr().err


def test_a_card_is_green_against_its_evaluation_and_its_evidence(
    card: Path, tmp_path: Path, capsys: Output
) -> None:
    file = str(tmp_path / "evidence.parquet")
    assert main(["evidence", "made-up", "--out", file]) == 0
    assert "Restricted" in capsys.readouterr().out
    for data in ("made-up", file):
        assert main(["verify", str(card), "--data", data, "--format", "json"]) == 0
        document = json.loads(capsys.readouterr().out)
        numbers = document["numbers"]
        assert numbers["checked"] == numbers["equal"] > 100
        assert numbers["differences"] == []
        assert document["text"] == "unprotected"
        assert "that the labels are true" in document["not_checked"]


def test_a_level_that_is_asked_for_outweighs_the_settings_and_holds_wherever_the_card_is_verified(
    build: Build, home: Path, tmp_path: Path, capsys: Output
) -> None:
    (home / FILE_NAME).write_text("level = 0.9\nmin_speakers = 6\n")
    made = {}
    for name, options in (("file", []), ("option", ["--level", "0.95"])):
        out = tmp_path / name
        assert main(["card", "made-up", "--out", str(out), "--formats", "json", *options]) == 0
        made[name] = json.loads((out / "card.json").read_text())["evidence"]
    levels = {name: (card["level"], card["settings"]["level"]) for name, card in made.items()}
    assert levels == {"file": (0.9, 0.9), "option": (0.95, 0.95)}
    assert made["option"]["overall"]["high"] > made["file"]["overall"]["high"]
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(home, elsewhere)
    (elsewhere / FILE_NAME).write_text("level = 0.8\nmargin_ratio = 1.5\n")
    (elsewhere / "workspace.sqlite").unlink(missing_ok=True)
    for place, code, others in (
        (home, 0, ("level 0.95 (here 0.9)",)),
        (elsewhere, 3, ("level 0.95 (here 0.8)", "margin_ratio 1.25 (here 1.5)", "min_speakers 6 (here 10)")),
    ):
        capsys.readouterr()
        asked = ["verify", str(tmp_path / "option" / "card.json"), "--data", "made-up", "--home", str(place)]
        assert main([*asked, "--allow-unchecked"]) == 0
        capsys.readouterr()
        assert main([*asked, "--format", "json"]) == code
        found = json.loads(capsys.readouterr().out)
        assert found["numbers"]["differences"] == []
        [note] = [note for note in found["not_checked"] if "settings were agreed on" in note]
        assert all(other in note for other in others)


def test_settings_that_cannot_be_used_are_refused(card: Path, capsys: Output) -> None:
    plain = json.loads(card.read_text())
    plain["evidence"]["settings"]["alpha"] = 0.5
    card.write_text(json.dumps(plain))
    assert main(["verify", str(card), "--data", "made-up"]) == 2
    assert "settings cannot be read" in capsys.readouterr().err


def test_a_tampered_card_is_red_and_names_the_path(card: Path, capsys: Output) -> None:
    assert main(["verify", str(tampered(card)), "--data", "made-up"]) == 1
    told = capsys.readouterr().out
    assert "evidence.overall.rate: the card says 0.01" in told


def test_the_source_file_is_enough(card: Path, home: Path, tmp_path: Path, capsys: Output) -> None:
    source = tmp_path / "under another name.csv"
    source.write_bytes((home / "made-up.csv").read_bytes())
    assert main(["verify", str(card), "--from-source", str(source), "--home", str(tmp_path / "empty")]) == 0
    assert "recomputed and equal" in capsys.readouterr().out
    assert not (tmp_path / "empty").exists()


def test_a_signature_holds_until_the_card_changes(card: Path, tmp_path: Path, capsys: Output) -> None:
    key = Ed25519PrivateKey.generate()
    form, nothing = serialization.Encoding.PEM, serialization.NoEncryption()
    (tmp_path / "key.pem").write_bytes(key.private_bytes(form, serialization.PrivateFormat.PKCS8, nothing))
    public = tmp_path / "key.pub.pem"
    public.write_bytes(key.public_key().public_bytes(form, serialization.PublicFormat.SubjectPublicKeyInfo))
    verify = ["verify", str(card), "--data", "made-up", "--key", str(public)]
    assert main(verify) == 1
    assert "no signature" in capsys.readouterr().out
    assert main(["sign", str(card), "--key", str(tmp_path / "key.pem")]) == 0
    assert main(verify) == 0
    assert "signed by ed25519:" in capsys.readouterr().out
    plain = json.loads(card.read_text())
    plain["evidence"]["decision"] = {"choice": "ship"}
    card.write_text(json.dumps(plain))
    assert main(verify) == 1
    assert "broken signature" in capsys.readouterr().out


def test_synthetic_voices_are_not_signed(home: Path, tmp_path: Path, capsys: Output) -> None:
    made_up_build(home, made_up_frame(2, n_speakers=12), about={"synthetic_voices": True})
    assert main(["card", "made-up", "--out", str(tmp_path), "--formats", "json"]) == 0
    (tmp_path / "key.pem").write_text("any")
    assert main(["sign", str(tmp_path / "card.json"), "--key", str(tmp_path / "key.pem")]) == 2
    assert "cannot be signed off" in capsys.readouterr().err
    assert not (tmp_path / "card.json.sig").exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["verify", "nowhere.json", "--data", "made-up"], "nowhere.json"),
        (["evidence", "made-up", "--out", "file.csv"], ".parquet"),
    ],
)
def test_wrong_files_are_refused_in_a_sentence(
    build: Build, capsys: Output, options: list[str], words: str
) -> None:
    assert main(options) == 2
    assert words in capsys.readouterr().err


def test_an_evaluation_that_is_none_is_refused(card: Path, capsys: Output) -> None:
    assert main(["verify", str(card), "--data", "another"]) == 2
    assert "another" in capsys.readouterr().err


def test_a_command_without_a_folder_of_its_own_looks_in_the_usual_one(build: Build) -> None:
    _look_for_evaluation(argparse.Namespace(evaluation=build.info.name))
    with pytest.raises(InputError, match="nowhere"):
        _look_for_evaluation(argparse.Namespace(evaluation="nowhere"))
