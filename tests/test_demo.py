"""One person alone tries the whole way with the practice peers, which say in every message that they are bots."""

import asyncio
from pathlib import Path

import pytest

from buddybot.adapter import COMMANDS
from buddybot.config import Settings
from buddybot.runtime.engine import AdapterInbox
from buddybot.service.kernel.book import Book
from buddybot.testing import Person, TestBot, running
from buddybot.tools.demo import PEERS, PLATFORM, lenient, practice_peers, shortened


async def until_offered(bot: TestBot, person: Person) -> None:
    for _ in range(200):
        await asyncio.sleep(0.01)
        await bot.settle()
        await bot.wait(minutes=1)
        if "I found someone" in person.sees()[-1]:
            return
    raise AssertionError(person.sees()[-1])


@pytest.mark.parametrize(
    "answers",
    [
        {"lane": "self", "now": "using", "help_wanted": "listen"},
        {"lane": "self", "now": "steady_year", "help_wanted": "normal", "pace": "few"},
        {"lane": "family", "now_family": "active", "help_wanted": "listen"},
        {"lane": "bereaved", "now_bereaved": "over_1y", "help_wanted": "listen"},
        {"lane": "self"},
        {"lane": "family"},
        {"lane": "bereaved"},
    ],
    ids=lambda answers: "-".join(answers.values()),
)
async def test_a_practice_peer_goes_the_whole_way_with_one_person(
    tmp_path: Path, book: Book, answers: dict[str, str]
) -> None:
    (peers,) = practice_peers()
    async with running(tmp_path, book=lenient(book), others=(peers,)) as bot:
        living = asyncio.create_task(peers.run(AdapterInbox(bot.house.engine, PLATFORM), COMMANDS, bot.house.engine))
        try:
            ann = bot.person("ann")
            await ann.joins(**answers)
            await until_offered(bot, ann)
            await ann.presses("Say hello")
            for _ in range(200):
                await asyncio.sleep(0.01)
                await bot.settle()
                if any("Your chat is open" in text for text in ann.sees()):
                    break
            message = await ann.says("hello?")
            for _ in range(300):
                await asyncio.sleep(0.01)
                await bot.settle()
                if ann.hears():
                    break
            assert "I'm a practice bot, not a person" in ann.hears()[-1]
            assert ann.last().reply_to == message or ann.chat()[-2].reply_to == message
        finally:
            living.cancel()
            await asyncio.gather(living, return_exceptions=True)


def test_a_demo_matches_every_minute() -> None:
    assert shortened(Settings()).matching.round_minutes == 1
    assert Settings().matching.round_minutes == 60
    assert len(PEERS) == 3
