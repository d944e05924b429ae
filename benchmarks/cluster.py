"""Durable relayed notes a second of a house of 1, 2 and 4 processes on one PostgreSQL, beside what its disk can sync.

`python -m benchmarks.cluster [--processes 1 2 4] [--rooms 64] [--seconds 10]`. Each process serves a bot account of its
own, in memory, and its share of the rooms; the server and all of them run on this machine, with `fsync` on. A note
counts when it was committed, shown and settled. `cpu_ms` is what the processes used for a note, the server's part
aside; `retried` is the share of their transactions that met another process's and were tried again. On two cores more
processes can only show what sharing costs, not what more machines bring. Prints one line of JSON.
"""

import argparse
import asyncio
import json
import secrets
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path

import psycopg

from benchmarks.relay import probe
from buddybot.adapter import Address, Capabilities, Command, Delivery, Inbox, Reads
from buddybot.config.tables import StoreSettings
from buddybot.domain.kernel.ids import MemberId, RoomId
from buddybot.domain.kernel.messages import MessageId, Origin, Said, Send, Voice
from buddybot.domain.people.members import Member, Stage
from buddybot.domain.talk.rooms import Room, RoomKind, Seat
from buddybot.runtime.engine import AdapterInbox
from buddybot.runtime.house import House
from buddybot.runtime.storage.opening import open_store
from buddybot.runtime.world import system_world
from buddybot.service.kernel.turn import Turn
from buddybot.testing import practice_book
from tests.store.fixtures import own_server


class Account:
    """A bot account that takes whatever it is given, and counts notes."""

    def __init__(self, name: str) -> None:
        self.platform, self.identity, self.capabilities = name, "main", Capabilities()
        self.arrived, self._ids = 0, count()
        self.served, self.done, self.wanted = asyncio.Event(), asyncio.Event(), 0

    async def run(self, inbox: Inbox, commands: tuple[Command, ...], reads: Reads) -> None:  # noqa: ARG002 - protocol
        """Serve nobody."""
        self.served.set()
        await asyncio.get_running_loop().create_future()

    async def takes(self, notes: int) -> None:
        """Wait until so many have come."""
        self.wanted = notes
        if self.arrived < notes:
            await self.done.wait()

    async def deliver(self, delivery: Delivery) -> MessageId:
        """Count it."""
        if isinstance(delivery.effect, Send) and delivery.effect.content.voice is Voice.MEMBER:
            self.arrived += 1
            if self.arrived == self.wanted:
                self.done.set()
        return delivery.message or MessageId(f"d{next(self._ids)}")


def settled(turn: Turn, platform: str, rooms: int) -> list[tuple[Address, Address]]:
    """Let so many pairs have met."""
    first, second = turn.book.aliases
    found = list[tuple[Address, Address]]()
    for room in range(rooms):
        ids = [MemberId(f"{platform}-{room}-{seat}") for seat in "ab"]
        pair = tuple(Address(platform, "main", f"account-of-{one}") for one in ids)
        for one, address in zip(ids, pair, strict=True):
            turn.tx.members.add(Member(one, Stage.HOME, "en", turn.now, turn.now, consent="1"), address)
        seats = tuple(Seat(one, f"{first[at]} {second[room % len(second)]}") for at, one in enumerate(ids))
        turn.tx.rooms.add(Room(RoomId(f"{platform}-room-{room}"), RoomKind.PAIR, seats, turn.now))
        found.append((pair[0], pair[1]))
    return found


async def work(options: argparse.Namespace) -> None:
    """Be one process: say when all is ready, talk when told to, say what came of it."""
    name = f"bench{options.worker}"
    # Nobody writes like this: the pace is counted as for anyone, but never runs out.
    book = practice_book(lambda one: replace(one, floods=replace(one.floods, burst=10_000_000)))
    with tempfile.TemporaryDirectory() as folder:
        settings = StoreSettings(
            url=options.url, keys=Path(folder), key_server=options.keys, backups=Path(folder), shared=True
        )
        store = await open_store(settings, system_world().now(), options.operator)
        assert store.membership is not None
        account = Account(name)
        house = House(store, system_world(store.membership.skew.corrected), book, {name: account})
        running = asyncio.create_task(house.run())
        await account.served.wait()
        pairs = await store.write(lambda tx: settled(house.engine.turn(tx), name, options.rooms))
        say("ready")
        await asyncio.to_thread(sys.stdin.readline)
        say(json.dumps(await talk(house, account, pairs, options.seconds)))
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        await store.close()


async def talk(
    house: House, account: Account, pairs: list[tuple[Address, Address]], seconds: float
) -> dict[str, float]:
    """Have all pairs talk for so long; return the figures."""
    door, number = AdapterInbox(house.engine, account.platform), count()
    end = time.perf_counter() + seconds

    async def chat(pair: tuple[Address, Address]) -> None:
        for turn in count():
            if time.perf_counter() > end:
                return
            event = f"{account.platform}-{next(number)}"
            await door.put(Said(Origin(event, pair[turn % 2]), "how was your day? mine was long", MessageId(event)))

    begun, used = time.perf_counter(), time.process_time()
    await asyncio.gather(*(chat(pair) for pair in pairs))
    said = next(number)
    await account.takes(said)
    took, used = time.perf_counter() - begun, time.process_time() - used
    assert house.store.turnstile is not None
    return {
        "notes": said,
        "seconds": took,
        "cpu": used,
        "transactions": house.store.turnstile.begun,
        "retried": house.store.turnstile.retried,
    }


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def house_of(processes: int, server: str, options: argparse.Namespace) -> dict[str, float]:
    """Return the figures of a house of so many processes."""
    name, operator = f"bench_{secrets.token_hex(4)}", secrets.token_hex(32)
    with psycopg.connect(server, autocommit=True) as connection:
        for one in (name, f"{name}_keys"):
            connection.execute(f"CREATE DATABASE {one}".encode())
    url, keys = (server.replace("/postgres?", f"/{one}?") for one in (name, f"{name}_keys"))
    workers = list[asyncio.subprocess.Process]()
    for number in range(processes):
        given = {"worker": number, "url": url, "keys": keys, "operator": operator, "seconds": options.seconds}
        arguments = [text for key, value in given.items() for text in (f"--{key}", str(value))]
        workers.append(
            await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "benchmarks.cluster", *arguments),
                *("--rooms", str(options.rooms // processes)),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
            )
        )
        await told(workers[-1], "ready")
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write(b"go\n")
    found = [json.loads(await told(worker, "{")) for worker in workers]
    for worker in workers:
        await worker.wait()
    notes = sum(one["notes"] for one in found)
    return {
        "per_s": round(notes / max(one["seconds"] for one in found)),
        "retried": round(sum(one["retried"] for one in found) / sum(one["transactions"] for one in found), 3),
        "cpu_ms": round(1000 * sum(one["cpu"] for one in found) / notes, 2),
    }


async def told(worker: asyncio.subprocess.Process, begins: str) -> str:
    """Return the next line of a process that begins so."""
    assert worker.stdout is not None
    while line := (await worker.stdout.readline()).decode():
        if line.startswith(begins):
            return line
    raise RuntimeError("a process ended too early")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--rooms", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=10)
    for name in ("worker", "url", "keys", "operator"):
        parser.add_argument(f"--{name}", default="")
    options = parser.parse_args()
    if options.worker:
        asyncio.run(work(options))
        return
    with tempfile.TemporaryDirectory() as folder, own_server(durable=True) as server:
        before = probe(Path(folder))
        figures = {f"processes_{one}": asyncio.run(house_of(one, server, options)) for one in options.processes}
    print(json.dumps({"benchmark": "cluster", "probe_per_s": round(before["rate"]), "rooms": options.rooms, **figures}))


if __name__ == "__main__":
    main()
