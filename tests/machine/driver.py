"""A whole bot driven step by step from synchronous code: started, cut off, moved in time, and damaged on purpose."""

from __future__ import annotations

import asyncio
import copy
import logging
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from buddybot.adapter import Away, Rejected, RetryLater, Unreachable
from buddybot.domain.kernel.messages import MessageId, Origin, Said
from buddybot.service.kernel.book import Book
from buddybot.store.tx import Tx
from buddybot.testing import Clock, FakePlatform, Person, TestBot, practice_book, running

T = TypeVar("T")
BOOK: list[Book] = []
TROUBLES = {
    "away": Away(),
    "limited": RetryLater(20),
    "lost answer": RetryLater(unknown=True),
    "refused": Rejected("the message is too long"),
    "unreachable": Unreachable(),
    "a bug": ZeroDivisionError(),
}
SEALED = (("outbox", "sealed"), ("receipt", "sealed"), ("seat", "alias"), ("question", "sealed"), ("flow", "sealed"))
"""Where else than in a member's record a bit may flip."""
MEMORY = Path("/dev/shm")  # noqa: S108 - a private folder is made in it; what a crash leaves is copied there faster


def the_book() -> Book:
    """Return the shipped content, read once a process."""
    if not BOOK:
        BOOK.append(practice_book())
    return BOOK[0]


def new_folder() -> Path:
    """Return a folder that is gone after a reboot at the latest."""
    return Path(tempfile.mkdtemp(prefix="buddybot-", dir=MEMORY if MEMORY.is_dir() else None))


@dataclass(frozen=True, slots=True)
class Beginning:
    """A bot at rest that others may begin from: its files, what its people see, and when that was."""

    folder: Path
    platform: FakePlatform
    at: datetime
    starts: int


class Driver:
    """One bot on a folder that outlives every crash, and the platform where its people are."""

    def __init__(self, beginning: Beginning | None = None) -> None:
        logging.disable(logging.CRITICAL)
        self.loop = asyncio.new_event_loop()
        self.root = new_folder()
        self.platform, self.clock, self.starts = FakePlatform(), Clock(), 0
        self.folder = self.root / "0"
        if beginning is None:
            self.folder.mkdir()
        else:
            shutil.copytree(beginning.folder, self.folder)
            self.platform, self.starts = copy.deepcopy(beginning.platform), beginning.starts
            self.clock.at = beginning.at
        self._open: AbstractAsyncContextManager[TestBot] | None = None
        self.damaged: dict[str, tuple[str, bytes]] = {}
        """Whose sealed row was damaged, with the row's id and what stood there."""
        self.start()

    def do(self, work: Coroutine[object, object, T]) -> T:
        """Carry out something of the bot's."""
        return self.loop.run_until_complete(work)

    def read(self, query: Callable[[Tx], T]) -> T:
        """Look into the store."""
        return self.do(self.bot.house.store.read(query))

    # ── Starting and ending ─────────────────────────────────────────────────────────────

    def start(self) -> None:
        """Start on what the folder holds."""
        self.starts += 1
        self._open = running(self.folder, book=the_book(), platform=self.platform, clock=self.clock, seed=self.starts)
        self.bot = self.do(self._open.__aenter__())

    def kept(self) -> Beginning:
        """Stop, and return what others may begin from."""
        self.stop()
        self.loop.close()
        return Beginning(self.folder, self.platform, self.clock.at, self.starts)

    def stop(self) -> None:
        """Stop in good order."""
        if self._open is not None:
            self.do(self._open.__aexit__(None, None, None))
            self._open = None

    def lose_power(self) -> None:
        """Go on from what is on the disk at this moment, whatever the process was doing; the old one is forgotten.

        It has to be ended all the same: what it still shows until then is shown on a platform that nobody looks at.
        """
        after = self.root / str(self.starts)
        shutil.copytree(self.folder, after)
        self.platform = copy.deepcopy(self.platform)
        self.stop()
        self.folder = after
        self.start()

    def end(self) -> None:
        """Stop for good, and leave nothing behind."""
        self.stop()
        self.loop.close()
        shutil.rmtree(self.root)
        logging.disable(logging.NOTSET)

    # ── People ──────────────────────────────────────────────────────────────────────────

    def person(self, name: str) -> Person:
        """Return somebody whom their platform knows by a name that no other may ever see."""
        found = self.bot.person(name, names=(f"user-{name}",))
        found.bot = self.bot
        return found

    def hear(self, name: str) -> None:
        """Let the trouble of this person's platform pass, since they are about to press what they see."""
        if self.platform.recovers(self.person(name).address.account):
            self.wait(minutes=1)

    def stumble(self, name: str, trouble: str) -> None:
        """Let the next delivery to them fail."""
        self.platform.fails(self.person(name).address.account, TROUBLES[trouble])

    def say_and_lose_power(self, name: str, text: str) -> MessageId:
        """Write a note, and cut the bot off as soon as it acknowledged: what it sends meanwhile is not noted down."""
        person = self.person(name)
        number = self.platform.next_id()
        message = MessageId(f"{name}-{number}")
        self.do(self.bot.door.put(Said(Origin(number, person.address, "en", person.names), text, message)))
        self.lose_power()
        self.wait(minutes=1)
        return message

    # ── Time ────────────────────────────────────────────────────────────────────────────

    def wait(self, **span: float) -> None:
        """Let time pass, and do what comes due."""
        self.do(self.bot.wait(**span))

    def jump(self, span: timedelta) -> None:
        """Set the clock wrong for one tick, and right again."""
        right = self.clock.at
        self.clock.at = right + span
        self.do(self.bot.tick())
        self.clock.at = right
        self.do(self.bot.tick())

    # ── Damage ──────────────────────────────────────────────────────────────────────────

    def damage(self, name: str) -> None:
        """Flip a bit in what is sealed of one member, as a bad sector does."""
        member = self.read(lambda tx: tx.members.by_address(self.person(name).address))
        if member is None or name in self.damaged:
            return
        self.stop()
        with self._database() as database:
            sealed = database.execute("SELECT private FROM member WHERE id = ?", (member.id,)).fetchone()[0]
            broken = sealed[:-1] + bytes((sealed[-1] ^ 1,))
            database.execute("UPDATE member SET private = ? WHERE id = ?", (broken, member.id))
            database.commit()
        self.damaged[name] = (member.id, sealed)
        self.start()

    def flip(self, place: tuple[str, str], pick: int) -> bool:
        """Flip a bit in some other sealed value, for good; return whether there was any."""
        table, column = place

        def damage(tx: Tx) -> bool:
            rows = tx.db.rows(f"SELECT {column} FROM {table} WHERE length({column}) > 20")
            if not rows:
                return False
            sealed = bytes(rows[pick % len(rows)][0])
            broken = sealed[:-1] + bytes((sealed[-1] ^ 1,))
            tx.db.run(f"UPDATE {table} SET {column} = :new WHERE {column} = :old", new=broken, old=sealed)
            return True

        return self.do(self.bot.house.store.write(damage))

    def repair(self) -> None:
        """Put back what was damaged."""
        if not self.damaged:
            return
        self.stop()
        with self._database() as database:
            for member, sealed in self.damaged.values():
                database.execute("UPDATE member SET private = ? WHERE id = ?", (sealed, member))
            database.commit()
        self.damaged.clear()
        self.start()

    def _database(self) -> sqlite3.Connection:
        return sqlite3.connect(self.folder / "bot.db")
