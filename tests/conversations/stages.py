"""Where a conversation starts: a stranger, somebody in the middle of a question, two in a talk, many in a channel."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from buddybot.adapter import Capabilities, Channel
from buddybot.service.kernel.book import Book
from buddybot.testing import FakePlatform, Person, TestBot, running
from tests.stories.moderating import code, staffed

NIGHTS = Channel("nights", "Nights", "For those who are up late.")
ANSWERS = {"lane": "self", "now": "thinking", "hours": "evening", "pace": "few"}


@asynccontextmanager
async def house(folder: Path, book: Book) -> AsyncIterator[TestBot]:
    """Run a bot with a channel, on a platform that has places."""
    platform = FakePlatform(capabilities=Capabilities(places=True))
    async with running(folder, book=replace(book, channels=(NIGHTS,)), platform=platform) as bot:
        yield bot


async def stranger(bot: TestBot) -> None:
    bot.person("ann")


async def greeted(bot: TestBot) -> None:
    await bot.person("ann").says("hi")


async def gates(bot: TestBot) -> None:
    await greeted(bot)
    await bot.person("ann").sends_token("home.find")


async def intake(bot: TestBot) -> None:
    await gates(bot)
    for question, key in {"age": "yes", "consent": "agree", "country": "US"}.items():
        await bot.answer(bot.person("ann"), question, (key,))


async def young(bot: TestBot) -> None:
    await gates(bot)
    await bot.answer(bot.person("ann"), "age", ("no",))


async def home(bot: TestBot) -> None:
    ann = bot.person("ann")
    await ann.joins(lane="self")
    await ann.sends_token("home.stop")


async def looking(bot: TestBot) -> None:
    await bot.person("ann").joins(lane="self")


async def pair(bot: TestBot) -> None:
    await bot.pair("ann", "ben")


async def quiet(bot: TestBot) -> None:
    await pair(bot)
    await bot.person("ben").says("/quiet 0-23")


async def taking_a_break(bot: TestBot) -> None:
    await pair(bot)
    await bot.person("ben").says("/pause 7")


async def muted(bot: TestBot) -> None:
    """Ann was mean, ben reported it, and a moderator muted her."""
    await pair(bot)
    ann, ben, mo = bot.person("ann"), bot.person("ben"), staffed(bot, "judge")
    await ann.says("you are a mean person and I do not like you")
    await ben.uses("report")
    await ben.presses("Mean")
    await ben.presses("None, just tell them")
    name = await code(bot)
    await mo.says(f"/mod claim {name}")
    await mo.says(f"/mod mute {name} 1 48 That was mean.")
    await bot.wait(minutes=21)


async def offered(bot: TestBot) -> None:
    await pair(bot)
    await bot.person("ann").says("selling oxy 30s, 20 each, hit my telegram")


async def circle(bot: TestBot) -> None:
    people = [bot.person(name) for name in ("ann", "ben", "cleo", "dan")]
    for one in people:
        await one.joins(lane="self", now="thinking", help_wanted=("listen", "normal"), hours="evening", pace="few")
        await one.sends_token("home.stop")
        await one.uses("circle")
    await bot.wait(hours=1, seconds=1)
    for one in people:
        await one.presses("Yes, I'd like that")


async def channel(bot: TestBot) -> None:
    await bot.place("nights")
    await bot.person("ann").joins(lane="self")


async def reporting(bot: TestBot) -> None:
    await pair(bot)
    await bot.person("ann").says("/report")


async def parting(bot: TestBot) -> None:
    await pair(bot)
    await bot.person("ann").says("/goodbye")


STAGES: dict[str, Callable[[TestBot], Awaitable[None]]] = {
    one.__name__: one
    for one in (
        stranger,
        greeted,
        gates,
        intake,
        young,
        home,
        looking,
        pair,
        quiet,
        taking_a_break,
        muted,
        offered,
        circle,
        channel,
        reporting,
        parting,
    )
}
WITH_A_BUDDY = {"pair", "quiet", "taking_a_break", "circle", "parting", "offered"}
"""Where words get through to somebody."""


async def set_up(bot: TestBot, start: str, *, locale: str, shift: bool) -> None:
    """Bring everybody to where the conversation starts; who is there already is somebody on a wire."""
    for name in ("ann", "ben"):
        bot.people.setdefault(name, Person(bot, name, locale=locale))
    await STAGES[start](bot)
    if shift:
        await staffed(bot, "mo").uses("shift", state="on")
