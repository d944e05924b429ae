"""The adapter at work in groups: channels of a configuration, places it finds again, and what the operator reads."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from buddybot_telegram.adapter import Telegram

from buddybot.adapter import (
    COMMANDS,
    Address,
    Channel,
    ChannelKind,
    Choice,
    Closed,
    Content,
    Delivery,
    Effect,
    Inbound,
    MessageId,
    Opened,
    Place,
    Span,
    Style,
)
from buddybot.testing.contract import Recorder
from tests.telegram.groups import Group
from tests.telegram.house import Shelf, adapter_for
from tests.telegram.wire import FakeTelegram, until

NIGHTS = Channel("nights", "Nights", "For those who are up late.")
LOBBY = Channel("lobby", "Lobby", kind=ChannelKind.OPEN)
STAFF = Channel("staff", "Staff", kind=ChannelKind.MODERATORS)
ROOM, OFFICE = -1001, -1002


@dataclass(frozen=True, slots=True)
class Library(Shelf):
    """Channels, and the places that an inbox was told of."""

    inbox: Recorder = field(default_factory=Recorder)
    listed: tuple[Channel, ...] = ()

    def channels(self) -> tuple[Channel, ...]:
        return self.listed

    def pinned(self, key: str, locale: str = "") -> Content:  # noqa: ARG002 - each channel speaks one language here
        channel = next(one for one in self.listed if one.key == key)
        spans = (Span(channel.title, Style.STRONG), Span(f"\nAbout {key}"))
        verb = {ChannelKind.ANONYMOUS: "write", ChannelKind.OPEN: "enter"}.get(channel.kind)
        if verb is None:
            return Content(spans)
        button = Choice(f"channel.{key}.{verb}", verb.title(), form=verb == "write", lasting=True)
        return Content(spans, choices=(button, Choice("home.crisis", "Help", lasting=True)))

    async def places(self, platform: str, identity: str) -> tuple[Place, ...]:
        assert (platform, identity) == ("telegram", "4242")
        known: dict[str, Place] = {}
        for event in self.inbox.events:
            place = event.origin.place
            if isinstance(event, Opened) and place is not None:
                known.pop(event.moved_from, None)
                known[place.account] = place
            elif isinstance(event, Closed) and place is not None:
                known.pop(place.account, None)
        return tuple(known.values())


@dataclass(slots=True)
class Town:
    """A forum with the channels, an office of the moderators, and the adapter in both."""

    fake: FakeTelegram
    room: Group
    office: Group
    adapter: Telegram
    inbox: Recorder
    running: "asyncio.Task[None]"

    def heard(self, *kinds: type[Inbound]) -> list[Inbound]:
        return [event for event in self.inbox.events if isinstance(event, kinds)]

    async def deliver(self, account: str, effect: Effect, message: int | None = None) -> MessageId:
        about = None if message is None else MessageId(str(message))
        return await self.adapter.deliver(Delivery(1, Address("telegram", "4242", account), effect, about))

    def account(self, topic: str) -> str:
        return f"{self.room.id}/{self.room.topic(topic).id}"


@asynccontextmanager
async def town(
    fake: FakeTelegram,
    *channels: Channel,
    inbox: Recorder | None = None,
    ready: bool = True,
    **settings: str,
) -> AsyncIterator[Town]:
    """Run the adapter until the block ends; it must still be well by then."""
    room = fake.world.groups.get(ROOM) or fake.group(ROOM)
    office = fake.world.groups.get(OFFICE) or fake.group(OFFICE, forum=False)
    assert isinstance(room, Group)
    assert isinstance(office, Group)
    inbox = inbox or Recorder()
    adapter = adapter_for(fake, **{"group": str(ROOM), "moderators_group": str(OFFICE), **settings})
    library = Library(inbox=inbox, listed=channels)
    polls = len(fake.asked("deleteWebhook"))
    running = asyncio.create_task(adapter.run(inbox, COMMANDS, library))
    try:
        if ready:
            await until(lambda: (len(fake.asked("deleteWebhook")) > polls and fake.world.allowed) or running.done())
        yield Town(fake, room, office, adapter, inbox, running)
    finally:
        alive = not running.done()
        running.cancel()
        outcome = (await asyncio.gather(running, return_exceptions=True))[0]
    assert alive or isinstance(outcome, asyncio.CancelledError), outcome


def remarks(caplog_records: list[logging.LogRecord]) -> list[str]:
    """Return what the operator was told."""
    ours = [record for record in caplog_records if not record.name.startswith("aiohttp")]  # the pretend server's own
    return [record.getMessage() for record in ours if record.levelno >= logging.WARNING]
