"""Which language a browser is answered in."""

from collections.abc import Sequence

from aiohttp import web

MOST = 20


def locale_of(request: web.BaseRequest, shipped: Sequence[str]) -> str:
    """Return the first language of the browser that is shipped, else the first one shipped."""
    known = {locale.lower(): locale for locale in shipped}
    for part in request.headers.get("Accept-Language", "").split(",")[:MOST]:
        wanted = part.split(";")[0].strip().lower()
        if found := known.get(wanted) or known.get(wanted.split("-")[0]):
            return found
    return shipped[0]
