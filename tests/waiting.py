"""Waiting in tests: never for ever, and never past the failure of whoever was to bring what is waited for."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

T = TypeVar("T")
PATIENT = 60.0
"""Seconds for what takes a moment: a machine may be slow."""


async def comes(what: Awaitable[T], *by: "asyncio.Task[object]", seconds: float = PATIENT) -> T:
    """Return what comes. The error of a task that was to bring it is raised at once; what never comes is a failure."""
    coming, bringing = asyncio.ensure_future(what), set(by)
    try:
        async with asyncio.timeout(seconds):
            while not coming.done():
                done, _ = await asyncio.wait({coming, *bringing}, return_when=asyncio.FIRST_COMPLETED)
                for one in bringing & done:
                    bringing.remove(one)
                    if not coming.done():
                        one.result()
            return await coming
    finally:
        coming.cancel()
