"""Planted words, names and ids go through every path; afterwards no file and no log line holds any of them."""

import asyncio
import logging
from dataclasses import replace
from pathlib import Path

import pytest

from buddybot.adapter import RetryLater
from buddybot.domain.kernel.messages import Edited, MessageId, Origin, Reacted, Said
from buddybot.domain.kernel.verdicts import Screening
from buddybot.service.kernel.book import Book
from buddybot.testing import Person, TestBot, running

TEXT, NAME, ACCOUNT, MESSAGE = "xylophonquartz", "Zephyr Quokka", "kolibri-4711-konto", "nachricht-0815-kennung"
EVENT, CURSOR = "ereignis-2342-marke", "stelle-777-marke"
CANARIES = (TEXT, "Zephyr", "Quokka", ACCOUNT, MESSAGE, EVENT, CURSOR)


def planted(bot: TestBot, name: str = ACCOUNT) -> Person:
    return bot.person(name, names=(f"{name}-user",))


def files_with_a_canary(folder: Path) -> list[str]:
    """Return what files hold, or are called by, a canary."""
    return [
        f"{path.relative_to(folder)} holds {canary}"
        for path in sorted(folder.rglob("*"))
        for canary in CANARIES
        if canary in path.name or (path.is_file() and is_in(canary, path.read_bytes()))
    ]


def is_in(canary: str, data: bytes) -> bool:
    return canary.encode() in data or canary.encode("utf-16-le") in data


def lines_with_a_canary(caplog: pytest.LogCaptureFixture) -> list[str]:
    formatter = logging.Formatter()
    lines = [formatter.format(record) for record in caplog.records]
    return [line for line in lines if any(canary in line for canary in CANARIES)]


async def says_marked(person: Person, text: str, message: str) -> MessageId:
    mark = MessageId(f"{MESSAGE}-{message}")
    origin = Origin(f"{EVENT}-{message}", person.address, "en", person.names)
    await person.does(Said(origin, text, mark))
    return mark


async def every_path(bot: TestBot) -> tuple[Person, Person]:
    ann, ben = planted(bot), bot.person("ben")
    await ann.says("hi")
    await ann.presses("Find a buddy")
    for question, key in (("age", "yes"), ("consent", "agree"), ("country", "US")):
        await bot.answer(ann, question, (key,))
    await says_marked(ann, NAME, "name")
    await says_marked(ann, f"myself, {TEXT}", "lane")
    await says_marked(ann, f"{TEXT} {TEXT}", "unclear")
    await bot.answer(ann, "now", ("thinking",))
    await bot.answer(ann, "help_wanted", ("listen", "normal"))
    await bot.answer(ann, "hours", ("evening",))
    await bot.answer(ann, "pace", ("few",))
    await bot.skip_rest(ann)
    await ben.joins(lane="self", now="thinking", help_wanted=("listen", "normal"), hours="evening", pace="few")
    await bot.wait(hours=1, seconds=1)
    for one in (ann, ben):
        await one.presses("Say hello")
    return ann, ben


async def talk(bot: TestBot, ann: Person, ben: Person) -> None:
    note = await says_marked(ann, f"{TEXT} one", "one")
    await ben.says(f"{TEXT} reply", reply_to=ben.last())
    await ann.does(Edited(Origin(f"{EVENT}-edit", ann.address), note, f"{TEXT} edited"))
    await ben.does(Reacted(Origin(f"{EVENT}-react", ben.address), ben.last().id, "👍"))
    await says_marked(ann, f"reach me at 415-555-0134 {TEXT}", "held")
    await says_marked(ann, f"i want to kill myself tonight {TEXT}", "cry")
    await ben.says("/quiet 0-23")
    waiting = await says_marked(ann, f"{TEXT} waits", "waits")
    await ann.takes_back(waiting)
    await says_marked(ann, f"{TEXT} waits too", "waits2")
    await says_marked(ann, "/unknown " + TEXT, "command")
    await ann.uses("pause", days=TEXT)
    await ann.sends_token(f"offer.{TEXT}.yes", f"care.{TEXT}")
    await ann.says("/report")
    await ann.presses("Mean")
    await says_marked(ann, f"{TEXT} shared", "report")
    await ann.says("/export")
    await bot.door.put(Said(Origin(f"{EVENT}-cursor", ann.address), TEXT, MessageId("m")), (CURSOR, CURSOR))
    await bot.settle()


async def test_no_file_and_no_log_holds_a_canary_while_things_wait(
    tmp_path: Path, book: Book, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with running(tmp_path, book=book) as bot:
        ann, ben = await every_path(bot)
        await bot.tick()
        bot.platform.fails(ben.address.account, RetryLater(3600))
        await talk(bot, ann, ben)
        assert files_with_a_canary(tmp_path) == []
    assert files_with_a_canary(tmp_path) == []
    assert lines_with_a_canary(caplog) == []


async def test_the_search_itself_would_find_one(tmp_path: Path) -> None:
    (tmp_path / "leak.db").write_bytes(b"\x00\x01" + TEXT.encode() + b"\xff")
    (tmp_path / f"{ACCOUNT}.txt").write_bytes(b"")
    assert sorted(files_with_a_canary(tmp_path)) == [f"{ACCOUNT}.txt holds {ACCOUNT}", f"leak.db holds {TEXT}"]


async def test_nothing_is_left_after_forgetting_and_a_restart(
    tmp_path: Path, book: Book, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with running(tmp_path, book=book) as bot:
        ann, ben = await every_path(bot)
        await talk(bot, ann, ben)
        await ann.says("/forget")
        await ann.presses("Erase all")
        await ann.presses("Yes, erase")
        platform, clock = bot.platform, bot.clock
    async with running(tmp_path, book=book, platform=platform, clock=clock, seed=2) as bot:
        await bot.wait(hours=25)
    assert files_with_a_canary(tmp_path) == []
    assert lines_with_a_canary(caplog) == []


async def test_a_bug_in_a_use_case_tells_the_sender_and_logs_no_word_of_theirs(
    tmp_path: Path, book: Book, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with running(tmp_path, book=book) as bot:
        await every_path(bot)
    hollow = replace(book, countries={})
    async with running(tmp_path, book=hollow, seed=3) as bot:
        ann = planted(bot)
        await says_marked(ann, f"/crisis {TEXT}", "bug")
        assert "Something broke on my side" in ann.sees()[-1]
    assert any("an event failed" in record.getMessage() for record in caplog.records)
    assert lines_with_a_canary(caplog) == []
    assert files_with_a_canary(tmp_path) == []


async def test_a_failing_adapter_and_a_broken_screener_log_no_word_either(
    tmp_path: Path, book: Book, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    def broken(text: str) -> Screening:
        raise ValueError(text)

    async with running(tmp_path, book=replace(book, screen=broken)) as bot:
        ann, ben = await every_path(bot)
        await bot.tick()
        bot.platform.fails(ben.address.account, *[ValueError(f"{TEXT} {ACCOUNT}")] * 8)
        await says_marked(ann, f"{TEXT} one", "one")
        await bot.wait(hours=2)
        assert any("I tried many times" in text for text in ann.sees())
        assert files_with_a_canary(tmp_path) == []
    assert any("the screener failed" in record.getMessage() for record in caplog.records)
    assert any("delivery failed" in record.getMessage() for record in caplog.records)
    assert lines_with_a_canary(caplog) == []
    await asyncio.sleep(0)


async def test_a_peer_never_sees_an_account_a_nickname_or_a_message_id(tmp_path: Path, book: Book) -> None:
    async with running(tmp_path, book=book) as bot:
        ann, ben = await every_path(bot)
        await talk(bot, ann, ben)
        await bot.wait(hours=30)
        shown = "\n".join(repr(one.content) + one.text + str(one.reply_to) for one in ben.chat())
        assert not any(hidden in shown for hidden in (ACCOUNT, "Zephyr", "Quokka", MESSAGE, EVENT))
