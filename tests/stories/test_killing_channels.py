"""A channel that two platforms share, while the bot is killed again and again: nothing is lost, no repeat is hidden.

BUDDYBOT_KILLS sets how often (`make soak` takes hundreds). The figures are printed as one line of JSON.
"""

import asyncio
import json
import os
import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.discord.town import all_rights
from tests.discord.wire import Wire, open_wire
from tests.stories.wires import REPEAT, Process, on_discord, on_telegram, until
from tests.telegram.groups import Group
from tests.telegram.wire import FakeTelegram

KILLS = int(os.environ.get("BUDDYBOT_KILLS", "6"))
ROOM = -1001
CONFIG = """
[[channels]]
key = "lobby"
title = "Lobby"
kind = "open"
"""


async def test_a_channel_on_two_platforms_loses_nothing(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(CONFIG)
    async with open_wire() as wire, FakeTelegram() as fake:
        guild, group = wire.world.open_guild(bot_may=all_rights()), fake.group(ROOM)
        assert isinstance(group, Group)
        quick = {"PER_RECIPIENT_SECOND": "60000", "PER_GROUP_MINUTE": "60000", "GROUP": str(ROOM)}
        more = {f"BUDDYBOT_ADAPTERS__TELEGRAM__{key}": value for key, value in quick.items()}
        more["BUDDYBOT_ADAPTERS__DISCORD__GUILD"] = str(guild.id)
        figures = await _suffer(Process(tmp_path, on_discord(wire) | on_telegram(fake) | more), wire, fake, group)
    print(json.dumps({"platform": "discord and telegram, a channel", **figures}))  # noqa: T201 - the figures are wanted
    assert (figures["lost"], figures["doubled"]) == (0, 0)


async def _suffer(bot: Process, wire: Wire, fake: FakeTelegram, group: Group) -> dict[str, int]:
    chance = random.Random(11)
    await bot.start()
    try:
        await until(lambda: wire.world.guild and any(room.pins for room in wire.world.guild.rooms.values()), bot.log)
        await until(lambda: any(topic.name == "Lobby" for topic in group.topics.values()), bot.log)
        assert wire.world.guild is not None
        guild, lobby = wire.world.guild, wire.world.guild.named("lobby")
        ann, ben = wire.person("ann"), fake.person("ben")
        guild.members[ann.user.id] = set()

        def on_server() -> list[str]:
            return [each.content.replace("\\", "") for each in ann.reads_in(lobby)]

        def in_group() -> list[str]:
            return group.sees("Lobby")

        def known() -> bool:
            return "Discord first" in str(in_group()) and "Telegram first" in str(on_server())

        await ann.says_in(lobby, "Discord first")
        ben.posts(group, "Telegram first", "Lobby")
        await until(known, bot.log)
        written = 0
        for _ in range(KILLS):
            seen = len(on_server()) + len(in_group())
            written += 1
            # Others each time: whoever writes much is slowed down.
            ann, ben = wire.person(f"ann{written}"), fake.person(f"ben{written}")
            guild.members[ann.user.id] = set()
            await ann.says_in(lobby, f"ann saw bird {written}")
            ben.posts(group, f"ben saw bird {written}", "Lobby")
            await until(lambda: len(on_server()) + len(in_group()) > seen + 1, bot.log)
            await asyncio.sleep(chance.uniform(0, 0.2))
            await bot.kill()
            await ann.says_in(lobby, f"ann saw bird {written + 1}")
            ben.posts(group, f"ben saw bird {written + 1}", "Lobby")
            written += 1
            await asyncio.sleep(chance.uniform(0, 0.3))
            await bot.start()
        wanted = set(range(1, written + 1))
        await until(lambda: _numbers(on_server, "ben") >= wanted and _numbers(in_group, "ann") >= wanted, bot.log)
    finally:
        await bot.end()
    there, back = _judged(in_group, "ann", written), _judged(on_server, "ben", written)
    return {"kills": KILLS} | {figure: there[figure] + back[figure] for figure in there}


def _copies(sees: Callable[[], list[str]], author: str) -> list[tuple[int, bool]]:
    """Return the numbers of the copies that the bot posted under the author's alias, and whether each is marked."""
    found = ((re.search(rf":(?:\*\*)? {author} saw bird (\d+)", text), REPEAT in text) for text in sees())
    return [(int(match[1]), marked) for match, marked in found if match]


def _numbers(sees: Callable[[], list[str]], author: str) -> set[int]:
    return {number for number, _ in _copies(sees, author)}


def _judged(sees: Callable[[], list[str]], author: str, written: int) -> dict[str, int]:
    arrived = _copies(sees, author)
    plain = Counter(number for number, marked in arrived if not marked)
    return {
        "events": written,
        "lost": len(set(range(1, written + 1)) - {number for number, _ in arrived}),
        "doubled": sum(times - 1 for times in plain.values() if times > 1),
        "marked": sum(marked for _, marked in arrived),
    }
