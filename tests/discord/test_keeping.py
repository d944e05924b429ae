"""What the core decides about people in a place: time-outs, permissions of one person, slow mode, a lock, rights."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import discord
import pytest
from buddybot_discord.server.permissions import COSTS, needed

from buddybot.adapter import (
    Admit,
    MessageId,
    NoteId,
    React,
    Restrict,
    Restriction,
    Retract,
    RetryLater,
    Send,
    Tune,
    utc_now,
)
from tests.discord.faults import Fault
from tests.discord.house import text
from tests.discord.town import ALL, LOBBY, NIGHTS, Town, all_rights, open_town
from tests.discord.wire import Wire, until

NOTE = NoteId("n1")
MUTE, REMOVE, LIFT = Restriction.MUTE, Restriction.REMOVE, Restriction.LIFT


@pytest.fixture
async def town(wire: Wire) -> AsyncIterator[Town]:
    async with open_town(wire) as opened:
        yield opened


async def test_a_newcomer_reads_first_and_writes_when_let(town: Town) -> None:
    ann, lobby = await town.person("ann"), town.room("lobby")
    await town.does("lobby", Restrict(str(ann.user.id), MUTE))
    assert not ann.rights(lobby).send_messages
    assert ann.rights(lobby).view_channel
    await town.does("lobby", Restrict(str(ann.user.id), LIFT))
    assert ann.rights(lobby).send_messages
    assert ann.user.id not in lobby.rules


async def test_letting_a_newcomer_write_ends_no_time_out_that_somebody_else_gave(town: Town) -> None:
    ann = await town.person("ann")
    for held_back in (True, False):
        if held_back:
            await town.does("lobby", Restrict(str(ann.user.id), MUTE))
        town.guild.silenced[ann.user.id] = "2099-01-01T00:00:00+00:00"
        await town.does("lobby", Restrict(str(ann.user.id), Restriction.ENTER))
        assert ann.user.id in town.guild.silenced
        assert ann.user.id not in town.room("lobby").rules


@pytest.mark.parametrize("days", [1, 400])
async def test_what_has_an_end_is_a_time_out_of_28_days_at_most(town: Town, days: int) -> None:
    ann = await town.person("ann")
    end = utc_now() + timedelta(days=days)
    await town.does("lobby", Restrict(str(ann.user.id), MUTE))
    await town.does("lobby", Restrict(str(ann.user.id), MUTE, end))
    until_then = datetime.fromisoformat(town.guild.silenced[ann.user.id])
    assert until_then <= min(end, utc_now() + timedelta(days=28))
    assert until_then > utc_now() + timedelta(hours=23)
    await town.does("lobby", Restrict(str(ann.user.id), LIFT))
    assert town.guild.silenced == {}
    assert ann.rights(town.room("lobby")).send_messages


async def test_somebody_removed_sees_the_channel_no_more(town: Town) -> None:
    ann, nights = await town.person("ann"), town.room("nights")
    await town.does("nights", Restrict(str(ann.user.id), REMOVE, utc_now() + timedelta(days=30)))
    assert not ann.rights(nights).view_channel
    await town.does("nights", Restrict(str(ann.user.id), LIFT))
    assert ann.rights(nights).view_channel


async def test_who_left_can_be_restricted_without_harm(town: Town) -> None:
    ann = await town.person("ann")
    await ann.goes()
    for how in (MUTE, LIFT):
        await town.does("lobby", Restrict(str(ann.user.id), how, utc_now()))


async def test_slow_mode_and_a_lock(town: Town) -> None:
    ann, lobby, nights = await town.person("ann"), town.room("lobby"), town.room("nights")
    await town.does("lobby", Tune(30, locked=True))
    assert (lobby.slow, ann.rights(lobby).send_messages) == (30, False)
    await town.does("lobby", Tune(0, locked=False))
    assert (lobby.slow, ann.rights(lobby).send_messages) == (0, True)
    await town.does("nights", Tune(5, locked=False))
    assert (nights.slow, ann.rights(nights).send_messages) == (5, False), "nobody ever writes in an anonymous channel"
    assert await town.does("nights", Admit("1", welcome=True)) == ""


@pytest.mark.parametrize("right", [*COSTS])
async def test_each_missing_right_is_named_with_its_remedy_once_and_the_bot_goes_on(
    wire: Wire, right: str, caplog: pytest.LogCaptureFixture
) -> None:
    crippling = {"view_channel", "manage_channels", "manage_roles", "send_messages", "read_message_history"}
    async with open_town(wire, without=right, waits=right not in crippling) as town:
        shown = right.replace("guild", "server").replace("_", " ").title()
        await until(lambda: f"the bot lacks the right {shown} in its server" in caplog.text)
        assert f"allow {shown}" in caplog.text
        assert caplog.text.count(f"lacks the right {shown}") == 1
        assert town.house.running is not None
        assert not town.house.running.done()


async def test_what_the_bot_may_not_do_later_is_named_and_holds_nothing_up(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    ann, lobby = await town.person("ann"), town.room("lobby")
    said = MessageId(str((await ann.says_in(lobby, "hello")).id))
    role = next(role for role in town.guild.roles.values() if role.name == "BuddyBot")
    role.rights = discord.Permissions(view_channel=True)
    lobby.rules.clear()
    town.guild.roles[town.guild.id].rights = discord.Permissions(view_channel=True)
    for changed in (role, town.guild.roles[town.guild.id]):
        await town.tells_of(changed)
    person, end = str(ann.user.id), utc_now() + timedelta(hours=1)
    effects = (Restrict(person, MUTE), Restrict(person, MUTE, end), Restrict(person, LIFT), Tune(5, locked=True))
    for effect in (*effects, *effects):
        assert await town.does("lobby", effect) == ""
    for about in (Retract(NOTE), React(NOTE, "👍")):
        assert await town.does("lobby", about, said) == said
    with pytest.raises(RetryLater):
        await town.does("lobby", Send(text("hello")))
    for shown in ("Manage Roles", "Moderate Members", "Manage Channels", "Manage Messages", "Add Reactions"):
        assert caplog.text.count(f"lacks the right {shown}") == 1
    assert str(ann.user.id) not in caplog.text


def test_no_more_is_asked_for_than_the_channels_need() -> None:
    assert needed((), automod=True) == ()
    assert not {"moderate_members", "manage_guild"} & set(needed((NIGHTS,), automod=True))
    assert "manage_guild" not in needed((LOBBY,), automod=False)
    assert set(needed(ALL, automod=True)) == set(COSTS)
    assert not all_rights().administrator


async def test_a_time_out_of_somebody_above_the_bot_is_named_as_that(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    ann = await town.person("ann")
    town.wire.fails(Fault("PATCH /api/guilds/.*/members/.*", status=403, code=50013))
    assert await town.does("lobby", Restrict(str(ann.user.id), MUTE, utc_now())) == ""
    assert "stands below that of the person" in caplog.text


async def test_who_leaves_takes_no_room_among_a_channels_permissions(town: Town) -> None:
    ann, ben, lobby = await town.person("ann"), await town.person("ben"), town.room("lobby")
    await town.does("lobby", Restrict(str(ann.user.id), MUTE))
    await town.does("lobby", Restrict(str(ben.user.id), REMOVE))
    await ann.goes()
    await ben.goes()
    await until(lambda: ann.user.id not in lobby.rules)
    assert ben.user.id in lobby.rules, "somebody removed stays out"


async def test_a_channel_without_room_for_a_permission_is_named(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    ann = await town.person("ann")
    town.wire.fails(Fault("PUT /api/channels/.*/permissions/.*", status=400, code=30060))
    assert await town.does("lobby", Restrict(str(ann.user.id), MUTE)) == ""
    assert "refused a permission of one person" in caplog.text


async def test_the_audit_log_names_the_case_and_nothing_else(town: Town) -> None:
    ann, end = await town.person("ann"), utc_now() + timedelta(days=1)
    made = await town.does("nights", Send(text("sour"), NOTE))
    for how in (MUTE, REMOVE, LIFT):
        await town.does("lobby", Restrict(str(ann.user.id), how, case="f5e4a699"))
    await town.does("lobby", Restrict(str(ann.user.id), MUTE, end, "f5e4a699"))
    await town.does("nights", Retract(NOTE, "f5e4a699"), made)
    done = [(each.method, each.reason) for each in town.wire.rest.log if each.reason]
    assert sorted(done) == sorted(
        [("PUT", "case f5e4a699")] * 2 + [("DELETE", "case f5e4a699")] * 2 + [("PATCH", "case f5e4a699")]
    )


async def test_what_is_done_for_no_case_says_nothing_in_the_audit_log(town: Town) -> None:
    ann = await town.person("ann")
    made = await town.does("nights", Send(text("sour"), NOTE))
    await town.does("lobby", Restrict(str(ann.user.id), MUTE))
    await town.does("nights", Retract(NOTE), made)
    assert not any(each.reason for each in town.wire.rest.log)
