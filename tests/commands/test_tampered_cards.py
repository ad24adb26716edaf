"""`fairhearing verify` as a stranger runs it: green on the card in a folder of its own, red after every kind of tampering."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from dashboard.answers.card_said import DECISION, SIGN_OFF, record_decision
from dashboard.answers.signing import fingerprint
from dashboard.commands.main import main
from tests.answers.tampered_cards import NAME, SYSTEM, TAMPERINGS, Plain, evaluation_with_a_history

Output = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def handed_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a signed card, the signer's key and the evidence file; nothing else of the evaluation."""
    folder = tmp_path_factory.mktemp("handed out")
    home = tmp_path_factory.mktemp("home")
    build = evaluation_with_a_history(home)
    record_decision(
        home, NAME, SYSTEM, build.info.build, DECISION, {"choice": "ship", "reason": "small gaps"}
    )
    record_decision(
        home, NAME, SYSTEM, build.info.build, SIGN_OFF, {"name": "A. Auditor", "date": "2027-01-31"}
    )
    private = Ed25519PrivateKey.generate()
    (folder / "key.pem").write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    (folder / "key.pub.pem").write_bytes(
        private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )
    at_home = ["--home", str(home)]
    assert main(["card", NAME, "--out", str(folder), "--formats", "json", *at_home]) == 0
    assert main(["evidence", NAME, "--out", str(folder / "evidence.parquet"), *at_home]) == 0
    assert main(["sign", str(folder / "card.json"), "--key", str(folder / "key.pem")]) == 0
    return folder


def checked(folder: Path, document: Plain, capsys: Output, *options: str) -> tuple[int, dict[str, object]]:
    """Exit code and answer of the command, in an empty folder of evaluations."""
    (folder / "tampered.json").write_text(json.dumps(document))
    data = ["--data", str(folder / "evidence.parquet"), "--home", str(folder / "empty"), "--format", "json"]
    capsys.readouterr()
    code = main(["verify", str(folder / "tampered.json"), *data, *options])
    found: dict[str, object] = json.loads(capsys.readouterr().out or "{}")
    return code, found


def card(folder: Path) -> Plain:
    plain: Plain = json.loads((folder / "card.json").read_text())
    return plain


def test_the_card_itself_is_green_where_nothing_else_is_known(handed_out: Path, capsys: Output) -> None:
    code, found = checked(handed_out, card(handed_out), capsys)
    assert (code, found["text"]) == (0, "unprotected")
    assert not (handed_out / "empty").exists()


def test_there_are_twenty_kinds_of_tampering_and_more() -> None:
    assert len(TAMPERINGS) >= 20


@pytest.mark.parametrize("name", TAMPERINGS)
def test_the_command_is_red_and_names_the_path(handed_out: Path, name: str, capsys: Output) -> None:
    change, path = TAMPERINGS[name]
    tampered = copy.deepcopy(card(handed_out))
    change(tampered)
    code, found = checked(handed_out, tampered, capsys)
    differences = found["numbers"]["differences"]  # type: ignore[index,call-overload]
    assert code == 1
    assert any(one["path"].startswith(path) for one in differences)


def _note(document: Plain) -> None:
    document["evidence"]["findings"][0]["note"] = "nothing to see"


def _reason(document: Plain) -> None:
    document["evidence"]["decision"]["reason"] = "no gaps"


def _name(document: Plain) -> None:
    document["evidence"]["signed_off"]["name"] = "somebody else"


@pytest.mark.parametrize("change", [_note, _reason, _name])
def test_words_and_sign_off_are_never_said_to_be_right(
    handed_out: Path, change: Callable[[Plain], None], capsys: Output
) -> None:
    tampered = card(handed_out)
    change(tampered)
    code, found = checked(handed_out, tampered, capsys)
    assert (code, found["text"], found["reservations"]) == (3, "unprotected", ["record"])
    assert any("what people wrote" in one for one in found["not_checked"])  # type: ignore[attr-defined]
    signed = ("--key", str(handed_out / "key.pub.pem"), "--signature", str(handed_out / "card.json.sig"))
    code, found = checked(handed_out, tampered, capsys, *signed)
    assert (code, found["text"]) == (1, "broken signature")
    code, found = checked(handed_out, card(handed_out), capsys, *signed)
    assert code == 0
    assert str(found["text"]).startswith("signed by")


def test_a_card_signed_with_another_key_is_not_called_broken(handed_out: Path, capsys: Output) -> None:
    other = Ed25519PrivateKey.generate().public_key()
    pem = other.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    (handed_out / "other.pem").write_bytes(pem)
    signature = ("--signature", str(handed_out / "card.json.sig"))
    code, found = checked(
        handed_out, card(handed_out), capsys, "--key", str(handed_out / "other.pem"), *signature
    )
    assert (code, found["result"]) == (1, "does not hold")
    assert found["text"] == f"signed by another key than {fingerprint(other)}"


def test_a_file_beside_the_card_that_was_edited_stands_in_the_first_line(
    handed_out: Path, tmp_path: Path, capsys: Output
) -> None:
    (tmp_path / "card.json").write_bytes((handed_out / "card.json").read_bytes())
    (tmp_path / "card.md").write_text("No gaps.")
    asked = ["verify", str(tmp_path / "card.json"), "--data", str(handed_out / "evidence.parquet")]
    capsys.readouterr()
    assert main([*asked, "--home", str(tmp_path)]) == 1
    first = capsys.readouterr().out.splitlines()[0]
    assert first == "The card’s JSON holds, but card.md beside it is not what it gives."
    assert main([*asked, "--home", str(tmp_path), "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["result"] == "does not hold"
