"""Copies a second of a circle's note to fifty people, each copy durable, on a platform that takes 0 or 30 ms for each.

Beside it, in the same run, the ceiling of the usual design (secretlounge-ng's, for one, which no package registry has:
a queue in memory, one thread that sends, nothing on disk): as many bare waits one after another, with no work at all.
Ours counts from the first note's arrival until every copy is shown and settled on disk; its texts are sealed, its
receipts kept, and a crash in between loses none. Prints one line of JSON.
"""

import asyncio
import json
import queue
import sys
import tempfile
import threading
import time
from dataclasses import replace
from itertools import count
from pathlib import Path

from buddybot.adapter import Delivery
from buddybot.config import Settings
from buddybot.content import content_dir
from buddybot.content.library import load_book
from buddybot.domain.kernel.ids import RoomId
from buddybot.domain.kernel.messages import MessageId, Origin, Said, Send, Voice
from buddybot.domain.talk.rooms import Room, RoomKind, Seat
from buddybot.store.tx import Tx
from buddybot.testing import Clock, FakePlatform, Person, TestBot, running

READERS = 50
NOTES = 12
LATENCIES = (0.0, 0.03)
CIRCLE = RoomId("circle")
WORDS = ["rain", "tea", "walk", "cat", "bread", "garden", "song", "river", "lamp", "chair", "window", "letter"]


class Slow(FakePlatform):
    """The fake platform, taking its time with each copy of a note, for everybody at once."""

    def __init__(self) -> None:
        super().__init__()
        self.latency, self.copies, self.counting = 0.0, 0, False

    async def deliver(self, delivery: Delivery) -> MessageId:
        """Wait, and count it."""
        if not self.counting:
            return await super().deliver(delivery)
        if self.latency:
            await asyncio.sleep(self.latency)
        if isinstance(delivery.effect, Send) and delivery.effect.content.voice is Voice.MEMBER:
            self.copies += 1
        return delivery.message or MessageId(f"d{delivery.id}")


def one_after_another(copies: int, latency: float) -> float:
    """Return the copies a second of one thread that takes them from a queue in memory and waits for each."""
    waiting: queue.Queue[float | None] = queue.Queue()

    def send() -> None:
        while (wait := waiting.get()) is not None:
            time.sleep(wait)

    thread = threading.Thread(target=send)
    start = time.perf_counter()
    thread.start()
    for _ in range(copies):
        waiting.put(latency)
    waiting.put(None)
    thread.join()
    return copies / (time.perf_counter() - start)


async def circle(bot: TestBot) -> list[Person]:
    """Seat one author and fifty readers in one circle."""
    author, _ = await bot.pair("author", "buddy")
    people = [author, *(bot.person(f"reader-{one}") for one in range(READERS))]
    for person in people[1:]:
        await person.says("hi")

    def seat(tx: Tx) -> None:
        members = [tx.members.by_address(person.address) for person in people]
        seats = tuple(Seat(one.id, f"Otter {place}", place) for place, one in enumerate(members) if one is not None)
        tx.rooms.add(Room(CIRCLE, RoomKind.CIRCLE, seats, bot.clock.now()))

    await bot.house.store.write(seat)
    return people


async def measured(
    bot: TestBot, platform: Slow, author: Person, latency: float, number: "count[int]"
) -> dict[str, float]:
    platform.latency, platform.copies = latency, 0
    start, cpu = time.perf_counter(), time.process_time()
    for _ in range(NOTES):
        one = next(number)
        text = " ".join(WORDS[(one * step + step) % len(WORDS)] for step in range(1, 8)) + f" {one}"
        origin = Origin(f"x{one}", author.address, conversation=CIRCLE)
        await bot.door.put(Said(origin, text, MessageId(f"x{one}")))
        await bot.settle()
    took, cpu = time.perf_counter() - start, time.process_time() - cpu
    assert platform.copies == NOTES * READERS, platform.copies
    return {"per_s": platform.copies / took, "cpu_us": cpu / platform.copies * 1_000_000}


async def main() -> None:
    book = load_book(content_dir(), Settings())
    book = replace(book, floods=replace(book.floods, burst=1_000_000))
    found: dict[str, object] = {"benchmark": "fanout", "readers": READERS}
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as name:
        platform, number = Slow(), count()
        async with running(Path(name), book=book, platform=platform, clock=Clock()) as bot:
            author = (await circle(bot))[0]
            platform.counting = True
            for latency in LATENCIES:
                ours = await measured(bot, platform, author, latency, number)
                theirs = one_after_another(READERS, latency)
                found[f"latency_{round(latency * 1000)}_ms"] = {
                    "durable_per_s": round(ours["per_s"]),
                    "cpu_us_a_copy": round(ours["cpu_us"]),
                    "one_after_another_per_s": round(theirs),
                    "ratio": round(ours["per_s"] / theirs, 2),
                }
    print(json.dumps(found))


if __name__ == "__main__":
    asyncio.run(main())
