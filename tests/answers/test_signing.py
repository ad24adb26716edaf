"""Signatures: they hold for the card that was signed and for no other, and synthetic voices have none."""

from __future__ import annotations

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from dashboard.answers.choices import QuestionError
from dashboard.answers.signing import canonical_bytes, fingerprint, holds, sign_card, signature_state
from data.errors import InputError

CARD: dict[str, Any] = {
    "schema": "fairhearing-card/2",
    "evidence": {"notice": None, "about": {}, "rate": 0.25},
    "claims": [],
}


def pem(key: Any) -> bytes:
    plain = serialization.NoEncryption()
    return bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))


def public_pem(key: Ed25519PrivateKey) -> bytes:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(serialization.Encoding.PEM, form)


def test_a_signed_card_names_the_key() -> None:
    key = Ed25519PrivateKey.generate()
    signature = sign_card(CARD, pem(key))
    assert signature_state(CARD, signature, public_pem(key)) == f"signed by {fingerprint(key.public_key())}"
    assert signature_state(CARD, signature, pem(key)).startswith("signed by")


def test_how_the_file_is_written_makes_no_difference() -> None:
    key = Ed25519PrivateKey.generate()
    signature = sign_card(CARD, pem(key))
    again = json.loads(json.dumps(dict(reversed(CARD.items())), indent=4))
    assert signature_state(again, signature, public_pem(key)).startswith("signed by")


def test_any_change_of_the_card_breaks_it() -> None:
    key = Ed25519PrivateKey.generate()
    signature = sign_card(CARD, pem(key))
    for changed in (
        {**CARD, "claims": ["more"]},
        {**CARD, "evidence": {**CARD["evidence"], "rate": 0.26}},
        {**CARD, "extra": None},
    ):
        assert signature_state(changed, signature, public_pem(key)) == "broken signature"


def test_a_whole_signature_by_another_key_is_told_from_a_broken_one() -> None:
    mine, other = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    signature = sign_card(CARD, pem(other))
    said = signature_state(CARD, signature, public_pem(mine))
    assert said == f"signed by another key than {fingerprint(mine.public_key())}"
    assert not holds(said)
    assert signature_state({**CARD, "extra": 1}, signature, public_pem(mine)) == "broken signature"


@pytest.mark.parametrize("named", [None, "", "AAAA", 5])
def test_a_signature_by_another_key_that_names_no_whole_key_is_broken(named: object) -> None:
    mine, other = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    plain = {**json.loads(sign_card(CARD, pem(other))), "public_key": named}
    if named is None:
        del plain["public_key"]
    assert signature_state(CARD, json.dumps(plain).encode(), public_pem(mine)) == "broken signature"


@pytest.mark.parametrize(
    "signature", [b"", b"{}", b"[]", b"\xff", b'{"schema": "fairhearing-signature/1", "signature": "?"}']
)
def test_what_is_no_signature_is_broken(signature: bytes) -> None:
    key = Ed25519PrivateKey.generate()
    assert signature_state(CARD, signature, public_pem(key)) == "broken signature"


def test_without_a_key_or_a_signature_the_text_is_unprotected() -> None:
    key = Ed25519PrivateKey.generate()
    assert signature_state(CARD, None, public_pem(key)) == "unprotected"
    assert signature_state(CARD, sign_card(CARD, pem(key)), None) == "unprotected"


@pytest.mark.parametrize(
    "card",
    [
        {**CARD, "evidence": {"notice": "Synthetic voices: says nothing about people"}},
        {**CARD, "evidence": {"notice": None, "about": {"synthetic_voices": True}}},
        {**CARD, "sign_off": {"state": "refused"}},
    ],
)
def test_a_card_on_synthetic_voices_is_not_signed(card: dict[str, Any]) -> None:
    with pytest.raises(QuestionError, match="cannot be signed off"):
        sign_card(card, pem(Ed25519PrivateKey.generate()))


def test_keys_of_another_kind_are_refused_in_a_sentence() -> None:
    key = Ed25519PrivateKey.generate()
    encrypted = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(b"x"),
    )
    for content, words in (
        (b"nothing", "no private key"),
        (public_pem(key), "no private key"),
        (pem(generate_private_key(SECP256R1())), "not an Ed25519 key"),
        (encrypted, "is encrypted"),
        (b"x" * 30_000, "at most"),
    ):
        with pytest.raises(InputError, match=words):
            sign_card(CARD, content)
    with pytest.raises(InputError, match="no public Ed25519 key"):
        signature_state(CARD, b"{}", b"nothing")


def test_ed25519_is_that_of_the_standard() -> None:
    # RFC 8032, section 7.1, test 1: the signature of the empty message.
    public = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    signature = bytes.fromhex(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b"
    )
    key = Ed25519PublicKey.from_public_bytes(public)
    key.verify(signature, b"")
    assert canonical_bytes({"b": 1, "a": "é"}) == b'fairhearing card\n{"a":"\\u00e9","b":1}'
