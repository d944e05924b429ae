"""A newcomer at a full bot account hears once where there is more room, and can just go on."""

from dataclasses import replace
from pathlib import Path

import pytest

from buddybot.service.kernel.book import Book
from buddybot.store.people.bot_accounts import CROWD
from buddybot.store.tx import Tx
from buddybot.testing import Person, TestBot, running
from tests.stories.bridging import bridged
from tests.stories.wires import until

LINK = "https://example.org/other-account"


async def with_another(bot: TestBot, *, served: int = 0) -> None:
    """Let another process serve another account of the same platform, where so many are served."""

    def add(tx: Tx) -> None:
        tx.accounts.note("fake", "main", "https://example.org/this-account")
        tx.db.run("INSERT INTO process (id, started, lease_until, version) VALUES ('other', 0, 0, '1')")
        serve(tx, "fake", LINK, served)

    await bot.house.store.write(add)


def serve(tx: Tx, platform: str, link: str, served: int = 0) -> None:
    tx.accounts.note(platform, "second", link)
    tx.db.run("UPDATE bot_account SET served = :served WHERE identity = 'second'", served=served)
    tx.db.run("INSERT INTO lease (name, owner, epoch) VALUES (:name, 'other', 1)", name=f"account {platform}/second")


def late(tx: Tx) -> None:
    """Leave as many deliveries undone for as long as makes an account late."""
    add = (
        "INSERT INTO outbox (recipient, place, platform, identity, rank, kind, state, held, created_at, due_at, sealed)"
        " SELECT id, :place, 'fake', 'main', 1, 'send', 'waiting', 0, 0, 1, :sealed FROM member ORDER BY id LIMIT 1"
    )
    for place in range(CROWD):
        tx.db.run(add, place=1000 + place, sealed=b"")


def sent_on(person: Person) -> list[int]:
    """Return which of the messages in somebody's chat link to the other account."""
    return [at for at, one in enumerate(person.chat()) if any(span.target == LINK for span in one.content.spans)]


def full(book: Book) -> Book:
    return replace(book, practice=replace(book.practice, full_at=1))


async def test_who_comes_to_a_full_account_is_told_once_and_goes_on_by_words_or_by_taps(
    tmp_path: Path, book: Book
) -> None:
    async with running(tmp_path, book=full(book)) as bot:
        await bot.pair("ann", "ben")
        await with_another(bot)
        await bot.wait(hours=2)
        for name in ("cleo", "dan"):
            person = bot.person(name)
            await person.opens()
            assert sent_on(person) == [0]
            assert "nothing is lost" in person.chat()[0].text
            await person.says("find a buddy") if name == "cleo" else await person.presses("Find a buddy")
            assert sent_on(person) == [0]
            assert "18" in person.last().text
            assert person.chat()[-1].content.choices


@pytest.mark.parametrize("words", ["i want to kill myself", "/crisis", "sos"])
async def test_in_danger_nobody_is_sent_elsewhere(tmp_path: Path, book: Book, words: str) -> None:
    async with running(tmp_path, book=full(book)) as bot:
        await bot.pair("ann", "ben")
        await with_another(bot)
        await bot.wait(hours=2)
        eve = bot.person("eve")
        await eve.says(words)
        assert eve.chat()
        assert sent_on(eve) == []


async def test_an_account_that_nobody_serves_or_that_is_as_full_is_not_named(tmp_path: Path, book: Book) -> None:
    async with running(tmp_path, book=full(book)) as bot:
        await bot.pair("ann", "ben")
        await with_another(bot, served=2)
        await bot.wait(hours=2)
        await bot.house.store.write(lambda tx: tx.db.run("UPDATE bot_account SET served = 2"))
        await hears_nothing_of_it(bot, "cleo")
        await bot.house.store.write(lambda tx: tx.db.run("UPDATE bot_account SET served = 0 WHERE identity = 'second'"))
        await bot.house.store.write(lambda tx: tx.db.run("UPDATE lease SET owner = NULL"))
        await hears_nothing_of_it(bot, "dan")


async def test_each_platform_names_its_account_and_sends_newcomers_to_another(tmp_path: Path, book: Book) -> None:
    async with bridged(tmp_path, full(book), {}, channels=()) as bridge:
        await until(lambda: bridge.wire.sessions.all)  # it tells its link before it connects
        found = await bridge.bot.house.store.read(links)
        us = bridge.fake.world.token.partition(":")[0]
        assert found["telegram", us].startswith("https://t.me/")
        assert found["discord", "main"].startswith("https://discord.com/oauth2/authorize?client_id=")

        def fill(tx: Tx) -> None:
            tx.db.run("UPDATE bot_account SET served = 5")
            tx.db.run("INSERT INTO process (id, started, lease_until, version) VALUES ('other', 0, 0, '1')")
            for platform in ("telegram", "discord"):
                serve(tx, platform, f"{LINK}-{platform}")

        await bridge.bot.house.store.write(fill)
        ann, ben = bridge.fake.person("ann"), bridge.wire.person("ben")
        await ben.comes()
        ann.says("hi")
        await ben.says("hi")
        await until(lambda: len(ann.sees()) > 1 and len(ben.sees()) > 1)
        assert f"{LINK}-telegram" in repr(next(note for note in ann.notes() if "Write to me there" in note.text))
        assert f"[Write to me there](<{LINK}-discord>)" in ben.sees()[0]
        ann.presses("Find a buddy")
        await ben.says("find a buddy")
        await until(lambda: len(ann.sees()) > 2 and len(ben.sees()) > 2)
        for seen in (ann.sees(), ben.sees()):
            assert sum("Write to me there" in text for text in seen) == 1


def links(tx: Tx) -> dict[tuple[str, str], str]:
    return {(row[0], row[1]): row[2] for row in tx.db.rows("SELECT platform, identity, link FROM bot_account")}


async def hears_nothing_of_it(bot: TestBot, name: str) -> None:
    person = bot.person(name)
    await person.opens()
    assert person.chat()
    assert sent_on(person) == []


async def test_an_account_whose_deliveries_are_late_sends_newcomers_on(tmp_path: Path, book: Book) -> None:
    async with running(tmp_path, book=book) as bot:
        await bot.pair("ann", "ben")
        await with_another(bot)
        await hears_nothing_of_it(bot, "cleo")
        await bot.house.store.write(late)
        dan = bot.person("dan")
        await dan.opens()
        assert sent_on(dan) == [0]
