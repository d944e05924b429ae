"""What the Discord adapter carries against a fake that enforces 50 requests a second; prints one line of JSON.

`useful_per_second`: messages relayed from one person to another and taken by the platform, with `refused` answers of
429. `cpu_ms`: processor time of this process for one relayed message, in and out (the fake has a process of its own).
`backfill_seconds`: 1000 open DMs, one missed message in each, read back after a restart.
"""

import asyncio
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.pop(0)  # this folder, where this file would stand in for the library of the same name
sys.path.insert(0, str(Path(__file__).parent.parent))

from buddybot_discord import DiscordAdapter, create

from buddybot.adapter import COMMANDS, Address, Content, Delivery, Inbound, Said, Send, Span
from buddybot.testing import NoThreads
from tests.discord.house import Library
from tests.discord.wire import open_wire

MESSAGES, DIRECTS, LIMIT = 500, 1000, 50


class Relay(NoThreads):
    """An inbox that remembers what it has to pass on, and whom the bot talks with."""

    def __init__(self, people: list[str]) -> None:
        self.people = people
        self.known: dict[str, Said] = {}
        self.cursors: dict[str, str] = {}

    @property
    def said(self) -> list[Said]:
        """Each message once, however often it was read."""
        return list(self.known.values())

    async def put(self, event: Inbound, cursor: tuple[str, str] | None = None) -> None:
        """Keep it."""
        if isinstance(event, Said):
            self.known.setdefault(event.origin.event, event)
        self.cursors.update([cursor] if cursor else [])

    async def cursor(self, key: str) -> str | None:
        """Return how far the reading has come."""
        return self.cursors.get(key)

    def awake(self, address: Address) -> None:
        """Nobody is ever away on Discord."""
        raise AssertionError(address)

    async def correspondents(self, platform: str, identity: str) -> tuple[Address, ...]:
        """Return everybody."""
        return tuple(Address(platform, identity, each) for each in self.people)


async def fake() -> None:
    """Be the platform: each line of input is an order, each line of output its outcome."""
    async with open_wire() as wire:
        people = [wire.person(f"p{at}") for at in range(DIRECTS)]
        wire.rest.limits.per_second = LIMIT
        lines = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
        print(json.dumps({"settings": wire.settings(), "people": [str(each.user.id) for each in people]}), flush=True)
        while order := (await lines.readline()).decode().strip():
            if order == "talk":
                for at in range(MESSAGES):
                    await people[at % 100].says(f"message {at}")
            elif order == "miss":
                for each in people:
                    await each.says("missed", live=False)
            statuses = [each.status for each in wire.rest.log]
            print(json.dumps({"refused": statuses.count(429), "requests": len(statuses)}), flush=True)


async def until(true: Callable[[], bool]) -> None:
    while not true():
        await asyncio.sleep(0.01)


async def relay(adapter: DiscordAdapter, inbox: Relay) -> tuple[float, float]:
    """Pass everything on to the next person, evenly paced as the core does; return messages a second and CPU each."""
    await until(lambda: len(inbox.said) == MESSAGES)
    loop, sends = asyncio.get_running_loop(), list[asyncio.Task[str]]()
    started, cpu = loop.time(), time.process_time()
    slot = started
    for at, said in enumerate(inbox.said):
        await asyncio.sleep(slot - loop.time())
        # A wake-up that came late is made up for, but never so much that a second holds more than the limit.
        slot = max(slot, loop.time() - 0.005) + 1 / adapter.capabilities.per_second
        to = Address("discord", "main", inbox.people[(at + 1) % 100])
        delivery = Delivery(at + 1, to, Send(Content((Span(said.text),), author="Otter")), key=f"{at:024x}")
        sends.append(asyncio.create_task(adapter.deliver(delivery)))
    await asyncio.gather(*sends)
    return MESSAGES / (loop.time() - started), time.process_time() - cpu


async def main() -> None:
    here = asyncio.subprocess.PIPE
    platform = await asyncio.create_subprocess_exec(
        sys.executable, __file__, "fake", stdin=here, stdout=here, limit=1 << 20
    )
    assert platform.stdin is not None
    assert platform.stdout is not None
    about = json.loads(await platform.stdout.readline())
    settings = about["settings"] | {"per_second": "49.1"}

    async def order(words: str) -> dict[str, int]:
        assert platform.stdin is not None
        assert platform.stdout is not None
        platform.stdin.write(f"{words}\n".encode())
        outcome: dict[str, int] = json.loads(await platform.stdout.readline())
        return outcome

    inbox, adapter = Relay([]), create(settings)
    running = asyncio.create_task(adapter.run(inbox, COMMANDS, Library()))
    await asyncio.sleep(2)  # connected, with nobody to read back yet
    inbox.people = about["people"]
    cpu = time.process_time()
    await order("talk")
    await until(lambda: len(inbox.said) == MESSAGES)
    received = time.process_time() - cpu
    await asyncio.sleep(1.5)
    rate, sent = await relay(adapter, inbox)
    refused = (await order("count"))["refused"]
    running.cancel()
    await asyncio.wait({running})

    await order("miss")
    inbox = Relay(about["people"])
    started = time.monotonic()
    running = asyncio.create_task(create(settings).run(inbox, COMMANDS, Library()))
    await until(lambda: len(inbox.said) >= DIRECTS)
    took = time.monotonic() - started
    late = (await order("count"))["refused"] - refused
    running.cancel()
    await asyncio.wait({running})
    platform.stdin.close()
    await platform.wait()
    figures = {
        "benchmark": "discord",
        "useful_per_second": round(rate, 2),
        "refused": refused,
        "cpu_ms": round((received + sent) / MESSAGES * 1000, 2),
        "backfill_directs": DIRECTS,
        "backfill_seconds": round(took, 1),
        "backfill_refused": late,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    asyncio.run(fake() if sys.argv[1:] == ["fake"] else main())
