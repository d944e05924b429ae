import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from buddybot.adapter import Address, RetryLater
from buddybot.domain.kernel.messages import Inbound, Invoked, Joined, Left, MessageId, Origin, Pressed, Said, Voice
from buddybot.domain.kernel.verdicts import Screening
from buddybot.runtime.engine import AdapterInbox, Engine, describe
from buddybot.runtime.second.advised import AdvisedScreener
from buddybot.runtime.storage.group_commit import GroupStore
from buddybot.service.kernel.book import Book
from buddybot.store.kernel.errors import StoreError
from buddybot.store.kernel.timers import Timer
from buddybot.store.tx import Tx
from buddybot.testing import TestBot, running
from tests.waiting import PATIENT

T = TypeVar("T")


class Troubled(GroupStore):
    """A store whose disk is full for the next few writes."""

    def __init__(self, inner: GroupStore, failures: int) -> None:
        super().__init__(inner._writer, inner._reader)
        self.inner, self.failures = inner, failures

    async def write(self, fn: Callable[[Tx], T]) -> T:
        if self.failures:
            self.failures -= 1
            raise StoreError("bot.db: the disk is full: make room")
        return await self.inner.write(fn)

    async def read(self, fn: Callable[[Tx], T]) -> T:
        if self.failures:
            raise StoreError("bot.db: the disk is full: make room")
        return await self.inner.read(fn)


def troubled(bot: TestBot, failures: int) -> Engine:
    engine = Engine(Troubled(bot.house.store, failures), bot.house.engine._world, bot.house.engine._book)
    engine.intake.try_again = 0.0
    return engine


async def test_a_full_disk_delays_an_event_and_loses_nothing(bot: TestBot, caplog: pytest.LogCaptureFixture) -> None:
    ann = bot.person("ann")
    await troubled(bot, 1).put(Said(Origin("e1", ann.address), "hi", MessageId("m1")))
    await bot.settle()
    assert "I'm BuddyBot" in ann.sees()[-1]
    assert "an event waits: bot.db: the disk is full" in caplog.text
    assert bot.house.engine.intake.try_again <= 1


CRIES: Mapping[str, Callable[[Origin], Inbound]] = {
    "command": lambda origin: Invoked(origin, "crisis"),
    "typed": lambda origin: Said(origin, "/crisis", MessageId("m1")),
    "button": lambda origin: Pressed(origin, ("home.crisis",)),
    "step": lambda origin: Pressed(origin, ("care.card.overdose",)),
    "words": lambda origin: Said(origin, "I took all my pills and I want to die tonight", MessageId("m1")),
    "call": lambda origin: Said(origin, "help me", MessageId("m1")),
}


@pytest.mark.parametrize("cry", list(CRIES))
async def test_help_comes_from_memory_while_nothing_can_be_written(bot: TestBot, cry: str) -> None:
    engine = troubled(bot, 5)
    engine.intake.unkept = bot.house.unkept
    ann = bot.person("ann")
    await engine.put(CRIES[cry](Origin("e1", ann.address, "es-MX")))
    await bot.house.unkept.stop()
    await bot.settle()
    (card,) = [one for one in ann.chat() if "estas personas sí" in one.text]
    assert "911" in card.text
    assert (card.content.choices, card.content.voice) == ((), Voice.CRISIS)
    assert len(ann.chat()) > 1  # and the event was handled as always, once that was possible


class Hanging(GroupStore):
    """A store whose server says nothing, until it is let go."""

    def __init__(self, inner: GroupStore) -> None:
        super().__init__(inner._writer, inner._reader)
        self.inner, self.answers = inner, asyncio.Event()

    async def write(self, fn: Callable[[Tx], T]) -> T:
        await self.answers.wait()
        return await self.inner.write(fn)


class Unadvised(AdvisedScreener):
    """A second opinion that is never in time."""

    def __init__(self, bot: TestBot) -> None:
        self._read = bot.house.engine._book.screen

    async def screen(self, text: str) -> Screening:
        return self._read(text)


async def test_help_comes_from_memory_while_the_server_says_nothing_also_behind_ones_own_words(
    bot: TestBot,
) -> None:
    bot.house.unkept.late = 0.01
    ann, store = bot.person("ann"), Hanging(bot.house.store)
    engine = Engine(store, bot.house.engine._world, bot.house.engine._book, advised=Unadvised(bot))
    engine.intake.unkept = bot.house.unkept
    words = (Said(Origin("e1", ann.address), "hi", MessageId("m1")), Invoked(Origin("e2", ann.address), "crisis"))
    waiting = [asyncio.create_task(engine.put(event)) for event in words]
    async with asyncio.timeout(PATIENT):
        while not ann.sees():
            await asyncio.sleep(0.01)
    assert "911" in ann.sees()[-1]
    assert "Part of me is down just now" in ann.sees()[-1]
    store.answers.set()
    await asyncio.gather(*waiting)
    await bot.settle()
    assert len(ann.chat()) > 2  # and both were handled as always


async def test_who_waits_long_is_told_once_that_nothing_is_lost(bot: TestBot) -> None:
    engine, ann = troubled(bot, 3), bot.person("ann")
    engine.intake.unkept = bot.house.unkept
    await engine.put(Said(Origin("e1", ann.address), "hi", MessageId("m1")))
    bot.house.unkept.a_while = 0.0
    for number in range(2, 4):
        engine = troubled(bot, 3)
        engine.intake.unkept = bot.house.unkept
        await engine.put(Said(Origin(f"e{number}", ann.address), "hi", MessageId(f"m{number}")))
    await engine.put(Left(Origin("e9", ann.address)))
    await bot.house.unkept.stop()
    assert sum("What you sent is not lost" in text for text in ann.sees()) == 2


async def test_a_full_disk_puts_timers_off(bot: TestBot, caplog: pytest.LogCaptureFixture) -> None:
    bot.clock.at += timedelta(hours=1)
    waiting = await bot.house.store.read(lambda tx: tx.timers.due(bot.clock.now(), 10))
    await troubled(bot, 1).tick()
    assert "timers wait: bot.db: the disk is full" in caplog.text
    assert await bot.house.store.read(lambda tx: tx.timers.due(bot.clock.now(), 10)) == waiting != []


async def test_a_bug_is_told_once_however_often_the_platform_repeats_itself(tmp_path: Path, book: Book) -> None:
    async with running(tmp_path, book=book) as bot:
        await bot.person("ann").says("hi")
    async with running(tmp_path, book=replace(book, countries={}), platform=bot.platform, seed=2) as bot:
        ann = bot.person("ann")
        for _ in range(3):
            await ann.says("/crisis", event="the-same")
        assert [text for text in ann.sees() if "Something broke" in text] == [ann.sees()[-1]]


async def test_a_bug_moves_the_cursor_so_that_no_back_fill_is_stuck(tmp_path: Path, book: Book) -> None:
    async with running(tmp_path, book=replace(book, countries={})) as bot:
        ann = bot.person("ann")
        await ann.says("hi")
        await bot.door.put(Said(Origin("e1", ann.address), "/crisis", MessageId("m1")), ("dm", "100"))
        assert await bot.door.cursor("dm") == "100"


async def test_a_bug_at_the_first_word_of_a_stranger_leaves_no_trace(tmp_path: Path, book: Book) -> None:
    async with running(tmp_path, book=replace(book, countries={})) as bot:
        await bot.person("ann").says("/crisis")
        assert bot.person("ann").sees() == []
        assert await bot.house.store.read(lambda tx: tx.members.all_ids()) == []


async def test_one_broken_timer_stops_no_other_and_is_let_go_after_some_tries(
    bot: TestBot, caplog: pytest.LogCaptureFixture
) -> None:
    now = bot.clock.now()
    await bot.house.store.write(lambda tx: tx.timers.set(Timer("care", "nobody:no-such-check", now)))
    await bot.house.store.write(lambda tx: tx.timers.set(Timer("unknown-kind", "x", now)))
    await bot.tick()
    assert "timer care failed: ValueError" in caplog.text
    assert await bot.house.store.read(lambda tx: tx.timers.find("unknown-kind", "x")) is None
    postponed = await bot.house.store.read(lambda tx: tx.timers.find("care", "nobody:no-such-check"))
    assert postponed is not None
    assert postponed.due > now
    await bot.wait(hours=2)
    assert await bot.house.store.read(lambda tx: tx.timers.find("care", "nobody:no-such-check")) is None


async def test_a_timer_moved_meanwhile_does_not_ring(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.says("hi")
    later = bot.clock.now() + timedelta(days=3)
    await bot.house.store.write(lambda tx: tx.timers.set(Timer("round", "all", later)))
    await bot.wait(hours=2)
    found = await bot.house.store.read(lambda tx: tx.timers.find("round", "all"))
    assert found is not None
    assert found.due == later


async def test_cursors_belong_to_each_platform(bot: TestBot) -> None:
    other = AdapterInbox(bot.house.engine, "other")
    await bot.door.put(Joined(Origin("e1", bot.person("ann").address)), ("dm", "7"))
    assert await bot.door.cursor("dm") == "7"
    assert await other.cursor("dm") is None


async def test_what_can_not_be_read_is_a_reason_to_try_again_and_ends_no_adapter(
    bot: TestBot, caplog: pytest.LogCaptureFixture
) -> None:
    inbox = AdapterInbox(troubled(bot, 1), "fake")
    ann = bot.person("ann").address
    for ask in (inbox.cursor("dm"), inbox.correspondents("fake", "main"), inbox.threads(ann)):
        with pytest.raises(RetryLater):
            await ask
    assert caplog.text.count("can't be read: bot.db: the disk is full") == 1


async def test_everybody_a_bot_account_talks_with_is_known_for_back_fills(bot: TestBot) -> None:
    ann, ben = bot.person("ann"), bot.person("ben")
    await ann.says("hi")
    bot.clock.at += timedelta(hours=2)
    await ben.says("hi")
    assert await bot.door.correspondents("fake", "main") == (ben.address, ann.address)
    assert await bot.door.correspondents("fake", "another") == ()


async def test_adapters_may_ask_for_words_and_languages(bot: TestBot) -> None:
    assert bot.house.engine.words("es-MX", "home-find") != bot.house.engine.words("en", "home-find")
    assert bot.house.engine.locales()[0] == "en"


async def test_a_sign_of_life_before_everything_stands_is_no_trouble(bot: TestBot) -> None:
    Engine(bot.house.store, bot.house.engine._world, bot.house.engine._book).awake(Address("fake", "main", "x"))
    bot.door.awake(Address("fake", "main", "nobody"))
    await bot.settle()


async def test_a_broken_reader_is_named_in_the_log_without_the_words(
    tmp_path: Path, book: Book, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(text: str) -> Screening:
        raise RuntimeError(text)

    caplog.set_level(logging.ERROR)
    async with running(tmp_path, book=replace(book, screen=broken)) as bot:
        await bot.person("ann").says("secret words")
    assert "the screener failed: RuntimeError at" in caplog.text
    assert "secret words" not in caplog.text


def test_an_error_is_described_by_its_kind_and_place_and_nothing_else() -> None:
    with pytest.raises(ValueError) as caught:
        int("a secret")
    assert describe(caught.value).startswith("ValueError at test_engine.py:")
    assert "secret" not in describe(caught.value)
    assert describe(KeyError("x")) == "KeyError at "


async def test_many_events_at_once_are_all_done(bot: TestBot) -> None:
    people = [bot.person(f"p{number}") for number in range(40)]
    await asyncio.gather(*(bot.door.put(Joined(Origin(f"e-{one.name}", one.address))) for one in people))
    await bot.settle()
    assert all("I'm BuddyBot" in one.sees()[-1] for one in people)


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        *[
            (text, True)
            for text in ("sos", " /SOS ", "/crisis", "/crisis now", "988", "help me", "I need help!", "¡Ayuda!")
        ],
        *[(text, False) for text in ("", "/", "help", "/help", "again", "sos band", "i need helpful people")],
    ],
)
def test_what_calls_for_help_is_the_crisis_command_or_a_call_of_the_operator_s_list(
    bot: TestBot, text: str, *, calls: bool
) -> None:
    assert bot.house.engine.calls_for_help(text) is calls
