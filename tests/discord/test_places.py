"""Channels of a server: found or made, given their permissions and their pinned message, written to and read."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from buddybot.adapter import (
    Closed,
    Content,
    Deleted,
    Delivery,
    Edit,
    Edited,
    Joined,
    Left,
    MessageId,
    NoteId,
    Opened,
    React,
    Reacted,
    Retract,
    Said,
    Send,
    Span,
    Voice,
)
from tests.discord.faults import Fault
from tests.discord.house import Notebook
from tests.discord.town import LOBBY, NIGHTS, Town, all_rights, open_town
from tests.discord.wire import Wire, until

NOTE = NoteId("n1")


def post(words: str, author: str = "Slow River") -> Send:
    return Send(Content((Span(words),), Voice.MEMBER, author), NOTE)


@pytest.fixture
async def town(wire: Wire) -> AsyncIterator[Town]:
    async with open_town(wire) as opened:
        yield opened


async def test_channels_are_made_with_their_permissions_and_a_pinned_message(town: Town) -> None:
    ann, mod = await town.person("ann"), await town.person("mo", await town.role("Mods"))
    nights, lobby, staff = (town.room(key) for key in ("nights", "lobby", "staff"))
    assert not ann.rights(nights).send_messages
    assert not ann.rights(nights).add_reactions
    assert ann.rights(nights).view_channel
    assert ann.rights(lobby).send_messages
    assert not ann.rights(lobby).create_public_threads
    assert not ann.rights(staff).view_channel
    assert not mod.rights(staff).view_channel, "the role came after the channel"
    assert nights.parent == town.room("Recovery").id
    assert nights.topic == NIGHTS.topic
    pinned = town.wire.world.written[nights.pins[0]]
    assert pinned.content == "nights\\: Be kind."
    assert "form:channel.nights.write" in str(pinned.components)


async def test_a_restart_finds_everything_as_it_was(wire: Wire) -> None:
    inbox = Notebook()
    async with open_town(wire, inbox):
        pass
    made = len(wire.world.written)
    async with open_town(wire, inbox) as town:
        ann = await town.person("ann")
        await ann.says_in(town.room("lobby"), "hello again")
        await until(lambda: "hello again" in inbox.texts())
        assert len([event for event in inbox.events if "opened" in event.origin.event]) == 3
        assert len(wire.world.written) == made + 1
        await until(
            lambda: len(wire.asked("POST", "/channels")) == 5
        )  # the category, three channels, the forum of cases


async def test_a_pinned_message_that_changed_is_edited_in_place(wire: Wire) -> None:
    inbox = Notebook()
    async with open_town(wire, inbox, (NIGHTS,)) as town:
        room = town.room("nights")
    wire.world.written[room.pins[0]].content = "old rules"
    async with open_town(wire, inbox, (NIGHTS,)):
        await until(lambda: wire.world.written[room.pins[0]].content == "nights\\: Be kind.")
    assert len(room.pins) == 1


async def test_a_channel_of_that_name_is_adopted_and_keeps_what_others_set(wire: Wire) -> None:
    guild = wire.world.guild
    assert guild is None
    async with open_town(wire, channels=(LOBBY,)):
        pass
    assert wire.world.guild is not None
    helper = wire.world.guild.role("Helpers")
    room = wire.world.guild.room("nights")
    room.rules[helper.id] = (0, 1 << 11, 0)
    async with open_town(wire, channels=(NIGHTS,)) as town:
        assert town.room("nights") is room
        assert room.rules[helper.id] == (0, 1 << 11, 0)
        assert not (await town.person("ann")).rights(room).send_messages


async def test_what_is_said_in_an_open_channel_is_reported_with_its_place(town: Town) -> None:
    ann, room = await town.person("ann", await town.role("x")), town.room("lobby")
    said = await ann.says_in(room, "good evening")
    await until(lambda: town.origins(Said))
    (origin,) = town.origins(Said)
    assert origin.address.account == str(ann.user.id)
    assert origin.place is not None
    assert (origin.place.key, origin.place.account) == ("lobby", town.place("lobby").account)
    await ann.edits(said, "good night")
    await ann.reacts(said, "👍")
    await ann.reacts(said, "👍", take_away=True)
    await until(lambda: len(town.origins(Reacted)) == 2)
    await ann.deletes(said)
    await until(lambda: town.origins(Deleted))
    assert [event.text for event in town.inbox.events if isinstance(event, Edited)] == ["good night"]
    assert [event.emoji for event in town.inbox.events if isinstance(event, Reacted)] == ["👍", ""]
    assert {origin.place for kind in (Edited, Reacted, Deleted) for origin in town.origins(kind)} == {origin.place}
    assert town.origins(Deleted)[0].address == town.place("lobby")


async def test_roles_of_the_server_are_vouched_for_by_name_or_id(wire: Wire) -> None:
    async with open_town(wire, channels=(LOBBY,)) as first:
        lead = await first.role("whatever")
        mods = await first.role("Mods")
    async with open_town(wire, channels=(LOBBY,), leads=f"{lead.id}, other") as town:
        ann, ben = await town.person("ann", lead, mods), await town.person("ben")
        await ann.says_in(town.room("lobby"), "as a lead")
        await ben.says_in(town.room("lobby"), "as myself")
        await until(lambda: len(town.origins(Said)) == 2)
        assert [origin.roles for origin in town.origins(Said)] == [("moderator", "lead"), ()]


async def test_bots_moderators_talk_and_other_channels_are_left_alone(wire: Wire, town: Town) -> None:
    mods = await town.role("Mods")
    ann, other = await town.person("ann", mods), town.guild.room("elsewhere")
    town.room("staff").rules[mods.id] = (0, (1 << 10) | (1 << 11), 0)
    await ann.says_in(town.room("staff"), "between us")
    said = await ann.says_in(other, "not yours")
    await ann.reacts(said, "👍")
    await ann.deletes(said)
    robot = wire.person("robot")
    robot.user.bot = True
    await robot.comes()
    await robot.says_in(town.room("lobby"), "beep")
    await ann.says_in(town.room("lobby"), "hello")
    await until(town.inbox.texts)
    assert town.inbox.texts() == ["hello"]
    assert len(town.origins(Joined)) == 1, "a robot is nobody"
    assert town.origins(Reacted) + town.origins(Deleted) == []


async def test_what_was_said_while_the_bot_was_away_is_read_back_with_roles(wire: Wire) -> None:
    inbox = Notebook()
    async with open_town(wire, inbox, (LOBBY,)) as town:
        mods, room = await town.role("Mods"), town.room("lobby")
        ann, ben = await town.person("ann", mods), await town.person("ben")
        await ann.says_in(room, "before")
        await until(lambda: inbox.texts() == ["before"])
    await ann.says_in(room, "as a moderator")
    await ben.says_in(room, "and left")
    await ben.goes()
    async with open_town(wire, inbox, (LOBBY,)):
        await until(lambda: len(inbox.texts()) == 3)
    said = [event for event in inbox.events if isinstance(event, Said)]
    assert [event.text for event in said] == ["before", "as a moderator", "and left"]
    assert [event.origin.roles for event in said] == [("moderator",), ("moderator",), ()]
    assert all(event.origin.place is not None for event in said)


async def test_what_an_adopted_channel_held_before_is_not_read(wire: Wire) -> None:
    async with open_town(wire, channels=(NIGHTS,)) as town:
        room, ann = town.guild.room("lobby"), await town.person("ann")
    await ann.says_in(room, "long ago")
    async with open_town(wire, channels=(LOBBY,)) as town:
        await ann.says_in(room, "today")
        await until(town.inbox.texts)
        assert town.inbox.texts() == ["today"]


async def test_coming_and_going_is_told_of_open_channels(town: Town) -> None:
    ann = await town.person("ann")
    await ann.goes()
    await until(lambda: town.origins(Left))
    for kind in (Joined, Left):
        (origin,) = town.origins(kind)
        assert origin.place is not None
        assert origin.place.key == "lobby"
        assert origin.address.account == str(ann.user.id)


async def test_posts_are_written_changed_answered_reacted_to_and_taken_away(town: Town) -> None:
    ann, room = await town.person("ann"), town.room("lobby")
    asked = await ann.says_in(room, "anyone there?")
    made = await town.does("lobby", post("I am *here*"), reply_to=MessageId(str(asked.id)))
    shown = ann.reads_in(room)[-1]
    assert shown.content == "**Slow River:** I am \\*here\\*"
    assert shown.body["message_reference"] == {"message_id": str(asked.id), "fail_if_not_exists": False}
    assert shown.body["allowed_mentions"] == {"parse": [], "replied_user": False}
    await town.does("lobby", Edit(NOTE, post("still here").content), made)
    assert ann.reads_in(room)[-1].content == "**Slow River:** still here"
    await town.does("lobby", React(NOTE, "👍"), MessageId(str(asked.id)))
    assert asked.reactions["👍"] == {town.wire.world.bot.id}
    await town.does("lobby", React(NOTE, ""), MessageId(str(asked.id)))
    assert asked.reactions["👍"] == set()
    for message in (made, MessageId(str(asked.id)), made):
        assert await town.does("lobby", Retract(NOTE), message) == message
    assert [each for each in ann.reads_in(room) if each.id != room.pins[0]] == []
    await ann.says_in(room, "next")
    await until(lambda: "next" in town.inbox.texts())
    assert town.origins(Deleted) == [], "what the bot took away itself is no news"


async def test_a_deleted_channel_is_told_of_and_made_again_at_the_next_start(wire: Wire) -> None:
    inbox = Notebook()
    async with open_town(wire, inbox) as town:
        old = town.room("nights").id
        await town.loses("nights")
        await until(lambda: town.origins(Closed))
        assert town.origins(Closed)[0].address.account.endswith(str(old))
        await town.loses("lobby")
        await until(lambda: len(town.origins(Closed)) == 2)
    async with open_town(wire, inbox, waits=False) as town:
        await until(lambda: len([each for each in inbox.events if "opened" in each.origin.event]) == 5)
        assert town.room("nights").id != old


async def test_a_channel_deleted_while_the_bot_was_away_is_made_again(wire: Wire) -> None:
    inbox = Notebook()
    async with open_town(wire, inbox, (NIGHTS,)) as town:
        old = town.room("nights").id
    del town.guild.rooms[old]
    async with open_town(wire, inbox, (NIGHTS,), waits=False) as town:
        await until(lambda: len([each for each in inbox.events if "opened" in each.origin.event]) == 2)
        assert [origin.address.account for origin in town.origins(Closed)] == [f"#{old}"]


async def test_a_channel_taken_out_of_the_settings_is_closed_and_stays_in_the_server(wire: Wire) -> None:
    inbox = Notebook()
    async with open_town(wire, inbox, (NIGHTS, LOBBY)) as town:
        nights = town.place("nights")
    async with open_town(wire, inbox, (LOBBY,), waits=False) as town:
        await until(lambda: town.origins(Closed))
        assert [origin.address for origin in town.origins(Closed)] == [nights]
        assert town.place("nights") == nights


async def test_a_room_renamed_to_another_channel_s_key_is_not_taken_for_it(wire: Wire) -> None:
    inbox = Notebook()
    async with open_town(wire, inbox, (NIGHTS,)) as town:
        nights = town.room("nights")
        nights.name = "lobby"
    async with open_town(wire, inbox, (NIGHTS, LOBBY)) as town:
        lobby = [origin.place for origin in town.origins(Opened) if origin.place and origin.place.key == "lobby"]
        assert len(lobby) == 1
        assert lobby[0].account != f"#{nights.id}"
        assert town.origins(Closed) == []


async def test_put_out_of_the_server_the_bot_closes_its_places(town: Town) -> None:
    await town.wire.sessions.dispatch("GUILD_DELETE", {"id": str(town.guild.id)})
    await until(lambda: len(town.origins(Closed)) == 3)


async def test_a_server_that_the_bot_is_not_in_is_named_and_its_places_closed(
    wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    inbox = Notebook()
    async with open_town(wire, inbox, (NIGHTS,)) as town:
        pass
    del town.guild.members[wire.world.bot.id]
    async with open_town(wire, inbox, (NIGHTS,), waits=False) as town:
        await until(lambda: town.origins(Closed))
    assert f"not in the server {town.guild.id} of the settings" in caplog.text


async def test_messages_deleted_all_at_once_are_told_of_one_by_one(town: Town) -> None:
    ann, room = await town.person("ann"), town.room("lobby")
    said = [await ann.says_in(room, f"{number}") for number in range(3)]
    gone: dict[str, object] = {"ids": [str(each.id) for each in said], "channel_id": str(room.id)}
    await town.wire.sessions.dispatch("MESSAGE_DELETE_BULK", gone | {"guild_id": str(town.guild.id)})
    await until(lambda: len(town.origins(Deleted)) == 3)


async def test_let_into_its_server_later_the_bot_sets_up_its_channels_at_once(wire: Wire) -> None:
    guild = wire.world.open_guild(bot_may=all_rights())
    held = guild.members.pop(wire.world.bot.id)
    async with open_town(wire, channels=(NIGHTS,), waits=False) as town:
        guild.members[wire.world.bot.id] = held
        joined = {key: value for key, value in guild.json(wire.world.bot.json()).items() if key != "unavailable"}
        await wire.sessions.dispatch("GUILD_CREATE", joined)
        await until(lambda: town.opened() == {"nights"})


async def test_a_channel_that_discord_refuses_stops_no_other(wire: Wire, caplog: pytest.LogCaptureFixture) -> None:
    wire.fails(Fault("POST /api/guilds/.*/channels", status=400, code=30013, times=2))
    async with open_town(wire, channels=(NIGHTS, LOBBY), waits=False) as town:
        await until(lambda: caplog.text.count("could not be set up, Discord refused (code 30013)") == 2)
        assert town.house.running is not None
        assert not town.house.running.done()


async def test_a_post_that_may_have_arrived_before_a_restart_is_looked_for_and_not_doubled(wire: Wire) -> None:
    inbox = Notebook()
    async with open_town(wire, inbox, (LOBBY,)) as town:
        ann, room = await town.person("ann"), town.room("lobby")
        delivery = Delivery(7, town.place("lobby"), post("only once"))
        made = await town.house.adapter.deliver(delivery)
    wire.world.forget_nonces()
    async with open_town(wire, inbox, (LOBBY,)) as town:
        for number in range(30):
            await ann.says_in(room, f"in between {number}")
        assert await town.house.adapter.deliver(replace(delivery, repeat=True)) == made
    assert [each.content for each in ann.reads_in(room)].count("**Slow River:** only once") == 1


async def test_a_file_in_an_open_channel_is_named_by_its_kind(town: Town) -> None:
    ann = await town.person("ann")
    file = {"id": "1", "filename": "secret.png", "size": 1, "url": "http://127.0.0.1:9/x", "proxy_url": ""}
    await ann.says_in(town.room("lobby"), "look", parts={"attachments": [file | {"content_type": "image/png"}]})
    await until(lambda: town.origins(Said))
    assert [each.attachments for each in town.inbox.events if isinstance(each, Said)] == [("photo",)]
