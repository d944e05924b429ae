"""A server with three channels, and the adapter at work in it."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import count

import discord
from buddybot_discord.server.permissions import needed
from buddybot_discord.server.places import PREFIX

from buddybot.adapter import (
    Address,
    Channel,
    ChannelKind,
    Choice,
    Closed,
    Content,
    Delivery,
    Effect,
    Filter,
    MessageId,
    Opened,
    Origin,
    Place,
    Span,
)
from tests.discord.guilds import Guild, Role, Room
from tests.discord.house import House, Library, Notebook, key_of, open_house
from tests.discord.people import Person
from tests.discord.wire import Wire, until

NIGHTS = Channel("nights", "Nights", "For those who are up late.")
LOBBY = Channel("lobby", "Lobby", kind=ChannelKind.OPEN)
STAFF = Channel("staff", "Staff", kind=ChannelKind.MODERATORS)
ALL = (NIGHTS, LOBBY, STAFF)
ids = count(1_000_000)


class ServerLibrary(Library):
    """`Reads` of a bot with channels; it remembers places as the core does."""

    def __init__(self, inbox: Notebook, channels: tuple[Channel, ...] = ALL) -> None:
        super().__init__()
        self.inbox, self.all = inbox, channels
        self.asked: list[tuple[str, str, str]] = []
        self.rules = "Be kind."
        self.held_back = (Filter("selling", ("*dm for prices*",), (r"\$\d+",)), Filter("contact", ("*t.me/*",)))

    def channels(self) -> tuple[Channel, ...]:
        return self.all

    def filters(self) -> tuple[Filter, ...]:
        return self.held_back

    def pinned(self, key: str, locale: str = "") -> Content:
        in_words = "" if locale in {"", "en"} else f" ({locale})"
        write = (Choice(f"channel.{key}.write", "Write", form=True), Choice("home.crisis", "Help"))
        return Content((Span(f"{key}: {self.rules}{in_words}"),), choices=write)

    async def places(self, platform: str, identity: str) -> tuple[Place, ...]:
        return tuple(self._places(platform, identity))

    def _places(self, platform: str, identity: str) -> Iterator[Place]:
        found: dict[str, Place] = {}
        for event in self.inbox.events:
            place = event.origin.place
            if isinstance(event, Opened | Closed) and place is not None:
                found.pop(place.account, None)
                assert (event.origin.address.platform, event.origin.address.identity) == (platform, identity)
                if isinstance(event, Opened):
                    found[place.account] = place
        yield from found.values()

    async def suggest(self, address: Address, command: str, parameter: str, typed: str) -> tuple[Choice, ...]:
        self.asked.append((address.account, f"{command} {parameter}", typed))
        await self.slow.wait()
        return (Choice("ab12cd34", "P1 Tall Pine (threats)"),)


class Town:
    """The server, and the house that serves it."""

    def __init__(self, wire: Wire, guild: Guild, house: House, library: ServerLibrary) -> None:
        self.wire, self.guild, self.house, self.library = wire, guild, house, library

    @property
    def inbox(self) -> Notebook:
        return self.house.inbox

    def room(self, key: str) -> Room:
        return self.guild.named(key)

    def place(self, key: str) -> Address:
        return Address("discord", "main", f"{PREFIX}{self.room(key).id}")

    async def person(self, name: str, *roles: Role) -> Person:
        made = self.wire.person(name)
        await made.comes(*roles)
        return made

    async def does(
        self, key: str, effect: Effect, message: MessageId | None = None, reply_to: MessageId | None = None
    ) -> MessageId:
        number = next(ids)
        delivery = Delivery(number, self.place(key), effect, message, reply_to, key=key_of(number))
        return await self.house.adapter.deliver(delivery)

    async def tells_of(self, role: Role) -> None:
        """Let Discord tell of a role that changed; what is said after it comes after it."""
        await self.wire.sessions.dispatch("GUILD_ROLE_UPDATE", {"guild_id": str(self.guild.id), "role": role.json()})
        ann = await self.person("witness")
        await until(lambda: any(each.origin.address.account == str(ann.user.id) for each in self.inbox.events))

    async def role(self, name: str) -> Role:
        made = self.guild.role(name)
        await self.wire.sessions.dispatch("GUILD_ROLE_CREATE", {"guild_id": str(self.guild.id), "role": made.json()})
        return made

    async def loses(self, key: str) -> None:
        """Let somebody delete the channel."""
        room = self.room(key)
        del self.guild.rooms[room.id]
        await self.wire.sessions.dispatch("CHANNEL_DELETE", room.json())

    def opened(self) -> set[str]:
        return {
            event.origin.place.key for event in self.inbox.events if isinstance(event, Opened) and event.origin.place
        }

    def origins(self, kind: type) -> list[Origin]:
        return [event.origin for event in self.inbox.events if isinstance(event, kind)]


def all_rights(channels: tuple[Channel, ...] = ALL, *, without: str = "") -> discord.Permissions:
    names = set(needed(channels, automod=True)) - {without}
    return discord.Permissions(**dict.fromkeys(names, True))


@asynccontextmanager
async def open_town(
    wire: Wire,
    inbox: Notebook | None = None,
    channels: tuple[Channel, ...] = ALL,
    *,
    without: str = "",
    waits: bool = True,
    **settings: str,
) -> AsyncIterator[Town]:
    """Let the bot into a server, or start it again there, and wait until its places are open."""
    guild = wire.world.guild or wire.world.open_guild(bot_may=all_rights(channels, without=without))
    if without:
        guild.roles[guild.id].rights.update(**{without: False})
    inbox = inbox or Notebook()
    library = ServerLibrary(inbox, channels)
    settings = {"guild": str(guild.id), "moderators": "Mods", "leads": "Leads"} | settings
    async with open_house(wire, inbox, library, **settings) as house:
        town = Town(wire, guild, house, library)
        if waits:
            await until(lambda: town.opened() == {each.key for each in channels})
        yield town
