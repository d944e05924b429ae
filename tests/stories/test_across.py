"""Two people on two platforms, in one bot: matched, talk, change their words, react, report, part."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientSession, CookieJar

from tests.discord.wire import Wire, open_wire
from tests.ports import free_port
from tests.stories.wires import OnDiscord, OnTelegram, OnWeb, Process, Talker, meet, on_discord, on_telegram, until
from tests.telegram.wire import FakeTelegram


class Town:
    """One bot on three platforms."""

    def __init__(self, wire: Wire, fake: FakeTelegram, session: ClientSession, url: str) -> None:
        self.people: dict[str, Callable[[str], Talker]] = {
            "discord": lambda name: OnDiscord(wire, name),
            "telegram": lambda name: OnTelegram(fake, name),
            "web": lambda _: OnWeb(url, session),
        }


@asynccontextmanager
async def town(folder: Path) -> AsyncIterator[Town]:
    port = free_port()
    async with open_wire() as wire, FakeTelegram() as fake, ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        settings = {**on_discord(wire), **on_telegram(fake), "BUDDYBOT_ADAPTERS__WEB__PORT": str(port)}
        bot = Process(folder, settings)
        await bot.start()
        try:
            yield Town(wire, fake, session, f"http://127.0.0.1:{port}")
        finally:
            await bot.end()


@pytest.mark.parametrize(("here", "there"), [("telegram", "telegram"), ("telegram", "web"), ("telegram", "discord")])
async def test_where_somebody_writes_makes_no_difference(tmp_path: Path, here: str, there: str) -> None:
    async with town(tmp_path) as place:
        ann, ben = place.people[here]("ann"), place.people[there]("ben")
        await meet(ann, ben)
        await ann.says("we had soup today")
        await until(lambda: any("we had soup today" in text for text in ben.sees()))
        await ann.edits("we had soup today", "we had noodles today")
        await until(lambda: any("we had noodles today" in text for text in ben.sees()))
        assert not any("soup" in text for text in ben.sees())
        await ben.reacts("noodles", "\N{THUMBS UP SIGN}")
        await until(lambda: "\N{THUMBS UP SIGN}" in ann.shown_on("we had noodles today"))
        await ben.says("mine burned the rice")
        await until(lambda: any("mine burned the rice" in text for text in ann.sees()))
        await ben.says("/report")
        await until(lambda: "Mean" in ben.labels())
        await ben.presses("Mean")
        await until(lambda: "moderators" in ben.sees()[-1])
        await ann.says("/goodbye")
        await until(lambda: "Just leave" in ann.labels())
        await ann.presses("Just leave")
        await until(lambda: any("Endings can sting" in text for text in ben.sees()))
        assert not [text for text in (*ann.sees(), *ben.sees()) if "ann" in text.split() or "ben" in text.split()]
        if isinstance(ben, OnWeb):
            await ben.goes()
