"""A program that errs in each way in which Python writes to stderr by itself, with a canary as the error's value."""

import asyncio
import gc
import logging
import threading

from buddybot.runtime.watching.logs import TEXT, begin_logging

CANARY = "xylophon" + "quartz"


class Frail:
    """Errs while it is put away, where nobody can catch it."""

    def __del__(self) -> None:
        raise ValueError(CANARY)


def breaks(word: str) -> None:
    raise ValueError(word)


async def fails(word: str) -> None:
    breaks(word)


def is_slow(word: str) -> None:
    assert word


async def main() -> None:
    begin_logging("debug", TEXT)
    loop = asyncio.get_running_loop()
    loop.slow_callback_duration = 0
    try:
        breaks(CANARY)
    except ValueError:
        logging.getLogger("a.library").exception("caught and told by a library")
    for level in (logging.DEBUG, logging.INFO):
        logging.getLogger("a.library").log(level, "a library says in passing: %s", CANARY)
    loop.call_soon(breaks, CANARY)
    loop.call_soon(is_slow, CANARY)
    nobody_waits = asyncio.create_task(fails(CANARY))
    for _ in range(3):
        await asyncio.sleep(0)
    del nobody_waits
    loop.call_exception_handler({"message": f"a sentence about <Task result='{CANARY}'>"})
    thread = threading.Thread(target=breaks, args=(CANARY,))
    thread.start()
    thread.join()
    Frail()
    gc.collect()
    await asyncio.sleep(0)
    raise KeyError(CANARY)


if __name__ == "__main__":
    asyncio.run(main())
