"""Several real processes of one house on PostgreSQL, with people at both wire fakes and at the page.

Each process is `python -m buddybot run` with the same settings; whoever has the lease on an account serves it, and all
of them serve the page.
"""

import asyncio
import logging
import secrets
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import psycopg

from tests.cluster import leavers
from tests.cluster.leavers import Leaver
from tests.cluster.member import Member
from tests.cluster.on_page import on_page
from tests.cluster.servers import Ground
from tests.discord.wire import Wire, open_wire
from tests.round_robin import RoundRobin, round_robin
from tests.stories.wires import OnDiscord, OnTelegram, Talker, meet, numbers, on_discord, on_telegram, until
from tests.telegram.wire import FakeTelegram

log = logging.getLogger(__name__)
UNHEARD = 15
"""Notes that somebody writes before the first of them arrived: more at once would be a flood, and be refused."""


@dataclass
class Account:
    """Who serves a bot account, and since when."""

    owner: str | None = None
    epoch: int = 0


@dataclass
class Fleet:
    """The processes, the people, and what became of what they wrote."""

    ground: Ground
    members: list[Member]
    settings: dict[str, str]
    folder: Path
    pairs: list[tuple[Talker, str, Talker]] = field(default_factory=list)
    said: Counter[str] = field(default_factory=Counter)
    taken_over: list[float] = field(default_factory=list)
    went_on: dict[str, list[float]] = field(default_factory=dict)
    """How long it took until something new arrived after each trouble, by its kind."""
    leavers: list[Leaver] = field(default_factory=list)
    over: bool = False
    """Whether nobody writes any more."""

    async def write(self, who: Talker, name: str, reader: Talker) -> None:
        """Write on until it is over, whether or not anybody listens; as fast as the flood limits let a person.

        A note that was begun is sent: one that is broken off would count as lost.
        """
        while not self.over:
            if self.said[name] - len({number for number, _ in numbers(reader, name)}) >= UNHEARD:
                await asyncio.sleep(0.1)
                continue
            self.said[name] += 1
            await who.says(f"{name} saw bird {self.said[name]}")
            await asyncio.sleep(1 if self.said[name] > 30 else 0.3)

    def erasing(self, number: int) -> asyncio.Task[None]:
        """Let one of those who leave begin to."""
        return asyncio.create_task(self.leavers[number].erases(self.ground.seen_keys))

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
            if len(plain) > len(set(plain)):
                twice = [number for number, count in Counter(plain).items() if count > 1]
                log.error("%s saw %s of %s twice: %s", type(reader).__name__, twice, name, arrived)
            lost = set(range(1, self.said[name] + 1)) - {number for number, _ in arrived}
            if lost:
                log.error("%s saw nothing of %s by %s", type(reader).__name__, sorted(lost), name)
            found["notes"] += self.said[name]
            found["lost"] += len(lost)
            found["doubled"] += len(plain) - len(set(plain))
            found["marked"] += sum(marked for _, marked in arrived)
            first = list(dict.fromkeys(number for number, _ in arrived))
            found["disordered"] += sum(one > two for one, two in pairwise(first))
        return dict(found) | leavers.judged(self.leavers, self.ground.seen, self.ground.seen_keys)

    async def done(self) -> None:
        """Wait until every note is there, and whoever left is forgotten and has heard so; what is not is judged."""
        with suppress(AssertionError):
            await until(self.all_there)
        with suppress(AssertionError):
            await until(lambda: not any(self.judged()[one] for one in leavers.AWAITED))

    def owners(self) -> dict[str, Account]:
        """Return who has which lease, as the database has it."""
        with psycopg.connect(self.ground.seen, autocommit=True) as server:
            rows = server.execute("SELECT name, owner, epoch FROM lease").fetchall()
        return {name: Account(owner, epoch) for name, owner, epoch in rows}

    async def served(self) -> None:
        """Wait until everything is somebody's, and every process is there."""
        await until(lambda: len(self.living()) == len(self.members), self.members[0].log)
        await until(self._all_served, self.members[0].log)

    def _all_served(self) -> bool:
        owners = self.owners()
        return len(owners) >= 4 and all(one.owner is not None for one in owners.values())

    async def hears_on(self) -> None:
        """Wait until something new has arrived: whatever stood still goes on."""
        before = self.arrived()
        await until(lambda: self.arrived() > before, self.members[0].log)

    def holder(self, name: str, held: Account) -> Member | None:
        """Return whose log says that it has this lease."""
        line = f"has the lease {name!r} from now on (number {held.epoch})"
        return next((one for one in self.members if line in one.log.read_text()), None)

    def living(self) -> set[str]:
        """Return which processes the database counts as living."""
        with psycopg.connect(self.ground.seen, autocommit=True) as server:
            return {row[0] for row in server.execute("SELECT id FROM process").fetchall()}

    def another(self, name: str, **settings: str) -> Member:
        """Return one more process with the settings of all, but for some."""
        home = self.folder / name
        home.mkdir(parents=True, exist_ok=True)
        return Member(home, {**self.settings, **settings})


async def keep_ports(door: RoundRobin, members: list[Member]) -> None:
    """Let people come in at every process that runs."""
    while True:
        door.ports[:] = [port for one in members if (port := one.port()) is not None]
        await asyncio.sleep(0.1)


def shared_settings(ground: Ground, lease: float) -> dict[str, str]:
    """Return what each process of a house is told."""
    return {
        "BUDDYBOT_STORE__URL": ground.database,
        "BUDDYBOT_STORE__KEYS": ground.keys,
        "BUDDYBOT_STORE__SHARED": "true",
        "BUDDYBOT_STORE__LEASE_SECONDS": str(lease),
        "BUDDYBOT_OPERATOR_KEY": secrets.token_hex(32),
        "BUDDYBOT_SCREENING__SECOND_OPINION_MS": "0",
    }


@dataclass
class Platforms:
    """Where people are: both fakes, and the page where this house has one."""

    wire: Wire
    fake: FakeTelegram
    door: RoundRobin | None
    stack: AsyncExitStack

    async def two(self, number: int, names: tuple[str, str]) -> tuple[Talker, Talker]:
        """Return two people on different platforms, each time another two."""
        one, two = names
        if self.door is None or number % 3 == 0:
            return OnDiscord(self.wire, one), OnTelegram(self.fake, two)
        page = await self.stack.enter_async_context(on_page(self.door.url))
        return (page, OnTelegram(self.fake, two)) if number % 3 == 1 else (OnDiscord(self.wire, one), page)


@asynccontextmanager
async def fleet(
    folder: Path,
    ground: Ground,
    size: int,
    *,
    lease: float,
    pairs: int = 1,
    leaving: int = 1,
    page: bool = False,
    old: Path | None = None,
    off: int = 0,
) -> AsyncIterator[Fleet]:
    """Run so many processes, with people who have met and talk across platforms, and others who will leave.

    All of them begin as the version in `old`; the clock of the last one's machine is `off` by so many seconds.
    """
    async with AsyncExitStack() as stack:
        wire, fake = await stack.enter_async_context(open_wire()), await stack.enter_async_context(FakeTelegram())
        door = await stack.enter_async_context(round_robin()) if page else None
        settings = {**on_discord(wire), **on_telegram(fake), **shared_settings(ground, lease)}
        made = Fleet(ground, [], settings | ({"BUDDYBOT_ADAPTERS__WEB__PORT": "0"} if page else {}), folder)
        made.members += [made.another(f"process{number}") for number in range(size)]
        for member in made.members:
            member.is_of(old)
        if off:
            made.members[-1].is_off_by(off)
        places = Platforms(wire, fake, door, stack)
        keeping = [] if door is None else [asyncio.create_task(keep_ports(door, made.members))]
        try:
            await made.members[0].begun()
            await until(lambda: wire.sessions.all, made.members[0].log)
            for other in made.members[1:]:
                await other.begun()
            for number in range(pairs):
                ann, ben = f"ann{number}", f"ben{number}"
                one, two = await places.two(number, (ann, ben))
                await meet(one, two)
                made.pairs += [(one, ann, two), (two, ben, one)]
            for number in range(leaving):
                one, two = await places.two(number, (f"cat{number}", f"dan{number}"))
                made.leavers.append(await leaver(ground.seen, *((one, two) if number % 2 else (two, one))))
            yield made
        finally:
            for task in keeping:
                task.cancel()
            for member in made.members:
                await member.end()


async def leaver(database: str, who: Talker, buddy: Talker) -> Leaver:
    """Bring two people together of whom the first will leave."""
    before = leavers.members(database)
    await meet(who, buddy)
    await leavers.talked(who, buddy)
    return Leaver(who, buddy, next(one for one in leavers.members(database) if one not in before))
