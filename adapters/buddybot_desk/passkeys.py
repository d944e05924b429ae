"""Between a browser's passkey and the core's values: challenges that are used once, and forms read into bytes."""

import base64
import binascii
import secrets
import time
from collections.abc import Callable, Mapping

from aiohttp import web

from buddybot.adapter import Assertion, Challenge, Made

LASTS, CROWD = 300.0, 10_000
BYTES = 32


class Challenges:
    """Challenges given out and not yet answered, in memory: a restart only means to press the button again."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._open: dict[str, float] = {}

    def give(self) -> str:
        """Return a fresh one, as the text that the browser will repeat."""
        now = self._clock()
        if len(self._open) >= CROWD:
            self._open = {one: until for one, until in self._open.items() if until > now}
        if len(self._open) >= CROWD:
            self._open.pop(next(iter(self._open)))
        challenge = base64.urlsafe_b64encode(secrets.token_bytes(BYTES)).rstrip(b"=").decode()
        self._open[challenge] = now + LASTS
        return challenge

    def take(self, challenge: str) -> bool:
        """Use one up; say whether it was ours, and fresh."""
        return self._open.pop(challenge, 0.0) > self._clock()


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
