"""Between a browser's passkey and the core's values: forms read into bytes."""

import base64
import binascii
from collections.abc import Mapping

from aiohttp import web

from buddybot.adapter import Assertion, Challenge, Made


def asked(request: web.BaseRequest, challenge: str) -> Challenge:
    """Return what our page asked: the host is one of ours, as the gate has seen, and the origin our page's."""
    origin = request.headers.get("Origin", "")
    return Challenge(challenge, origin, host(request))


def host(request: web.BaseRequest) -> str:
    """Return the name that a passkey is bound to: the host without its port."""
    return request.url.host or ""


def made(form: Mapping[str, str]) -> Made:
    """Read what a browser says of a fresh passkey."""
    return Made(_bytes(form, "client"), _bytes(form, "authenticator"), _bytes(form, "public"))


def shown(form: Mapping[str, str]) -> Assertion:
    """Read what a browser shows to come in."""
    return Assertion(*(_bytes(form, name) for name in ("credential", "client", "authenticator", "signature")))


def _bytes(form: Mapping[str, str], name: str) -> bytes:
    """Read base64url; what is none is empty, and fits nothing."""
    text = form.get(name, "")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars="-_", validate=True)
    except (binascii.Error, ValueError):
        return b""
