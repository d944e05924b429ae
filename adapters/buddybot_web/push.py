"""Web Push sender (RFC 8030, 8291, 8292): calls one device through its push service, with one sealed sentence.

The endpoint is what a browser gave us, so it is treated as hostile: https on port 443, a name that resolves to public
addresses only, connected to as it was resolved, no redirects, and nothing of the answer but its status is read.
"""

import socket
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from ipaddress import IPv6Address, ip_address, ip_network
from pathlib import Path
from ssl import SSLContext
from typing import TYPE_CHECKING

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector, ThreadedResolver
from aiohttp.abc import AbstractResolver, ResolveResult
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from buddybot.adapter import AdapterError, PushAddress, Rejected, RetryLater, Unreachable, signing_key
from buddybot_web.subscriptions import is_push_endpoint

if TYPE_CHECKING:
    from webpush import WebPush

KEPT_SECONDS = 24 * 3600
"""How long a push service keeps a call for a device that is off."""
SECONDS = 10.0
LONGEST_PAUSE = 3600.0
_NAT64 = ip_network("64:ff9b::/96")
GONE, TOO_MANY, SERVER = (404, 410), 429, 500
HEADERS = {"Urgency": "normal", "Topic": "waiting"}
"""A topic lets a newer call take the place of one that its device has not fetched yet."""


class NotPublicError(OSError):
    """The name of a push service stands for an address inside some network."""


class PublicResolver(AbstractResolver):
    """DNS resolver that passes on public addresses only; the connection is made to just these."""

    def __init__(self, resolver: AbstractResolver | None = None) -> None:
        self._resolver = resolver or ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the addresses of a name, if every one is public."""
        found = await self._resolver.resolve(host, port, family)
        if not found or not all(is_public(one["host"]) for one in found):
            raise NotPublicError("not a public address")
        return found

    async def close(self) -> None:
        """Let go of the resolver."""
        await self._resolver.close()


def is_public(address: str) -> bool:
    """Return whether an address belongs to the public network, whatever it is wrapped in."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner: Sequence[object] = ()
    if isinstance(parsed, IPv6Address):
        inner = [one for one in (parsed.ipv4_mapped, parsed.sixtofour, *(parsed.teredo or ())) if one is not None]
        if parsed in _NAT64:
            inner = [ip_address(int(parsed) & 0xFFFFFFFF)]
    return all(_is_global(str(one)) for one in (inner or (parsed,)))


def _is_global(address: str) -> bool:
    parsed = ip_address(address)
    return parsed.is_global and not parsed.is_multicast


@dataclass(frozen=True, slots=True)
class PushDoor:
    """Where calls may go: tests open another port to a service of their own."""

    port: int = 443
    resolver: AbstractResolver | None = None
    trusted: SSLContext | None = field(default=None, repr=False)


class PushSender:
    """Seals a call for a device, signs it as ours, and hands it to the push service."""

    def __init__(self, key_file: Path, contact: str, door: PushDoor) -> None:
        pem = signing_key(key_file)
        try:
            public = load_pem_private_key(pem, None).public_key()
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise AdapterError(f"{key_file}: it holds no key: move it away, a new one is made") from error
        raw = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.public_key = urlsafe_b64encode(raw).rstrip(b"=").decode()
        """What browsers bind a subscription to."""
        self._push = _library(pem, public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo), contact)
        self._door = door
        self._session: ClientSession | None = None

    async def call(self, push: PushAddress, text: str) -> None:
        """Show this one sentence on a device."""
        if not is_push_endpoint(push.endpoint, self._door.port):
            raise Rejected("the endpoint is no https address of a push service")
        body, headers = self._sealed(push, text)
        try:
            async with self._open().post(
                push.endpoint, data=body, headers={**headers, **HEADERS}, allow_redirects=False
            ) as answer:
                status, after = answer.status, answer.headers.get("Retry-After", "")
        except (ClientError, TimeoutError, OSError) as error:
            if isinstance(getattr(error, "os_error", error), NotPublicError):
                raise Rejected("the endpoint is inside some network") from None
            raise RetryLater from None
        _judge(status, after)

    async def close(self) -> None:
        """Let go of every connection."""
        if self._session is not None:
            await self._session.close()

    def _sealed(self, push: PushAddress, text: str) -> tuple[bytes, dict[str, str]]:
        from webpush import WebPushSubscription

        keys = {"p256dh": push.key, "auth": push.secret}
        try:
            subscription = WebPushSubscription.model_validate({"endpoint": push.endpoint, "keys": keys})
            made = self._push.get(text, subscription)
        except ValueError:
            raise Rejected("the device's keys are no keys") from None
        return bytes(made.encrypted), {str(name): str(value) for name, value in made.headers.items()}

    def _open(self) -> ClientSession:
        if self._session is None:
            resolver = self._door.resolver or PublicResolver()
            connector = TCPConnector(
                resolver=resolver, limit=8, ssl=self._door.trusted or True, use_dns_cache=False, force_close=True
            )
            self._session = ClientSession(
                connector=connector,
                timeout=ClientTimeout(total=SECONDS),
                cookie_jar=DummyCookieJar(),
                auto_decompress=False,
            )
        return self._session


def installed() -> bool:
    """Return whether the library that seals calls is here: it is an extra."""
    return find_spec("webpush") is not None


def _library(private: bytes, public: bytes, contact: str) -> "WebPush":
    from webpush import WebPush

    return WebPush(private, public, subscriber=contact, ttl=KEPT_SECONDS)


def _judge(status: int, after: str) -> None:
    if status in GONE:
        raise Unreachable
    if status == TOO_MANY or status >= SERVER:
        pause = float(after) if after.isascii() and after.isdigit() else 0.0
        raise RetryLater(min(pause, LONGEST_PAUSE))
    if not 200 <= status < 300:  # noqa: PLR2004 - HTTP's own
        raise Rejected(f"status {status}")
