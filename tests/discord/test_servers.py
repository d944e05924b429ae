"""Several servers on one bot account: each with its channels, roles and language, and one member everywhere."""

import json
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from buddybot_discord import create

from buddybot.adapter import (
    Address,
    Channel,
    Closed,
    Content,
    Delivery,
    Joined,
    Left,
    NoteId,
    Opened,
    Origin,
    Restrict,
    Restriction,
    Said,
    Send,
    Span,
    Tune,
    Voice,
    utc_now,
)
from tests.discord.faults import Fault
from tests.discord.guilds import Guild, Room
from tests.discord.house import House, Notebook, key_of, open_house
from tests.discord.town import ALL, LOBBY, NIGHTS, ServerLibrary, all_rights
from tests.discord.wire import Wire, until


class Servers:
    """The bot in several servers."""

    def __init__(self, wire: Wire, guilds: tuple[Guild, ...], house: House) -> None:
        self.wire, self.guilds, self.house, self.inbox = wire, guilds, house, house.inbox
        self._numbers = iter(range(5_000_000, 6_000_000))

    def opened(self) -> list[tuple[str, str]]:
        """Return key and account of each place that was opened."""
        places = [event.origin.place for event in self.inbox.events if isinstance(event, Opened)]
        return [(place.key, place.account) for place in places if place]

    def origins(self, kind: type) -> list[Origin]:
        return [event.origin for event in self.inbox.events if isinstance(event, kind)]

    async def does(self, room: Room, effect: Send | Restrict | Tune) -> None:
        number = next(self._numbers)
        where = Address("discord", "main", f"#{room.id}")
        await self.house.adapter.deliver(Delivery(number, where, effect, key=key_of(number)))


def found(wire: Wire, many: int, channels: tuple[Channel, ...] = ALL) -> tuple[Guild, ...]:
    return tuple(wire.world.open_guild(bot_may=all_rights(channels)) for _ in range(many))


def tables(guilds: Iterable[Guild], *more: Mapping[str, object]) -> str:
    extra = [*more, *[{}] * 300]
    return json.dumps([{"id": str(guild.id), **each} for guild, each in zip(guilds, extra, strict=False)])


@asynccontextmanager
async def served(
    wire: Wire,
    guilds: tuple[Guild, ...],
    *more: Mapping[str, object],
    inbox: Notebook | None = None,
    channels: tuple[Channel, ...] = ALL,
    places: int = -1,
) -> AsyncIterator[Servers]:
    """Run the bot in these servers; `more` is what stands in their tables beside the ids."""
    inbox = inbox or Notebook()
    library = ServerLibrary(inbox, channels)
    async with open_house(wire, inbox, library, guilds=tables(guilds, *more)) as house:
        servers = Servers(wire, guilds, house)
        expected = len(guilds) * len(channels) if places < 0 else places
        await until(lambda: len(set(servers.opened())) >= expected)
        yield servers


def post(words: str) -> Send:
    return Send(Content((Span(words),), Voice.MEMBER, "Slow River"), NoteId("n1"))


async def test_each_server_gets_its_channels_in_its_category_language_and_with_its_roles(wire: Wire) -> None:
    north, south = found(wire, 2)
    helpers, mods = south.role("Helpers"), north.role("Mods")
    more = (
        {"category": "Care", "moderators": "Mods"},
        {"channels": ["lobby", "staff"], "moderators": str(helpers.id), "language": "es"},
    )
    async with served(wire, (north, south), *more, places=5) as servers:
        assert {key for key, account in servers.opened() if account == f"#{north.named('nights').id}"} == {"nights"}
        made = ["Recovery", "lobby", "staff", "staff-cases"]
        await until(lambda: sorted(room.name for room in south.rooms.values()) == made)
        await until(lambda: any(room.name == "staff-cases" for room in north.rooms.values()))
        assert north.named("lobby").parent == north.named("Care").id
        pinned = wire.world.written[south.named("lobby").pins[0]]
        assert pinned.content == "lobby\\: Be kind. \\(es\\)"
        assert {origin.locale for origin in servers.origins(Opened)} == {"en", "es"}
        mo = wire.person("mo")
        for guild, role in ((north, mods), (south, helpers)):
            await mo.comes(into=guild)
            assert not mo.rights(guild.named("staff")).view_channel
            await mo.comes(role, into=guild)
            assert mo.rights(guild.named("staff")).view_channel
    assert await lacks(wire, (north, south), *more) == ()


async def lacks(wire: Wire, guilds: tuple[Guild, ...], *more: Mapping[str, object]) -> tuple[str, ...]:
    return await create(wire.settings(guilds=tables(guilds, *more))).inspect(ALL, ("en",))


async def test_what_is_said_is_told_with_its_place_and_a_role_counts_in_its_own_server_alone(wire: Wire) -> None:
    north, south = found(wire, 2)
    mods, same_name = north.role("Mods"), south.role("Mods")
    async with served(wire, (north, south), {"moderators": "Mods"}, {"moderators": "Others"}) as servers:
        ann = wire.person("ann")
        await ann.comes(mods, into=north)
        await ann.comes(same_name, into=south)
        await ann.says_in(north.named("lobby"), "in the north")
        await until(lambda: servers.inbox.texts() == ["in the north"])
        await ann.says_in(south.named("lobby"), "in the south")
        await until(lambda: len(servers.inbox.texts()) == 2)
        first, second = servers.origins(Said)
        assert first.address == second.address, "one member stays one member"
        assert (first.roles, second.roles) == (("moderator",), ())
        assert [each.place and each.place.account for each in (first, second)] == [
            f"#{guild.named('lobby').id}" for guild in (north, south)
        ]
        await ann.uses("mod queue", room=south.named("lobby"))
        await until(lambda: servers.inbox.events[-1].origin.place == second.place)
        assert servers.inbox.events[-1].origin.roles == ()


async def test_coming_and_going_is_told_of_the_server_it_was_in(wire: Wire) -> None:
    north, south = found(wire, 2)
    async with served(wire, (north, south)) as servers:
        ann = wire.person("ann")
        await ann.comes(into=south)
        await ann.goes(out_of=south)
        await until(lambda: servers.origins(Left))
        for kind in (Joined, Left):
            (origin,) = servers.origins(kind)
            assert origin.place is not None
            assert origin.place.account == f"#{south.named('lobby').id}"


async def test_a_sanction_is_carried_out_in_the_server_that_it_is_for(wire: Wire) -> None:
    north, south = found(wire, 2)
    async with served(wire, (north, south)) as servers:
        ann = wire.person("ann")
        for guild in (north, south):
            await ann.comes(into=guild)
        until_then = utc_now() + timedelta(days=20_000)
        await servers.does(south.named("lobby"), Restrict(str(ann.user.id), Restriction.MUTE, until_then))
        assert (list(north.silenced), list(south.silenced)) == ([], [ann.user.id])
        await servers.does(north.named("lobby"), Tune(30, locked=True))
        assert [guild.named("lobby").slow for guild in (north, south)] == [30, 0]
        assert not ann.rights(north.named("lobby")).send_messages
        await servers.does(south.named("lobby"), Restrict(str(ann.user.id), Restriction.LIFT))
        assert ann.rights(south.named("lobby")).send_messages


async def test_put_out_of_one_server_the_others_go_on_and_back_again_it_is_set_up(wire: Wire) -> None:
    north, south = found(wire, 2)
    inbox = Notebook()
    async with served(wire, (north, south), inbox=inbox) as servers:
        held = north.members.pop(wire.world.bot.id)
        await wire.sessions.dispatch("GUILD_DELETE", {"id": str(north.id)})
        await until(lambda: len(servers.origins(Closed)) == len(ALL))
        assert {origin.address.account for origin in servers.origins(Closed)} == {
            f"#{north.named(each.key).id}" for each in ALL
        }
        ann = wire.person("ann")
        await ann.comes(into=south)
        await ann.says_in(south.named("lobby"), "still here")
        await until(lambda: inbox.texts() == ["still here"])
        north.members[wire.world.bot.id] = held
        joined = {key: value for key, value in north.json(wire.world.bot.json()).items() if key != "unavailable"}
        await wire.sessions.dispatch("GUILD_CREATE", joined)
        await until(lambda: len(servers.origins(Opened)) == 3 * len(ALL))


async def test_a_server_taken_out_of_the_settings_or_lost_is_closed_and_named_and_the_rest_stays(
    wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    north, middle, south = found(wire, 3)
    inbox = Notebook()
    async with served(wire, (north, middle, south), inbox=inbox):
        pass
    del south.members[wire.world.bot.id]
    async with served(
        wire, (north, south), {"channels": ["nights", "lobby", "typo"]}, inbox=inbox, places=0
    ) as servers:
        gone = {f"#{guild.named(each.key).id}" for guild in (middle, south) for each in ALL}
        gone.add(f"#{north.named('staff').id}")
        await until(lambda: {origin.address.account for origin in servers.origins(Closed)} == gone)
        await until(lambda: f"the bot is not in the server {south.id} of the settings" in caplog.text)
        await until(lambda: f"the server {north.id} is to show 'typo', and no channel has this key" in caplog.text)
    said = await lacks(wire, (north, south), {"channels": ["typo"], "moderators": "Nobody"})
    assert [each.partition(":")[0] for each in said[:2]] == [f"server {north.id}", f"server {south.id}"]
    for part, words in zip(said, ("no role 'nobody'", "not in this server", "'typo'"), strict=True):
        assert words in part


async def test_a_channel_that_no_server_shows_is_named(wire: Wire, caplog: pytest.LogCaptureFixture) -> None:
    (north,) = found(wire, 1)
    async with served(wire, (north,), {"channels": ["lobby"]}, places=1):
        await until(lambda: "the channel nights is shown on no server" in caplog.text)


async def test_while_an_outage_hides_a_server_none_of_its_places_is_given_up(wire: Wire) -> None:
    north, south = found(wire, 2)
    inbox = Notebook()
    async with served(wire, (north, south), inbox=inbox):
        pass
    wire.world.down.add(south.id)
    async with served(wire, (north, south), inbox=inbox, places=0) as servers:
        ann = wire.person("ann")
        await ann.comes(into=north)
        await ann.says_in(north.named("lobby"), "we are up")
        await until(lambda: inbox.texts() == ["we are up"])
        await until(lambda: servers.house.adapter._gateway and servers.house.adapter._gateway.is_ready())
        wire.world.down.clear()
        await wire.sessions.dispatch("GUILD_CREATE", south.json(wire.world.bot.json()))
        await ann.comes(into=south)
        await ann.says_in(south.named("lobby"), "so are we")
        await until(lambda: len(inbox.texts()) == 2)
        assert servers.origins(Closed) == []
        assert len(servers.opened()) == 2 * len(ALL)


async def test_what_was_said_in_each_server_meanwhile_is_read_back_and_one_that_refuses_holds_up_no_other(
    wire: Wire,
) -> None:
    north, south = found(wire, 2)
    inbox = Notebook()
    async with served(wire, (north, south), inbox=inbox, channels=(LOBBY,)):
        pass
    ann = wire.person("ann")
    for guild in (north, south):
        await ann.comes(into=guild)
        await ann.says_in(guild.named("lobby"), f"missed in {guild.id}", live=False)
    wire.fails(Fault(f"GET /api/channels/{north.named('lobby').id}/messages", status=403, code=50001, times=99))
    async with served(wire, (north, south), inbox=inbox, channels=(LOBBY,)):
        await until(lambda: inbox.texts() == [f"missed in {south.id}"])


async def test_two_hundred_servers_are_served_and_those_that_show_no_channel_cost_no_request(wire: Wire) -> None:
    guilds = found(wire, 200, (NIGHTS,))
    more = [{"channels": [] if number % 40 else ["nights"]} for number in range(200)]
    async with served(wire, guilds, *more, channels=(NIGHTS,), places=5) as servers:
        await servers.does(guilds[160].named("nights"), post("from afar"))
    with_rooms = [number for number, guild in enumerate(guilds) if guild.rooms]
    assert with_rooms == [0, 40, 80, 120, 160]
    assert len(wire.rest.log) < 100
