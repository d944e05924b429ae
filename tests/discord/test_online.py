"""`check --online`: what is missing is named, with what it costs and what to do; nothing is changed."""

import discord
import pytest
from buddybot_discord import create

from buddybot.adapter import AdapterError, Channel, Inspector
from tests.discord.faults import Fault
from tests.discord.town import ALL, LOBBY, NIGHTS, all_rights
from tests.discord.wire import Wire


async def lacks(wire: Wire, channels: tuple[Channel, ...] = ALL, **settings: str) -> tuple[str, ...]:
    guild = {"guild": str(wire.world.guild.id)} if wire.world.guild else {}
    adapter = create(wire.settings(**(guild | settings)))
    assert isinstance(adapter, Inspector)
    return await adapter.inspect(channels, ("en",))


async def test_nothing_is_missing_where_everything_is_there(wire: Wire) -> None:
    guild = wire.world.open_guild(bot_may=all_rights())
    guild.role("Mods")
    assert await lacks(wire, moderators="Mods") == ()
    assert {each.method for each in wire.rest.log} == {"GET"}


async def test_without_channels_nothing_is_asked_for(wire: Wire) -> None:
    assert await lacks(wire, ()) == ()


async def test_channels_without_a_server_are_named(wire: Wire) -> None:
    (found,) = await lacks(wire)
    assert "Set guild" in found


async def test_a_server_without_the_bot_is_named(wire: Wire) -> None:
    guild = wire.world.open_guild(bot_may=all_rights())
    guild.members.clear()
    (found,) = await lacks(wire)
    assert "not in this server" in found


async def test_each_missing_right_role_and_intent_is_named(wire: Wire) -> None:
    guild = wire.world.open_guild(bot_may=all_rights(without="moderate_members"))
    guild.room("nights").rules[wire.world.bot.id] = (1, 0, discord.Permissions(manage_messages=True).value)
    guild.room("elsewhere").rules[wire.world.bot.id] = (1, 0, discord.Permissions(manage_messages=True).value)
    wire.world.flags = 0
    found = await lacks(wire, leads="Nobody")
    for part, words in zip(
        found, ("Message Content", "Server Members", "Moderate Members", "'nobody'", "channel nights"), strict=True
    ):
        assert words in part
    assert "no time-outs" in found[2]
    assert await lacks(wire, (NIGHTS,)) == (found[4],), "an anonymous channel needs neither time-outs nor intents"


async def test_a_wrong_token_ends_the_check_with_what_to_do(wire: Wire) -> None:
    with pytest.raises(AdapterError, match="reset the token"):
        await lacks(wire, (LOBBY,), token="a.wrong.token")


async def test_a_server_that_is_not_there_ends_the_check(wire: Wire) -> None:
    with pytest.raises(AdapterError, match="can't be reached"):
        await lacks(wire, (LOBBY,), api="http://127.0.0.1:9/api")


@pytest.mark.parametrize("where", ["GET /api/users/@me", "GET /api/guilds/[0-9]+", "GET /api/guilds/.*/channels"])
async def test_what_answers_as_discord_never_does_is_a_sentence(wire: Wire, where: str) -> None:
    wire.world.open_guild(bot_may=all_rights())
    wire.fails(Fault(where, status=200, html=True))
    with pytest.raises(AdapterError, match="not as Discord does"):
        await lacks(wire, (LOBBY,))
