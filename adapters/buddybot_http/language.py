"""Which language a browser is answered in."""

import re
from collections.abc import Sequence

from aiohttp import web

MOST = 20
REGION = re.compile("[a-z]{2}")


def locale_of(request: web.BaseRequest, shipped: Sequence[str]) -> str:
    """Return the first language of the browser that is shipped, else the first one shipped."""
    known = {locale.lower(): locale for locale in shipped}
    for part in request.headers.get("Accept-Language", "").split(",")[:MOST]:
        wanted = part.split(";")[0].strip().lower()
        if found := known.get(wanted) or known.get(wanted.split("-")[0]):
            return found
    return shipped[0]


def tag_of(request: web.BaseRequest, shipped: Sequence[str]) -> str:
    """Return that language with the region of the first tag that names one ("en-GB"): a hint at where somebody is."""
    found = locale_of(request, shipped)
    for part in request.headers.get("Accept-Language", "").split(",")[:MOST]:
        region = part.split(";")[0].strip().lower().rpartition("-")[2]
        if "-" in part and REGION.fullmatch(region):
            return f"{found.partition('-')[0]}-{region.upper()}" if "-" not in found else found
    return found
