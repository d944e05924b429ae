"""Embedding in the operator's pages: who may frame the chat, and the cookie that a frame gets."""

from collections.abc import Awaitable, Callable

from aiohttp import web
from buddybot_http.security import HEADERS

from buddybot_web.settings import WebSettings

FRAMED = "X-Page-Framed"
"""Our own page says so of itself, since no browser does for what a script asks."""
COOKIE_SECONDS = 180 * 24 * 3600
BUTTON = "/button.js"
CSP, OLD, DEVICES = "Content-Security-Policy", "X-Frame-Options", "Permissions-Policy"


def embeddable(settings: WebSettings, style: str) -> Callable[[web.BaseRequest, web.StreamResponse], Awaitable[None]]:
    """Return what gives the page a policy of its own, and opens the button to all sites.

    The page may use the one style sheet that stands in it, by its hash, and be framed by the origins that the operator
    names.
    """
    policy = HEADERS[CSP].replace("style-src 'self'", f"style-src {style}")
    # A photo or a voice note is bytes that the page has: its own script alone can make an address of them.
    policy = policy.replace("img-src 'self'; media-src 'self'", "img-src 'self' blob:; media-src blob:")
    if settings.frames:
        policy = policy.replace("frame-ancestors 'none'", f"frame-ancestors {' '.join(settings.frames)}")

    async def dress(request: web.BaseRequest, response: web.StreamResponse) -> None:
        if request.path == f"{settings.path}{BUTTON}":
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        if request.path == f"{settings.path}/" and response.status == web.HTTPOk.status_code:
            response.headers[CSP] = policy
            response.headers[DEVICES] = HEADERS[DEVICES].replace("microphone=()", "microphone=(self)")
            if settings.frames:
                response.headers.popall(OLD, None)

    return dress


class Cookies:
    """The browser's secret in its cookie, and inside a frame in one of the frame's own.

    The usual one is strict: no other site can send it. In a frame on another site that one never arrives. There a
    partitioned cookie stands in: it belongs to the chat as framed by that one site, and no other page can use it.
    """

    def __init__(self, settings: WebSettings) -> None:
        self._frames, self._path, self._secure = bool(settings.frames), f"{settings.path}/", settings.secure
        # A cookie of one path can't be bound to the host by its name; then the rest of the site never gets it.
        self._prefix = ("__Secure-" if settings.path else "__Host-") if settings.secure else ""

    def secret(self, request: web.BaseRequest) -> str:
        """Return what the browser holds, or nothing."""
        strict = request.cookies.get(f"{self._prefix}notes", "")
        framed = self._frames and request.headers.get("Sec-Fetch-Site") == "same-origin"
        return strict or (request.cookies.get(f"{self._prefix}notes-framed", "") if framed else "")

    def hand_over(self, request: web.BaseRequest, response: web.Response, secret: str) -> None:
        """Put a secret into the browser, or take it out of both places."""
        lasts = COOKIE_SECONDS if secret else 0
        response.set_cookie(
            f"{self._prefix}notes",
            secret,
            max_age=lasts,
            path=self._path,
            httponly=True,
            samesite="Strict",
            secure=self._secure,
        )
        if self._frames and (FRAMED in request.headers or not secret):
            # Written by hand: the standard library of this Python doesn't know the last word.
            response.headers.add(
                "Set-Cookie",
                f"{self._prefix}notes-framed={secret}; Max-Age={lasts}; Path={self._path};"
                " HttpOnly; Secure; SameSite=None; Partitioned",
            )
