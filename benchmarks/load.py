"""An hour of a full house in real time: lag, fairness, crisis first, and whether memory grows; prints one line of JSON.

`python -m benchmarks.load [--minutes 60] [--members 10000] [--rooms 500] [--share 0.8] [--registered 100000]`. The
core runs on a disk, with three platforms in memory in place of the adapters, each with what the real one may send a
second (Telegram 28 and one a second to a person, Discord 49.3, the web without a limit) and 30 ms for a call. Of the
notes that are written a copy and a mark of each take `share` of that. In the last third one member floods as well.
All along, now and then, somebody cries for help. Lag is from the moment in which a note is handed over until it is
shown; ms. `memory` is MB an hour after the first third, by a straight line through what the process holds. The probe
is the one of benchmarks/relay.py, in the same run. With `--registered` the figures of benchmarks/growth.py for such a
house follow.
"""

import argparse
import asyncio
import gc
import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path

import numpy as np

from benchmarks.growth import Writer, grown, probe, settle_in
from benchmarks.relay import probe as disk_probe
from buddybot.adapter import Address, Capabilities, Delivery
from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.domain.kernel.messages import MessageId, Origin, Said, Send, Voice
from buddybot.domain.people.members import Member, Stage
from buddybot.domain.talk.rooms import Room, RoomKind, Seat
from buddybot.runtime.engine import AdapterInbox
from buddybot.service.kernel.turn import Turn
from buddybot.testing import MORNING, Clock, FakePlatform, TestBot, running

CALL, TICK, CRY_EVERY, FLOOD, LANDING = 0.03, 1.0, 5.0, 20.0, 10.0
CRY = "i want to kill myself tonight"
LIMITS = {
    "telegram": Capabilities(per_second=28, per_recipient_second=1),
    "discord": Capabilities(per_second=49.3),
    "web": Capabilities(),
}
NOTES = {"telegram": 28 / 2, "discord": 49.3 / 2, "web": 12.5}
"""Notes a second at the limit: each is a copy and a mark."""
PAGE = os.sysconf("SC_PAGE_SIZE")


class RealClock(Clock):
    """A clock that goes with the time that really passes, from the morning of every test on."""

    def __init__(self) -> None:
        super().__init__()
        self._begun = time.monotonic()

    def now(self) -> datetime:
        """Return that morning and what has passed since."""
        return MORNING + timedelta(seconds=self.uptime())

    def uptime(self) -> float:
        """Return the seconds that really passed."""
        return time.monotonic() - self._begun


@dataclass
class Watch:
    """When each note and each cry was handed over, and how long until it was shown."""

    begun: dict[str, float] = field(default_factory=dict)
    lags: list[tuple[float, float]] = field(default_factory=list)
    cries: dict[str, float] = field(default_factory=dict)
    crisis: list[float] = field(default_factory=list)

    def shown(self, delivery: Delivery) -> None:
        """Take note of what arrived."""
        if not isinstance(delivery.effect, Send):
            return
        content, now = delivery.effect.content, time.monotonic()
        if content.voice is Voice.MEMBER and (at := self.begun.pop(content.text, None)) is not None:
            self.lags.append((at, now - at))
        if content.voice is Voice.CRISIS and (at := self.cries.pop(delivery.address.account, None)) is not None:
            self.crisis.append(now - at)


class Limited(FakePlatform):
    """A platform that takes its time, counts, and keeps nothing."""

    def __init__(self, platform: str, watch: Watch) -> None:
        super().__init__(platform, LIMITS[platform])
        self._watch, self._shown = watch, count()

    async def deliver(self, delivery: Delivery) -> MessageId:
        """Show it after a moment."""
        await asyncio.sleep(CALL)
        self._watch.shown(delivery)
        return delivery.message or MessageId(f"m{next(self._shown)}")


class Load:
    """What is written, by whom, and how fast."""

    def __init__(self, bot: TestBot, watch: Watch, options: argparse.Namespace) -> None:
        self._bot, self._watch, self._options = bot, watch, options
        self._doors = {name: AdapterInbox(bot.house.engine, name) for name in LIMITS}
        self._people = {name: list[Address]() for name in LIMITS}
        self._number, self._chance = count(), random.Random(7)
        self._under_way = set[asyncio.Task[None]]()
        self.flooded = 0

    def settle(self, turn: Turn) -> None:
        """Let the rooms be open, each on one platform."""
        first, second = turn.book.aliases
        for room in range(self._options.rooms):
            platform = list(LIMITS)[room % len(LIMITS)]
            ids = [MemberId(f"talker-{room}-{seat}") for seat in "ab"]
            for one in ids:
                address = Address(platform, "main", f"account-of-{one}")
                turn.tx.members.add(Member(one, Stage.HOME, "en", turn.now, turn.now, consent="1"), address)
                self._people[platform].append(address)
            seats = tuple(Seat(one, f"{first[at]} {second[room % len(second)]}") for at, one in enumerate(ids))
            turn.tx.rooms.add(Room(RoomId(f"room-{room}"), RoomKind.PAIR, seats, turn.now))

    async def put(self, platform: str, address: Address, text: str) -> None:
        """Hand one note over."""
        event = f"x{next(self._number)}"
        await self._doors[platform].put(Said(Origin(event, address), text, MessageId(event)))

    async def at_rate(self, rate: float, until: float, one: Callable[[], "asyncio.Task[None]"]) -> None:
        """Begin so many a second, whether or not earlier ones are done."""
        begun = time.monotonic()
        for turn in count():
            if (due := begun + turn / rate) > until:
                return
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            task = one()
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    def note(self, platform: str) -> "asyncio.Task[None]":
        """Let somebody write."""
        text = f"how was your day {next(self._number)}"
        self._watch.begun[text] = time.monotonic()
        address = self._chance.choice(self._people[platform])
        return asyncio.create_task(self.put(platform, address, text))

    def cry(self) -> "asyncio.Task[None]":
        """Let somebody cry for help who does not talk otherwise any more."""
        platform = self._chance.choice(list(LIMITS))
        address = self._people[platform].pop(self._chance.randrange(len(self._people[platform])))
        self._watch.cries[address.account] = time.monotonic()
        return asyncio.create_task(self.put(platform, address, CRY))

    def flood(self) -> "asyncio.Task[None]":
        """Let one write far more than anybody may."""
        self.flooded += 1
        address = self._people["telegram"][0]
        return asyncio.create_task(self.put("telegram", address, f"flood {self.flooded}"))

    async def tick(self, until: float, held: list[tuple[float, float]]) -> None:
        """Let time pass as the clockwork does, and look at what the process holds."""
        while time.monotonic() < until:
            await asyncio.sleep(TICK)
            await self._bot.house.engine.tick()
            await self._bot.house.dispatcher.look()
            held.append((time.monotonic(), megabytes()))

    async def run(self) -> dict[str, float]:
        """Let the hour pass; return the figures."""
        begun, held = time.monotonic(), list[tuple[float, float]]()
        end, third = begun + 60 * self._options.minutes, 20 * self._options.minutes
        rates = {name: rate * self._options.share for name, rate in NOTES.items()}
        writing = [self.at_rate(rate, end, partial(self.note, name)) for name, rate in rates.items()]
        cries = self.at_rate(1 / CRY_EVERY, end, self.cry)
        await asyncio.gather(*writing, cries, self._late(end, third), self.tick(end, held))
        await asyncio.wait(self._under_way or {asyncio.create_task(asyncio.sleep(0))}, timeout=60)
        await asyncio.sleep(LANDING)  # not until all is idle: whoever floods has a queue of answers for minutes
        lags = self._watch.lags
        warm = [(at, size) for at, size in held if at > begun + third]
        slope = float(np.polyfit([at for at, _ in warm], [size for _, size in warm], 1)[0]) * 3600
        return {
            "notes": len(lags),
            "not_shown": len(self._watch.begun),
            "notes_per_s": round(sum(rates.values()), 1),
            "p50_ms": ms(statistics.median(lag for _, lag in lags)),
            "p99_ms": p99([lag for _, lag in lags]),
            "p99_quiet_ms": p99([lag for at, lag in lags if begun + third < at < end - third]),
            "p99_beside_flood_ms": p99([lag for at, lag in lags if at >= end - third]),
            "flood": self.flooded,
            "cries": len(self._watch.crisis),
            "crisis_p99_ms": p99(self._watch.crisis),
            "crises_unanswered": len(self._watch.cries),
            "memory_mb": round(warm[-1][1], 1),
            "memory_mb_an_hour": round(slope, 2),
        }

    async def _late(self, end: float, third: float) -> None:
        await asyncio.sleep(max(0.0, end - third - time.monotonic()))
        await self.at_rate(FLOOD, end, self.flood)


def megabytes() -> float:
    """Return what this process holds in memory."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE / 1e6


def ms(seconds: float) -> float:
    return round(1000 * seconds, 1)


def p99(seconds: list[float]) -> float:
    return ms(statistics.quantiles(seconds, n=100)[98]) if len(seconds) > 1 else 0.0


async def loaded(options: argparse.Namespace) -> dict[str, float]:
    """Return the figures of one house."""
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder, watch = Path(name), Watch()
        before = disk_probe(folder)
        platforms = [Limited(platform, watch) for platform in LIMITS]
        async with running(folder, clock=RealClock(), others=platforms) as bot:
            await settle_in(bot, options.members - 2 * options.rooms, seed=7)
            load = Load(bot, watch, options)
            await bot.house.store.write(lambda tx: load.settle(bot.house.engine.turn(tx)))
            gc.collect()
            gc.freeze()
            used = time.process_time()
            figures = await load.run()
            used = time.process_time() - used
        return {
            "disk_probe_p99_ms": round(before["p99_ms"], 2),
            "cpu_share": round(used / (60 * options.minutes), 2),
            **figures,
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--members", type=int, default=10_000)
    parser.add_argument("--rooms", type=int, default=500)
    parser.add_argument("--share", type=float, default=0.8)
    parser.add_argument("--registered", type=int, default=0)
    parser.add_argument("--folder", default=None)
    options = parser.parse_args()
    house = {"minutes": options.minutes, "members": options.members, "rooms": options.rooms, "share": options.share}
    figures: dict[str, object] = {"benchmark": "load", "probe_ms": round(probe(), 2), **house}
    figures |= asyncio.run(loaded(options))
    if options.registered:
        figures["registered"] = asyncio.run(grown(options.registered, 7, Writer()))
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
