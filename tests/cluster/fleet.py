"""Several real processes of one house on a PostgreSQL of its own, with people at both wire fakes, and their trouble.

Each process is `python -m buddybot run` with the same settings; whoever has the lease on an account serves it.
"""

import asyncio
import random  # noqa: TID251 - the moments are seeded
import secrets
import signal
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from time import monotonic

import psycopg

from tests.cluster import leavers
from tests.cluster.leavers import Leaver, spread
from tests.discord.wire import open_wire
from tests.stories.wires import OnDiscord, OnTelegram, Process, Talker, meet, numbers, on_discord, on_telegram, until
from tests.telegram.wire import FakeTelegram

UNHEARD = 15
"""Notes that somebody writes before the first of them arrived: more at once would be a flood, and be refused."""
TROUBLES = ("kill", "connections", "kill", "pause", "kill")


class Member(Process):
    """One process of the house; it can be killed, paused, and started again."""

    async def begun(self) -> None:
        """Start it where it does not run."""
        if self._process is None or self._process.returncode is not None:
            await self.start()

    def pause(self) -> None:
        """Let it stand still, with all that it holds."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on as if nothing had been."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)


@dataclass
class Account:
    """Who serves a bot account, and since when."""

    owner: str | None = None
    epoch: int = 0


@dataclass
class Fleet:
    """The processes, the people, and what became of what they wrote."""

    database: str
    keys: str
    members: list[Member]
    pairs: list[tuple[Talker, str, Talker]] = field(default_factory=list)
    said: Counter[str] = field(default_factory=Counter)
    taken_over: list[float] = field(default_factory=list)
    leavers: list[Leaver] = field(default_factory=list)

    async def write(self, who: Talker, name: str, reader: Talker) -> None:
        """Write on, whether or not anybody listens; as fast as the flood limits let a person."""
        while True:
            while self.said[name] - len({number for number, _ in numbers(reader, name)}) >= UNHEARD:  # noqa: ASYNC110
                await asyncio.sleep(0.1)
            self.said[name] += 1
            await who.says(f"{name} saw bird {self.said[name]}")
            await asyncio.sleep(1 if self.said[name] > 30 else 0.3)

    def all_there(self) -> bool:
        """Return whether everything that was written has arrived."""
        return all(
            {number for number, _ in numbers(reader, name)} >= set(range(1, self.said[name] + 1))
            for _, name, reader in self.pairs
        )

    def arrived(self) -> int:
        """Return how many notes are on screens."""
        return sum(len(numbers(reader, name)) for _, name, reader in self.pairs)

    def judged(self) -> dict[str, int]:
        """Return what was lost, doubled without a word, marked as a possible repeat, and out of order."""
        found = Counter[str](lost=0, doubled=0, marked=0, disordered=0)
        for _, name, reader in self.pairs:
            arrived = numbers(reader, name)
            plain = [number for number, marked in arrived if not marked]
            found["notes"] += self.said[name]
            found["lost"] += len(set(range(1, self.said[name] + 1)) - {number for number, _ in arrived})
            found["doubled"] += len(plain) - len(set(plain))
            found["marked"] += sum(marked for _, marked in arrived)
            first = list(dict.fromkeys(number for number, _ in arrived))
            found["disordered"] += sum(one > two for one, two in pairwise(first))
        return dict(found) | leavers.judged(self.leavers, self.database, self.keys)

    async def gone(self) -> None:
        """Wait until whoever left is forgotten, and both they and their buddy have heard so; what is not is judged."""
        with suppress(AssertionError):
            await until(
                lambda: all(leavers.judged(self.leavers, self.database, self.keys)[one] == 0 for one in leavers.AWAITED)
            )

    def owners(self) -> dict[str, Account]:
        """Return who has which lease, as the database has it."""
        with psycopg.connect(self.database, autocommit=True) as server:
            rows = server.execute("SELECT name, owner, epoch FROM lease").fetchall()
        return {name: Account(owner, epoch) for name, owner, epoch in rows}

    async def served(self) -> None:
        """Wait until everything is somebody's, and every process is there."""
        await until(lambda: len(self._living()) == len(self.members), self.members[0].log)
        await until(self._all_served, self.members[0].log)

    def _all_served(self) -> bool:
        owners = self.owners()
        return len(owners) >= 4 and all(one.owner is not None for one in owners.values())

    async def hears_on(self) -> None:
        """Wait until something new has arrived: whatever stood still goes on."""
        before = self.arrived()
        await until(lambda: self.arrived() > before, self.members[0].log)

    async def trouble(self, kind: str, chance: random.Random) -> None:
        """Let something go wrong, and be mended a moment later."""
        busy = [one for name, held in self.owners().items() if (one := self._holder(name, held)) is not None]
        member = chance.choice([*busy, *self.members])
        match kind:
            case "kill":
                await until(lambda: len(self._living()) == len(self.members), member.log)
                before, began = self.owners(), monotonic()
                await member.kill()
                await self._taken_over(before, began)
                await member.begun()
            case "pause":
                member.pause()
                await asyncio.sleep(chance.uniform(1.0, 5.0))
                member.resume()
            case _:
                with psycopg.connect(self.database, autocommit=True) as server:
                    server.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        " WHERE datname = current_database() AND pid <> pg_backend_pid() AND random() < 0.5"
                    )

    def _holder(self, name: str, held: Account) -> Member | None:
        """Return whose log says that it has this lease."""
        line = f"has the lease {name!r} from now on (number {held.epoch})"
        return next((one for one in self.members if line in one.log.read_text()), None)

    async def _taken_over(self, before: Mapping[str, Account], began: float) -> None:
        """Note how long it takes until whatever the killed process had is somebody's again."""
        await until(lambda: len(self._living()) < len(self.members), self.members[0].log)
        lost = {name for name, one in before.items() if self.owners()[name].owner != one.owner}
        await until(lambda: all(self.owners()[name].owner is not None for name in lost), self.members[0].log)
        if lost:
            self.taken_over.append(monotonic() - began)

    def _living(self) -> set[str]:
        with psycopg.connect(self.database, autocommit=True) as server:
            return {row[0] for row in server.execute("SELECT id FROM process").fetchall()}


@contextmanager
def two_databases(server: str) -> Iterator[tuple[str, str]]:
    """Make a database for the house and one for its keys."""
    name = f"fleet_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        for one in (name, f"{name}_keys"):
            connection.execute(f"CREATE DATABASE {one}".encode())
        yield server.replace("/postgres?", f"/{name}?"), server.replace("/postgres?", f"/{name}_keys?")
        for one in (name, f"{name}_keys"):
            connection.execute(f"DROP DATABASE {one} WITH (FORCE)".encode())


@asynccontextmanager
async def fleet(
    folder: Path, server: str, size: int, *, lease: float, pairs: int = 1, leaving: int = 1
) -> AsyncIterator[Fleet]:
    """Run so many processes, with people who have met and talk across platforms, and others who will leave."""
    with two_databases(server) as (database, keys):
        async with open_wire() as wire, FakeTelegram() as fake:
            operator = secrets.token_hex(32)
            members = []
            for number in range(size):
                home = folder / f"process{number}"
                home.mkdir(parents=True)
                settings = {
                    **on_discord(wire),
                    **on_telegram(fake),
                    "BUDDYBOT_STORE__URL": database,
                    "BUDDYBOT_STORE__KEYS": keys,
                    "BUDDYBOT_STORE__SHARED": "true",
                    "BUDDYBOT_STORE__LEASE_SECONDS": str(lease),
                    "BUDDYBOT_OPERATOR_KEY": operator,
                    "BUDDYBOT_SCREENING__SECOND_OPINION_MS": "0",
                }
                members.append(Member(home, settings))
            made = Fleet(database, keys, members)
            try:
                await members[0].begun()
                await until(lambda: wire.sessions.all, members[0].log)
                for other in members[1:]:
                    await other.begun()
                for number in range(pairs):
                    ann, ben = f"ann{number}", f"ben{number}"
                    one, two = OnDiscord(wire, ann), OnTelegram(fake, ben)
                    await meet(one, two)
                    made.pairs += [(one, ann, two), (two, ben, one)]
                for number in range(leaving):
                    one, two = OnDiscord(wire, f"cat{number}"), OnTelegram(fake, f"dan{number}")
                    made.leavers.append(await leaver(database, *((one, two) if number % 2 else (two, one))))
                yield made
            finally:
                for member in members:
                    await member.end()


async def leaver(database: str, who: Talker, buddy: Talker) -> Leaver:
    """Bring two people together of whom the first will leave."""
    before = leavers.members(database)
    await meet(who, buddy)
    await leavers.talked(who, buddy)
    return Leaver(who, buddy, next(one for one in leavers.members(database) if one not in before))


async def suffered(town: Fleet, times: int, seed: int = 11, troubles: Sequence[str] = TROUBLES) -> dict[str, object]:
    """Let people talk, and some erase themselves, while things go wrong so often; return the figures.

    Those who leave are spread over all of it, each beside another kind of trouble than the one before.
    """
    chance = random.Random(seed)
    kinds = Counter[str]()
    await town.served()
    writing = [asyncio.create_task(town.write(*pair)) for pair in town.pairs]
    erasing = list[asyncio.Task[None]]()
    try:
        for number in range(times):
            kind = troubles[number % len(troubles)]
            kinds[kind] += 1
            await town.hears_on()
            await asyncio.sleep(chance.uniform(0, 0.4))
            assert not any(task.done() for task in writing)  # somebody who can't write is a fault of the test
            while len(erasing) < len(town.leavers) and number >= _begins(len(erasing), town, times):
                erasing.append(asyncio.create_task(town.leavers[len(erasing)].erases(town.keys)))
            await town.trouble(kind, chance)
        await asyncio.gather(*erasing)
    finally:
        for task in (*writing, *erasing):
            task.cancel()
        await asyncio.gather(*writing, return_exceptions=True)
    await until(town.all_there, town.members[0].log)
    await town.gone()
    return {
        "processes": len(town.members),
        "troubles": dict(kinds),
        **town.judged(),
        "take_over_s": spread(town.taken_over),
        "told_s": spread(one.told_after for one in town.leavers),
    }


def _begins(leaver: int, town: Fleet, times: int) -> int:
    """Return beside which trouble this one leaves."""
    return min(leaver * times // len(town.leavers) + leaver % len(TROUBLES), times - 1)
