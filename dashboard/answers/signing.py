"""Signatures of cards: Ed25519 over the canonical JSON, in a file beside the card.

Owns what is signed and what a signature says. A signature protects every number, every sentence and the
sign-off; who holds the key is not known here. A card on synthetic voices is not signed.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dashboard.answers.choices import QuestionError
from data.errors import InputError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

SCHEMA = "fairhearing-signature/1"
SUFFIX = ".sig"
"""What the name of a signature's file ends in, after that of the card."""
UNPROTECTED, BROKEN = "unprotected", "broken signature"
ANOTHER_KEY = "signed by another key than "
"""Begins what is said of a whole signature that is not by the key at hand, whose fingerprint follows."""
MOST_BYTES = 20_000
"""Bytes of a key or a signature."""
_PURPOSE = b"fairhearing card\n"
"""Begins what is signed, so that a signature of something else is none of a card."""
_MAKE_A_KEY = "`openssl genpkey -algorithm ed25519 -out key.pem` makes one."


def canonical_bytes(plain: Mapping[str, Any]) -> bytes:
    """What is signed of a card: its JSON with sorted keys and no spaces, whatever the file looks like."""
    text = json.dumps(plain, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return _PURPOSE + text.encode("ascii")


def sign_card(plain: Mapping[str, Any], private_key_pem: bytes) -> bytes:
    """The signature's file; raises `QuestionError` for a card nobody can sign off, `InputError` for a key that is none."""
    refuse_unsignable(plain)
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    pem = _limited(private_key_pem, "key")
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except TypeError:
        raise InputError(
            "This key is encrypted. Write it without a passphrase where only you can read it."
        ) from None
    except ValueError:
        raise InputError(f"This is no private key in PEM. {_MAKE_A_KEY}") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise InputError(f"This is not an Ed25519 key. {_MAKE_A_KEY}")
    message = canonical_bytes(plain)
    signature = {
        "schema": SCHEMA,
        "algorithm": "Ed25519",
        "key": fingerprint(key.public_key()),
        "public_key": base64.b64encode(key.public_key().public_bytes_raw()).decode("ascii"),
        "sha256": hashlib.sha256(message).hexdigest(),
        "signature": base64.b64encode(key.sign(message)).decode("ascii"),
    }
    return f"{json.dumps(signature, indent=1, sort_keys=True)}\n".encode()


def refuse_unsignable(plain: Mapping[str, Any]) -> None:
    """Raise `QuestionError` for a card on synthetic voices, whatever its own words about signing off are."""
    evidence = plain.get("evidence", {})
    about, sign_off = evidence.get("about") or {}, plain.get("sign_off") or {}
    synthetic = isinstance(about, dict) and about.get("synthetic_voices") is True
    refused = isinstance(sign_off, dict) and sign_off.get("state") == "refused"
    if evidence.get("notice") or synthetic or refused:
        reason = evidence.get("notice") or "This card is on synthetic voices"
        raise QuestionError(f"{reason}. Such a card cannot be signed off, so it is not signed.")


def signature_state(plain: Mapping[str, Any], signature: bytes | None, public_key_pem: bytes | None) -> str:
    """unprotected, "signed by" with the key's fingerprint, signed by another key than that, or broken signature.

    Without the signer's public key a signature says nothing: anybody could have made it.
    """
    if signature is None or public_key_pem is None:
        return UNPROTECTED
    key = public_key(public_key_pem)
    try:
        said = json.loads(_limited(signature, "signature"))
        if not isinstance(said, dict) or said.get("schema") != SCHEMA:
            return BROKEN
        signed = base64.b64decode(str(said["signature"]), validate=True)
        if _is_signed(plain, signed, key):
            return f"signed by {fingerprint(key)}"
        other = _named_key(said)
    except (KeyError, ValueError, RecursionError):
        return BROKEN
    return f"{ANOTHER_KEY}{fingerprint(key)}" if other and _is_signed(plain, signed, other) else BROKEN


def holds(state: str) -> bool:
    """Whether what `signature_state` said leaves the card standing: no signature was checked, or it is the signer's."""
    return state != BROKEN and not state.startswith(ANOTHER_KEY)


def _is_signed(plain: Mapping[str, Any], signed: bytes, key: Ed25519PublicKey) -> bool:
    from cryptography.exceptions import InvalidSignature

    try:
        key.verify(signed, canonical_bytes(plain))
    except InvalidSignature:
        return False
    return True


def _named_key(said: Mapping[str, Any]) -> Ed25519PublicKey | None:
    """The key that a signature says it is by; None for those of earlier versions, which name no more than its fingerprint."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if "public_key" not in said:
        return None
    return Ed25519PublicKey.from_public_bytes(base64.b64decode(str(said["public_key"]), validate=True))


def public_key(pem: bytes) -> Ed25519PublicKey:
    """A public key from PEM, also from that of its private key; raises `InputError`."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

    pem = _limited(pem, "key")
    try:
        if b"PRIVATE KEY" in pem:
            private = serialization.load_pem_private_key(pem, password=None)
            key: object = private.public_key() if isinstance(private, Ed25519PrivateKey) else None
        else:
            key = serialization.load_pem_public_key(pem)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise InputError(
            "This is no public Ed25519 key in PEM. `openssl pkey -in key.pem -pubout -out key.pub.pem` writes that of a key."
        )
    return key


def fingerprint(key: Ed25519PublicKey) -> str:
    """How a key is called: the first 16 hexadecimal digits of the SHA-256 of its 32 bytes."""
    return f"ed25519:{hashlib.sha256(key.public_bytes_raw()).hexdigest()[:16]}"


def _limited(content: bytes, what: str) -> bytes:
    if len(content) > MOST_BYTES:
        raise InputError(f"This {what} has {len(content):,} bytes; at most {MOST_BYTES:,} are read.")
    return content
