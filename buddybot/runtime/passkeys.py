"""WebAuthn verification (W3C, Level 2) by `fido2`: what a browser shows is checked here, and nothing believed.

Only what is needed: keys on P-256 (ES256), no attestation, and the person always proven to the device (PIN or finger).
"""

import base64
import hashlib
import secrets
import struct
import time
from collections.abc import Callable

from cachetools import TTLCache
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key
from fido2.cose import CoseKey
from fido2.utils import websafe_decode
from fido2.webauthn import AuthenticatorData, CollectedClientData

from buddybot.domain.moderation.passkeys import Assertion, Challenge, Made

ES256 = -7
LONGEST_ID = 1023
MALFORMED = (ValueError, TypeError, LookupError, AttributeError, RecursionError, struct.error)
"""What the parsers of JSON and CBOR raise on bytes that are neither."""
LASTS, CROWD = 300.0, 10_000
BYTES = 32
"""Seconds for which a challenge is open (section 13.4.3 of the standard), how many are, and of how many bytes."""


def fresh_challenge() -> str:
    """Return a fresh one, as the text that the browser will repeat."""
    return base64.urlsafe_b64encode(secrets.token_bytes(BYTES)).rstrip(b"=").decode()


class Challenges:
    """Challenges of the only process, in memory: a restart only means to press the button again."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._open: TTLCache[str, bool] = TTLCache(CROWD, LASTS, clock)

    def give(self) -> str:
        """Return a fresh one, and remember it."""
        challenge = fresh_challenge()
        self._open[challenge] = True
        return challenge

    def take(self, challenge: str) -> bool:
        """Use one up; say whether it was ours, and fresh."""
        return self._open.pop(challenge, False)


def credential_of(asked: Challenge, made: Made) -> bytes | None:
    """Return the id of a fresh passkey, or None when anything about it is not as asked."""
    try:
        client, data = CollectedClientData(made.client), AuthenticatorData(made.authenticator)
        key, attested = _key(made.public), data.credential_data
        sound = _answers(client, CollectedClientData.TYPE.CREATE, asked) and _from(data, asked)
    except MALFORMED:
        return None
    if attested is None or attested.public_key.get(-2) != key[-2] or attested.public_key.get(-3) != key[-3]:
        return None
    return attested.credential_id if sound and 0 < len(attested.credential_id) <= LONGEST_ID else None


def proven(asked: Challenge, shown: Assertion, public: bytes) -> bool:
    """Return whether the holder of this key's other half answered this very challenge, on this very page."""
    try:
        client, data = CollectedClientData(shown.client), AuthenticatorData(shown.authenticator)
        _key(public).verify(data + client.hash, shown.signature)
        return _answers(client, CollectedClientData.TYPE.GET, asked) and _from(data, asked)
    except (InvalidSignature, *MALFORMED):
        return False


def _answers(client: CollectedClientData, kind: str, asked: Challenge) -> bool:
    right = client.type == kind and client.challenge == websafe_decode(asked.challenge)
    return right and client.origin == asked.origin and not client.cross_origin


def _from(data: AuthenticatorData, asked: Challenge) -> bool:
    here = hashlib.sha256(asked.host.encode()).digest()
    return data.rp_id_hash == here and data.is_user_present() and data.is_user_verified()


def _key(public: bytes) -> CoseKey:
    """Return a public key (SPKI, DER) of the one kind that is asked for; TypeError for any other."""
    key = load_der_public_key(public)
    if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1):
        raise TypeError("only keys on P-256 are asked for")
    return CoseKey.for_alg(ES256).from_cryptography_key(key)
