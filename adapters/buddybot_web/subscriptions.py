"""Reader of a browser's push subscription: bounded, and nothing that is no push service's."""

from base64 import urlsafe_b64decode
from binascii import Error
from ipaddress import ip_address
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey

from buddybot.adapter import PushAddress

LONGEST_ENDPOINT = 1024
_SECRET, _KEY = 16, 65
_LONGEST_KEY = 100


def push_address(found: object) -> PushAddress | None:
    """Read what `PushSubscription.toJSON` wrote; None for anything else."""
    if not isinstance(found, dict) or not isinstance(keys := found.get("keys"), dict):
        return None
    endpoint, key, secret = found.get("endpoint"), keys.get("p256dh"), keys.get("auth")
    if not (isinstance(endpoint, str) and isinstance(key, str) and isinstance(secret, str)):
        return None
    if not is_push_endpoint(endpoint, None) or len(_bytes(secret)) != _SECRET or not _is_point(_bytes(key)):
        return None
    return PushAddress(endpoint, key, secret)


def is_push_endpoint(endpoint: str, port: int | None) -> bool:
    """Return whether this may be the address of a push service: https, a name, and this port (None: any)."""
    if len(endpoint) > LONGEST_ENDPOINT or not endpoint.isascii() or not endpoint.isprintable():
        return False
    try:
        parts = urlsplit(endpoint)
        given = parts.port or 443
    except ValueError:
        return False
    host = parts.hostname or ""
    plain = parts.scheme == "https" and "@" not in parts.netloc and "." in host and not parts.fragment
    return plain and not _is_number(host) and port in {None, given}


def _is_number(host: str) -> bool:
    """Return whether a host is an address, in any of the spellings that systems take for one."""
    try:
        ip_address(host)
    except ValueError:
        last = host.rstrip(".").rpartition(".")[2]
        return last.isdigit() or last.startswith("0x")
    return True


def _bytes(text: str) -> bytes:
    if len(text) > _LONGEST_KEY:
        return b""
    try:
        return urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
    except (Error, ValueError):
        return b""


def _is_point(key: bytes) -> bool:
    if len(key) != _KEY:
        return False
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), key)
    except ValueError:
        return False
    return True
