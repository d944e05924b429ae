"""People who erase themselves while processes are killed, and what is looked for of them in both databases.

When somebody is told that it is done, the key server says at that moment whether a process that counts as living has
not yet acknowledged that it dropped the key from its memory.
"""

import asyncio
import logging
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from time import monotonic

import psycopg
from psycopg import sql

from buddybot.store.kernel.keys import member_name
from tests.stories.wires import PATIENCE, REPEAT, Talker, reads, until

KINDLY, DONE = "has moved on. Endings can sting. I'm here.", "I no longer know you"
LOOK = 0.005
log = logging.getLogger(__name__)
AWAITED = ("not_erased", "untold", "addresses_left")
STEPS = (("/forget", "I can erase your answers"), ("Erase all", "Sure?"), ("Yes, erase", ""))
HELD_BACK = (
    "SELECT EXISTS (SELECT 1 FROM key WHERE name = %(key)s) OR EXISTS (SELECT 1 FROM key_forgotten f, key_holder h"
    " WHERE f.name = %(key)s AND h.heard < f.number AND h.until > clock_timestamp())"
)
"""Whether the key is there, or a process that counts as living has not said yet that it forgot it."""


@dataclass
class Leaver:
    """Somebody who erases themselves, and the buddy they had."""

    who: Talker
    buddy: Talker
    member: str
    too_early: bool = False
    told_after: float = 0.0

    async def erases(self, keys: str) -> None:
        """Type what erases them, whether or not anybody listens; watch the key server at the moment they are told."""
        for typed, answer in STEPS:
            await self.who.says(typed)
            if answer and not await self._reads(answer):
                return
        began = monotonic()
        await self.buddy.says("are you still there?")
        await self._told(keys)
        self.told_after = monotonic() - began

    async def _reads(self, words: str) -> bool:
        """Wait for what belongs to the last step; return whether it came."""
        with suppress(AssertionError):
            await until(lambda: any(words in text for text in self.who.sees()[-4:]))
            return True
        log.error("%s did not read %r, and sees %s", type(self.who).__name__, words, self.who.sees()[-5:])
        return False

    async def _told(self, keys: str) -> None:
        with closing(await connected(keys)) as server:
            try:
                async with asyncio.timeout(PATIENCE):
                    while not heard(self.who, DONE):
                        await asyncio.sleep(LOOK)
            except TimeoutError:
                log.error("%s was not told, and sees %s", type(self.who).__name__, self.who.sees()[-4:])
                return
            with suppress(psycopg.OperationalError):
                self.too_early = self._held_back(server)
                return
        with closing(await connected(keys)) as server:  # the key server was away meanwhile
            self.too_early = self._held_back(server)

    def _held_back(self, server: "psycopg.Connection[tuple[object, ...]]") -> bool:
        return server.execute(HELD_BACK, {"key": member_name(self.member)}).fetchone() != (False,)

    def complete(self, database: str, keys: str) -> bool:
        """Return whether nothing names them any more in either database, but in the key server's own bookkeeping."""
        return not (named(database, self.member) or named(keys, self.member))

    def faults(self) -> tuple[int, int]:
        """Return how often one of the two was not told, or told twice without a word."""
        plain = [heard(self.who, DONE), heard(self.buddy, KINDLY)]
        return (
            sum(not one for one in plain),
            sum(sum(REPEAT not in text for text in one) > 1 for one in plain),
        )


async def connected(url: str) -> "psycopg.Connection[tuple[object, ...]]":
    """Connect, as soon as the server is there."""
    while True:
        try:
            return psycopg.connect(url, autocommit=True)
        except psycopg.OperationalError:
            await asyncio.sleep(0.1)


def heard(who: Talker, words: str) -> list[str]:
    """Return the messages on their screen that hold these words, but the question that quotes them."""
    return [text for text in who.sees() if words in text and "Sure?" not in text]


def named(database: str, member: str) -> list[str]:
    """Return the tables with a row that holds this id in any column, as text or as bytes."""
    with psycopg.connect(database, autocommit=True) as server:
        tables = server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        held = sql.SQL("SELECT 1 FROM {0} one WHERE strpos(one::text, {1}) + strpos(one::text, {2}) > 0 LIMIT 1")
        words = (sql.Literal(member), sql.Literal(member.encode().hex()))
        return [name for (name,) in tables if server.execute(held.format(sql.Identifier(name), *words)).fetchone()]


def members(database: str) -> list[str]:
    """Return everybody that the house knows, those who came first first."""
    with psycopg.connect(database, autocommit=True) as server:
        return [row[0] for row in server.execute("SELECT id FROM member ORDER BY joined_at, id").fetchall()]


def farewells(database: str) -> int:
    """Return how many addresses are kept for a last word."""
    with psycopg.connect(database, autocommit=True) as server:
        return len(server.execute("SELECT 1 FROM member WHERE stage = 'farewell'").fetchall())


async def talked(who: Talker, buddy: Talker) -> None:
    """Let both say something, so that there is something of theirs."""
    for one, other in ((who, buddy), (buddy, who)):
        await one.says("good to meet you here")
        await reads(other, "good to meet you here")


def judged(leavers: Sequence[Leaver], database: str, keys: str) -> dict[str, int]:
    """Return how many are erased whole, and how many are not or were told so too early."""
    whole = sum(one.complete(database, keys) for one in leavers)
    return {
        "erased": whole,
        "not_erased": len(leavers) - whole,
        "told_too_early": sum(one.too_early for one in leavers),
        "addresses_left": farewells(database),
        "untold": sum(one.faults()[0] for one in leavers),
        "told_twice": sum(one.faults()[1] for one in leavers),
    }


def spread(seconds: Iterable[float]) -> dict[str, float]:
    """Return the middle one and the last."""
    found = sorted(seconds)
    return {"median": round(found[len(found) // 2], 1), "most": round(found[-1], 1)} if found else {}
