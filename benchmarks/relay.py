"""Durable relayed messages a second, against what the same disk can sync in the same run.

A message counts when it was received (committed), passed on by the dispatcher, and its row settled (committed). The
probe appends 4 KiB and calls fdatasync, again and again: nothing durable can be quicker than that, one at a time.
Prints one line of JSON; rates are messages a second, times are milliseconds. The open loop is run five times,
each beside a probe of its own, with what the p99 may be: twice the probe's and ten milliseconds. `cpu_ms_a_note` is the
processor time of the whole process in 64 rooms, benchmark and all.
"""

import asyncio
import gc
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from buddybot.adapter import Delivery
from buddybot.config import Settings
from buddybot.content import content_dir
from buddybot.content.library import load_book
from buddybot.domain.kernel.messages import MessageId, Origin, Said, Send, Voice
from buddybot.testing import Clock, FakePlatform, Person, TestBot, running
from buddybot.unswept import unswept

PROBE_SECONDS = 2.0
MESSAGES = {1: 600, 8: 2400, 64: 6400}
OPEN_LOOP_RATE = 500
OPEN_LOOP_SECONDS, OPEN_LOOP_RUNS = 6, 5


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


class Talks:
    """Rooms of two, in which people write without end."""

    def __init__(self, bot: TestBot, rooms: Sequence[tuple[Person, Person]]) -> None:
        self._bot, self._rooms, self._number = bot, rooms, count()

    def _said(self, room: int) -> Said:
        author = self._rooms[room][next(self._number) % 2]
        event = f"x{next(self._number)}"
        return Said(Origin(event, author.address), "how was your day? mine was long", MessageId(event))

    async def closed_loop(self, rooms: int, messages: int) -> tuple[float, float]:
        """Have everybody write as soon as their last note is on disk; return notes a second, and CPU ms a note."""

        async def talk(room: int) -> None:
            for _ in range(messages // rooms):
                await self._bot.door.put(self._said(room))

        start, began = time.perf_counter(), time.process_time()
        await asyncio.gather(*(talk(room) for room in range(rooms)))
        await self._bot.settle()
        return messages / (time.perf_counter() - start), 1000 * (time.process_time() - began) / messages

    async def open_loop(self) -> list[float]:
        """Have notes come at their rate, whatever became of the last; return how long each took to the commit."""
        lags: list[float] = []

        async def one(room: int) -> None:
            start = time.perf_counter()
            await self._bot.door.put(self._said(room))
            lags.append(1000 * (time.perf_counter() - start))

        tasks, start = [], time.perf_counter()
        for turn in range(OPEN_LOOP_RATE * OPEN_LOOP_SECONDS):
            await asyncio.sleep(max(0.0, start + turn / OPEN_LOOP_RATE - time.perf_counter()))
            tasks.append(asyncio.create_task(one(turn % len(self._rooms))))
        await asyncio.gather(*tasks)
        await self._bot.settle()
        return lags


async def main() -> None:
    with unswept():  # as the bot loads
        book = load_book(content_dir(), Settings())
    # Nobody writes like this: the pace is counted as for anyone, but never runs out.
    book = replace(book, floods=replace(book.floods, burst=1_000_000))
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as name:
        folder = Path(name)
        probes = [probe(folder)]
        platform = Bench()
        async with running(folder, book=book, platform=platform, clock=Clock()) as bot:
            talks = Talks(bot, [await bot.pair(f"a{one}", f"b{one}") for one in range(max(MESSAGES))])
            platform.arrived = 1
            gc.freeze()  # what the fake platform keeps belongs to no bot
            closed = {rooms: await talks.closed_loop(rooms, messages) for rooms, messages in MESSAGES.items()}
            runs = []
            for _ in range(OPEN_LOOP_RUNS):
                lags = await talks.open_loop()
                probes.append(probe(folder))
                runs.append((lags, 2 * probes[-1]["p99_ms"] + 10))
    print(json.dumps(report(probes, closed, runs)))


def report(
    probes: list[dict[str, float]], closed: dict[int, tuple[float, float]], runs: list[tuple[list[float], float]]
) -> dict[str, object]:
    disk = statistics.mean(one["rate"] for one in probes)
    p99 = [statistics.quantiles(lags, n=100)[98] for lags, _ in runs]
    return {
        "benchmark": "relay",
        "probe_per_s": round(disk),
        "probe_p99_ms": round(statistics.mean(one["p99_ms"] for one in probes), 2),
        **{f"rooms_{rooms}_per_s": round(rate) for rooms, (rate, _) in closed.items()},
        "room_of_probe": round(closed[1][0] / disk, 3),
        "cpu_ms_a_note": round(closed[max(closed)][1], 3),
        "open_loop_per_s": OPEN_LOOP_RATE,
        "open_loop_p50_ms": [round(statistics.median(lags), 2) for lags, _ in runs],
        "open_loop_p99_ms": [round(one, 2) for one in p99],
        "open_loop_p99_wanted_ms": [round(wanted, 2) for _, wanted in runs],
        "open_loop_met": sum(one <= wanted for one, (_, wanted) in zip(p99, runs, strict=True)),
    }


if __name__ == "__main__":
    asyncio.run(main())
