"""Content encoding of answers that are the same for everybody: pages that know nobody, and static files.

An attacker who has a page reflect their guess beside a secret learns from the length of the compressed answer whether
they were right (BREACH). So nothing that holds a secret or repeats what was asked is compressed: not what the API
answers, not a stream, not the desk's pages.
"""

from http import HTTPStatus
from mimetypes import guess_type
from typing import Final

from aiohttp import web
from aiohttp.hdrs import ACCEPT_ENCODING, IF_MODIFIED_SINCE, IF_NONE_MATCH, RANGE, VARY

TEXTS: Final = frozenset({
    "text/html", "text/css", "text/javascript", "application/javascript", "application/json",
    "application/manifest+json", "image/svg+xml",
})  # fmt: skip
"""What shrinks; fonts and pictures are compressed already."""

PARTLY: Final = (RANGE, IF_NONE_MATCH, IF_MODIFIED_SINCE)
"""What asks for less than a whole answer: the library would compress the empty body of "not modified" as well."""


def compress(request: web.BaseRequest, response: web.StreamResponse) -> None:
    """Compress an answer without secrets, if the browser takes gzip and this kind of content shrinks."""
    # A file finds out what it is only when it is sent.
    kind = guess_type(request.path)[0] if isinstance(response, web.FileResponse) else response.content_type
    if kind not in TEXTS or response.status != HTTPStatus.OK or response.cookies:
        return
    partial = any(name in request.headers for name in PARTLY)
    response.headers.add(VARY, ACCEPT_ENCODING)
    if takes_gzip(request.headers.get(ACCEPT_ENCODING, "")) and not partial:
        response.enable_compression(web.ContentCoding.gzip)


def takes_gzip(accepted: str) -> bool:
    """Return whether an Accept-Encoding names gzip, and not with a weight of zero."""
    for one in accepted.lower().split(","):
        name, _, weight = one.partition(";")
        if name.strip() in {"gzip", "*"}:
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False
