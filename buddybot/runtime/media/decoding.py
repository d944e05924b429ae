"""Hands one file to the confined process, and takes nothing for granted that comes back.

The process gets no variable of ours (a token could stand in one), no file of ours but its two pipes, and little time.
"""

import asyncio
import sys

from buddybot.domain.kernel.messages import MediaFile
from buddybot.domain.talk.media import MOST_OUT, FileTrouble

WORKER = "buddybot.runtime.media.worker"
PATIENCE = 30.0
"""Seconds after which the process is ended."""


async def made_apart(
    kind: str, data: bytes, *, worker: str = WORKER, seconds: float = PATIENCE
) -> MediaFile | FileTrouble:
    """Return a file made anew by a process of its own, or why there is none."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-I", "-m", worker, kind, stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.DEVNULL, env={}
    )
    try:
        async with asyncio.timeout(seconds):
            result, _ = await process.communicate(data)
    except (TimeoutError, OSError):
        return FileTrouble.BROKEN
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return _read(kind, result) if process.returncode == 0 else FileTrouble.BROKEN


def _read(kind: str, result: bytes) -> MediaFile | FileTrouble:
    head, _, data = result.partition(b"\n")
    match head.decode("ascii", "replace").split(" "):
        case ["no", why] if why in {one.value for one in FileTrouble}:
            return FileTrouble(why)
        case ["ok", media_type, *numbers] if 0 < len(data) <= MOST_OUT and all(one.isdecimal() for one in numbers):
            width, height, seconds = (int(one) for one in numbers)
            return MediaFile(kind, media_type, data, width, height, seconds)
        case _:
            return FileTrouble.BROKEN
