"""Passkeys for the desk: what a page asked a browser, and what the browser shows; `runtime.passkeys` verifies it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Challenge:
    """WebAuthn challenge (base64url text, used once) of a page of this origin and host."""

    challenge: str = field(repr=False)
    origin: str
    host: str


@dataclass(frozen=True, slots=True)
class Made:
    """WebAuthn registration response: client data, authenticator data, and public key (SPKI, DER)."""

    client: bytes = field(repr=False)
    authenticator: bytes = field(repr=False)
    public: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Assertion:
    """WebAuthn assertion, shown to sign in."""

    credential: bytes = field(repr=False)
    client: bytes = field(repr=False)
    authenticator: bytes = field(repr=False)
    signature: bytes = field(repr=False)
