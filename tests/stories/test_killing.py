"""The bot is killed again and again in the middle of a talk: nothing is lost, and what comes twice says so.

BUDDYBOT_KILLS sets how often (`make soak` takes hundreds). The figures are printed as one line of JSON.
"""

import asyncio
import json
import os
import random
from collections import Counter
from pathlib import Path

from tests.discord.wire import open_wire
from tests.stories.wires import OnDiscord, OnTelegram, Process, Talker, meet, numbers, on_discord, on_telegram, until
from tests.telegram.wire import FakeTelegram

KILLS = int(os.environ.get("BUDDYBOT_KILLS", "6"))
UNHEARD = 15
"""Notes that somebody writes before the first of them arrived: more at once would be a flood, and be refused."""


async def test_on_telegram_nothing_is_lost(tmp_path: Path) -> None:
    async with FakeTelegram() as fake:
        figures = await _suffer(Process(tmp_path, on_telegram(fake)), OnTelegram(fake, "ann"), OnTelegram(fake, "ben"))
    print(json.dumps({"platform": "telegram", **figures}))  # noqa: T201 - the figures are wanted
    assert (figures["lost"], figures["doubled"]) == (0, 0)


async def test_on_discord_nothing_is_lost(tmp_path: Path) -> None:
    async with open_wire() as wire:
        figures = await _suffer(Process(tmp_path, on_discord(wire)), OnDiscord(wire, "ann"), OnDiscord(wire, "ben"))
    print(json.dumps({"platform": "discord", **figures}))  # noqa: T201 - the figures are wanted
    assert (figures["lost"], figures["doubled"]) == (0, 0)


async def _suffer(bot: Process, ann: Talker, ben: Talker) -> dict[str, int]:
    chance = random.Random(11)
    said = Counter[str]()
    await bot.start()
    try:
        await meet(ann, ben)
        pairs = ((ann, "ann", ben), (ben, "ben", ann))
        writing = [asyncio.create_task(_write(who, name, reader, said)) for who, name, reader in pairs]
        for _ in range(KILLS):
            heard = len(ann.sees()) + len(ben.sees())
            await asyncio.sleep(chance.uniform(0, 0.5))
            await until(lambda: len(ann.sees()) + len(ben.sees()) > heard, bot.log)
            assert not any(task.done() for task in writing)  # somebody who can't write is a fault of the test
            await asyncio.sleep(chance.uniform(0, 0.2))
            await bot.kill()
            await asyncio.sleep(chance.uniform(0, 0.3))
            await bot.start()
        for task in writing:
            task.cancel()
        await asyncio.gather(*writing, return_exceptions=True)
        await until(lambda: _all_there(ben, "ann", said) and _all_there(ann, "ben", said), bot.log)
    finally:
        await bot.end()
    there, back = _judged(ben, "ann", said), _judged(ann, "ben", said)
    return {"kills": KILLS} | {figure: there[figure] + back[figure] for figure in there}


async def _write(who: Talker, name: str, reader: Talker, said: Counter[str]) -> None:
    """Write on, whether or not anybody listens; as fast as the flood limits let a person, however slow a start is."""
    while True:
        while said[name] - len({number for number, _ in numbers(reader, name)}) >= UNHEARD:
            await asyncio.sleep(0.1)
        said[name] += 1
        await who.says(f"{name} saw bird {said[name]}")
        await asyncio.sleep(1 if said[name] > 30 else 0.3)


def _all_there(reader: Talker, author: str, said: Counter[str]) -> bool:
    return {number for number, _ in numbers(reader, author)} >= set(range(1, said[author] + 1))


def _judged(reader: Talker, author: str, said: Counter[str]) -> dict[str, int]:
    arrived = numbers(reader, author)
    plain = Counter(number for number, marked in arrived if not marked)
    return {
        "events": said[author],
        "lost": len(set(range(1, said[author] + 1)) - {number for number, _ in arrived}),
        "doubled": sum(times - 1 for times in plain.values() if times > 1),
        "marked": sum(marked for _, marked in arrived),
    }
