"""Durable relayed messages a second, against what the same disk can sync in the same run.

A message counts when it was received (committed), passed on by the dispatcher, and its row settled (committed). The
probe appends 4 KiB and calls fdatasync, again and again: nothing durable can be quicker than that, one at a time.
Prints one line of JSON; rates are messages a second, times are milliseconds.
"""

import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from itertools import count
from pathlib import Path

from buddybot.adapter import Delivery
from buddybot.config import Settings
from buddybot.content import content_dir
from buddybot.content.library import load_book
from buddybot.domain.kernel.messages import MessageId, Origin, Said, Send, Voice
from buddybot.testing import Clock, FakePlatform, running

PROBE_SECONDS = 2.0
MESSAGES = {1: 600, 8: 2400, 64: 6400}
OPEN_LOOP_RATE = 500
OPEN_LOOP_SECONDS = 6


def probe(folder: Path) -> dict[str, float]:
    times = []
    with (folder / "probe").open("wb") as file:
        end = time.perf_counter() + PROBE_SECONDS
        while time.perf_counter() < end:
            start = time.perf_counter()
            file.write(b"\0" * 4096)
            file.flush()
            os.fdatasync(file.fileno())
            times.append(time.perf_counter() - start)
    return {"rate": len(times) / sum(times), "p99_ms": 1000 * statistics.quantiles(times, n=100)[98]}


class Bench(FakePlatform):
    """The fake platform, counting what peers were shown instead of keeping it."""

    def __init__(self) -> None:
        super().__init__()
        self.arrived = 0

    async def deliver(self, delivery: Delivery) -> MessageId:
        """Count it."""
        if isinstance(delivery.effect, Send) and delivery.effect.content.voice is Voice.MEMBER:
            self.arrived += 1
            return MessageId(f"d{delivery.id}")
        if self.arrived:
            return delivery.message or MessageId(f"d{delivery.id}")
        return await super().deliver(delivery)


async def main() -> None:
    book = load_book(content_dir(), Settings())
    # Nobody writes like this: the pace is counted as for anyone, but never runs out.
    book = replace(book, floods=replace(book.floods, burst=1_000_000))
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as name:
        folder = Path(name)
        before = probe(folder)
        platform, number = Bench(), count()
        async with running(folder, book=book, platform=platform, clock=Clock()) as bot:
            rooms = [await bot.pair(f"a{one}", f"b{one}") for one in range(max(MESSAGES))]
            platform.arrived = 1

            def said(room: int) -> Said:
                author = rooms[room][next(number) % 2]
                event = f"x{next(number)}"
                return Said(Origin(event, author.address), "how was your day? mine was long", MessageId(event))

            async def talk(room: int, messages: int) -> None:
                for _ in range(messages):
                    await bot.door.put(said(room))

            rates = {}
            for clients, messages in MESSAGES.items():
                start = time.perf_counter()
                await asyncio.gather(*(talk(room, messages // clients) for room in range(clients)))
                await bot.settle()
                rates[clients] = messages / (time.perf_counter() - start)
            lags: list[float] = []

            async def one(room: int) -> None:
                start = time.perf_counter()
                await bot.door.put(said(room))
                lags.append(time.perf_counter() - start)

            tasks, start = [], time.perf_counter()
            for turn in range(OPEN_LOOP_RATE * OPEN_LOOP_SECONDS):
                await asyncio.sleep(max(0.0, start + turn / OPEN_LOOP_RATE - time.perf_counter()))
                tasks.append(asyncio.create_task(one(turn % len(rooms))))
            await asyncio.gather(*tasks)
            await bot.settle()
        after = probe(folder)
    print(
        json.dumps(
            {
                "benchmark": "relay",
                "probe_per_s": round((before["rate"] + after["rate"]) / 2),
                "probe_p99_ms": round((before["p99_ms"] + after["p99_ms"]) / 2, 2),
                **{f"rooms_{clients}_per_s": round(rate) for clients, rate in rates.items()},
                "open_loop_per_s": OPEN_LOOP_RATE,
                "open_loop_p50_ms": round(1000 * statistics.median(lags), 2),
                "open_loop_p99_ms": round(1000 * statistics.quantiles(lags, n=100)[98], 2),
            }
        )
    )


if __name__ == "__main__":
    asyncio.run(main())
