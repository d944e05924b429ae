"""The real bot as a process of its own, on pretend platforms at the level of the wire, and people who talk there."""

import asyncio
import json
import os
import re
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from itertools import count
from pathlib import Path
from typing import Any, Protocol

from aiohttp import ClientError, ClientSession

from buddybot.content import content_dir
from buddybot.content.known import KnownContent
from tests.discord import people as discord_people
from tests.discord.wire import TOKEN as DISCORD_TOKEN
from tests.discord.wire import Wire
from tests.discord.world import Written
from tests.telegram import people as telegram_people
from tests.telegram.wire import FakeTelegram
from tests.telegram.world import Note
from tests.waiting import comes

PATIENCE = 180.0
"""Seconds for what must come; a bot that works needs a few, a crowded machine more."""
REPEAT = "(may be a repeat)"


def know_content(folder: Path) -> None:
    """Let a bot that starts here take its content for whole, as after any earlier start (`KnownContent`).

    To try all of it out takes the first start more than a second, and tells nothing of a talk; tests/test_cli.py does.
    """
    keys = folder / "var" / "keys"
    keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    known = KnownContent(keys, content_dir())
    if not known.holds():
        known.keep()


class Process:
    """`buddybot run` in a folder of its own; it can be killed and started again on the same files."""

    program: tuple[str, ...] = ("-m", "buddybot")

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        self._folder, self._settings, self.log = folder, settings, folder / "bot.log"
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it; it may take a while until it listens."""
        know_content(self._folder)
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, *self.program, "run"),
                cwd=self._folder,
                env={**os.environ, "BUDDYBOT_LOG_LEVEL": "debug", **self._settings},
                stdout=log,
                stderr=log,
            )

    async def kill(self) -> None:
        """Take it away without a warning, as a power cut would."""
        assert self._process is not None
        assert self._process.returncode is None, self.log.read_text()
        self._process.kill()
        await comes(self._process.wait())

    async def end(self) -> None:
        """Leave no process behind."""
        if self._process is not None and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.kill()
            await comes(self._process.wait())


def on_discord(wire: Wire) -> dict[str, str]:
    """Return the settings of a bot on this wire."""
    table = {"api": wire.api, "gateway": wire.sessions.url, "identify_pause": "0", "per_second": "1000"}
    prefix = "BUDDYBOT_ADAPTERS__DISCORD__"
    return {f"{prefix}{key.upper()}": value for key, value in table.items()} | {"BUDDYBOT_DISCORD_TOKEN": DISCORD_TOKEN}


def on_telegram(fake: FakeTelegram) -> dict[str, str]:
    """Return the settings of a bot on this fake."""
    table = {"base_url": fake.url, "per_second": "1000", "per_recipient_second": "1000"}
    prefix = "BUDDYBOT_ADAPTERS__TELEGRAM__"
    return {f"{prefix}{key.upper()}": value for key, value in table.items()} | {
        "BUDDYBOT_TELEGRAM_TOKEN": fake.world.token
    }


class Talker(Protocol):
    """Somebody at a client."""

    async def arrives(self) -> None:
        """Wait until the bot is there, if the platform would not tell it of a stranger's earlier words."""

    async def says(self, text: str) -> None:
        """Write a message."""

    async def presses(self, label: str) -> None:
        """Press the newest button of that name."""

    async def ticks(self, *labels: str) -> None:
        """Choose these of the newest list, and confirm."""

    async def edits(self, old: str, new: str) -> None:
        """Change a message of theirs."""

    async def reacts(self, about: str, emoji: str) -> None:
        """React to the newest message that holds these words."""

    def sees(self) -> list[str]:
        """Return what the bot has on their screen, oldest first."""

    def labels(self) -> list[str]:
        """Return the buttons under the newest message."""

    def shown_on(self, own: str) -> str:
        """Return the reaction that the bot shows on a message of theirs."""


class OnDiscord:
    """Somebody at a Discord client."""

    def __init__(self, wire: Wire, name: str) -> None:
        self.person: discord_people.Person = wire.person(name)
        self._wire = wire

    async def arrives(self) -> None:
        await until(lambda: self._wire.sessions.all)

    async def says(self, text: str) -> None:
        await self.person.says(text)

    async def presses(self, label: str) -> None:
        await self.person.presses(label)

    async def ticks(self, *labels: str) -> None:
        await self.person.chooses(*labels)

    async def edits(self, old: str, new: str) -> None:
        await self.person.edits(self._written(old, theirs=True), new)

    async def reacts(self, about: str, emoji: str) -> None:
        await self.person.reacts(self._written(about, theirs=False), emoji)

    def shown_on(self, own: str) -> str:
        return "".join(emoji for emoji, who in self._written(own, theirs=True).reactions.items() if who)

    def _written(self, text: str, *, theirs: bool) -> Written:
        everything = [one for one in self._wire.world.written.values() if one.channel == self.person.channel]
        return next(one for one in reversed(everything) if text in one.content and one.author.bot is not theirs)

    def sees(self) -> list[str]:
        return self.person.sees()

    def labels(self) -> list[str]:
        shown: Written = self.person.inbox()[-1]
        parts = [part for row in shown.components if isinstance(found := row["components"], list) for part in found]
        options = [one for part in parts if isinstance(listed := part.get("options"), list) for one in listed]
        return [str(one["label"]) for one in (*parts, *options) if "label" in one]


class OnTelegram:
    """Somebody at a Telegram client."""

    def __init__(self, fake: FakeTelegram, name: str) -> None:
        self.person: telegram_people.Person = fake.person(name)

    async def arrives(self) -> None:
        """Telegram keeps what anybody wrote."""

    async def says(self, text: str) -> None:
        self.person.says(text)

    async def presses(self, label: str) -> None:
        self.person.presses(label)

    async def ticks(self, *labels: str) -> None:
        for label in labels:
            before = self.person.last().labels
            if f"✓ {label}" not in before:
                self.person.presses(label)
                await until(lambda: self.person.last().labels != before)
        self.person.presses("Done")

    async def edits(self, old: str, new: str) -> None:
        self.person.edits(old, new)

    async def reacts(self, about: str, emoji: str) -> None:
        self.person.reacts(next(text for text in reversed(self.sees()) if about in text), emoji)

    def shown_on(self, own: str) -> str:
        return self.person.finds(own).reaction

    def sees(self) -> list[str]:
        return self.person.sees()

    def labels(self) -> list[str]:
        shown: Note = self.person.last()
        return shown.labels


class OnWeb:
    """Somebody at a browser tab, as far as the wire shows it."""

    def __init__(self, url: str, session: ClientSession) -> None:
        self._url, self._session = url, session
        self._shown: dict[str, Shown] = {}
        self._own: dict[str, str] = {}
        self._reactions: dict[str, str] = {}
        self._token = ""
        self._ids = count(1)
        self._reading: asyncio.Task[None] | None = None
        self._connected = asyncio.Event()

    async def arrives(self) -> None:
        async with asyncio.timeout(PATIENCE):
            while not self._token:
                with suppress(ClientError):
                    async with self._session.post(f"{self._url}/api/hello", json={}) as answer:
                        self._token = (await answer.json())["token"]
                await asyncio.sleep(0.05)
        self._reading = asyncio.create_task(self._read())
        await comes(self._connected.wait(), self._reading)

    async def goes(self) -> None:
        """Close the tab."""
        assert self._reading is not None
        self._reading.cancel()
        await asyncio.gather(self._reading, return_exceptions=True)

    async def _read(self) -> None:
        async with self._session.get(f"{self._url}/api/stream", params={"last": ""}) as answer:
            self._connected.set()
            number = kind = ""
            async for line in answer.content:
                name, _, value = line.decode().rstrip("\n").partition(": ")
                if name == "id":
                    number = value
                elif name == "event":
                    kind = value
                elif name == "data" and kind == "effect":
                    self._take(json.loads(value))
                    await self._post("ack", {"ids": [int(number)]})

    def _take(self, effect: Mapping[str, Any]) -> None:  # type: ignore[explicit-any]  # JSON of the page
        if effect["kind"] in {"send", "edit"}:
            text = "".join(span["text"] for span in effect["spans"])
            choices = [*effect["choices"], *effect["extra"], *([effect["done"]] if effect["done"] else [])]
            self._shown[effect["message"]] = Shown(text, {one["label"]: one["token"] for one in choices})
        elif effect["kind"] == "retract":
            self._shown.pop(effect["message"], None)
        elif effect["kind"] == "react":
            self._reactions[effect["message"]] = effect["emoji"]

    async def _post(self, path: str, body: object) -> None:
        async with self._session.post(
            f"{self._url}/api/{path}", json=body, headers={"X-Page-Token": self._token}
        ) as answer:
            assert answer.status == HTTPStatus.NO_CONTENT, await answer.text()

    async def _do(self, doing: str, **body: object) -> str:
        made = f"m{next(self._ids):032x}"
        await self._post(f"do/{doing}", {"id": made, **body})
        return made

    async def says(self, text: str) -> None:
        self._own[text] = await self._do("say", text=text)

    async def presses(self, label: str) -> None:
        for message, shown in reversed(self._shown.items()):
            if label in shown.tokens:
                await self._do("press", tokens=[shown.tokens[label]], message=message)
                return
        raise AssertionError(f"there is no button {label!r}")

    async def ticks(self, *labels: str) -> None:
        message, shown = list(self._shown.items())[-1]
        tokens = [shown.tokens[label] for label in labels]
        await self._do("press", tokens=tokens or [shown.tokens["Done"]], message=message)

    async def edits(self, old: str, new: str) -> None:
        self._own[new] = self._own[old]
        await self._do("edit", message=self._own[old], text=new)

    async def reacts(self, about: str, emoji: str) -> None:
        message = next(one for one, shown in reversed(self._shown.items()) if about in shown.text)
        await self._do("react", message=message, emoji=emoji)

    def text_of(self, message: str) -> str | None:
        """Return what stands in a message on the page; None where there is none."""
        shown = self._shown.get(message)
        return shown.text if shown is not None else None

    def sees(self) -> list[str]:
        return [shown.text for shown in self._shown.values()]

    def labels(self) -> list[str]:
        return list(list(self._shown.values())[-1].tokens)

    def shown_on(self, own: str) -> str:
        return self._reactions.get(self._own[own], "")


@dataclass(frozen=True, slots=True)
class Shown:
    """One message on the page, and the tokens of its buttons."""

    text: str
    tokens: dict[str, str]


async def until(true: Callable[[], object], log: Path | None = None) -> None:
    """Wait for something to become true; the test fails where it does not."""
    try:
        async with asyncio.timeout(PATIENCE):
            while not true():
                await asyncio.sleep(0.01)
    except TimeoutError:
        raise AssertionError(f"it did not come to pass\n{_tail(log)}") from None


def _tail(log: Path | None) -> str:
    return log.read_text()[-3000:] if log is not None else ""


OWN = (
    ("What brings you here", "My own opioid use or recovery"),
    ("Where are you with opioids", "Using, thinking about a change"),
)
FAMILY = (
    ("What brings you here", "Someone I care about uses opioids"),
    ("How are things with your person", "They are using"),
)


async def comes_in(who: Talker, where: str = "", *, family: bool = False) -> None:
    """Go from the first hi to waiting for a buddy, with answers that fit whoever gives the same."""
    brings, how = FAMILY if family else OWN
    await who.says("hi")
    for question, *labels in (
        ("I'm BuddyBot", "Find a buddy"),
        ("Are you 18", "Yes"),
        ("in short", "I agree"),
        ("What country", "United States"),
        brings,
        (how[0], where or how[1]),
        ("What would help most", "Someone who listens", "Talk about normal life"),
        ("do NOT want", "None of these", ""),
        ("Would any of these fit you", "No", ""),
        ("rather nobody used medicine", "No"),
        ("What time is it", ""),
        ("When would you most like to talk", "Evenings", "Weekends"),
        ("Which languages", "English", ""),
        ("I can start looking now", "Look now"),
    ):
        await reads(who, question)
        if len(labels) == 1:
            await who.presses(labels[0] or who.labels()[0])
        else:
            await who.ticks(*(label for label in labels if label))


async def reads(who: Talker, text: str) -> None:
    """Wait until the newest message says this."""
    try:
        await until(lambda: who.sees() and text in who.sees()[-1])
    except AssertionError:
        raise AssertionError(f"waited for {text!r}, saw {who.sees()[-3:]}") from None


async def meet(ann: Talker, ben: Talker) -> None:
    """Bring two people to an open chat."""
    for one in (ann, ben):
        await one.arrives()
    for one in (ann, ben):
        await comes_in(one)
    for one in (ann, ben):
        await until(lambda: any("I found someone" in text for text in one.sees()))
        await one.presses("Say hello")
    for one in (ann, ben):
        await until(lambda: any("Your chat is open here" in text for text in one.sees()))


def numbers(who: Talker, author: str) -> list[tuple[int, bool]]:
    """Return the numbers of the notes by this author as they arrived, and whether each is marked as a repeat."""
    found = ((re.search(rf"{author} saw bird (\d+)", text), REPEAT in text) for text in who.sees())
    return [(int(match[1]), marked) for match, marked in found if match]
