"""Request bodies: taken in whole and in time before a handler runs, so that none is left half read."""

import asyncio

from aiohttp import web

BODY_SECONDS = 15.0


async def take_in(request: web.BaseRequest, seconds: float = BODY_SECONDS) -> None:
    """Read the body; raise the refusal where it is compressed, broken or slow. Our own pages compress nothing."""
    if request.transport is None:  # gone meanwhile: nobody reads the answer
        raise web.HTTPBadRequest
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise web.HTTPBadRequest
    try:
        async with asyncio.timeout(seconds):
            await request.read()
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    except web.RequestPayloadError:
        raise web.HTTPBadRequest from None
