"""A push service of our own: takes calls over TLS, verifies who signed them, and opens them as a browser would."""

import ssl
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_bytes

import jwt
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from buddybot_web.push import PushDoor
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from buddybot.adapter import PushAddress

HOST = "push.example.org"
SALT, RECORD, ID = 16, 4, 1


def plain64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def from64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Device:
    """What a browser keeps of one subscription."""

    endpoint: str
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = field(default_factory=lambda: token_bytes(16))

    @property
    def point(self) -> bytes:
        return self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def push(self) -> PushAddress:
        return PushAddress(self.endpoint, plain64(self.point), plain64(self.secret))

    def open(self, body: bytes) -> str:
        """Open an aes128gcm message, step by step as RFC 8291 and RFC 8188 say."""
        salt, length = body[:SALT], body[SALT + RECORD]
        theirs, sealed = body[SALT + RECORD + ID :][:length], body[SALT + RECORD + ID + length :]
        sender = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
        shared = self.private.exchange(ec.ECDH(), sender)
        key = _hkdf(self.secret, shared, b"WebPush: info\0" + self.point + theirs, 32)
        content = _hkdf(salt, key, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _hkdf(salt, key, b"Content-Encoding: nonce\0", 12)
        text, _, padding = AESGCM(content).decrypt(nonce, sealed, None).rpartition(b"\x02")
        assert not padding.strip(b"\0")
        return text.decode()


def _hkdf(salt: bytes, key: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(key)


@dataclass
class PushService:
    """Takes calls, and answers as it is told."""

    port: int
    trusted: ssl.SSLContext
    calls: list[tuple[str, bytes, dict[str, str]]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def door(self) -> PushDoor:
        return PushDoor(self.port, Loopback(), self.trusted)

    def device(self, name: str = "phone") -> Device:
        return Device(f"https://{HOST}:{self.port}/{name}")

    async def take(self, request: web.Request) -> web.Response:
        self.calls.append((request.path, await request.read(), dict(request.headers)))
        status = self.statuses.pop(0) if self.statuses else 201
        return web.Response(status=status, headers=self.headers)

    def signed(self, number: int = -1) -> dict[str, object]:
        """Verify the signature of a call with the key that came with it, and return what it claims."""
        scheme, _, rest = self.calls[number][2]["Authorization"].partition(" ")
        assert scheme == "vapid"
        parts = dict(part.strip().split("=", 1) for part in rest.split(","))
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), from64(parts["k"]))
        claims: dict[str, object] = jwt.decode(parts["t"], key, algorithms=["ES256"], audience=f"https://{HOST}")
        return {**claims, "key": parts["k"]}


class Loopback(AbstractResolver):
    """Every name is this machine, as no resolver of the product would have it."""

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[ResolveResult]:  # noqa: ARG002 - the base\'s signature
        found = ResolveResult(hostname=host, host="127.0.0.1", port=port, family=2, proto=0, flags=0)
        return [found]

    async def close(self) -> None:
        """Nothing is held."""


@asynccontextmanager
async def push_service(folder: Path) -> AsyncIterator[PushService]:
    server, trusted = _certificate(folder)
    app = web.Application()
    runner = web.AppRunner(app, access_log=None)
    service = PushService(0, trusted)
    app.router.add_post("/{name}", service.take)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=server)
    await site.start()
    service.port = runner.addresses[0][1]
    try:
        yield service
    finally:
        await runner.cleanup()


def _certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2090, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    cert, private = folder / "push.crt", folder / "push.key"
    cert.write_bytes(made.public_bytes(Encoding.PEM))
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(cert, private)
    return server, ssl.create_default_context(cafile=str(cert))
