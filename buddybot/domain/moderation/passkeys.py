"""Passkeys for the desk (W3C Web Authentication, Level 2): what a browser shows is checked here, and nothing believed.

Only what is needed: keys on P-256 (ES256), no attestation, and the person always proven to the device (PIN or finger).
"""

import hashlib
import json
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40
FLAGS_AT, HEAD, ID_LENGTH_AT, ID_AT = 32, 37, 53, 55
LONGEST_ID = 1023


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a browser was asked: a challenge (as base64url text, used once), by a page of this origin and host."""

    challenge: str = field(repr=False)
    origin: str
    host: str


@dataclass(frozen=True, slots=True)
class Made:
    """What a browser says of a fresh passkey: its client data, authenticator data, and public key (SPKI, DER)."""

    client: bytes = field(repr=False)
    authenticator: bytes = field(repr=False)
    public: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Assertion:
    """What a browser shows to come in."""

    credential: bytes = field(repr=False)
    client: bytes = field(repr=False)
    authenticator: bytes = field(repr=False)
    signature: bytes = field(repr=False)


def credential_of(asked: Challenge, made: Made) -> bytes | None:
    """Return the id of a fresh passkey, or None when anything about it is not as asked."""
    data = made.authenticator
    length = int.from_bytes(data[ID_LENGTH_AT:ID_AT], "big")
    credential = data[ID_AT : ID_AT + length]
    fits = 0 < length <= LONGEST_ID and len(credential) == length and _key(made.public) is not None
    sound = _answers(made.client, "webauthn.create", asked) and _from(data, asked, PRESENT | VERIFIED | ATTESTED)
    return credential if fits and sound else None


def proven(asked: Challenge, shown: Assertion, public: bytes) -> bool:
    """Whether the holder of this key's other half answered this very challenge, on this very page."""
    key = _key(public)
    sound = _answers(shown.client, "webauthn.get", asked) and _from(shown.authenticator, asked, PRESENT | VERIFIED)
    if key is None or not sound:
        return False
    try:
        signed = shown.authenticator + hashlib.sha256(shown.client).digest()
        key.verify(shown.signature, signed, ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def _answers(client: bytes, kind: str, asked: Challenge) -> bool:
    try:
        told: object = json.loads(client)
    except (ValueError, RecursionError):
        return False
    wanted = {"type": kind, "challenge": asked.challenge, "origin": asked.origin}
    return isinstance(told, dict) and all(told.get(name) == value for name, value in wanted.items())


def _from(data: bytes, asked: Challenge, flags: int) -> bool:
    here = hashlib.sha256(asked.host.encode()).digest()
    return len(data) >= HEAD and data[:FLAGS_AT] == here and data[FLAGS_AT] & flags == flags


def _key(public: bytes) -> EllipticCurvePublicKey | None:
    try:
        key = load_der_public_key(public)
    except ValueError:
        return None
    return key if isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, SECP256R1) else None
