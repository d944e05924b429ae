"""Server-sent events: a response that goes on until its reader leaves, and is broken off where nobody reads."""

import asyncio
from collections.abc import AsyncIterator

from aiohttp import web

SLOW = 15.0
"""Seconds that a browser may take to read what it is sent, beside what the bytes of a photo take on a slow line."""
SLOWEST_LINE = 16_000
"""Bytes a second that a line must carry: a photo takes a while."""


def is_open(request: web.Request) -> bool:
    """Return whether somebody is at the other end still, as far as is known."""
    return request.transport is not None and not request.transport.is_closing()


async def event_stream(request: web.Request, frames: AsyncIterator[str]) -> web.StreamResponse:
    """Send frames as they come; the first is asked for once the head of the answer is out."""
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})
    try:
        await response.prepare(request)
        async for frame in frames:
            async with asyncio.timeout(SLOW + len(frame) / SLOWEST_LINE):
                await response.write(frame.encode())
    except ConnectionResetError:
        pass
    except TimeoutError:  # nobody reads at the other end: the descriptor is somebody else's
        if request.transport is not None:
            request.transport.abort()
    return response
