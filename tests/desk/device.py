"""A device with a passkey, as far as the wire shows it: real keys on P-256, and everything that can be wrong."""

import base64
import hashlib
import json

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurve, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from buddybot.adapter import Assertion, Challenge, Made

GOOD, ATTESTED = 0x05, 0x45


def text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Device:
    """One device; `credential` is what it calls its passkey."""

    def __init__(self, curve: EllipticCurve | None = None, credential: bytes = b"credential-of-mo") -> None:
        self.key, self.credential = generate_private_key(curve or SECP256R1()), credential

    def public(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    def made(self, asked: Challenge, flags: int = ATTESTED, kind: str = "webauthn.create") -> Made:
        length = len(self.credential).to_bytes(2, "big")
        data = _head(asked, flags) + bytes(16) + length + self.credential + b"cose"
        return Made(_client(asked, kind), data, self.public())

    def shown(self, asked: Challenge, flags: int = GOOD, kind: str = "webauthn.get") -> Assertion:
        client, data = _client(asked, kind), _head(asked, flags)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ECDSA(SHA256()))
        return Assertion(self.credential, client, data, signature)


def _head(asked: Challenge, flags: int) -> bytes:
    return hashlib.sha256(asked.host.encode()).digest() + bytes([flags]) + bytes(4)


def _client(asked: Challenge, kind: str) -> bytes:
    return json.dumps({"type": kind, "challenge": asked.challenge, "origin": asked.origin}).encode()
