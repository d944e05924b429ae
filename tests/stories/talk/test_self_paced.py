"""People come back after days: what they were sent waits for them, and not a day longer than the operator lets it."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from buddybot.adapter import Away, Passage
from buddybot.config import Settings
from buddybot.config.tables import DeliverySettings
from buddybot.content.files import content_dir
from buddybot.content.library import load_book
from buddybot.domain.kernel.ids import MemberId
from buddybot.service.kernel.book import Book, Retention
from buddybot.service.talk.rooms import MOST_WAITING
from buddybot.store.tx import Tx
from buddybot.testing import Clock, FakePlatform, Person, TestBot, practice_book, running

ALWAYS = 500_000
STEPS = 12


def letting(days: int) -> Book:
    return practice_book(lambda book: replace(book, retention=Retention.waiting(days)))


def words(person: Person) -> list[str]:
    return [text.partition(": ")[2] for text in person.hears()]


def told(author: Person) -> int:
    return sum("did not get through" in text for text in author.sees())


async def comes_back(bot: TestBot, person: Person) -> None:
    bot.platform.recovers(person.address.account)
    bot.house.engine.awake(person.address)
    await bot.settle()


async def test_who_comes_back_after_six_days_and_a_restart_reads_everything_in_order(tmp_path: Path) -> None:
    platform, clock = FakePlatform(), Clock()
    async with running(tmp_path, platform=platform, clock=clock) as bot:
        ann, ben = await bot.pair("ann", "ben")
        platform.fails(ben.address.account, *[Away()] * ALWAYS)
        said = [await ann.says(f"day {day}") for day in range(3)]
        await bot.sleep(days=3)
    async with running(tmp_path, platform=platform, clock=clock, seed=2) as bot:
        people = {name: bot.person(name) for name in ("ann", "ben")}
        await people["ann"].says("day 3")
        await bot.sleep(days=2, hours=20)
        assert people["ann"].passage(said[0]) is Passage.PASSED_ON
        await comes_back(bot, people["ben"])
        assert words(people["ben"]) == ["day 0", "day 1", "day 2", "day 3"]
        assert told(people["ann"]) == 0


@pytest.mark.parametrize(("days", "sentence"), [(1, "waited a day and"), (3, "waited 3 days and"), (14, "14 days and")])
async def test_the_author_hears_of_what_nobody_fetched_and_how_long_it_waited(
    tmp_path: Path, days: int, sentence: str
) -> None:
    async with running(tmp_path, book=letting(days)) as bot:
        ann, ben = await bot.pair("ann", "ben")
        bot.platform.fails(ben.address.account, *[Away()] * ALWAYS)
        message = await ann.says("are you there")
        await bot.sleep(hours=24 * days - 3)
        assert told(ann) == 0
        await bot.sleep(hours=3)
        assert sentence in " ".join(ann.sees())
        assert ann.passage(message) is Passage.NOT_SENT
        await comes_back(bot, ben)
        assert words(ben) == []


async def test_a_note_that_waits_for_its_author_still_waits_a_day_only(bot: TestBot) -> None:
    ann, _ = await bot.pair("ann", "ben")
    await ann.says("call me on +1 202 555 0143")
    await bot.sleep(hours=26)
    assert any("waited a day for your answer" in text for text in ann.sees())


async def test_the_address_for_a_last_word_is_kept_for_a_day(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.joins(lane="self", now="thinking")
    bot.platform.fails(ann.address.account, *[Away()] * ALWAYS)
    await ann.says("/forget")
    await ann.sends_token("forget..all")
    await ann.sends_token("forget..yes")
    assert await rows(bot, "member WHERE stage = 'farewell'") == 1
    await bot.sleep(hours=26)
    assert await rows(bot, "member WHERE stage = 'farewell'") == 0
    assert await rows(bot, "outbox") == 0


async def rows(bot: TestBot, what: str) -> int:
    found = await bot.house.store.read(lambda tx: tx.db.row(f"SELECT COUNT(*) FROM {what}"))
    assert found is not None
    return int(found[0])


async def waits_for(bot: TestBot, person: Person, count: int) -> None:
    """Let so many notes wait for somebody: words of others, whom nobody need play."""

    def fill(tx: Tx) -> None:
        member = tx.members.by_address(person.address)
        assert member is not None
        tx.db.run("UPDATE outbox SET state = 'waiting' WHERE recipient = :who", who=member.id)
        for number in range(count):
            tx.db.run(
                "INSERT INTO outbox (recipient, place, platform, identity, rank, kind, note, state, held, attempts,"
                " created_at, due_at, sealed, key)"
                " SELECT recipient, place + :number + 1, platform, identity, rank, kind, note, state, held, 0,"
                " created_at, due_at, sealed, '' FROM outbox WHERE recipient = :who AND note IS NOT NULL"
                " ORDER BY place DESC LIMIT 1",
                who=member.id,
                number=number,
            )

    await bot.house.store.write(fill)


async def test_what_waits_for_one_person_is_bounded_and_danger_passes(bot: TestBot) -> None:
    ann, ben = await bot.pair("ann", "ben")
    bot.platform.fails(ben.address.account, *[Away()] * ALWAYS)
    await ann.says("the first")
    await waits_for(bot, ben, MOST_WAITING - 1)
    message = await ann.says("one too many")
    assert "no more fit" in ann.sees()[-1]
    assert ann.passage(message) is Passage.NOT_SENT
    cry = await ann.says("i want to kill myself tonight")
    assert ann.passage(cry) is Passage.PASSED_ON
    await comes_back(bot, ben)
    assert "one too many" not in words(ben)
    assert "i want to kill myself tonight" in words(ben)
    await ann.says("and now")
    assert words(ben)[-1] == "and now"


def test_the_operators_limit_is_the_bots() -> None:
    book = load_book(content_dir(), Settings(delivery=DeliverySettings(undelivered_days=14)))
    assert book.retention.undelivered == timedelta(days=14)
    assert book.retention.notes > book.retention.undelivered


# ── What an old copy of the database still opens ────────────────────────────────────────


@dataclass
class Weeks:
    """Some weeks of a house in which nobody fetches anything, with copies of its database now and then."""

    folder: Path
    days: int
    chance: random.Random
    platform: FakePlatform = field(default_factory=FakePlatform)
    clock: Clock = field(default_factory=Clock)
    copies: dict[Path, datetime] = field(default_factory=dict)
    said: dict[str, datetime] = field(default_factory=dict)

    async def live(self) -> None:
        async with running(self.folder, book=letting(self.days), platform=self.platform, clock=self.clock) as bot:
            _, ben = await bot.pair("ann", "ben")
            self.platform.fails(ben.address.account, *[Away()] * ALWAYS)
        for number in range(STEPS):
            async with running(
                self.folder, book=letting(self.days), platform=self.platform, clock=self.clock, seed=number + 2
            ) as bot:
                await self.step(bot, number)

    async def step(self, bot: TestBot, number: int) -> None:
        """Write, keep a copy, let time pass, and at times let the clock be wrong for a while."""
        ann = bot.person("ann")
        await self.write(ann, f"note {number}")
        fresh = self.folder / f"copy-{number}.db"
        self.copies[fresh] = self.clock.at
        await bot.house.store.write(lambda tx: tx.db.run("UPDATE member SET locale = locale"))
        with (
            closing(sqlite3.connect(self.folder / "bot.db")) as live,
            closing(sqlite3.connect(fresh)) as copy,
        ):
            live.backup(copy)
        if self.chance.random() < 0.2:
            self.clock.wrong = timedelta(days=self.chance.choice([-20, -1, 1, 40]))
            await bot.wait(minutes=3)
            await self.write(ann, f"note {number} by a wrong clock")
            self.clock.wrong = timedelta()
            for _ in range(4):
                await bot.wait(minutes=40)
        await bot.sleep(hours=24 * self.days * self.chance.uniform(0.02, 0.4))
        await bot.wait(hours=2, minutes=5)  # a bot that slept for long doubts its clock first
        await self.look(bot)

    async def write(self, author: Person, words: str) -> None:
        self.said[words] = self.clock.at
        await author.says(words)

    async def look(self, bot: TestBot) -> None:
        """Nothing in any copy that was written before the limit opens with the keys of now."""
        too_old = [words for words, at in self.said.items() if at < self.clock.at - timedelta(days=self.days)]
        for copy, made in self.copies.items():
            with closing(sqlite3.connect(copy)) as old:
                found = old.execute("SELECT recipient, sealed FROM outbox").fetchall()
            opened = [await bot.house.store.read(opening(recipient, sealed)) for recipient, sealed in found]
            texts = [text.decode() for text in opened if text is not None]
            assert not texts or made >= self.clock.at - timedelta(days=self.days), copy.name
            assert not [text for text in texts for words in too_old if f'"{words}"' in text], copy.name

    async def settle(self) -> tuple[int, list[str], int]:
        async with running(self.folder, book=letting(self.days), platform=self.platform, clock=self.clock) as bot:
            ann, ben = bot.person("ann"), bot.person("ben")
            await comes_back(bot, ben)
            return len(self.said), words(ben), told(ann)


def opening(recipient: str, sealed: bytes) -> Callable[[Tx], bytes | None]:
    return lambda tx: tx.vault.open_passing(MemberId(recipient), "outbox", sealed)


@pytest.mark.parametrize(("days", "seed"), [(1, 1), (7, 2), (14, 3)])
async def test_no_copy_older_than_the_limit_opens_words_and_every_note_is_read_or_told(
    tmp_path: Path, days: int, seed: int
) -> None:
    weeks = Weeks(tmp_path, days, random.Random(seed))
    await weeks.live()
    said, read, missed = await weeks.settle()
    assert len(read) + missed == said, (read, missed, said)
    assert missed > 0
    assert read == sorted(read, key=lambda text: int(text.split()[1]))
