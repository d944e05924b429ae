"""What Discord refuses for a reason that its documentation names: who is told, what is lost, and what goes on."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import discord
import pytest

from buddybot.adapter import Address, Choice, Content, Edit, MessageId, NoteId, RetryLater, Send, Span, Voice
from buddybot.store.kernel.receipts import Part
from tests.discord.desk import NOTE, Desk, note
from tests.discord.faults import Fault
from tests.discord.guilds import CATEGORY, TEXT
from tests.discord.house import House, sending
from tests.discord.town import LOBBY, NIGHTS, Town, all_rights, open_town
from tests.discord.wire import Wire, until
from tests.store.cast import ANN

NEW = "POST /api/channels/.*/messages"
HELP = Send(Content((Span("Call 988."),), voice=Voice.CRISIS, choices=(Choice("t.more", "more"),)))


@asynccontextmanager
async def at_place(folder: Path, town: Town, key: str) -> AsyncIterator[Desk]:
    """Put the desk in front of a place."""
    desk = Desk(folder, town.wire, town.house, await town.person("ann"), town.place(key))
    await desk.opens()
    await desk.admits()
    try:
        yield desk
    finally:
        await desk.dispatcher.stop()
        await desk.store.close()


async def listens(house: House, wire: Wire) -> None:
    """The bot is up, and hears somebody else."""
    await wire.person("witness").says("still there?")
    await until(lambda: "still there?" in house.inbox.texts())
    assert house.running is not None
    assert not house.running.done()


@pytest.mark.parametrize("worn_out", [True, False], ids=["too old", "never answered"])
async def test_a_click_that_can_be_followed_up_no_more_is_no_refusal_of_the_bots_token(
    desk: Desk, *, worn_out: bool
) -> None:
    desk.ann.user.closed = True
    if not worn_out:
        desk.wire.fails(Fault("POST /api/interactions/.*", status=404, code=10062))
    click = await desk.ann.uses("crisis", guild=True)
    await until(lambda: desk.wire.asked("POST", "/callback"))
    click.worn_out = worn_out
    await desk.posts(HELP)
    await desk.rest()
    assert desk.service.told == ["unreachable ann"]
    await listens(desk.house, desk.wire)


async def test_a_token_that_is_refused_ends_it_all_the_same(desk: Desk) -> None:
    desk.wire.rest.revoked = True
    await desk.posts(note("hello"))
    await desk.rest()
    running = desk.house.running
    assert running is not None
    await until(running.done)
    desk.house.running = None


@pytest.mark.parametrize("code", [50007, 50278])
@pytest.mark.parametrize("opened", [True, False])
async def test_who_takes_no_direct_messages_is_told_of_once_whatever_the_status(
    desk: Desk, code: int, *, opened: bool
) -> None:
    if opened:
        desk.ann.user.closed, desk.ann.user.alone = code == 50007, code == 50278
    else:
        desk.ann.user.never_met = code
    await desk.posts(note("hello"))
    await desk.rest()
    assert desk.service.told == ["unreachable ann"]


async def test_help_is_shown_where_it_was_asked_for_also_where_no_dm_can_be_opened(desk: Desk) -> None:
    desk.ann.user.never_met = 50007
    await desk.ann.uses("crisis", guild=True)
    await until(desk.ann.whispers)
    await desk.posts(HELP)
    await desk.rest()
    assert desk.ann.whispers()[-1] == "Call 988."
    assert desk.service.told == ["delivered ann"]


async def test_a_dm_of_another_bot_account_that_can_not_be_seen_is_opened_anew(desk: Desk) -> None:
    theirs = desk.wire.world.snowflake()
    desk.wire.world.directs[theirs] = desk.ann.user
    desk.wire.world.of_other_bots.add(theirs)
    stale = Address("discord", "main", str(desk.ann.user.id), chat=str(theirs))
    await desk.store.write(lambda tx: tx.members.keep_chat(ANN, stale))
    await desk.posts(note("hello"))
    await desk.rest()
    assert (desk.sees(), desk.service.told) == ("hello", ["delivered ann"])


async def test_a_post_is_shown_without_its_arrow_where_the_history_can_not_be_read(
    wire: Wire, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_town(wire, None, (NIGHTS, LOBBY), without="read_message_history") as town:
        ann = await town.person("ann")
        said = await ann.says_in(town.room("lobby"), "anybody up?")
        async with at_place(tmp_path, town, "lobby") as desk:
            name = MessageId(str(said.id))
            await desk.store.write(lambda tx: tx.receipts.put(ANN, name, NOTE, Part.AUTHOR, desk.world.now()))
            await desk.posts(Send(Content((Span("me too"),), author="Otter", reply_to=NOTE), NoteId("n2")))
            await desk.rest()
            assert desk.service.told == ["delivered ann"]
        assert [each.content for each in ann.reads_in(town.room("lobby"))][-1] == "**Otter:** me too"
    assert "Read Message History" in caplog.text


async def test_what_can_not_be_answered_is_said_without_an_arrow(wire: Wire, house: House) -> None:
    ann = wire.person("ann")
    pinned = await ann.says("", parts={"type": 6})
    whole = sending(ann, "hello")
    await house.adapter.deliver(type(whole)(whole.id, whole.address, whole.effect, None, MessageId(str(pinned.id))))
    assert ann.sees() == ["hello"]


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("code", [0, 30046, 20028])
async def test_a_limit_of_one_route_that_does_not_end_holds_up_nobody_else(
    desk: Desk, code: int, *, shared: bool
) -> None:
    ben = desk.wire.person("ben")
    shown = await desk.house.shows(desk.ann, "hello")
    await desk.store.write(lambda tx: tx.receipts.put(ANN, shown, NOTE, Part.COPY, desk.world.now()))
    desk.wire.fails(Fault("PATCH .*", status=429, code=code, retry_after=0.01, is_shared=shared, times=5))
    await desk.posts(Edit(NOTE, Content((Span("later"),))))
    await desk.rest()
    await desk.house.shows(ben, "hello")
    assert (ben.sees(), desk.ann.sees()) == (["hello"], ["hello"])
    await desk.rest(60)
    assert desk.ann.sees() == ["later"]


async def test_a_limit_of_the_whole_account_that_is_too_long_to_wait_out_is_kept_by_all(desk: Desk) -> None:
    ben = desk.wire.person("ben")
    desk.wire.fails(Fault(NEW, status=429, retry_after=64.57, is_global=True, times=9))
    await desk.posts(note("hello"))
    await desk.rest()
    asked = len(desk.wire.rest.log)
    with pytest.raises(RetryLater) as raised:
        await desk.house.shows(ben, "hello")
    assert raised.value.seconds
    assert 60 < raised.value.seconds <= 65
    assert len(desk.wire.rest.log) == asked


async def test_rules_are_pinned_once_however_often_it_starts_where_the_history_can_not_be_read(wire: Wire) -> None:
    for _ in range(3):
        async with open_town(wire, None, (NIGHTS,), without="read_message_history") as town:
            assert len(town.room("nights").pins) == 1


async def test_rules_are_found_again_below_more_pins_than_a_page_shows(wire: Wire) -> None:
    async with open_town(wire, None, (LOBBY,)) as town:
        ann, room = await town.person("ann"), town.room("lobby")
        for number in range(120):
            room.pin((await ann.says_in(room, f"pin {number}", live=False)).id)
    async with open_town(wire, None, (LOBBY,)) as town:
        mine = [each for each in town.room("lobby").pins if wire.world.written[each].author is wire.world.bot]
        assert len(mine) == 1


@pytest.mark.parametrize("code", [0, 40001, 40002, 40333, 50178])
async def test_a_refusal_that_is_about_the_bot_closes_nobodys_room(desk: Desk, code: int) -> None:
    desk.wire.fails(Fault(NEW, status=403, code=code))
    await desk.posts(note("hello"))
    await desk.rest()
    assert desk.service.told == []
    await desk.rest(301)
    assert (desk.sees(), desk.service.told) == ("hello", ["delivered ann"])


async def test_a_channel_that_is_hidden_from_the_bot_is_named(wire: Wire, caplog: pytest.LogCaptureFixture) -> None:
    async with open_town(wire, None, (LOBBY,)) as town:
        room = town.room("lobby")
        room.rules[wire.world.bot.id] = (1, 0, discord.Permissions(view_channel=True).value)
        await wire.sessions.dispatch("CHANNEL_UPDATE", room.json())
        await until(lambda: "the channel lobby was hidden from the bot" in caplog.text)
        await wire.sessions.dispatch("CHANNEL_UPDATE", room.json())
        await town.house.shows(wire.person("ann"), "hello")
    assert caplog.text.count("was hidden from the bot") == 1


async def test_a_category_that_the_settings_name_as_a_channel_is_none(wire: Wire) -> None:
    guild = wire.world.open_guild(bot_may=all_rights((NIGHTS,)))
    category = guild.room("talks", CATEGORY)
    table = {"id": str(guild.id), "places": {"nights": str(category.id)}}
    async with open_town(wire, None, (NIGHTS,), guild="", moderators="", leads="", guilds=json.dumps([table])) as town:
        assert town.room("nights").kind == TEXT
